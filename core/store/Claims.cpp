#include "core/store/Claims.h"

#include "core/store/Connection.h"
#include "core/store/HintText.h"

namespace kamei::store {
namespace {

constexpr std::string_view kSelect =
    "SELECT c.asset, a.subject, c.hint FROM claim c JOIN asset a ON a.id=c.asset ";

std::vector<Claim> rows(Query& query) {
    std::vector<Claim> out;
    while (query.step()) {
        out.push_back({query.id<base::AssetTag>(0), query.id<base::SubjectTag>(1), hintFrom(query.text(2))});
    }
    return out;
}

} // namespace

base::Expected<void> Claims::add(base::AssetId asset, const model::SubjectHint& hint) {
    return guarded("store.claims", [&] {
        if (!hint.empty() || !hint.birthDate.empty()) {
            Query(m_connection, "INSERT OR IGNORE INTO claim VALUES(?,?)").bind(asset, hintText(hint)).run();
        }
    });
}

base::Expected<std::vector<Claim>> Claims::all() const {
    return guarded("store.claims", [&] {
        Query query(m_connection, std::string(kSelect) + "WHERE a.excluded=0 ORDER BY a.subject, c.asset");
        return rows(query);
    });
}

base::Expected<std::vector<Claim>> Claims::ofAsset(base::AssetId asset) const {
    return guarded("store.claims", [&] {
        Query query(m_connection, std::string(kSelect) + "WHERE c.asset=?");
        query.bind(asset);
        return rows(query);
    });
}

base::Expected<std::vector<Claim>> Claims::ofSubject(base::SubjectId subject) const {
    return guarded("store.claims", [&] {
        Query query(m_connection, std::string(kSelect) + "WHERE a.subject=? ORDER BY c.asset");
        query.bind(subject);
        return rows(query);
    });
}

base::Expected<void> Claims::settle(Pair pair, const std::string& reason) {
    return guarded("store.claims", [&] {
        if (pair.second < pair.first) {
            std::swap(pair.first, pair.second);
        }
        if (reason.empty()) {
            Query(m_connection, "DELETE FROM settled WHERE one=? AND other=?")
                .bind(pair.first, pair.second)
                .run();
            return;
        }
        Query(m_connection,
              "INSERT INTO settled VALUES(?,?,?) ON CONFLICT DO UPDATE SET reason=excluded.reason")
            .bind(pair.first, pair.second, reason)
            .run();
    });
}

base::Expected<std::map<Claims::Pair, std::string>> Claims::settled() const {
    return guarded("store.claims", [&] {
        std::map<Pair, std::string> out;
        Query query(m_connection, "SELECT one, other, reason FROM settled");
        while (query.step()) {
            out.emplace(Pair{query.id<base::SubjectTag>(0), query.id<base::SubjectTag>(1)}, query.text(2));
        }
        return out;
    });
}

} // namespace kamei::store
