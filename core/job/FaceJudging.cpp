#include <algorithm>
#include <cstring>
#include <optional>

#include "core/detect/volume/Face.h"
#include "core/job/FacesInternals.h"
#include "core/transform/pseudonym/Pseudonym.h"
#include "core/transform/volume/Propose.h"

namespace kamei::job {
namespace {

using base::ErrorCode;
using model::Action;
using model::DecisionState;

constexpr std::string_view kPlace = "job.faces";
constexpr double kAirHu = -1000;

/// How rough a new surface is, is a secret of the workspace: who knew it could take it off again.
base::Expected<std::uint64_t> seedOf(Session& session, const model::Volume& volume) {
    const auto secret = session.internals().key();
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    const auto key = transform::pseudonym::Key::fromBytes(secret->span());
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto bytes = key->seed({"face-surface", volume.frameOfReference});
    std::uint64_t out = 0;
    std::memcpy(&out, bytes.data(), sizeof out);
    return out;
}

/// What a detector still sees of a face once the mask has taken it (FaceAssessment::score); a copy in memory.
base::Expected<double> faceLeft(const model::Volume& volume, const transform::volume::Proposal& proposal,
                                std::stop_token stop) {
    model::Deface method;
    method.fill = proposal.fill;
    method.coverValue = proposal.coverValue;
    const model::Volume after = defaced(volume, proposal.mask, proposal.cover, method);
    const auto seen = detect::volume::assessFace(after, {.thorough = true, .stop = std::move(stop)});
    return seen ? base::Expected<double>(seen->score) : tl::unexpected(seen.error());
}

/// The new surface is rough by chance, and chance may give it something of a face: then it is drawn anew, so
/// that the check of the staged files does not send a person back here.
base::Expected<transform::volume::Proposal> drawShell(const model::Volume& volume,
                                                      const detect::volume::Head& head,
                                                      transform::volume::ShellOptions options,
                                                      const std::stop_token& stop) {
    constexpr int kDraws = 3;
    constexpr double kSettled = detect::volume::kFaceDoubt - 0.05; // companions get it resampled
    std::optional<transform::volume::Proposal> best;
    double least = 0;
    for (int draw = 0; draw < kDraws; ++draw, ++options.seed) {
        auto proposal = transform::volume::proposeShell(volume, head, options, stop);
        if (!proposal || !head.fromFace) { // no face was seen before: nothing to compare with
            return proposal;
        }
        const auto left = faceLeft(volume, *proposal, stop);
        if (!left) {
            return tl::unexpected(left.error());
        }
        if (!best || *left < least) {
            best = std::move(*proposal);
            least = *left;
        }
        if (least < kSettled) {
            break;
        }
    }
    if (least >= detect::volume::kFaceDoubt) {
        best->notes.emplace_back("face-may-be-left");
    }
    return std::move(*best);
}

/// The decision on one finding; nothing changes where it says the same already.
decide::Decide decisionOn(const model::Finding& finding, const FaceJudgement& judgement,
                          const std::string& method) {
    decide::Decide out;
    out.findings = {finding.id};
    out.reason = judgement.reason;
    const bool suggested = finding.suggested == judgement.action;
    out.state = suggested ? DecisionState::Accepted : DecisionState::Changed;
    out.action = judgement.action;
    out.method = judgement.action == Action::Deface ? method : std::string();
    return out;
}

/// A removal proposed on a series of the modality `from`, for another series of its frame of reference.
model::Deface lent(model::Deface method, const std::string& from, const std::string& modality) {
    method.fill = modality == from ? method.fill : modality == "CT" ? kAirHu : 0;
    // Only on CT is soft tissue the same in every series: elsewhere it is measured (proposeMissing).
    if (modality != "CT" || from != "CT") {
        method.coverValue.reset();
    }
    return method;
}

/// The method with its cover's value measured on the asset itself, where that is still to be done. A series
/// that shows nothing of the place needs no cover.
base::Expected<model::Deface> withCoverValue(Session& session, base::AssetId asset, model::Deface method,
                                             const std::stop_token& stop) {
    if (!method.cover || method.coverValue) {
        return method;
    }
    const auto cover = loadMask(session, *method.cover);
    if (!cover) {
        return tl::unexpected(cover.error());
    }
    const auto volume = volumeOf(session, asset, stop);
    if (!volume && volume.error().code == ErrorCode::Cancelled) {
        return tl::unexpected(volume.error());
    }
    method.coverValue = volume ? transform::volume::tissueValue(**volume, *cover) : std::nullopt;
    if (!method.coverValue) {
        method.cover.reset();
    }
    return method;
}

base::Expected<std::string> modalityOf(Session& session, base::AssetId id) {
    const auto row = session.asset(id);
    if (!row) {
        return tl::unexpected(row.error());
    }
    return *row ? (*row)->asset.modality : std::string();
}

/// Removal for the companions of every face that is removed, in one step.
base::Expected<void> addCompanions(Session& session, const std::string& by, FramesOfReference& frames) {
    const auto all = faceFindings(session);
    if (!all) {
        return tl::unexpected(all.error());
    }
    decide::Add add;
    for (const model::Finding& finding : *all) {
        const auto row = session.asset(finding.asset);
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row || (*row)->asset.state == model::AssetState::Excluded || !willDeface(finding)) {
            continue;
        }
        auto beside = companions(session, finding, frames);
        const auto method = model::defaceFromJson(finding.method);
        if (!beside || !method) {
            return tl::unexpected(beside ? method.error() : beside.error());
        }
        for (model::Finding& one : *beside) {
            if (std::ranges::find(add.findings, one.asset, &model::Finding::asset) != add.findings.end()) {
                continue;
            }
            const auto modality = modalityOf(session, one.asset);
            if (!modality) {
                return tl::unexpected(modality.error());
            }
            const model::Deface theirs = lent(*method, (*row)->asset.modality, *modality);
            one.state = DecisionState::Accepted;
            one.action = Action::Deface;
            one.reason = finding.reason;
            one.method = model::toJson(theirs);
            add.findings.push_back(std::move(one));
        }
    }
    if (add.findings.empty()) {
        return {};
    }
    const auto done = session.apply(std::move(add), by);
    return done ? base::Expected<void>() : tl::unexpected(done.error());
}

} // namespace

base::Expected<ProposedMask> proposeMask(Session& session, const model::Volume& volume,
                                         const model::Deface& wanted, std::stop_token stop) {
    const auto seed = seedOf(session, volume);
    if (!seed) {
        return tl::unexpected(seed.error());
    }
    // Where a face is seen is where it is, whatever the header says; the header's word serves where none is
    // seen.
    const auto seen = detect::volume::assessFace(volume, {.stop = stop});
    if (!seen) {
        return tl::unexpected(seen.error());
    }
    const auto head = seen->head ? base::Expected<detect::volume::Head>(*seen->head)
                                 : detect::volume::findHead(volume, stop);
    if (!head) {
        return tl::unexpected(head.error());
    }
    auto proposal = [&] {
        if (wanted.shape == model::Deface::Shape::Plane) {
            transform::volume::PlaneOptions options;
            options.topMm = wanted.depthMm;
            options.marginMm = wanted.marginMm;
            return transform::volume::proposePlane(volume, *head, options, stop);
        }
        return drawShell(volume, *head,
                         {wanted.depthMm, wanted.ears, wanted.eyes, wanted.teeth, wanted.marginMm, *seed},
                         stop);
    }();
    if (!proposal) {
        return tl::unexpected(proposal.error());
    }
    ProposedMask out{std::move(proposal->mask), std::move(proposal->behind), std::move(proposal->cover),
                     wanted};
    out.method.fill = proposal->fill;
    out.method.coverValue = proposal->coverValue;
    out.method.notes = std::move(proposal->notes);
    if (!head->fromFace) {
        out.method.notes.emplace_back("face-not-seen");
    }
    out.method.problem.clear();
    out.method.mask = out.mask.digest();
    out.method.behind = out.behind.digest();
    out.method.cover = out.cover.digest();
    return out;
}

base::Expected<std::int64_t> scopeOf(Session& session, base::FindingId id, bool wholeSubject) {
    const auto finding = session.finding(id);
    if (!finding || !*finding) {
        return finding ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(finding.error());
    }
    FramesOfReference frames(session);
    const auto all = concerned(session, **finding, wholeSubject, frames);
    const auto beside = companions(session, **finding, frames);
    if (!all || !beside) {
        return tl::unexpected(all ? beside.error() : all.error());
    }
    return static_cast<std::int64_t>(all->size() + beside->size());
}

base::Expected<decide::Edit> judge(Session& session, base::FindingId id, const FaceJudgement& judgement) {
    const auto finding = session.finding(id);
    if (!finding || !*finding) {
        return finding ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(finding.error());
    }
    if ((*finding)->label != kFaceLabel ||
        (judgement.action != Action::Keep && judgement.action != Action::Deface)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"action"});
    }
    model::Deface method = judgement.method;
    if (judgement.mask) {
        model::VolumeMask mask = judgement.mask->mask;
        // Whatever was painted: what lies behind the margin is given back.
        if (auto cut = mask.cut(judgement.mask->behind); !cut) {
            return tl::unexpected(cut.error());
        }
        const auto stored = putMask(session, mask);
        const auto behind = putMask(session, judgement.mask->behind);
        if (!stored || !behind) {
            return tl::unexpected(stored ? behind.error() : stored.error());
        }
        method.mask = *stored;
        method.behind = *behind;
        method.cover.reset();
        if (judgement.mask->cover.voxels() > 0) {
            const auto cover = putMask(session, judgement.mask->cover);
            if (!cover) {
                return tl::unexpected(cover.error());
            }
            method.cover = *cover;
        }
        method.fill = judgement.mask->method.fill;
        method.coverValue = judgement.mask->method.coverValue;
        method.notes = judgement.mask->method.notes;
        method.problem.clear();
    } else {
        method.forgetMasks();
    }
    FramesOfReference frames(session);
    const auto all = concerned(session, **finding, judgement.wholeSubject, frames);
    const auto from = modalityOf(session, (*finding)->asset);
    if (!all || !from) {
        return tl::unexpected(!all ? all.error() : from.error());
    }
    decide::Together out;
    const auto methodFor = [&](base::AssetId asset) -> base::Expected<std::string> {
        const auto modality = modalityOf(session, asset);
        if (!modality) {
            return tl::unexpected(modality.error());
        }
        model::Deface theirs = method;
        if (asset != (*finding)->asset) {
            const auto shared = frames.shared((*finding)->asset, asset);
            if (!shared) {
                return tl::unexpected(shared.error());
            }
            if (!*shared) { // a mask of another frame of reference says nothing here
                theirs.forgetMasks();
            }
            theirs = lent(theirs, *from, *modality);
        }
        return model::toJson(theirs);
    };
    for (const model::Finding& one : *all) {
        const auto text = methodFor(one.asset);
        if (!text) {
            return tl::unexpected(text.error());
        }
        out.steps.emplace_back(decisionOn(one, judgement, *text));
    }
    if (judgement.action == Action::Deface) {
        auto beside = companions(session, **finding, frames);
        if (!beside) {
            return tl::unexpected(beside.error());
        }
        decide::Add add;
        for (model::Finding& one : *beside) {
            const auto text = methodFor(one.asset);
            if (!text) {
                return tl::unexpected(text.error());
            }
            one.state = DecisionState::Accepted;
            one.action = Action::Deface;
            one.reason = judgement.reason;
            one.method = *text;
            add.findings.push_back(std::move(one));
        }
        if (!add.findings.empty()) {
            out.steps.emplace_back(std::move(add));
        }
    }
    return decide::Edit(std::move(out));
}

base::Expected<std::int64_t> proposeMissing(Session& session, const std::string& by, std::stop_token stop) {
    FramesOfReference frames(session);
    if (auto added = addCompanions(session, by, frames); !added) {
        return tl::unexpected(added.error());
    }
    const auto all = faceFindings(session);
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::int64_t made = 0;
    decide::Restore rows;
    const auto setMethod = [&](const model::Finding& finding, const model::Deface& method) {
        rows.rows.push_back({finding.id, finding.state, finding.action, finding.reason, finding.decidedBy,
                             finding.decidedAt, model::toJson(method)});
    };
    for (const model::Finding& finding : *all) {
        const auto method = model::defaceFromJson(finding.method);
        const auto row = session.asset(finding.asset);
        if (!row) {
            return tl::unexpected(row.error());
        }
        const bool gone = !*row || (*row)->asset.state == model::AssetState::Excluded;
        const bool unmeasured = method && method->cover && !method->coverValue;
        if (gone || !willDeface(finding) || !method || (method->mask && !unmeasured) ||
            !method->problem.empty()) {
            continue;
        }
        if (stop.stop_requested()) {
            break;
        }
        if (unmeasured) {
            auto measured = withCoverValue(session, finding.asset, *method, stop);
            if (!measured && measured.error().code == ErrorCode::Cancelled) {
                break;
            }
            if (!measured) {
                return tl::unexpected(measured.error());
            }
            setMethod(finding, *measured);
            ++made;
            continue;
        }
        model::Deface wanted = *method;
        const auto volume = volumeOf(session, finding.asset, stop);
        auto proposal = volume ? proposeMask(session, **volume, wanted, stop)
                               : base::Expected<ProposedMask>(tl::unexpected(volume.error()));
        if (!proposal && proposal.error().code == ErrorCode::Cancelled) {
            break;
        }
        if (proposal) {
            for (const model::VolumeMask* mask : {&proposal->mask, &proposal->behind, &proposal->cover}) {
                if (const auto put = putMask(session, *mask); !put) {
                    return tl::unexpected(put.error());
                }
            }
            setMethod(finding, proposal->method);
            ++made;
            continue;
        }
        // A series of the same frame of reference shows where the face is.
        const auto beside = concerned(session, finding, false, frames);
        if (!beside) {
            return tl::unexpected(beside.error());
        }
        bool found = false;
        for (const model::Finding& other : *beside) {
            auto theirs = model::defaceFromJson(other.method);
            const auto planned = std::ranges::find(rows.rows, other.id, &decide::Restore::Row::finding);
            if (planned != rows.rows.end()) {
                theirs = model::defaceFromJson(planned->method);
            }
            if (other.asset != finding.asset && theirs && theirs->mask) {
                const auto from = modalityOf(session, other.asset);
                if (!from) {
                    return tl::unexpected(from.error());
                }
                auto borrowed = withCoverValue(session, finding.asset,
                                               lent(*theirs, *from, (*row)->asset.modality), stop);
                if (!borrowed) {
                    return tl::unexpected(borrowed.error());
                }
                setMethod(finding, *borrowed);
                ++made;
                found = true;
                break;
            }
        }
        if (!found) {
            wanted.problem =
                proposal.error().args.empty() ? std::string("unreadable") : proposal.error().args.front();
            setMethod(finding, wanted);
        }
    }
    if (!rows.rows.empty()) {
        if (auto done = session.apply(rows, by); !done) {
            return tl::unexpected(done.error());
        }
    }
    return made;
}

} // namespace kamei::job
