#pragma once

#include <memory>
#include <span>
#include <string>

#include "core/detect/vision/TextBoxes.h"
#include "core/detect/vision/TextReader.h"
#include "core/model/Subject.h"

namespace kamei::detect::vision {

/// What burned-in letters are worth to somebody who looks for a person.
enum class TextRank {
    Known,      ///< says something that is known of the person or the cohort
    Identifier, ///< says something of the form of an identifier (name, date, number, place)
    Words,      ///< can be read and says nothing that is known: names are words too
    Unread,     ///< looks like letters and cannot be read
    Marker,     ///< side, projection or measure ("L", "PA", "120 kV"): says nothing of a person
    Texture,    ///< no letters
};

struct RankedText {
    TextRank rank = TextRank::Unread;
    std::string label;       ///< of the text detector ("PATIENT_NAME"); "BurnedInText" where it has none
    double confidence = 0.5; ///< 0..1; below 0.5 is shown in second strength
};

/// Ranks what was read by what is known and by the forms that identifiers have (Guideline 5.4.3, 5.2). Made
/// once for many readings; thread-safe.
class TextRanker {
public:
    explicit TextRanker(std::span<const model::KnownIdentifier> known);
    ~TextRanker();
    TextRanker(TextRanker&&) noexcept;
    TextRanker& operator=(TextRanker&&) noexcept;

    /// `reading` is null where letters could not be read at all (no Tesseract data): a doubt that stays.
    /// `laidOver` says that the picture is made of several frames, whose edges cross each other like strokes:
    /// letters have to be surer there.
    [[nodiscard]] RankedText rank(const TextBox& box, const Reading* reading, bool laidOver = false) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::detect::vision
