#include <algorithm>
#include <array>

#include "core/detect/text/places/OrganisationBounds.h"

namespace kamei::detect::text::places {
namespace {

using namespace japanese;

bool isOfficeWithPlace(std::u32string_view suffix) {
    return suffix == U"役所" || suffix == U"市役所" || suffix == U"区役所" || suffix == U"町役場" ||
           suffix == U"村役場" || suffix == U"役場" || suffix == U"県庁";
}

// 白妙リースの蓼沼様: somebody of it is addressed.
bool hasMember(const Page& page, std::size_t end) {
    if (page.at(end) != U'の') {
        return false;
    }
    for (std::size_t i = end + 2; i < end + 5; ++i) {
        if (page.cueFrom(i, kind::NameEnd) != nullptr && page.lexicon.isSurname(page.slice(end + 1, i))) {
            return true;
        }
    }
    return false;
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
        if (oneOf(U"当貴弊", body.back()) || body.find(U"当院") != std::u32string_view::npos ||
            body.find(U"当科") != std::u32string_view::npos ||
            body.find(U"当病院") != std::u32string_view::npos ||
            body.find(U"他院") != std::u32string_view::npos) {
            continue;
        }
        // 化学 of 化学療法, メンタル of エレメンタル, 院 of 帰院.
        const char32_t next = page.at(end);
        const bool inside = (isKanji(next) || isKatakana(next)) && page.cueFrom(end, ~0ULL) == nullptr &&
                            page.lexicon.termAt(page.text, end, term::CareEnd) == 0;
        const bool cut = isKatakana(suffix.front()) && isKatakana(page.before(suffixStart)) &&
                         !page.wordStarts(suffixStart);
        const bool latin = isLatin(page.before(suffixStart)) || isLatin(page.at(start));
        if (weak && (inside || cut || latin)) {
            continue;
        }
        if (weak && (page.lexicon.isTerm(body, term::Medical) || body.size() < 2 ||
                     !(isProper(page, start, suffixStart) || hasMember(page, end)))) {
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
        if (!proper && body.size() == 1 && !chain) {
            continue; // 医薬品
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
        if (isKatakana(page.at(cue.start)) && isKatakana(page.before(cue.start))) {
            continue; // ファイバー is no バー
        }
        if (cue.end - cue.start < 5 && isKatakana(page.before(cue.end)) && isKatakana(page.at(cue.end))) {
            continue; // バーロー, スーパーフロス
        }
        const bool blank = page.at(i) == U' ';
        i += blank ? 1 : 0;
        if (!isNameLetter(page.at(i)) || isLatin(page.at(i)) ||
            (page.cueFrom(i, kind::AnyLabel | kind::NameCue | kind::NameEnd | kind::NotName) != nullptr &&
             !page.startsWith(i, U"なしの"))) {
            continue;
        }
        std::size_t kana = i;
        while (isHiragana(page.at(kana))) {
            ++kana;
        }
        const bool toward = oneOf(U"へを", page.before(kana)) && isKanji(page.at(kana)) && kana - i > 3;
        kana -= toward ? 1 : 0; // 訪看つむぎへ連絡
        // ケアプランしなの, 居宅ほほえみ坂
        const std::size_t spelledEnd = kana + (oneOf(U"坂橋丘台森山川原里郷", page.at(kana)) ? 1 : 0);
        const bool spelled =
            kana - i >= 3 && (toward || isStop(page.at(spelledEnd)) || isBlank(page.at(spelledEnd)) ||
                              page.cueFrom(kana, kind::OrgSuffix | kind::FacilitySuffix) != nullptr);
        const Morpheme* const first = page.morphemeAt(i);
        // 訪看はすこやかステーション: the name comes behind the particle.
        if (!blank && page.at(i) == U'は' && first != nullptr && first->pos == Pos::Particle &&
            first->end == i + 1) {
            continue;
        }
        if (first == nullptr || first->pos == Pos::Particle || first->pos == Pos::Verb ||
            first->pos == Pos::Auxiliary || first->pos == Pos::ActionNoun ||
            (first->pos == Pos::Adverbial && !isHiragana(page.at(i))) || first->pos == Pos::Suffix) {
            if (!spelled &&
                !(blank && first != nullptr && first->pos != Pos::ActionNoun && isHiragana(page.at(i)))) {
                continue;
            }
        }
        std::size_t end = nameEnd(page, i);
        while (end > i && (oneOf(U"をへ", page.before(end)) ||
                           (oneOf(U"にで", page.before(end)) && oneOf(U"はも", page.at(end))))) {
            --end; // 学童どんぐりには
        }
        // "訪問看護 乙部": the nurse, not the station.
        const bool titled = page.cueFrom(end, kind::NameEnd) != nullptr;
        if (titled && page.lexicon.isSurname(page.slice(i, end))) {
            continue; // みなかみ訪看藤原さん
        }
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
        // ケアタウン蒼, but not 訪問看護師.
        const bool letter = end - i == 1 && cue.end - cue.start > 3 && isKanji(page.at(i)) &&
                            (isBlank(page.at(end)) || isLineEnd(page.at(end))) && first != nullptr &&
                            first->pos != Pos::Suffix && page.lexicon.isGiven(page.slice(i, end)) &&
                            !oneOf(U"中内外等前後時日員長型費用", page.at(i));
        if ((end - i < 2 && !letter) || (!letter && !blank && !proper && !corporate && !joined && !spelled)) {
            continue;
        }
        const bool swallowed = std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
            return c.rank == rank::Organisation &&
                   ((c.start < end && i < c.end && (c.start < cue.start || c.end > end)) ||
                    (c.end == cue.end && c.start < cue.start)); // the prefix ends another name
        });
        if (!swallowed) {
            page.add(leadsOnly(form) ? i : cue.start, withBranch(page, end),
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
    static constexpr std::array<std::u32string_view, 9> kVerbs{U"勤務", U"勤め", U"在籍", U"在学", U"卒",
                                                               U"中退", U"入学", U"退職", U"→"};
    for (std::size_t i = 2; i < page.text.size(); ++i) {
        const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                       [&](std::u32string_view word) { return page.startsWith(i, word); });
        if (verb == kVerbs.end()) {
            continue;
        }
        const bool school = oneOf(U"小中高大", page.before(i));
        const bool work = *verb == U"勤務" || *verb == U"勤め" || *verb == U"退職";
        std::size_t end = i;
        if (work && oneOf(U"にでを", page.before(end))) {
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

// Where an office ends that begins behind the name of its municipality; `from` where none does.
std::size_t officeEnd(const Page& page, std::size_t from) {
    constexpr std::size_t kLongest = 16;
    // What their names hold of hiragana; other hiragana is of a sentence.
    static constexpr std::array<std::u32string_view, 8> kKana{
        U"こども", U"がい", U"ども", U"くらし", U"らし", U"まちづくり", U"すこやか", U"みどり"};
    std::size_t end = from;
    for (std::size_t i = from; i - from < kLongest && isNameLetter(page.at(i)); ++i) {
        if (page.startsWith(i, U"病院") || page.startsWith(i, U"大学") || page.startsWith(i, U"学校")) {
            break;
        }
        if (isHiragana(page.at(i)) && !page.endsWith(i, U"子育")) {
            const auto* const word = std::find_if(kKana.begin(), kKana.end(), [&](std::u32string_view kana) {
                return page.startsWith(i, kana);
            });
            if (word == kKana.end()) {
                break;
            }
            i += word->size() - 1;
            continue;
        }
        for (const std::u32string_view word : {U"課", U"係", U"委員会"}) {
            const std::size_t behind = i + std::u32string_view(word).size();
            const char32_t next = page.at(behind);
            if (i > from && page.startsWith(i, word) && !oneOf(U"関日放正学", page.before(i)) &&
                (!isKanji(next) || oneOf(U"宛御様", next))) {
                end = behind;
            }
        }
    }
    return end;
}

// 大津市保健予防課, 高島市福祉医療係, 長野県公安委員会.
void addOffices(Page& page) {
    const PhraseTrie& places = page.lexicon.places();
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const PhraseTrie::Match match = places.longest(page.text, i);
        if (match.length < 2 || (!page.wordStarts(i) && isKanji(page.before(i)))) {
            continue;
        }
        std::size_t place = i + match.length;
        const PhraseTrie::Match inner = places.longest(page.text, place); // 長野県飯田市
        place += inner.length > 1 ? inner.length : 0;
        const std::size_t end = officeEnd(page, place);
        if (end > place) {
            page.add(i, end, Label::Organization, 0.85, "rule.organisation", rank::Organisation);
        }
        i = end - 1;
    }
}

} // namespace

void findOrganisations(Page& page) {
    addBySuffix(page);
    addOffices(page);
    addByPrefix(page);
    addByLabel(page);
    addByVerb(page);
}

} // namespace kamei::detect::text::places
