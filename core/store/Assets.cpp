#include "core/store/Assets.h"

#include <nlohmann/json.hpp>

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, subject, kind, title, modality, device, grp, problem, imported_at, revision, exclude_reason, "
    "detected, detected_with, sources, frames, total, open0, open1, open2, open3, current, residuals, "
    "staged_digest, state, several, by_hand FROM asset ";

std::string problemText(const base::Error& problem) {
    const nlohmann::json out{
        {"code", base::errorWord(problem.code)}, {"args", problem.args}, {"place", problem.place}};
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<base::Error> problemFrom(const Query& row, int column) {
    if (row.isNull(column)) {
        return std::nullopt;
    }
    try {
        const auto in = nlohmann::json::parse(row.text(column));
        return base::Error{base::errorFromWord(in.value("code", "internal")),
                           in.value("args", std::vector<std::string>{}), in.value("place", "")};
    } catch (const nlohmann::json::exception&) {
        throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.assets"}};
    }
}

AssetRecord recordFrom(const Query& row) {
    AssetRecord out;
    out.asset.id = row.id<base::AssetTag>(0);
    out.asset.subject = row.id<base::SubjectTag>(1);
    out.asset.kind = row.as<model::AssetKind>(2);
    out.asset.title = row.text(3);
    out.asset.modality = row.text(4);
    out.asset.device = row.text(5);
    out.asset.group = row.text(6);
    out.asset.problem = problemFrom(row, 7);
    out.asset.importedAt = row.integer(8);
    out.asset.revision = row.integer(9);
    out.excludeReason = row.text(10);
    out.detected = row.flag(11);
    out.detectedWith = row.digest(12);
    out.asset.sources = row.integer(13);
    out.asset.frames = row.integer(14);
    out.findings = {row.integer(15), {row.integer(16), row.integer(17), row.integer(18), row.integer(19)}};
    out.stale = !row.flag(20);
    out.residuals = row.integer(21);
    out.stagedDigest = row.digest(22);
    out.asset.state = row.as<model::AssetState>(23);
    out.asset.several = row.flag(24);
    out.asset.assignedByHand = row.flag(25);
    out.confirmed = out.asset.state == model::AssetState::Confirmed;
    return out;
}

std::optional<AssetRecord> one(Query& query) {
    return query.step() ? std::optional(recordFrom(query)) : std::nullopt;
}

void addProblem(Connection& connection, base::AssetId asset, std::optional<base::SourceId> source,
                ProblemOrigin origin, const base::Error& problem) {
    Query(connection, "INSERT INTO problem(asset, source, origin, error) VALUES(?,?,?,?)")
        .bind(asset, source.value_or(base::SourceId{}), origin, problemText(problem))
        .run();
}

} // namespace

base::Expected<base::AssetId> Assets::insert(const model::Asset& asset) {
    return guarded("store.assets", [&] {
        Query(m_connection,
              "INSERT INTO asset(subject, kind, title, modality, device, grp, imported_at, several, "
              "by_hand) VALUES(?,?,?,?,?,?,?,?,?)")
            .bind(asset.subject, asset.kind, asset.title, asset.modality, asset.device, asset.group,
                  asset.importedAt, asset.several, asset.assignedByHand)
            .run();
        const base::AssetId id{m_connection.raw().getLastInsertRowid()};
        if (asset.problem) {
            addProblem(m_connection, id, std::nullopt, ProblemOrigin::Intake, *asset.problem);
        }
        showProblem(m_connection, id.value);
        return id;
    });
}

base::Expected<void> Assets::update(const model::Asset& asset) {
    return guarded("store.assets", [&] {
        Query(
            m_connection,
            "UPDATE asset SET subject=?, kind=?, title=?, modality=?, device=?, grp=?, several=?, by_hand=? "
            "WHERE id=?")
            .bind(asset.subject, asset.kind, asset.title, asset.modality, asset.device, asset.group,
                  asset.several, asset.assignedByHand, asset.id)
            .run();
        showProblem(m_connection, asset.id.value);
    });
}

base::Expected<std::optional<AssetRecord>> Assets::find(base::AssetId id) const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        Query query(m_connection, std::string(kColumns) + "WHERE id=?");
        query.bind(id);
        return one(query);
    });
}

base::Expected<std::optional<AssetRecord>> Assets::findByGroup(model::AssetKind kind,
                                                               std::string_view group) const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        Query query(m_connection, std::string(kColumns) + "WHERE kind=? AND grp=? ORDER BY id LIMIT 1");
        query.bind(kind, group);
        return one(query);
    });
}

base::Expected<std::vector<AssetRecord>> Assets::list(const AssetFilter& filter) const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        std::string sql(kColumns);
        std::vector<std::int64_t> values;
        sql += "WHERE 1";
        if (filter.subject && filter.subject->valid()) {
            sql += " AND subject=?";
            values.push_back(filter.subject->value);
        } else if (filter.subject) {
            sql += " AND subject IS NULL";
        }
        if (filter.kind) {
            sql += " AND kind=?";
            values.push_back(static_cast<std::int64_t>(*filter.kind));
        }
        if (filter.state) {
            sql += " AND state=?";
            values.push_back(static_cast<std::int64_t>(*filter.state));
        }
        sql += filter.openOnly ? " AND open0+open1+open2+open3>0" : "";
        sql += filter.undetectedOnly ? " AND detected=0 AND excluded=0" : "";
        sql += filter.includeExcluded ? "" : " AND excluded=0";
        sql += " ORDER BY subject IS NULL, subject, kind, id LIMIT ? OFFSET ?";
        values.push_back(filter.limit);
        values.push_back(filter.offset);
        Query query(m_connection, sql);
        for (std::size_t i = 0; i < values.size(); ++i) {
            query.set(static_cast<int>(i) + 1, values[i]);
        }
        std::vector<AssetRecord> out;
        while (query.step()) {
            out.push_back(recordFrom(query));
        }
        return out;
    });
}

base::Expected<std::vector<KindTotals>> Assets::kinds() const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        std::vector<KindTotals> out;
        Query query(
            m_connection,
            "SELECT kind, count(*), sum(frames), sum(troubled), sum(detected), sum(current), sum(state=?1), "
            "sum(state=?2), sum(residuals), sum(total), sum(open0), sum(open1), sum(open2), sum(open3) "
            "FROM asset WHERE excluded=0 GROUP BY kind");
        query.bind(model::AssetState::Confirmed, model::AssetState::SentBack);
        while (query.step()) {
            out.push_back({query.as<model::AssetKind>(0),
                           query.integer(1),
                           query.integer(2),
                           query.integer(3),
                           query.integer(4),
                           query.integer(5),
                           query.integer(6),
                           query.integer(7),
                           query.integer(8),
                           {query.integer(9),
                            {query.integer(10), query.integer(11), query.integer(12), query.integer(13)}}});
        }
        return out;
    });
}

base::Expected<StepTotals> Assets::steps() const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        StepTotals out;
        Query query(m_connection, "SELECT step, requirement, total, open FROM step_total WHERE step>=4");
        while (query.step()) {
            Counts& counts = out.at(static_cast<std::size_t>(query.integer(0) - 4));
            counts.total += query.integer(2);
            counts.open.at(static_cast<std::size_t>(query.integer(1))) += query.integer(3);
        }
        return out;
    });
}

base::Expected<void> Assets::setProblem(base::AssetId id, ProblemOrigin origin,
                                        const std::optional<base::Error>& problem) {
    return guarded("store.assets", [&] {
        Query(m_connection, "DELETE FROM problem WHERE asset=? AND origin=?").bind(id, origin).run();
        if (problem) {
            addProblem(m_connection, id, std::nullopt, origin, *problem);
        }
        showProblem(m_connection, id.value);
    });
}

base::Expected<void> Assets::addDoubt(base::AssetId id, base::SourceId source, const base::Error& doubt) {
    return guarded("store.assets", [&] {
        addProblem(m_connection, id, source, ProblemOrigin::Intake, doubt);
        showProblem(m_connection, id.value);
    });
}

base::Expected<std::vector<base::AssetId>> Assets::stagedWithProblem() const {
    return guarded("store.assets", [&] {
        m_connection.settle();
        Query query(m_connection,
                    "SELECT id FROM asset WHERE detected=1 AND current=1 AND EXISTS(SELECT 1 FROM "
                    "problem WHERE asset=asset.id AND origin=?)");
        query.bind(ProblemOrigin::Stage);
        std::vector<base::AssetId> out;
        while (query.step()) {
            out.push_back(query.id<base::AssetTag>(0));
        }
        return out;
    });
}

base::Expected<void> Assets::setDetected(base::AssetId id, const base::Sha256& with) {
    return guarded("store.assets", [&] {
        Query(m_connection, "UPDATE asset SET detected=1, detected_with=? WHERE id=?").bind(with, id).run();
        m_connection.pending.mark(id.value, Pending::State);
    });
}

base::Expected<void> Assets::setUndetected(base::AssetId id) {
    return guarded("store.assets", [&] {
        Query(m_connection, "UPDATE asset SET detected=0 WHERE id=?").bind(id).run();
        m_connection.pending.mark(id.value, Pending::State);
    });
}

base::Expected<void> Assets::setExcluded(base::AssetId id, bool excluded, std::string_view reason) {
    return guarded("store.assets", [&] {
        m_connection.settle(); // what is pending belongs to the old side
        Query(m_connection, "UPDATE asset SET exclude_reason=? WHERE id=?").bind(reason, id).run();
        if (Query(m_connection, "UPDATE asset SET excluded=?1 WHERE id=?2 AND excluded<>?1")
                .bind(excluded, id)
                .run() > 0) {
            addToTotals(m_connection, id.value, excluded ? -1 : 1);
            m_connection.pending.mark(id.value, Pending::State);
        }
    });
}

base::Expected<void> Assets::touch(base::AssetId id) {
    return guarded("store.assets", [&] { touchAsset(m_connection, id.value); });
}

base::Expected<void> Assets::remove(base::AssetId id) {
    return guarded("store.assets", [&] {
        m_connection.settle();
        if (Query(m_connection, "UPDATE asset SET excluded=1 WHERE id=? AND excluded=0").bind(id).run() > 0) {
            addToTotals(m_connection, id.value, -1);
        }
        Query(m_connection, "DELETE FROM asset WHERE id=?").bind(id).run();
    });
}

} // namespace kamei::store
