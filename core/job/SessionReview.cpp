#include <utility>

#include "core/base/Blank.h"
#include "core/job/FacesInternals.h"
#include "core/job/SessionInternals.h"
#include "core/review/Confirm.h"

namespace kamei::job {
namespace {

/// The state of all decisions on an asset: what a confirmation is signed over beside the bytes.
base::Expected<base::Sha256> decisionsDigest(const store::Repositories& rows, base::AssetId asset) {
    store::FindingFilter filter;
    filter.asset = asset;
    const auto findings = rows.findings.list(filter);
    if (!findings) {
        return tl::unexpected(findings.error());
    }
    base::Sha256Hasher hasher;
    for (const model::Finding& one : *findings) {
        // Words of the product and digests of fixed length, so that no field can imitate the next.
        hasher.update(std::to_string(one.id.value) + ' ' + std::string(model::word(one.state)) + ' ' +
                      std::string(model::word(one.effective())) + ' ' + base::sha256(one.method).hex() + ' ' +
                      base::sha256(one.reason).hex() + ' ' + base::sha256(one.decidedBy).hex() + ' ' +
                      std::to_string(one.decidedAt) + '\n');
    }
    return hasher.finish();
}

} // namespace

using base::ErrorCode;

base::Expected<std::vector<model::StagedFile>> Session::staged(base::AssetId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->staged.ofAsset(id) : tl::unexpected(reading.error());
}

base::Expected<std::optional<model::Confirmation>> Session::confirmation(base::AssetId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->confirmations.last(id) : tl::unexpected(reading.error());
}

base::Expected<std::vector<model::Confirmation>> Session::confirmations(base::AssetId id) const {
    auto reading = m_internals->read();
    return reading ? (*reading)->confirmations.of(id) : tl::unexpected(reading.error());
}

base::Expected<model::PurposeSheet> Session::sheet() const {
    auto reading = m_internals->read();
    return reading ? (*reading)->meta.sheet() : tl::unexpected(reading.error());
}

base::Expected<std::vector<AuditRow>> Session::audit(const AuditQuery& query) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto entries = (*reading)->audit.list({query.event, query.newestFirst, query.offset, query.limit});
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    std::vector<AuditRow> out;
    out.reserve(entries->size());
    for (auto& entry : *entries) {
        out.push_back({entry.number, entry.at, std::move(entry.by), std::move(entry.event),
                       std::move(entry.details), entry.hash.hex()});
    }
    return out;
}

base::Expected<base::Sha256> Session::stagedDigest(base::AssetId id) const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto record = (*reading)->assets.find(id);
    if (!record) {
        return tl::unexpected(record.error());
    }
    if (!*record || (*record)->stagedDigest.isZero()) {
        return base::fail(ErrorCode::NotFound, "job.staged");
    }
    return (*record)->stagedDigest;
}

base::Expected<void> Session::Internals::record(store::Writing& writing,
                                                const model::Confirmation& confirmation) {
    const auto record = writing->assets.find(confirmation.asset);
    if (!record) {
        return tl::unexpected(record.error());
    }
    if (!*record) {
        return base::fail(ErrorCode::NotFound, "job.confirm");
    }
    if ((*record)->asset.state == model::AssetState::Excluded) {
        return base::fail(ErrorCode::NotPossible, "job.confirm", {"excluded"});
    }
    if (auto allowed = maySign(*writing, confirmation.reviewer); !allowed) {
        return allowed;
    }
    const auto face = faceOpen(*writing, confirmation.asset, (*record)->stagedDigest);
    if (!face) {
        return tl::unexpected(face.error());
    }
    review::Present present;
    present.kind = (*record)->asset.kind;
    present.digest = (*record)->stagedDigest;
    present.current = !(*record)->stale;
    present.frames = (*record)->asset.frames;
    present.residuals = (*record)->residuals;
    present.face = *face;
    if (auto allowed = review::check(confirmation, present); !allowed) {
        return allowed;
    }
    const auto decisions = decisionsDigest(*writing, confirmation.asset);
    if (!decisions) {
        return tl::unexpected(decisions.error());
    }
    audit::Details details = audit::Details()
                                 .id("asset", confirmation.asset)
                                 .digest("sha256", confirmation.sha256)
                                 .digest("decisions", *decisions)
                                 .count("shown", confirmation.shown)
                                 .count("total", confirmation.total);
    if (!confirmation.seen.empty()) {
        details.word("seen", confirmation.seen);
    }
    if (!confirmation.note.empty()) {
        details.digest("note", base::sha256(confirmation.note));
    }
    const bool confirmed = confirmation.verdict == model::Confirmation::Verdict::Confirmed;
    const auto head =
        audit::append(*writing, confirmation.reviewer, confirmed ? "asset.confirmed" : "asset.sent-back",
                      details, signedIn().get());
    if (!head) {
        return tl::unexpected(head.error());
    }
    model::Confirmation stored = confirmation;
    stored.at = stored.at == 0 ? base::nowMs() : stored.at;
    return writing->confirmations.add(stored, head->number, head->hash);
}

base::Expected<void> Session::confirm(const model::Confirmation& confirmation) {
    {
        auto writing = m_internals->write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto done = m_internals->record(*writing, confirmation); !done) {
            return done;
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    m_internals->noteSeen();
    m_internals->notify({Change::Kind::Confirmations, confirmation.asset});
    return {};
}

base::Expected<void> Session::saveTemplate(const detect::DeviceTemplate& value, const std::string& by) {
    if (value.device.empty()) {
        return base::fail(ErrorCode::InvalidArgument, "job.template", {"device"});
    }
    {
        auto writing = m_internals->write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        const audit::Details details = audit::Details()
                                           .digest("mask", base::sha256(model::toJson(value.mask)))
                                           .count("hits", value.hits);
        for (auto done : {(*writing)->templates.save({value.device, value.label, value.mask, value.hits}),
                          m_internals->log(*writing, by, "template.saved", details)}) {
            if (!done) {
                return done;
            }
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    m_internals->notify({Change::Kind::Templates, {}});
    return {};
}

base::Expected<void> Session::setRiskReason(base::SubjectId subject, const std::string& reason,
                                            const std::string& by) {
    if (!reason.empty() && base::isBlank(reason)) {
        return base::fail(ErrorCode::ReasonRequired, "job.risk"); // an empty one takes it back
    }
    {
        auto writing = m_internals->write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto allowed = m_internals->maySign(**writing, by); !allowed) {
            return allowed;
        }
        const auto found = (*writing)->subjects.find(subject);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (!*found) {
            return base::fail(ErrorCode::NotFound, "job.risk");
        }
        const audit::Details details = audit::Details()
                                           .id("subject", subject)
                                           .flag("given", !reason.empty())
                                           .digest("reason", base::sha256(reason));
        for (auto done : {(*writing)->riskReasons.set(subject, reason),
                          m_internals->log(*writing, by, "risk.reasoned", details)}) {
            if (!done) {
                return done;
            }
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    m_internals->notify({Change::Kind::Assets, {}});
    return {};
}

} // namespace kamei::job
