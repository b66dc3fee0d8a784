#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/intake/dicom/VideoStream.h"
#include "core/intake/video/Video.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.picture";

/// Samples of one frame as numbers, whatever their width.
class Samples {
public:
    explicit Samples(const DecodedFrame& frame)
        : m_format(frame.format), m_data(frame.samples.data()),
          m_unit(static_cast<std::size_t>(frame.format.bitsAllocated / 8)) {}

    std::int64_t at(std::size_t index) const {
        std::uint64_t raw = sampleAt(m_data, index, m_unit);
        // Bits beside the stored ones may hold an overlay (PS3.5 8.1.1): they are no part of the value.
        raw >>= m_format.highBit + 1 - m_format.bitsStored;
        const int unused = 64 - m_format.bitsStored;
        const std::uint64_t top = raw << unused;
        return m_format.isSigned ? static_cast<std::int64_t>(top) >> unused
                                 : static_cast<std::int64_t>(top >> unused);
    }
    double floating(std::size_t index) const {
        if (m_unit == 4) {
            float value = 0;
            std::memcpy(&value, m_data + index * m_unit, sizeof value);
            return value;
        }
        double value = 0;
        std::memcpy(&value, m_data + index * m_unit, sizeof value);
        return value;
    }

private:
    const PixelFormat& m_format;
    const std::byte* m_data;
    std::size_t m_unit;
};

std::byte clamped(double value) {
    return static_cast<std::byte>(std::clamp(std::lround(value), 0L, 255L));
}

/// YBR_FULL to RGB (PS3.3 C.7.6.3.1.2).
void toRgb(double y, double cb, double cr, std::byte* out) {
    out[0] = clamped(y + 1.402 * (cr - 128));
    out[1] = clamped(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128));
    out[2] = clamped(y + 1.772 * (cb - 128));
}

class PictureMaker {
public:
    PictureMaker(const Instance& instance, const DecodedFrame& frame)
        : m_instance(instance), m_format(frame.format), m_samples(frame) {
        m_out.width = m_format.columns;
        m_out.height = m_format.rows;
        m_pixels = static_cast<std::size_t>(m_format.rows) * static_cast<std::size_t>(m_format.columns);
    }

    base::Expected<model::Raster> make() {
        const std::string& p = m_format.photometric;
        const Tag tag = m_instance.pixels()->tag;
        if (tag == tags::FloatPixelData || tag == tags::DoublePixelData) {
            floating();
        } else if (p == "PALETTE COLOR") {
            if (!palette()) {
                return base::fail(ErrorCode::Malformed, kPlace, {"(0028,1101)"});
            }
        } else if (m_format.samples >= 3) {
            colour();
        } else {
            grey();
        }
        return std::move(m_out);
    }

private:
    void grey() {
        m_out.invert = m_format.photometric == "MONOCHROME1";
        m_out.slope = m_instance.decimal(tags::RescaleSlope).value_or(1.0);
        m_out.intercept = m_instance.decimal(tags::RescaleIntercept).value_or(0.0);
        if (m_out.slope == 0.0) {
            m_out.slope = 1.0;
        }
        m_out.windowCenter = m_instance.decimal(tags::WindowCenter).value_or(0.0);
        m_out.windowWidth = std::max(0.0, m_instance.decimal(tags::WindowWidth).value_or(0.0));
        if (m_format.bitsStored <= 8 && !m_format.isSigned) {
            m_out.bitsPerSample = 8;
            m_out.samples.resize(m_pixels);
            // A few stored bits fill the range of eight, so that one-bit masks are seen.
            const double scale = 255.0 / ((1 << m_format.bitsStored) - 1);
            for (std::size_t i = 0; i < m_pixels; ++i) {
                const std::int64_t stored = m_samples.at(i);
                m_out.samples[i] = m_format.bitsStored == 8 ? static_cast<std::byte>(stored)
                                                            : clamped(static_cast<double>(stored) * scale);
            }
            return;
        }
        m_out.bitsPerSample = 16;
        m_out.isSigned = m_format.isSigned;
        m_out.samples.resize(m_pixels * 2);
        // More than 16 bits (dose, maps) are reduced; the rescale slope grows accordingly.
        const int surplus = std::max(0, m_format.bitsStored - 16);
        m_out.slope *= std::ldexp(1.0, surplus);
        for (std::size_t i = 0; i < m_pixels; ++i) {
            const auto value = static_cast<std::uint16_t>(m_samples.at(i) >> surplus);
            std::memcpy(m_out.samples.data() + 2 * i, &value, sizeof value);
        }
    }

    void floating() {
        double low = 0;
        double high = 0;
        for (std::size_t i = 0; i < m_pixels; ++i) {
            const double value = m_samples.floating(i);
            if (std::isfinite(value)) {
                low = i == 0 ? value : std::min(low, value);
                high = i == 0 ? value : std::max(high, value);
            }
        }
        m_out.bitsPerSample = 16;
        m_out.samples.resize(m_pixels * 2);
        m_out.slope = high > low ? (high - low) / 65'535.0 : 1.0;
        m_out.intercept = low;
        for (std::size_t i = 0; i < m_pixels; ++i) {
            const double value = m_samples.floating(i);
            const double scaled =
                std::isfinite(value) ? std::clamp((value - low) / m_out.slope, 0.0, 65'535.0) : 0.0;
            const auto stored = static_cast<std::uint16_t>(std::lround(scaled));
            std::memcpy(m_out.samples.data() + 2 * i, &stored, sizeof stored);
        }
    }

    void colour() {
        m_out.channels = 3;
        m_out.samples.resize(m_pixels * 3);
        const bool ybr = m_format.photometric.starts_with("YBR") && m_format.photometric != "YBR_RCT" &&
                         m_format.photometric != "YBR_ICT";
        const double scale =
            m_format.bitsStored == 8 ? 1.0 : 255.0 / static_cast<double>((1ULL << m_format.bitsStored) - 1);
        const auto samples = static_cast<std::size_t>(m_format.samples);
        const bool half = m_format.halfColour;
        for (std::size_t i = 0; i < m_pixels; ++i) {
            std::byte* out = m_out.samples.data() + 3 * i;
            std::array<double, 3> value{};
            for (std::size_t c = 0; c < 3; ++c) {
                std::size_t index = m_format.planar ? c * m_pixels + i : i * samples + c;
                if (half) { // Y1 Y2 CB CR for two pixels
                    index = i / 2 * 4 + (c == 0 ? i % 2 : c + 1);
                }
                value[c] = static_cast<double>(m_samples.at(index)) * scale;
            }
            if (ybr) {
                toRgb(value[0], value[1], value[2], out);
            } else {
                std::ranges::transform(value, out, clamped);
            }
        }
    }

    /// One channel of the palette as 8 bits an entry (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6).
    bool channel(Tag descriptorTag, Tag dataTag, std::vector<std::byte>& out, std::int64_t& first) const {
        const Element* descriptor = m_instance.find(descriptorTag);
        const Element* data = m_instance.find(dataTag);
        if (descriptor == nullptr || data == nullptr) {
            return false;
        }
        const auto word = [&](const Element& element, std::size_t index) {
            const auto bytes = m_instance.value(element).subspan(2 * index, 2);
            const bool big = element.syntax.bigEndian;
            return std::to_integer<unsigned>(bytes[big ? 0 : 1]) << 8 |
                   std::to_integer<unsigned>(bytes[big ? 1 : 0]);
        };
        if (m_instance.value(*descriptor).size() < 6) {
            return false;
        }
        std::size_t entries = word(*descriptor, 0);
        entries = entries == 0 ? 65'536 : entries;
        const unsigned start = word(*descriptor, 1);
        first = m_format.isSigned ? static_cast<std::int16_t>(start) : static_cast<std::int64_t>(start);
        const std::size_t bytes = m_instance.value(*data).size();
        out.resize(entries);
        if (bytes >= entries * 2) {
            // Entries of eight bits sometimes stand in the low byte: then no high byte is set anywhere.
            unsigned largest = 0;
            for (std::size_t i = 0; i < entries; ++i) {
                largest = std::max(largest, word(*data, i));
            }
            for (std::size_t i = 0; i < entries; ++i) {
                out[i] = static_cast<std::byte>(largest > 255 ? word(*data, i) >> 8 : word(*data, i));
            }
            return true;
        }
        for (std::size_t i = 0; i < entries && i < bytes; ++i) {
            out[i] = m_instance.value(*data)[i];
        }
        return bytes >= entries;
    }

    bool palette() {
        std::array<std::vector<std::byte>, 3> lut;
        std::int64_t first = 0;
        for (Tag c = 0; c < 3; ++c) {
            if (!channel(0x00281101 + c, 0x00281201 + c, lut[c], first)) {
                return false;
            }
        }
        m_out.channels = 3;
        m_out.samples.resize(m_pixels * 3);
        for (std::size_t i = 0; i < m_pixels; ++i) {
            for (std::size_t c = 0; c < 3; ++c) {
                const std::int64_t index = std::clamp<std::int64_t>(
                    m_samples.at(i) - first, 0, static_cast<std::int64_t>(lut[c].size()) - 1);
                m_out.samples[3 * i + c] = lut[c][static_cast<std::size_t>(index)];
            }
        }
        return true;
    }

    const Instance& m_instance;
    const PixelFormat& m_format;
    Samples m_samples;
    model::Raster m_out;
    std::size_t m_pixels = 0;
};

} // namespace

base::Expected<model::Raster> decodeDicomPicture(const Instance& instance, std::int32_t frame,
                                                 const std::filesystem::path& path) {
    if (holdsVideo(instance)) {
        const auto bytes = videoBytes(instance, path);
        return bytes ? video::decodeVideoFrame(*bytes, videoName(path, {}), frame)
                     : tl::unexpected(bytes.error());
    }
    const auto decoder = FrameDecoder::make(instance);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    const auto decoded = decoder->decode(frame - 1);
    if (!decoded) {
        return tl::unexpected(decoded.error());
    }
    return PictureMaker(instance, *decoded).make();
}

base::Expected<model::Raster> decodeDicomPicture(const model::Source& source, std::int32_t frame) {
    if (!source.member.empty()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace); // members come as bytes: the other function
    }
    const auto instance = Instance::open(source.path);
    return instance ? decodeDicomPicture(*instance, frame, source.path) : tl::unexpected(instance.error());
}

base::Expected<model::Raster> decodeDicomPicture(std::span<const std::byte> content, std::int32_t frame) {
    const auto instance = Instance::ofMemory(content);
    return instance ? decodeDicomPicture(*instance, frame) : tl::unexpected(instance.error());
}

} // namespace kamei::intake::dicom
