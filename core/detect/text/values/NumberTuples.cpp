#include <algorithm>
#include <array>

#include "core/detect/japanese/CheckDigits.h"
#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

constexpr std::size_t kMostValues = 5;
constexpr std::size_t kLongestValue = 14;
constexpr int kRank = rank::Number + 1; // a value among others is read better than one alone

/// Numbers that stand side by side and belong together: insurer, symbol, number and branch of an insurance
/// ("06069992／12-鶴／3340／02"), accounts, plates of cars, booklets.
class TupleFinder {
public:
    explicit TupleFinder(Page& page) : m_page(page) {}

    void run() {
        for (const Cue& cue : m_page.cues) {
            if ((cue.bits & kind::InsuranceLabel) != 0 && (cue.bits & kind::ChartLabel) == 0) {
                behindLabel(cue);
            }
        }
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            const char32_t c = m_page.text[i];
            if (isDigit(c) && !isDigit(m_page.before(i))) {
                bareInsurer(i);
            } else if (c == U'第') {
                booklet(i);
            } else if (c == U'リ' || c == U'セ') {
                device(i);
            } else if (c == U'普' || c == U'当' || c == U'記') {
                account(i);
            } else if (isHiragana(c) && isDigit(m_page.at(m_page.skipBlanks(i + 1)))) {
                plate(i);
            }
        }
    }

private:
    struct Value {
        std::size_t start = 0;
        std::size_t end = 0;
        std::size_t digits = 0;
        bool kanji = false; ///< kanji alone: 牟, 京乙, 七三一九
    };

    static bool isUnit(char32_t c) { return oneOf(U"歳才割年月日時分週回%円名種級点cmkgML°℃", c); }

    // A value of an insurance: digits with letters, hyphens and up to two kanji ahead or behind, or kanji
    // alone.
    Value valueAt(std::size_t start) const {
        Value out{start, start, 0, false};
        std::size_t i = start;
        std::size_t kanji = 0;
        for (; i - start < kLongestValue; ++i) {
            const char32_t c = m_page.at(i);
            if (isDigit(c)) {
                ++out.digits;
            } else if (isKanji(c) && !isUnit(c) &&
                       (i == start || m_page.cueFrom(i, kind::AnyLabel) == nullptr)) {
                ++kanji;
            } else if (!(isLatin(c) && c < 0x80) &&
                       !((c == U'-' || c == U'ー') && i > start && isWord(m_page.at(i + 1)))) {
                break;
            }
        }
        const bool numerals = std::all_of(m_page.text.begin() + static_cast<std::ptrdiff_t>(start),
                                          m_page.text.begin() + static_cast<std::ptrdiff_t>(i),
                                          [](char32_t c) { return isKanjiNumeralOrZero(c); });
        out.kanji = out.digits == 0;
        const bool short_ = kanji <= 2 || (out.kanji && numerals && kanji <= 8);
        const bool bounded = !isWord(m_page.at(i)) && !(m_page.at(i) == U'.' && isDigit(m_page.at(i + 1)));
        if (i == start || !short_ || !bounded || (out.digits == 0 && kanji != i - start) ||
            m_page.cueFrom(start, kind::AnyLabel | kind::NameCue) != nullptr) {
            return out;
        }
        const auto date = readDate(m_page.text, start);
        if (date && date->certain && start + date->length > i) {
            return out;
        }
        out.end = i;
        return out;
    }

    static bool isKanjiNumeralOrZero(char32_t c) { return oneOf(U"〇一二三四五六七八九十百千零", c); }

    // Past what parts two values; `i` when nothing does. A blank parts digits only.
    std::size_t pastMark(std::size_t i, bool& blank) const {
        std::size_t k = m_page.skipBlanks(i);
        if (oneOf(U"/・-", m_page.at(k))) {
            blank = false;
            return m_page.skipBlanks(k + 1);
        }
        blank = k > i;
        return k;
    }

    void chain(std::size_t i, std::size_t fewestFirst, bool marked) {
        std::array<Value, kMostValues> values{};
        std::size_t count = 0;
        std::size_t digits = 0;
        while (count < kMostValues) {
            if (m_page.at(i) == U'-' && !isWord(m_page.at(i + 1))) { // "—・00451208": no symbol
                bool blank = false;
                const std::size_t next = pastMark(i + 1, blank);
                if (count > 0 || next == i + 1) {
                    break;
                }
                i = next;
                marked = true;
                continue;
            }
            const Value value = valueAt(i);
            if (value.end == value.start || (count == 0 && value.digits < fewestFirst && !value.kanji)) {
                break;
            }
            values[count++] = value;
            digits += value.digits;
            bool blank = false;
            i = pastMark(value.end, blank);
            const bool goesOn =
                blank ? fewestFirst > 1 && count == 1 && isDigit(m_page.at(i)) && valueAt(i).digits >= 4
                      : i > value.end;
            if (!goesOn) {
                break;
            }
        }
        // Kanji alone are a symbol only where a number follows, or a number in kanji ("京乙・七三一九").
        const bool kanjiFirst = count > 0 && values[0].kanji;
        const auto last = [&] { return m_page.slice(values[count - 1].start, values[count - 1].end); };
        while (count > 1 && values[count - 1].kanji && !isKanjiNumeralOrZero(last().front())) {
            --count;
        }
        if (count == 0 || (kanjiFirst && (count < 2 || fewestFirst > 1)) || (digits == 0 && count < 2)) {
            return;
        }
        for (std::size_t k = 0; k < count; ++k) {
            if (!m_page.taken(values[k].start, values[k].end, rank::Contact - 1)) {
                m_page.add(values[k].start, values[k].end, Label::InsuranceNo,
                           count > 1 || marked ? 0.8 : 0.6, "rule.insurance-tuple", kRank);
            }
        }
    }

    void behindLabel(const Cue& cue) {
        std::size_t i = cue.end;
        bool mark = false;
        while (isBlank(m_page.at(i)) || oneOf(U":=#", m_page.at(i))) {
            mark = mark || !isBlank(m_page.at(i));
            ++i;
        }
        // The value may stand on the line below its key word.
        if (isLineEnd(m_page.at(i)) && i - cue.end <= 3) {
            while (isSpace(m_page.at(i)) && i - cue.end <= 12) {
                ++i;
            }
        }
        // 国保 and 保険 say what kind of insurance it is as well: only the insurer's number begins there.
        const std::u32string_view word = m_page.slice(cue.start, cue.end);
        const bool field = word.ends_with(U"番号") || word.ends_with(U"記号") || word == U"枝番" ||
                           word.ends_with(U"No") || word == U"保険者";
        if (i > cue.end || isDigit(m_page.at(i))) {
            chain(i, field ? 1 : 6, mark);
        }
    }

    // 8 digits that begin with the number of a law (Ordinance on benefit claims, annex) and further values
    // behind / or ・.
    void bareInsurer(std::size_t i) {
        std::size_t end = i;
        while (isDigit(m_page.at(end))) {
            ++end;
        }
        const char32_t mark = m_page.at(end);
        const char32_t before = m_page.before(i);
        if (end - i != 8 || (mark != U'/' && mark != U'・') || isWord(before) || oneOf(U"-./", before)) {
            return;
        }
        const auto number = [this](std::size_t at) {
            return (m_page.at(at) - U'0') * 10 + (m_page.at(at + 1) - U'0');
        };
        const std::u32string_view text = m_page.slice(i, end);
        const int law = static_cast<int>(number(i));
        static constexpr std::array<int, 16> kLaws{1, 2, 3, 4, 6, 7, 31, 32, 33, 34, 39, 63, 67, 72, 73, 74};
        std::string digits;
        for (const char32_t c : text) {
            digits.push_back(static_cast<char>('0' + (c - U'0')));
        }
        std::size_t values = 0;
        bool blank = false;
        for (std::size_t at = pastMark(end, blank); values < kMostValues; ++values) {
            const Value value = valueAt(at);
            if (value.end == value.start) {
                break;
            }
            at = pastMark(value.end, blank);
            if (blank || at == value.end) {
                ++values;
                break;
            }
        }
        const bool law_ = std::find(kLaws.begin(), kLaws.end(), law) != kLaws.end();
        if (values >= (isInsurerNumber(digits) ? 1U : 2U) && (law_ || isInsurerNumber(digits))) {
            chain(i, 6, true);
        }
    }

    // 手帳番号 第21-0445号, 母子健康手帳 第2305-118号.
    void booklet(std::size_t i) {
        if (!isDigit(m_page.at(i + 1))) {
            return;
        }
        const auto shape = readNumberShape(m_page.text, i + 1);
        if (!shape || shape->digits.size() < 4 || m_page.at(shape->end) != U'号') {
            return;
        }
        const std::size_t from = i > 10 ? i - 10 : 0;
        const std::u32string_view lead = m_page.slice(from, i);
        const std::size_t line = lead.rfind(U'\n');
        const std::u32string_view near = line == lead.npos ? lead : lead.substr(line + 1);
        for (const std::u32string_view word : {U"手帳", U"証", U"免許", U"許可", U"登録", U"番号", U"受付"}) {
            const std::size_t at = near.rfind(word);
            if (at == near.npos) {
                continue;
            }
            std::size_t start = i;
            // 手帳 富山 第0990号: who issued it.
            const std::size_t issuer = m_page.skipBlanksBack(i);
            std::size_t k = issuer;
            while (k > i - (near.size() - at - word.size()) && isKanji(m_page.before(k))) {
                --k;
            }
            if (k < issuer && k + 4 >= issuer && isBlank(m_page.before(k))) {
                start = k;
            }
            const bool chart = near.find(U"母子") != near.npos;
            m_page.add(start, shape->end + 1, chart ? Label::ChartNo : Label::OtherNo, 0.75, "rule.booklet",
                       kRank);
            return;
        }
    }

    bool near(std::size_t i, std::size_t before, std::initializer_list<std::u32string_view> words) const {
        std::size_t start = i;
        while (start > 0 && i - start < before && !isLineEnd(m_page.text[start - 1])) {
            --start;
        }
        const std::u32string_view text = m_page.slice(start, i);
        return std::any_of(words.begin(), words.end(),
                           [&](std::u32string_view word) { return text.find(word) != text.npos; });
    }

    std::size_t digitsFrom(std::size_t i) const {
        std::size_t count = 0;
        while (isDigit(m_page.at(i + count))) {
            ++count;
        }
        return count;
    }

    // 普通 0012345, 記号19090 番号12345671: accounts of banks and of the post office.
    void account(std::size_t i) {
        if (m_page.startsWith(i, U"普通") || m_page.startsWith(i, U"当座")) {
            std::size_t k = i + 2;
            while (isBlank(m_page.at(k)) || oneOf(U"預金口座番号:", m_page.at(k))) {
                ++k;
            }
            const std::size_t count = k - i <= 10 ? digitsFrom(k) : 0;
            const bool bank = near(i, 30,
                                   {U"口座", U"銀行", U"振込", U"通帳", U"信金", U"信用", U"農協", U"支店",
                                    U"JA", U"引落", U"振替"});
            if ((count == 7 || (bank && (count == 6 || count == 8))) && !isWord(m_page.at(k + count))) {
                m_page.add(i, k + count, Label::OtherNo, 0.8, "rule.account", kRank);
            }
        } else if (m_page.startsWith(i, U"記号") && near(i, 20, {U"通帳", U"ゆうちょ", U"口座", U"振込"})) {
            const std::size_t sign = m_page.skipBlanks(i + 2);
            const std::size_t first = digitsFrom(sign);
            std::size_t k = m_page.skipBlanks(sign + first);
            if (first != 5 || !m_page.startsWith(k, U"番号")) {
                return;
            }
            k = m_page.skipBlanks(k + 2);
            if (const std::size_t count = digitsFrom(k); count >= 2 && count <= 8) {
                m_page.add(i, k + count, Label::OtherNo, 0.85, "rule.account", kRank + 1);
            }
        }
    }

    // リード LFP 09912, センサー MH004C7J1K2: the serial number of what was put into somebody.
    void device(std::size_t i) {
        const bool lead = m_page.startsWith(i, U"リード");
        if (!lead && !m_page.startsWith(i, U"センサー")) {
            return;
        }
        const std::size_t start = m_page.skipBlanks(i + (lead ? 3 : 4));
        std::size_t end = start;
        while (isUpper(m_page.at(end))) {
            ++end;
        }
        const std::size_t letters = end - start;
        const std::size_t digits = digitsFrom(m_page.skipBlanks(end));
        if (letters >= 2 && letters <= 4 && digits >= 5 && digits <= 8) {
            end = m_page.skipBlanks(end) + digits;
        } else {
            const auto shape = letters > 0 ? readNumberShape(m_page.text, start) : std::nullopt;
            if (!shape || shape->digits.size() < 5 || shape->end - start < 9) {
                return;
            }
            end = shape->end;
        }
        if (!isWord(m_page.at(end))) {
            m_page.add(start, end, Label::ExamId, 0.6, "rule.device", kRank);
        }
    }

    // 沖縄 800 た 9-99: office, class, letter and number of a plate, where a car is spoken of.
    void plate(std::size_t i) {
        std::size_t k = m_page.skipBlanksBack(i);
        std::size_t count = 0;
        while (k > 0 && isDigit(m_page.before(k))) {
            --k;
            ++count;
        }
        if (count < 2 || count > 3) {
            return;
        }
        std::size_t start = m_page.skipBlanksBack(k);
        const std::size_t office = start;
        const auto letters = [&](bool (*belongs)(char32_t)) {
            while (start > 0 && office - start < 4 && belongs(m_page.before(start))) {
                --start;
            }
        };
        letters(isKanji);
        if (start == office) {
            letters(isHiragana); // なにわ, とちぎ
        }
        std::size_t end = m_page.skipBlanks(i + 1);
        const std::size_t number = end;
        while (isDigit(m_page.at(end)) || (oneOf(U"-・", m_page.at(end)) && isDigit(m_page.at(end + 1)))) {
            ++end;
        }
        const bool marked = m_page.slice(number, end).find_first_of(U"-・") != std::u32string_view::npos;
        if (start == office || end == number || end - number > 5 ||
            isUnit(m_page.at(m_page.skipBlanks(end))) || !near(i, 24, {U"車", U"ナンバー", U"プレート"}) ||
            !(marked || near(i, 24, {U"車番", U"ナンバー", U"プレート"}))) {
            return;
        }
        // The key word itself is no office: "車番沖縄".
        for (const std::u32string_view word : {U"車両", U"車番", U"車", U"番"}) {
            if (const std::size_t at = m_page.slice(start, office).rfind(word);
                at != std::u32string_view::npos && at + word.size() < office - start) {
                start += at + word.size();
            }
        }
        m_page.add(start, end, Label::OtherNo, 0.8, "rule.plate", kRank);
    }

    Page& m_page;
};

} // namespace

void findNumberTuples(Page& page) {
    TupleFinder(page).run();
}

} // namespace kamei::detect::text::values
