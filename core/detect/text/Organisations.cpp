#include <algorithm>
#include <array>

#include "core/detect/text/Page.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;

constexpr std::size_t kLongestName = 22;

bool contains(std::u32string_view list, char32_t c) {
    return list.find(c) != std::u32string_view::npos;
}

bool isNameLetter(char32_t c) {
    return isKanji(c) || isHiragana(c) || isKatakana(c) || c == U'ヶ' || c == U'ケ' ||
           (isLatin(c) && c < 0x80);
}

// の inside a proper name is followed by what such names are made of: 青葉の森, 緑の丘.
bool inNameAfterNo(char32_t next) {
    return contains(
        U"出森里杜丘家郷風園海花空木光虹苑実街町浜松湯原川山国庭樹泉星葉根峰島橋台窓陽鐘音道岬谷沢"
        U"湖池宮都門心友桜杉梅竹藤上郎",
        next);
}

// Whether a name cannot reach from kanji or katakana at `i` to what stands before.
bool breaksBefore(const Page& page, std::size_t i) {
    const Cue* const cue = page.cueTo(i, kind::AnyLabel | kind::NameCue | kind::NameEnd);
    if (cue != nullptr &&
        (cue->end - cue->start > 1 || (page.wordStarts(cue->start) && page.wordStarts(i))) &&
        (cue->bits & (kind::OrgPrefix | kind::FacilityPrefix | kind::FacilitySuffix | kind::OrgSuffix)) ==
            0) {
        return true;
    }
    const Morpheme* const word = page.morphemeAt(i - 1);
    if (word == nullptr || word->end != i) {
        return false;
    }
    if (word->pos == Pos::Adverbial && !isStop(page.before(word->start)) && word->end - word->start > 1) {
        return true;
    }
    return word->pos == Pos::Counter || contains(U"月日年歳時分回", page.before(i));
}

// Whether hiragana joins sentences: "には", "から", "による".
bool isFunction(std::u32string_view text) {
    constexpr std::array<std::u32string_view, 42> kEnds{
        U"から", U"より", U"まで", U"には", U"では", U"とは", U"にも", U"での", U"への", U"との", U"ので",
        U"のに", U"して", U"した", U"する", U"され", U"れた", U"った", U"って", U"いる", U"ある", U"なる",
        U"ない", U"など", U"また", U"その", U"この", U"ため", U"こと", U"たが", U"ます", U"です", U"がら",
        U"いた", U"おり", U"れば", U"めば", U"せば", U"けば", U"えば", U"んで", U"いて"};
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [text](std::u32string_view end) { return text.ends_with(end); });
}

// The hiragana that ends at `i`: where it begins, after honorifics and labels.
std::size_t hiraganaStart(const Page& page, std::size_t i) {
    std::size_t from = i;
    while (from > 0 && isHiragana(page.before(from)) && i - from < kLongestName) {
        --from;
    }
    for (std::size_t k = i; k > from + 1; --k) {
        if (page.cueTo(k, kind::NameEnd | kind::AnyLabel | kind::NameCue) != nullptr) {
            return k;
        }
    }
    return from;
}

// Where a name begins whose part before `suffix` may mix kanji, kana and Latin. Hiragana belongs to the
// name (ひだまり, みなと橋) unless it joins it to the sentence (移送には別府保健所).
std::size_t nameStart(const Page& page, std::size_t suffix) {
    std::size_t i = suffix;
    while (i > 0 && suffix - i < kLongestName) {
        const char32_t c = page.before(i);
        if (!isHiragana(c)) {
            const bool dot = c == U'・' && isKatakana(page.at(i)) && i > 1 && isKatakana(page.at(i - 2));
            if ((!isNameLetter(c) && !dot) || breaksBefore(page, i)) {
                break;
            }
            --i;
            continue;
        }
        const std::size_t from = hiraganaStart(page, i);
        const std::u32string_view kana = page.slice(from, i);
        if (kana.empty()) {
            break;
        }
        const bool edge = from == 0 || !isNameLetter(page.before(from)) || breaksBefore(page, from);
        if (kana == U"の") {
            if (edge || !inNameAfterNo(page.at(i)) ||
                page.cueTo(from, kind::AnyLabel | kind::NameCue) != nullptr) {
                break;
            }
            i = from;
            continue;
        }
        if (isFunction(kana) && kana.size() < 5) {
            break;
        }
        const std::size_t joint = kana.find_last_of(U"をはへ");
        if (joint != std::u32string_view::npos && joint + 2 < kana.size() && !edge) {
            return from + joint + 1;
        }
        const Morpheme* const joiner = page.morphemeAt(from);
        const bool particle =
            contains(U"はをへ", kana.front()) || (joiner != nullptr && joiner->start == from &&
                                                  joiner->end == from + 1 && joiner->pos == Pos::Particle);
        if (kana.size() == 1) {
            break;
        }
        if (particle && contains(U"はがをにへとでのもや", kana.front()) &&
            (!edge || contains(U"はを", kana.front()))) {
            // A particle behind kanji, then the name: "二次検査はこもれび".
            return kana.size() > 2 && !isFunction(kana) ? from + 1 : i;
        }
        i = from;
        if (edge) {
            break;
        }
    }
    return i;
}

// Where a name that begins at `i` ends: a particle before kanji ends it, unless の goes on in it.
std::size_t nameEnd(const Page& page, std::size_t i) {
    std::size_t end = i;
    while (end - i < 14 &&
           (isNameLetter(page.at(end)) || (page.at(end) == U'・' && isKatakana(page.at(end + 1))))) {
        const Cue* const cue = page.cueFrom(end, kind::NameCue | kind::NameEnd | kind::AnyLabel);
        if (end > i && cue != nullptr && (cue->end - cue->start > 1 || (cue->bits & kind::Honorific) != 0) &&
            (cue->bits & (kind::FacilitySuffix | kind::OrgSuffix)) == 0) {
            break;
        }
        const char32_t c = page.at(end);
        const char32_t next = page.at(end + 1);
        const Morpheme* const word = page.morphemeAt(end);
        const bool particle = word != nullptr && word->pos == Pos::Particle;
        const bool turns = end > i && !isHiragana(next) && contains(U"はがをにへとでも", c);
        const bool behindKanji = end > i && !isHiragana(page.before(end)) && contains(U"はがをにへとで", c);
        if ((turns && (isKanji(next) || particle || contains(U"をへ", c))) || behindKanji) {
            break;
        }
        if (c == U'の' && end > i && isNameLetter(next) && !inNameAfterNo(next) && !isHiragana(next)) {
            break;
        }
        ++end;
    }
    return end;
}

// Corporate form and society before a blank: "医療法人社団 清流会 東雲記念病院".
std::size_t withCorporation(const Page& page, std::size_t start) {
    std::size_t i = start;
    for (int words = 0; words < 3; ++words) {
        std::size_t end = i;
        if (isBlank(page.before(i))) {
            end = i - 1;
        }
        std::size_t begin = end;
        while (begin > 0 && end - begin < kLongestName && isNameLetter(page.before(begin)) &&
               (begin == end || !breaksBefore(page, begin))) {
            --begin;
        }
        const std::u32string_view word = page.slice(begin, end);
        if (word.size() < 2) {
            return start;
        }
        if (const std::size_t corporation = word.find(U"法人"); corporation != std::u32string_view::npos) {
            std::size_t from = corporation;
            while (from > 0 && isKanji(word[from - 1]) &&
                   page.cueTo(begin + from, kind::AnyLabel) == nullptr) {
                --from;
            }
            return begin + from;
        }
        // 緑風会 みどり野病院
        if (words == 0 && word.size() >= 3 && word.size() <= 5 && word.back() == U'会' &&
            std::all_of(word.begin(), word.end(), isKanji) && isBlank(page.before(i))) {
            return withCorporation(page, begin);
        }
        if (word.find(U"機構") != std::u32string_view::npos || word.starts_with(U"独立行政") ||
            word == U"総合病院" || word == U"国立療養所") {
            return begin;
        }
        i = begin;
    }
    return start;
}

// Branch behind a name: "なぎさ薬局 館山店", "株式会社ミズホ精密 富士工場".
std::size_t withBranch(const Page& page, std::size_t end) {
    std::size_t i = page.at(end) == U' ' ? end + 1 : end;
    const std::size_t start = i;
    while (i - start < 9 && (isNameLetter(page.at(i)))) {
        for (const std::u32string_view word : {U"店", U"支店", U"工場", U"営業所", U"支社", U"出張所",
                                               U"分院", U"製作所", U"キャンパス", U"事業所"}) {
            if (i > start && page.startsWith(i, word)) {
                const std::size_t done = i + std::u32string_view(word).size();
                return page.at(done) == U'長' || page.at(done) == U'員' ? end : done;
            }
        }
        if (page.cueFrom(i, kind::AnyLabel | kind::NameCue) != nullptr) {
            break;
        }
        ++i;
    }
    return end;
}

// A name whose words the dictionary does not know as plain ones.
bool isProper(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view body = page.slice(start, end);
    if (page.lexicon.isSurname(body) || page.lexicon.isGiven(body)) {
        return true;
    }
    const bool kana = std::all_of(body.begin(), body.end(), [](char32_t c) { return isHiragana(c); });
    if (kana && body.size() >= 3) {
        return true;
    }
    for (std::size_t i = start; i < end;) {
        const Morpheme* const word = page.morphemeAt(i);
        if (word == nullptr) {
            return false;
        }
        if (word->unknown || word->pos == Pos::Person || word->pos == Pos::Surname ||
            word->pos == Pos::Given || word->pos == Pos::Place || word->pos == Pos::Organisation ||
            word->pos == Pos::ProperNoun) {
            return true;
        }
        i = word->end;
    }
    return false;
}

bool isOfficeWithPlace(std::u32string_view suffix) {
    return suffix == U"役所" || suffix == U"市役所" || suffix == U"区役所" || suffix == U"町役場" ||
           suffix == U"村役場" || suffix == U"役場" || suffix == U"県庁";
}

void addBySuffix(Page& page) {
    for (std::size_t k = 0; k < page.cues.size(); ++k) {
        const Cue& cue = page.cues[k];
        if ((cue.bits & (kind::FacilitySuffix | kind::OrgSuffix)) == 0) {
            continue;
        }
        std::size_t end = cue.end;
        std::uint64_t last = cue.bits;
        std::size_t suffixStart = cue.start;
        // 大学 + 病院, 健診 + センター: the last suffix of the row decides.
        while (const Cue* const next = page.cueFrom(end, kind::FacilitySuffix | kind::OrgSuffix)) {
            end = next->end;
            last = next->bits;
            ++k;
        }
        const std::u32string_view suffix = page.slice(suffixStart, cue.end);
        if (!page.wordStarts(cue.start) && !page.wordStarts(cue.end) && suffix.size() < 4) {
            continue; // 内海運転手
        }
        if (page.at(end) == U'長' || page.at(end) == U'員' || page.at(end) == U'医') {
            continue;
        }
        std::size_t start = nameStart(page, suffixStart);
        if (isOfficeWithPlace(suffix) && start == suffixStart) {
            continue;
        }
        const std::u32string_view body = page.slice(start, suffixStart);
        const bool chain = end > cue.end;
        if (body.empty() || (page.lexicon.isTerm(body, term::Generic) && !chain) ||
            (page.lexicon.isTerm(body, term::Generic) && page.lexicon.isTerm(suffix, term::Generic))) {
            continue;
        }
        // 小野寺, 伊集院: surnames that end like temples and institutions.
        const bool given =
            isBlank(page.at(end)) && page.wordStarts(end + 1) && page.morphemeAt(end + 1) != nullptr &&
            (page.morphemeAt(end + 1)->pos == Pos::Given || page.cueTo(start, kind::Kin) != nullptr);
        if (suffix.size() == 1 && (given || page.lexicon.isSurname(page.slice(start, end)) ||
                                   page.cueFrom(end, kind::Honorific | kind::TitleClinician) != nullptr)) {
            continue;
        }
        const bool weak = page.lexicon.isTerm(suffix, term::WeakSuffix) && !chain;
        if (weak && (page.lexicon.isTerm(body, term::Medical) || body.size() < 2 ||
                     !isProper(page, start, suffixStart))) {
            continue;
        }
        if (page.lexicon.isTerm(body, term::Medical) && !chain && suffix != U"病院") {
            // "循環器センター" alone is a department; with a name before a blank it is not reached here.
            continue;
        }
        const bool proper = isProper(page, start, suffixStart);
        const bool facility =
            (last & kind::FacilitySuffix) != 0 && !((last & kind::OrgSuffix) != 0 && suffix.size() == 1);
        if (!facility && !proper && page.lexicon.isTerm(suffix, term::PlainOrganisation)) {
            continue;
        }
        start = withCorporation(page, start);
        end = withBranch(page, end);
        if (page.startsWith(end, U"(株)") || page.startsWith(end, U"(有)")) {
            end += 3;
        }
        for (const std::u32string_view front : {U"(株)", U"(有)"}) {
            if (page.endsWith(start, front)) {
                start -= 3;
            }
        }
        const double confidence = weak ? 0.6 : proper ? 0.9 : 0.55;
        page.add(start, end, facility ? Label::Facility : Label::Organization, confidence,
                 facility ? "rule.facility" : "rule.organisation", rank::Organisation);
    }
}

void addByPrefix(Page& page) {
    for (const Cue& cue : page.cues) {
        if ((cue.bits & (kind::FacilityPrefix | kind::OrgPrefix)) == 0) {
            continue;
        }
        std::size_t i = cue.end;
        const bool blank = page.at(i) == U' ';
        i += blank ? 1 : 0;
        if (!isNameLetter(page.at(i)) || isLatin(page.at(i)) ||
            page.cueFrom(i, kind::AnyLabel | kind::NameCue | kind::NameEnd | kind::NotName) != nullptr) {
            continue;
        }
        const Morpheme* const first = page.morphemeAt(i);
        if (first == nullptr || first->pos == Pos::Particle || first->pos == Pos::Verb ||
            first->pos == Pos::Auxiliary || first->pos == Pos::ActionNoun ||
            (first->pos == Pos::Adverbial && !isHiragana(page.at(i))) || first->pos == Pos::Suffix) {
            if (!(blank && first != nullptr && first->pos != Pos::ActionNoun && isHiragana(page.at(i)))) {
                continue;
            }
        }
        std::size_t end = nameEnd(page, i);
        while (end > i && contains(U"をへ", page.before(end))) {
            --end;
        }
        // "訪問看護 乙部": the nurse, not the station.
        const bool titled = page.cueFrom(end, kind::NameEnd) != nullptr;
        if (blank && (titled ||
                      (page.lexicon.isSurname(page.slice(i, end)) && (cue.bits & kind::ClinicianCue) != 0))) {
            continue;
        }
        const bool org = (cue.bits & kind::OrgPrefix) != 0 && (cue.bits & kind::FacilityPrefix) == 0;
        const bool proper = isProper(page, i, end);
        const std::u32string_view form = page.slice(cue.start, cue.end);
        const bool corporate = form.find(U"法人") != std::u32string_view::npos ||
                               form.find(U"会社") != std::u32string_view::npos || form.front() == U'(';
        const bool joined = page.slice(i, end).find(U'の') != std::u32string_view::npos; // ケアハウス虹の松原
        if (end - i < 2 || (!blank && !proper && !corporate && !joined)) {
            continue;
        }
        const bool swallowed = std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
            return c.rank == rank::Organisation &&
                   ((c.start < end && i < c.end && (c.start < cue.start || c.end > end)) ||
                    (c.end == cue.end && c.start < cue.start)); // the prefix ends another name
        });
        if (!swallowed) {
            const bool dayService = page.slice(cue.start, cue.end) == U"デイサービス";
            page.add(dayService ? i : cue.start, withBranch(page, end),
                     org ? Label::Organization : Label::Facility, proper || org ? 0.85 : 0.6,
                     org ? "rule.organisation-prefix" : "rule.facility-prefix", rank::Organisation);
        }
    }
}

// "勤務先:みどり商会", "紹介元 岡田": the value of a labelled field up to its end.
void addByLabel(Page& page) {
    for (const Cue& cue : page.cues) {
        if ((cue.bits & (kind::OrgLabel | kind::FacilityLabel)) == 0) {
            continue;
        }
        std::size_t i = cue.end;
        if (page.at(i) != U':' && !(page.at(i) == U'」' && false)) {
            continue;
        }
        i = page.skipBlanks(i + 1);
        std::size_t end = i;
        while (end - i < 20 && isNameLetter(page.at(end))) {
            ++end;
        }
        const bool text = isHiragana(page.before(end)) && !isStop(page.at(end)) && !isBlank(page.at(end));
        if (end - i >= 3 && !text && isProper(page, i, end) && !page.taken(i, end, rank::Word)) {
            const bool org = (cue.bits & kind::OrgLabel) != 0;
            page.add(i, end, org ? Label::Organization : Label::Facility, 0.55,
                     org ? "rule.organisation-field" : "rule.facility-field", rank::Cued);
        }
    }
}

// "清水南小→", "下ノ加江中卒", "ひばり電機に勤務": what people attend or work at.
void addByVerb(Page& page) {
    constexpr std::array<std::u32string_view, 9> kVerbs{U"勤務", U"勤め", U"在籍", U"在学", U"卒",
                                                        U"中退", U"入学", U"退職", U"→"};
    for (std::size_t i = 2; i < page.text.size(); ++i) {
        const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                       [&](std::u32string_view word) { return page.startsWith(i, word); });
        if (verb == kVerbs.end()) {
            continue;
        }
        const bool school = contains(U"小中高大", page.before(i));
        const bool work = *verb == U"勤務" || *verb == U"勤め" || *verb == U"退職";
        std::size_t end = i;
        if (work && contains(U"にでを", page.before(end))) {
            --end;
        }
        if (!work && !school) {
            continue;
        }
        const std::size_t start = nameStart(page, school && !work ? end - 1 : end);
        if (end - start >= 3 && isProper(page, start, end) && !page.taken(start, end, rank::Word)) {
            page.add(start, end, Label::Organization, 0.5, school ? "rule.school" : "rule.workplace",
                     rank::Word);
        }
    }
}

} // namespace

void findOrganisations(Page& page) {
    addBySuffix(page);
    addByPrefix(page);
    addByLabel(page);
    addByVerb(page);
}

} // namespace kamei::detect::text
