#include "core/transform/video/Splice.h"

#include <algorithm>
#include <array>

#include "core/transform/video/Cleaning.h"

namespace kamei::transform::video {

using intake::video::Coding;
using intake::video::Data;
using intake::video::Unit;
using Buffer = std::vector<std::uint8_t>;

namespace {

constexpr std::uint8_t kSequence = 0xB3; // H.262 table 6-1
constexpr std::uint8_t kPicture = 0x00;
constexpr std::uint8_t kVop = 0xB6; // 14496-2 table 6-3
constexpr std::uint8_t kGroup = 0xB8;
constexpr std::uint8_t kGroupOfVop = 0xB3;

void append(Buffer& out, Data data) {
    out.insert(out.end(), data.begin(), data.end());
}

bool isVideoObjectLayer(std::uint8_t code) {
    return code >= 0x20 && code <= 0x2F;
}

/// Headers that stand in front of the first picture of a packet.
Buffer headersOf(Coding coding, Data packet) {
    for (const Unit& unit : intake::video::startCodeUnits(packet).list) {
        if (unit.payload == unit.end) {
            continue;
        }
        const std::uint8_t code = packet[unit.payload];
        const bool picture = coding == Coding::Mpeg2 ? code == kPicture || code == kGroup
                                                     : code == kVop || code == kGroupOfVop;
        if (picture) {
            return {packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(unit.begin)};
        }
    }
    return {};
}

bool hasHeaders(Coding coding, Data headers) {
    return std::ranges::any_of(intake::video::startCodeUnits(headers).list, [&](const Unit& unit) {
        return unit.payload < unit.end &&
               (coding == Coding::Mpeg2 ? headers[unit.payload] == kSequence
                                        : isVideoObjectLayer(headers[unit.payload]));
    });
}

/// Id of a PPS of H.265: an Exp-Golomb number behind the two bytes of head (7.3.2.3.1); VPS: four bits.
int hevcSetId(int type, Data nal) {
    if (type == 32) {
        return nal.size() > 2 ? nal[2] >> 4 : 0;
    }
    if (type == 33) {
        return 0; // lies behind the profile: told by kind alone
    }
    std::uint32_t bits = 0;
    for (std::size_t i = 2; i < 6; ++i) {
        bits = (bits << 8U) | (i < nal.size() ? nal[i] : 0U);
    }
    int zeros = 0;
    while (zeros < 15 && (bits >> (31 - zeros) & 1U) == 0) {
        ++zeros;
    }
    return static_cast<int>((bits << zeros) >> (31 - zeros)) - 1;
}

/// Place of low_delay in a video object layer (14496-2 6.2.3), in bits; none where it is not said.
std::optional<std::size_t> lowDelayBit(Data headers) {
    for (const Unit& unit : intake::video::startCodeUnits(headers).list) {
        if (unit.payload == unit.end || !isVideoObjectLayer(headers[unit.payload])) {
            continue;
        }
        std::size_t at = (unit.payload + 1) * 8;
        const auto bits = [&](int count) {
            std::uint32_t value = 0;
            for (; count > 0; --count, ++at) {
                value = value << 1U | (at / 8 < unit.end ? headers[at / 8] >> (7 - at % 8) & 1U : 0U);
            }
            return value;
        };
        bits(9); // random access, type
        if (bits(1) == 1) {
            bits(7);
        }
        if (bits(4) == 15) {
            bits(16);
        }
        if (bits(1) == 0) {
            return std::nullopt;
        }
        bits(2);
        return at / 8 < unit.end ? std::optional(at) : std::nullopt;
    }
    return std::nullopt;
}

/// Whether a decoder of these headers holds a picture back for B-VOPs that may come. A change of that within
/// a stream would lose the picture that is held.
bool waitsForB(Data headers) {
    if (const auto bit = lowDelayBit(headers)) {
        return (headers[*bit / 8] >> (7 - *bit % 8) & 1) == 0;
    }
    constexpr std::array<std::uint32_t, 2> kSimple{1, 17}; // simple and advanced simple, as decoders assume
    for (const Unit& unit : intake::video::startCodeUnits(headers).list) {
        if (unit.end - unit.payload >= 3 && isVideoObjectLayer(headers[unit.payload])) {
            const std::uint32_t type =
                (headers[unit.payload + 1] & 0x7FU) << 1U | headers[unit.payload + 2] >> 7U;
            return std::ranges::find(kSimple, type) == kSimple.end();
        }
    }
    return true;
}

} // namespace

Splice::Splice(Coding coding, int lengthSize, Data sourceConfiguration)
    : m_coding(coding), m_lengthSize(lengthSize) {
    if (coding == Coding::H264 || coding == Coding::Hevc) {
        for (const auto& unit : intake::video::configurationUnits(coding, sourceConfiguration)) {
            note(unit, false);
        }
    } else if (coding == Coding::Mpeg2 || coding == Coding::Mpeg4) {
        m_configuration = cleaned(coding, sourceConfiguration, 0);
    }
}

std::optional<int> Splice::freeParameterSet(const std::vector<int>& used) {
    for (int id = 1; id < 32; ++id) { // SPS have 32 ids (H.264 7.4.2.1.1)
        if (!std::ranges::binary_search(used, id)) {
            return id;
        }
    }
    return std::nullopt;
}

bool Splice::inRecord() const {
    return m_coding == Coding::H264 && m_lengthSize > 0;
}

std::optional<Splice::Key> Splice::setOf(Data unit) const {
    if (unit.empty()) {
        return std::nullopt;
    }
    if (m_coding == Coding::H264) {
        const int type = intake::video::h264Type(unit);
        if (type != 7 && type != 8) {
            return std::nullopt;
        }
        Buffer framed{0, 0, 1};
        append(framed, unit);
        const auto ids = intake::video::h264ParameterSets(framed);
        return ids.empty() ? std::nullopt : std::optional(Key{type, ids.front()});
    }
    const int type = intake::video::hevcType(unit);
    return type >= 32 && type <= 34 ? std::optional(Key{type, hevcSetId(type, unit)}) : std::nullopt;
}

void Splice::note(Data unit, bool inBand) {
    const auto key = setOf(unit);
    if (!key) {
        return;
    }
    const auto found = m_sets.find(*key);
    // Two sequence parameter sets of H.265 at once, or one that changes, cannot be told apart.
    const bool other = found != m_sets.end() && !std::ranges::equal(found->second.unit, unit);
    m_possible = m_possible && !(m_coding == Coding::Hevc && other && key->first == 33);
    m_sets[*key] = {Buffer(unit.begin(), unit.end()), inBand};
}

void Splice::see(Data packet) {
    if (m_coding == Coding::H264 || m_coding == Coding::Hevc) {
        for (const Unit& unit : intake::video::nalUnits(packet, m_lengthSize).list) {
            note(packet.subspan(unit.payload, unit.end - unit.payload), true);
        }
        return;
    }
    if (m_coding == Coding::Mpeg2 || m_coding == Coding::Mpeg4) {
        if (auto headers = headersOf(m_coding, packet); hasHeaders(m_coding, headers)) {
            m_configuration = cleaned(m_coding, headers, 0);
        }
    }
}

void Splice::put(Buffer& out, Data unit) const {
    if (m_lengthSize == 0) {
        out.insert(out.end(), {0, 0, 0, 1});
    }
    for (int i = m_lengthSize - 1; i >= 0; --i) {
        out.push_back(static_cast<std::uint8_t>(unit.size() >> (8 * i)));
    }
    append(out, unit);
}

std::optional<Buffer> Splice::joinedConfiguration(Data source, Data encoder) const {
    if (!inRecord()) {
        return cleanedConfiguration(m_coding, source);
    }
    std::vector<Buffer> sps;
    std::vector<Buffer> pps;
    const auto sort = [&](const std::vector<Buffer>& units) {
        for (const Buffer& unit : units) {
            const int type = intake::video::h264Type(unit);
            if (type == 7 || type == 8) {
                (type == 7 ? sps : pps).push_back(unit);
            }
        }
    };
    sort(intake::video::configurationUnits(m_coding, source));
    const std::size_t own = sps.size();
    sort(intake::video::configurationUnits(m_coding, encoder));
    if (own == 0 || sps.size() == own || sps.size() > 31 || pps.size() > 255) {
        return std::nullopt;
    }
    auto out = h264Record(source, sps, pps);
    if (out.empty()) {
        return std::nullopt;
    }
    out[3] = std::max(out[3], sps.back()[3]); // the higher level
    return out;
}

Buffer Splice::replaced(Data packet, Data configuration, bool key) const {
    Buffer out;
    if (m_coding == Coding::H264 || m_coding == Coding::Hevc) {
        if (key && !inRecord()) {
            for (const auto& unit : intake::video::configurationUnits(m_coding, configuration)) {
                if (setOf(unit)) {
                    put(out, unit);
                }
            }
        }
        const Buffer plain = cleaned(m_coding, packet, 0);
        for (const Unit& unit : intake::video::startCodeUnits(plain).list) {
            const Data nal = Data(plain).subspan(unit.payload, unit.end - unit.payload);
            if (!setOf(nal)) {
                put(out, nal);
            }
        }
        return out;
    }
    if (key && m_coding == Coding::Mpeg4) {
        Buffer headers = cleaned(m_coding, configuration, 0);
        if (const auto bit = lowDelayBit(headers)) {
            const auto mask = static_cast<std::uint8_t>(0x80U >> (*bit % 8));
            std::uint8_t& byte = headers[*bit / 8];
            byte = static_cast<std::uint8_t>(waitsForB(m_configuration) ? byte & ~mask : byte | mask);
        }
        append(out, headers);
    }
    append(out, cleaned(m_coding, packet, 0));
    return out;
}

Buffer Splice::resumed(Data packet) const {
    const Buffer plain = cleaned(m_coding, packet, m_lengthSize);
    Buffer out;
    if (m_coding == Coding::H264 || m_coding == Coding::Hevc) {
        bool own = false;
        for (const Unit& unit : intake::video::nalUnits(plain, m_lengthSize).list) {
            const auto key = setOf(Data(plain).subspan(unit.payload, unit.end - unit.payload));
            own = own || (key && key->first == (m_coding == Coding::Hevc ? 33 : 7));
        }
        for (const auto& [key, set] : m_sets) {
            if (!own && (set.inBand || !inRecord())) {
                put(out, set.unit);
            }
        }
    } else if (m_coding == Coding::Mpeg2 || m_coding == Coding::Mpeg4) {
        if (!hasHeaders(m_coding, headersOf(m_coding, plain))) {
            out = m_configuration;
        }
    }
    const std::size_t before = out.size();
    append(out, plain);
    if (m_coding == Coding::Hevc) {
        // A CRA picture whose leading pictures are gone is a BLA picture (H.265 7.4.2.2): what was before is
        // neither referred to nor thrown away. The types differ in the head of the unit alone.
        for (const Unit& unit : intake::video::nalUnits(plain, m_lengthSize).list) {
            std::uint8_t& head = out[before + unit.payload];
            if (unit.end > unit.payload && (head >> 1 & 0x3F) == 21) {
                head = static_cast<std::uint8_t>((head & 0x81U) | 18U << 1U);
            }
        }
    }
    return out;
}

} // namespace kamei::transform::video
