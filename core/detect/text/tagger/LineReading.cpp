#include <algorithm>
#include <array>

#include "core/detect/text/tagger/Tagging.h"
#include "core/detect/text/tagger/Wide.h"

namespace kamei::detect::text::tagger {
namespace {

constexpr int kReach = 2;                  // neighbours whose features count for a word
constexpr std::size_t kMostCached = 32768; // words whose scores are kept while a page is read
constexpr std::int32_t kSure = 600;        // leads of "outside" over the eagerness that nothing changes
constexpr std::int32_t kClosed = 500;      // leads of "outside" that no transition makes up for

// What a word gives to itself and its neighbours, computed once for each different word of a page.
class WordScores {
public:
    /// The scores of a thread, kept from text to text while the model is the same one.
    static WordScores& forThread(const SequenceModel& model) {
        thread_local WordScores words;
        if (words.m_number != model.number()) {
            words.clear();
            words.m_number = model.number();
        }
        words.m_model = &model;
        return words;
    }

    /// Of 16 bits: what lies beyond them decides no less, and twice as many rows stay near the processor.
    using Row = std::array<std::array<std::int16_t, kLanes>, 2 * kReach + 1>;

    /// Where the scores of a word stand if they are there.
    struct Place {
        // Head and tail follow from the surface, so that the key says all that wordFeatures() uses.
        struct Key {
            std::uint32_t surface = 0; ///< 0: free, as it is a hash of at least one character
            std::uint32_t shape = 0;
            std::uint32_t cue = 0;
            std::uint32_t rule = 0;
            bool operator==(const Key&) const = default;
        };
        Key key;
        std::size_t set = 0;
    };

    /// Asks memory for the keys among which the word's must be.
    Place placeOf(const TagWord& word) const {
        const Place::Key key{word.surface, word.shape, word.cue, word.rule};
        std::uint64_t h = 0;
        for (const std::uint32_t part : {key.surface, key.shape, key.cue, key.rule}) {
            h = (h ^ part) * 0x9E3779B97F4A7C15ULL;
            h ^= h >> 29U;
        }
        const std::size_t set = (h >> 8U) % (kMostCached / kWays);
        __builtin_prefetch(&m_sets[set]);
        return {key, set};
    }

    /// Valid until the next call.
    const Row& of(const TagWord& word, const Place& place) {
        Set& set = m_sets[place.set];
        Row* const rows = &m_rows[place.set * kWays];
        for (std::size_t way = 0; way < kWays; ++way) {
            if (set.keys[way] == place.key) {
                if (m_next[place.set] == way) {
                    m_next[place.set] = following(way); // what is used stays
                }
                return rows[way];
            }
        }
        const std::size_t way = m_next[place.set];
        m_next[place.set] = following(way);
        set.keys[way] = place.key;
        std::array<Scores, 2 * kReach + 1> sums{};
        SequenceModel::Adding adding(*m_model);
        for (int offset = -kReach; offset <= kReach; ++offset) {
            m_features.clear();
            wordFeatures(word, offset, m_features);
            adding.add(sums[static_cast<std::size_t>(offset + kReach)], m_features);
        }
        adding.finish();
        Row& row = rows[way];
        for (std::size_t k = 0; k < row.size(); ++k) {
            std::transform(sums[k].begin(), sums[k].end(), row[k].begin(), [](std::int32_t score) {
                return static_cast<std::int16_t>(std::clamp(score, -32767, 32767));
            });
        }
        return row;
    }

private:
    static constexpr std::size_t kWays = 4;
    struct alignas(64) Set { // one line of the processor's cache
        std::array<Place::Key, kWays> keys;
    };

    WordScores() = default;

    void clear() {
        m_sets.assign(kMostCached / kWays, Set{});
        m_rows.resize(kMostCached);
        m_next.assign(kMostCached / kWays, 0);
    }

    static std::uint8_t following(std::size_t way) { return static_cast<std::uint8_t>((way + 1) % kWays); }

    const SequenceModel* m_model = nullptr;
    std::uint64_t m_number = 0;
    std::vector<Set> m_sets;
    std::vector<Row> m_rows;
    std::vector<std::uint8_t> m_next; ///< of each set: the place that the next new word takes
    std::vector<std::uint32_t> m_features;
};

void addAll(Scores& to, const std::array<std::int16_t, kLanes>& from) {
    for (std::size_t k = 0; k < kLanes; ++k) {
        to[k] += from[k];
    }
}

// By how much "outside" beats every other state.
std::int32_t lead(const Scores& scores) {
    // Eight states at once, as processors like it; the last eight overlap with those before, which does no
    // harm.
    constexpr std::size_t kAtOnce = 8;
    static_assert(kStates >= 9 + kAtOnce && kStates <= 1 + 4 * kAtOnce);
    std::array<std::int32_t, kAtOnce> best{};
    std::copy_n(scores.begin() + 1, kAtOnce, best.begin());
    for (const std::size_t from : {std::size_t{9}, std::size_t{17}, kStates - kAtOnce}) {
        for (std::size_t k = 0; k < kAtOnce; ++k) {
            best[k] = std::max(best[k], scores[from + k]);
        }
    }
    return scores[kOutside] - *std::max_element(best.begin(), best.end());
}

// Buffers of a thread, so that lines need no memory of their own.
struct Work {
    std::vector<WordScores::Place> places;
    std::vector<Scores> scores;
    std::vector<std::int32_t> leads;
    std::vector<std::size_t> undecided; ///< words whose neighbours are asked together
    std::vector<std::uint32_t> features;
    Decoded part;
    Decoded line;
};

void scoreLine(const TagLine& line, WordScores& words, const SequenceModel& model, std::int32_t eagerness,
               Work& work) {
    std::vector<Scores>& out = work.scores;
    out.assign(line.size(), Scores{});
    work.leads.resize(line.size());
    // Keys and then rows are asked for some words ahead, so that they have come from memory when they are
    // added.
    constexpr std::size_t kAhead = 4;
    work.places.resize(line.size());
    for (std::size_t ask = 0; ask < line.size() + 2 * kAhead; ++ask) {
        if (ask < line.size()) {
            work.places[ask] = words.placeOf(line[ask]);
        }
        if (const std::size_t next = ask - kAhead; ask >= kAhead && next < line.size()) {
            for (const auto& part : words.of(line[next], work.places[next])) {
                __builtin_prefetch(part.data());
            }
        }
        if (ask < 2 * kAhead) {
            continue;
        }
        const std::size_t i = ask - 2 * kAhead;
        const WordScores::Row& row = words.of(line[i], work.places[i]);
        for (int offset = -kReach; offset <= kReach; ++offset) {
            // The word at i is the neighbour at `offset` of the word at i - offset.
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) - offset;
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(line.size())) {
                addAll(out[static_cast<std::size_t>(at)], row[static_cast<std::size_t>(offset + kReach)]);
            }
        }
    }
    work.undecided.clear();
    SequenceModel::Adding adding(model);
    for (std::size_t i = 0; i < line.size(); ++i) {
        work.leads[i] = lead(out[i]);
        if (work.leads[i] > eagerness + kSure) {
            continue; // no neighbours could change it
        }
        work.features.clear();
        jointFeatures(line, i, work.features);
        adding.add(out[i], work.features);
        work.undecided.push_back(i);
    }
    adding.finish();
    for (const std::size_t i : work.undecided) {
        out[i][kOutside] -= eagerness;
        work.leads[i] = lead(out[i]);
    }
}

// Decodes only around the words that may be something; the others are outside. False when none is.
bool decodeOpen(const SequenceModel& model, Work& work) {
    const std::vector<Scores>& scores = work.scores;
    Decoded& out = work.line;
    out.states.assign(scores.size(), kOutside);
    out.margins.assign(scores.size(), 0);
    const auto open = [&](std::size_t i) { return work.leads[i] <= kClosed; };
    bool any = false;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!open(i)) {
            continue;
        }
        any = true;
        const std::size_t first = i > 0 ? i - 1 : i;
        std::size_t end = i + 1;
        while (end < scores.size() && (open(end) || open(end - 1))) {
            ++end;
        }
        decode(std::span(scores).subspan(first, end - first), model.steps(), true, work.part);
        std::copy(work.part.states.begin(), work.part.states.end(),
                  out.states.begin() + static_cast<std::ptrdiff_t>(first));
        std::copy(work.part.margins.begin(), work.part.margins.end(),
                  out.margins.begin() + static_cast<std::ptrdiff_t>(first));
        i = end - 1;
    }
    return any;
}

} // namespace

const Decoded* readLine(const TagLine& line, const SequenceModel& model, std::int32_t eagerness) {
    thread_local Work work;
    Work& room = work;
    WordScores& words = WordScores::forThread(model);
    runWidest([&] { scoreLine(line, words, model, eagerness, room); });
    return decodeOpen(model, work) ? &work.line : nullptr;
}

} // namespace kamei::detect::text::tagger
