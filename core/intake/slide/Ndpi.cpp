#include "core/intake/slide/Ndpi.h"

#include <tiff.h>

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.ndpi";
constexpr std::uint16_t kStarts = 65426;
constexpr std::uint16_t kStartsHigh = 65432;
/// More than tables and application segments of a scanner need.
constexpr std::uint64_t kMostHeader = 1U << 20;

std::uint32_t u8(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}
std::uint32_t u16(std::string_view bytes, std::size_t at) {
    return u8(bytes, at) << 8 | u8(bytes, at + 1);
}

/// Size of an MCU in pixels from a frame header (ITU T.81 B.2.2); false when it is not one.
bool readFrame(std::string_view segment, JpegHeader& out) {
    if (segment.size() < 6) {
        return false;
    }
    const std::uint32_t components = u8(segment, 5);
    if (components == 0 || components > 4 || segment.size() < 6 + components * 3) {
        return false;
    }
    std::uint32_t h = 1;
    std::uint32_t v = 1;
    for (std::uint32_t c = 0; c < components; ++c) {
        const std::uint32_t sampling = u8(segment, 6 + c * 3 + 1);
        h = std::max(h, sampling >> 4);
        v = std::max(v, sampling & 15);
    }
    if (h > 4 || v > 4) {
        return false;
    }
    // A single component is not interleaved: its MCU is one block (A.2.2).
    out.mcuWidth = components == 1 ? 8 : 8 * h;
    out.mcuHeight = components == 1 ? 8 : 8 * v;
    return true;
}

} // namespace

std::optional<JpegHeader> jpegHeader(std::string_view bytes) {
    JpegHeader out;
    std::size_t at = 2;
    if (bytes.size() < 4 || u16(bytes, 0) != 0xFFD8) {
        return std::nullopt;
    }
    while (at + 4 <= bytes.size()) {
        if (u8(bytes, at) != 0xFF) {
            return std::nullopt;
        }
        const std::uint32_t marker = u8(bytes, at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        const std::uint32_t length = u16(bytes, at + 2);
        if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9) || length < 2 ||
            at + 2 + length > bytes.size()) {
            return std::nullopt;
        }
        const std::string_view segment = bytes.substr(at + 4, length - 2);
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            out.frameAt = at;
            out.sequential = marker <= 0xC1;
            if (!readFrame(segment, out)) {
                return std::nullopt;
            }
        } else if (marker == 0xDD) {
            if (segment.size() < 2) {
                return std::nullopt;
            }
            out.restart = u16(segment, 0);
        } else if (marker == 0xDA) {
            out.dataAt = at + 2 + length;
            return out.frameAt == 0 ? std::nullopt : std::optional(out);
        }
        at += 2 + length;
    }
    return std::nullopt;
}

base::Expected<StripPlace> stripOf(const Structure& structure, const Directory& directory) {
    const auto offset = structure.number(directory, TIFFTAG_STRIPOFFSETS);
    const auto size = structure.number(directory, TIFFTAG_STRIPBYTECOUNTS);
    if (!offset || !size) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const std::uint64_t all = structure.bytes->size();
    if (*offset > all || *size > all - *offset) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    return StripPlace{*offset, *size};
}

base::Expected<std::optional<Intervals>> intervalsOf(const Structure& structure, const Directory& directory,
                                                     std::uint32_t width, std::uint32_t height) {
    const Entry* const starts = directory.find(kStarts);
    if (starts == nullptr) {
        return std::optional<Intervals>();
    }
    const auto strip = stripOf(structure, directory);
    if (!strip) {
        return tl::unexpected(strip.error());
    }
    const auto head = structure.bytes->read(strip->offset, std::min(strip->size, kMostHeader));
    if (!head) {
        return tl::unexpected(head.error());
    }
    const auto jpeg = jpegHeader(*head);
    if (!jpeg) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (jpeg->restart == 0) {
        return std::optional<Intervals>();
    }
    const std::uint64_t across = (width - 1) / jpeg->mcuWidth + 1;
    const std::uint64_t down = (height - 1) / jpeg->mcuHeight + 1;
    if (!jpeg->sequential || jpeg->restart > across || across % jpeg->restart != 0) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"intervals"});
    }
    if (starts->count != across / jpeg->restart * down) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return std::optional(Intervals{jpeg->restart * jpeg->mcuWidth, jpeg->mcuHeight});
}

base::Expected<std::vector<std::uint64_t>> intervalStarts(const Structure& structure,
                                                          const Directory& directory, std::uint64_t count) {
    const Entry* const entry = directory.find(kStarts);
    const Entry* const highEntry = directory.find(kStartsHigh);
    const auto strip = stripOf(structure, directory);
    if (entry == nullptr || !strip) {
        return entry == nullptr ? base::fail(ErrorCode::Malformed, kPlace) : tl::unexpected(strip.error());
    }
    auto out = structure.numbers(*entry, kMaxBlocks);
    if (!out) {
        return out;
    }
    if (highEntry != nullptr) {
        const auto high = structure.numbers(*highEntry, kMaxBlocks);
        if (!high) {
            return high;
        }
        for (std::size_t i = 0; i < std::min(high->size(), out->size()); ++i) {
            (*out)[i] += (*high)[i] << 32;
        }
    }
    bool sound = out->size() == count && count > 0;
    for (std::size_t i = 0; sound && i < out->size(); ++i) {
        sound = (*out)[i] < strip->size && (i == 0 || (*out)[i] > (*out)[i - 1]);
    }
    if (!sound) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

std::string intervalJpeg(std::string_view header, std::string_view data, std::uint32_t width,
                         std::uint32_t height) {
    std::string out(header);
    const auto jpeg = jpegHeader(header);
    if (!jpeg || width > 0xFFFF || height > 0xFFFF) {
        return {};
    }
    const std::size_t size = jpeg->frameAt + 5; // behind marker, length and precision
    out[size] = static_cast<char>(height >> 8);
    out[size + 1] = static_cast<char>(height & 0xFF);
    out[size + 2] = static_cast<char>(width >> 8);
    out[size + 3] = static_cast<char>(width & 0xFF);
    while (data.size() >= 2 && u8(data, data.size() - 2) == 0xFF && u8(data, data.size() - 1) >= 0xD0 &&
           u8(data, data.size() - 1) <= 0xD9) {
        data.remove_suffix(2);
    }
    out += data;
    out += "\xFF\xD9";
    return out;
}

} // namespace kamei::intake::slide
