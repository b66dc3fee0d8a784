#pragma once

#include <string_view>

#include "core/intake/dicom/Element.h"

namespace kamei::detect::attribute {

/// Whether a value has the form of its VR (PS3.5 2024b Table 6.2-1), every one of several: numbers that are
/// numbers, dates of the calendar (ACR-NEMA's dotted ones and ranges included), times, ages, UIDs. A
/// telephone number has only characters of a DS and is none. Codes (CS) may be longer than 16 characters, in
/// small letters and with the marks that devices write (-./+&,:()*%#), but hold no other character: "^", "@"
/// and letters of other scripts belong to text. Always true for free text, names and binary VRs.
[[nodiscard]] bool hasForm(std::string_view value, intake::dicom::Vr vr);
/// The same with what the attribute itself demands: Timezone Offset From UTC is "+0900", not any text.
[[nodiscard]] bool hasForm(std::string_view value, intake::dicom::Vr vr, intake::dicom::Tag tag);

} // namespace kamei::detect::attribute
