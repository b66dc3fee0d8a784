#include <algorithm>

#include "core/base/Blank.h"
#include "core/job/FacesInternals.h"
#include "core/job/StagedSources.h"

namespace kamei::job {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "job.faces";

} // namespace

base::Expected<FaceCheck> checkAfter(Session& session, base::AssetId asset, std::stop_token stop) {
    const auto findings = faceFindings(session, asset);
    const auto digest = session.stagedDigest(asset);
    if (!findings || !digest) {
        return tl::unexpected(findings ? digest.error() : findings.error());
    }
    const auto finding = std::ranges::find_if(*findings, willDeface);
    if (finding == findings->end()) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"not-defaced"});
    }
    const auto row = session.asset(asset);
    auto sources = session.sources(asset);
    auto mask = maskOf(session, *finding);
    auto behind = behindOf(session, *finding);
    auto cover = coverOf(session, *finding);
    const auto judged = judgedVolume(session, asset);
    if (!row || !sources || !mask || !behind || !cover || !judged) {
        return tl::unexpected(!row       ? row.error()
                              : !sources ? sources.error()
                              : !mask    ? mask.error()
                              : !behind  ? behind.error()
                              : !cover   ? cover.error()
                                         : judged.error());
    }
    for (auto other = std::next(finding); other != findings->end() && *mask; ++other) {
        if (!willDeface(*other)) {
            continue;
        }
        const auto theirs = maskOf(session, *other);
        const auto theirCover = coverOf(session, *other);
        if (!theirs || !theirCover) {
            return tl::unexpected(theirs ? theirCover.error() : theirs.error());
        }
        if (*theirCover && !*cover) {
            *cover = **theirCover;
        }
        if ((*theirs && !(*mask)->unite(**theirs)) || (*theirCover && !(*cover)->unite(**theirCover))) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"several-masks"});
        }
    }
    auto staged = stagedSources(session, asset, *sources);
    if (!staged) {
        return tl::unexpected(staged.error());
    }
    if (!*row || staged->empty() || !*mask) {
        return base::fail(ErrorCode::NotPossible, kPlace, {*mask ? "not-staged" : "no-mask"});
    }
    const FaceMeasure what{(*row)->asset, std::move(*sources), std::move(*staged), *judged, **mask, *behind,
                           *cover};
    auto measured = measureFaces(what, stop);
    if (!measured) {
        return measured;
    }
    FaceCheck out = std::move(*measured);
    out.staged = *digest;
    out.at = base::nowMs();
    auto& internals = session.internals();
    {
        auto writing = internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        const auto details = audit::Details()
                                 .id("asset", asset)
                                 .digest("sha256", out.staged)
                                 .word("verdict", out.verdict)
                                 .count("views", out.views)
                                 .count("changed", out.changed)
                                 .count("protected-changed", out.protectedChanged)
                                 .count("outside-changed", out.outsideChanged)
                                 .count("left", out.left)
                                 .count("volumes", out.volumes);
        for (auto done : {(*writing)->faces.setCheck(asset, {out.staged, toJson(out), out.at, {}, {}}),
                          internals.log(*writing, "kamei", "face.checked", details)}) {
            if (!done) {
                return tl::unexpected(done.error());
            }
        }
        if (auto done = writing->commit(); !done) {
            return tl::unexpected(done.error());
        }
    }
    internals.notify({Change::Kind::Staged, asset});
    return out;
}

base::Expected<std::string> faceOpen(const store::Repositories& stores, base::AssetId asset,
                                     const base::Sha256& staged) {
    store::FindingFilter filter;
    filter.asset = asset;
    filter.rule = std::string(kFaceRule);
    filter.label = std::string(kFaceLabel);
    const auto findings = stores.findings.list(filter);
    if (!findings) {
        return tl::unexpected(findings.error());
    }
    if (std::ranges::none_of(*findings, willDeface)) {
        return std::string();
    }
    const auto check = storedCheck(stores, asset);
    if (!check) {
        return tl::unexpected(check.error());
    }
    if (!*check || (*check)->staged != staged) {
        return std::string("face-unchecked");
    }
    return std::string((*check)->blocks() ? "face" : "");
}

base::Expected<std::int64_t> checkStaged(Session& session, std::optional<base::AssetId> only,
                                         const std::stop_token& stop) {
    const auto findings = faceFindings(session, only);
    if (!findings) {
        return tl::unexpected(findings.error());
    }
    std::int64_t made = 0;
    for (const model::Finding& finding : *findings) {
        if (stop.stop_requested()) {
            break;
        }
        const auto row = session.asset(finding.asset);
        if (!row) {
            return tl::unexpected(row.error());
        }
        const auto digest = session.stagedDigest(finding.asset);
        if (!*row || (*row)->stale || (*row)->asset.state == model::AssetState::Excluded || !digest ||
            !willDeface(finding)) {
            continue;
        }
        base::Expected<std::string> open = std::string();
        {
            auto reading = session.internals().read();
            if (!reading) {
                return tl::unexpected(reading.error());
            }
            open = faceOpen(**reading, finding.asset, *digest);
        }
        if (!open) {
            return tl::unexpected(open.error());
        }
        if (*open != "face-unchecked") {
            continue;
        }
        // What cannot be measured stays unchecked, and cannot be confirmed.
        made += checkAfter(session, finding.asset, stop) ? 1 : 0;
    }
    return made;
}

base::Expected<void> overrule(Session& session, base::AssetId asset, const std::string& reason,
                              const std::string& by) {
    if (base::isBlank(reason)) {
        return base::fail(ErrorCode::ReasonRequired, kPlace);
    }
    auto& internals = session.internals();
    {
        auto writing = internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto allowed = internals.maySign(**writing, by); !allowed) {
            return allowed;
        }
        auto check = (*writing)->faces.check(asset);
        if (!check || !*check) {
            return check ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(check.error());
        }
        (*check)->overruledBy = by;
        (*check)->reason = reason;
        const auto details = audit::Details()
                                 .id("asset", asset)
                                 .digest("sha256", (*check)->staged)
                                 .digest("reason", base::sha256(reason));
        for (auto done : {(*writing)->faces.setCheck(asset, **check),
                          internals.log(*writing, by, "face.overruled", details)}) {
            if (!done) {
                return done;
            }
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    internals.notify({Change::Kind::Confirmations, asset});
    return {};
}

} // namespace kamei::job
