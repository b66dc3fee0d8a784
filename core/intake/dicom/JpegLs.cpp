#include "core/intake/dicom/JpegLs.h"

#include <algorithm>
#include <charls/charls.h>
#include <cstring>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.jpegls";

/// Cells of another width: streams of up to eight bits come in bytes.
std::vector<std::byte> widened(const std::vector<std::byte>& bytes, std::size_t unit) {
    std::vector<std::byte> out(bytes.size() * unit);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[i * unit] = bytes[i];
    }
    return out;
}

std::vector<std::byte> byPixel(const std::vector<std::byte>& planes, std::size_t unit, std::size_t channels) {
    const std::size_t pixels = planes.size() / unit / channels;
    std::vector<std::byte> out(planes.size());
    for (std::size_t c = 0; c < channels; ++c) {
        for (std::size_t i = 0; i < pixels; ++i) {
            std::memcpy(out.data() + (i * channels + c) * unit, planes.data() + (c * pixels + i) * unit,
                        unit);
        }
    }
    return out;
}

/// False when the stream is not sound. Some encoders leave a byte of padding before the end marker: all
/// samples of a single scan are there then, and only the marker is missed.
bool decodeAll(charls::jpegls_decoder& decoder, std::vector<std::byte>& samples, bool oneScan) {
    try {
        decoder.decode(samples.data(), samples.size());
        return true;
    } catch (const charls::jpegls_error& error) {
        return oneScan && error.code() == charls::jpegls_errc::jpeg_marker_start_byte_not_found;
    }
}

bool holdsMore(std::span<const std::byte> samples, std::size_t unit, std::int32_t bits) {
    for (std::size_t i = 0; i + unit <= samples.size(); i += unit) {
        std::uint32_t cell = 0;
        std::memcpy(&cell, samples.data() + i, unit);
        if (cell >> bits != 0) {
            return true;
        }
    }
    return false;
}

} // namespace

bool isJpegLs(std::string_view transferSyntax) {
    return transferSyntax == "1.2.840.10008.1.2.4.80" || transferSyntax == "1.2.840.10008.1.2.4.81";
}

base::Expected<DecodedFrame> decodeJpegLs(std::span<const std::byte> stream, const PixelFormat& format) {
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    try {
        charls::jpegls_decoder decoder;
        decoder.source(stream.data(), stream.size());
        decoder.read_header();
        const charls::frame_info info = decoder.frame_info();
        const std::size_t coded = info.bits_per_sample > 8 ? 2 : 1;
        // The header is compared before anything is allocated for it.
        const bool fits = info.width == static_cast<std::uint32_t>(format.columns) &&
                          info.height == static_cast<std::uint32_t>(format.rows) &&
                          info.component_count == format.samples && unit >= coded && unit <= 2;
        if (!fits) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        DecodedFrame out{format, std::vector<std::byte>(decoder.destination_size())};
        const bool byPlane = format.samples > 1 && decoder.interleave_mode() == charls::interleave_mode::none;
        if (!decodeAll(decoder, out.samples, !byPlane)) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (unit > coded) {
            out.samples = widened(out.samples, unit);
        }
        out.format.planar = false;
        if (out.samples.size() != out.format.frameBytes()) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (byPlane) {
            out.samples = byPixel(out.samples, unit, static_cast<std::size_t>(format.samples));
        }
        return out;
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
}

base::Expected<std::vector<std::byte>> encodeJpegLs(std::span<const std::byte> samples,
                                                    const PixelFormat& format) {
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    const std::int32_t bits = format.isSigned ? format.bitsAllocated : std::max(2, format.bitsStored);
    const bool possible = unit >= 1 && unit <= 2 && !format.planar &&
                          format.highBit == format.bitsStored - 1 && samples.size() == format.frameBytes() &&
                          !holdsMore(samples, unit, bits);
    if (!possible) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    // The library takes up to eight bits in bytes.
    std::vector<std::byte> narrow;
    if (unit == 2 && bits <= 8) {
        narrow.resize(samples.size() / 2);
        for (std::size_t i = 0; i < narrow.size(); ++i) {
            narrow[i] = samples[2 * i];
        }
        samples = narrow;
    }
    try {
        charls::jpegls_encoder encoder;
        encoder.frame_info({static_cast<std::uint32_t>(format.columns),
                            static_cast<std::uint32_t>(format.rows), bits, format.samples});
        encoder.interleave_mode(format.samples > 1 ? charls::interleave_mode::line
                                                   : charls::interleave_mode::none);
        std::vector<std::byte> out(encoder.estimated_destination_size());
        encoder.destination(out.data(), out.size());
        out.resize(encoder.encode(samples.data(), samples.size()));
        return out;
    } catch (const std::exception&) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
}

} // namespace kamei::intake::dicom
