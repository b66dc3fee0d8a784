#include "core/intake/dicom/CharacterSet.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "core/intake/dicom/Iso2022.h"
#include "core/intake/encoding/Encoding.h"

namespace kamei::intake::dicom {
namespace {

constexpr char kEscape = 0x1B;
constexpr int kKatakana = 13;
constexpr int kRomaji = 14;
constexpr int kLatin1 = 100;
constexpr int kKorean = 149;
constexpr int kChinese = 58;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool isPlain(std::string_view raw) {
    return std::ranges::all_of(raw,
                               [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != kEscape; });
}

/// The number in "ISO_IR 100", "ISO 2022 IR 100", "ISO-IR 100", "ISO IR100"; 0 when there is none.
int isoNumber(std::string_view term) {
    const std::size_t at = term.rfind("IR");
    if (at == std::string_view::npos) {
        return 0;
    }
    std::string_view digits = term.substr(at + 2);
    while (!digits.empty() && (digits.front() == ' ' || digits.front() == '_' || digits.front() == '-')) {
        digits.remove_prefix(1);
    }
    int out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

/// "8859-1" in the names that other software gives the single-byte sets.
int isoNumberOf8859(std::string_view term) {
    constexpr std::array<int, 16> kNumbers{0,   100, 101, 109, 110, 144, 127, 126,
                                           138, 148, 0,   166, 0,   0,   0,   203};
    const std::size_t at = term.find("8859");
    if (at == std::string_view::npos || at + 5 >= term.size()) {
        return term == "LATIN1" || term == "LATIN_1" || term == "LATIN-1" ? 100 : 0;
    }
    std::size_t part = 0;
    std::from_chars(term.data() + at + 5, term.data() + term.size(), part);
    return part < kNumbers.size() ? kNumbers[part] : 0;
}

std::string upperCase(std::string_view term) {
    std::string out(term);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

/// Another reading of bytes that are not valid as declared. Shift_JIS, EUC-JP and UTF-8 without declaration
/// are common in Japan; a set that was declared, but not in the place where it counts, comes first.
CharacterSet::Text guess(std::string_view raw, int declared) {
    std::optional<std::string> text = iso2022::convert(raw, "UTF-8");
    if (!text && declared == kKorean) {
        text = iso2022::convert(raw, "windows-949");
    } else if (!text && declared == kChinese) {
        text = iso2022::convert(raw, "GB18030");
    }
    if (!text) {
        const auto likely = encoding::detect(raw);
        const bool euc = likely && likely->encoding == encoding::Encoding::EucJp;
        text = iso2022::convert(raw, euc ? "EUC-JP" : "windows-31j");
    }
    for (const char* name : {"EUC-JP", "ISO-8859-1"}) {
        text = text ? std::move(text) : iso2022::convert(raw, name);
    }
    if (text) {
        return {std::move(*text), true};
    }
    std::string out;
    for (const char c : raw) {
        out += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : std::string(kReplacement);
    }
    return {out, true};
}

/// Whether text declared as Latin-1 (what devices state by default) is something else: in Western text three
/// letters with accents do not follow each other, nor do they come in pairs only; in UTF-8 and EUC-JP they
/// do.
bool isHardlyLatin(std::string_view raw) {
    std::size_t run = 0;
    std::size_t longest = 0;
    bool pairsOnly = true;
    for (std::size_t i = 0; i <= raw.size(); ++i) {
        if (i < raw.size() && static_cast<unsigned char>(raw[i]) >= 0x80) {
            ++run;
            continue;
        }
        longest = std::max(longest, run);
        pairsOnly = pairsOnly && run % 2 == 0;
        run = 0;
    }
    return longest >= 3 ||
           (longest == 2 && pairsOnly &&
            (iso2022::convert(raw, "UTF-8").has_value() || iso2022::convert(raw, "EUC-JP").has_value()));
}

} // namespace

CharacterSet CharacterSet::fromValue(std::string_view value) {
    CharacterSet out;
    for (bool first = true; first || !value.empty(); first = false) {
        const std::size_t cut = value.find('\\');
        std::string_view term = value.substr(0, cut);
        value.remove_prefix(cut == std::string_view::npos ? value.size() : cut + 1);
        while (!term.empty() && (term.back() == ' ' || term.back() == '\0')) {
            term.remove_suffix(1);
        }
        while (!term.empty() && term.front() == ' ') {
            term.remove_prefix(1);
        }
        const std::string name = upperCase(term);
        const int set = std::max(isoNumber(name), isoNumberOf8859(name));
        if (set == 192 || name == "UTF-8" || name == "UTF8") {
            out.m_whole = Whole::Utf8;
        } else if (name == "GB18030") {
            out.m_whole = Whole::Gb18030;
        } else if (name == "GBK") {
            out.m_whole = Whole::Gbk;
        } else if (const auto label = encoding::encodingFromLabel(name);
                   label && *label == encoding::Encoding::Cp932) {
            out.m_whole = Whole::Cp932; // no defined term; Japanese software writes it all the same
        } else if (first && (set == kKatakana || set == kKorean || set == kChinese ||
                             iso2022::singleByteConverter(set) != nullptr)) {
            out.m_upper = set;
            out.m_romaji = set == kKatakana;
        } else if (first && set == kRomaji) {
            out.m_romaji = true;
        }
        // Further terms are announced by escape sequences in the text itself.
        if (set == kKorean || set == kChinese) {
            out.m_declared = set;
        }
    }
    return out;
}

CharacterSet::Text CharacterSet::decode(std::string_view raw, Vr vr) const {
    if (isPlain(raw)) {
        return {std::string(raw), false};
    }
    const char* name = m_whole == Whole::Utf8      ? "UTF-8"
                       : m_whole == Whole::Gb18030 ? "GB18030"
                       : m_whole == Whole::Gbk     ? "GBK"
                       : m_whole == Whole::Cp932   ? "windows-31j"
                                                   : nullptr;
    const bool escapes = raw.find(kEscape) != std::string_view::npos;
    // Sets without code extensions know no escape sequences: one that stands there says what is meant.
    if (name != nullptr && !escapes) {
        auto text = iso2022::convert(raw, name);
        return text ? Text{std::move(*text), false} : guess(raw, m_declared);
    }
    if (name == nullptr && !escapes && m_upper == kLatin1 && isHardlyLatin(raw)) {
        return guess(raw, m_declared);
    }
    if (auto text = iso2022::decode(raw, {m_upper, m_romaji}, vr)) {
        return {std::move(*text), name != nullptr};
    }
    return guess(raw, m_declared);
}

std::vector<std::string_view> valuesOf(std::string_view decoded, Vr vr) {
    std::vector<std::string_view> out;
    const bool single = isSingleTextVr(vr);
    for (;;) {
        const std::size_t cut = single ? std::string_view::npos : decoded.find('\\');
        std::string_view value = decoded.substr(0, cut);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\0')) {
            value.remove_suffix(1);
        }
        while (!single && !value.empty() && value.front() == ' ') {
            value.remove_prefix(1);
        }
        out.push_back(value);
        if (cut == std::string_view::npos) {
            return out;
        }
        decoded.remove_prefix(cut + 1);
    }
}

} // namespace kamei::intake::dicom
