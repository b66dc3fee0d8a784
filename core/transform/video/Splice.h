#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/intake/video/Units.h"

namespace kamei::transform::video {

/// Parameter sets of a stream that was spliced: those of the source, which packets behind a piece need again,
/// and those of the encoder.
///
/// H.264 with a configuration record (MP4, MKV): both stand in the record under different ids (ISO/IEC
/// 14496-15 5.3.3.1), packets stay as they are. All others: sets stand in front of the first packet that
/// needs them (H.265 as "hev1", ISO/IEC 14496-15 8.3.3; H.262 6.1.1.6 repeats sequence headers; 14496-2 6.2.3
/// visual object layers).
class Splice {
public:
    Splice(intake::video::Coding coding, int lengthSize, intake::video::Data sourceConfiguration);

    /// Id for the SPS and PPS of an H.264 encoder that the source does not use; none when all are taken.
    [[nodiscard]] static std::optional<int> freeParameterSet(const std::vector<int>& used);
    /// Whether the source's sets can be told apart and given again: false when H.265 has several of a kind.
    [[nodiscard]] bool possible() const { return m_possible; }
    /// The record for both; nothing when the encoder's sets do not fit into it.
    [[nodiscard]] std::optional<std::vector<std::uint8_t>>
    joinedConfiguration(intake::video::Data source, intake::video::Data encoder) const;

    /// To be told of every packet of the source in decoding order: sets that come among the pictures count
    /// from there.
    void see(intake::video::Data packet);
    /// A packet of the encoder (start codes) as it stands in the stream.
    [[nodiscard]] std::vector<std::uint8_t> replaced(intake::video::Data packet,
                                                     intake::video::Data configuration, bool key) const;
    /// A copied packet that follows a piece: with the source's sets in front where it lacks them.
    [[nodiscard]] std::vector<std::uint8_t> resumed(intake::video::Data packet) const;

private:
    using Key = std::pair<int, int>; ///< type and id
    [[nodiscard]] std::optional<Key> setOf(intake::video::Data unit) const;
    void note(intake::video::Data unit, bool inBand);
    void put(std::vector<std::uint8_t>& out, intake::video::Data unit) const;
    [[nodiscard]] bool inRecord() const;

    intake::video::Coding m_coding;
    int m_lengthSize;
    bool m_possible = true;
    struct Set {
        std::vector<std::uint8_t> unit;
        bool inBand = false;
    };
    std::map<Key, Set> m_sets;
    std::vector<std::uint8_t> m_configuration; ///< MPEG-2, MPEG-4: headers of the source
};

} // namespace kamei::transform::video
