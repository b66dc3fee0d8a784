#pragma once

// Private to the room: SCP-ECG (EN 1064:2005+A1:2007, ISO 11073-91064:2009).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/signal/Fields.h"
#include "core/intake/signal/Page.h"

namespace kamei::intake::signal {

struct ScpSection {
    std::uint32_t id = 0;
    std::size_t at = 0;
    std::size_t size = 0; ///< with its header
};

struct ScpLayout {
    std::vector<ScpSection> sections; ///< as they lie in the file
    std::vector<Field> fields;
};

/// A record whose sizes, places and checksums all agree. Malformed also for bytes between sections, which
/// nobody would look at, and for a checksum that is not that of the bytes.
[[nodiscard]] base::Expected<ScpLayout> scpLayout(std::string_view bytes);

[[nodiscard]] base::Expected<Page> scpPage(std::string_view bytes);
[[nodiscard]] base::Expected<std::string> rewriteScp(std::string bytes, const Page& page,
                                                     const std::vector<Change>& changes);

} // namespace kamei::intake::signal
