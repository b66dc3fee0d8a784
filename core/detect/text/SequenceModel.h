#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::detect::text {

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

using Scores = std::array<std::int32_t, kStates>;
inline constexpr std::int32_t kImpossible = -(1 << 28);

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
    using Transitions = std::array<std::array<std::int32_t, kStates>, kStates>;

    SequenceModel() = default;
    /// `weights` ordered by feature.
    SequenceModel(const std::vector<Weight>& weights, const Transitions& transitions,
                  std::vector<Grade> grades);

    /// From what save() gave; Malformed for anything else, other label sets included.
    [[nodiscard]] static base::Expected<SequenceModel> read(std::string_view bytes);
    [[nodiscard]] std::string save() const;

    void addTo(Scores& scores, std::uint32_t feature) const;
    [[nodiscard]] const Transitions& transitions() const { return m_transitions; }
    [[nodiscard]] double confidence(std::int32_t margin) const;
    [[nodiscard]] std::size_t features() const { return m_used; }
    /// Differs for models made at different times in a process; copies share it.
    [[nodiscard]] std::uint64_t number() const { return m_number; }

private:
    struct Slot {
        std::uint32_t feature = 0;
        std::uint32_t place = 0; ///< first of its weights << 8 | how many; 0: free
    };

    /// One bit for each feature, several of which share it: most features of a text are in no model, and this
    /// says so without a walk through m_slots, which are many times larger than the processor's cache.
    std::vector<std::uint64_t> m_present;
    std::vector<Slot> m_slots;            ///< open addressing, a power of two
    std::vector<std::uint32_t> m_weights; ///< value << 16 | state
    Transitions m_transitions{};
    std::vector<Grade> m_grades;
    std::size_t m_used = 0;
    std::uint64_t m_number = 0;
};

/// Best states for a line of words, each word's scores given; and by how much the best path beats the best
/// one in which the word is outside (0 where it is outside).
struct Decoded {
    std::vector<std::uint8_t> states;
    std::vector<std::int32_t> margins;
};
[[nodiscard]] Decoded decode(std::span<const Scores> words, const SequenceModel::Transitions& transitions,
                             bool withMargins);

} // namespace kamei::detect::text
