#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/intake/dicom/Element.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::transform::dicom {

using intake::dicom::Tag;
using intake::dicom::Vr;

/// What one subject's values become.
struct Person {
    std::string pseudonym;
    std::int32_t shiftDays = 0;
};

/// DA values (one or several, ACR-NEMA's dotted form and ranges too) moved by whole days; a value that is no
/// date is emptied, and what stands for no date (19000101, 99991231, ...) stays: moved it would tell by how
/// much the others were. PS3.5 6.2.
[[nodiscard]] std::string shiftedDates(std::string_view value, std::int32_t days);
/// DT values: the date moves, time and zone stay; of a year or a month alone the same precision stays.
[[nodiscard]] std::string shiftedDateTimes(std::string_view value, std::int32_t days);
/// DA or DT: year and month, day 01 (Guideline 5.4.2).
[[nodiscard]] std::string monthOf(std::string_view value, Vr vr);
/// AS of 90 years and over as "090Y", others as they are.
[[nodiscard]] std::string topCodedAge(std::string_view value);
/// UIDs (one or several) replaced; those of the standard stay.
[[nodiscard]] std::string replacedUids(std::string_view value, const pseudonym::Key& key);
/// A conformant value that says nothing, for attributes that must have one (PS3.15 E.1, action D).
/// The pseudonym stands where the patient is named. Empty for sequences.
[[nodiscard]] std::string dummyOf(Tag tag, Vr vr, const Person& person, const pseudonym::Key& key,
                                  std::string_view original);
/// Whole years between two DA values; nothing when either is no date.
[[nodiscard]] std::optional<int> yearsBetween(std::string_view from, std::string_view to);
/// Longest value of a VR in characters (PS3.5 Table 6.2-1); 0 for no limit that matters.
[[nodiscard]] std::size_t longest(Vr vr);

} // namespace kamei::transform::dicom
