#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::genome {

// Private to the room: BCF (hts-specs, BCF2.2) by htslib, from and to memory.

/// Bytes of the header text and where records begin and end in uncompressed BCF; a record that is cut off is
/// left out. Malformed, TooLarge.
struct BcfFrame {
    std::size_t headerBegin = 0;
    std::size_t headerSize = 0;       ///< without closing zeros
    std::vector<std::size_t> records; ///< where each begins; the end of the last one closes the list
};
[[nodiscard]] bool isBcf(std::string_view inflated);
[[nodiscard]] base::Expected<BcfFrame> frameOf(std::string_view bcf);

/// The records as lines of VCF, each with its line break; at most `limit` bytes (`whole` is then false).
[[nodiscard]] base::Expected<std::string> bcfRecords(std::string_view bcf, std::size_t limit, bool& whole);

/// Uncompressed BCF with another header and some records replaced by what their new lines say; all other
/// records are those of `bcf`, byte for byte. Malformed when the result cannot be read back as meant.
[[nodiscard]] base::Expected<std::string> writeBcf(std::string_view bcf, const BcfFrame& frame,
                                                   std::string_view header,
                                                   const std::map<std::size_t, std::string>& lines);

} // namespace kamei::intake::genome
