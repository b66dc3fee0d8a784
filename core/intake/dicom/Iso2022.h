#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/intake/dicom/Element.h"

/// Text with code extensions (PS3.5 2024b 6.1.2.5, Annexes H to K) and the converters beneath it.
namespace kamei::intake::dicom::iso2022 {

/// What is in force at the start of a value, and again behind each separator (PS3.5 6.1.2.5.3).
struct Start {
    int upper = 0;       ///< ISO-IR number of the set in G1: 100 .. 203, 13, 149, 58; 0 none
    bool romaji = false; ///< G0 is JIS X 0201 romaji
};

/// Nothing when a byte sequence is not valid as declared.
[[nodiscard]] std::optional<std::string> decode(std::string_view raw, const Start& start, Vr vr);

/// Bytes in an encoding that ICU knows by this name, as UTF-8; nothing when they are not valid in it.
[[nodiscard]] std::optional<std::string> convert(std::string_view bytes, const char* name);

/// ICU's name of a single-byte set by ISO-IR number (PS3.3 Table C.12-2, C.12-3); null for others.
[[nodiscard]] const char* singleByteConverter(int set);

} // namespace kamei::intake::dicom::iso2022
