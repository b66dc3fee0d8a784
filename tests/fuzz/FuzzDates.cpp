#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/intake/text/DateNotation.h"

using kamei::intake::text::DateNotation;

/// What is read as a date can be moved, and what was moved reads as the moved date.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto date = DateNotation::parse(text);
    if (!date) {
        return 0;
    }
    (void)date->toMonth(true);
    (void)date->toMonth(false);
    const auto moved = date->shifted(-200);
    if (moved && date->yyyymmdd().size() == 8) {
        const auto again = DateNotation::parse(*moved);
        if (again && !again->yyyymmdd().empty() && again->yyyymmdd() == date->yyyymmdd()) {
            std::abort();
        }
    }
    return 0;
}
