#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kamei::intake::video {

/// How a stream is coded, as far as its packets are edited. Other: they are copied or decoded as they are.
enum class Coding { H264, Hevc, Mpeg2, Mpeg4, Mjpeg, ProRes, Other };

using Data = std::span<const std::uint8_t>;

/// A unit of a packet: a NAL unit (H.264 7.3.1, H.265 7.3.1.2) or what follows a start code (H.262 6.2.1,
/// MPEG-4 part 2 6.2.1). `begin` includes the start code or the length in front of it, `payload` does not.
struct Unit {
    std::size_t begin = 0;
    std::size_t payload = 0;
    std::size_t end = 0;
};

/// NAL units of a packet: `lengthSize` bytes of length before each (ISO/IEC 14496-15), 0 for start codes.
/// What is not sound in a length ends the list; `whole` tells whether all bytes are in it.
struct Units {
    std::vector<Unit> list;
    bool whole = true;
};
[[nodiscard]] Units nalUnits(Data packet, int lengthSize);
/// Units behind start codes 00 00 01; what stands before the first is a unit without payload.
[[nodiscard]] Units startCodeUnits(Data packet);
/// Units of a packet of this coding; none for those without units.
[[nodiscard]] Units unitsOf(Coding coding, Data packet, int lengthSize);

[[nodiscard]] inline int h264Type(Data nal) {
    return nal.empty() ? -1 : nal[0] & 0x1F;
}
[[nodiscard]] inline int hevcType(Data nal) {
    return nal.empty() ? -1 : (nal[0] >> 1) & 0x3F;
}

/// One message of an SEI unit (H.264 7.3.2.3, H.265 7.3.5); emulation prevention is undone.
struct SeiMessage {
    std::uint32_t type = 0;
    std::vector<std::uint8_t> payload;
};
[[nodiscard]] std::vector<SeiMessage> seiMessages(Data nal, Coding coding);
/// Whether a message holds what pictures need to be shown and nothing of free form: recovery point, colour
/// volume, light level, orientation, frame packing (H.264 and H.265, annex D).
[[nodiscard]] bool isPlain(const SeiMessage& message);

/// What a packet tells of itself.
struct Survey {
    bool restart =
        false; ///< later pictures in output order can be decoded from here on, nothing before is needed
    bool sound = true;              ///< its units fill it
    int clockSeconds = -1;          ///< MPEG-4 part 2: time code at the head of a group of pictures; -1: none
    std::vector<int> parameterSets; ///< H.264: ids of SPS and PPS
    std::vector<std::string> userData; ///< as text where it is; else how many bytes
};
/// `key`: whether the container or the parser calls it a key packet.
[[nodiscard]] Survey survey(Coding coding, Data packet, int lengthSize, bool key);
/// Ids of the parameter sets in an avcC record or in units with start codes.
[[nodiscard]] std::vector<int> h264ParameterSets(Data extradata);

/// NAL units of a decoder configuration (avcC, hvcC: ISO/IEC 14496-15 5.3.3.1, 8.3.3.1; else with start
/// codes), without prefix.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> configurationUnits(Coding coding, Data extradata);
/// Bytes of length before each NAL unit that the configuration tells; 0 for start codes.
[[nodiscard]] int lengthSizeOf(Coding coding, Data extradata);

} // namespace kamei::intake::video
