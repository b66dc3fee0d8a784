#include <algorithm>
#include <array>
#include <vector>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/places/OrganisationBounds.h"

// Names of facilities and employers that no full suffix gives away: cut short, or bare names in a place where
// only such a name can stand. Their confidence is low.
namespace kamei::detect::text::places {
namespace {

using namespace japanese;

constexpr double kLow = 0.4;

bool joinsSentence(char32_t c) {
    return oneOf(U"のはがをにへとでもや", c);
}

// Where a name may end: at a mark, a blank, a particle, or before a word that follows facilities.
bool endsHere(const Page& page, std::size_t i) {
    const char32_t c = page.at(i);
    if (isStop(c) || isSpace(c) || isClose(c) || c == U'…' || c == U'.' || c == U'-') {
        return true;
    }
    if (page.startsWith(i, U"から") || page.startsWith(i, U"より") || page.startsWith(i, U"まで") ||
        page.startsWith(i, U"にて")) {
        return true;
    }
    if (joinsSentence(c)) {
        return page.wordStarts(i);
    }
    if (page.lexicon.termAt(page.text, i, term::CareEnd) > 0 || page.cueFrom(i, kind::NameEnd) != nullptr) {
        return true;
    }
    // 岐山循環器土岐医師
    for (std::size_t end = i + 1; end < i + 4 && isKanji(page.at(end - 1)); ++end) {
        if (page.cueFrom(end, kind::NameEnd) != nullptr && page.lexicon.isSurname(page.slice(i, end))) {
            return true;
        }
    }
    return false;
}

// Words that lead to names or stand for any facility are none.
bool isPlain(const Page& page, std::u32string_view body) {
    static constexpr std::array<std::u32string_view, 14> kAny{U"当院", U"他院", U"近医", U"前医", U"自宅",
                                                              U"本院", U"同院", U"後医", U"当科", U"当施設",
                                                              U"院内", U"院外", U"他科", U"先方"};
    return body.size() < 2 ||
           page.lexicon.isTerm(body, term::Generic | term::Medical | term::WeakSuffix | term::CareCue |
                                         term::WorkCue) ||
           page.lexicon.is(body, ~std::uint64_t{kind::FacilityLabel | kind::OrgLabel}) ||
           page.lexicon.is(body, kind::FacilityLabel | kind::OrgLabel) ||
           std::any_of(kAny.begin(), kAny.end(), [&](std::u32string_view word) {
               return body.find(word) != std::u32string_view::npos;
           });
}

// 守礼坂, ひびき野: ends like a place.
bool endsLikePlace(std::u32string_view body) {
    return body.size() > 2 && oneOf(U"坂橋台丘町丸野崎浦浜沢森島山川原里郷谷", body.back());
}

bool isNamed(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view body = page.slice(start, end);
    // FDG, Aチーム: what begins with Latin letters here is an agent or a group.
    return !isPlain(page, body) && !isLatin(body.front()) &&
           (isProper(page, start, end) || endsLikePlace(body) ||
            page.lexicon.shortPlaces().longest(body, 0).length > 1);
}

bool isOffice(std::u32string_view suffix) {
    return suffix == U"警察" || suffix == U"署" || suffix == U"消防" || suffix == U"児相" ||
           suffix == U"労基";
}

// 受診, 総義歯, 更生医療: words of care that end like a clipped name.
bool isCareWord(const Page& page, std::size_t start, std::size_t suffix, std::size_t end) {
    if (end - suffix == 1 && (!page.wordStarts(suffix) ||
                              oneOf(U"受健検併回往再初問触打聴休急来抜義乳虫犬臼前", page.before(suffix)))) {
        return true;
    }
    const std::u32string_view kind = page.slice(suffix, end);
    const bool topic = kind == U"医療" || kind == U"予防" || kind == U"福祉" || kind == U"市民" ||
                       kind == U"救急" || kind == U"発達" || kind == U"血管" || kind == U"記念" ||
                       isOffice(kind);
    return topic && !isHiragana(page.at(start)) &&
           page.lexicon.shortPlaces().longest(page.text, start).length < suffix - start;
}

// 大和橋診から, 守礼坂循環器満床: a proper name and the beginning of a suffix.
void addClipped(Page& page, std::size_t i, std::size_t length) {
    if (!isWord(page.before(i))) {
        return;
    }
    std::size_t suffix = i;
    std::size_t end = i + length;
    while (const std::size_t more = page.lexicon.termAt(page.text, end, term::ClippedSuffix)) {
        end += more;
    }
    if (!endsHere(page, end)) {
        return;
    }
    const std::size_t start = nameStart(page, suffix);
    // 託田腎クリ: two clipped words in a row need no name that a list knows.
    const bool chain = end > suffix + length && !isPlain(page, page.slice(start, suffix));
    if (suffix - start < 2 || suffix - start > 10 || !(chain || isNamed(page, start, suffix)) ||
        isCareWord(page, start, suffix, end) || page.taken(start, end, rank::Cued)) {
        return;
    }
    page.add(start, end, isOffice(page.slice(suffix, end)) ? Label::Organization : Label::Facility, kLow,
             "rule.facility-clipped", rank::Word);
}

// 弓立先生からご紹介, どちらも転院: a run of hiragana that joins or points.
bool isJoining(const Page& page, std::size_t start) {
    const Morpheme* const word = page.morphemeAt(start);
    return word == nullptr ||
           (isHiragana(page.at(start)) && !word->unknown &&
            (word->pos == Pos::Particle || word->pos == Pos::Auxiliary || word->pos == Pos::Adverbial) &&
            !isStop(page.before(start)) && !isSpace(page.before(start))) ||
           page.startsWith(start, U"どちら") || page.startsWith(start, U"そち") ||
           page.startsWith(start, U"こち");
}

// オアシス施設長, ことりは満床: ordinary words in kana serve as names of homes.
bool isWordAsName(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view body = page.slice(start, end);
    return body.size() > 2 && !isPlain(page, body) &&
           (std::all_of(body.begin(), body.end(), isKatakana) ||
            std::all_of(body.begin(), body.end(), isHiragana)) &&
           (page.startsWith(end, U"施設長") || page.startsWith(end, U"満床") ||
            page.startsWith(end, U"は満床") || page.startsWith(end, U"に入所") ||
            page.startsWith(end, U"へ入所") || page.startsWith(end, U"に入居"));
}

// ナイトガードへ移行: to move is said of much else than people.
bool movesElsewhere(const Page& page, std::size_t start, std::size_t i) {
    return (page.startsWith(i, U"へ移") || page.startsWith(i, U"に移")) &&
           (isKatakana(page.before(i)) || oneOf(U"行送植動館", page.at(i + 2)) ||
            oneOf(U"館棟階室屋", page.before(i)) || start == i);
}

// しののめ返事待ち, 虹のショート, 宝に入所: what follows only facilities.
void addBeforeEnd(Page& page, std::size_t i) {
    if (!isNameLetter(page.before(i))) {
        return;
    }
    // かがやきは満床, ひだまりに見学
    std::size_t end = i;
    if (oneOf(U"はがにもを", page.before(end)) && end > 2) {
        --end;
    }
    const std::size_t start = nameStart(page, end);
    if (end < start + 2 || end - start > 12 || isJoining(page, start) || movesElsewhere(page, start, i) ||
        !(isNamed(page, start, end) || isWordAsName(page, start, end)) ||
        page.taken(start, end, rank::Shape)) {
        return;
    }
    page.add(start, end, Label::Facility, kLow, "rule.facility-spoken-of", rank::Guess);
}

// The value behind a cue: up to a mark, or to a particle with a sentence behind it.
std::size_t valueEnd(const Page& page, std::size_t i) {
    std::size_t end = nameEnd(page, i);
    // 両国ひまわりの久留Dr: the name of a person behind の.
    const std::size_t joint = page.slice(i, end).rfind(U'の');
    if (joint != std::u32string_view::npos && joint > 1 &&
        page.cueFrom(page.skipBlanks(end), kind::NameEnd) != nullptr) {
        end = i + joint;
    }
    for (const std::u32string_view tail : {U"から", U"より", U"にて", U"まで", U"へ", U"で", U"に"}) {
        if (end > i + 2 + tail.size() && page.endsWith(end, tail)) {
            return end - tail.size();
        }
    }
    return end;
}

// 転院候補 ひびき野、清流の郷: values behind a cue and a mark, several where candidates are spoken of.
void addBehindCue(Page& page, std::size_t i, std::size_t length, bool care) {
    if ((isKanji(page.before(i)) && !page.wordStarts(i)) ||
        (isKatakana(page.at(i)) && isKatakana(page.before(i)))) {
        return;
    }
    // 東都第三病院 脳血流シンチ: the cue ends a name of its own, behind which something else stands.
    if (std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
            return c.start < i && c.end >= i + length && c.rank >= rank::Organisation;
        })) {
        return;
    }
    const bool list = page.slice(i, i + length).find(U"候補") != std::u32string_view::npos;
    std::size_t at = i + length;
    const bool blank = isBlank(page.at(at));
    at = page.skipBlanks(at);
    const bool mark = page.at(at) == U':' || (page.at(at) == U'は' && !blank) || page.at(at) == U'→';
    const bool quoted = oneOf(U"「『", page.at(at)) || (!care && page.at(at) == U'(');
    if (mark) {
        at = page.skipBlanks(at + 1);
    } else if (quoted) {
        at += page.at(at) == U'(' ? 1 : 0;
    } else if (!blank && care && oneOf(U"先元", page.before(at)) && !joinsSentence(page.at(at))) {
        // 入院先うるま白浜
    } else if (!blank || isLineEnd(page.at(at))) {
        return;
    }
    for (int values = 0; values < 6; ++values) {
        at += oneOf(U"「『", page.at(at)) ? 1 : 0;
        const std::size_t end = valueEnd(page, at);
        const bool person = page.cueFrom(page.skipBlanks(end), kind::NameEnd) != nullptr &&
                            page.lexicon.isSurname(page.slice(at, end));
        if (end > at + 1 && !person && isNamed(page, at, end) && !page.taken(at, end, rank::Word) &&
            page.cueFrom(at, kind::AnyLabel | kind::NotName) == nullptr) {
            page.add(at, end, care ? Label::Facility : Label::Organization, kLow,
                     care ? "rule.facility-behind-cue" : "rule.organisation-behind-cue", rank::Word);
        }
        at = end;
        if (page.at(at) == U'(') {
            while (page.at(at) != U')' && at - end < 12 && page.at(at) != U'\0' && !isLineEnd(page.at(at))) {
                ++at;
            }
            at += page.at(at) == U')' ? 1 : 0;
        }
        at = page.skipBlanks(at);
        if (!list || !oneOf(U"、・,/", page.at(at))) {
            return;
        }
        at = page.skipBlanks(at + 1);
    }
}

// 三の丸小 4-1, 岸南工3年, 樽井南中で担任: schools by one letter, where a class or a year stands behind.
void addSchool(Page& page, std::size_t i) {
    static constexpr CharacterSet kSchools{U"小中高工商"};
    if (!kSchools.has(page.at(i)) || !isNameLetter(page.before(i)) || page.wordStarts(i + 1) == false) {
        return;
    }
    std::size_t at = page.skipBlanks(i + 1);
    const bool year = isDigit(page.at(at)) &&
                      (page.at(at + 1) == U'年' || (page.at(at + 1) == U'-' && isDigit(page.at(at + 2))));
    const bool spoken = page.startsWith(i + 1, U"で担任") || page.startsWith(i + 1, U"の担任") ||
                        page.startsWith(i + 1, U"の健診") || page.startsWith(i + 1, U"の文化祭") ||
                        page.startsWith(i + 1, U"に通学") || page.startsWith(i + 1, U"校庭") ||
                        page.startsWith(i + 1, U"へ進学") || page.startsWith(i + 1, U"に進学") ||
                        page.startsWith(i + 1, U"へ入学") || page.startsWith(i + 1, U"の養教") ||
                        page.startsWith(i + 1, U"体育館");
    const std::size_t start = nameStart(page, i);
    // 日高村立日下小
    const std::size_t founded = page.slice(start, i).find(U'立');
    const bool municipal = founded != std::u32string_view::npos && founded > 0 && start + founded + 1 < i &&
                           oneOf(U"市町村区県都府道", page.at(start + founded - 1));
    if (!year && !spoken && !municipal) {
        return;
    }
    if (i - start < 2 || !isNamed(page, start, i) || page.taken(start, i + 1, rank::Word)) {
        return;
    }
    page.add(start, i + 1, Label::Organization, kLow, "rule.school-clipped", rank::Word);
}

// カレー店店主(エベレスト・キッチン), 商社マン(ヘリオス通商、: the employer behind an occupation.
void addEmployer(Page& page) {
    for (const Cue& cue : page.cues) {
        if ((cue.bits & kind::Occupation) == 0 || page.at(cue.end) != U'(') {
            continue;
        }
        const std::size_t start = cue.end + 1;
        std::size_t end = start;
        while (end - start < 16 && (isNameLetter(page.at(end)) || page.at(end) == U'・' ||
                                    page.at(end) == U'ー' || page.at(end) == U' ')) {
            ++end;
        }
        if ((page.at(end) == U')' || page.at(end) == U'、') && end > start + 2 && isNamed(page, start, end) &&
            !page.lexicon.isSurname(page.slice(start, end)) && !page.taken(start, end, rank::Shape)) {
            page.add(start, end, Label::Organization, kLow, "rule.employer", rank::Guess);
        }
    }
}

// リプロサポート神戸, ハートフル那須: a word in katakana and a place.
void addKatakanaPlace(Page& page, std::size_t i) {
    const std::size_t length = page.lexicon.shortPlaces().longest(page.text, i).length;
    if (length < 2 || !isKatakana(page.before(i)) || !endsHere(page, i + length)) {
        return;
    }
    std::size_t start = i;
    while (start > 0 && i - start < 12 && (isKatakana(page.before(start)) || page.before(start) == U'・')) {
        --start;
    }
    if (i - start < 3 || isKanji(page.before(start)) || page.lexicon.is(page.slice(start, i), ~0ULL) ||
        page.cueTo(i, ~0ULL) != nullptr ||
        page.cueFrom(page.skipBlanks(i + length), kind::NameEnd) != nullptr ||
        page.taken(start, i + length, rank::Shape)) {
        return;
    }
    page.add(start, i + length, Label::Facility, kLow, "rule.facility-of-place", rank::Guess);
}

// 第三十八海洋丸, 第十一龍神丸: boats.
void addBoat(Page& page, std::size_t i) {
    std::size_t end = i + 1;
    while (end - i < 4 && (isKanjiNumeral(page.at(end)) || isDigit(page.at(end)) || page.at(end) == U'十')) {
        ++end;
    }
    const std::size_t name = end;
    while (end > i + 1 && end - name < 5 && isWord(page.at(end)) && page.at(end) != U'丸') {
        ++end;
    }
    if (name > i + 1 && end > name && page.at(end) == U'丸' && !page.taken(i, end + 1, rank::Word)) {
        page.add(i, end + 1, Label::Organization, 0.7, "rule.boat", rank::Word);
    }
}

// ひばり薬局 二番町 門真様: a name that was read from within a facility begins behind it.
void freeNames(Page& page) {
    std::vector<Candidate> names;
    std::vector<Candidate> facilities;
    for (const Candidate& c : page.found) {
        if (c.label <= Label::OtherName && page.slice(c.start, c.end).find(U' ') != page.text.npos) {
            names.push_back(c);
        } else if (c.rank == rank::Organisation && isBlank(page.at(c.end))) {
            facilities.push_back(c);
        }
    }
    for (const Candidate& name : names) {
        const auto before = std::find_if(facilities.begin(), facilities.end(), [&](const Candidate& c) {
            return c.start <= name.start && c.end > name.start && c.end < name.end;
        });
        if (before != facilities.end()) {
            page.add(before->end, name.end, name.label, name.confidence, name.source, name.rank);
        }
    }
}

// Hida Travel Clinic, Willow Springs Rehab, Birchwood Primary: capitalised words and what such names end
// with.
void addLatin(Page& page, std::size_t i) {
    struct End {
        std::u32string_view word;
        bool school;
    };
    static constexpr std::array<End, 14> kEnds{{{U"Clinic", false},
                                                {U"Hospital", false},
                                                {U"Medical Center", false},
                                                {U"Imaging Center", false},
                                                {U"Rehab", false},
                                                {U"SNF", false},
                                                {U"Nursing Home", false},
                                                {U"Children's", false},
                                                {U"Pharmacy", false},
                                                {U"Elementary", true},
                                                {U"Primary", true},
                                                {U"Academy", true},
                                                {U"High School", true},
                                                {U"University", true}}};
    const auto ending = std::find_if(kEnds.begin(), kEnds.end(), [&](const End& e) {
        return page.startsWith(i, e.word) && !isLatin(page.at(i + e.word.size()));
    });
    if (ending == kEnds.end()) {
        return;
    }
    // Pain Clinic, Cardiac Rehab: departments, and words that only begin with a capital.
    static constexpr std::array<std::u32string_view, 30> kKinds{
        U"The",     U"An",        U"Our",     U"Your",       U"Cardiac", U"Pulmonary", U"Day",    U"At",
        U"To",      U"From",      U"Local",   U"Home",       U"School",  U"Family",    U"Stroke", U"Neuro",
        U"PCP",     U"MD",        U"Pain",    U"Surgery",    U"Memory",  U"Eye",       U"Heart",  U"Sleep",
        U"Urology", U"Specialty", U"Walk-in", U"Outpatient", U"Wound",   U"University"};
    std::size_t start = i;
    bool named = false;
    while (start > 1 && page.at(start - 1) == U' ' && i - start < 30) {
        std::size_t word = start - 1;
        while (word > 0 &&
               (isLatin(page.before(word)) || page.before(word) == U'\'' || page.before(word) == U'.')) {
            --word;
        }
        const std::u32string_view text = page.slice(word, start - 1);
        if (text.size() < 2 || !isUpper(text.front()) || (text.back() == U'.' && text != U"St.") ||
            std::find(kKinds.begin(), kKinds.end(), text) != kKinds.end()) {
            break;
        }
        start = word;
        named = true;
    }
    std::size_t end = i + ending->word.size();
    // Harbor Clinic Kobe
    if (page.at(end) == U' ' && isUpper(page.at(end + 1))) {
        std::size_t more = end + 1;
        while (isLatin(page.at(more))) {
            ++more;
        }
        end = more - end > 3 && (page.at(more) == U' ' || isLineEnd(page.at(more))) ? more : end;
    }
    if (named && !page.taken(start, end, rank::Cued)) {
        page.add(start, end, ending->school ? Label::Organization : Label::Facility, 0.6,
                 "rule.organisation-latin", rank::Word);
    }
}

} // namespace

void findCluedOrganisations(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (!isNameLetter(c)) {
            continue;
        }
        // One look at the words for all of them: most places begin none.
        const PhraseTrie::Match word = page.lexicon.anyTermAt(page.text, i);
        if ((word.bits & term::ClippedSuffix) != 0) {
            addClipped(page, i, word.length);
        }
        if ((word.bits & term::CareEnd) != 0) {
            addBeforeEnd(page, i);
        }
        if ((word.bits & (term::CareCue | term::WorkCue)) != 0) {
            addBehindCue(page, i, word.length, (word.bits & term::CareCue) != 0);
        }
        addSchool(page, i);
        if (isKanji(c) && isKatakana(page.before(i))) {
            addKatakanaPlace(page, i);
        }
        if (c == U'第') {
            addBoat(page, i);
        } else if (isUpper(c) && page.before(i) == U' ') {
            addLatin(page, i);
        }
    }
    addEmployer(page);
    freeNames(page);
}

} // namespace kamei::detect::text::places
