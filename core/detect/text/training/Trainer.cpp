#include "core/detect/text/training/Trainer.h"

#include <algorithm>
#include <unordered_map>

namespace kamei::detect::text::training {
namespace {

constexpr int kEpochs = 8;
constexpr std::int32_t kScale = 32;      // weights are kept in parts of an update
constexpr std::uint32_t kRarest = 2;     // features of fewer documents (not counting variants) are left out
constexpr std::int32_t kSmallest = 12;   // smaller weights (of kScale) are left out
constexpr std::int32_t kMargin = 4;      // what a wrong state is given in training
constexpr std::int32_t kMissMargin = 4;  // what "outside" is given for a word of a span: misses harm more
constexpr std::uint32_t kBlindOfTen = 4; // lines of ten in which the rules' candidates are hidden

// A fixed sequence (Knuth's MMIX constants), the same everywhere.
class Sequence {
public:
    std::uint32_t next(std::uint32_t bound) {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((m_state >> 33U) % bound);
    }

private:
    std::uint64_t m_state = 20240415;
};

// A line with its features by number.
struct Line {
    std::vector<std::vector<std::uint32_t>> features;
    std::vector<std::uint8_t> states;
};

std::vector<std::uint32_t> featuresOf(const TagLine& words, std::size_t i) {
    std::vector<std::uint32_t> out;
    for (int offset = -2; offset <= 2; ++offset) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) + offset;
        if (at >= 0 && at < static_cast<std::ptrdiff_t>(words.size())) {
            wordFeatures(words[static_cast<std::size_t>(at)], offset, out);
        }
    }
    jointFeatures(words, i, out);
    return out;
}

// Weights with the sum of their history, from which the average over all steps follows.
struct Store {
    explicit Store(std::size_t features) : weights(features), history(features) {
        for (std::size_t state = 0; state < kStates; ++state) {
            for (std::size_t next = 0; next < kStates; ++next) {
                transitions[state][next] = mayFollow(state, next) ? 0 : kImpossible;
            }
        }
    }

    std::vector<Scores> weights;
    std::vector<std::array<std::int64_t, kStates>> history;
    SequenceModel::Transitions transitions{};
    std::array<std::array<std::int64_t, kStates>, kStates> transitionHistory{};
    std::int64_t step = 1;

    void change(std::uint32_t feature, std::size_t state, std::int32_t by) {
        weights[feature][state] += by;
        history[feature][state] += by * step;
    }
    void changeTransition(std::size_t from, std::size_t to, std::int32_t by) {
        transitions[from][to] += by;
        transitionHistory[from][to] += by * step;
    }
    [[nodiscard]] std::int32_t average(std::int64_t now, std::int64_t past) const {
        return static_cast<std::int32_t>((now * step - past) * kScale / step);
    }
};

// The averages of several courses, added up: the order of the lines leaves its mark on each of them, less on
// all of them together.
struct Sum {
    explicit Sum(std::size_t features) : weights(features) {}

    void add(const Store& store) {
        for (std::size_t k = 0; k < weights.size(); ++k) {
            for (std::size_t state = 0; state < kStates; ++state) {
                weights[k][state] += store.average(store.weights[k][state], store.history[k][state]);
            }
        }
        for (std::size_t state = 0; state < kStates; ++state) {
            for (std::size_t next = 0; next < kStates; ++next) {
                if (mayFollow(state, next)) {
                    transitions[state][next] +=
                        store.average(store.transitions[state][next], store.transitionHistory[state][next]);
                }
            }
        }
    }

    std::vector<Scores> weights;
    SequenceModel::Transitions transitions{};
};

void learn(const Line& line, Store& store) {
    std::vector<Scores> scores(line.states.size());
    for (std::size_t i = 0; i < line.states.size(); ++i) {
        scores[i].fill(kMargin);
        scores[i][kOutside] = line.states[i] == kOutside ? kMargin : kMissMargin;
        scores[i][line.states[i]] = 0;
        for (const std::uint32_t feature : line.features[i]) {
            const Scores& row = store.weights[feature];
            for (std::size_t k = 0; k < kStates; ++k) {
                scores[i][k] += row[k];
            }
        }
    }
    Decoded got;
    decode(scores, Steps(store.transitions), false, got);
    std::size_t before = kOutside;
    std::size_t beforeGot = kOutside;
    for (std::size_t i = 0; i < line.states.size(); ++i) {
        const std::size_t want = line.states[i];
        const std::size_t have = got.states[i];
        if (want != have) {
            for (const std::uint32_t feature : line.features[i]) {
                store.change(feature, want, 1);
                store.change(feature, have, -1);
            }
        }
        if (want != have || before != beforeGot) {
            store.changeTransition(before, want, 1);
            store.changeTransition(beforeGot, have, -1);
        }
        before = want;
        beforeGot = have;
    }
    ++store.step;
}

TagLine blinded(TagLine words) {
    for (TagWord& word : words) {
        word.rule = 0;
    }
    return words;
}

} // namespace

SequenceModel train(const std::vector<Document>& documents, const std::function<bool(const Document&)>& use,
                    std::vector<SequenceModel::Grade> grades, int courses) {
    Sequence sequence;
    std::vector<Line> lines;
    struct Seen {
        std::uint32_t documents = 0;
        const std::string* last = nullptr;
    };
    std::unordered_map<std::uint32_t, Seen> seen;
    for (const Document& document : documents) {
        if (!use(document)) {
            continue;
        }
        for (const Example& example : document.lines) {
            Line line{{}, example.states};
            const bool blind = sequence.next(10) < kBlindOfTen;
            const TagLine words = blind ? blinded(example.words) : example.words;
            for (std::size_t i = 0; i < words.size(); ++i) {
                line.features.push_back(featuresOf(words, i));
                for (const std::uint32_t feature : line.features.back()) {
                    Seen& count = seen[feature];
                    if (count.last == nullptr || *count.last != document.origin) {
                        count.last = &document.origin;
                        ++count.documents;
                    }
                }
            }
            lines.push_back(std::move(line));
        }
    }
    std::vector<std::uint32_t> names;
    for (const auto& [feature, count] : seen) {
        if (count.documents >= kRarest) {
            names.push_back(feature);
        }
    }
    std::sort(names.begin(), names.end());
    std::unordered_map<std::uint32_t, std::uint32_t> numbers;
    for (const std::uint32_t name : names) {
        numbers.emplace(name, static_cast<std::uint32_t>(numbers.size()));
    }
    for (Line& line : lines) {
        for (std::vector<std::uint32_t>& features : line.features) {
            std::vector<std::uint32_t> kept;
            for (const std::uint32_t feature : features) {
                if (const auto found = numbers.find(feature); found != numbers.end()) {
                    kept.push_back(found->second);
                }
            }
            features = std::move(kept);
        }
    }
    Sum sum(names.size());
    for (int course = 0; course < courses; ++course) {
        Store store(names.size());
        for (int epoch = 0; epoch < kEpochs; ++epoch) {
            for (std::size_t i = lines.size(); i > 1; --i) {
                std::swap(lines[i - 1], lines[sequence.next(static_cast<std::uint32_t>(i))]);
            }
            for (const Line& line : lines) {
                learn(line, store);
            }
        }
        sum.add(store);
    }
    std::vector<SequenceModel::Weight> weights;
    for (std::size_t k = 0; k < names.size(); ++k) {
        for (std::size_t state = 0; state < kStates; ++state) {
            const std::int32_t value = sum.weights[k][state] / courses;
            if (value >= kSmallest || value <= -kSmallest) {
                weights.push_back({names[k], static_cast<std::uint8_t>(state),
                                   static_cast<std::int16_t>(std::clamp(value, -32000, 32000))});
            }
        }
    }
    SequenceModel::Transitions transitions{};
    for (std::size_t state = 0; state < kStates; ++state) {
        for (std::size_t next = 0; next < kStates; ++next) {
            transitions[state][next] =
                mayFollow(state, next) ? sum.transitions[state][next] / courses : kImpossible;
        }
    }
    return {weights, transitions, std::move(grades)};
}

std::size_t foldOf(const Document& document, std::size_t folds) {
    std::uint32_t h = 7;
    for (const char c : document.origin) {
        h = h * 31 + static_cast<unsigned char>(c);
    }
    return h % folds;
}

std::vector<SequenceModel::Grade> gradeByFolds(const std::vector<Document>& documents, std::size_t folds) {
    std::vector<std::pair<std::int32_t, bool>> spans; // margin, right
    for (std::size_t fold = 0; fold < folds; ++fold) {
        const SequenceModel model = train(
            documents, [&](const Document& d) { return foldOf(d, folds) != fold; }, {}, 1);
        for (const Document& document : documents) {
            if (foldOf(document, folds) != fold) {
                continue;
            }
            for (const Example& line : document.lines) {
                std::vector<Scores> scores(line.words.size());
                for (std::size_t i = 0; i < line.words.size(); ++i) {
                    model.addTo(scores[i], featuresOf(line.words, i));
                    scores[i][kOutside] -= kEagerness;
                }
                Decoded got;
                decode(scores, model.steps(), true, got);
                for (std::size_t i = 0; i < line.words.size(); ++i) {
                    if (!isFirst(got.states[i])) {
                        continue;
                    }
                    std::int32_t margin = got.margins[i];
                    bool right = line.states[i] != kOutside;
                    bool ruled = line.words[i].rule != 0;
                    for (std::size_t k = i + 1; k < line.words.size() && got.states[k] == got.states[i] + 1;
                         ++k) {
                        margin = std::min(margin, got.margins[k]);
                        right = right && line.states[k] != kOutside;
                        ruled = ruled || line.words[k].rule != 0;
                    }
                    if (!ruled) {
                        spans.emplace_back(margin, right);
                    }
                }
            }
        }
    }
    // Ten groups of equal size, shares made to rise with the margin.
    std::sort(spans.begin(), spans.end());
    std::vector<SequenceModel::Grade> out;
    constexpr std::size_t kGroups = 10;
    std::uint16_t floor = 100;
    for (std::size_t group = 0; group < kGroups && !spans.empty(); ++group) {
        const std::size_t first = spans.size() * group / kGroups;
        const std::size_t last = spans.size() * (group + 1) / kGroups;
        std::size_t right = 0;
        for (std::size_t k = first; k < last; ++k) {
            right += spans[k].second ? 1 : 0;
        }
        const auto share = static_cast<std::uint16_t>(1000 * right / std::max<std::size_t>(1, last - first));
        floor = std::max<std::uint16_t>(floor, std::min<std::uint16_t>(share, 970));
        out.push_back({group == 0 ? kImpossible : spans[first].first, floor});
    }
    return out;
}

} // namespace kamei::detect::text::training
