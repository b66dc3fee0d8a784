#include "core/intake/video/Units.h"

#include <algorithm>
#include <array>
#include <optional>

namespace kamei::intake::video {
namespace {

constexpr std::size_t kMostText = 400;

/// Bytes of a NAL unit without those that prevent start codes (H.264 7.4.1.1).
std::vector<std::uint8_t> plainBytes(Data nal) {
    std::vector<std::uint8_t> out;
    out.reserve(nal.size());
    int zeros = 0;
    for (const std::uint8_t byte : nal) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        out.push_back(byte);
    }
    return out;
}

class Bits {
public:
    explicit Bits(Data data) : m_data(data) {}
    std::optional<std::uint32_t> expGolomb() {
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > 31 || m_at >= m_data.size() * 8) {
                return std::nullopt;
            }
        }
        std::uint32_t value = 1;
        for (int i = 0; i < zeros; ++i) {
            value = (value << 1U) | static_cast<std::uint32_t>(bit());
        }
        return value - 1;
    }
    void skip(std::size_t bits) { m_at += bits; }

private:
    int bit() {
        const std::size_t at = m_at++;
        return at / 8 < m_data.size() ? (m_data[at / 8] >> (7 - at % 8)) & 1 : 0;
    }
    Data m_data;
    std::size_t m_at = 0;
};

std::string shown(Data data) {
    std::string out;
    for (const std::uint8_t byte : data) {
        if (byte >= 0x20 && byte < 0x7F && out.size() < kMostText) {
            out.push_back(static_cast<char>(byte));
        }
    }
    // A few letters among many bytes are chance.
    return out.size() * 2 > std::min(data.size(), kMostText) ? out : std::to_string(data.size()) + " bytes";
}

std::optional<int> parameterSetId(Data nal) {
    const int type = h264Type(nal);
    if ((type != 7 && type != 8) || nal.size() < 2) {
        return std::nullopt;
    }
    const auto plain = plainBytes(nal.subspan(0, std::min<std::size_t>(nal.size(), 32)));
    Bits bits(plain);
    bits.skip(type == 7 ? 8 + 24 : 8); // nal header; profile, constraints, level
    const auto id = bits.expGolomb();
    return id && *id < 256 ? std::optional(static_cast<int>(*id)) : std::nullopt;
}

void surveyNal(Coding coding, Data nal, Survey& out) {
    const bool hevc = coding == Coding::Hevc;
    const int type = hevc ? hevcType(nal) : h264Type(nal);
    if (hevc ? type >= 16 && type <= 21 : type == 5) {
        out.restart = true;
    }
    if (hevc ? type == 39 || type == 40 : type == 6) {
        for (const SeiMessage& message : seiMessages(nal, coding)) {
            constexpr std::size_t kUuid = 16;
            if (message.type == 5 && message.payload.size() > kUuid) {
                out.userData.push_back(shown(Data(message.payload).subspan(kUuid)));
            } else if (message.type == 4) {
                out.userData.push_back(shown(message.payload));
            }
        }
    }
    if (!hevc) {
        if (const auto id = parameterSetId(nal)) {
            out.parameterSets.push_back(*id);
        }
    }
}

} // namespace

Units startCodeUnits(Data packet) {
    Units out;
    std::size_t zeros = 0;
    std::size_t at = 0;
    const auto close = [&](std::size_t end) {
        if (!out.list.empty()) {
            out.list.back().end = end;
        } else if (end > 0) {
            out.list.push_back({0, end, end});
        }
    };
    for (; at < packet.size(); ++at) {
        if (packet[at] == 0) {
            ++zeros;
            continue;
        }
        if (packet[at] == 1 && zeros >= 2) {
            const std::size_t begin = at - std::min<std::size_t>(zeros, 3);
            close(begin);
            out.list.push_back({begin, at + 1, packet.size()});
        }
        zeros = 0;
    }
    if (out.list.empty() && !packet.empty()) {
        out.whole = false;
    }
    return out;
}

Units nalUnits(Data packet, int lengthSize) {
    if (lengthSize == 0) {
        return startCodeUnits(packet);
    }
    Units out;
    const auto width = static_cast<std::size_t>(lengthSize);
    std::size_t at = 0;
    while (packet.size() - at >= width) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < width; ++i) {
            length = (length << 8U) | packet[at + i];
        }
        if (length > packet.size() - at - width) {
            out.whole = false;
            return out;
        }
        out.list.push_back({at, at + width, at + width + length});
        at += width + length;
    }
    out.whole = at == packet.size();
    return out;
}

Units unitsOf(Coding coding, Data packet, int lengthSize) {
    switch (coding) {
    case Coding::H264:
    case Coding::Hevc:
        return nalUnits(packet, lengthSize);
    case Coding::Mpeg2:
    case Coding::Mpeg4:
        return startCodeUnits(packet);
    default:
        return {};
    }
}

std::vector<SeiMessage> seiMessages(Data nal, Coding coding) {
    const std::size_t head = coding == Coding::Hevc ? 2 : 1;
    if (nal.size() <= head) {
        return {};
    }
    const auto plain = plainBytes(nal.subspan(head));
    std::vector<SeiMessage> out;
    std::size_t at = 0;
    const auto number = [&]() -> std::optional<std::size_t> {
        std::size_t value = 0;
        while (at < plain.size()) {
            const std::uint8_t byte = plain[at++];
            value += byte;
            if (byte != 0xFF) {
                return value;
            }
        }
        return std::nullopt;
    };
    while (at + 2 < plain.size() || (at < plain.size() && plain[at] != 0x80)) {
        const auto type = number();
        const auto size = number();
        if (!type || !size || *size > plain.size() - at) {
            break;
        }
        out.push_back({static_cast<std::uint32_t>(*type),
                       {plain.begin() + static_cast<std::ptrdiff_t>(at),
                        plain.begin() + static_cast<std::ptrdiff_t>(at + *size)}});
        at += *size;
    }
    return out;
}

bool isPlain(const SeiMessage& message) {
    struct Row {
        std::uint32_t type;
        std::size_t most;
    };
    static constexpr std::array kRows{Row{6, 8}, Row{45, 16}, Row{47, 8}, Row{137, 24}, Row{144, 4}};
    return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) {
        return row.type == message.type && message.payload.size() <= row.most;
    });
}

Survey survey(Coding coding, Data packet, int lengthSize, bool key) {
    Survey out;
    const Units units = unitsOf(coding, packet, lengthSize);
    out.sound = units.whole;
    if (coding == Coding::H264 || coding == Coding::Hevc) {
        for (const Unit& unit : units.list) {
            surveyNal(coding, packet.subspan(unit.payload, unit.end - unit.payload), out);
        }
        return out;
    }
    out.restart = key || coding == Coding::Mjpeg || coding == Coding::ProRes;
    constexpr std::uint8_t kUserData = 0xB2;
    constexpr std::uint8_t kGroupOfVop = 0xB3;
    for (const Unit& unit : units.list) {
        const Data data = packet.subspan(unit.payload, unit.end - unit.payload);
        if (data.size() > 1 && data[0] == kUserData) {
            out.userData.push_back(shown(data.subspan(1)));
        }
        // 18 bits: hours, minutes, marker, seconds (14496-2 6.2.4)
        if (coding == Coding::Mpeg4 && data.size() >= 4 && data[0] == kGroupOfVop) {
            const int hours = data[1] >> 3;
            const int minutes = (data[1] & 7) << 3 | data[2] >> 5;
            const int seconds = (data[2] & 0x0F) << 2 | data[3] >> 6;
            out.clockSeconds = (hours * 60 + minutes) * 60 + seconds;
        }
    }
    return out;
}

int lengthSizeOf(Coding coding, Data extradata) {
    if (coding == Coding::H264 && extradata.size() >= 7 && extradata[0] == 1) {
        return (extradata[4] & 3) + 1;
    }
    if (coding == Coding::Hevc && extradata.size() >= 23 &&
        (extradata[0] != 0 || extradata[1] != 0 || extradata[2] > 1)) {
        return (extradata[21] & 3) + 1;
    }
    return 0;
}

std::vector<std::vector<std::uint8_t>> configurationUnits(Coding coding, Data extradata) {
    std::vector<std::vector<std::uint8_t>> out;
    const auto add = [&](std::size_t begin, std::size_t end) {
        out.emplace_back(extradata.begin() + static_cast<std::ptrdiff_t>(begin),
                         extradata.begin() + static_cast<std::ptrdiff_t>(end));
    };
    std::size_t at = 0;
    const auto take = [&](std::size_t count) {
        for (std::size_t i = 0; i < count && extradata.size() - at >= 2; ++i) {
            const std::size_t length = (std::size_t{extradata[at]} << 8U) | extradata[at + 1];
            at += 2;
            if (length > extradata.size() - at) {
                at = extradata.size();
                return;
            }
            add(at, at + length);
            at += length;
        }
    };
    if (lengthSizeOf(coding, extradata) == 0) {
        for (const Unit& unit : startCodeUnits(extradata).list) {
            if (unit.end > unit.payload) {
                add(unit.payload, unit.end);
            }
        }
    } else if (coding == Coding::H264) {
        at = 6;
        take(extradata[5] & 0x1F);
        if (at < extradata.size()) {
            const std::size_t count = extradata[at++];
            take(count);
        }
    } else {
        at = 23;
        for (int arrays = extradata[22]; arrays > 0 && extradata.size() - at >= 3; --arrays) {
            const std::size_t count = (std::size_t{extradata[at + 1]} << 8U) | extradata[at + 2];
            at += 3;
            take(count);
        }
    }
    return out;
}

std::vector<int> h264ParameterSets(Data extradata) {
    std::vector<int> out;
    for (const auto& unit : configurationUnits(Coding::H264, extradata)) {
        if (const auto id = parameterSetId(unit)) {
            out.push_back(*id);
        }
    }
    return out;
}

} // namespace kamei::intake::video
