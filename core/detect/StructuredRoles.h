#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/detect/text/TextDetector.h"

namespace kamei::detect {

/// What the role of a segment (intake::text::Segment::role) means for the guideline.
struct RoleMeaning {
    text::Label label = text::Label::OtherNo;
    text::LabelRule rule;
    std::string_view known; ///< kind of known identifier that its value is; empty: none
};

/// Empty for roles that are no identifier by themselves ("text", "structure", "binary", unknown ones). The
/// path tells the one who signs from the one who writes (CDA R2 legalAuthenticator, authenticator).
[[nodiscard]] std::optional<RoleMeaning> meaningOf(std::string_view role, std::string_view path);

} // namespace kamei::detect
