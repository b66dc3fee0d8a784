#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::model {

/// Ranges of a stream of sound that become silence: the `method` of a finding on sound with action Clean
/// (Guideline 4.4: a voice identifies; 4.7.1: what identifies is destroyed). All else of the stream is heard.
struct Mute {
    /// A year, longer than any recording: a range up to it lasts until the sound ends, also behind the last
    /// picture.
    static constexpr std::int64_t kEndMs = std::int64_t{366} * 24 * 3600 * 1000;

    struct Range {
        std::int64_t fromMs = 0; ///< from the first picture's time; 0 takes in what is heard before it
        std::int64_t toMs = 0;   ///< behind the last silent moment
        friend bool operator==(const Range&, const Range&) = default;
    };
    std::vector<Range> ranges; ///< in rising order, apart from each other

    friend bool operator==(const Mute&, const Mute&) = default;
};

/// Puts a range in; those that meet become one.
void add(Mute& mute, Mute::Range range);

/// {"mute":[{"fromMs":1500,"toMs":3000}]}
[[nodiscard]] std::string toJson(const Mute& mute);
/// Malformed; InvalidArgument (args: "mute") for no range, an empty or inverted one, or more than 10,000.
[[nodiscard]] base::Expected<Mute> muteFromJson(std::string_view json);

} // namespace kamei::model
