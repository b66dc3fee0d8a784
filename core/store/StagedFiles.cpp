#include "core/store/StagedFiles.h"

#include <nlohmann/json.hpp>

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

std::string residualText(const std::vector<model::Residual>& residuals) {
    nlohmann::json out = nlohmann::json::array();
    for (const auto& residual : residuals) {
        out.push_back({{"kind", residual.kind},
                       {"encoding", residual.encoding},
                       {"offset", residual.byteOffset},
                       {"place", residual.place},
                       {"length", residual.length}});
    }
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<model::Residual> residualsFrom(const std::string& text) {
    try {
        std::vector<model::Residual> out;
        for (const auto& in : nlohmann::json::parse(text)) {
            out.push_back({in.value("kind", ""), in.value("encoding", ""),
                           in.value("offset", std::uint64_t{0}), in.value("place", ""),
                           in.value("length", std::uint64_t{0})});
        }
        return out;
    } catch (const nlohmann::json::exception&) {
        throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.staged"}};
    }
}

} // namespace

base::Expected<void> StagedFiles::upsert(std::span<const model::StagedFile> files, std::int64_t revision) {
    return guarded("store.staged", [&] {
        for (const auto& file : files) {
            Query(m_connection,
                  "INSERT INTO staged VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET "
                  "asset=excluded.asset, "
                  "path=excluded.path, sha256=excluded.sha256, size=excluded.size, plan=excluded.plan, "
                  "staged_at=excluded.staged_at, revision=excluded.revision, "
                  "residual_count=excluded.residual_count, residuals=excluded.residuals, "
                  "notes=excluded.notes")
                .bind(file.source, file.asset, file.path.string(), file.sha256,
                      static_cast<std::int64_t>(file.size), file.plan, file.stagedAt, revision,
                      static_cast<std::int64_t>(file.residuals.size()), residualText(file.residuals),
                      file.notes)
                .run();
            m_connection.pending.mark(file.asset.value, Pending::State | Pending::Staged);
        }
    });
}

base::Expected<std::int64_t> StagedFiles::refresh(base::AssetId asset, const base::Sha256& plan,
                                                  std::int64_t revision) {
    return guarded("store.staged", [&] {
        m_connection.pending.mark(asset.value, Pending::State | Pending::Staged);
        return Query(m_connection, "UPDATE staged SET revision=? WHERE asset=? AND plan=?")
            .bind(revision, asset, plan)
            .run();
    });
}

base::Expected<std::vector<model::StagedFile>> StagedFiles::ofAsset(base::AssetId asset) const {
    return guarded("store.staged", [&] {
        std::vector<model::StagedFile> out;
        Query query(m_connection,
                    "SELECT t.source, t.asset, t.path, t.sha256, t.size, t.plan, t.staged_at, "
                    "t.residual_count, t.residuals, t.notes FROM source s JOIN staged t ON t.source=s.id "
                    "WHERE s.asset=? ORDER BY s.ord, s.id");
        query.bind(asset);
        while (query.step()) {
            model::StagedFile file;
            file.source = query.id<base::SourceTag>(0);
            file.asset = query.id<base::AssetTag>(1);
            file.path = query.text(2);
            file.sha256 = query.digest(3);
            file.size = static_cast<std::uint64_t>(query.integer(4));
            file.plan = query.digest(5);
            file.stagedAt = query.integer(6);
            if (query.integer(7) > 0) {
                file.residuals = residualsFrom(query.text(8));
            }
            file.notes = query.text(9);
            out.push_back(std::move(file));
        }
        return out;
    });
}

base::Expected<bool> StagedFiles::uses(std::string_view path) const {
    return guarded("store.staged", [&] {
        Query query(m_connection, "SELECT 1 FROM staged WHERE path=? LIMIT 1");
        query.bind(path);
        return query.step();
    });
}

base::Expected<std::int64_t> StagedFiles::count() const {
    return guarded("store.staged", [&] {
        Query query(m_connection, "SELECT count(*) FROM staged");
        return query.step() ? query.integer(0) : 0;
    });
}

} // namespace kamei::store
