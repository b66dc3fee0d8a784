#include <algorithm>
#include <array>
#include <optional>

#include "core/detect/text/fields/Field.h"

namespace kamei::detect::text::fields {
namespace {

using namespace japanese;

// Letters before a key word that belong to it: 本人生年月日, 診察券の番号.
constexpr std::size_t kLongestPrefix = 6;
constexpr std::size_t kLongestRemark = 14;
constexpr std::size_t kLongestValue = 60;

constexpr std::uint64_t kKeys = kind::AnyLabel | kind::NameCue;

bool isSign(char32_t c) {
    static constexpr CharacterSet kSigns{U":=|→"};
    return kSigns.has(c);
}

// The start of a key word with the letters that belong to it; npos where it stands within a sentence.
std::size_t headOf(const Page& page, const Cue& cue) {
    std::size_t i = cue.start;
    while (i > 0 && cue.start - i <= kLongestPrefix &&
           (isKanji(page.before(i)) || isKatakana(page.before(i)) || isHiragana(page.before(i)))) {
        --i;
    }
    // 陽性, 院長: a key word of one letter takes none before it.
    const bool alone = cue.end - cue.start == 1;
    const bool headed = i == 0 || isSpace(page.before(i)) || isStop(page.before(i));
    return headed && cue.start - i <= (alone ? 0 : kLongestPrefix) ? i : std::u32string_view::npos;
}

// Where "続柄・氏名" begins, whose last word is the key word that begins at `head`.
std::size_t outerHead(const Page& page, std::size_t head) {
    std::size_t i = head;
    if (oneOf(U"・/", page.before(i))) {
        while (i > 0 && head - i <= kLongestPrefix &&
               (isKanji(page.before(i)) || oneOf(U"・/", page.before(i)))) {
            --i;
        }
    }
    return i;
}

// Whether nothing but blanks and marks stands before a place in its line.
bool headsLine(const Page& page, std::size_t i) {
    while (i > 0 && !isLineEnd(page.before(i))) {
        if (isWord(page.before(i)) && !isDigit(page.before(i))) {
            return false;
        }
        --i;
    }
    return true;
}

// Whether "西暦" or "自署" stands in a range: how a field is to be filled in.
bool isInstruction(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 20> kWords{
        U"元号", U"年号", U"コード",   U"記入",     U"西暦",     U"和暦", U"戸籍", U"自署", U"署名", U"漢字",
        U"カナ", U"かな", U"フリガナ", U"ふりがな", U"ローマ字", U"必須", U"任意", U"日中", U"楷書", U"活字"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
        return page.slice(start, end).find(word) != std::u32string_view::npos;
    });
}

// The place behind "(西暦)", "(日中の連絡先)" that follows a key word, or `i`. In "氏名(林)" the value stands
// there.
std::size_t pastRemark(const Page& page, std::size_t i) {
    const std::size_t open = page.skipBlanks(i);
    if (!isOpen(page.at(open))) {
        return i;
    }
    for (std::size_t k = open + 1; k < open + kLongestRemark && k < page.text.size(); ++k) {
        if (isClose(page.text[k])) {
            const bool remark = isSign(page.at(page.skipBlanks(k + 1))) || isInstruction(page, open + 1, k);
            return remark ? k + 1 : i;
        }
        if (isDigit(page.text[k]) || isLineEnd(page.text[k])) {
            break;
        }
    }
    return i;
}

// Whether a key word begins at a place. One of a single letter may begin a value as well: 児玉, 生後12日.
bool isKeyAt(const Page& page, std::size_t i) {
    const Cue* const cue = page.cueFrom(i, kKeys | kind::DateLabel | kind::Decoy);
    return cue != nullptr && (cue->end - cue->start > 1 || isSign(page.at(page.skipBlanks(cue->end))));
}

// "TZ0840213 4. 年金番号": the number of the next field, which begins at `end`, is not of the value.
std::size_t beforeNumber(const Page& page, std::size_t start, std::size_t end) {
    std::size_t i = page.skipBlanksBack(end);
    if (i <= start || !oneOf(U".)", page.before(i))) {
        return end;
    }
    const std::size_t mark = --i;
    while (i > start && isDigit(page.before(i))) {
        --i;
    }
    i -= i > start && page.before(i) == U'(' ? 1 : 0;
    return mark > i && mark - i <= 3 && i > start && isBlank(page.before(i)) ? i : end;
}

// Where the value that begins at `start` ends.
std::size_t valueEnd(const Page& page, std::size_t start) {
    std::size_t i = start;
    for (; i < page.text.size() && i < start + kLongestValue; ++i) {
        const char32_t c = page.text[i];
        if (isLineEnd(c) || oneOf(U"|\t。;", c) || (isBlank(c) && isBlank(page.at(i + 1)))) {
            break;
        }
        const char32_t before = page.before(i);
        if (i > start && (isBlank(before) || isStop(before)) && isKeyAt(page, i)) {
            const std::size_t behind = pastRemark(page, page.cueFrom(i, ~0ULL)->end);
            if (isSign(page.at(page.skipBlanks(behind))) || isBlank(page.at(behind)) || isBlank(before)) {
                break;
            }
        }
    }
    const auto trimmed = [&](std::size_t end) {
        while (end > start &&
               (isSpace(page.before(end)) || (isStop(page.before(end)) && !isClose(page.before(end))))) {
            --end;
        }
        return end;
    };
    return trimmed(beforeNumber(page, start, i));
}

// なし, 不明, 同上: nothing is filled in. What may also begin a name has to be the whole value.
bool saysNothing(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 12> kWhole{
        U"なし", U"無し", U"無", U"未", U"あり", U"有り", U"有", U"要", U"済", U"unknown", U"none", U"N/A"};
    static constexpr std::array<std::u32string_view, 13> kBegins{
        U"不明", U"不詳", U"同上", U"同左", U"別紙", U"別添", U"非公開",
        U"記載", U"該当", U"特に", U"空欄", U"省略", U"拒否"};
    const auto whole = [&](std::u32string_view word) {
        return page.startsWith(start, word) &&
               (start + word.size() >= end || !isWord(page.at(start + word.size())));
    };
    return std::any_of(kWhole.begin(), kWhole.end(), whole) ||
           std::any_of(kBegins.begin(), kBegins.end(),
                       [&](std::u32string_view word) { return page.startsWith(start, word); });
}

// The field of a key word, which begins at `head` with the letters that belong to it.
std::optional<Field> fieldOf(const Page& page, const Cue& key, std::size_t head) {
    std::size_t i = key.end;
    if (oneOf(U"名欄.", page.at(i)) && !isWord(page.at(i + 1))) {
        ++i;
    }
    Field field{key, {}, {}, {}, {}};
    if (const std::size_t remark = pastRemark(page, i); remark > i) {
        field.instruction = isInstruction(page, i, remark) ? Stretch{i, remark} : Stretch{};
        i = remark;
    }
    const std::size_t behind = page.skipBlanks(i);
    head = outerHead(page, head);
    const bool bracket = isOpen(page.before(head)) && oneOf(U"】]〕》〉>", page.at(behind));
    field.start = behind;
    if (isSign(page.at(behind)) || bracket) {
        field.mark = Mark::Sign;
        field.start = page.skipBlanks(behind + 1);
    } else if (page.at(behind) == U'/' && isDigit(page.at(page.skipBlanks(behind + 1)))) {
        field.start = page.skipBlanks(behind + 1); // "生年/4-02.07.19"
    } else if (page.slice(i, behind).find(U'\t') != std::u32string_view::npos) {
        field.mark = Mark::Sign;
    } else if (behind == i && !isLineEnd(page.at(behind)) && field.instruction.end == 0) {
        return std::nullopt;
    }
    // その人の番号: only a sign tells a key word from a sentence.
    if (field.mark == Mark::Blank &&
        std::any_of(page.text.begin() + static_cast<std::ptrdiff_t>(head),
                    page.text.begin() + static_cast<std::ptrdiff_t>(key.start), isHiragana)) {
        return std::nullopt;
    }
    if (isLineEnd(page.at(field.start))) {
        if (!headsLine(page, head)) {
            return std::nullopt;
        }
        field.mark = Mark::Below;
        field.start = page.skipBlanks(field.start + 1);
    }
    if (isKeyAt(page, field.start)) {
        return std::nullopt;
    }
    field.end = valueEnd(page, field.start);
    if (field.start >= field.end || saysNothing(page, field.start, field.end)) {
        return std::nullopt;
    }
    return field;
}

// 代諾者:, 紹介元医師:, 【同席者】, 健診日: whose part in it somebody has, or a day, in words that no list
// holds. The word ends at `end`.
std::optional<Field> unlistedKey(const Page& page, std::size_t end) {
    constexpr std::size_t kShortest = 2;
    constexpr std::size_t kLongest = 10;
    if (!oneOf(U"者医人師士員日", page.before(end)) || page.cueTo(end, kKeys | kind::Decoy) != nullptr) {
        return std::nullopt;
    }
    std::size_t head = end;
    while (head > 0 && end - head <= kLongest &&
           (isKanji(page.before(head)) || isKatakana(page.before(head)))) {
        --head;
    }
    const bool headed = head == 0 || isSpace(page.before(head)) || isStop(page.before(head));
    if (!headed || end - head < kShortest || end - head > kLongest) {
        return std::nullopt;
    }
    const std::uint64_t bits = page.before(end) == U'日' ? kind::DateLabel : kind::OtherCue;
    const Cue key{static_cast<std::uint32_t>(head), static_cast<std::uint32_t>(end), bits};
    std::optional<Field> field = fieldOf(page, key, head);
    return field && (field->mark != Mark::Blank || bits == kind::DateLabel) ? field : std::nullopt;
}

// "Medical Record Number:": in English, in words that no list holds. The words end at `end`.
std::optional<Field> unlistedNumber(const Page& page, std::size_t end) {
    static constexpr std::array<std::u32string_view, 12> kWords{
        U"Record Number", U"Record No",  U"Registration Number", U"Registration No", U"Hospital Number",
        U"Case Number",   U"Case No",    U"Subject ID",          U"Member ID",       U"Member No",
        U"Policy Number", U"Unit Number"};
    const auto* const word = std::find_if(kWords.begin(), kWords.end(),
                                          [&](std::u32string_view key) { return page.endsWith(end, key); });
    if (word == kWords.end()) {
        return std::nullopt;
    }
    std::size_t head = end - word->size();
    for (int more = 0; more < 3 && head > 1 && isBlank(page.before(head)) && isLatin(page.at(head - 2));
         ++more) {
        --head;
        while (head > 0 && isLatin(page.before(head))) {
            --head;
        }
    }
    const Cue key{static_cast<std::uint32_t>(head), static_cast<std::uint32_t>(end), kind::ChartLabel};
    return fieldOf(page, key, head);
}

} // namespace

std::vector<Field> readFields(const Page& page) {
    std::vector<Field> out;
    for (const Cue& cue : page.cues) {
        if ((cue.bits & kKeys) == 0 || (cue.bits & kind::Decoy) != 0) {
            continue;
        }
        const char32_t next = page.at(cue.end); // in a sentence mostly a letter
        const std::size_t head =
            isWord(next) && !oneOf(U"名欄", next) ? std::u32string_view::npos : headOf(page, cue);
        if (head == std::u32string_view::npos) {
            continue;
        }
        if (const auto field = fieldOf(page, cue, head)) {
            out.push_back(*field);
        }
    }
    static constexpr CharacterSet kLead{U":=|→\n\t", U")]}>」』】〉》〕”’"};
    for (std::size_t i = 1; i < page.text.size(); ++i) {
        if (kLead.has(page.text[i]) || (isBlank(page.text[i]) && page.text[i - 1] == U'日')) {
            const std::size_t end = page.skipBlanksBack(i);
            auto field = unlistedKey(page, end);
            if (!field) {
                field = unlistedNumber(page, end);
            }
            if (field) {
                out.push_back(*field);
            }
        }
    }
    for (const Cell& cell : page.cells) {
        const auto [start, end] = cell.value;
        if (start < end && !isKeyAt(page, start) && !saysNothing(page, start, end)) {
            out.push_back({cell.key, start, end, Mark::Sign, {}});
        }
    }
    return out;
}

} // namespace kamei::detect::text::fields
