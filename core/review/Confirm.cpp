#include "core/review/Confirm.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/Blank.h"
#include "core/review/Behind.h"

namespace kamei::review {
namespace {

using model::AssetKind;

// Guideline 5.2.2 (text: confirmation by eye), 5.4.2 and 5.4.3 (images): what is looked at as one.
constexpr std::array kRules{
    LookRule{AssetKind::DicomSeries, Unit::Frames, true},
    LookRule{AssetKind::DicomVideo, Unit::Frames, true},
    LookRule{AssetKind::DicomSlide, Unit::Whole, false},
    LookRule{AssetKind::DicomDocument, Unit::Pages, false},
    LookRule{AssetKind::Text, Unit::Pages, false},
    LookRule{AssetKind::Document, Unit::Pages, false},
    LookRule{AssetKind::Table, Unit::Pages, false},
    LookRule{AssetKind::Image, Unit::Frames, false},
    LookRule{AssetKind::Video, Unit::Frames, true},
    LookRule{AssetKind::Slide, Unit::Whole, false},
    LookRule{AssetKind::Signal, Unit::Pages, false},
    LookRule{AssetKind::Genome, Unit::Pages, false},
    LookRule{AssetKind::Pdf, Unit::Pages, false},
    LookRule{AssetKind::Volume, Unit::Whole, false},
};

} // namespace

std::optional<LookRule> lookRuleFor(AssetKind kind) {
    const auto* const rule = std::ranges::find(kRules, kind, &LookRule::kind);
    return rule == kRules.end() ? std::nullopt : std::optional(*rule);
}

base::Expected<void> check(const model::Confirmation& confirmation, const Present& present) {
    const auto refuse = [](const char* why) {
        return base::fail(base::ErrorCode::NotPossible, "review.confirm", {why});
    };
    if (base::isBlank(confirmation.reviewer)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.confirm", {"reviewer"});
    }
    if (!lookRuleFor(present.kind)) {
        return refuse("kind");
    }
    if (present.digest.isZero() || confirmation.sha256 != present.digest) {
        return refuse("digest");
    }
    if (confirmation.verdict == model::Confirmation::Verdict::SentBack) {
        if (base::isBlank(confirmation.note)) {
            return base::fail(base::ErrorCode::ReasonRequired, "review.confirm");
        }
        return {};
    }
    if (!present.current) {
        return refuse("stale");
    }
    if (present.residuals > 0) {
        return refuse("residual");
    }
    if (!present.face.empty()) {
        return refuse(present.face.c_str());
    }
    // What is to be shown is counted here too, not only by who confirms. A series without a picture is read;
    // other kinds of pictures have at least one.
    const bool pictures = lookRuleFor(present.kind)->unit == Unit::Frames;
    if (pictures && present.frames <= 0 && present.kind != AssetKind::DicomSeries) {
        return refuse("shown");
    }
    const bool counted = pictures && present.frames > 0;
    if (counted && confirmation.total != present.frames) {
        return refuse("shown");
    }
    if (confirmation.total <= 0 || confirmation.shown != confirmation.total) {
        return refuse("shown");
    }
    return {};
}

Standing standingOf(std::span<const model::Confirmation> all, const base::Sha256& present,
                    model::AssetKind kind, const model::Policy& policy) {
    const Behind behind = peopleBehind(all, present);
    const bool any = behind.people > 0;
    const std::size_t counted = policy.signatures ? behind.signers : behind.people;
    Standing out;
    out.people = policy.signatures ? behind.signerNames : behind.names;
    out.lacksSignature = any && policy.signatures && behind.signers == 0;
    out.lacksSecondPerson = any && policy.secondPerson.contains(kind) && counted < 2;
    return out;
}

} // namespace kamei::review
