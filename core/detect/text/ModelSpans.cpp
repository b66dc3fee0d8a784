#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/detect/text/Tagging.h"

namespace kamei::detect::text {
namespace {

constexpr int kReach = 2;                 // neighbours whose features count for a word
constexpr std::size_t kMostCached = 8192; // words whose scores are kept while a page is read
constexpr std::int32_t kSure = 1200;      // leads of "outside" that neighbours do not change
constexpr std::int32_t kClosed = 500;     // leads of "outside" that no transition makes up for

enum class Group { Name, Organisation, Place, Other };

Group groupOf(Label label) {
    return label <= Label::OtherName                                  ? Group::Name
           : label == Label::Facility || label == Label::Organization ? Group::Organisation
           : label == Label::Address || label == Label::Municipality  ? Group::Place
                                                                      : Group::Other;
}

std::string_view sourceOf(Label label) {
    switch (groupOf(label)) {
    case Group::Name:
        return "model.name";
    case Group::Organisation:
        return "model.organisation";
    case Group::Place:
        return "model.place";
    default:
        return "model.other";
    }
}

// What a word gives to itself and its neighbours, computed once for each different word of a page.
class WordScores {
public:
    /// The scores of a thread, kept from text to text while the model is the same one.
    static WordScores& forThread(const SequenceModel& model) {
        thread_local WordScores words;
        if (words.m_number != model.number()) {
            words.m_rows.clear();
            words.m_places.clear();
            words.m_number = model.number();
        }
        words.m_model = &model;
        return words;
    }

    using Row = std::array<Scores, 2 * kReach + 1>;

    const Row& of(const TagWord& word) {
        // Head and tail follow from the surface, so that the key says all that wordFeatures() uses.
        const Key key{word.surface, word.shape, word.cue, word.rule};
        const auto found = m_places.find(key);
        if (found != m_places.end()) {
            return m_rows[found->second];
        }
        if (m_rows.size() >= kMostCached) {
            m_rows.clear();
            m_places.clear();
        }
        m_places.emplace(key, m_rows.size());
        Row& row = m_rows.emplace_back();
        for (int offset = -kReach; offset <= kReach; ++offset) {
            m_features.clear();
            wordFeatures(word, offset, m_features);
            Scores& scores = row[static_cast<std::size_t>(offset + kReach)];
            for (const std::uint32_t feature : m_features) {
                m_model->addTo(scores, feature);
            }
        }
        return row;
    }

private:
    using Key = std::array<std::uint32_t, 4>;
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            std::uint64_t h = 0;
            for (const std::uint32_t part : key) {
                h = (h ^ part) * 0x9E3779B97F4A7C15ULL;
                h ^= h >> 29U;
            }
            return h;
        }
    };

    WordScores() = default;

    const SequenceModel* m_model = nullptr;
    std::uint64_t m_number = 0;
    std::unordered_map<Key, std::size_t, KeyHash> m_places;
    std::vector<Row> m_rows;
    std::vector<std::uint32_t> m_features;
};

void addAll(Scores& to, const Scores& from) {
    for (std::size_t k = 0; k < kStates; ++k) {
        to[k] += from[k];
    }
}

// By how much "outside" beats every other state.
std::int32_t lead(const Scores& scores) {
    return scores[kOutside] - *std::max_element(scores.begin() + 1, scores.end());
}

std::vector<Scores> scoresOf(const TagLine& line, WordScores& words, const SequenceModel& model,
                             std::vector<std::uint32_t>& features) {
    std::vector<Scores> out(line.size());
    for (std::size_t i = 0; i < line.size(); ++i) {
        const WordScores::Row& row = words.of(line[i]);
        for (int offset = -kReach; offset <= kReach; ++offset) {
            // The word at i is the neighbour at `offset` of the word at i - offset.
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) - offset;
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(line.size())) {
                addAll(out[static_cast<std::size_t>(at)], row[static_cast<std::size_t>(offset + kReach)]);
            }
        }
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (lead(out[i]) > kSure) {
            continue; // no neighbours could change it
        }
        features.clear();
        jointFeatures(line, i, features);
        for (const std::uint32_t feature : features) {
            model.addTo(out[i], feature);
        }
    }
    return out;
}

// Decodes only around the words that may be something; the others are outside.
Decoded decodeOpen(const std::vector<Scores>& scores, const SequenceModel& model) {
    Decoded out;
    out.states.resize(scores.size(), kOutside);
    out.margins.resize(scores.size(), 0);
    const auto open = [&](std::size_t i) { return lead(scores[i]) <= kClosed; };
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!open(i)) {
            continue;
        }
        const std::size_t first = i > 0 ? i - 1 : i;
        std::size_t end = i + 1;
        while (end < scores.size() && (open(end) || open(end - 1))) {
            ++end;
        }
        const Decoded part = decode(std::span(scores).subspan(first, end - first), model.transitions(), true);
        std::copy(part.states.begin(), part.states.end(),
                  out.states.begin() + static_cast<std::ptrdiff_t>(first));
        std::copy(part.margins.begin(), part.margins.end(),
                  out.margins.begin() + static_cast<std::ptrdiff_t>(first));
        i = end - 1;
    }
    return out;
}

// Lines without letters of a name need no look: tables of numbers.
bool worthReading(const Page& page, const TagLine& line) {
    return std::any_of(line.begin(), line.end(), [&](const TagWord& word) {
        const char32_t c = page.at(word.start);
        return japanese::isKanji(c) || japanese::isKatakana(c) || japanese::isHiragana(c) ||
               japanese::isUpper(c);
    });
}

// Dates and ages have forms of their own, which rules read better: the model only tells them from other
// things.
bool leftToRules(Label label) {
    return label == Label::Date || label == Label::Age || label == Label::Municipality;
}

constexpr double kLeast = 0.30;     // what is less likely is not shown
constexpr double kLeastAlone = 0.8; // the same where the rules found nobody: case reports, tables

// Whether the rules found anything of a person: names, places of care, numbers; not dates, ages and sexes.
bool aboutSomebody(const std::vector<Candidate>& chosen) {
    return std::any_of(chosen.begin(), chosen.end(), [](const Candidate& c) {
        return c.rank >= rank::Shape && c.label != Label::Date && c.label != Label::Age &&
               c.label != Label::Sex && c.label != Label::Occupation && c.label != Label::Municipality;
    });
}

bool isPlainPos(Pos pos) {
    return pos == Pos::Noun || pos == Pos::ActionNoun || pos == Pos::Adverbial || pos == Pos::Other ||
           pos == Pos::Particle || pos == Pos::Adjective || pos == Pos::Verb || pos == Pos::Auxiliary;
}

// 社会的, 電子的方式: known words none of which names anybody, and one of them longer than a character.
bool plainRun(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view text = page.slice(start, end);
    bool word = false;
    for (std::size_t i = start; i < end;) {
        const Morpheme* const part = page.morphemeAt(i);
        if (part == nullptr || part->unknown || !(isPlainPos(part->pos) || part->pos == Pos::Suffix)) {
            return false;
        }
        word = word || (part->end - part->start > 1 && isPlainPos(part->pos));
        i = part->end;
    }
    return word && !page.lexicon.isSurname(text) && !page.lexicon.isGiven(text);
}

// An ordinary word by the dictionary, in no list of names: the model must be surer of it.
bool plainWord(const Page& page, std::size_t start, std::size_t end) {
    const Morpheme* const word = page.morphemeAt(start);
    const bool whole = word != nullptr && word->start <= start && word->end >= end && !word->unknown;
    const std::u32string_view text = page.slice(start, end);
    if (!whole) {
        return plainRun(page, start, end);
    }
    return word->pos != Pos::Person && word->pos != Pos::Surname && word->pos != Pos::Given &&
           word->pos != Pos::Place && word->pos != Pos::ProperNoun && word->pos != Pos::Organisation &&
           page.lexicon.bearers(text) == 0 && !page.lexicon.isGiven(text);
}

// Marks and, in names, digits do not stand inside.
bool possible(const Page& page, std::size_t start, std::size_t end, Label label) {
    const std::u32string_view text = page.slice(start, end);
    const bool name = groupOf(label) == Group::Name;
    const bool organisation = groupOf(label) == Group::Organisation;
    // 【整形外科] 再診, 御中　　　呼吸器内科: headings; JAN 4900000000000: what number it is stands there.
    if (organisation && (text.find_first_of(U"【】[]「」#") != text.npos || text.find(U"  ") != text.npos)) {
        return false;
    }
    if (groupOf(label) == Group::Other &&
        (page.cueFrom(start, kind::Decoy) != nullptr || page.labelBefore(start, kind::Decoy) != nullptr)) {
        return false;
    }
    return std::none_of(text.begin(), text.end(), [name](char32_t c) {
        return japanese::isLineEnd(c) || c == U'。' || c == U'、' || c == U',' || c == U':' ||
               (name && (japanese::isDigit(c) || (isStop(c) && c != U'・')));
    });
}

// Whether a name stands alone: no kanji beside it but words of the list or, behind it, a whole word.
bool standsAlone(const Page& page, std::size_t start, std::size_t end) {
    using japanese::isKanji;
    const bool left =
        !isKanji(page.before(start)) || !isKanji(page.at(start)) || page.cueTo(start, ~0ULL) != nullptr;
    const Morpheme* const next = page.morphemeAt(end);
    const bool word = next != nullptr && next->start == end && next->pos == Pos::ActionNoun;
    const bool right = !isKanji(page.at(end)) || page.cueFrom(end, ~0ULL) != nullptr || word;
    return left && right;
}

// Whether a word that leads to names or follows them stands beside it.
bool hasCue(const Page& page, std::size_t start, std::size_t end) {
    return page.cueFrom(page.skipBlanks(end), kind::NameEnd) != nullptr ||
           page.labelBefore(start, kind::NameCue) != nullptr;
}

// Words in katakana that nothing says to be a name are mostly drugs, devices and methods.
bool borrowedWord(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view text = page.slice(start, end);
    const bool whole =
        std::none_of(text.begin(), text.end(), [](char32_t c) { return c == U'・' || c == U' '; });
    return whole && std::any_of(text.begin(), text.end(), japanese::isKatakana) &&
           !hasCue(page, start, end) && page.lexicon.bearers(text) == 0 && !page.lexicon.isGiven(text);
}

// What bears a name and is none: 原田スコア, 山口分類, 川平法.
bool namesAThing(const Page& page, std::size_t end) {
    constexpr std::array<std::u32string_view, 22> kThings{
        U"分類", U"スコア", U"式",     U"法",   U"徴候",   U"症候群", U"病",   U"靱帯",
        U"反射", U"試験",   U"テスト", U"基準", U"鉗子",   U"現象",   U"結節", U"斑",
        U"反応", U"三角",   U"手術",   U"療法", U"ギルフ", U"クレペ"};
    // 木村・竹本分類: the thing is named for both.
    std::size_t thing = end;
    if (page.at(end) == U'・' || page.at(end) == U'-' || page.at(end) == U'–') {
        for (++thing; japanese::isKanji(page.at(thing)) && thing - end < 6; ++thing) {
            if (std::any_of(kThings.begin(), kThings.end(),
                            [&](std::u32string_view word) { return page.startsWith(thing, word); })) {
                return true;
            }
        }
        return false;
    }
    return std::any_of(kThings.begin(), kThings.end(),
                       [&](std::u32string_view word) { return page.startsWith(end, word); });
}

// What stands alone in recordings, between times: events, and no names.
bool namesAnEvent(const Page& page, std::size_t start, std::size_t end) {
    constexpr std::array<std::u32string_view, 8> kEvents{U"閉眼", U"開眼", U"瞬目",   U"体動",
                                                         U"入眠", U"覚醒", U"過換気", U"光刺激"};
    return std::find(kEvents.begin(), kEvents.end(), page.slice(start, end)) != kEvents.end();
}

// Whether the edges of a span lie within a run of katakana or of Latin letters.
bool cutsWord(const Page& page, std::size_t start, std::size_t end) {
    const auto joined = [](char32_t a, char32_t b) {
        return (japanese::isKatakana(a) && japanese::isKatakana(b)) ||
               (japanese::isLatin(a) && japanese::isLatin(b));
    };
    return joined(page.before(start), page.at(start)) || joined(page.before(end), page.at(end));
}

// の附属病院, における情報通信: a name of an organisation begins with no particle and no ending.
bool beginsWithin(const Page& page, std::size_t start) {
    const Morpheme* const word = page.morphemeAt(start);
    return word != nullptr && !word->unknown && japanese::isHiragana(page.at(start)) &&
           (word->pos == Pos::Particle || word->pos == Pos::Auxiliary || word->pos == Pos::Verb) &&
           (word->start < start || start > 0) && !isStop(page.before(start)) &&
           !japanese::isSpace(page.before(start));
}

// Adds a span of the model: alone where the rules found nothing, or over weaker candidates inside it.
void offer(Page& page, const std::vector<Candidate>& chosen, std::size_t start, std::size_t end, Label label,
           double confidence, double least) {
    if (groupOf(label) == Group::Name) {
        confidence *= plainWord(page, start, end) ? 0.5 : 1.0;
        confidence *= standsAlone(page, start, end) ? 1.0 : 0.6;
        confidence *= end - start > 1 || hasCue(page, start, end) ? 1.0 : 0.6;
        confidence *= borrowedWord(page, start, end) ? 0.4 : 1.0;
        // Every word of English may begin with a capital, and DICOM writes all of them in capitals.
        confidence *= japanese::isLatin(page.at(start)) ? 0.5 : 1.0;
    }
    if (groupOf(label) == Group::Name &&
        (namesAThing(page, end) || cutsWord(page, start, end) || namesAnEvent(page, start, end))) {
        return;
    }
    if (groupOf(label) == Group::Organisation) {
        if (namesAThing(page, end) || beginsWithin(page, start)) {
            return;
        }
        confidence *= plainRun(page, start, end) ? 0.6 : 1.0;
    }
    if (confidence < least || !possible(page, start, end, label)) {
        return;
    }
    int rank = rank::Model;
    auto near = std::lower_bound(chosen.begin(), chosen.end(), start,
                                 [](const Candidate& c, std::size_t at) { return c.end <= at; });
    for (; near != chosen.end() && near->start < end; ++near) {
        const bool inside = near->start >= start && near->end <= end &&
                            near->end - near->start < end - start && near->rank < rank::Contact &&
                            groupOf(near->label) == groupOf(label);
        if (!inside || confidence < 0.7) {
            return;
        }
        rank = std::max(rank, near->rank);
    }
    page.add(start, end, label, confidence, sourceOf(label), rank);
}

} // namespace

void findByModel(Page& page, const SequenceModel& model) {
    if (page.morphemes.empty()) {
        return;
    }
    const std::vector<Candidate> chosen = resolve(page);
    WordScores& words = WordScores::forThread(model);
    std::vector<std::uint32_t> features;
    const double least = aboutSomebody(chosen) ? kLeast : kLeastAlone;
    for (const TagLine& line : tagLines(page, chosen)) {
        if (!worthReading(page, line)) {
            continue;
        }
        const Decoded decoded = decodeOpen(scoresOf(line, words, model, features), model);
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::size_t state = decoded.states[i];
            if (!isFirst(state) || leftToRules(kModelLabels[labelOfState(state)])) {
                continue;
            }
            std::size_t last = i;
            std::int32_t margin = decoded.margins[i];
            while (last + 1 < line.size() && decoded.states[last + 1] == state + 1) {
                ++last;
                margin = std::min(margin, decoded.margins[last]);
            }
            offer(page, chosen, line[i].start, line[last].end, kModelLabels[labelOfState(state)],
                  model.confidence(margin), least);
        }
    }
}

} // namespace kamei::detect::text
