#include "core/intake/dicom/Iso2022.h"

#include <array>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unordered_map>

namespace kamei::intake::dicom::iso2022 {
namespace {

constexpr char kEscape = 0x1B;

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// ICU converters are not thread-safe and slow to open: one of each a thread.
UConverter* converterFor(const char* name) {
    thread_local std::unordered_map<std::string_view, Converter> open;
    auto& slot = open[name];
    if (!slot) {
        UErrorCode status = U_ZERO_ERROR;
        slot.reset(ucnv_open(name, &status));
        if (U_FAILURE(status)) {
            return nullptr;
        }
        ucnv_setToUCallBack(slot.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    }
    ucnv_reset(slot.get());
    return slot.get();
}

void appendCodePoint(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// Shift_JIS form of a JIS X 0208 pair, for rows that EUC-JP leaves out (NEC and IBM extensions).
std::string shiftJis(unsigned char row, unsigned char cell) {
    const int lead = (row + 1) / 2 + (row < 0x5F ? 0x70 : 0xB0);
    const int trail = row % 2 == 1 ? cell + (cell < 0x60 ? 0x1F : 0x20) : cell + 0x7E;
    return {static_cast<char>(lead), static_cast<char>(trail)};
}

/// ISO 2022 with the sets that DICOM allows, as a state machine (PS3.5 6.1.2.5, Annex H to K).
class Iso2022 {
public:
    enum class Graphic { Ascii, Romaji, Katakana, Kanji, SupplementaryKanji };
    enum class Upper { Single, Katakana, Korean, Chinese };

    Iso2022(const Start& start, Vr vr)
        : m_firstLower(start.romaji ? Graphic::Romaji : Graphic::Ascii), m_firstSet(start.upper), m_vr(vr) {
        reset();
    }

    bool run(std::string_view raw, std::string& out) {
        for (std::size_t i = 0; i < raw.size();) {
            if (raw[i] == kEscape) {
                if (!escape(raw, i)) {
                    return false;
                }
                continue;
            }
            const auto c = static_cast<unsigned char>(raw[i]);
            const bool pair = i + 1 < raw.size();
            if (c <= 0x20 || c == 0x7F) {
                if (c == '\t' || c == '\n' || c == '\f' || c == '\r') {
                    reset();
                }
                out += raw[i++];
            } else if (c < 0x80) {
                if (m_lower == Graphic::Katakana) {
                    if (c > 0x5F) {
                        return false;
                    }
                    appendCodePoint(out, U'\uFF61' + (c - 0x21U));
                    ++i;
                } else if (m_lower == Graphic::Ascii || m_lower == Graphic::Romaji) {
                    single(c, out);
                    ++i;
                } else {
                    if (!pair || !kanji(c, static_cast<unsigned char>(raw[i + 1]), out)) {
                        return false;
                    }
                    i += 2;
                }
            } else {
                const std::size_t used = upper(raw.substr(i), out);
                if (used == 0) {
                    return false;
                }
                i += used;
            }
        }
        return true;
    }

private:
    void reset() {
        m_lower = m_firstLower;
        // Writers of Korean and Chinese often designate G1 once and not again behind a separator: without
        // an initial set in G1 nothing is lost by leaving theirs in force.
        if (m_firstSet != 0) {
            m_set = m_firstSet;
            m_upper = m_set == 13    ? Upper::Katakana
                      : m_set == 149 ? Upper::Korean
                      : m_set == 58  ? Upper::Chinese
                                     : Upper::Single;
        }
    }
    void single(unsigned char c, std::string& out) {
        const bool separates =
            (c == '\\' && !isSingleTextVr(m_vr)) || (m_vr == vr::PN && (c == '^' || c == '='));
        if (separates) {
            reset(); // PS3.5 6.1.2.5.3: the initial sets are in force again
        }
        // 0x5C stays a backslash in romaji: as yen sign it would no longer separate values.
        if (m_lower == Graphic::Romaji && c == 0x7E) {
            appendCodePoint(out, U'‾');
        } else {
            out += static_cast<char>(c);
        }
    }
    bool kanji(unsigned char a, unsigned char b, std::string& out) const {
        if (b < 0x21 || b > 0x7E) {
            return false;
        }
        std::string euc;
        if (m_lower == Graphic::SupplementaryKanji) {
            euc += static_cast<char>(0x8F);
        }
        euc += static_cast<char>(a | 0x80);
        euc += static_cast<char>(b | 0x80);
        auto text = convert(euc, "EUC-JP");
        if (!text && m_lower == Graphic::Kanji) {
            text = convert(shiftJis(a, b), "windows-31j");
        }
        out += text.value_or("");
        return text.has_value();
    }
    std::size_t upper(std::string_view rest, std::string& out) const {
        const auto c = static_cast<unsigned char>(rest.front());
        if (m_upper == Upper::Katakana) {
            if (c < 0xA1 || c > 0xDF) {
                return 0;
            }
            appendCodePoint(out, U'\uFF61' + (c - 0xA1U));
            return 1;
        }
        if (c < 0xA0) {
            return 0; // C1 holds no graphic characters in any set of DICOM (PS3.5 6.1.1)
        }
        if (m_upper == Upper::Single) {
            const char* name = singleByteConverter(m_set);
            const auto text = name == nullptr ? std::nullopt : convert(rest.substr(0, 1), name);
            out += text.value_or("");
            return text ? 1 : 0;
        }
        if (rest.size() < 2) {
            return 0;
        }
        const auto text = convert(rest.substr(0, 2), m_upper == Upper::Korean ? "windows-949" : "GBK");
        out += text.value_or("");
        return text ? 2 : 0;
    }
    bool escape(std::string_view raw, std::size_t& i) {
        struct Row {
            std::string_view bytes;
            int set;
        };
        constexpr std::array<Row, 11> kSingles{{{"-A", 100},
                                                {"-B", 101},
                                                {"-C", 109},
                                                {"-D", 110},
                                                {"-F", 126},
                                                {"-G", 127},
                                                {"-H", 138},
                                                {"-L", 144},
                                                {"-M", 148},
                                                {"-T", 166},
                                                {"-b", 203}}};
        const std::string_view rest = raw.substr(i + 1);
        const auto take = [&](std::string_view bytes) {
            if (!rest.starts_with(bytes)) {
                return false;
            }
            i += 1 + bytes.size();
            return true;
        };
        for (const Row& row : kSingles) {
            if (take(row.bytes)) {
                m_upper = Upper::Single;
                m_set = row.set;
                return true;
            }
        }
        if (take("(B")) {
            m_lower = Graphic::Ascii;
        } else if (take("(J")) {
            m_lower = Graphic::Romaji;
        } else if (take(")I")) {
            m_upper = Upper::Katakana;
        } else if (take("(I")) {
            m_lower = Graphic::Katakana; // not of DICOM, but of mail and older systems
        } else if (take("$B") || take("$@")) {
            m_lower = Graphic::Kanji;
        } else if (take("$(D")) {
            m_lower = Graphic::SupplementaryKanji;
        } else if (take("$)C")) {
            m_upper = Upper::Korean;
        } else if (take("$)A")) {
            m_upper = Upper::Chinese;
        } else {
            return false;
        }
        return true;
    }

    Graphic m_lower = Graphic::Ascii;
    Graphic m_firstLower;
    Upper m_upper = Upper::Single;
    int m_set = 0;
    int m_firstSet;
    Vr m_vr;
};

} // namespace

std::optional<std::string> convert(std::string_view bytes, const char* name) {
    UConverter* converter = converterFor(name);
    if (converter == nullptr) {
        return std::nullopt;
    }
    UErrorCode status = U_ZERO_ERROR;
    std::u16string wide(bytes.size() * 2 + 4, u'\0');
    const std::int32_t units = ucnv_toUChars(converter, wide.data(), static_cast<std::int32_t>(wide.size()),
                                             bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    std::string out(static_cast<std::size_t>(units) * 3 + 1, '\0');
    std::int32_t length = 0;
    u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &length, wide.data(), units, &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    out.resize(static_cast<std::size_t>(length));
    return out;
}

const char* singleByteConverter(int set) {
    switch (set) {
    case 100:
        return "ISO-8859-1";
    case 101:
        return "ISO-8859-2";
    case 109:
        return "ISO-8859-3";
    case 110:
        return "ISO-8859-4";
    case 126:
        return "ISO-8859-7";
    case 127:
        return "ISO-8859-6";
    case 138:
        return "ISO-8859-8";
    case 144:
        return "ISO-8859-5";
    case 148:
        return "ISO-8859-9";
    case 166:
        return "TIS-620";
    case 203:
        return "ISO-8859-15";
    default:
        return nullptr;
    }
}

std::optional<std::string> decode(std::string_view raw, const Start& start, Vr vr) {
    std::string out;
    return Iso2022(start, vr).run(raw, out) ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace kamei::intake::dicom::iso2022
