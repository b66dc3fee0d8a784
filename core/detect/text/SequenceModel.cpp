#include "core/detect/text/SequenceModel.h"

#include <algorithm>
#include <atomic>
#include <bit>

namespace kamei::detect::text {
namespace {

constexpr std::string_view kMagic = "kamei text tagger 1\n";
constexpr std::size_t kMostWeights = 4'000'000;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xFFU);
    }
}

// Reads little-endian numbers; what lies beyond the end is noted, not read.
struct Reader {
    std::string_view rest;
    bool whole = true;

    std::uint64_t take(std::size_t bytes) {
        if (rest.size() < bytes) {
            whole = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[i])) << (8 * i);
        }
        rest.remove_prefix(bytes);
        return value;
    }
};

// The label set by name: a model of another set must not be read with this one's numbers.
std::string labelLine() {
    std::string out;
    for (const Label label : kModelLabels) {
        out += labelWord(label);
        out += ' ';
    }
    out.back() = '\n';
    return out;
}

std::size_t home(std::uint32_t feature, std::size_t mask) {
    return (feature * 0x9E3779B1U >> 7) & mask;
}

} // namespace

SequenceModel::SequenceModel(const std::vector<Weight>& weights, const Transitions& transitions,
                             std::vector<Grade> grades)
    : m_transitions(transitions), m_grades(std::move(grades)) {
    static std::atomic<std::uint64_t> made{0};
    m_number = ++made;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        m_used += i == 0 || weights[i].feature != weights[i - 1].feature ? 1 : 0;
    }
    m_slots.resize(std::bit_ceil(m_used * 2 + 2));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < weights.size();) {
        std::size_t end = i;
        while (end < weights.size() && weights[end].feature == weights[i].feature) {
            m_states.push_back(weights[end].state);
            m_values.push_back(weights[end].value);
            ++end;
        }
        std::size_t at = home(weights[i].feature, mask);
        while (m_slots[at].count != 0) {
            at = (at + 1) & mask;
        }
        m_slots[at] = {weights[i].feature, static_cast<std::uint32_t>(i),
                       static_cast<std::uint32_t>(end - i)};
        i = end;
    }
}

void SequenceModel::addTo(Scores& scores, std::uint32_t feature) const {
    if (m_slots.empty()) {
        return;
    }
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = home(feature, mask); m_slots[at].count != 0; at = (at + 1) & mask) {
        const Slot& slot = m_slots[at];
        if (slot.feature == feature) {
            for (std::uint32_t k = slot.first; k < slot.first + slot.count; ++k) {
                scores[m_states[k]] += m_values[k];
            }
            return;
        }
    }
}

double SequenceModel::confidence(std::int32_t margin) const {
    double out = 0.3;
    for (const Grade& grade : m_grades) {
        if (margin >= grade.margin) {
            out = grade.perMille / 1000.0;
        }
    }
    return out;
}

std::string SequenceModel::save() const {
    std::string out(kMagic);
    out += labelLine();
    for (const auto& row : m_transitions) {
        for (const std::int32_t value : row) {
            put(out, static_cast<std::uint32_t>(value), 4);
        }
    }
    put(out, m_grades.size(), 4);
    for (const Grade& grade : m_grades) {
        put(out, static_cast<std::uint32_t>(grade.margin), 4);
        put(out, grade.perMille, 2);
    }
    std::vector<Slot> slots;
    std::copy_if(m_slots.begin(), m_slots.end(), std::back_inserter(slots),
                 [](const Slot& slot) { return slot.count != 0; });
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.feature < b.feature; });
    put(out, slots.size(), 4);
    for (const Slot& slot : slots) {
        put(out, slot.feature, 4);
        put(out, slot.count, 1);
        for (std::uint32_t k = slot.first; k < slot.first + slot.count; ++k) {
            put(out, m_states[k], 1);
            put(out, static_cast<std::uint16_t>(m_values[k]), 2);
        }
    }
    return out;
}

base::Expected<SequenceModel> SequenceModel::read(std::string_view bytes) {
    const auto malformed = [] { return base::fail(base::ErrorCode::Malformed, "detect.text.model"); };
    const std::string head = std::string(kMagic) + labelLine();
    if (!bytes.starts_with(head)) {
        return malformed();
    }
    Reader in{bytes.substr(head.size())};
    Transitions transitions{};
    for (auto& row : transitions) {
        for (std::int32_t& value : row) {
            value = static_cast<std::int32_t>(in.take(4));
        }
    }
    std::vector<Grade> grades;
    for (std::uint64_t left = in.take(4); in.whole && left > 0; --left) {
        const auto margin = static_cast<std::int32_t>(in.take(4));
        grades.push_back({margin, static_cast<std::uint16_t>(in.take(2))});
    }
    std::vector<Weight> weights;
    std::uint64_t last = 0;
    for (std::uint64_t left = in.take(4); in.whole && left > 0; --left) {
        const std::uint64_t feature = in.take(4);
        const std::uint64_t count = in.take(1);
        if ((!weights.empty() && feature <= last) || count == 0 || weights.size() > kMostWeights) {
            return malformed();
        }
        last = feature;
        for (std::uint64_t k = 0; k < count && in.whole; ++k) {
            const auto state = static_cast<std::uint8_t>(in.take(1));
            if (state >= kStates) {
                return malformed();
            }
            weights.push_back({static_cast<std::uint32_t>(feature), state,
                               static_cast<std::int16_t>(static_cast<std::uint16_t>(in.take(2)))});
        }
    }
    if (!in.whole || !in.rest.empty()) {
        return malformed();
    }
    return SequenceModel(weights, transitions, std::move(grades));
}

namespace {

// Best score of a path that ends in each state of a word (forward) or goes on from it (backward).
using Rows = std::vector<Scores>;

Scores stepped(const Scores& from, const SequenceModel::Transitions& transitions,
               std::array<std::uint8_t, kStates>* best) {
    Scores out;
    out.fill(kImpossible);
    for (std::size_t next = 0; next < kStates; ++next) {
        if (isFurther(next)) {
            // Only from the two states of the same kind.
            const std::size_t before =
                from[next - 1] + transitions[next - 1][next] > from[next] + transitions[next][next] ? next - 1
                                                                                                    : next;
            out[next] = from[before] + transitions[before][next];
            if (best != nullptr) {
                (*best)[next] = static_cast<std::uint8_t>(before);
            }
            continue;
        }
        for (std::size_t state = 0; state < kStates; ++state) {
            const std::int32_t score = from[state] + transitions[state][next];
            if (score > out[next]) {
                out[next] = score;
                if (best != nullptr) {
                    (*best)[next] = static_cast<std::uint8_t>(state);
                }
            }
        }
    }
    return out;
}

Scores steppedBack(const Scores& later, const Scores& words, const SequenceModel::Transitions& transitions) {
    Scores sum;
    for (std::size_t k = 0; k < kStates; ++k) {
        sum[k] = later[k] + words[k];
    }
    Scores out;
    out.fill(kImpossible);
    for (std::size_t state = 0; state < kStates; ++state) {
        for (std::size_t next = 0; next < kStates; ++next) {
            if (mayFollow(state, next)) {
                out[state] = std::max(out[state], transitions[state][next] + sum[next]);
            }
        }
    }
    return out;
}

} // namespace

Decoded decode(std::span<const Scores> words, const SequenceModel::Transitions& transitions,
               bool withMargins) {
    Decoded out;
    if (words.empty()) {
        return out;
    }
    Rows forward(words.size());
    std::vector<std::array<std::uint8_t, kStates>> from(words.size());
    for (std::size_t state = 0; state < kStates; ++state) {
        forward[0][state] = isFurther(state) ? kImpossible : words[0][state] + transitions[kOutside][state];
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
        forward[i] = stepped(forward[i - 1], transitions, &from[i]);
        for (std::size_t state = 0; state < kStates; ++state) {
            forward[i][state] = std::max(forward[i][state] + words[i][state], kImpossible);
        }
    }
    const Scores& end = forward.back();
    auto state = static_cast<std::size_t>(std::max_element(end.begin(), end.end()) - end.begin());
    const std::int32_t bestScore = end[state];
    out.states.resize(words.size());
    out.margins.resize(words.size());
    bool anything = false;
    for (std::size_t i = words.size(); i-- > 0;) {
        out.states[i] = static_cast<std::uint8_t>(state);
        anything = anything || state != kOutside;
        state = from[i][state];
    }
    if (!withMargins || !anything) {
        return out;
    }
    Scores backward{};
    for (std::size_t i = words.size(); i-- > 0;) {
        if (out.states[i] != kOutside) {
            out.margins[i] = bestScore - (forward[i][kOutside] + backward[kOutside]);
        }
        backward = steppedBack(backward, words[i], transitions);
    }
    return out;
}

} // namespace kamei::detect::text
