#pragma once

#include <cstddef>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {

inline constexpr int kOldestAge = 122; ///< the oldest age on record

/// Whether a value may end before this character.
inline bool endsValue(char32_t c) {
    return c == 0 || japanese::isSpace(c) || isClose(c) || oneOf(U"、,/・|。歳才没", c);
}

/// Whether anything found so far names or numbers a person.
[[nodiscard]] bool speaksOfSomebody(const Page& page);
/// Length of "9か月" at a place, how old a baby is; 0 where there is none.
[[nodiscard]] std::size_t monthsAt(const Page& page, std::size_t i);
/// Numbers right beside the name of a patient.
void addChartNumbers(Page& page);

} // namespace kamei::detect::text::values
