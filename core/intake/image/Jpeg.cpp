#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE
#include <jerror.h>
#include <jpeglib.h>

#include "core/intake/image/Codecs.h"
#include "core/intake/image/Metadata.h"

namespace kamei::intake::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.image.jpeg";

/// libjpeg reports errors by a function that must not return; it jumps back to where decoding began.
struct ErrorManager {
    jpeg_error_mgr base;
    std::jmp_buf jump;
    int code = 0;
};

[[noreturn]] void onError(j_common_ptr info) {
    auto* const manager = reinterpret_cast<ErrorManager*>(info->err);
    manager->code = info->err->msg_code;
    std::longjmp(manager->jump, 1);
}

/// A warning means missing or damaged data. Showing the grey that libjpeg fills in would hide what a person
/// has to see, so the first one ends decoding, except for a few that cost no pixels.
void onMessage(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    const int code = info->err->msg_code;
    if (code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR ||
        code == JWRN_TOO_MUCH_DATA) {
        return;
    }
    onError(info);
}

void silent(j_common_ptr) {}

base::Error errorOf(int code) {
    switch (code) {
    case JERR_INPUT_EOF:
    case JERR_INPUT_EMPTY:
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
        return {ErrorCode::Truncated, {}, std::string(kPlace)};
    case JERR_OUT_OF_MEMORY:
        return {ErrorCode::OutOfMemory, {}, std::string(kPlace)};
    case JERR_IMAGE_TOO_BIG:
        return {ErrorCode::TooLarge, {}, std::string(kPlace)};
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
        return {ErrorCode::UnsupportedFormat, {"jpeg"}, std::string(kPlace)};
    default:
        return {ErrorCode::Malformed, {}, std::string(kPlace)};
    }
}

/// A decompressor that is destroyed on every way out.
struct Decompressor {
    jpeg_decompress_struct info{};
    ErrorManager errors{};

    Decompressor() {
        info.err = jpeg_std_error(&errors.base);
        errors.base.error_exit = onError;
        errors.base.emit_message = onMessage;
        errors.base.output_message = silent;
        jpeg_create_decompress(&info);
    }
    ~Decompressor() { jpeg_destroy_decompress(&info); }
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
};

bool readHeader(Decompressor& jpeg, std::string_view bytes) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    jpeg_mem_src(&jpeg.info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg.info, TRUE);
    return true;
}

bool start(Decompressor& jpeg) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    const bool grey = jpeg.info.num_components == 1;
    const bool fourColours = jpeg.info.num_components == 4;
    jpeg.info.out_color_space = grey ? JCS_GRAYSCALE : fourColours ? JCS_CMYK : JCS_RGB;
    // A progressive file can ask for thousands of passes over a huge picture.
    jpeg.info.mem->max_memory_to_use = 3L << 30;
    jpeg_start_decompress(&jpeg.info);
    return true;
}

bool readRows(Decompressor& jpeg, unsigned char* out, std::size_t stride) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    while (jpeg.info.output_scanline < jpeg.info.output_height) {
        JSAMPROW row = out + static_cast<std::size_t>(jpeg.info.output_scanline) * stride;
        jpeg_read_scanlines(&jpeg.info, &row, 1);
    }
    jpeg_finish_decompress(&jpeg.info);
    return true;
}

/// CMYK as RGB; Adobe writes it inverted.
void toRgb(model::Raster& raster, bool inverted) {
    const std::size_t pixels =
        static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height);
    for (std::size_t i = 0; i < pixels; ++i) {
        const auto ink = [&](std::size_t c) {
            const auto value = std::to_integer<unsigned>(raster.samples[i * 4 + c]);
            return inverted ? value : 255U - value;
        };
        const unsigned black = ink(3);
        const unsigned rgb[3] = {ink(0) * black / 255, ink(1) * black / 255, ink(2) * black / 255};
        for (std::size_t c = 0; c < 3; ++c) {
            raster.samples[i * 3 + c] = static_cast<std::byte>(rgb[c]);
        }
    }
    raster.samples.resize(pixels * 3);
    raster.channels = 3;
}

/// Number of scans: each SOS is one. More than a few hundred serve only to keep a decoder busy.
bool tooManyScans(std::string_view bytes) {
    constexpr int kMaxScans = 500;
    int scans = 0;
    for (std::size_t at = bytes.find("\xFF\xDA"); at != std::string_view::npos;
         at = bytes.find("\xFF\xDA", at + 2)) {
        if (++scans > kMaxScans) {
            return true;
        }
    }
    return false;
}

} // namespace

base::Expected<ImageFacts> jpegFacts(std::string_view bytes) {
    Decompressor jpeg;
    if (!readHeader(jpeg, bytes)) {
        return tl::unexpected(errorOf(jpeg.errors.code));
    }
    if (auto done = checkSize(jpeg.info.image_width, jpeg.info.image_height); !done) {
        return tl::unexpected(done.error());
    }
    if (jpeg.info.data_precision != 8) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"jpeg"});
    }
    ImageFacts facts;
    facts.width = static_cast<std::int32_t>(jpeg.info.image_width);
    facts.height = static_cast<std::int32_t>(jpeg.info.image_height);
    facts.channels = jpeg.info.num_components;
    facts.bitsPerSample = jpeg.info.data_precision;
    facts.orientation = orientationOf(bytes);
    return facts;
}

base::Expected<model::Raster> decodeJpeg(std::string_view bytes) {
    Decompressor jpeg;
    if (tooManyScans(bytes)) {
        return base::fail(ErrorCode::TooManyEntries, kPlace);
    }
    if (!readHeader(jpeg, bytes)) {
        return tl::unexpected(errorOf(jpeg.errors.code));
    }
    if (auto done = checkSize(jpeg.info.image_width, jpeg.info.image_height); !done) {
        return tl::unexpected(done.error());
    }
    if (!start(jpeg)) {
        return tl::unexpected(errorOf(jpeg.errors.code));
    }
    model::Raster out;
    out.width = static_cast<std::int32_t>(jpeg.info.output_width);
    out.height = static_cast<std::int32_t>(jpeg.info.output_height);
    out.channels = jpeg.info.output_components;
    const std::size_t stride = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.channels);
    out.samples.resize(stride * static_cast<std::size_t>(out.height));
    const bool inverted = jpeg.info.saw_Adobe_marker != 0;
    if (!readRows(jpeg, reinterpret_cast<unsigned char*>(out.samples.data()), stride)) {
        return tl::unexpected(errorOf(jpeg.errors.code));
    }
    if (out.channels == 4) {
        toRgb(out, inverted);
    }
    return out;
}

} // namespace kamei::intake::image
