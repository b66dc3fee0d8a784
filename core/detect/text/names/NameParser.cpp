#include "core/detect/text/names/NameParser.h"

#include <algorithm>
#include <array>

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

constexpr std::size_t kLongestSurname = 5;
constexpr std::size_t kLongestGiven = 4;
constexpr std::size_t kLongestName = 12;

// Words that stand where a name would, behind a role: what was done there.
bool isPersonPos(Pos pos) {
    return pos == Pos::Person || pos == Pos::Surname || pos == Pos::Given;
}

} // namespace

bool NameParser::endsHard(std::size_t i) const {
    const char32_t c = m_page.at(i);
    return c == 0 || isStop(c) || isSpace(c) || isDigit(c) || c == U'~' || c == U'-' || c == U'♂' ||
           c == U'♀' || c == U'@' || c == U'<' || c == U'>' || c == U'・' || (!isWord(c) && c != U'ヶ');
}

bool NameParser::cueBegins(std::size_t i) const {
    // A cue of one kanji may be part of a name: the 子 of 和子, the 記 of 勇記.
    const Cue* const cue = m_page.cueFrom(i, kind::NameEnd | kind::NameCue | kind::AnyLabel);
    return cue != nullptr &&
           (cue->end - cue->start > 1 || (cue->bits & (kind::Honorific | kind::TitleClinician)) != 0);
}

bool NameParser::endsHere(std::size_t i) const {
    if (endsHard(i) || isLatin(m_page.at(i))) {
        return true;
    }
    if (cueBegins(i)) {
        return true;
    }
    if (isParticleLetter(m_page.at(i)) && !isHiragana(m_page.before(i))) {
        return true;
    }
    for (const std::u32string_view word :
         {U"より", U"から", U"まで", U"など", U"って", U"および", U"宅", U"方)", U"家の", U"らの", U"ら、",
          U"夫妻", U"夫婦", U"両名", U"本人"}) {
        if (m_page.startsWith(i, word)) {
            return true;
        }
    }
    const Morpheme* const word = m_page.morphemeAt(i);
    return word != nullptr && word->start == i &&
           (word->pos == Pos::Particle || word->pos == Pos::ActionNoun || word->pos == Pos::Symbol ||
            word->pos == Pos::PersonSuffix || word->pos == Pos::Adverbial || word->pos == Pos::Auxiliary);
}

bool NameParser::beginsHere(std::size_t i) const {
    const char32_t c = m_page.before(i);
    return i == 0 || isStop(c) || isSpace(c) || isDigit(c) || !isWord(c);
}

bool NameParser::plainWord(std::size_t start, std::size_t end) const {
    const std::u32string_view text = m_page.slice(start, end);
    const Lexicon& lexicon = m_page.lexicon;
    if (lexicon.is(text, kind::NotName | kind::Eponym | kind::Kin | kind::Occupation | kind::AnyLabel |
                             kind::NameCue | kind::NameEnd) ||
        (lexicon.is(text, kind::FacilitySuffix | kind::OrgSuffix) && !lexicon.isSurname(text))) {
        return true;
    }
    const Morpheme* const word = m_page.morphemeAt(start);
    if (word == nullptr || word->start != start) {
        return false;
    }
    if (word->end == end) {
        return !word->unknown && !isPersonPos(word->pos) && word->pos != Pos::ProperNoun &&
               word->pos != Pos::Place;
    }
    // A run of words none of which is a name.
    for (std::size_t i = start; i < end;) {
        const Morpheme* const part = m_page.morphemeAt(i);
        if (part == nullptr) {
            return false;
        }
        const bool single =
            part->end - part->start == 1 && lexicon.isSurname(m_page.slice(part->start, part->end));
        // 青天目, 五百旗頭, 一二三: rare names fall apart into numbers and suffixes.
        const bool apart = part->pos == Pos::Number || part->pos == Pos::Suffix || part->pos == Pos::Prefix ||
                           part->pos == Pos::Verb || part->pos == Pos::PlaceSuffix ||
                           part->pos == Pos::PersonSuffix || part->pos == Pos::Counter;
        if (isPersonPos(part->pos) || part->unknown || part->pos == Pos::Place || single || apart) {
            return false;
        }
        i = part->end;
    }
    return true;
}

std::size_t NameParser::unknownRun(std::size_t start) const {
    std::size_t end = start;
    while (end - start < kLongestName &&
           (isKanji(m_page.at(end)) || m_page.at(end) == U'ヶ' || m_page.at(end) == U'ケ' ||
            (m_page.at(end) == U'ノ' && end > start))) {
        if (end > start && cueBegins(end)) {
            break;
        }
        ++end;
    }
    return end;
}

bool NameParser::givenAt(std::size_t i) const {
    for (std::size_t g = kLongestGiven; g > 0; --g) {
        if (i + g <= m_page.text.size() && m_page.lexicon.isGiven(m_page.slice(i, i + g)) &&
            endsHere(i + g)) {
            return true;
        }
    }
    return false;
}

std::optional<NameMatch> NameParser::full(std::size_t start, bool blankNeeded) const {
    const Lexicon& lexicon = m_page.lexicon;
    std::optional<NameMatch> best;
    for (std::size_t s = 1; s <= kLongestSurname && start + s <= m_page.text.size(); ++s) {
        if (!isNameCharacter(m_page.at(start + s - 1))) {
            break;
        }
        const bool blank = isBlank(m_page.at(start + s));
        if ((blankNeeded && !blank) || !lexicon.isSurname(m_page.slice(start, start + s))) {
            continue;
        }
        const std::size_t given = start + s + (blank ? 1 : 0);
        for (std::size_t g = kLongestGiven; g > 0; --g) {
            const std::size_t end = given + g;
            if (end > m_page.text.size() || !lexicon.isGiven(m_page.slice(given, end)) || !endsHere(end) ||
                lexicon.is(m_page.slice(given, end), kind::NotName | kind::ClinicianCue | kind::Kin)) {
                continue;
            }
            // 千早 is one surname, not 千 and 早; 甲東 before a blank and a name is none of both.
            const bool pair = !blank && s == 1 && isBlank(m_page.at(end)) &&
                              (g == 1 ? isNameCharacter(m_page.at(end + 1)) : givenAt(end + 1)); // 左衛門 勇
            if (pair || (!blank && lexicon.isSurname(m_page.slice(start, end)))) {
                continue;
            }
            // 健氏, 恵様: the list holds them, the honorific is meant.
            if (g > 1 &&
                std::u32string_view(U"氏様君殿").find(m_page.before(end)) != std::u32string_view::npos &&
                lexicon.isGiven(m_page.slice(given, end - 1))) {
                continue;
            }
            if (best && best->end >= end) {
                break;
            }
            best = NameMatch{start, end, NameShape::Full, endsHard(end)};
            break;
        }
    }
    return best;
}

std::optional<NameMatch> NameParser::forward(std::size_t start, Lead lead, bool trusted) const {
    const char32_t c = m_page.at(start);
    if (isLatin(c)) {
        const bool word = m_page.cueFrom(start, kind::NotName | kind::Eponym) != nullptr;
        return lead == Lead::Nothing || word ? std::nullopt : roman(start);
    }
    if (!isNameCharacter(c) || m_page.cueFrom(start, kind::NotName | kind::Eponym) != nullptr) {
        return std::nullopt;
    }
    if (isKatakana(c)) {
        for (std::size_t g = kLongestGiven; g > 1; --g) { // ノブ子
            const std::size_t end = start + g;
            if (end <= m_page.text.size() && isKanji(m_page.before(end)) &&
                m_page.lexicon.isGiven(m_page.slice(start, end)) && endsHere(end)) {
                return NameMatch{start, end, NameShape::Given, endsHard(end)};
            }
        }
        const auto name = katakana(start);
        const bool led = name && (lead >= Lead::Blank || name->shape == NameShape::Foreign ||
                                  endsHard(name->end) || m_page.cueFrom(name->end, kind::NameEnd) != nullptr);
        const bool plain = name && plainWord(start, name->end) && !(trusted && endsHard(name->end));
        return led && name->bounded && !plain ? name : std::nullopt;
    }
    if (auto name = full(start, false)) {
        return name;
    }
    // A listed surname before a blank and a given name that is in no list.
    for (std::size_t s = std::min<std::size_t>(kLongestSurname, m_page.text.size() - start); s > 0; --s) {
        const std::size_t blank = start + s;
        const bool listed = m_page.lexicon.isSurname(m_page.slice(start, blank));
        const bool unknown = lead >= Lead::Attached && unknownRun(start) == blank && s <= 4;
        if (!isBlank(m_page.at(blank)) || (!listed && !unknown)) {
            continue;
        }
        std::size_t end = blank + 1;
        const auto same = [&](char32_t x) {
            const char32_t first = m_page.at(blank + 1);
            return isKanji(first)      ? isKanji(x)
                   : isKatakana(first) ? isKatakana(x)
                                       : isHiragana(first) && isHiragana(x);
        };
        while (end - blank <= (isKatakana(m_page.at(blank + 1)) ? 8U : 4U) && same(m_page.at(end)) &&
               !cueBegins(end)) {
            ++end;
        }
        // 美 ウ江 and the like: kana and kanji mixed in the lists only.
        while (end - blank <= 4 && isKanji(m_page.at(end)) && isHiragana(m_page.before(end)) &&
               m_page.lexicon.isGiven(m_page.slice(blank + 1, end + 1))) {
            ++end;
        }
        const bool given = m_page.lexicon.isGiven(m_page.slice(blank + 1, end));
        if ((lead == Lead::Attached || plainWord(start, blank)) && !listed && !given) {
            continue;
        }
        const bool honoured = m_page.cueFrom(m_page.skipBlanks(end), kind::Honorific) != nullptr;
        // 中村 イネ: behind a listed surname a short word in kana is a given name first.
        const bool kana =
            listed && !isKanji(m_page.at(blank + 1)) && end - blank > 2 && (honoured || end - blank <= 4);
        if (end > blank + 1 && end - blank <= 9 && (endsHard(end) || honoured || (given && endsHere(end))) &&
            (given || kana || !plainWord(blank + 1, end)) && (given || !cueBegins(blank + 1)) &&
            !m_page.lexicon.is(m_page.slice(blank + 1, end),
                               kind::NotName | kind::NameCue | kind::AnyLabel)) {
            return NameMatch{start, end, listed || given ? NameShape::Full : NameShape::Unknown, true};
        }
    }
    for (std::size_t s = std::min<std::size_t>(kLongestSurname, m_page.text.size() - start); s > 0; --s) {
        const std::size_t end = start + s;
        const std::u32string_view text = m_page.slice(start, end);
        const bool surname = m_page.lexicon.isSurname(text);
        if ((surname || m_page.lexicon.isGiven(text)) && endsHere(end) &&
            !m_page.lexicon.is(text, kind::NotName | kind::Eponym | kind::AnyLabel)) {
            // 明日, 上昇: given names of the list that are words first.
            const bool titled = m_page.cueFrom(end, kind::NameEnd) != nullptr;
            if (!surname && !titled && !trusted && lead < Lead::Marked && plainWord(start, end)) {
                continue;
            }
            const Morpheme* const word = m_page.morphemeAt(start);
            const bool split = word != nullptr && word->end > end && !word->unknown && !endsHard(end) &&
                               m_page.cueFrom(end, kind::NameEnd | kind::NameCue | kind::AnyLabel) == nullptr;
            if (!split) {
                return NameMatch{start, end, surname ? NameShape::Surname : NameShape::Given, endsHard(end)};
            }
        }
    }
    const std::size_t run = unknownRun(start);
    const std::size_t length = run - start;
    const Morpheme* const whole = m_page.morphemeAt(start);
    const bool named =
        lead >= Lead::Blank && whole != nullptr && whole->start == start && whole->end == run &&
        (whole->unknown || whole->pos == Pos::Place || isPersonPos(whole->pos)) && endsHere(run);
    const bool hard = endsHard(run) || named || m_page.cueFrom(run, kind::NameEnd) != nullptr;
    if (length >= 1 && length <= (lead == Lead::Marked ? 6U : 4U) && hard && lead != Lead::Nothing &&
        (lead >= Lead::Blank || m_page.cueFrom(run, kind::Honorific) != nullptr) && !plainWord(start, run)) {
        return NameMatch{start, run, NameShape::Unknown, true};
    }
    // Hiragana names in no list: "ひだか", only in a marked field and with nothing behind.
    if (lead == Lead::Marked && isHiragana(c)) {
        std::size_t end = start;
        while (isHiragana(m_page.at(end)) && end - start < 8) {
            ++end;
        }
        if (isBlank(m_page.at(end)) && isHiragana(m_page.at(end + 1))) {
            ++end;
            while (isHiragana(m_page.at(end)) && end - start < 14) {
                ++end;
            }
        }
        if (end - start >= 2 && endsHard(end) && !plainWord(start, end)) {
            return NameMatch{start, end, NameShape::Kana, true};
        }
    }
    return std::nullopt;
}

std::optional<NameMatch> NameParser::shortWord(std::size_t start) const {
    const std::size_t end = unknownRun(start);
    const Morpheme* const word = m_page.morphemeAt(start);
    if (end == start || end - start > 3 || !endsHard(end) || word == nullptr ||
        word->pos == Pos::ActionNoun || word->pos == Pos::Adverbial ||
        m_page.lexicon.is(m_page.slice(start, end),
                          kind::NotName | kind::NameCue | kind::AnyLabel | kind::Eponym | kind::Occupation)) {
        return std::nullopt;
    }
    return NameMatch{start, end, NameShape::Unknown, true};
}

bool NameParser::nameLike(std::size_t start, std::size_t end) const {
    const std::u32string_view text = m_page.slice(start, end);
    if (text.empty() || !std::all_of(text.begin(), text.end(), isNameCharacter) ||
        m_page.lexicon.is(text, ~0ULL)) {
        return false;
    }
    const Morpheme* const first = m_page.morphemeAt(start);
    if (first == nullptr || first->start != start) {
        return false;
    }
    const bool whole = first->end >= end;
    const bool person = first->pos == Pos::Surname || first->pos == Pos::Given || first->pos == Pos::Person ||
                        first->pos == Pos::ProperNoun || first->pos == Pos::Place;
    return whole ? first->unknown || person : text.size() <= 5 && !knownWords(start, end);
}

// Whether MeCab reads it as words longer than a character of which none is a name: 血液検査.
bool NameParser::knownWords(std::size_t start, std::size_t end) const {
    bool longer = false;
    for (std::size_t i = start; i < end;) {
        const Morpheme* const part = m_page.morphemeAt(i);
        if (part == nullptr || part->unknown || part->pos == Pos::Surname || part->pos == Pos::Given ||
            part->pos == Pos::Person || part->pos == Pos::Place || part->pos == Pos::ProperNoun) {
            return false;
        }
        longer = longer || part->end - part->start > 1;
        i = part->end;
    }
    return longer;
}

bool endsLikeBody(std::u32string_view text) {
    constexpr std::u32string_view kEnds = U"痛疹炎癌瘍嚢膿膜腔胞髄肺胃肝腎腸圧熱尿便検診陰踵溝";
    return text.size() > 1 && kEnds.find(text.back()) != kEnds.npos;
}

} // namespace kamei::detect::text::names
