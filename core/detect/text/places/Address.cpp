#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/places/OrganisationBounds.h"
#include "core/detect/text/places/Units.h"
#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/NumberShapes.h"

namespace kamei::detect::text::places {
namespace {

using namespace japanese;
using namespace values;

constexpr std::size_t kLongestTown = 24;
constexpr std::size_t kLongestBuilding = 18;

bool isTownLetter(char32_t c) {
    return isKanji(c) || isHiragana(c) || isKatakana(c) || c == U'ケ' || c == U'ヶ' || c == U'ノ';
}

// Words that count lots, blocks and fields behind a number.
std::size_t lotWord(const Page& page, std::size_t i) {
    static constexpr std::array<std::u32string_view, 17> kWords{
        U"丁目", U"番地の", U"番地先", U"番先", U"番地", U"番の", U"番",   U"号室", U"号",
        U"条",   U"線",     U"組",     U"地割", U"街区", U"番町", U"区画", U"班"};
    for (const std::u32string_view word : kWords) {
        if (page.startsWith(i, word)) {
            return word.size();
        }
    }
    return 0;
}

// 中挟一〇二-三, 高畑一の百二十: kanji are a lot where they are joined as lots are.
bool joinsKanji(const Page& page, std::size_t i) {
    return oneOf(U"-の", page.at(i)) && isKanjiNumeral(page.at(i + 1));
}

// The lot: numbers joined by 丁目, 番地, 番, 号, hyphens and の. Returns its end, or `i` when none begins.
std::size_t lotEnd(const Page& page, std::size_t i, bool& worded) {
    std::size_t end = i;
    std::size_t at = i;
    worded = false;
    if (page.startsWith(i, U"番外地")) {
        worded = true;
        return i + 3;
    }
    for (int parts = 0; parts < 8; ++parts) {
        const auto number = readNumeral(page.text, at);
        // 三丁目一〇四-二: behind a worded number kanji count as digits do.
        if (!number || (number->kanji && !worded && end == i && lotWord(page, at + number->length) == 0 &&
                        !joinsKanji(page, at + number->length))) {
            break;
        }
        at += number->length;
        end = at;
        if (const std::size_t word = lotWord(page, at); word > 0) {
            at += word;
            end = at;
            worded = true;
            if (page.at(at) == U'の' || page.at(at) == U'-') {
                ++at;
            }
            // "西野九条三丁目", "一丁目字前田": town letters may stand between.
            continue;
        }
        if ((page.at(at) == U'-' || page.at(at) == U'の' || page.at(at) == U'ノ' || page.at(at) == U'ー') &&
            (isDigit(page.at(at + 1)) || isKanjiNumeral(page.at(at + 1)))) {
            ++at;
            continue;
        }
        break;
    }
    // "番地の" without a number behind belongs to the sentence.
    while (end > i && page.before(end) == U'の') {
        --end;
    }
    // 江川1990番地先の堤防: beside the lot. 先生, 先週 and the like are other words.
    if (end > i && page.at(end) == U'先' && !oneOf(U"生日週月方端頭ほ程立輩", page.at(end + 1))) {
        ++end;
    }
    return end;
}

// Building and room behind a lot: "コーポ波の上203", "第2コーポ青空 101号室", "県営住宅5-402", "2F".
std::size_t buildingEnd(const Page& page, std::size_t lot) {
    const std::size_t start = page.skipBlanks(lot);
    if (start - lot > 1) {
        return lot;
    }
    std::size_t i = start;
    std::size_t end = lot;
    std::size_t letters = 0;
    bool known = false;
    for (; i - start < kLongestBuilding; ++i) {
        const char32_t c = page.at(i);
        if (isTownLetter(c) || isLatin(c) || c == U'・' || c == U'ー') {
            if (page.cueFrom(i, kind::AnyLabel | kind::NameCue | kind::Honorific) != nullptr &&
                page.cueFrom(i, kind::FacilitySuffix | kind::OrgSuffix) == nullptr) {
                break;
            }
            ++letters;
            known = known || page.lexicon.termAt(page.text, i, term::Building) > 0;
            continue;
        }
        if (isDigit(c)) {
            std::size_t k = i;
            while (isDigit(page.at(k)) || (page.at(k) == U'-' && isDigit(page.at(k + 1)))) {
                ++k;
            }
            for (const std::u32string_view word : {U"号室", U"号棟", U"号館", U"号", U"階", U"F", U"棟"}) {
                if (page.startsWith(k, word)) {
                    k += std::u32string_view(word).size();
                    break;
                }
            }
            if (page.at(k) == U'/' || page.at(k) == U'月' || page.at(k) == U':') {
                break; // a date or a time
            }
            const bool unit = !isDigit(page.before(k)) || known;
            if (letters == 0 && !unit && end == lot) {
                return lot; // a bare number behind the lot is something else
            }
            if (letters > 0 || unit) {
                end = k;
            }
            i = k - 1;
            continue;
        }
        if (isBlank(c) &&
            (isDigit(page.at(i + 1)) || isTownLetter(page.at(i + 1)) || isLatin(page.at(i + 1))) && known) {
            continue;
        }
        break;
    }
    if (known && letters > 1 && end < i) {
        end = page.skipBlanksBack(i); // a named building without a room
    }
    // Without a building's word, letters between lot and number must be few and no sentence.
    return known || (letters <= 1)                                          ? end
           : end - lot <= 12 && letters >= 2 && !isHiragana(page.at(start)) ? end
                                                                            : lot;
}

bool isParticle(const Page& page, std::size_t i) {
    const Morpheme* const word = page.morphemeAt(i);
    if (word == nullptr || word->start != i || word->pos != Pos::Particle) {
        return false;
    }
    const char32_t c = page.at(i);
    return c != U'の' && c != U'が' && c != U'ノ' && c != U'つ' && c != U'や';
}

bool certainDate(const Page& page, std::size_t i) {
    const auto date = readDate(page.text, i);
    return date && date->certain && date->day.month != 0;
}

// Town behind a municipality and what follows; returns the end of the address or `i`.
std::size_t addressEnd(const Page& page, std::size_t i, bool& lot) {
    lot = false;
    std::size_t at = page.at(i) == U' ' ? i + 1 : i;
    if (readDate(page.text, at)) {
        return i; // 南砺市 令和5年10月12日
    }
    std::size_t end = i;
    const std::size_t start = at;
    while (at - start < kLongestTown) {
        bool worded = false;
        if (at > start && page.startsWith(at, U"番外地")) { // land without lots
            lot = true;
            end = at + 3;
            break;
        }
        const std::size_t numbers = lotEnd(page, at, worded);
        if (numbers > at) {
            // "岐阜市3名" is no lot: a number counts as one behind a town, or with its word.
            // 奈良市の2階建: what is counted is no lot.
            if (!worded && oneOf(U"階人名年回日月時分歳才本個件床", page.at(numbers))) {
                break;
            }
            const bool kanjiTown = isKanjiNumeral(page.at(at)) && !worded &&
                                   page.slice(at, numbers).find_first_of(U"-の") == page.text.npos;
            if (!kanjiTown && (at > start || worded)) {
                lot = true;
                end = numbers;
                at = numbers;
                if (!isTownLetter(page.at(at)) || !worded) {
                    break;
                }
                // 一丁目 may be followed by 字 and another number, never by a sentence.
                if (!(page.startsWith(at, U"字") || page.startsWith(at, U"東") ||
                      page.startsWith(at, U"西") || page.startsWith(at, U"南") ||
                      page.startsWith(at, U"北"))) {
                    break;
                }
                continue;
            }
            if (!kanjiTown) {
                break;
            }
        }
        if (!isTownLetter(page.at(at)) || isParticle(page, at) ||
            (at > start && page.wordStarts(at) && isKanji(page.at(at)) && certainDate(page, at))) {
            break;
        }
        ++at;
    }
    return lot ? end : i;
}

// "福岡市東区箱崎": a place name behind a municipality, without a lot.
std::size_t townEnd(const Page& page, std::size_t i) {
    std::size_t end = i;
    if (page.startsWith(i, U"大字") || page.startsWith(i, U"字")) {
        while (isTownLetter(page.at(end)) && !isParticle(page, end)) {
            ++end;
        }
        return end;
    }
    const Morpheme* word = page.morphemeAt(i);
    while (word != nullptr && word->start == end &&
           (word->pos == Pos::Place || word->pos == Pos::PlaceSuffix)) {
        end = word->end;
        word = page.morphemeAt(end);
    }
    return end;
}

bool followedByOffice(const Page& page, std::size_t i) {
    return page.at(i) == U'立' || page.at(i) == U'役' || page.at(i) == U'民' || page.at(i) == U'議' ||
           page.at(i) == U'長' || page.at(i) == U'営';
}

bool isTownKanji(char32_t c) {
    return isKanji(c) || c == U'ヶ' || c == U'ケ' || c == U'ノ';
}

// 末広町二丁目104-7, 泊ヶ丘115-8, 字石嘉波104-2: a town and its lot without the municipality.
void addTownLot(Page& page, std::size_t i) {
    if ((!isTownKanji(page.before(i)) && !page.endsWith(i, U"通り")) || isKanjiNumeral(page.before(i)) ||
        page.before(i) == U'第') {
        return;
    }
    bool worded = false;
    const std::size_t end = lotEnd(page, i, worded);
    if (end == i || certainDate(page, i)) {
        return;
    }
    const std::u32string_view lot = page.slice(i, end);
    const std::size_t hyphen = lot.find(U'-');
    const bool joined = hyphen != std::u32string_view::npos && hyphen > 1;
    const bool sure =
        lot.find(U"丁目") != std::u32string_view::npos || lot.find(U"番地") != std::u32string_view::npos ||
        (lot.find(U"番") != std::u32string_view::npos && lot.find(U"号") != std::u32string_view::npos);
    std::size_t start = i;
    while (start > 0 && i - start < 12 &&
           (isTownKanji(page.before(start)) || page.endsWith(start, U"通り")) &&
           (i - start < 2 || page.cueTo(start, kind::AnyLabel | kind::NameCue | kind::NameEnd) == nullptr)) {
        --start;
    }
    const std::size_t letters = i - start;
    const bool town =
        oneOf(U"町丘台里字", page.before(i)) || page.at(start) == U'字' || page.startsWith(start, U"大字");
    if (letters < 2 || !(sure || (joined && town)) || page.taken(start, end, rank::Number)) {
        return;
    }
    // A building behind the lot (すえひろ荘) may look like a facility.
    page.add(start, buildingEnd(page, end), Label::Address, sure ? 0.75 : 0.6, "rule.address-lot",
             rank::Organisation + 1);
}

// 1099-5 Shirakawa-cho, Takayama, Gifu: lot, town and what follows between commas.
void addRomanised(Page& page, std::size_t hyphen) {
    static constexpr std::array<std::u32string_view, 9> kKinds{U"cho", U"chome", U"machi", U"ku",  U"shi",
                                                               U"ken", U"gun",   U"mura",  U"dori"};
    const bool kind = std::any_of(kKinds.begin(), kKinds.end(), [&](std::u32string_view word) {
        return page.startsWith(hyphen + 1, word) && !isLatin(page.at(hyphen + 1 + word.size()));
    });
    if (!kind || !isLatin(page.before(hyphen))) {
        return;
    }
    const auto isPart = [](char32_t c) { return isLatin(c) || isDigit(c) || c == U'-'; };
    std::size_t start = hyphen;
    std::size_t kept = hyphen;
    // Words to the left as long as they begin with a capital or a digit.
    while (start > 0 && hyphen - start < 40) {
        while (start > 0 && isPart(page.before(start))) {
            --start;
        }
        if (!isUpper(page.at(start)) && !isDigit(page.at(start))) {
            break;
        }
        kept = start;
        std::size_t next = start;
        next -= page.before(next) == U' ' ? 1 : 0;
        next -= next < start && page.before(next) == U',' ? 1 : 0;
        if (next == start || next == 0 || !isPart(page.before(next))) {
            break;
        }
        start = next;
    }
    std::size_t end = hyphen + 1;
    while (isPart(page.at(end))) {
        ++end;
    }
    for (int parts = 0; parts < 4 && page.startsWith(end, U", ") && isUpper(page.at(end + 2)); ++parts) {
        end += 2;
        while (isPart(page.at(end))) {
            ++end;
        }
    }
    if (!page.taken(kept, end, rank::Place)) {
        page.add(kept, end, Label::Address, 0.8, "rule.address-romanised", rank::Place);
    }
}

void addUnplaced(Page& page) {
    for (std::size_t i = 1; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (c == U'-') {
            addRomanised(page, i);
        } else if ((isDigit(c) && !isDigit(page.before(i))) ||
                   (isKanjiNumeral(c) && !isKanjiNumeral(page.before(i)))) {
            addTownLot(page, i);
        }
    }
}

void addLabelled(Page& page) {
    // A labelled address whose place is not in the list still ends where the field ends.
    for (const Cue& cue : page.cues) {
        if ((cue.bits & kind::AddressLabel) == 0) {
            continue;
        }
        std::size_t i = cue.end;
        bool separated = false;
        while (isBlank(page.at(i)) || page.at(i) == U':' || page.at(i) == U'=' || page.at(i) == U'-') {
            separated = true;
            ++i;
        }
        std::size_t end = i;
        bool digit = false;
        while (end - i < 40 && (isWord(page.at(end)) || page.at(end) == U'-' || page.at(end) == U'ー')) {
            digit = digit || (isDigit(page.at(end)) && end > i + 1);
            ++end;
        }
        if (separated && digit && end - i >= 5 && isKanji(page.at(i)) && !page.taken(i, end, rank::Cued)) {
            page.add(i, std::max(end, buildingEnd(page, end)), Label::Address, 0.6, "rule.address-field",
                     rank::Cued);
        }
    }
}

} // namespace

void findAddresses(Page& page) {
    const PhraseTrie& places = page.lexicon.places();
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        if (!isTownLetter(page.text[i])) {
            continue;
        }
        const PhraseTrie::Match match = places.longest(page.text, i);
        if (match.length < 2) {
            continue;
        }
        // "東京都市部": the name must begin where a word does.
        if (!page.wordStarts(i) && isKanji(page.before(i)) && match.length < 4) {
            continue;
        }
        std::size_t end = i + match.length;
        // "北海道札幌市西区" in one go; prefecture and a municipality parted by a blank as well.
        if (match.bits == place::Prefecture) {
            const std::size_t next = page.skipBlanks(end);
            const PhraseTrie::Match inner = places.longest(page.text, next);
            if (inner.length > 0 && (inner.bits & place::Municipality) != 0) {
                end = next + inner.length;
            }
        }
        bool lot = false;
        const std::size_t address = addressEnd(page, end, lot);
        if (lot) {
            page.add(i, buildingEnd(page, address), Label::Address, 0.95, "rule.address",
                     rank::Organisation + 1);
            i = page.found.back().end - 1;
            continue;
        }
        if (followedByOffice(page, end)) {
            page.add(i, end, Label::Municipality, 0.5, "gazetteer.municipality", rank::Guess);
            i = end - 1;
            continue;
        }
        const std::size_t town = townEnd(page, end);
        const bool prefecture = match.bits == place::Prefecture && end == i + match.length;
        // A short town name may be a word of its own ("大町", "森町"): the dictionary must know it as a
        // place.
        const Morpheme* const word = page.morphemeAt(i);
        const bool sure = match.length >= 4 || prefecture || (word != nullptr && word->pos == Pos::Place);
        if (town > end) {
            page.add(i, town, Label::Address, 0.75, "rule.address-town", rank::Place);
        } else {
            page.add(i, end, Label::Municipality, sure ? 0.9 : 0.55, "gazetteer.municipality", rank::Word);
        }
        i = page.found.back().end - 1;
    }
    addLabelled(page);
    addUnplaced(page);
}

} // namespace kamei::detect::text::places
