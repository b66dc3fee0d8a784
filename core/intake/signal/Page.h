#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"
#include "core/model/Subject.h"

namespace kamei::intake::signal {

/// How a date is written in a recording.
enum class DateForm {
    None,
    Long,  ///< 02-AUG-1951 (EDF+ 2.1.3.3)
    Short, ///< 02.08.51, the years 1985 to 2084 (EDF)
    Binary ///< SCP-ECG, MFER: two bytes year, month, day; shown as 1951-08-02
};

/// The place in the file that a part of the page shows.
struct Slot {
    std::size_t at = 0;   ///< byte
    std::size_t size = 0; ///< bytes
    DateForm date = DateForm::None;
    bool cell =
        false; ///< one of several values in a field, which must not be empty or hold blanks (EDF+: "X")
};

/// What a recording says beside its samples, laid out as text. Parts (text::Segment) and places belong to
/// each other one by one. Paths end with "/date" where a day stands whose time of day stands at the same path
/// with "/time": they are moved and removed together. Roles beside those of text::Segment:
///
///   signal.patient            the patient's field of a file that does not say what stands in it
///   signal.patient-more       what stands behind the four fixed parts of it
///   signal.recording, signal.recording-more   the same of the recording
///   signal.equipment          the device
///   signal.reserved           bytes that the format reserves but are used, or that only their maker
///   understands
struct Page {
    text::TextSource text;
    std::vector<Slot> places;
    std::string title; ///< "EDF+C"
};

/// The page of a recording ("edf", "scp-ecg", "mfer"). Errors: Truncated, Malformed, TooManyEntries,
/// UnsupportedEncoding, UnsupportedFormat.
[[nodiscard]] base::Expected<Page> open(std::string_view bytes, std::string_view format);

/// What stands in place of code points start..end of the page, which lie in one part.
struct Change {
    std::size_t slot = 0;
    std::int64_t start = 0; ///< code points of the slot's text
    std::int64_t end = 0;
    std::string value;
};
/// The recording with the changes, as long as it was, everything else byte for byte. A value that does not
/// fit is written as "X" instead. `changes` in order, without overlaps in a slot.
[[nodiscard]] base::Expected<std::string> rewrite(std::string bytes, std::string_view format,
                                                  const Page& page, const std::vector<Change>& changes);

/// What stands between the "^" of an identification (MFER), without those that say nothing.
[[nodiscard]] std::vector<std::string> components(std::string_view value);

/// Whom the recording is about.
[[nodiscard]] model::SubjectHint subjectHint(const Page& page);

/// A date as YYYYMMDD, empty when it is none; and back, empty when the form cannot hold it.
[[nodiscard]] std::string readDate(std::string_view text, DateForm form);
[[nodiscard]] std::string writeDate(std::string_view yyyymmdd, DateForm form);
/// What stands for a date that goes.
[[nodiscard]] std::string noDate(DateForm form);

} // namespace kamei::intake::signal
