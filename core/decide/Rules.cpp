#include "core/decide/Rules.h"

#include <algorithm>

#include "core/base/Blank.h"
#include "core/decide/Masks.h"
#include "core/model/Deface.h"
#include "core/model/Method.h"
#include "core/model/Mute.h"

namespace kamei::decide {
namespace {

using base::ErrorCode;
using model::Action;
using model::DecisionState;
using Kind = model::Locator::Kind;

constexpr std::string_view kPrivate = "dicom.private-attributes";
constexpr std::string_view kFace = "FaceSurface";
constexpr std::string_view kVoice = "any.voice";
/// Detector of label, macro and other pictures beside the scan of a slide.
constexpr std::string_view kSlidePicture = "slide.picture";
/// Why a private element stays that the standard's list or the site's, with its own reason, calls safe.
constexpr std::string_view kSafePrivate = "PS3.15 2024b E.3.10";

std::vector<Action> byPlace(const model::Finding& finding) {
    switch (finding.locator.kind) {
    case Kind::Attribute:
        return {Action::Keep,       Action::Delete, Action::Replace, Action::Clean,
                Action::Generalise, Action::Shift,  Action::TopCode};
    case Kind::Text:
    case Kind::Cell:
        return {Action::Keep,       Action::Delete, Action::Replace,
                Action::Generalise, Action::Shift,  Action::TopCode};
    case Kind::Column:
        return {Action::Keep,           Action::Delete, Action::Replace, Action::Generalise,
                Action::Shift,          Action::Clean,  Action::TopCode, Action::BottomCode,
                Action::Microaggregate, Action::Swap,   Action::Noise};
    case Kind::Pixels:
        return {Action::Keep, Action::Mask};
    case Kind::Metadata:
        if (finding.rule == kVoice) {
            return {Action::Keep, Action::Delete,
                    Action::Clean}; // sound may stay for a reason, or be silenced in parts
        }
        return {Action::Delete}; // pictures leave without metadata
    case Kind::FileName:
        return {Action::Delete}; // every file leaves under a new name
    case Kind::Asset:
        // A whole asset is taken out by Exclude.
        return {Action::Keep};
    }
    return {Action::Keep};
}

/// The action that a decision comes to.
Action actionOf(const model::Finding& finding, const Decide& decision) {
    switch (decision.state) {
    case DecisionState::Accepted:
        return finding.suggested;
    case DecisionState::Changed:
        return decision.action;
    case DecisionState::Open:
    case DecisionState::Rejected:
        break;
    }
    return Action::Keep;
}

/// The reason of a decision: the one that is given, else that of the policy, whose suggestion is accepted.
std::string reasonOf(const model::Finding& finding, const Decide& decision, const model::Policy& policy) {
    if (decision.state != DecisionState::Accepted || !base::isBlank(decision.reason)) {
        return decision.reason;
    }
    // The site's own rule was given with its reason when the policy was written.
    if (const auto found = policy.overrides.find(finding.rule);
        found != policy.overrides.end() && found->second.action == finding.suggested) {
        return found->second.reason;
    }
    const bool safe = finding.rule == kPrivate && finding.suggested == Action::Keep;
    return safe && policy.has("safe-private") ? std::string(kSafePrivate) : decision.reason;
}

/// What leaves the finding as it is, now that it is decided.
bool leavesIt(DecisionState state, Action action) {
    return state == DecisionState::Rejected || (state != DecisionState::Open && action == Action::Keep);
}

bool placeIsValid(const model::Locator& locator) {
    switch (locator.kind) {
    case Kind::Text:
    case Kind::Cell:
        return locator.start >= 0 && locator.end > locator.start;
    case Kind::Column:
        return locator.column >= 0;
    case Kind::Attribute:
    case Kind::Metadata:
        return !locator.path.empty();
    case Kind::Pixels:
    case Kind::Asset:
    case Kind::FileName:
        return true;
    }
    return false;
}

/// A method belongs to a face that is taken off, to a column, to the cell whose record it removes, or to
/// artificial records of a table.
base::Expected<void> checkMethod(const model::Finding& finding, model::AssetKind kind) {
    if (finding.action == Action::Deface) {
        const auto deface = model::defaceFromJson(finding.method);
        return deface ? base::Expected<void>() : tl::unexpected(deface.error());
    }
    if (finding.rule == kVoice && finding.action == Action::Clean) { // which parts a person says
        const auto mute = model::muteFromJson(finding.method);
        return mute ? base::Expected<void>() : tl::unexpected(mute.error());
    }
    const auto method = model::methodFromJson(finding.method);
    if (!method) {
        return tl::unexpected(method.error());
    }
    const bool synthetic = finding.action == Action::Synthesise;
    if (synthetic && (finding.locator.kind != Kind::Asset || kind != model::AssetKind::Table)) {
        return base::fail(ErrorCode::NotPossible, "decide.rules", {std::string(model::word(finding.action))});
    }
    if (synthetic && method->rows < 1) {
        return base::fail(ErrorCode::InvalidArgument, "decide.rules", {"rows"});
    }
    if (finding.method.empty() || synthetic) {
        return {};
    }
    const bool record =
        method->record && finding.action == Action::Delete && finding.locator.kind == Kind::Cell;
    const bool column =
        finding.locator.kind == Kind::Column && model::hasMethod(finding.action) && !method->record;
    if (!record && !column) {
        return base::fail(ErrorCode::InvalidArgument, "decide.rules", {"method"});
    }
    return {};
}

base::Expected<void> check(const model::Finding& finding, model::AssetKind kind) {
    if (auto method = checkMethod(finding, kind); !method) {
        return method;
    }
    if (finding.state == DecisionState::Changed) {
        const auto possible = possibleActions(finding, kind);
        if (std::ranges::find(possible, finding.action) == possible.end()) {
            return base::fail(ErrorCode::NotPossible, "decide.rules",
                              {std::string(model::word(finding.action))});
        }
    }
    if (needsReason(finding, finding.state, finding.action) && base::isBlank(finding.reason)) {
        return base::fail(ErrorCode::ReasonRequired, "decide.rules");
    }
    return {};
}

} // namespace

int stepOf(const model::Finding& finding) {
    return guideline::stepOf(finding.category, finding.requirement);
}

std::vector<Action> possibleActions(const model::Finding& finding, model::AssetKind kind) {
    std::vector<Action> out =
        kind == model::AssetKind::Unreadable ? std::vector{Action::Keep} : byPlace(finding);
    if (finding.locator.kind == Kind::Asset && isFaceSurface(finding)) {
        out.push_back(Action::Deface); // a judgement, whatever the policy suggests (Guideline 5.4.4)
    }
    if (finding.locator.kind == Kind::Asset && finding.rule.starts_with("genetic.")) {
        out.push_back(Action::Delete); // whoever judges differs from what was counted (Guideline 5.5)
    }
    if (kind == model::AssetKind::Slide && finding.detector == kSlidePicture) {
        out.insert(out.end(),
                   {Action::Delete, Action::Replace}); // a label can also be left out, or drawn anew
        std::ranges::sort(out);
    }
    if (std::ranges::find(out, finding.suggested) == out.end()) {
        out.push_back(finding.suggested); // what a detector proposes, its transform can do
        std::ranges::sort(out);
    }
    return out;
}

bool isFaceSurface(const model::Finding& finding) {
    return finding.label == kFace;
}

bool isSound(const model::Finding& finding) {
    return finding.rule == kVoice && finding.locator.kind == Kind::Metadata;
}

bool needsReason(const model::Finding& finding, DecisionState state, Action action) {
    if (isFaceSurface(finding)) {
        return leavesIt(state, action);
    }
    // The rest of a voice identifies as the whole did (Guideline 4.4).
    const bool heard = finding.rule == kVoice && state == DecisionState::Changed && action == Action::Clean;
    return finding.requirement == model::Requirement::Required && (leavesIt(state, action) || heard);
}

bool lacksReason(const model::Finding& finding, const Decide& decision, const model::Policy& policy) {
    return needsReason(finding, decision.state, actionOf(finding, decision)) &&
           base::isBlank(reasonOf(finding, decision, policy));
}

bool leftInWithReason(const model::Finding& finding) {
    // That the standard calls private elements safe in general says nothing of the value that stands there.
    return leavesIt(finding.state, finding.action) && !base::isBlank(finding.reason) &&
           finding.reason != kSafePrivate;
}

base::Expected<model::Finding> decided(const model::Finding& finding, model::AssetKind kind,
                                       const Decide& decision, const model::Policy& policy,
                                       const std::string& by, base::TimeMs at) {
    model::Finding out = finding;
    out.state = decision.state;
    out.action = actionOf(finding, decision);
    out.method.clear();
    if (decision.state == DecisionState::Open) { // back to the pile: as if nobody had decided
        out.reason.clear();
        out.decidedBy.clear();
        out.decidedAt = 0;
        return out;
    }
    if (decision.state != DecisionState::Rejected) {
        out.method = decision.method;
    }
    out.reason = reasonOf(finding, decision, policy);
    out.decidedBy = by;
    out.decidedAt = at;
    if (auto checked = check(out, kind); !checked) {
        return tl::unexpected(checked.error());
    }
    return out;
}

base::Expected<model::Finding> added(const model::Finding& finding, model::AssetKind kind,
                                     const std::string& by, base::TimeMs at) {
    model::Finding out = finding;
    out.origin = model::Origin::Person;
    if (!placeIsValid(out.locator)) {
        return base::fail(ErrorCode::InvalidArgument, "decide.rules");
    }
    if (out.locator.kind == Kind::Pixels || out.suggested == Action::Mask || out.action == Action::Mask) {
        if (auto mask = maskOf(out); !mask) {
            return base::fail(ErrorCode::InvalidArgument, "decide.rules");
        }
    }
    if (out.state == DecisionState::Open) {
        out.action = Action::Keep;
        return out;
    }
    if (out.state == DecisionState::Accepted) {
        out.action = out.suggested;
    }
    if (out.decidedBy.empty()) {
        out.decidedBy = by;
        out.decidedAt = at;
    }
    if (auto checked = check(out, kind); !checked) {
        return tl::unexpected(checked.error());
    }
    return out;
}

bool asksToLook(const model::Finding& finding) {
    return finding.locator.kind == Kind::Pixels && finding.origin == model::Origin::Rule &&
           finding.detector != kSlidePicture && !hasMask(finding);
}

bool hidesMost(const model::Finding& finding, const model::Finding& question) {
    constexpr double kMost = 0.6;
    const bool proposed = finding.origin == model::Origin::Face || finding.origin == model::Origin::Ocr;
    if (!proposed || finding.suggested != Action::Mask || finding.locator.kind != Kind::Pixels ||
        !asksToLook(question)) {
        return false;
    }
    const auto mask = maskOf(finding);
    const auto area = [](const model::RectPx& rect) { return double(rect.width) * rect.height; };
    double most = mask ? area(model::boundsOf(*mask)) : area(finding.locator.rect);
    if (mask && !mask->track.empty()) { // where it stands at a time, not all the places that it goes to
        most = 0;
        for (const model::TrackKey& key : mask->track) {
            most = std::max(most, area(key.rect));
        }
    }
    return most >= kMost * area(question.locator.rect);
}

bool removable(const model::Finding& finding) {
    return finding.origin == model::Origin::Person;
}

bool reshapable(const model::Finding& finding) {
    return finding.origin == model::Origin::Person ||
           (finding.locator.kind == Kind::Pixels && finding.detector != kSlidePicture &&
            !asksToLook(finding));
}

} // namespace kamei::decide
