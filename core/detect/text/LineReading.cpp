#include <algorithm>
#include <array>

#include "core/detect/text/Tagging.h"

namespace kamei::detect::text {
namespace {

constexpr int kReach = 2;                  // neighbours whose features count for a word
constexpr std::size_t kMostCached = 16384; // words whose scores are kept while a page is read
constexpr std::int32_t kSure = 1200;       // leads of "outside" that neighbours do not change
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

    const Row& of(const TagWord& word) {
        // Head and tail follow from the surface, so that the key says all that wordFeatures() uses.
        const Key key{word.surface, word.shape, word.cue, word.rule};
        const std::size_t set = setOf(key);
        for (std::size_t way = 0; way < kWays; ++way) {
            if (m_keys[set + way] == key) {
                if (m_next[set / kWays] == way) {
                    m_next[set / kWays] = following(way); // what is used stays
                }
                return m_rows[set + way];
            }
        }
        const std::size_t place = set + m_next[set / kWays];
        m_next[set / kWays] = following(m_next[set / kWays]);
        m_keys[place] = key;
        Row& row = m_rows[place];
        for (int offset = -kReach; offset <= kReach; ++offset) {
            m_features.clear();
            wordFeatures(word, offset, m_features);
            Scores scores{};
            m_model->addTo(scores, m_features);
            std::transform(scores.begin(), scores.end(),
                           row[static_cast<std::size_t>(offset + kReach)].begin(), [](std::int32_t score) {
                               return static_cast<std::int16_t>(std::clamp(score, -32767, 32767));
                           });
        }
        return row;
    }

private:
    using Key = std::array<std::uint32_t, 4>;

    WordScores() = default;

    void clear() {
        m_keys.assign(kMostCached, Key{});
        m_rows.resize(kMostCached);
        m_next.assign(kMostCached / kWays, 0);
    }

    /// The first of the places in which a word may stand.
    static std::size_t setOf(const Key& key) {
        std::uint64_t h = 0;
        for (const std::uint32_t part : key) {
            h = (h ^ part) * 0x9E3779B97F4A7C15ULL;
            h ^= h >> 29U;
        }
        return static_cast<std::size_t>(h >> 8U) % kMostCached / kWays * kWays;
    }

    static constexpr std::size_t kWays = 4;
    static std::uint8_t following(std::size_t way) { return static_cast<std::uint8_t>((way + 1) % kWays); }

    const SequenceModel* m_model = nullptr;
    std::uint64_t m_number = 0;
    std::vector<Key> m_keys; ///< all zeros: free; a word's surface is a hash of at least one character
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
    std::int32_t best = scores[1];
    for (std::size_t k = 2; k < kStates; ++k) {
        best = std::max(best, scores[k]);
    }
    return scores[kOutside] - best;
}

// Buffers of a thread, so that lines need no memory of their own.
struct Work {
    std::vector<Scores> scores;
    std::vector<std::int32_t> leads;
    std::vector<std::uint32_t> features;
    Decoded part;
    Decoded line;
};

void scoreLine(const TagLine& line, WordScores& words, const SequenceModel& model, Work& work) {
    std::vector<Scores>& out = work.scores;
    out.assign(line.size(), Scores{});
    work.leads.resize(line.size());
    // Rows are asked for two words ahead, so that they have come from memory when they are added. A row
    // outlives two further look-ups: what was used last is the last of its set to go.
    constexpr std::size_t kAhead = 2;
    std::array<const WordScores::Row*, kAhead + 1> rows{};
    for (std::size_t ask = 0; ask < line.size() + kAhead; ++ask) {
        if (ask < line.size()) {
            const WordScores::Row* const row = &words.of(line[ask]);
            for (const auto& part : *row) {
                __builtin_prefetch(part.data());
            }
            rows[ask % rows.size()] = row;
        }
        if (ask < kAhead) {
            continue;
        }
        const std::size_t i = ask - kAhead;
        const WordScores::Row& row = *rows[i % rows.size()];
        for (int offset = -kReach; offset <= kReach; ++offset) {
            // The word at i is the neighbour at `offset` of the word at i - offset.
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) - offset;
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(line.size())) {
                addAll(out[static_cast<std::size_t>(at)], row[static_cast<std::size_t>(offset + kReach)]);
            }
        }
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
        work.leads[i] = lead(out[i]);
        if (work.leads[i] > kSure) {
            continue; // no neighbours could change it
        }
        work.features.clear();
        jointFeatures(line, i, work.features);
        model.addTo(out[i], work.features);
        out[i][kOutside] -= kEagerness;
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

const Decoded* readLine(const TagLine& line, const SequenceModel& model) {
    thread_local Work work;
    scoreLine(line, WordScores::forThread(model), model, work);
    return decodeOpen(model, work) ? &work.line : nullptr;
}

} // namespace kamei::detect::text
