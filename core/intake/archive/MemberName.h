#pragma once

#include <string>
#include <string_view>

namespace kamei::intake::archive {

/// A member's name as UTF-8 with '/' between folders; Windows writes it in CP932 and with backslashes.
[[nodiscard]] std::string decodedName(std::string_view raw);
/// Whether a name leads out of the archive or could be taken for something else: absolute, "..", a drive
/// letter, a zero byte, kInner, or empty.
[[nodiscard]] bool isRefused(std::string_view name);

} // namespace kamei::intake::archive
