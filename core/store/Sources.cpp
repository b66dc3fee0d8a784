#include "core/store/Sources.h"

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, asset, path, member, size, modified_ns, sha256, format, facts, ord, "
    "frames FROM source ";

model::Source sourceFrom(const Query& row) {
    model::Source out;
    out.id = row.id<base::SourceTag>(0);
    out.asset = row.id<base::AssetTag>(1);
    out.path = row.text(2);
    out.member = row.text(3);
    out.stamp = {static_cast<std::uint64_t>(row.integer(4)), row.integer(5)};
    out.sha256 = row.digest(6);
    out.format = row.text(7);
    out.facts = row.text(8);
    out.order = row.integer(9);
    out.frames = row.integer32(10);
    return out;
}

std::optional<model::Source> one(Query& query) {
    return query.step() ? std::optional(sourceFrom(query)) : std::nullopt;
}

std::vector<model::Source> many(Query& query) {
    std::vector<model::Source> out;
    while (query.step()) {
        out.push_back(sourceFrom(query));
    }
    return out;
}

/// What was detected in and staged from the asset is about fewer or other files than it has now.
void renew(Connection& connection, base::AssetId asset) {
    Query(connection, "UPDATE asset SET detected=0 WHERE id=?").bind(asset).run();
    Query(connection, "DELETE FROM scene_cuts WHERE asset=?").bind(asset).run();
    touchAsset(connection, asset.value);
    connection.pending.mark(asset.value, Pending::State | Pending::Sources);
}

} // namespace

base::Expected<base::SourceId> Sources::insert(const model::Source& source) {
    return guarded("store.sources", [&] {
        Query(m_connection,
              "INSERT INTO source(asset, path, member, size, modified_ns, sha256, format, facts, ord, "
              "frames) VALUES(?,?,?,?,?,?,?,?,?,?)")
            .bind(source.asset, source.path.string(), source.member,
                  static_cast<std::int64_t>(source.stamp.size), source.stamp.modifiedNs, source.sha256,
                  source.format, source.facts, source.order, source.frames)
            .run();
        const base::SourceId id{m_connection.raw().getLastInsertRowid()};
        renew(m_connection, source.asset);
        return id;
    });
}

base::Expected<void> Sources::update(const model::Source& source) {
    return guarded("store.sources", [&] {
        base::AssetId asset;
        bool sameContent = false;
        {
            Query query(m_connection, "SELECT asset, sha256, facts, ord, frames FROM source WHERE id=?");
            query.bind(source.id);
            if (!query.step()) {
                throw Refusal{{base::ErrorCode::NotFound, {}, "store.sources"}};
            }
            asset = query.id<base::AssetTag>(0);
            sameContent = query.digest(1) == source.sha256 && query.text(2) == source.facts &&
                          query.integer(3) == source.order && query.integer32(4) == source.frames;
        }
        Query(m_connection,
              "UPDATE source SET path=?, member=?, size=?, modified_ns=?, sha256=?, format=?, facts=?, "
              "ord=?, frames=? WHERE id=?")
            .bind(source.path.string(), source.member, static_cast<std::int64_t>(source.stamp.size),
                  source.stamp.modifiedNs, source.sha256, source.format, source.facts, source.order,
                  source.frames, source.id)
            .run();
        if (!sameContent) {
            Query(m_connection, "DELETE FROM staged WHERE source=?").bind(source.id).run();
            renew(m_connection, asset);
        }
    });
}

base::Expected<void> Sources::remove(base::SourceId id) {
    return guarded("store.sources", [&] {
        base::AssetId asset;
        {
            Query query(m_connection, "SELECT asset FROM source WHERE id=?");
            query.bind(id);
            if (!query.step()) {
                return;
            }
            asset = query.id<base::AssetTag>(0);
        }
        Query(m_connection, "DELETE FROM source WHERE id=?").bind(id).run();
        showProblem(m_connection, asset.value); // its doubts went with it
        renew(m_connection, asset);
    });
}

base::Expected<std::optional<model::Source>> Sources::find(base::SourceId id) const {
    return guarded("store.sources", [&] {
        Query query(m_connection, std::string(kColumns) + "WHERE id=?");
        query.bind(id);
        return one(query);
    });
}

base::Expected<std::optional<model::Source>> Sources::findByDigest(const base::Sha256& digest) const {
    return guarded("store.sources", [&] {
        Query query(m_connection, std::string(kColumns) + "WHERE sha256=? ORDER BY id LIMIT 1");
        query.bind(digest);
        return one(query);
    });
}

base::Expected<std::optional<model::Source>> Sources::findByPath(const std::filesystem::path& path,
                                                                 std::string_view member) const {
    return guarded("store.sources", [&] {
        Query query(m_connection,
                    std::string(kColumns) + "WHERE path=? AND member=? ORDER BY id DESC LIMIT 1");
        query.bind(path.string(), member);
        return one(query);
    });
}

base::Expected<std::vector<model::Source>> Sources::ofAsset(base::AssetId asset) const {
    return guarded("store.sources", [&] {
        Query query(m_connection, std::string(kColumns) + "WHERE asset=? ORDER BY ord, id");
        query.bind(asset);
        return many(query);
    });
}

base::Expected<std::vector<model::Source>> Sources::page(base::SourceId after, std::int64_t limit) const {
    return guarded("store.sources", [&] {
        Query query(m_connection, std::string(kColumns) + "WHERE id>? ORDER BY id LIMIT ?");
        query.bind(after.value, limit);
        return many(query);
    });
}

base::Expected<std::int64_t> Sources::count() const {
    return guarded("store.sources", [&] {
        Query query(m_connection, "SELECT count(*) FROM source");
        return query.step() ? query.integer(0) : 0;
    });
}

} // namespace kamei::store
