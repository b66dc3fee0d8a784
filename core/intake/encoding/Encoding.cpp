#include "core/intake/encoding/Encoding.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace kamei::intake::encoding {
namespace {

struct Label {
    std::string_view text; ///< lower case, letters and digits only
    Encoding encoding;
};

constexpr std::array kLabels{
    Label{"utf8", Encoding::Utf8},
    Label{"utf8bom", Encoding::Utf8Bom},
    // ASCII is a part of UTF-8; bytes above 0x7F under this label are refused or detected by the caller.
    Label{"usascii", Encoding::Utf8},
    Label{"ascii", Encoding::Utf8},
    Label{"utf16le", Encoding::Utf16Le},
    Label{"utf16be", Encoding::Utf16Be},
    Label{"cp932", Encoding::Cp932},
    Label{"ms932", Encoding::Cp932},
    Label{"windows31j", Encoding::Cp932},
    Label{"windows932", Encoding::Cp932},
    Label{"shiftjis", Encoding::Cp932},
    Label{"sjis", Encoding::Cp932},
    Label{"xsjis", Encoding::Cp932},
    Label{"csshiftjis", Encoding::Cp932},
    Label{"cswindows31j", Encoding::Cp932},
    Label{"mskanji", Encoding::Cp932},
    Label{"eucjp", Encoding::EucJp},
    Label{"xeucjp", Encoding::EucJp},
    Label{"ujis", Encoding::EucJp},
    Label{"eucjpms", Encoding::EucJp},
    Label{"cp51932", Encoding::EucJp},
    Label{"iso2022jp", Encoding::Iso2022Jp},
    Label{"iso2022jp1", Encoding::Iso2022Jp},
    Label{"iso2022jpms", Encoding::Iso2022Jp},
    Label{"csiso2022jp", Encoding::Iso2022Jp},
    Label{"jis", Encoding::Iso2022Jp},
    Label{"cp50220", Encoding::Iso2022Jp},
    Label{"cp50221", Encoding::Iso2022Jp},
};

} // namespace

std::string_view word(Encoding encoding) {
    switch (encoding) {
    case Encoding::Utf8:
        return "utf-8";
    case Encoding::Utf8Bom:
        return "utf-8-bom";
    case Encoding::Utf16Le:
        return "utf-16le";
    case Encoding::Utf16Be:
        return "utf-16be";
    case Encoding::Cp932:
        return "cp932";
    case Encoding::EucJp:
        return "euc-jp";
    case Encoding::Iso2022Jp:
        return "iso-2022-jp";
    }
    return "utf-8";
}

std::optional<Encoding> encodingFromLabel(std::string_view label) {
    std::string plain;
    for (const char c : label) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            plain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        }
    }
    const auto* const found =
        std::find_if(kLabels.begin(), kLabels.end(), [&](const Label& row) { return row.text == plain; });
    return found == kLabels.end() ? std::nullopt : std::optional(found->encoding);
}

} // namespace kamei::intake::encoding
