#include "core/store/Faces.h"

#include <algorithm>
#include <string_view>

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kPlace = "store.faces";
constexpr std::string_view kEvidence = "SELECT finding, asset, view, sha256, path, by, at FROM face_evidence "
                                       "WHERE ?1 IS NULL OR finding=?1 ORDER BY id";

std::vector<Faces::Evidence> evidenceOf(Connection& connection, base::FindingId finding) {
    std::vector<Faces::Evidence> out;
    Query query(connection, kEvidence);
    query.bind(finding);
    while (query.step()) {
        out.push_back({query.id<base::FindingTag>(0), query.id<base::AssetTag>(1), query.text(2),
                       query.digest(3), query.text(4), query.text(5), query.integer(6)});
    }
    return out;
}

} // namespace

base::Expected<void> Faces::putMask(const base::Sha256& digest, const std::string& bytes) {
    return guarded(kPlace, [&] {
        Query query(m_connection, "INSERT INTO volume_mask VALUES(?,?) ON CONFLICT DO NOTHING");
        query.set(1, digest);
        query.setBlob(2, bytes);
        query.run();
    });
}

base::Expected<std::optional<std::string>> Faces::mask(const base::Sha256& digest) const {
    return guarded(kPlace, [&]() -> std::optional<std::string> {
        Query query(m_connection, "SELECT bytes FROM volume_mask WHERE sha256=?");
        query.bind(digest);
        return query.step() ? std::optional(query.text(0)) : std::nullopt;
    });
}

base::Expected<void> Faces::setCheck(base::AssetId asset, const Check& check) {
    return guarded(kPlace, [&] {
        Query(m_connection, "INSERT INTO face_check VALUES(?,?,?,?,?,?) ON CONFLICT(asset) DO UPDATE SET "
                            "staged=excluded.staged, "
                            "result=excluded.result, at=excluded.at, overruled_by=excluded.overruled_by, "
                            "reason=excluded.reason")
            .bind(asset, check.staged, check.result, check.at, check.overruledBy, check.reason)
            .run();
    });
}

base::Expected<std::optional<Faces::Check>> Faces::check(base::AssetId asset) const {
    return guarded(kPlace, [&]() -> std::optional<Check> {
        Query query(m_connection,
                    "SELECT staged, result, at, overruled_by, reason FROM face_check WHERE asset=?");
        query.bind(asset);
        if (!query.step()) {
            return std::nullopt;
        }
        return Check{query.digest(0), query.text(1), query.integer(2), query.text(3), query.text(4)};
    });
}

base::Expected<void> Faces::addEvidence(const Evidence& evidence) {
    return guarded(kPlace, [&] {
        Query(m_connection,
              "INSERT INTO face_evidence(finding, asset, view, sha256, path, by, at) VALUES(?,?,?,?,?,?,?)")
            .bind(evidence.finding, evidence.asset, evidence.view, evidence.sha256, evidence.path,
                  evidence.by, evidence.at)
            .run();
    });
}

base::Expected<std::vector<Faces::Evidence>> Faces::evidence(base::FindingId finding) const {
    return guarded(kPlace, [&] { return evidenceOf(m_connection, finding); });
}

} // namespace kamei::store
