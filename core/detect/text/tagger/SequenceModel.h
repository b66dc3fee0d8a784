#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/text/page/Label.h"

namespace kamei::detect::text::tagger {

using page::Label;

/// States of the tagger: outside, and first or further word of each kind of span it knows.
inline constexpr std::array kModelLabels{
    Label::PatientName,  Label::FamilyName, Label::ClinicianName, Label::OtherName,    Label::Facility,
    Label::Organization, Label::Occupation, Label::Address,       Label::Municipality, Label::Date,
    Label::Age,          Label::ChartNo,    Label::ExamId,        Label::InsuranceNo,  Label::OtherNo,
};
inline constexpr std::size_t kStates = 1 + 2 * kModelLabels.size();
inline constexpr std::size_t kOutside = 0;
[[nodiscard]] constexpr std::size_t firstState(std::size_t label) {
    return 1 + 2 * label;
}
[[nodiscard]] constexpr std::size_t furtherState(std::size_t label) {
    return 2 + 2 * label;
}
[[nodiscard]] constexpr bool isFirst(std::size_t state) {
    return state != kOutside && state % 2 == 1;
}
[[nodiscard]] constexpr bool isFurther(std::size_t state) {
    return state != kOutside && state % 2 == 0;
}
[[nodiscard]] constexpr std::size_t labelOfState(std::size_t state) {
    return (state - 1) / 2;
}
/// Whether `next` may follow `state`: a further word only behind a word of the same kind.
[[nodiscard]] constexpr bool mayFollow(std::size_t state, std::size_t next) {
    return !isFurther(next) || (state != kOutside && labelOfState(state) == labelOfState(next));
}

/// A score for each state, in as many lanes as processors like to add at once; those behind the states say
/// nothing.
inline constexpr std::size_t kLanes = 32;
static_assert(kStates <= kLanes);
using Scores = std::array<std::int32_t, kLanes>;
inline constexpr std::int32_t kImpossible = -(1 << 28);

using Transitions = std::array<std::array<std::int32_t, kStates>, kStates>;

/// Transitions in the order in which decoding reads them. Outside and first words, which may follow any
/// state, are lanes 0 to 15; lane 16 + n is the further word of what lane n begins.
struct Steps {
    explicit Steps(const Transitions& transitions);

    static constexpr std::size_t kEntries = kLanes / 2;
    using Entries = std::array<std::int32_t, kEntries>;

    std::array<Entries, kLanes> into{};  ///< [from][to]: into outside and first words
    std::array<Scores, kEntries> from{}; ///< the same by [to][from]
    Scores onward{};                     ///< [from]: into the further word of the same kind
    /// By how much a state can be better than outside as the one before (into) or behind (from) another: one
    /// that trails outside by as much needs no look.
    Scores mostInto{};
    Entries mostFrom{};
};

/// A linear-chain tagger with integer weights: a score for each feature and state, and for each pair of
/// neighbouring states. Integers only, so that training and tagging give the same on every machine.
class SequenceModel {
public:
    struct Weight {
        std::uint32_t feature = 0;
        std::uint8_t state = 0;
        std::int16_t value = 0;
    };
    /// How often a span of at least this margin was right in documents that were not trained on.
    struct Grade {
        std::int32_t margin = 0;
        std::uint16_t perMille = 0;
    };
    using Transitions = tagger::Transitions;

    SequenceModel() = default;
    /// `weights` ordered by feature.
    SequenceModel(const std::vector<Weight>& weights, const Transitions& transitions,
                  std::vector<Grade> grades);

    /// From what save() gave; Malformed for anything else, other label sets included.
    [[nodiscard]] static base::Expected<SequenceModel> read(std::string_view bytes);
    [[nodiscard]] std::string save() const;

    /// Adds what the features say. Where there are several words, Adding is faster.
    void addTo(Scores& scores, std::span<const std::uint32_t> features) const;
    class Adding;
    [[nodiscard]] const Transitions& transitions() const { return m_transitions; }
    [[nodiscard]] const Steps& steps() const { return m_steps; }
    [[nodiscard]] double confidence(std::int32_t margin) const;
    [[nodiscard]] std::size_t features() const { return m_used; }
    /// Differs for models made at different times in a process; copies share it.
    [[nodiscard]] std::uint64_t number() const { return m_number; }

private:
    /// One bit for each feature, several of which share it: most features of a text are in no model, and this
    /// says so without a walk through m_entries, which is many times larger than the processor's cache.
    std::vector<std::uint64_t> m_present;
    /// Features by their upper bits: m_places says where in m_entries those of each bucket begin. An entry is
    /// the lower bits of the feature << 8 | how many weights it has, and these: value << 16 | state; of a
    /// feature with many weights << 8 | 255, and 16 bits for each lane.
    std::vector<std::uint32_t> m_places;
    std::vector<std::uint32_t> m_entries;
    Transitions m_transitions{};
    Steps m_steps{m_transitions};
    std::vector<Grade> m_grades;
    std::size_t m_used = 0;
    std::uint64_t m_number = 0;
};

/// Adds what the features of many words say, some words behind what it was asked for: the model is larger
/// than the processor's cache, and what a word needs comes from memory while those before it are added.
class SequenceModel::Adding {
public:
    explicit Adding(const SequenceModel& model) : m_model(model) {}
    /// `to` must live, and is not complete, until finish().
    void add(Scores& to, std::span<const std::uint32_t> features);
    void finish();

private:
    struct Asked {
        Scores* to = nullptr;
        std::size_t count = 0;
        std::array<std::uint32_t, 32> features; ///< filled as far as `count`
    };
    void goOn();

    const SequenceModel& m_model;
    std::array<Asked, 4> m_asked; ///< asked for; in the model or not; where it stands; to be added
    std::size_t m_next = 0;
};

/// Best states for a line of words, each word's scores given; and by how much the best path beats the best
/// one in which the word is outside (0 where it is outside).
struct Decoded {
    std::vector<std::uint8_t> states;
    std::vector<std::int32_t> margins;
};
void decode(std::span<const Scores> words, const Steps& steps, bool withMargins, Decoded& out);

} // namespace kamei::detect::text::tagger
