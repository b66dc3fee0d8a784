#pragma once

#include <cstdint>
#include <string>

namespace kamei::base {

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
using TimeMs = std::int64_t;

/// The present moment of the system's clock.
[[nodiscard]] TimeMs nowMs();
/// "2026-11-21T09:48:12.345Z".
[[nodiscard]] std::string iso8601(TimeMs time);

} // namespace kamei::base
