#pragma once

#include <cstdint>
#include <vector>

#include "core/intake/video/Units.h"

namespace kamei::transform::video {

/// A packet without what it says beside its pictures: SEI messages but the plain ones
/// (intake::video::isPlain), units that no standard defines, filler, user_data (H.262 6.2.2.2.2,
/// 14496-2 6.2.2.1), time codes of MPEG-2 groups of pictures, APPn and COM segments of JPEG. Coded slices
/// stay bit for bit. The word of an MPEG-4 encoder that decoders need to know its faults by (XviD, DivX,
/// Lavc) stays. Empty for codings that nothing here takes apart (Coding::Other): their packets are never
/// copied.
[[nodiscard]] std::vector<std::uint8_t> cleaned(intake::video::Coding coding, intake::video::Data packet,
                                                int lengthSize);
/// An avcC record (ISO/IEC 14496-15 5.3.3.1) with these parameter sets and, of `source`, profile, level,
/// length size and layout: nothing else that stands in it. Empty when there are more sets than it can count.
[[nodiscard]] std::vector<std::uint8_t> h264Record(intake::video::Data source,
                                                   const std::vector<std::vector<std::uint8_t>>& sps,
                                                   const std::vector<std::vector<std::uint8_t>>& pps);
/// The same as cleaned() for a decoder configuration (avcC, hvcC, or units); of codecs that need none it is
/// empty.
[[nodiscard]] std::vector<std::uint8_t> cleanedConfiguration(intake::video::Coding coding,
                                                             intake::video::Data extradata);

} // namespace kamei::transform::video
