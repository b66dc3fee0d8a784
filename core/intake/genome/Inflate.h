#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::intake::genome {

/// What a gzip file or a BGZF file (SAM 4.1: gzip members one after another) holds.
struct Inflated {
    std::string bytes;
    bool whole = true; ///< false: more follows after `limit` bytes
};

[[nodiscard]] bool isGzip(std::string_view bytes);
/// At most `limit` bytes, so that no bomb can fill memory. Truncated, Malformed, OutOfMemory.
[[nodiscard]] base::Expected<Inflated> inflate(std::string_view gzip, std::size_t limit);
/// The first bytes of what a gzip file holds, from the first bytes of the file; empty when it is none.
[[nodiscard]] std::string peek(std::string_view head, std::size_t limit);

} // namespace kamei::intake::genome
