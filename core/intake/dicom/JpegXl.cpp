#include "core/intake/dicom/JpegXl.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <jxl/decode.h>
#include <jxl/decode_cxx.h>
#include <jxl/encode.h>
#include <jxl/encode_cxx.h>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.jpegxl";
constexpr std::array<std::string_view, 3> kSyntaxes{"1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111",
                                                    "1.2.840.10008.1.2.4.112"};
constexpr std::size_t kFirstOutput = 64 * 1024;

const std::uint8_t* octets(std::span<const std::byte> bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::uint32_t highest(std::int32_t bits) {
    return (1U << bits) - 1;
}

/// The library fills the range of 8 or 16 bits whatever the bits of the samples; rounding takes that back.
void rescale(std::vector<std::uint16_t>& samples, std::uint32_t from, std::uint32_t to) {
    if (from == to) {
        return;
    }
    for (std::uint16_t& sample : samples) {
        sample = static_cast<std::uint16_t>((static_cast<std::uint64_t>(sample) * to + from / 2) / from);
    }
}

std::vector<std::byte> cellsOf(const std::vector<std::uint16_t>& samples, std::size_t unit) {
    std::vector<std::byte> out(samples.size() * unit);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::memcpy(out.data() + i * unit, &samples[i], std::min<std::size_t>(unit, sizeof samples[i]));
    }
    return out;
}

/// Runs the encoder to its end.
base::Expected<std::vector<std::byte>> outputOf(JxlEncoder* encoder) {
    std::vector<std::byte> out(kFirstOutput);
    std::uint8_t* next = reinterpret_cast<std::uint8_t*>(out.data());
    std::size_t left = out.size();
    for (;;) {
        const JxlEncoderStatus status = JxlEncoderProcessOutput(encoder, &next, &left);
        const std::size_t done = out.size() - left;
        if (status == JXL_ENC_SUCCESS) {
            out.resize(done);
            return out;
        }
        if (status != JXL_ENC_NEED_MORE_OUTPUT) {
            return base::fail(ErrorCode::NotPossible, kPlace);
        }
        out.resize(out.size() * 2);
        next = reinterpret_cast<std::uint8_t*>(out.data()) + done;
        left = out.size() - done;
    }
}

bool setDescription(JxlEncoder* encoder, const PixelFormat& format) {
    JxlBasicInfo info;
    JxlEncoderInitBasicInfo(&info);
    info.xsize = static_cast<std::uint32_t>(format.columns);
    info.ysize = static_cast<std::uint32_t>(format.rows);
    info.bits_per_sample = static_cast<std::uint32_t>(format.bitsStored);
    info.num_color_channels = static_cast<std::uint32_t>(format.samples);
    info.uses_original_profile = JXL_TRUE;
    JxlColorEncoding colours;
    JxlColorEncodingSetToSRGB(&colours, format.samples == 1 ? JXL_TRUE : JXL_FALSE);
    // Level 10 for more than 8 bits; DICOM sets no bound (PS3.5 2024b A.4.12).
    return JxlEncoderSetBasicInfo(encoder, &info) == JXL_ENC_SUCCESS &&
           JxlEncoderSetColorEncoding(encoder, &colours) == JXL_ENC_SUCCESS;
}

} // namespace

bool isJpegXl(std::string_view transferSyntax) {
    return std::ranges::find(kSyntaxes, transferSyntax) != kSyntaxes.end();
}

base::Expected<DecodedFrame> decodeJpegXl(std::span<const std::byte> stream, const PixelFormat& format) {
    const auto decoder = JxlDecoderMake(nullptr);
    if (!decoder) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const bool ready = JxlDecoderSubscribeEvents(decoder.get(), JXL_DEC_BASIC_INFO | JXL_DEC_FULL_IMAGE) ==
                           JXL_DEC_SUCCESS &&
                       JxlDecoderSetKeepOrientation(decoder.get(), JXL_TRUE) == JXL_DEC_SUCCESS &&
                       JxlDecoderSetInput(decoder.get(), octets(stream), stream.size()) == JXL_DEC_SUCCESS;
    if (!ready) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    JxlDecoderCloseInput(decoder.get());
    const std::size_t count = static_cast<std::size_t>(format.rows) *
                              static_cast<std::size_t>(format.columns) *
                              static_cast<std::size_t>(format.samples);
    std::vector<std::uint16_t> samples;
    DecodedFrame out{format, {}};
    for (;;) {
        const JxlDecoderStatus status = JxlDecoderProcessInput(decoder.get());
        if (status == JXL_DEC_BASIC_INFO) {
            JxlBasicInfo info;
            // The header is compared before anything is allocated for it.
            const bool fits = JxlDecoderGetBasicInfo(decoder.get(), &info) == JXL_DEC_SUCCESS &&
                              info.xsize == static_cast<std::uint32_t>(format.columns) &&
                              info.ysize == static_cast<std::uint32_t>(format.rows) &&
                              info.num_color_channels == static_cast<std::uint32_t>(format.samples) &&
                              info.bits_per_sample <= 16 &&
                              info.bits_per_sample <= static_cast<std::uint32_t>(format.bitsAllocated);
            if (!fits) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
            if (info.num_extra_channels != 0 || info.exponent_bits_per_sample != 0 || info.have_animation) {
                return base::fail(ErrorCode::UnsupportedTransferSyntax, kPlace, {"JPEG XL"});
            }
            out.format.bitsStored = static_cast<std::int32_t>(info.bits_per_sample);
            out.format.highBit = out.format.bitsStored - 1;
        } else if (status == JXL_DEC_NEED_IMAGE_OUT_BUFFER) {
            samples.resize(count);
            const JxlPixelFormat pixel{static_cast<std::uint32_t>(format.samples), JXL_TYPE_UINT16,
                                       JXL_LITTLE_ENDIAN, 0};
            if (JxlDecoderSetImageOutBuffer(decoder.get(), &pixel, samples.data(), count * 2) !=
                JXL_DEC_SUCCESS) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
        } else if (status == JXL_DEC_FULL_IMAGE) {
            break;
        } else {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
    }
    rescale(samples, highest(16), highest(out.format.bitsStored));
    out.samples = cellsOf(samples, static_cast<std::size_t>(format.bitsAllocated / 8));
    out.format.planar = false;
    if (format.samples == 3) {
        out.format.photometric = "RGB"; // the decoder undoes XYB and YCbCr itself
    }
    return out;
}

base::Expected<std::vector<std::byte>> encodeJpegXl(std::span<const std::byte> samples,
                                                    const PixelFormat& format) {
    const bool possible = !format.isSigned && !format.planar && format.bitsStored <= 16 &&
                          format.highBit == format.bitsStored - 1 &&
                          (format.samples == 1 || format.samples == 3);
    const auto encoder = JxlEncoderMake(nullptr);
    if (!possible || !encoder) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    std::vector<std::uint16_t> wide(samples.size() / unit);
    for (std::size_t i = 0; i < wide.size(); ++i) {
        std::memcpy(&wide[i], samples.data() + i * unit, std::min<std::size_t>(unit, sizeof wide[i]));
    }
    rescale(wide, highest(format.bitsStored), highest(16));
    const JxlPixelFormat pixel{static_cast<std::uint32_t>(format.samples), JXL_TYPE_UINT16, JXL_LITTLE_ENDIAN,
                               0};
    JxlEncoderFrameSettings* settings = JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
    constexpr std::int64_t kQuick = 3; // effort 1 to 9; the least that compresses well
    const bool done =
        setDescription(encoder.get(), format) && settings != nullptr &&
        JxlEncoderSetFrameLossless(settings, JXL_TRUE) == JXL_ENC_SUCCESS &&
        JxlEncoderFrameSettingsSetOption(settings, JXL_ENC_FRAME_SETTING_EFFORT, kQuick) == JXL_ENC_SUCCESS &&
        JxlEncoderAddImageFrame(settings, &pixel, wide.data(), wide.size() * 2) == JXL_ENC_SUCCESS;
    if (!done) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    JxlEncoderCloseInput(encoder.get());
    return outputOf(encoder.get());
}

base::Expected<std::string> jpegOfJpegXl(std::span<const std::byte> stream) {
    const auto decoder = JxlDecoderMake(nullptr);
    if (!decoder ||
        JxlDecoderSubscribeEvents(decoder.get(), JXL_DEC_JPEG_RECONSTRUCTION | JXL_DEC_FULL_IMAGE) !=
            JXL_DEC_SUCCESS ||
        JxlDecoderSetInput(decoder.get(), octets(stream), stream.size()) != JXL_DEC_SUCCESS) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    JxlDecoderCloseInput(decoder.get());
    std::string out;
    const auto give = [&](std::size_t done) {
        out.resize(std::max(kFirstOutput, done * 2));
        return JxlDecoderSetJPEGBuffer(decoder.get(), reinterpret_cast<std::uint8_t*>(out.data()) + done,
                                       out.size() - done) == JXL_DEC_SUCCESS;
    };
    bool given = false;
    for (;;) {
        const JxlDecoderStatus status = JxlDecoderProcessInput(decoder.get());
        if (status == JXL_DEC_JPEG_RECONSTRUCTION) {
            given = give(0);
        } else if (status == JXL_DEC_JPEG_NEED_MORE_OUTPUT) {
            given = give(out.size() - JxlDecoderReleaseJPEGBuffer(decoder.get()));
        } else if (status == JXL_DEC_FULL_IMAGE && given) {
            out.resize(out.size() - JxlDecoderReleaseJPEGBuffer(decoder.get()));
            return out;
        } else {
            return base::fail(ErrorCode::NotPossible, kPlace);
        }
        if (!given) {
            return base::fail(ErrorCode::NotPossible, kPlace);
        }
    }
}

base::Expected<std::vector<std::byte>> jpegXlOfJpeg(std::string_view jpeg) {
    const auto encoder = JxlEncoderMake(nullptr);
    if (!encoder || JxlEncoderStoreJPEGMetadata(encoder.get(), JXL_TRUE) != JXL_ENC_SUCCESS) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    JxlEncoderFrameSettings* settings = JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
    if (settings == nullptr ||
        JxlEncoderAddJPEGFrame(settings, reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()) !=
            JXL_ENC_SUCCESS) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    JxlEncoderCloseInput(encoder.get());
    return outputOf(encoder.get());
}

} // namespace kamei::intake::dicom
