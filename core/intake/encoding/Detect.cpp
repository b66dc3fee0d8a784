#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/JapaneseTables.h"
#include "core/intake/encoding/Unicode.h"

#include <algorithm>
#include <array>

namespace kamei::intake::encoding {
namespace {

constexpr std::size_t kScoredBytes =
    65536; ///< validity is asked of the whole text, likelihood of its beginning

bool isControl(char32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') || c == 0x7F ||
           (c >= 0x80 && c < 0xA0 && c != 0x85) || c == 0xFFFE || c == 0xFFFF;
}

bool hasControls(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size();) {
        const CodePoint point = codePointAt(utf8, i);
        // A single Ctrl-Z at the very end is how DOS ended its texts.
        const bool endOfDos = point.value == 0x1A && i + 1 == utf8.size();
        if (isControl(point.value) && !endOfDos) {
            return true;
        }
        i += point.length;
    }
    return false;
}

bool isHalfKana(char32_t c) {
    return c >= 0xFF61 && c <= 0xFF9F;
}

/// Half-width katakana is what any high bytes look like in Shift_JIS; its spelling tells real kana apart.
double halfKanaScore(char32_t before, char32_t c) {
    const bool inRun = isHalfKana(before);
    if (c == 0xFF9E) { // voiced mark: after ka..to, ha..ho, u
        const bool fits = (before >= 0xFF76 && before <= 0xFF84) || (before >= 0xFF8A && before <= 0xFF8E) ||
                          before == 0xFF73;
        return fits ? 2.5 : -3;
    }
    if (c == 0xFF9F) { // semi-voiced mark: after ha..ho
        return before >= 0xFF8A && before <= 0xFF8E ? 2.5 : -3;
    }
    if (c >= 0xFF67 && c <= 0xFF70) { // small kana and the long vowel mark do not begin a word
        return inRun ? 0.9 : -2;
    }
    if (c <= 0xFF65) { // punctuation
        return -0.5;
    }
    return 0.7;
}

double kanjiScore(char32_t c) {
    const auto sjis = toCp932(c);
    if (!sjis) {
        return -1; // outside JIS X 0208
    }
    if (*sjis >= 0x889F && *sjis <= 0x9872) {
        return 1.6; // level 1: the common ones
    }
    return *sjis >= 0x989F && *sjis <= 0xEAA4 ? -0.8 : -0.5;
}

double score(char32_t before, char32_t c) {
    if (c >= 0x3041 && c <= 0x3096) {
        return 3;
    }
    if ((c >= 0x30A1 && c <= 0x30FE) || c == 0x3005) {
        return 2.2;
    }
    if (c == 0x3001 || c == 0x3002 || c == 0x3000 || (c >= 0x300C && c <= 0x3011)) {
        return 2.2;
    }
    if (isHalfKana(c)) {
        return halfKanaScore(before, c);
    }
    if (c >= 0x4E00 && c <= 0x9FFF) {
        return kanjiScore(c);
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return 1.4;
    }
    if (c >= 0xE000 && c <= 0xF8FF) {
        return -10; // user-defined: rare, and what wrong guesses yield
    }
    if (c >= 0x2460 && c <= 0x2473) {
        return 1;
    }
    return c >= 0x80 ? -0.2 : 0;
}

struct Candidate {
    Encoding encoding = Encoding::Utf8;
    double score = 0;
};

double scoreOf(std::string_view utf8) {
    double sum = 0;
    char32_t before = 0;
    const std::size_t limit = std::min(utf8.size(), kScoredBytes);
    for (std::size_t i = 0; i < limit;) {
        const CodePoint point = codePointAt(utf8, i);
        sum += score(before, point.value);
        before = point.value;
        i += std::max<std::size_t>(point.length, 1);
    }
    return sum;
}

std::optional<Candidate> examine(std::string_view bytes, Encoding encoding) {
    const auto text = decode(bytes, encoding);
    if (!text || hasControls(*text)) {
        return std::nullopt;
    }
    return Candidate{encoding, scoreOf(*text)};
}

bool hasJapaneseEscape(std::string_view bytes) {
    static constexpr std::array<std::string_view, 6> kEscapes{"\x1B$@", "\x1B$B", "\x1B$(",
                                                              "\x1B(J", "\x1B(I", "\x1B(B"};
    return std::any_of(kEscapes.begin(), kEscapes.end(),
                       [&](std::string_view escape) { return bytes.find(escape) != std::string_view::npos; });
}

/// UTF-16 without byte order mark: every ASCII character has a zero byte on the same side.
std::optional<Guess> guessUtf16(std::string_view bytes) {
    if (bytes.size() % 2 != 0) {
        return std::nullopt;
    }
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        even += bytes[i] == '\0' ? 1 : 0;
        odd += bytes[i + 1] == '\0' ? 1 : 0;
    }
    const Encoding likely = even > odd ? Encoding::Utf16Be : Encoding::Utf16Le;
    if ((even > 0 && odd > 0) || !examine(bytes, likely)) {
        return std::nullopt;
    }
    return Guess{likely, even + odd < bytes.size() / 8};
}

std::optional<Guess> guessByMark(std::string_view bytes, Encoding encoding) {
    return examine(bytes, encoding) ? std::optional(Guess{encoding, false}) : std::nullopt;
}

/// Shift_JIS, EUC-JP and, when valid, UTF-8 compared by how Japanese they read.
std::optional<Guess> compare(std::string_view bytes) {
    const auto highBytes = static_cast<double>(std::count_if(
        bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    std::vector<Candidate> candidates;
    if (auto utf8 = examine(bytes, Encoding::Utf8)) {
        // Bytes of other encodings form valid UTF-8 by chance only in very short texts.
        utf8->score += highBytes;
        if (highBytes > 24) {
            return Guess{Encoding::Utf8, false};
        }
        candidates.push_back(*utf8);
    }
    for (const Encoding encoding : {Encoding::Cp932, Encoding::EucJp}) {
        if (const auto candidate = examine(bytes, encoding)) {
            candidates.push_back(*candidate);
        }
    }
    if (candidates.empty()) {
        return std::nullopt;
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    const double scored = std::min(highBytes, static_cast<double>(kScoredBytes));
    constexpr double kClearMargin = 0.25;
    const bool close =
        candidates.size() > 1 && (candidates[0].score - candidates[1].score) / scored < kClearMargin;
    const bool strange = candidates[0].score / scored < 0;
    return Guess{candidates[0].encoding, close || strange};
}

} // namespace

std::optional<Guess> detect(std::string_view bytes) {
    for (const Encoding marked : {Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be}) {
        if (byteOrderMarkLength(bytes, marked) > 0) {
            return guessByMark(bytes, marked);
        }
    }
    if (bytes.find('\0') != std::string_view::npos) {
        return guessUtf16(bytes);
    }
    const bool sevenBit = std::none_of(bytes.begin(), bytes.end(),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (sevenBit) {
        const Encoding encoding = hasJapaneseEscape(bytes) ? Encoding::Iso2022Jp : Encoding::Utf8;
        return guessByMark(bytes, encoding);
    }
    return compare(bytes);
}

} // namespace kamei::intake::encoding
