#include <algorithm>
#include <unordered_map>

#include "core/detect/text/Mentions.h"
#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;
using namespace names;

constexpr double kGoodReason = 0.7;

// ひびき野病院 -> ひびき野: a facility is spoken of without its suffix too. Empty where the rest is no name.
std::u32string_view stemOf(const Page& page, const Candidate& c) {
    const std::u32string_view text = page.slice(c.start, c.end);
    const Cue* suffix = page.cueTo(c.end, kind::FacilitySuffix);
    std::size_t end = c.end;
    while (suffix != nullptr && suffix->start > c.start) {
        end = suffix->start;
        suffix = page.cueTo(end, kind::FacilitySuffix);
    }
    if (end == c.end || end - c.start < 3 || text.find(U' ') != std::u32string_view::npos) {
        return {};
    }
    const std::u32string_view stem = page.slice(c.start, end);
    const Morpheme* const word = page.morphemeAt(c.start);
    const bool plain = word != nullptr && word->start == c.start && word->end >= end && !word->unknown;
    const bool place = page.lexicon.shortPlaces().longest(stem, 0).length == stem.size() ||
                       page.lexicon.places().longest(stem, 0).length == stem.size();
    return plain || place || page.lexicon.isSurname(stem) || page.lexicon.isGiven(stem) ||
                   page.lexicon.is(stem, ~0ULL) || page.lexicon.isTerm(stem, ~0ULL)
               ? std::u32string_view()
               : stem;
}

} // namespace

void Mentions::add(std::u32string_view text, Label label, bool part) {
    if (text.size() < 2 || m_texts.contains(text)) {
        return;
    }
    m_texts.emplace(text);
    if (m_all.size() < kMost) {
        m_all.push_back({std::u32string(text), label, part});
        return;
    }
    Mention& oldest = m_all[m_oldest];
    m_texts.erase(oldest.text);
    oldest = {std::u32string(text), label, part};
    m_oldest = m_oldest + 1 < kMost ? m_oldest + 1 : kMost / 2;
}

void collectMentions(const Page& page, Mentions& mentions) {
    for (const Candidate& c : page.found) {
        const std::u32string_view text = page.slice(c.start, c.end);
        // What is said of facilities alone says enough: オアシス施設長, later オアシスへ.
        if (c.source == "rule.facility-spoken-of" && text.size() > 2) {
            mentions.add(text, c.label, true);
        }
        if (c.confidence < kGoodReason || c.rank < rank::Word) {
            continue;
        }
        if (c.label == Label::Facility || c.label == Label::Organization) {
            mentions.add(text, c.label, false);
            if (const std::u32string_view stem = stemOf(page, c); !stem.empty()) {
                mentions.add(stem, c.label, true);
            }
        }
        if (c.label > Label::OtherName || std::any_of(text.begin(), text.end(), isLineEnd)) {
            continue;
        }
        mentions.add(text, c.label, false);
        const std::size_t blank = text.find(U' ');
        if (blank != std::u32string_view::npos && isKanji(text.front())) {
            std::u32string joined(text);
            joined.erase(blank, 1);
            mentions.add(joined, c.label, false);
            mentions.add(text.substr(0, blank), c.label, true);
        }
    }
}

namespace {

// 忠氏 is the son whom 三男忠 named before: an honorific alone does not say who somebody is.
void relabel(Page& page) {
    std::unordered_map<std::u32string, Label> said;
    for (const Candidate& c : page.found) {
        if (c.label <= Label::OtherName && (c.source.starts_with("cue.") || c.source.starts_with("known.")) &&
            c.confidence >= 0.7) {
            said.emplace(std::u32string(page.slice(c.start, c.end)), c.label);
        }
    }
    for (Candidate& c : page.found) {
        if (c.label == Label::OtherName && c.source == "title.honorific") {
            const auto found = said.find(std::u32string(page.slice(c.start, c.end)));
            c.label = found == said.end() ? c.label : found->second;
        }
    }
    // 三上 悟様 is the patient of whom only 三上 is known.
    for (Candidate& c : page.found) {
        if (c.label != Label::OtherName ||
            (c.source != "title.honorific" && c.source != "gazetteer.full-name")) {
            continue;
        }
        const auto same = std::find_if(page.found.begin(), page.found.end(), [&](const Candidate& k) {
            return k.rank == rank::Lone && k.start == c.start && k.end < c.end;
        });
        c.label = same == page.found.end() ? c.label : same->label;
    }
}

} // namespace

void spreadMentions(Page& page, const Mentions& list) {
    relabel(page);
    const std::vector<Mention>& mentions = list.all();
    if (mentions.empty()) {
        return;
    }
    const NameParser parser(page);
    PhraseTrie trie = PhraseTrie::ofText();
    for (std::size_t k = 0; k < mentions.size(); ++k) {
        trie.add(mentions[k].text, 1, static_cast<std::uint32_t>(k));
    }
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const PhraseTrie::Match match = trie.longest(page.text, i);
        if (match.length == 0) {
            continue;
        }
        const Mention& mention = mentions[match.value];
        const std::size_t end = i + match.length;
        if (page.taken(i, end, rank::Shape)) {
            i = end - 1;
            continue;
        }
        const bool name = mention.label <= Label::OtherName;
        const bool left = parser.beginsHere(i) || page.wordStarts(i) ||
                          (isHiragana(page.before(i)) && isKanji(page.text[i]));
        if (name &&
            (!left || !parser.endsHere(end) || page.cueFrom(i, kind::Eponym | kind::NotName) != nullptr)) {
            continue;
        }
        page.add(i, end, mention.label, mention.part ? 0.6 : 0.8, "document.repeat", rank::Shape);
        i = end - 1;
    }
}

} // namespace kamei::detect::text
