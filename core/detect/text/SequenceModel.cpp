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

constexpr std::uint32_t kPresentBits = 20;

std::size_t presentBit(std::uint32_t feature) {
    return feature * 0x85EBCA6BU >> (32U - kPresentBits);
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
    m_present.resize((std::size_t{1} << kPresentBits) / 64);
    m_slots.resize(std::bit_ceil(m_used * 2 + 2));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < weights.size();) {
        std::size_t end = i;
        while (end < weights.size() && weights[end].feature == weights[i].feature) {
            m_weights.push_back(static_cast<std::uint32_t>(static_cast<std::uint16_t>(weights[end].value))
                                    << 16U |
                                weights[end].state);
            ++end;
        }
        const std::size_t bit = presentBit(weights[i].feature);
        m_present[bit / 64] |= std::uint64_t{1} << (bit % 64);
        std::size_t at = home(weights[i].feature, mask);
        while (m_slots[at].place != 0) {
            at = (at + 1) & mask;
        }
        m_slots[at] = {weights[i].feature, static_cast<std::uint32_t>(i << 8U | (end - i))};
        i = end;
    }
}

void SequenceModel::addTo(Scores& scores, std::uint32_t feature) const {
    const std::size_t bit = presentBit(feature);
    if (m_slots.empty() || (m_present[bit / 64] >> (bit % 64) & 1U) == 0) {
        return;
    }
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = home(feature, mask); m_slots[at].place != 0; at = (at + 1) & mask) {
        const Slot& slot = m_slots[at];
        if (slot.feature == feature) {
            const std::uint32_t first = slot.place >> 8U;
            for (std::uint32_t k = first; k < first + (slot.place & 0xFFU); ++k) {
                scores[m_weights[k] & 0xFFU] += static_cast<std::int16_t>(m_weights[k] >> 16U);
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
                 [](const Slot& slot) { return slot.place != 0; });
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.feature < b.feature; });
    put(out, slots.size(), 4);
    for (const Slot& slot : slots) {
        put(out, slot.feature, 4);
        const std::uint32_t first = slot.place >> 8U;
        put(out, slot.place & 0xFFU, 1);
        for (std::uint32_t k = first; k < first + (slot.place & 0xFFU); ++k) {
            put(out, m_weights[k] & 0xFFU, 1);
            put(out, m_weights[k] >> 16U, 2);
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
        if ((!weights.empty() && feature <= last) || count == 0 || count > kStates ||
            weights.size() > kMostWeights) {
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

// The best score of a path into each state of the next word; forbidden steps are far below all others.
void step(const Scores& from, const SequenceModel::Transitions& transitions, Scores& out) {
    out.fill(kImpossible);
    for (std::size_t state = 0; state < kStates; ++state) {
        const auto& row = transitions[state];
        const std::int32_t score = from[state];
        for (std::size_t next = 0; next < kStates; ++next) {
            out[next] = std::max(out[next], score + row[next]);
        }
    }
}

// The same from behind: the best score of what follows each state.
void stepBack(const Scores& later, const SequenceModel::Transitions& transitions, Scores& out) {
    for (std::size_t state = 0; state < kStates; ++state) {
        const auto& row = transitions[state];
        std::int32_t best = kImpossible;
        for (std::size_t next = 0; next < kStates; ++next) {
            best = std::max(best, row[next] + later[next]);
        }
        out[state] = best;
    }
}

} // namespace

Decoded decode(std::span<const Scores> words, const SequenceModel::Transitions& transitions,
               bool withMargins) {
    Decoded out;
    if (words.empty()) {
        return out;
    }
    thread_local std::vector<Scores> forward;
    forward.resize(words.size());
    for (std::size_t state = 0; state < kStates; ++state) {
        forward[0][state] = isFurther(state) ? kImpossible : words[0][state] + transitions[kOutside][state];
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
        step(forward[i - 1], transitions, forward[i]);
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
        if (i == 0) {
            break;
        }
        std::size_t before = 0;
        for (std::size_t k = 1; k < kStates; ++k) {
            before = forward[i - 1][k] + transitions[k][state] >
                             forward[i - 1][before] + transitions[before][state]
                         ? k
                         : before;
        }
        state = before;
    }
    if (!withMargins || !anything) {
        return out;
    }
    Scores backward{};
    Scores sum;
    for (std::size_t i = words.size(); i-- > 0;) {
        if (out.states[i] != kOutside) {
            out.margins[i] = bestScore - (forward[i][kOutside] + backward[kOutside]);
        }
        for (std::size_t k = 0; k < kStates; ++k) {
            sum[k] = backward[k] + words[i][k];
        }
        stepBack(sum, transitions, backward);
    }
    return out;
}

} // namespace kamei::detect::text
