#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/intake/dicom/Element.h"

namespace kamei::intake::dicom {

/// Specific Character Set (0008,0005) of a data set or item: every defined term of PS3.3 C.12.1.1.2, with
/// code extensions (ISO 2022). Cheap to copy; decoding is thread-safe.
class CharacterSet {
public:
    /// The default repertoire (ISO-IR 6).
    CharacterSet() = default;
    /// From the raw value of (0008,0005); terms that are not defined ("ISO IR 100", "LATIN1") are read by
    /// their sense where it is plain, else ignored.
    [[nodiscard]] static CharacterSet fromValue(std::string_view value);

    struct Text {
        std::string utf8;
        /// The bytes are not valid in the declared set; utf8 is the best other reading, or holds U+FFFD.
        bool doubtful = false;
    };
    /// The whole value, backslashes and component separators as they stand. Decode first, split after:
    /// a 0x5C inside a multi-byte character is no separator.
    [[nodiscard]] Text decode(std::string_view raw, Vr vr) const;

    friend bool operator==(const CharacterSet&, const CharacterSet&) = default;

private:
    enum class Whole { None, Utf8, Gb18030, Gbk, Cp932 };
    Whole m_whole = Whole::None; ///< sets without code extensions
    int m_upper = 0;       ///< ISO-IR number of the set in G1 at the start: 100 .. 203, 13, 149, 58; 0 none
    int m_declared = 0;    ///< 149 or 58 where it is declared in whatever place
    bool m_romaji = false; ///< G0 is JIS X 0201 romaji at the start
};

/// Values of a decoded text: split at backslashes unless the VR has a single value; padding removed as
/// the VR asks (leading spaces matter in ST, LT, UT only).
[[nodiscard]] std::vector<std::string_view> valuesOf(std::string_view decoded, Vr vr);

} // namespace kamei::intake::dicom
