#pragma once

// Private to the room: what a part of the page says after its changes.

#include <string>
#include <vector>

#include "core/intake/signal/Page.h"

namespace kamei::intake::signal {

/// What a slot says after its changes; `brief`: with "X" for each of them.
struct Wanted {
    std::string text;
    std::string brief;
};

/// `before`: what the page shows. Characters that end a text or a field are none of a value.
[[nodiscard]] Wanted wantedOf(const std::string& before, const std::vector<const Change*>& changes,
                              bool cell);

} // namespace kamei::intake::signal
