#include "core/transform/image/JpegBlocks.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE
#include <cstdlib>
#include <cstring>
#include <jerror.h>
#include <jpeglib.h>
#include <vector>

namespace kamei::transform::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "transform.image.jpeg";

struct ErrorManager {
    jpeg_error_mgr base;
    std::jmp_buf jump;
};

[[noreturn]] void onError(j_common_ptr info) {
    std::longjmp(reinterpret_cast<ErrorManager*>(info->err)->jump, 1);
}

/// The same warnings as in intake end the work: coefficients that are missing must not become grey.
void onMessage(j_common_ptr info, int level) {
    const int code = info->err->msg_code;
    const bool harmless = code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM ||
                          code == JWRN_JFIF_MAJOR || code == JWRN_TOO_MUCH_DATA;
    if (level < 0 && !harmless) {
        onError(info);
    }
}
void silent(j_common_ptr) {}

/// Source and destination of a transcoding; destroyed on every way out.
struct Transcoder {
    jpeg_decompress_struct in{};
    jpeg_compress_struct out{};
    ErrorManager errors{};
    unsigned char* buffer = nullptr;
    unsigned long size = 0;

    Transcoder() {
        in.err = jpeg_std_error(&errors.base);
        errors.base.error_exit = onError;
        errors.base.emit_message = onMessage;
        errors.base.output_message = silent;
        out.err = in.err;
        jpeg_create_decompress(&in);
        jpeg_create_compress(&out);
    }
    ~Transcoder() {
        jpeg_destroy_compress(&out);
        jpeg_destroy_decompress(&in);
        std::free(buffer); // given by libjpeg's own malloc
    }
    Transcoder(const Transcoder&) = delete;
    Transcoder& operator=(const Transcoder&) = delete;
};

bool readCoefficients(Transcoder& jpeg, std::string_view bytes, jvirt_barray_ptr*& arrays) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    jpeg_mem_src(&jpeg.in, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg.in, TRUE);
    arrays = jpeg_read_coefficients(&jpeg.in);
    return true;
}

/// Which MCUs the masks touch: row-major.
struct TouchedMcus {
    std::size_t columns = 0;
    std::vector<std::uint8_t> touched;
};

TouchedMcus touchedMcus(const jpeg_decompress_struct& in, const JpegEdit& edit) {
    const auto width = static_cast<std::int32_t>(in.image_width);
    const auto height = static_cast<std::int32_t>(in.image_height);
    const std::int32_t mcuWidth = in.max_h_samp_factor * DCTSIZE;
    const std::int32_t mcuHeight = in.max_v_samp_factor * DCTSIZE;
    bool coarse = false;
    for (int c = 0; c < in.num_components; ++c) {
        coarse = coarse || in.comp_info[c].h_samp_factor != in.max_h_samp_factor ||
                 in.comp_info[c].v_samp_factor != in.max_v_samp_factor;
    }
    const std::int32_t reach = coarse ? 1 : 0;
    TouchedMcus out;
    out.columns = static_cast<std::size_t>((width + mcuWidth - 1) / mcuWidth);
    out.touched.resize(out.columns * static_cast<std::size_t>((height + mcuHeight - 1) / mcuHeight));
    const model::MaskBitmap bitmap = edit.inside(width, height);
    const auto touch = [&](std::int32_t x, std::int32_t y) {
        const std::int32_t column = std::clamp(x, 0, width - 1) / mcuWidth;
        const std::int32_t row = std::clamp(y, 0, height - 1) / mcuHeight;
        out.touched[static_cast<std::size_t>(row) * out.columns + static_cast<std::size_t>(column)] = 1;
    };
    for (std::int32_t y = 0; y < height; ++y) {
        for (std::int32_t x = 0; x < width; ++x) {
            if (bitmap.at(x, y)) {
                touch(x - reach, y - reach);
                touch(x + reach, y - reach);
                touch(x - reach, y + reach);
                touch(x + reach, y + reach);
            }
        }
    }
    return out;
}

/// The DC coefficient of a block that is black in a component. Rounded away from grey, so that it decodes to
/// black whatever the quantisation.
JCOEF blackDc(const jpeg_decompress_struct& in, const jpeg_component_info& component, const JpegEdit& edit) {
    const bool unmarked = in.saw_JFIF_marker == 0 && in.saw_Adobe_marker == 0;
    const bool colours = in.jpeg_color_space == JCS_YCbCr && !(unmarked && edit.rgbUnlessMarked);
    const bool chroma = (colours || in.jpeg_color_space == JCS_YCCK) &&
                        (component.component_index == 1 || component.component_index == 2);
    if (chroma || component.quant_table == nullptr) {
        return 0;
    }
    const int step = std::max<int>(component.quant_table->quantval[0], 1);
    const int black = (1024 + step - 1) / step;
    // Without Adobe's inversion, full ink is the highest value.
    const bool inkUp = in.jpeg_color_space == JCS_CMYK && in.saw_Adobe_marker == 0;
    return static_cast<JCOEF>(inkUp || edit.blackIsHigh ? black : -black);
}

bool blacken(Transcoder& jpeg, jvirt_barray_ptr* arrays, const TouchedMcus& mcus, const JpegEdit& edit) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    for (int c = 0; c < jpeg.in.num_components; ++c) {
        const jpeg_component_info& component = jpeg.in.comp_info[c];
        const JCOEF dc = blackDc(jpeg.in, component, edit);
        for (JDIMENSION row = 0; row < component.height_in_blocks; ++row) {
            JBLOCKARRAY blocks = (*jpeg.in.mem->access_virt_barray)(reinterpret_cast<j_common_ptr>(&jpeg.in),
                                                                    arrays[c], row, 1, TRUE);
            const std::size_t mcuRow = row / static_cast<JDIMENSION>(component.v_samp_factor) * mcus.columns;
            for (JDIMENSION column = 0; column < component.width_in_blocks; ++column) {
                if (mcus.touched[mcuRow + column / static_cast<JDIMENSION>(component.h_samp_factor)] != 0) {
                    std::memset(blocks[0][column], 0, sizeof(JBLOCK));
                    blocks[0][column][0] = dc;
                }
            }
        }
    }
    return true;
}

/// EXIF with the orientation as its only tag (Exif 2.32, 4.5.4 and 4.6.4).
std::array<unsigned char, 32> orientationExif(std::int32_t orientation) {
    return {'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, 42, 0, 0, 0,
            8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,  1, 0, static_cast<unsigned char>(orientation),
            0,   0,   0,   0,   0,    0};
}

bool write(Transcoder& jpeg, jvirt_barray_ptr* arrays, const JpegEdit& edit) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return false;
    }
    jpeg_mem_dest(&jpeg.out, &jpeg.buffer, &jpeg.size);
    jpeg_copy_critical_parameters(&jpeg.in, &jpeg.out);
    if (jpeg.in.progressive_mode != 0) {
        jpeg_simple_progression(&jpeg.out);
    }
    // What the source says of its colours, and no more: a guess of the library must not become a statement.
    jpeg.out.write_JFIF_header = jpeg.in.saw_JFIF_marker;
    jpeg.out.write_Adobe_marker = jpeg.in.saw_Adobe_marker;
    // The source's Huffman tables may lack codes for what the masks wrote.
    jpeg.out.optimize_coding = TRUE;
    jpeg_write_coefficients(&jpeg.out, arrays);
    if (edit.orientation > 1) {
        const auto exif = orientationExif(edit.orientation);
        jpeg_write_marker(&jpeg.out, JPEG_APP0 + 1, exif.data(), static_cast<unsigned>(exif.size()));
    }
    if (!edit.profile.empty()) {
        jpeg_write_icc_profile(&jpeg.out, reinterpret_cast<const JOCTET*>(edit.profile.data()),
                               static_cast<unsigned>(edit.profile.size()));
    }
    jpeg_finish_compress(&jpeg.out);
    jpeg_finish_decompress(&jpeg.in);
    return true;
}

} // namespace

base::Expected<std::string> blackenBlocks(std::string_view bytes, const JpegEdit& edit) {
    Transcoder jpeg;
    jvirt_barray_ptr* arrays = nullptr;
    if (!readCoefficients(jpeg, bytes, arrays)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const TouchedMcus mcus = touchedMcus(jpeg.in, edit);
    if (!blacken(jpeg, arrays, mcus, edit) || !write(jpeg, arrays, edit)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return std::string(reinterpret_cast<const char*>(jpeg.buffer), jpeg.size);
}

} // namespace kamei::transform::image
