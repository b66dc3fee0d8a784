#include "core/review/Confirm.h"

#include <algorithm>
#include <array>
#include <string>

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

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

} // namespace

std::optional<LookRule> lookRuleFor(AssetKind kind) {
    const auto* const rule = std::ranges::find(kRules, kind, &LookRule::kind);
    return rule == kRules.end() ? std::nullopt : std::optional(*rule);
}

base::Expected<void> check(const model::Confirmation& confirmation, const Present& present) {
    const auto refuse = [](const char* why) {
        return base::fail(base::ErrorCode::NotPossible, "review.confirm", {why});
    };
    if (isBlank(confirmation.reviewer)) {
        return base::fail(base::ErrorCode::InvalidArgument, "review.confirm", {"reviewer"});
    }
    if (!lookRuleFor(present.kind)) {
        return refuse("kind");
    }
    if (present.digest.isZero() || confirmation.sha256 != present.digest) {
        return refuse("digest");
    }
    if (confirmation.verdict == model::Confirmation::Verdict::SentBack) {
        if (isBlank(confirmation.note)) {
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
    if (confirmation.total <= 0 || confirmation.shown != confirmation.total) {
        return refuse("shown");
    }
    return {};
}

} // namespace kamei::review
