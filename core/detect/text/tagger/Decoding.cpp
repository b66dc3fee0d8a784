#include <algorithm>

#include "core/detect/text/tagger/SequenceModel.h"
#include "core/detect/text/tagger/Wide.h"

namespace kamei::detect::text::tagger {
namespace {

// The lane of a state in Steps, and the state of a lane.
constexpr std::size_t laneOf(std::size_t state) {
    return state == kOutside ? 0 : 1 + labelOfState(state) + (isFurther(state) ? Steps::kEntries : 0);
}
constexpr std::size_t stateOf(std::size_t lane) {
    return lane == 0                ? kOutside
           : lane < Steps::kEntries ? firstState(lane - 1)
                                    : furtherState(lane - Steps::kEntries - 1);
}
constexpr std::size_t kNoLane = Steps::kEntries; // the further word of outside, which there is not
static_assert(Steps::kEntries == Lanes::kCount);

// A word's scores by lane.
void byLane(const Scores& scores, Scores& out) {
    out[0] = scores[kOutside];
    out[kNoLane] = kImpossible;
    for (std::size_t label = 0; label < kModelLabels.size(); ++label) {
        out[1 + label] = scores[firstState(label)];
        out[1 + label + Steps::kEntries] = scores[furtherState(label)];
    }
}

// The best score of a path into each state of the next word; forbidden steps are far below all others.
void step(const Scores& before, const Steps& steps, Scores& out) {
    Lanes best(before[0], steps.into[0].data());
    for (std::size_t lane = 1; lane < kLanes; ++lane) {
        if (before[lane] + steps.mostInto[lane] > before[0]) {
            best.raise(Lanes(before[lane], steps.into[lane].data()));
        }
    }
    Lanes onward(&before[0], &steps.onward[0]);
    onward.raise(Lanes(&before[kNoLane], &steps.onward[kNoLane]));
    best.put(&out[0]);
    onward.put(&out[kNoLane]);
}

// The same from behind: the best score of what follows each state.
void stepBack(const Scores& later, const Steps& steps, Scores& out) {
    Lanes begun(&later[kNoLane], &steps.onward[0]);
    begun.raise(Lanes(later[0], &steps.from[0][0]));
    Lanes further(&later[kNoLane], &steps.onward[kNoLane]);
    further.raise(Lanes(later[0], &steps.from[0][kNoLane]));
    for (std::size_t to = 1; to < Steps::kEntries; ++to) {
        if (later[to] + steps.mostFrom[to] > later[0]) {
            begun.raise(Lanes(later[to], &steps.from[to][0]));
            further.raise(Lanes(later[to], &steps.from[to][kNoLane]));
        }
    }
    begun.put(&out[0]);
    further.put(&out[kNoLane]);
}

// The lane before `lane` on the best path; of equal ones that of the lowest state.
std::size_t laneBefore(const Scores& before, const Steps& steps, std::size_t lane) {
    if (lane >= Steps::kEntries) {
        const std::size_t first = lane - Steps::kEntries;
        return before[lane] + steps.onward[lane] > before[first] + steps.onward[first] ? lane : first;
    }
    const Scores& from = steps.from[lane];
    Scores scores; // NOLINT: filled at once
    Lanes best(&before[0], &from[0]);
    best.put(&scores[0]);
    const Lanes further(&before[kNoLane], &from[kNoLane]);
    further.put(&scores[kNoLane]);
    best.raise(further);
    const std::int32_t most = best.largest();
    std::size_t state = 0;
    while (scores[laneOf(state)] != most) {
        ++state;
    }
    return laneOf(state);
}

// Room of a thread for the words of a line.
struct Work {
    std::vector<Scores> lanes;   ///< what the words say
    std::vector<Scores> forward; ///< the best path into each state of each word
};

void decodeWith(Work& work, std::span<const Scores> words, const Steps& steps, bool withMargins,
                Decoded& out) {
    std::vector<Scores>& lanes = work.lanes;
    std::vector<Scores>& forward = work.forward;
    byLane(words[0], lanes[0]);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        forward[0][lane] = lane < Steps::kEntries ? lanes[0][lane] + steps.into[kOutside][lane] : kImpossible;
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
        byLane(words[i], lanes[i]);
        step(forward[i - 1], steps, forward[i]);
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            forward[i][lane] = std::max(forward[i][lane] + lanes[i][lane], kImpossible);
        }
    }
    const Scores& end = forward.back();
    std::size_t last = 0;
    for (std::size_t state = 1; state < kStates; ++state) {
        last = end[laneOf(state)] > end[last] ? laneOf(state) : last;
    }
    const std::int32_t bestScore = end[last];
    std::size_t firstInside = words.size();
    for (std::size_t i = words.size(); i-- > 0;) {
        out.states[i] = static_cast<std::uint8_t>(stateOf(last));
        firstInside = last != 0 ? i : firstInside;
        last = i > 0 ? laneBefore(forward[i - 1], steps, last) : last;
    }
    if (!withMargins) {
        return;
    }
    Scores backward{};
    Scores sum;
    for (std::size_t i = words.size(); i-- > firstInside;) {
        if (out.states[i] != kOutside) {
            out.margins[i] = bestScore - (forward[i][0] + backward[0]);
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sum[lane] = backward[lane] + lanes[i][lane];
        }
        stepBack(sum, steps, backward);
    }
}

} // namespace

Steps::Steps(const Transitions& transitions) {
    into[kNoLane].fill(kImpossible);
    onward.fill(kImpossible);
    mostInto.fill(kImpossible);
    mostFrom.fill(kImpossible);
    for (std::size_t state = 0; state < kStates; ++state) {
        const std::size_t lane = laneOf(state);
        for (std::size_t to = 0; to < kEntries; ++to) {
            into[lane][to] = transitions[state][stateOf(to)];
            mostInto[lane] = std::max(mostInto[lane], into[lane][to] - transitions[kOutside][stateOf(to)]);
        }
        if (state != kOutside) {
            onward[lane] = transitions[state][furtherState(labelOfState(state))];
        }
    }
    for (std::size_t to = 0; to < kEntries; ++to) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            from[to][lane] = into[lane][to];
            if (lane != kNoLane) {
                mostFrom[to] = std::max(mostFrom[to], into[lane][to] - into[lane][0]);
            }
        }
    }
}

void decode(std::span<const Scores> words, const Steps& steps, bool withMargins, Decoded& out) {
    out.states.assign(words.size(), kOutside);
    out.margins.assign(words.size(), 0);
    if (words.empty()) {
        return;
    }
    thread_local Work work;
    work.lanes.resize(words.size());
    work.forward.resize(words.size());
    Work& room = work;
    runWidest([&] { decodeWith(room, words, steps, withMargins, out); });
}

} // namespace kamei::detect::text::tagger
