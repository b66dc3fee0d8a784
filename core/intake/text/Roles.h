#pragma once

#include <span>
#include <string_view>

namespace kamei::intake::text {

/// What the structure of a table or document says of a value (Segment::role), with the label that findings
/// on it bear (the words of detect::text::labelWord; "OTHER": none of them, the finding bears the role).
struct Role {
    std::string_view role;  ///< "patient.name"
    std::string_view label; ///< "PATIENT_NAME"
};

/// Every role that is an identifier by itself. Roles that are not ("text", "structure", "binary") are left
/// out.
[[nodiscard]] std::span<const Role> roles();
/// Empty for a role that is no identifier by itself.
[[nodiscard]] std::string_view labelOfRole(std::string_view role);

} // namespace kamei::intake::text
