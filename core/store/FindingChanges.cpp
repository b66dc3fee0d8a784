#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/guideline/Steps.h"
#include "core/store/FindingRows.h"
#include "core/store/Findings.h"

namespace kamei::store {
namespace {

/// Subject of assets, asked once each.
class AssetSubjects {
public:
    explicit AssetSubjects(Connection& connection) : m_connection(connection) {}

    /// What is stored with the finding: its subject where it is not the asset's.
    base::SubjectId own(const model::Finding& finding) {
        return finding.subject == of(finding.asset) ? base::SubjectId{} : finding.subject;
    }

    base::SubjectId of(base::AssetId asset) {
        auto found = m_known.find(asset.value);
        if (found == m_known.end()) {
            Query query(m_connection, "SELECT subject FROM asset WHERE id=?");
            query.bind(asset);
            const base::SubjectId subject = query.step() ? query.id<base::SubjectTag>(0) : base::SubjectId{};
            found = m_known.emplace(asset.value, subject).first;
        }
        return found->second;
    }

private:
    Connection& m_connection;
    std::unordered_map<std::int64_t, base::SubjectId> m_known;
};

bool isOpen(model::DecisionState state) {
    return state == model::DecisionState::Open;
}

void tally(Connection& connection, const model::Finding& finding, std::int64_t sign) {
    connection.pending.count(finding.asset.value, guideline::stepOf(finding.category, finding.requirement),
                             finding.requirement, isOpen(finding.state), sign);
}

void insertOne(Connection& connection, AssetSubjects& subjects, model::Finding& finding) {
    Query(connection,
          "INSERT INTO finding(id, asset, subject, place, locator, text, text_hash, label, rule, detector, "
          "category, "
          "requirement, step, suggested, replacement, confidence, origin, instances, distinct_values, "
          "detail, state, "
          "action, reason, decided_by, decided_at, method) "
          "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
        .bind(finding.id, finding.asset, subjects.own(finding), placeOf(finding.locator),
              model::toText(finding.locator), finding.text, hashOf(finding.text),
              connection.termId(finding.label), connection.termId(finding.rule),
              connection.termId(finding.detector), finding.category, finding.requirement,
              guideline::stepOf(finding.category, finding.requirement), finding.suggested,
              finding.replacement, finding.confidence, finding.origin, finding.instances,
              finding.distinctValues, finding.detail, finding.state, finding.action, finding.reason,
              finding.decidedBy, finding.decidedAt, finding.method)
        .run();
    finding.id = {connection.raw().getLastInsertRowid()};
    tally(connection, finding, 1);
}

/// A finding of a detector that is already there, with where the detector had seen it.
struct Earlier {
    model::Finding finding;
    bool moved = false; ///< a person gave it another place
    bool used = false;
};

std::string identity(const std::string& place, const std::string& label, const std::string& text) {
    return place + '\x1f' + label + '\x1f' + text;
}

using EarlierByIdentity = std::unordered_multimap<std::string, Earlier>;

EarlierByIdentity earlierOf(Connection& connection, base::AssetId asset) {
    EarlierByIdentity out;
    Query query(connection, std::string(kFindingColumns) + "WHERE f.asset=? AND f.origin<>? ORDER BY f.id");
    query.bind(asset, model::Origin::Person);
    while (query.step()) {
        Earlier earlier{findingFrom(connection, query), !query.isNull(kFoundColumn), false};
        const std::string place = earlier.moved ? query.text(kFoundColumn) : query.text(3);
        std::string key = identity(place, earlier.finding.label, earlier.finding.text);
        out.emplace(std::move(key), std::move(earlier));
    }
    return out;
}

/// Takes over what the detectors say now; the decision stays.
bool refreshOne(Connection& connection, AssetSubjects& subjects, const Earlier& earlier, model::Finding& now,
                const std::string& listReason) {
    const model::Finding& old = earlier.finding;
    now.id = old.id;
    // What the site's list decided follows the list; what a person decided on this finding stays.
    const bool ofList =
        isOpen(old.state) ? !isOpen(now.state) : !listReason.empty() && old.reason == listReason;
    if (!ofList) {
        now.state = old.state;
        now.action = old.action;
        now.reason = old.reason;
        now.method = old.method;
        now.decidedBy = old.decidedBy;
        now.decidedAt = old.decidedAt;
    } else if (!isOpen(now.state) && !isOpen(old.state)) {
        now.decidedBy = old.decidedBy;
        now.decidedAt = old.decidedAt;
    }
    if (earlier.moved) {
        now.locator = old.locator;
        now.detail = old.detail;
    }
    // An accepted suggestion that has changed since is a decision of its own: nobody accepted the new one.
    if (old.state == model::DecisionState::Accepted && now.suggested != old.action) {
        now.state = model::DecisionState::Changed;
    }
    const auto facts = [](const model::Finding& f) {
        return std::tie(f.subject, f.rule, f.detector, f.category, f.requirement, f.suggested, f.replacement,
                        f.confidence, f.origin, f.instances, f.distinctValues, f.detail, f.state, f.action,
                        f.reason, f.decidedBy, f.method);
    };
    if (facts(now) == facts(old)) {
        return false;
    }
    tally(connection, old, -1);
    tally(connection, now, 1);
    Query(
        connection,
        "UPDATE finding SET subject=?, rule=?, detector=?, category=?, requirement=?, step=?, suggested=?, "
        "replacement=?, confidence=?, origin=?, instances=?, distinct_values=?, detail=?, state=?, action=?, "
        "reason=?, decided_by=?, decided_at=?, method=? WHERE id=?")
        .bind(subjects.own(now), connection.termId(now.rule), connection.termId(now.detector), now.category,
              now.requirement, guideline::stepOf(now.category, now.requirement), now.suggested,
              now.replacement, now.confidence, now.origin, now.instances, now.distinctValues, now.detail,
              now.state, now.action, now.reason, now.decidedBy, now.decidedAt, now.method, now.id)
        .run();
    return true;
}

void removeOne(Connection& connection, const model::Finding& finding) {
    Query(connection, "DELETE FROM finding WHERE id=?").bind(finding.id).run();
    tally(connection, finding, -1);
}

} // namespace

base::Expected<void> Findings::insert(std::span<model::Finding> findings) {
    return guarded("store.findings", [&] {
        AssetSubjects subjects(m_connection);
        std::unordered_set<std::int64_t> touched;
        for (model::Finding& finding : findings) {
            insertOne(m_connection, subjects, finding);
            touched.insert(finding.asset.value);
        }
        for (const std::int64_t asset : touched) {
            touchAsset(m_connection, asset);
        }
    });
}

base::Expected<Replaced> Findings::replaceDetected(base::AssetId asset, std::span<model::Finding> findings) {
    return guarded("store.findings", [&] {
        Replaced out;
        bool changed = false;
        AssetSubjects subjects(m_connection);
        EarlierByIdentity earlier = earlierOf(m_connection, asset);
        for (model::Finding& finding : findings) {
            finding.asset = asset;
            if (!finding.subject.valid()) {
                finding.subject = subjects.of(asset);
            }
            // An open finding has no reason: here it names the site's list, see Finding::reason.
            const std::string listReason = finding.reason;
            if (isOpen(finding.state)) {
                finding.reason.clear();
            } else if (finding.decidedAt == 0) {
                finding.decidedAt = base::nowMs();
            }
            auto [begin, end] =
                earlier.equal_range(identity(model::toText(finding.locator), finding.label, finding.text));
            while (begin != end && begin->second.used) {
                ++begin;
            }
            if (begin == end) {
                finding.id = {};
                insertOne(m_connection, subjects, finding);
                ++out.added;
                continue;
            }
            begin->second.used = true;
            changed = refreshOne(m_connection, subjects, begin->second, finding, listReason) || changed;
            ++out.kept;
        }
        for (const auto& [key, row] : earlier) {
            if (!row.used) {
                removeOne(m_connection, row.finding);
                ++out.removed;
            }
        }
        if (changed || out.added > 0 || out.removed > 0) {
            touchAsset(m_connection, asset.value);
        }
        return out;
    });
}

base::Expected<void> Findings::decide(std::span<const Decision> decisions) {
    return guarded("store.findings", [&] {
        std::unordered_set<std::int64_t> touched;
        for (const Decision& decision : decisions) {
            std::int64_t asset = 0;
            {
                Query query(m_connection, "SELECT asset, step, requirement, state FROM finding WHERE id=?");
                query.bind(decision.finding);
                if (!query.step()) {
                    throw Refusal{{base::ErrorCode::NotFound, {}, "store.findings"}};
                }
                asset = query.integer(0);
                const int step = query.integer32(1);
                const auto requirement = query.as<model::Requirement>(2);
                m_connection.pending.count(asset, step, requirement,
                                           isOpen(query.as<model::DecisionState>(3)), -1);
                m_connection.pending.count(asset, step, requirement, isOpen(decision.state), 1);
            }
            Query(m_connection,
                  "UPDATE finding SET state=?, action=?, reason=?, decided_by=?, decided_at=?, method=? "
                  "WHERE id=?")
                .bind(decision.state, decision.action, decision.reason, decision.decidedBy,
                      decision.decidedAt, decision.method, decision.finding)
                .run();
            touched.insert(asset);
        }
        for (const std::int64_t asset : touched) {
            touchAsset(m_connection, asset);
        }
    });
}

base::Expected<void> Findings::reshape(base::FindingId id, const model::Locator& locator,
                                       const std::string& detail) {
    return guarded("store.findings", [&] {
        std::int64_t asset = 0;
        {
            Query query(m_connection, "SELECT asset FROM finding WHERE id=?");
            query.bind(id);
            if (!query.step()) {
                throw Refusal{{base::ErrorCode::NotFound, {}, "store.findings"}};
            }
            asset = query.integer(0);
        }
        Query(m_connection,
              "UPDATE finding SET found=CASE WHEN origin=?1 THEN NULL ELSE coalesce(found, locator) END, "
              "place=?2, locator=?3, detail=?4 WHERE id=?5")
            .bind(model::Origin::Person, placeOf(locator), model::toText(locator), detail, id)
            .run();
        touchAsset(m_connection, asset);
    });
}

base::Expected<void> Findings::remove(std::span<const base::FindingId> ids) {
    return guarded("store.findings", [&] {
        std::unordered_set<std::int64_t> touched;
        for (const base::FindingId id : ids) {
            model::Finding finding;
            {
                Query query(m_connection, std::string(kFindingColumns) + "WHERE f.id=?");
                query.bind(id);
                if (!query.step()) {
                    throw Refusal{{base::ErrorCode::NotFound, {}, "store.findings"}};
                }
                finding = findingFrom(m_connection, query);
            }
            removeOne(m_connection, finding);
            touched.insert(finding.asset.value);
        }
        for (const std::int64_t asset : touched) {
            touchAsset(m_connection, asset);
        }
    });
}

} // namespace kamei::store
