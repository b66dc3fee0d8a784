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

// Suffixes that are also departments or plain words: they need a proper name before them.
bool isWeakSuffix(std::u32string_view word) {
    constexpr std::array<std::u32string_view, 58> kWeak{
        U"内科",         U"外科",       U"整形外科",   U"脳神経外科", U"脳外科",       U"皮膚科",
        U"眼科",         U"耳鼻科",     U"耳鼻咽喉科", U"小児科",     U"こども内科",   U"産婦人科",
        U"産科婦人科",   U"泌尿器科",   U"精神科",     U"心療内科",   U"胃腸科",       U"肛門科",
        U"循環器科",     U"循環器内科", U"呼吸器内科", U"消化器内科", U"リウマチ内科", U"リウマチ科",
        U"放射線科",     U"整形",       U"荘",         U"園",         U"苑",           U"寮",
        U"の里",         U"の家",       U"の杜",       U"の郷",       U"の丘",         U"メンタル",
        U"ステーション", U"組",         U"塾",         U"店",         U"寺",           U"院",
        U"ホーム",       U"住宅",       U"通信",       U"保険",       U"生命",         U"電気",
        U"水道",         U"機械",       U"金属",       U"化学",       U"温泉",         U"バス",
        U"ガス",         U"スーパー",   U"市場",       U"歯科"};
    return std::find(kWeak.begin(), kWeak.end(), word) != kWeak.end();
}

bool isGeneric(std::u32string_view body) {
    constexpr std::array<std::u32string_view, 92> kGeneric{U"大学",       U"市立",
                                                           U"県立",       U"国立",
                                                           U"町立",       U"公立",
                                                           U"私立",       U"当",
                                                           U"他",         U"近",
                                                           U"同",         U"総合",
                                                           U"一般",       U"救急",
                                                           U"地域",       U"訪問",
                                                           U"専門",       U"紹介",
                                                           U"基幹",       U"中核",
                                                           U"大",         U"中",
                                                           U"小",         U"各",
                                                           U"前",         U"別",
                                                           U"某",         U"本",
                                                           U"元",         U"現",
                                                           U"市",         U"県",
                                                           U"区",         U"町",
                                                           U"村",         U"府",
                                                           U"都",         U"道",
                                                           U"国",         U"高",
                                                           U"精神科",     U"歯科",
                                                           U"門前",       U"院外",
                                                           U"院内",       U"調剤",
                                                           U"保険",       U"処方",
                                                           U"かかりつけ", U"近隣",
                                                           U"近所",       U"急性期",
                                                           U"回復期",     U"慢性期",
                                                           U"療養",       U"療養型",
                                                           U"リハビリ",   U"リハビリテーション",
                                                           U"後方",       U"連携",
                                                           U"協力",       U"拠点",
                                                           U"個人",       U"開業",
                                                           U"主治医",     U"産科",
                                                           U"透析",       U"地元",
                                                           U"動物",       U"転院先",
                                                           U"大手",       U"小さな",
                                                           U"健診",       U"検診",
                                                           U"医療",       U"介護",
                                                           U"福祉",       U"看護",
                                                           U"通所",       U"入所",
                                                           U"施設",       U"老人",
                                                           U"特別",       U"短期",
                                                           U"女子",       U"支援",
                                                           U"生活",       U"居宅",
                                                           U"在宅",       U"民間",
                                                           U"複数",       U"所轄"};
    return std::find(kGeneric.begin(), kGeneric.end(), body) != kGeneric.end();
}

bool isMedicalTerm(std::u32string_view body) {
    constexpr std::array<std::u32string_view, 44> kTerms{
        U"消化器", U"呼吸器",   U"循環器",     U"腎臓",   U"腎",     U"脳神経",   U"神経",   U"血液",
        U"腫瘍",   U"総合",     U"一般",       U"小児",   U"口腔",   U"心臓血管", U"血管",   U"形成",
        U"乳腺",   U"老年",     U"緩和",       U"糖尿病", U"内分泌", U"代謝",     U"肝臓",   U"肝胆膵",
        U"膠原病", U"感染症",   U"移植",       U"胸部",   U"消化管", U"甲状腺",   U"心臓",   U"救急",
        U"脊椎",   U"手",       U"スポーツ",   U"美容",   U"漢方",   U"女性",     U"思春期", U"児童",
        U"高齢",   U"リウマチ", U"アレルギー", U"腫瘍内"};
    return std::find(kTerms.begin(), kTerms.end(), body) != kTerms.end();
}

// の inside a proper name is followed by what such names are made of: 青葉の森, 緑の丘.
bool inNameAfterNo(char32_t next) {
    return contains(U"森里杜丘家郷風園海花空木光虹苑実街町浜松湯原川山国庭樹泉星葉根峰島橋台窓陽鐘音道岬谷沢"
                    U"湖池宮都門心友桜杉梅竹藤上郎",
                    next);
}

// Whether a name cannot reach to the left of this place.
bool breaksBefore(const Page& page, std::size_t i) {
    if (page.cueTo(i, kind::AnyLabel | kind::NameCue | kind::NameEnd) != nullptr &&
        page.cueTo(i, kind::OrgPrefix | kind::FacilityPrefix | kind::FacilitySuffix | kind::OrgSuffix) ==
            nullptr) {
        return true;
    }
    const Morpheme* const word = page.morphemeAt(i - 1);
    if (word == nullptr || word->end != i) {
        return false;
    }
    const char32_t last = page.before(i);
    if (word->pos == Pos::Particle) {
        if (last == U'の') {
            return !inNameAfterNo(page.at(i)) ||
                   page.cueTo(word->start, kind::AnyLabel | kind::NameCue) != nullptr;
        }
        const char32_t left = page.before(word->start);
        return !isHiragana(left) && contains(U"はがをにへとでもやらりて", last);
    }
    if (word->pos == Pos::Verb || word->pos == Pos::Auxiliary) {
        return !word->unknown && isHiragana(last) && word->start > 0 && page.before(word->start) != 0 &&
               !isStop(page.before(word->start)) && !isBlank(page.before(word->start));
    }
    if (word->pos == Pos::Adverbial && !isStop(page.before(word->start))) {
        return true;
    }
    return word->pos == Pos::Counter || contains(U"月日年歳時分回", last);
}

std::size_t nameStart(const Page& page, std::size_t suffix) {
    std::size_t i = suffix;
    while (i > 0 && suffix - i < kLongestName) {
        const char32_t c = page.before(i);
        const bool dot = c == U'・' && isKatakana(page.at(i)) && i > 1 && isKatakana(page.at(i - 2));
        if (!isNameLetter(c) && !dot) {
            break;
        }
        if (i < suffix && breaksBefore(page, i)) {
            break;
        }
        if (i == suffix && breaksBefore(page, i) && page.before(i) != U'の') {
            break;
        }
        --i;
    }
    return i;
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
        while (begin > 0 && end - begin < kLongestName && isNameLetter(page.before(begin))) {
            --begin;
        }
        const std::u32string_view word = page.slice(begin, end);
        if (word.size() < 2) {
            return start;
        }
        if (word.find(U"法人") != std::u32string_view::npos ||
            word.find(U"機構") != std::u32string_view::npos || word.starts_with(U"独立行政") ||
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
        if (page.at(end) == U'長' || page.at(end) == U'員' || page.at(end) == U'医') {
            continue;
        }
        std::size_t start = nameStart(page, suffixStart);
        if (isOfficeWithPlace(suffix) && start == suffixStart) {
            continue;
        }
        const std::u32string_view body = page.slice(start, suffixStart);
        const bool chain = end > cue.end;
        if (body.empty() || (isGeneric(body) && !chain) || (isGeneric(body) && isGeneric(suffix))) {
            continue;
        }
        const bool weak = isWeakSuffix(suffix) && !chain;
        if (weak && (isMedicalTerm(body) || body.size() < 2 || !isProper(page, start, suffixStart))) {
            continue;
        }
        if (isMedicalTerm(body) && !chain && suffix != U"病院") {
            // "循環器センター" alone is a department; with a name before a blank it is not reached here.
            continue;
        }
        const bool proper = isProper(page, start, suffixStart);
        const bool facility =
            (last & kind::FacilitySuffix) != 0 && !((last & kind::OrgSuffix) != 0 && suffix.size() == 1);
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
            first->pos == Pos::Auxiliary || first->pos == Pos::ActionNoun || first->pos == Pos::Adverbial ||
            first->pos == Pos::Suffix) {
            if (!(blank && first != nullptr && first->pos != Pos::ActionNoun && isHiragana(page.at(i)))) {
                continue;
            }
        }
        std::size_t end = i;
        while (end - i < 14 &&
               (isNameLetter(page.at(end)) || (page.at(end) == U'・' && isKatakana(page.at(end + 1))))) {
            if (end > i && (page.cueFrom(end, kind::NameCue | kind::NameEnd | kind::AnyLabel) != nullptr &&
                            page.cueFrom(end, kind::FacilitySuffix | kind::OrgSuffix) == nullptr)) {
                break;
            }
            const Morpheme* const word = page.morphemeAt(end);
            if (end > i && word != nullptr && word->start == end && word->pos == Pos::Particle &&
                contains(U"をにへがはでも", page.at(end)) && !isHiragana(page.before(end))) {
                break;
            }
            ++end;
        }
        const bool org = (cue.bits & kind::OrgPrefix) != 0 && (cue.bits & kind::FacilityPrefix) == 0;
        const bool proper = isProper(page, i, end);
        if (end - i < 2 || (!blank && !proper && !org)) {
            continue;
        }
        if (page.found.empty() || !page.taken(cue.start, end, rank::Organisation)) {
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
