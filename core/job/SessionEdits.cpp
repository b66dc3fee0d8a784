#include <set>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/base/Blank.h"
#include "core/decide/Masks.h"
#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/job/PolicyEdit.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectEdits.h"

namespace kamei::job {
namespace {

using base::ErrorCode;
using base::Expected;
using decide::Edit;

/// Applies one edit within a transaction; what it touched is told to listeners afterwards.
class EditWriter {
public:
    EditWriter(const Session::Internals& internals, store::Writing& writing, const std::string& by)
        : m_internals(internals), m_writing(writing), m_by(by) {}

    Expected<Edit> operator()(const decide::Decide& edit) {
        const auto policy = presentPolicy();
        if (!policy) {
            return tl::unexpected(policy.error());
        }
        const base::TimeMs now = base::nowMs();
        decide::Restore inverse;
        std::vector<store::Decision> decisions;
        std::int64_t overruled = 0;
        for (const base::FindingId id : edit.findings) {
            const auto before = finding(id);
            if (!before) {
                return tl::unexpected(before.error());
            }
            const auto kind = kindOf(before->asset);
            if (!kind) {
                return tl::unexpected(kind.error());
            }
            const auto after = decide::decided(*before, *kind, edit, *policy, m_by, now);
            if (!after) {
                return tl::unexpected(after.error());
            }
            overruled += overrules(*before, *after) ? 1 : 0;
            inverse.rows.push_back(rowOf(*before));
            decisions.push_back({id, after->state, after->action, after->reason, after->decidedBy,
                                 after->decidedAt, after->method});
        }
        if (const auto allowed = maySign(overruled > 0); !allowed) {
            return tl::unexpected(allowed.error());
        }
        audit::Details details = about(edit.findings);
        if (overruled > 0) {
            details.count("overruled", overruled);
        }
        details.word("state", model::word(edit.state));
        if (edit.state == model::DecisionState::Changed) {
            details.word("action", model::word(edit.action));
        }
        if (!edit.method.empty()) {
            details.digest("method", base::sha256(edit.method));
        }
        if (!edit.reason.empty()) {
            details.digest("reason", base::sha256(edit.reason));
        }
        return finish(m_writing->findings.decide(decisions), "finding.decided", details, std::move(inverse));
    }

    Expected<Edit> operator()(const decide::Restore& edit) {
        decide::Restore inverse;
        std::vector<store::Decision> decisions;
        std::vector<base::FindingId> ids;
        std::int64_t overruled = 0;
        for (const auto& row : edit.rows) {
            const auto before = finding(row.finding);
            if (!before) {
                return tl::unexpected(before.error());
            }
            if (decide::needsReason(*before, row.state, row.action) && base::isBlank(row.reason)) {
                return base::fail(ErrorCode::ReasonRequired, "job.edit");
            }
            model::Finding after = *before;
            after.state = row.state;
            after.action = row.action;
            overruled += overrules(*before, after) ? 1 : 0;
            inverse.rows.push_back(rowOf(*before));
            decisions.push_back(
                {row.finding, row.state, row.action, row.reason, row.decidedBy, row.decidedAt, row.method});
            ids.push_back(row.finding);
        }
        // Whoever puts an overruling back overrules: an undone one of another person is not theirs to repeat.
        if (const auto allowed = maySign(overruled > 0); !allowed) {
            return tl::unexpected(allowed.error());
        }
        audit::Details details = about(ids);
        if (overruled > 0) {
            details.count("overruled", overruled);
        }
        return finish(m_writing->findings.decide(decisions), "finding.restored", details, std::move(inverse));
    }

    Expected<Edit> operator()(const decide::Add& edit) {
        const base::TimeMs now = base::nowMs();
        std::vector<model::Finding> findings;
        for (const auto& finding : edit.findings) {
            const auto kind = kindOf(finding.asset);
            if (!kind) {
                return tl::unexpected(kind.error());
            }
            auto checked = decide::added(finding, *kind, m_by, now);
            if (!checked) {
                return tl::unexpected(checked.error());
            }
            findings.push_back(std::move(*checked));
            m_assets.insert(finding.asset);
        }
        auto inserted = m_writing->findings.insert(findings);
        decide::Remove inverse;
        for (const auto& finding : findings) {
            inverse.findings.push_back(finding.id);
        }
        return finish(std::move(inserted), "finding.added", about(inverse.findings), inverse);
    }

    Expected<Edit> operator()(const decide::Remove& edit) {
        decide::Add inverse;
        for (const base::FindingId id : edit.findings) {
            auto before = finding(id);
            if (!before) {
                return tl::unexpected(before.error());
            }
            if (!decide::removable(*before)) {
                return base::fail(ErrorCode::NotPossible, "job.edit", {"remove"});
            }
            inverse.findings.push_back(std::move(*before));
        }
        return finish(m_writing->findings.remove(edit.findings), "finding.removed", about(edit.findings),
                      std::move(inverse));
    }

    Expected<Edit> operator()(const decide::Reshape& edit) {
        auto before = finding(edit.finding);
        if (!before) {
            return tl::unexpected(before.error());
        }
        if (!decide::reshapable(*before)) {
            return base::fail(ErrorCode::NotPossible, "job.edit", {"reshape"});
        }
        model::Finding after = *before;
        after.locator = edit.locator;
        after.detail = edit.detail;
        if (after.locator.kind != before->locator.kind) {
            return base::fail(ErrorCode::InvalidArgument, "job.edit", {"place"});
        }
        if (after.locator.kind == model::Locator::Kind::Pixels) {
            if (const auto mask = decide::maskOf(after); !mask) {
                return base::fail(ErrorCode::InvalidArgument, "job.edit", {"mask"});
            }
        }
        const audit::Details details = audit::Details()
                                           .id("finding", edit.finding)
                                           .id("asset", before->asset)
                                           .digest("detail", base::sha256(edit.detail));
        return finish(m_writing->findings.reshape(edit.finding, edit.locator, edit.detail),
                      "finding.reshaped", details,
                      decide::Reshape{edit.finding, before->locator, before->detail});
    }

    Expected<Edit> operator()(const decide::Together& edit) {
        decide::Together inverse;
        for (const auto& step : edit.steps) {
            auto done = std::visit(*this, step);
            if (!done) {
                return done;
            }
            std::visit(
                [&](auto& one) {
                    using One = std::remove_cvref_t<decltype(one)>;
                    if constexpr (std::is_constructible_v<decide::Together::Step, One>) {
                        inverse.steps.emplace(inverse.steps.begin(), std::move(one));
                    }
                },
                *done);
        }
        return Edit(std::move(inverse));
    }

    Expected<Edit> operator()(const decide::Exclude& edit) {
        if (edit.excluded && base::isBlank(edit.reason)) {
            return base::fail(ErrorCode::ReasonRequired, "job.edit");
        }
        store::Assets& assets = m_writing->assets;
        const auto record = assets.find(edit.asset);
        if (!record || !*record) {
            return record ? base::fail(ErrorCode::NotFound, "job.edit") : tl::unexpected(record.error());
        }
        const decide::Exclude inverse{edit.asset, (*record)->asset.state == model::AssetState::Excluded,
                                      (*record)->excludeReason};
        m_assets.insert(edit.asset);
        m_kind = Change::Kind::Assets;
        const audit::Details details =
            audit::Details().id("asset", edit.asset).digest("reason", base::sha256(edit.reason));
        return finish(
            assets.setExcluded(edit.asset, edit.excluded, edit.excluded ? edit.reason : std::string{}),
            edit.excluded ? "asset.excluded" : "asset.included", details, inverse);
    }

    Expected<Edit> operator()(const decide::SetSheet& edit) {
        store::Meta& meta = m_writing->meta;
        auto before = meta.sheet();
        if (!before) {
            return tl::unexpected(before.error());
        }
        m_kind = Change::Kind::Sheet;
        auto done = meta.setSheet(edit.sheet);
        const auto text = meta.get("sheet");
        if (!text) {
            return tl::unexpected(text.error());
        }
        const audit::Details details =
            audit::Details()
                .digest("sheet", base::sha256(text->value_or("")))
                .flag("keep-deleted-information", edit.sheet.keepDeletedInformation);
        return finish(std::move(done), "sheet.changed", details, decide::SetSheet{std::move(*before)});
    }

    Expected<Edit> operator()(const decide::SetPolicy& edit) {
        // By the policy as it stands: nobody takes the need to sign away without signing.
        if (const auto allowed = m_internals.maySign(*m_writing, m_by); !allowed) {
            return tl::unexpected(allowed.error());
        }
        auto edited = editPolicy(m_writing, edit, m_by);
        if (!edited) {
            return tl::unexpected(edited.error());
        }
        m_assets = edited->assets;
        // What the list names was read from sources: the log holds its digest.
        const audit::Details details = audit::Details()
                                           .word("policy", edit.policy.name)
                                           .digest("policy-digest", base::sha256(decide::toJson(edit.policy)))
                                           .count("count", edited->findings)
                                           .count("assets", static_cast<std::int64_t>(edited->assets.size()));
        return finish({}, "policy.changed", details, std::move(edited->inverse));
    }

    Expected<Edit> operator()(const decide::MergeSubjects& edit) {
        return peopleEdited(mergeSubjects(m_writing, edit), "subjects.merged", edit.reason,
                            audit::Details().id("into", edit.into).ids("from", std::span(edit.from)));
    }

    Expected<Edit> operator()(const decide::Assign& edit) {
        auto edited = assign(m_internals, m_writing, edit);
        const auto details = edited ? audit::Details().id("into", edited->into) : audit::Details();
        return peopleEdited(std::move(edited), "subjects.assigned", edit.reason, details);
    }

    Expected<Edit> operator()(const decide::Reassign& edit) {
        return peopleEdited(reassign(m_writing, edit), "subjects.restored", {}, {});
    }

    Expected<Edit> operator()(const decide::SettleSubjects& edit) {
        // It overrules a doubt that would close the gate; taking that back brings the doubt back.
        if (const auto allowed = maySign(!edit.reason.empty()); !allowed) {
            return tl::unexpected(allowed.error());
        }
        auto inverse = settleSubjects(m_writing, edit);
        if (!inverse) {
            return tl::unexpected(inverse.error());
        }
        m_kind = Change::Kind::Assets;
        const audit::Details details = audit::Details()
                                           .id("one", edit.one)
                                           .id("other", edit.other)
                                           .digest("reason", base::sha256(edit.reason));
        return finish({}, "subjects.settled", details, *inverse);
    }

    /// One asset when only one is concerned, so that views refresh no more than they must.
    [[nodiscard]] Change change() const {
        return {m_kind, m_assets.size() == 1 ? *m_assets.begin() : base::AssetId{}};
    }

private:
    /// What the guideline requires, or a face (5.4.4), stays as it is against what was suggested.
    static bool overrules(const model::Finding& before, const model::Finding& after) {
        return after.state != model::DecisionState::Open && after.effective() == model::Action::Keep &&
               before.suggested != model::Action::Keep &&
               (before.requirement == model::Requirement::Required || before.origin == model::Origin::Face);
    }

    /// Whether the policy lets this person do what is signed where it asks for signatures.
    Expected<void> maySign(bool needed) const {
        return needed ? m_internals.maySign(*m_writing, m_by) : Expected<void>{};
    }

    Expected<Edit> peopleEdited(Expected<SubjectsEdited> edited, std::string_view event,
                                const std::string& reason, audit::Details details) {
        if (!edited) {
            return tl::unexpected(edited.error());
        }
        m_kind = Change::Kind::Assets;
        m_assets = edited->outdated;
        const std::vector<base::AssetId> moved(edited->moved.begin(), edited->moved.end());
        details.ids("assets", std::span<const base::AssetId>(moved))
            .count("outdated", static_cast<std::int64_t>(edited->outdated.size()));
        if (!reason.empty()) {
            details.digest("reason", base::sha256(reason));
        }
        return finish({}, event, details, std::move(edited->inverse));
    }

    Expected<model::Finding> finding(base::FindingId id) {
        auto found = m_writing->findings.find(id);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (!*found) {
            return base::fail(ErrorCode::NotFound, "job.edit");
        }
        m_assets.insert((*found)->asset);
        return std::move(**found);
    }

    Expected<model::AssetKind> kindOf(base::AssetId asset) {
        if (const auto known = m_kinds.find(asset); known != m_kinds.end()) {
            return known->second;
        }
        const auto record = m_writing->assets.find(asset);
        if (!record) {
            return tl::unexpected(record.error());
        }
        if (!*record) {
            return base::fail(ErrorCode::NotFound, "job.edit");
        }
        return m_kinds.emplace(asset, (*record)->asset.kind).first->second;
    }

    Expected<model::Policy> presentPolicy() {
        const auto text = m_writing->meta.get("policy");
        if (!text) {
            return tl::unexpected(text.error());
        }
        return decide::policyFromJson(text->value_or(""));
    }

    static decide::Restore::Row rowOf(const model::Finding& f) {
        return {f.id, f.state, f.action, f.reason, f.decidedBy, f.decidedAt, f.method};
    }

    static audit::Details about(const std::vector<base::FindingId>& ids) {
        return audit::Details()
            .count("count", static_cast<std::int64_t>(ids.size()))
            .ids("findings", std::span<const base::FindingId>(ids));
    }

    Expected<Edit> finish(Expected<void> done, std::string_view event, const audit::Details& details,
                          Edit inverse) {
        if (done) {
            done = m_internals.log(m_writing, m_by, event, details);
        }
        if (!done) {
            return tl::unexpected(done.error());
        }
        return inverse;
    }

    const Session::Internals& m_internals;
    store::Writing& m_writing;
    const std::string& m_by;
    Change::Kind m_kind = Change::Kind::Findings;
    std::set<base::AssetId> m_assets;
    std::unordered_map<base::AssetId, model::AssetKind> m_kinds;
};

/// Once the deleted information is gone there is nothing left that a decision could be about.
Expected<void> refuseWhenDestroyed(store::Writing& writing) {
    const auto begun = writing->meta.get("destruction");
    if (!begun) {
        return tl::unexpected(begun.error());
    }
    return *begun ? base::fail(ErrorCode::NotPossible, "job.edit", {"destroyed"}) : Expected<void>{};
}

} // namespace

Expected<Edit> Session::apply(const Edit& edit, const std::string& by) {
    Change change;
    Expected<Edit> inverse = edit;
    {
        auto writing = m_internals->write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto open = refuseWhenDestroyed(*writing); !open) {
            return tl::unexpected(open.error());
        }
        EditWriter writer(*m_internals, *writing, by);
        inverse = std::visit(writer, edit);
        if (!inverse) {
            return inverse;
        }
        if (auto done = writing->commit(); !done) {
            return tl::unexpected(done.error());
        }
        change = writer.change();
    }
    m_internals->notify(change);
    return inverse;
}

} // namespace kamei::job
