#include "core/job/PolicyEdit.h"

#include <utility>
#include <vector>

#include "core/decide/Policies.h"
#include "core/detect/attribute/PrivateValues.h"
#include "core/detect/attribute/Profile.h"

namespace kamei::job {
namespace {

using base::Expected;
using detect::attribute::Profile;
using model::Action;
using model::DecisionState;

constexpr std::string_view kPrivateRule = "dicom.private-attributes";

bool sameButPrivate(model::Policy a, model::Policy b) {
    for (model::Policy* policy : {&a, &b}) {
        policy->privateRules.clear();
        // Who has to confirm changes nothing in what is looked for.
        policy->signatures = false;
        policy->secondPerson.clear();
    }
    return a == b;
}

bool concernsDicom(model::AssetKind kind) {
    return kind == model::AssetKind::DicomSeries || kind == model::AssetKind::DicomVideo ||
           kind == model::AssetKind::DicomSlide || kind == model::AssetKind::DicomDocument;
}

class PolicyWriter {
public:
    PolicyWriter(store::Writing& writing, const std::string& by) : m_writing(writing), m_by(by) {}

    Expected<PolicyEdited> run(const decide::SetPolicy& edit) {
        const std::string json = decide::toJson(edit.policy);
        if (const auto sound = decide::policyFromJson(json); !sound) {
            return tl::unexpected(sound.error());
        }
        const auto stored = m_writing->meta.get("policy");
        if (!stored) {
            return tl::unexpected(stored.error());
        }
        auto before = decide::policyFromJson(stored->value_or(""));
        if (!before) {
            return tl::unexpected(before.error());
        }
        auto profile = Profile::make(edit.policy);
        if (!profile) {
            return tl::unexpected(profile.error());
        }
        auto done = m_writing->meta.set("policy", json);
        if (done) {
            done = decideByList(*before, *profile);
        }
        if (done) {
            done = putBack(edit.decisions);
        }
        if (done && !m_decisions.empty()) {
            done = m_writing->findings.decide(m_decisions);
        }
        if (done) {
            done = examineAgain(*before, edit.policy);
        }
        if (!done) {
            return tl::unexpected(done.error());
        }
        m_out.inverse.policy = std::move(*before);
        m_out.findings = static_cast<std::int64_t>(m_decisions.size());
        return std::move(m_out);
    }

private:
    /// Findings on elements of which the list says something else than before.
    Expected<void> decideByList(const model::Policy& before, const Profile& profile) {
        std::set<std::string> creators;
        for (const auto* policy : {&before, &profile.policy()}) {
            for (const model::PrivateRule& rule : policy->privateRules) {
                creators.insert(rule.creator);
            }
        }
        for (const std::string& creator : creators) {
            store::FindingFilter filter;
            filter.rule = kPrivateRule;
            filter.label = creator;
            const auto findings = m_writing->findings.list(filter);
            if (!findings) {
                return tl::unexpected(findings.error());
            }
            for (const model::Finding& finding : *findings) {
                decideOne(finding, before, profile);
            }
        }
        return {};
    }

    void decideOne(const model::Finding& finding, const model::Policy& before, const Profile& profile) {
        const auto facts = detect::attribute::factsOf(finding.detail);
        const auto path = intake::dicom::pathFromText(finding.locator.path);
        if (!facts || path.empty()) {
            return;
        }
        const auto tag = path.back().tag;
        const auto ruleOf = [&](const model::Policy& policy) {
            return policy.privateRule(finding.label, intake::dicom::groupOf(tag),
                                      static_cast<std::uint8_t>(tag & 0xFFU), facts->device);
        };
        const model::PrivateRule* earlier = ruleOf(before);
        const model::PrivateRule* now = ruleOf(profile.policy());
        const bool same = earlier == nullptr || now == nullptr
                              ? earlier == now
                              : earlier->keep == now->keep && earlier->reason == now->reason;
        if (same) {
            return;
        }
        m_out.assets.insert(finding.asset);
        const bool ofList = earlier != nullptr && finding.reason == earlier->reason;
        if (now == nullptr && !ofList) {
            return; // nobody withdraws what a person decided on this finding
        }
        store::Decision decision{finding.id, DecisionState::Open, Action::Keep, {}, {}, 0, {}};
        const auto verdict = profile.judgePrivate(finding.label, tag, facts->vr, facts->device);
        // Bytes have to be read first, and what may not stay whatever the list says is looked at by a person.
        const bool settled = now != nullptr && profile.policy().has("safe-private") && !verdict.examine &&
                             now->keep == (verdict.action != Action::Delete);
        if (settled) {
            decision.action = verdict.action;
            decision.state =
                finding.suggested == verdict.action ? DecisionState::Accepted : DecisionState::Changed;
            decision.reason = now->reason;
            decision.decidedBy = m_by;
            decision.decidedAt = base::nowMs();
        }
        m_out.inverse.decisions.push_back({finding.id, finding.state, finding.action, finding.reason,
                                           finding.decidedBy, finding.decidedAt, finding.method});
        m_decisions.push_back(std::move(decision));
    }

    /// Of findings that a search has replaced meanwhile nothing is put back: they were found anew.
    Expected<void> putBack(const std::vector<decide::Restore::Row>& rows) {
        if (rows.empty()) {
            return {};
        }
        m_decisions.clear();
        m_out.inverse.decisions.clear();
        for (const auto& row : rows) {
            const auto finding = m_writing->findings.find(row.finding);
            if (!finding) {
                return tl::unexpected(finding.error());
            }
            if (!*finding) {
                continue;
            }
            const model::Finding& f = **finding;
            m_out.assets.insert(f.asset);
            m_out.inverse.decisions.push_back(
                {f.id, f.state, f.action, f.reason, f.decidedBy, f.decidedAt, f.method});
            m_decisions.push_back(
                {row.finding, row.state, row.action, row.reason, row.decidedBy, row.decidedAt, row.method});
        }
        return {};
    }

    Expected<void> examineAgain(const model::Policy& before, const model::Policy& now) {
        if (!sameButPrivate(before, now)) {
            const bool list = before.has("safe-private") != now.has("safe-private");
            // Codes of other policies, and options, decide on data of every kind; the option safe-private on
            // DICOM alone.
            model::Policy plain = before;
            plain.options.erase("safe-private");
            model::Policy other = now;
            other.options.erase("safe-private");
            const bool dicomOnly = list && sameButPrivate(plain, other);
            const auto assets = m_writing->assets.list({});
            if (!assets) {
                return tl::unexpected(assets.error());
            }
            for (const auto& record : *assets) {
                if (!dicomOnly || concernsDicom(record.asset.kind)) {
                    m_out.assets.insert(record.asset.id);
                }
            }
        }
        for (const base::AssetId asset : m_out.assets) {
            auto done = m_writing->assets.setUndetected(asset);
            if (done) {
                done = m_writing->assets.touch(asset);
            }
            if (!done) {
                return done;
            }
        }
        return {};
    }

    store::Writing& m_writing;
    const std::string& m_by;
    PolicyEdited m_out;
    std::vector<store::Decision> m_decisions;
};

} // namespace

base::Expected<PolicyEdited> editPolicy(store::Writing& writing, const decide::SetPolicy& edit,
                                        const std::string& by) {
    return PolicyWriter(writing, by).run(edit);
}

} // namespace kamei::job
