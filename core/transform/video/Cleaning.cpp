#include "core/transform/video/Cleaning.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kamei::transform::video {
namespace {

using intake::video::Coding;
using intake::video::Data;
using intake::video::SeiMessage;
using intake::video::Unit;
using Buffer = std::vector<std::uint8_t>;

void append(Buffer& out, Data data) {
    out.insert(out.end(), data.begin(), data.end());
}

/// A unit in front of which its length or a start code is put anew.
void appendNal(Buffer& out, Data nal, int lengthSize) {
    if (lengthSize == 0) {
        append(out, std::array<std::uint8_t, 4>{0, 0, 0, 1});
    }
    for (int i = lengthSize - 1; i >= 0; --i) {
        out.push_back(static_cast<std::uint8_t>(nal.size() >> (8 * i)));
    }
    append(out, nal);
}

/// An SEI unit with these messages (H.264 7.3.2.3, H.265 7.3.2.4).
Buffer seiUnit(Data head, const std::vector<SeiMessage>& messages) {
    Buffer plain;
    const auto number = [&](std::size_t value) {
        for (; value >= 255; value -= 255) {
            plain.push_back(255);
        }
        plain.push_back(static_cast<std::uint8_t>(value));
    };
    for (const SeiMessage& message : messages) {
        number(message.type);
        number(message.payload.size());
        append(plain, message.payload);
    }
    plain.push_back(0x80);
    Buffer out(head.begin(), head.end());
    int zeros = 0;
    for (const std::uint8_t byte : plain) {
        if (zeros >= 2 && byte <= 3) {
            out.push_back(3);
            zeros = 0;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        out.push_back(byte);
    }
    return out;
}

enum class Fate { Stays, Goes, Sei };

Fate fateOf(Coding coding, Data nal) {
    if (nal.empty()) {
        return Fate::Goes;
    }
    if (coding == Coding::H264) {
        const int type = intake::video::h264Type(nal);
        // Slices and partitions, parameter sets, delimiter, ends (H.264 table 7-1); auxiliary pictures go.
        const bool known = (type >= 1 && type <= 5) || (type >= 7 && type <= 11) || type == 13;
        return type == 6 ? Fate::Sei : known ? Fate::Stays : Fate::Goes;
    }
    const int type = intake::video::hevcType(nal);
    // Slices, parameter sets, delimiter, ends (H.265 table 7-1), of the base layer.
    const bool base = nal.size() >= 2 && (nal[0] & 1) == 0 && (nal[1] >> 3) == 0;
    const bool known = base && (type <= 9 || (type >= 16 && type <= 21) || (type >= 32 && type <= 37));
    return type == 39 || type == 40 ? Fate::Sei : known ? Fate::Stays : Fate::Goes;
}

Buffer cleanedNals(Coding coding, Data packet, int lengthSize) {
    Buffer out;
    out.reserve(packet.size());
    for (const Unit& unit : intake::video::nalUnits(packet, lengthSize).list) {
        const Data nal = packet.subspan(unit.payload, unit.end - unit.payload);
        const Fate fate = fateOf(coding, nal);
        if (fate == Fate::Stays) {
            append(out, packet.subspan(unit.begin, unit.end - unit.begin));
        } else if (fate == Fate::Sei) {
            auto messages = intake::video::seiMessages(nal, coding);
            std::erase_if(messages, [](const SeiMessage& m) { return !intake::video::isPlain(m); });
            if (!messages.empty()) {
                appendNal(out, seiUnit(nal.first(coding == Coding::Hevc ? 2 : 1), messages), lengthSize);
            }
        }
    }
    return out;
}

/// Whether user data is the name and version of an encoder, by which decoders of MPEG-4 part 2 work round its
/// faults: "XviD0050", "DivX503b1393p", "DivX501Build413", "Lavc59.37.100", "FFmpeg0.4.9b4721". Numbers of
/// more than four figures, other letters and anything behind are none: a chart number could hide there.
bool namesEncoder(Data text) {
    constexpr std::array<std::string_view, 4> kNames{"XviD", "DivX", "Lavc", "FFmpeg"};
    constexpr std::array<std::string_view, 3> kBetween{"Build", ".", "b"};
    std::string_view rest(reinterpret_cast<const char*>(text.data()), text.size());
    const auto skip = [&rest](std::string_view word) {
        const bool there = rest.starts_with(word);
        rest.remove_prefix(there ? word.size() : 0);
        return there;
    };
    if (std::ranges::none_of(kNames, skip)) {
        return false;
    }
    for (int numbers = 0; numbers < 4; ++numbers) {
        constexpr std::size_t kMostFigures = 4;
        const std::size_t figures = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (figures == 0 || figures > kMostFigures) {
            return false;
        }
        rest.remove_prefix(figures);
        if (rest.empty() || rest == "p" || rest == "c") {
            return true;
        }
        if (std::ranges::none_of(kBetween, skip)) {
            return false;
        }
    }
    return false;
}

Buffer cleanedMpeg(Coding coding, Data packet) {
    constexpr std::uint8_t kUserData = 0xB2;
    constexpr std::uint8_t kGroup = 0xB8;
    Buffer out;
    out.reserve(packet.size());
    for (const Unit& unit : intake::video::startCodeUnits(packet).list) {
        const Data data = packet.subspan(unit.payload, unit.end - unit.payload);
        if (data.empty() ||
            (data[0] == kUserData && !(coding == Coding::Mpeg4 && namesEncoder(data.subspan(1))))) {
            continue;
        }
        append(out, packet.subspan(unit.begin, unit.end - unit.begin));
        if (coding == Coding::Mpeg2 && data[0] == kGroup && data.size() >= 5) {
            // time_code: 25 bits, all but the marker zero; closed_gop and broken_link stay (H.262 6.2.2.6).
            std::uint8_t* const code = out.data() + out.size() - data.size() + 1;
            code[0] = 0;
            code[1] = 0x08;
            code[2] = 0;
            code[3] = static_cast<std::uint8_t>(code[3] & 0x7F);
        }
    }
    return out;
}

/// Segments that decoding needs (ITU-T T.81 annex B) and none that speak: APP0 as JFIF or AVI1, APP14 of
/// Adobe.
Buffer cleanedJpeg(Data packet) {
    Buffer out;
    std::size_t at = 0;
    const auto copy = [&](std::size_t count) {
        append(out, packet.subspan(at, count));
        at += count;
    };
    while (packet.size() - at >= 2) {
        if (packet[at] != 0xFF) {
            ++at; // between pictures of two fields
            continue;
        }
        const std::uint8_t marker = packet[at + 1];
        if (marker == 0xFF || marker == 0) {
            ++at;
            continue;
        }
        if (marker == 0xD8 || marker == 0xD9 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            copy(2);
            continue;
        }
        if (packet.size() - at < 4) {
            break;
        }
        const std::size_t length = (std::size_t{packet[at + 2]} << 8U) + packet[at + 3] + 2;
        if (length < 4 || length > packet.size() - at) {
            break;
        }
        const std::string_view word(reinterpret_cast<const char*>(packet.data()) + at + 4,
                                    std::min<std::size_t>(length - 4, 5));
        constexpr std::size_t kPlainApp0 = 18; // longer ones hold a small picture
        const bool speaks = marker == 0xFE || (marker >= 0xE0 && marker <= 0xEF);
        const bool needed = (marker == 0xE0 && length <= kPlainApp0 &&
                             (word.starts_with("JFIF") || word.starts_with("AVI1"))) ||
                            (marker == 0xEE && word == "Adobe" && length <= 16);
        if (speaks && !needed) {
            at += length;
            continue;
        }
        copy(length);
        if (marker == 0xDA) {
            std::size_t end = at;
            while (end + 1 < packet.size() &&
                   !(packet[end] == 0xFF && packet[end + 1] != 0 && packet[end + 1] != 0xFF &&
                     !(packet[end + 1] >= 0xD0 && packet[end + 1] <= 0xD7))) {
                ++end;
            }
            copy((end + 1 < packet.size() ? end : packet.size()) - at);
        }
    }
    return out;
}

} // namespace

std::vector<std::uint8_t> cleaned(Coding coding, Data packet, int lengthSize) {
    switch (coding) {
    case Coding::H264:
    case Coding::Hevc:
        return cleanedNals(coding, packet, lengthSize);
    case Coding::Mpeg2:
    case Coding::Mpeg4:
        return cleanedMpeg(coding, packet);
    case Coding::Mjpeg:
        return cleanedJpeg(packet);
    case Coding::ProRes: // copied whole: frames of slices (SMPTE RDD 36)
        return {packet.begin(), packet.end()};
    case Coding::Other: // nobody has read what stands among its pictures
        break;
    }
    return {};
}

std::vector<std::uint8_t> h264Record(Data source, const std::vector<Buffer>& sps,
                                     const std::vector<Buffer>& pps) {
    constexpr std::size_t kHead = 6;
    constexpr std::size_t kMostSps = 31;
    constexpr std::size_t kMostPps = 255;
    if (source.size() <= kHead || sps.size() > kMostSps || pps.size() > kMostPps) {
        return {};
    }
    Buffer out(source.begin(), source.begin() + kHead);
    out[5] = static_cast<std::uint8_t>(0xE0U | sps.size());
    const auto add = [&](const std::vector<Buffer>& units) {
        for (const Buffer& unit : units) {
            out.push_back(static_cast<std::uint8_t>(unit.size() >> 8U));
            out.push_back(static_cast<std::uint8_t>(unit.size()));
            append(out, unit);
        }
    };
    add(sps);
    out.push_back(static_cast<std::uint8_t>(pps.size()));
    add(pps);
    // High profiles say their layout behind the sets: it is the source's.
    std::size_t at = kHead;
    const auto skip = [&](std::size_t count) {
        for (; count > 0 && at + 2 <= source.size(); --count) {
            at += 2 + ((std::size_t{source[at]} << 8U) | source[at + 1]);
        }
    };
    skip(source[5] & 0x1FU);
    if (at < source.size()) {
        skip(source[at++]);
    }
    const bool high = source[1] == 100 || source[1] == 110 || source[1] == 122 || source[1] == 144;
    if (high && at + 4 <= source.size()) {
        for (std::size_t i = 0; i < 3; ++i) { // reserved bits are ones, whatever the source says
            constexpr std::array<std::uint8_t, 3> kReserved{0xFC, 0xF8, 0xF8};
            out.push_back(static_cast<std::uint8_t>(source[at + i] | kReserved[i]));
        }
        out.push_back(0); // extensions of sets are none
    }
    return out;
}

std::vector<std::uint8_t> cleanedConfiguration(Coding coding, Data extradata) {
    const int lengthSize = intake::video::lengthSizeOf(coding, extradata);
    if (coding == Coding::Hevc && lengthSize > 0) {
        // hvcC holds arrays by type; SEI units may be among them (ISO/IEC 14496-15 8.3.3.1).
        Buffer out(extradata.begin(), extradata.begin() + 22);
        std::array<std::vector<Buffer>, 3> arrays; // VPS, SPS, PPS
        for (auto& unit : intake::video::configurationUnits(coding, extradata)) {
            const int type = intake::video::hevcType(unit);
            if (type >= 32 && type <= 34) {
                arrays[static_cast<std::size_t>(type - 32)].push_back(std::move(unit));
            }
        }
        out.push_back(static_cast<std::uint8_t>(arrays.size()));
        for (std::size_t i = 0; i < arrays.size(); ++i) {
            out.push_back(static_cast<std::uint8_t>(32 + i)); // more may come among the pictures
            out.push_back(static_cast<std::uint8_t>(arrays[i].size() >> 8U));
            out.push_back(static_cast<std::uint8_t>(arrays[i].size()));
            for (const Buffer& unit : arrays[i]) {
                out.push_back(static_cast<std::uint8_t>(unit.size() >> 8U));
                out.push_back(static_cast<std::uint8_t>(unit.size()));
                append(out, unit);
            }
        }
        return out;
    }
    if (coding == Coding::H264 && lengthSize > 0) {
        std::vector<Buffer> sps;
        std::vector<Buffer> pps;
        for (auto& unit : intake::video::configurationUnits(coding, extradata)) {
            const int type = intake::video::h264Type(unit);
            if (type == 7 || type == 8) {
                (type == 7 ? sps : pps).push_back(std::move(unit));
            }
        }
        return h264Record(extradata, sps, pps);
    }
    if (coding == Coding::Mjpeg || coding == Coding::ProRes || coding == Coding::Other) {
        return {}; // their packets are whole; nobody has read what stands here
    }
    return cleaned(coding, extradata, 0);
}

} // namespace kamei::transform::video
