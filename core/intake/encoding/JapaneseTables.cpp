#include "core/intake/encoding/JapaneseTables.h"

#include <array>
#include <memory>
#include <unicode/ucnv.h>
#include <unordered_map>
#include <vector>

namespace kamei::intake::encoding {
namespace {

struct Closer {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Closer>;

Converter openStrict(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter out(ucnv_open(name, &status));
    if (U_FAILURE(status)) {
        return nullptr;
    }
    // Substitutes and fallbacks would turn unknown bytes into wrong characters without a word.
    ucnv_setToUCallBack(out.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(out.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFallback(out.get(), 0);
    return U_FAILURE(status) ? nullptr : std::move(out);
}

char32_t toUnicode(UConverter* converter, const char* bytes, int length) {
    std::array<UChar, 4> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    const int count = ucnv_toUChars(converter, out.data(), 4, bytes, length, &status);
    if (U_FAILURE(status) || count != 1 || out[0] == 0xFFFD) {
        return 0;
    }
    return out[0];
}

/// Bytes of a character, most significant first; empty when the converter has none.
std::string fromUnicode(UConverter* converter, char32_t codePoint) {
    const auto unit = static_cast<UChar>(codePoint);
    std::array<char, 8> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetFromUnicode(converter);
    const int count = ucnv_fromUChars(converter, out.data(), 8, &unit, 1, &status);
    return U_FAILURE(status) ? std::string() : std::string(out.data(), static_cast<std::size_t>(count));
}

std::uint8_t byteAt(const std::string& bytes, std::size_t index) {
    return static_cast<std::uint8_t>(bytes[index]);
}

constexpr bool isLead(unsigned b) {
    return (b >= 0x81 && b <= 0x9F) || (b >= 0xE0 && b <= 0xFC);
}
constexpr bool isTrail(unsigned b) {
    return (b >= 0x40 && b <= 0x7E) || (b >= 0x80 && b <= 0xFC);
}

/// JIS X 0201/0208 arithmetic: a Shift_JIS double byte as row and cell + 0x20.
std::uint16_t jisOfSjis(std::uint16_t sjis) {
    unsigned lead = sjis >> 8;
    unsigned trail = sjis & 0xFF;
    lead -= lead <= 0x9F ? 0x71 : 0xB1;
    unsigned row = lead * 2 + 1;
    if (trail > 0x7F) {
        --trail;
    }
    if (trail >= 0x9E) {
        trail -= 0x7D;
        ++row;
    } else {
        trail -= 0x1F;
    }
    return static_cast<std::uint16_t>((row << 8) | trail);
}

struct Tables {
    std::vector<std::uint16_t> cp932 = std::vector<std::uint16_t>(65536);
    std::vector<std::uint16_t> jis0208 = std::vector<std::uint16_t>(65536);
    std::vector<std::uint16_t> jis0212 = std::vector<std::uint16_t>(65536);
    std::unordered_map<char32_t, std::uint16_t> toCp932;
    std::unordered_map<char32_t, std::uint16_t> toJis0208;
    std::unordered_map<char32_t, std::uint16_t> toJis0212;

    Tables() {
        if (const Converter windows = openStrict("ibm-943_P15A-2003")) {
            fillCp932(windows.get());
        }
        if (const Converter euc = openStrict("euc-jp-2007")) {
            fillJis0212(euc.get());
        }
    }

    void fillCp932(UConverter* windows) {
        for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
            for (unsigned trail = 0x40; isLead(lead) && trail <= 0xFC; ++trail) {
                if (!isTrail(trail)) {
                    continue;
                }
                const std::array<char, 2> pair{static_cast<char>(lead), static_cast<char>(trail)};
                const auto sjis = static_cast<std::uint16_t>((lead << 8) | trail);
                const char32_t codePoint = toUnicode(windows, pair.data(), 2);
                cp932[sjis] = static_cast<std::uint16_t>(codePoint);
                if (codePoint == 0) {
                    continue;
                }
                // Several NEC and IBM characters exist twice; the converter knows which form Windows writes.
                const std::string back = fromUnicode(windows, codePoint);
                if (back.size() == 2) {
                    toCp932[codePoint] = static_cast<std::uint16_t>((byteAt(back, 0) << 8) | byteAt(back, 1));
                }
                if (lead <= 0xEF) {
                    const std::uint16_t jis = jisOfSjis(sjis);
                    jis0208[jis] = static_cast<std::uint16_t>(codePoint);
                    toJis0208.try_emplace(codePoint, jis);
                }
            }
        }
    }

    void fillJis0212(UConverter* euc) {
        for (unsigned row = 0x21; row <= 0x7E; ++row) {
            for (unsigned cell = 0x21; cell <= 0x7E; ++cell) {
                const std::array<char, 3> triple{static_cast<char>(0x8F), static_cast<char>(row | 0x80U),
                                                 static_cast<char>(cell | 0x80U)};
                const char32_t codePoint = toUnicode(euc, triple.data(), 3);
                if (codePoint != 0) {
                    const auto jis = static_cast<std::uint16_t>((row << 8) | cell);
                    jis0212[jis] = static_cast<std::uint16_t>(codePoint);
                    toJis0212.try_emplace(codePoint, jis);
                }
            }
        }
    }
};

const Tables& tables() {
    static const Tables instance;
    return instance;
}

std::optional<std::uint16_t> lookUp(const std::unordered_map<char32_t, std::uint16_t>& map,
                                    char32_t codePoint) {
    const auto found = map.find(codePoint);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

std::uint16_t jisIndex(std::uint8_t row, std::uint8_t cell) {
    return static_cast<std::uint16_t>(((row + 0x20) << 8) | (cell + 0x20));
}

} // namespace

char32_t fromCp932(std::uint8_t lead, std::uint8_t trail) {
    return tables().cp932[static_cast<std::size_t>((lead << 8) | trail)];
}
char32_t fromJis0208(std::uint8_t row, std::uint8_t cell) {
    return tables().jis0208[jisIndex(row, cell)];
}
char32_t fromJis0212(std::uint8_t row, std::uint8_t cell) {
    return tables().jis0212[jisIndex(row, cell)];
}

std::optional<std::uint16_t> toCp932(char32_t codePoint) {
    return lookUp(tables().toCp932, codePoint);
}
std::optional<std::uint16_t> toJis0208(char32_t codePoint) {
    return lookUp(tables().toJis0208, codePoint);
}
std::optional<std::uint16_t> toJis0212(char32_t codePoint) {
    return lookUp(tables().toJis0212, codePoint);
}

} // namespace kamei::intake::encoding
