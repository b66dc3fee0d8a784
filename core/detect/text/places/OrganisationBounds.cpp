#include "core/detect/text/places/OrganisationBounds.h"

#include <algorithm>
#include <array>

namespace kamei::detect::text::places {

using namespace japanese;

bool leadsOnly(std::u32string_view prefix) {
    static constexpr std::array<std::u32string_view, 14> kKinds{
        U"デイサービス", U"通所",     U"学童", U"保育園", U"幼稚園",   U"こども園", U"遺族会",
        U"会社",         U"派遣会社", U"薬局", U"技工所", U"コンビニ", U"断酒会",   U"学習塾"};
    return std::find(kKinds.begin(), kKinds.end(), prefix) != kKinds.end();
}

namespace {

constexpr std::size_t kLongestName = 22;

bool inNameAfterNo(char32_t next) {
    return oneOf(U"出森里杜丘丸浦坂沼滝瀬井家郷風園海花空木光虹苑実街町浜松湯原川山国庭樹泉星葉根峰島橋台"
                 U"窓陽鐘音道岬谷沢"
                 U"湖池宮都門心友桜杉梅竹藤上郎",
                 next);
}

bool breaksBefore(const Page& page, std::size_t i) {
    if (const Cue* const kind = page.cueTo(i, kind::OrgPrefix | kind::FacilityPrefix);
        kind != nullptr && leadsOnly(page.slice(kind->start, kind->end))) {
        return true;
    }
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
    return word->pos == Pos::Counter || oneOf(U"月日年歳時分回", page.before(i));
}

bool isFunction(std::u32string_view text) {
    static constexpr std::array<std::u32string_view, 48> kEnds{
        U"から", U"より", U"まで", U"には", U"では", U"とは", U"にも", U"での", U"への", U"との",
        U"ので", U"のに", U"して", U"した", U"する", U"され", U"れた", U"った", U"って", U"いる",
        U"ある", U"なる", U"ない", U"など", U"また", U"その", U"この", U"ため", U"こと", U"たが",
        U"ます", U"です", U"がら", U"いた", U"おり", U"れば", U"めば", U"せば", U"けば", U"えば",
        U"んで", U"いて", U"よる", U"よび", U"たは", U"ける", U"うな", U"いう"};
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [text](std::u32string_view end) { return text.ends_with(end); });
}

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

} // namespace

namespace {

// 対応できかねますので市島いこいの家: a clause, however long its hiragana.
bool endsClause(std::u32string_view kana) {
    static constexpr std::array<std::u32string_view, 12> kEnds{U"ので", U"から", U"には", U"では",
                                                               U"まで", U"より", U"にて", U"して",
                                                               U"った", U"ます", U"です", U"けど"};
    return kana.size() > 4 && std::any_of(kEnds.begin(), kEnds.end(),
                                          [kana](std::u32string_view end) { return kana.ends_with(end); });
}

// さらに富浦市場, もともと城東整形: what is said before a name.
std::size_t behindAdverb(const Page& page, std::size_t start, std::size_t suffix) {
    static constexpr std::array<std::u32string_view, 16> kWords{
        U"さらに", U"ほかに", U"もともと", U"までに", U"いつも", U"むかし", U"すぐに", U"のちに",
        U"帰りに", U"帰りは", U"正しくは", U"あと",   U"また",   U"まず",   U"元来",   U"毎朝"};
    for (const std::u32string_view word : kWords) {
        if (page.startsWith(start, word) && start + word.size() + 1 < suffix) {
            return start + word.size();
        }
    }
    return start;
}

std::size_t rawNameStart(const Page& page, std::size_t suffix);

} // namespace

std::size_t nameStart(const Page& page, std::size_t suffix) {
    return behindAdverb(page, rawNameStart(page, suffix), suffix);
}

namespace {

std::size_t rawNameStart(const Page& page, std::size_t suffix) {
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
        if ((isFunction(kana) && kana.size() < 5) || endsClause(kana)) {
            break;
        }
        // Behind a mark a name may begin with such a letter (はまゆう), behind a word it is a particle.
        // (市立はしばみ病院 as well).
        const bool mark = from == 0 || isStop(page.before(from)) || isSpace(page.before(from)) ||
                          page.before(from) == U'立' || page.cueTo(from, kind::AnyLabel) != nullptr;
        std::size_t joint = kana.find_last_of(U"をはへ");
        if (joint != std::u32string_view::npos && joint > 0 && kana[joint - 1] == kana[joint]) {
            --joint; // 園医ははしもとこども
        }
        if (joint != std::u32string_view::npos && joint + 2 < kana.size() && !edge && !(mark && joint == 0)) {
            return from + joint + 1;
        }
        const Morpheme* const joiner = page.morphemeAt(from);
        const bool particle =
            oneOf(U"はをへ", kana.front()) || (joiner != nullptr && joiner->start == from &&
                                               joiner->end == from + 1 && joiner->pos == Pos::Particle);
        if (kana.size() == 1) {
            // 恵み野: one letter within a noun.
            if (joiner == nullptr || joiner->start >= from ||
                (joiner->pos != Pos::Noun && joiner->pos != Pos::Place && joiner->pos != Pos::Surname)) {
                break;
            }
            i = from;
            continue;
        }
        if (particle && oneOf(U"はがをにへとでのもや", kana.front()) && !mark) {
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

} // namespace

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
        // 包括みさと 仁科: a name in hiragana may end with such a letter before a blank.
        const bool spelled = isBlank(next) && end - i > 1 && isHiragana(page.before(end));
        const bool turns = end > i && !isHiragana(next) && oneOf(spelled ? U"をへ" : U"はがをにへとでも", c);
        const bool behindKanji = end > i && !isHiragana(page.before(end)) && oneOf(U"はがをにへとで", c);
        if ((turns && (isKanji(next) || particle || oneOf(U"をへ", c))) || behindKanji) {
            break;
        }
        if (c == U'の' && end > i && isNameLetter(next) && !inNameAfterNo(next) && !isHiragana(next)) {
            break;
        }
        ++end;
    }
    return end;
}

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
        if (words == 0 && word.size() >= 3 && word.size() <= 6 && word.back() == U'会' &&
            isBlank(page.before(i))) {
            return withCorporation(page, begin);
        }
        if (word.find(U"機構") != std::u32string_view::npos || word.starts_with(U"独立行政") ||
            word == U"総合病院" || word == U"国立療養所" || word == U"公立" || word.ends_with(U"共済組合") ||
            word.ends_with(U"公務員組合")) {
            return begin;
        }
        i = begin;
    }
    return start;
}

namespace {

// コスモス薬局 岩沼, あさひ薬局学園町: a place alone as branch, unless a title shows it to be a name.
std::size_t placeBranch(const Page& page, std::size_t end) {
    const bool blank = page.at(end) == U' ';
    const std::size_t start = blank ? end + 1 : end;
    std::size_t i = start;
    while (i - start < 6 && (isKanji(page.at(i)) || page.at(i) == U'ヶ' || page.at(i) == U'ケ')) {
        ++i;
    }
    const std::u32string_view word = page.slice(start, i);
    if (word.size() < 2 ||
        !(page.endsWith(end, U"薬局") || page.endsWith(end, U"調剤") || page.endsWith(end, U"の郷") ||
          page.endsWith(end, U"荘") || page.endsWith(end, U"損保") || page.endsWith(end, U"システムズ") ||
          page.endsWith(end, U"義肢"))) {
        return end;
    }
    const bool place = page.lexicon.shortPlaces().longest(word, 0).length == word.size() ||
                       oneOf(U"町口台前通", word.back());
    const bool title = page.cueFrom(page.skipBlanks(i), kind::NameEnd) != nullptr;
    return place && !title ? i : end;
}

} // namespace

namespace {

// スバル調剤(田沼店), 首藤循環器科(高城分院): which of them, in brackets. Its end, or `end`.
std::size_t bracketedBranch(const Page& page, std::size_t end) {
    constexpr std::size_t kLongest = 14;
    if (page.at(end) != U'(') {
        return end;
    }
    std::size_t close = end + 1;
    while (close - end < kLongest && isNameLetter(page.at(close)) && !isHiragana(page.at(close))) {
        ++close;
    }
    // Not "(内科入院)", "(胸部)"; nor another one: "(指月産科医院)".
    static constexpr std::array<std::u32string_view, 6> kEnds{U"店",     U"分院", U"本院",
                                                              U"出張所", U"支所", U"校"};
    const bool branch = page.at(close) == U')' && close > end + 2 &&
                        std::any_of(kEnds.begin(), kEnds.end(),
                                    [&](std::u32string_view word) { return page.endsWith(close, word); });
    return branch ? close + 1 : end;
}

} // namespace

std::size_t withBranch(const Page& page, std::size_t end) {
    if (const std::size_t branch = bracketedBranch(page, end); branch > end) {
        return branch;
    }
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
    return placeBranch(page, end);
}

bool isProper(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view body = page.slice(start, end);
    if (page.lexicon.isSurname(body) || page.lexicon.isGiven(body)) {
        return true;
    }
    // 芝中央, 円山西: a name and what tells branches apart.
    for (const std::u32string_view part : {U"中央", U"駅前", U"第一", U"総合", U"東", U"西", U"南", U"北"}) {
        const std::u32string_view rest = body.substr(0, body.size() - std::min(part.size(), body.size()));
        if (body.ends_with(part) && !rest.empty() &&
            (page.lexicon.isSurname(rest) ||
             page.lexicon.shortPlaces().longest(rest, 0).length == rest.size())) {
            return true;
        }
    }
    const bool kana = std::all_of(body.begin(), body.end(), [](char32_t c) { return isHiragana(c); });
    const bool pointing = body.starts_with(U"それ") || body.starts_with(U"これ") || body.starts_with(U"あれ");
    if (kana && body.size() >= 3 && !pointing) {
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

} // namespace kamei::detect::text::places
