#include <algorithm>

#include "core/detect/text/places/Units.h"

namespace kamei::detect::text::places {

using namespace japanese;

namespace {

constexpr double kLikely = 0.6;
constexpr double kSurnameToo = 0.4;
constexpr int kFewBearers = 1000; // whom the place is rarely named for

// 今治在住, 東京の次女, 境港の妹: where somebody lives or comes from.
bool spokenOf(const Page& page, std::size_t end) {
    if (page.lexicon.termAt(page.text, end, term::PlaceEnd) > 0) {
        return true;
    }
    if (page.at(end) != U'の') {
        return false;
    }
    // 鴨川の太海眼科: where a facility lies.
    return page.cueFrom(end + 1, kind::Kin) != nullptr ||
           std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
               return c.start == end + 1 && (c.label == Label::Facility || c.label == Label::Organization);
           });
}

// 長男慎吾は豊橋、: where a relative is. (幼稚園教諭、北上): beside an occupation in brackets.
bool saidOfSomebody(const Page& page, std::size_t start, std::size_t end) {
    const char32_t before = page.before(start);
    const char32_t next = page.at(end);
    if (before == U'は' && (next == U'、' || next == U'。')) {
        for (std::size_t back = 1; back < 7 && back < start; ++back) {
            if (page.cueTo(start - back, kind::Kin) != nullptr) {
                return true;
            }
        }
        return false;
    }
    if (before == U'(' && next == U'、') {
        return page.cueFrom(end + 1, kind::Occupation) != nullptr;
    }
    if (before == U'、' && next == U')') {
        return page.cueTo(start - 1, kind::Occupation) != nullptr;
    }
    return page.endsWith(start, U"単身で") || page.endsWith(start, U"単身") ||
           page.endsWith(start, U"故郷の");
}

// 大分の, 丸亀へ: a place that is no surname, by the dictionary too, with a particle of place behind.
bool plainPlace(const Page& page, std::size_t start, std::size_t end) {
    const Morpheme* const word = page.morphemeAt(start);
    const char32_t next = page.at(end);
    // みどりの森: names in kana are words of their own.
    const bool whole = word != nullptr && word->start == start &&
                       ((word->end == end && word->pos == Pos::Place) || end - start > 2);
    return whole && isKanji(page.at(start)) && isKanji(page.before(end)) &&
           (next == U'側' || page.startsWith(end, U"から") ||
            ((next == U'へ' || next == U'で' || next == U'の' || next == U'に') &&
             !isHiragana(page.at(end + 1)))) &&
           page.lexicon.bearers(page.slice(start, end)) < kFewBearers;
}

} // namespace

void findResidences(Page& page) {
    const PhraseTrie& places = page.lexicon.shortPlaces();
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (!isKanji(c) && !isHiragana(c) && !isKatakana(c)) {
            continue;
        }
        const std::size_t length = places.longest(page.text, i).length;
        if (length < 2) {
            continue;
        }
        const std::size_t end = i + length;
        if ((isKanji(page.before(i)) && !page.wordStarts(i)) ||
            !(spokenOf(page, end) || saidOfSomebody(page, i, end) || plainPlace(page, i, end)) ||
            page.taken(i, end, rank::Shape)) {
            continue;
        }
        const bool surname = page.lexicon.isSurname(page.slice(i, end));
        page.add(i, end, Label::Municipality, surname ? kSurnameToo : kLikely, "gazetteer.residence",
                 surname ? rank::Guess : rank::Word);
    }
}

} // namespace kamei::detect::text::places
