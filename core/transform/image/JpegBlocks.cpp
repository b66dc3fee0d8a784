#include "core/transform/image/JpegBlocks.h"

#include <algorithm>
#include <array>
#include <cmath>
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

/// Pixels of an MCU, and whether some component is sampled more coarsely than others.
struct McuSize {
    std::int32_t width = DCTSIZE;
    std::int32_t height = DCTSIZE;
    bool coarse = false;
};

McuSize mcuSizeOf(const jpeg_decompress_struct& in) {
    McuSize out{in.max_h_samp_factor * DCTSIZE, in.max_v_samp_factor * DCTSIZE, false};
    for (int c = 0; c < in.num_components; ++c) {
        out.coarse = out.coarse || in.comp_info[c].h_samp_factor != in.max_h_samp_factor ||
                     in.comp_info[c].v_samp_factor != in.max_v_samp_factor;
    }
    return out;
}

/// Which MCUs a mask touches: a bitmap with a cell for each MCU.
model::MaskBitmap touchedMcus(const model::MaskBitmap& pixels, const McuSize& mcu) {
    const std::int32_t reach = mcu.coarse ? 1 : 0;
    model::MaskBitmap out{
        (pixels.width + mcu.width - 1) / mcu.width, (pixels.height + mcu.height - 1) / mcu.height, {}};
    out.inside.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    const auto touch = [&](std::int32_t x, std::int32_t y) {
        const std::int32_t column = std::clamp(x, 0, pixels.width - 1) / mcu.width;
        const std::int32_t row = std::clamp(y, 0, pixels.height - 1) / mcu.height;
        out.inside[static_cast<std::size_t>(row) * static_cast<std::size_t>(out.width) +
                   static_cast<std::size_t>(column)] = 1;
    };
    for (std::int32_t y = 0; y < pixels.height; ++y) {
        for (std::int32_t x = 0; x < pixels.width; ++x) {
            if (pixels.at(x, y)) {
                touch(x - reach, y - reach);
                touch(x + reach, y - reach);
                touch(x - reach, y + reach);
                touch(x + reach, y + reach);
            }
        }
    }
    return out;
}

/// The masks of a picture in its MCUs.
FrameMasks inMcus(const FrameMasks& pixels, const McuSize& mcu) {
    FrameMasks out{{}, touchedMcus(pixels.all, mcu)};
    for (const FilledMask& one : pixels.masks) {
        out.masks.push_back({one.mask, touchedMcus(one.inside, mcu)});
    }
    return out;
}

/// What the DC coefficients of a component may be. Black is rounded away from grey, so that it decodes to
/// black whatever the quantisation.
ChannelRange rangeOf(const jpeg_decompress_struct& in, const jpeg_component_info& component,
                     const JpegEdit& edit) {
    const bool unmarked = in.saw_JFIF_marker == 0 && in.saw_Adobe_marker == 0;
    const bool colours = in.jpeg_color_space == JCS_YCbCr && !(unmarked && edit.rgbUnlessMarked);
    const bool chroma = (colours || in.jpeg_color_space == JCS_YCCK) &&
                        (component.component_index == 1 || component.component_index == 2);
    const int step =
        component.quant_table == nullptr ? 1024 : std::max<int>(component.quant_table->quantval[0], 1);
    const int end = (1024 + step - 1) / step;
    // Without Adobe's inversion, full ink is the highest value.
    const bool inkUp = in.jpeg_color_space == JCS_CMYK && in.saw_Adobe_marker == 0;
    const int black = chroma || component.quant_table == nullptr ? 0 : inkUp || edit.blackIsHigh ? end : -end;
    return {black, -end, end, !chroma};
}

/// One row of the blocks of a component; null when the library gives none. The library's jump ends here, so
/// that it passes over no object that has to be destroyed.
JBLOCKROW blockRow(Transcoder& jpeg, jvirt_barray_ptr array, JDIMENSION row) {
    if (setjmp(jpeg.errors.jump) != 0) {
        return nullptr;
    }
    return (*jpeg.in.mem->access_virt_barray)(reinterpret_cast<j_common_ptr>(&jpeg.in), array, row, 1,
                                              TRUE)[0];
}

/// The coefficients as cells, one for each MCU.
class McuCells {
public:
    McuCells(Transcoder& jpeg, jvirt_barray_ptr* arrays, std::int32_t columns)
        : m_jpeg(jpeg), m_arrays(arrays), m_columns(static_cast<std::size_t>(columns)) {}

    /// Mean of the DC coefficients of a component in an MCU; 0 where it has none.
    std::int64_t mean(std::size_t mcu, std::size_t component) {
        std::int64_t sum = 0;
        std::int64_t count = 0;
        eachBlock(mcu, component, [&](JCOEF* block) {
            sum += block[0];
            ++count;
        });
        return count == 0 ? 0 : sum / count;
    }
    void flatten(std::size_t mcu, std::size_t component, std::int64_t dc) {
        eachBlock(mcu, component, [&](JCOEF* block) {
            std::memset(block, 0, sizeof(JBLOCK));
            block[0] = static_cast<JCOEF>(dc);
        });
    }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    template <class Use> void eachBlock(std::size_t mcu, std::size_t c, const Use& use) {
        const jpeg_component_info& component = m_jpeg.in.comp_info[c];
        const auto h = static_cast<JDIMENSION>(component.h_samp_factor);
        const auto v = static_cast<JDIMENSION>(component.v_samp_factor);
        const auto top = static_cast<JDIMENSION>(mcu / m_columns) * v;
        const auto left = static_cast<JDIMENSION>(mcu % m_columns) * h;
        for (JDIMENSION row = top; row < std::min(top + v, component.height_in_blocks); ++row) {
            JBLOCKROW blocks = blockRow(m_jpeg, m_arrays[c], row);
            m_failed = m_failed || blocks == nullptr;
            for (JDIMENSION x = left; !m_failed && x < std::min(left + h, component.width_in_blocks); ++x) {
                use(blocks[x]);
            }
        }
    }

    Transcoder& m_jpeg;
    jvirt_barray_ptr* m_arrays;
    std::size_t m_columns;
    bool m_failed = false;
};

/// What a component stores of a colour (ISO/IEC 10918-5, 7 where it is YCbCr).
double stored(const std::array<double, 3>& rgb, std::size_t component, bool colours) {
    const auto& [red, green, blue] = rgb;
    if (!colours) {
        return rgb.at(std::min<std::size_t>(component, 2));
    }
    return component == 0   ? 0.299 * red + 0.587 * green + 0.114 * blue
           : component == 1 ? 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue
                            : 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue;
}

bool paint(Transcoder& jpeg, jvirt_barray_ptr* arrays, const FrameMasks& mcus, const McuSize& size,
           const JpegEdit& edit) {
    const bool unmarked = jpeg.in.saw_JFIF_marker == 0 && jpeg.in.saw_Adobe_marker == 0;
    const bool colours = jpeg.in.jpeg_color_space == JCS_YCbCr && !(unmarked && edit.rgbUnlessMarked);
    McuCells cells(jpeg, arrays, mcus.all.width);
    for (std::size_t mask = 0; mask < mcus.masks.size(); ++mask) {
        const model::MaskBitmap& inside = mcus.masks[mask].inside;
        for (std::size_t mcu = 0; mcu < inside.inside.size(); ++mcu) {
            if (inside.inside[mcu] == 0) {
                continue;
            }
            const auto column = static_cast<std::int32_t>(mcu) % inside.width;
            const auto row = static_cast<std::int32_t>(mcu) / inside.width;
            const auto rgb =
                edit.paint(mask, column * size.width + size.width / 2, row * size.height + size.height / 2);
            for (int c = 0; c < jpeg.in.num_components; ++c) {
                const JQUANT_TBL* const table = jpeg.in.comp_info[c].quant_table;
                const int step = table == nullptr ? 1024 : std::max<int>(table->quantval[0], 1);
                const double value = stored(rgb, static_cast<std::size_t>(c), colours);
                cells.flatten(mcu, static_cast<std::size_t>(c), std::lround((value - 128) * DCTSIZE / step));
            }
        }
    }
    return !cells.failed();
}

bool fill(Transcoder& jpeg, jvirt_barray_ptr* arrays, const FrameMasks& mcus, const JpegEdit& edit) {
    std::vector<ChannelRange> ranges;
    for (int c = 0; c < jpeg.in.num_components; ++c) {
        ranges.push_back(rangeOf(jpeg.in, jpeg.in.comp_info[c], edit));
    }
    McuCells cells(jpeg, arrays, mcus.all.width);
    fillSamples(
        mcus, edit.frame, ranges, [&](std::size_t mcu, std::size_t c) { return cells.mean(mcu, c); },
        [&](std::size_t mcu, std::size_t c, std::int64_t dc) { cells.flatten(mcu, c, dc); });
    return !cells.failed();
}

/// EXIF with the orientation as its only tag (Exif 2.32, 4.5.4 and 4.6.4).
std::array<unsigned char, 32> orientationExif(std::int32_t orientation) {
    return {'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, 42, 0, 0, 0,
            8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,  1, 0, static_cast<unsigned char>(orientation),
            0,   0,   0,   0,   0,    0};
}

/// The Huffman tables of the source, for the same components.
void copyTables(Transcoder& jpeg) {
    const auto copy = [&](JHUFF_TBL* const* from, JHUFF_TBL** to) {
        for (int i = 0; i < NUM_HUFF_TBLS; ++i) {
            if (from[i] == nullptr) {
                continue;
            }
            if (to[i] == nullptr) {
                to[i] = jpeg_alloc_huff_table(reinterpret_cast<j_common_ptr>(&jpeg.out));
            }
            *to[i] = *from[i];
            to[i]->sent_table = FALSE;
        }
    };
    copy(jpeg.in.dc_huff_tbl_ptrs, jpeg.out.dc_huff_tbl_ptrs);
    copy(jpeg.in.ac_huff_tbl_ptrs, jpeg.out.ac_huff_tbl_ptrs);
    for (int c = 0; c < jpeg.in.num_components; ++c) {
        jpeg.out.comp_info[c].dc_tbl_no = jpeg.in.comp_info[c].dc_tbl_no;
        jpeg.out.comp_info[c].ac_tbl_no = jpeg.in.comp_info[c].ac_tbl_no;
    }
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
    jpeg.out.optimize_coding = edit.keepTables ? FALSE : TRUE;
    if (edit.keepTables) {
        copyTables(jpeg);
    }
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

base::Expected<std::string> fillBlocks(std::string_view bytes, const JpegEdit& edit) {
    Transcoder jpeg;
    jvirt_barray_ptr* arrays = nullptr;
    if (!readCoefficients(jpeg, bytes, arrays)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const McuSize size = mcuSizeOf(jpeg.in);
    const FrameMasks mcus = inMcus(edit.inside(static_cast<std::int32_t>(jpeg.in.image_width),
                                               static_cast<std::int32_t>(jpeg.in.image_height)),
                                   size);
    const bool filled = edit.paint ? paint(jpeg, arrays, mcus, size, edit) : fill(jpeg, arrays, mcus, edit);
    if (!filled || !write(jpeg, arrays, edit)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return std::string(reinterpret_cast<const char*>(jpeg.buffer), jpeg.size);
}

} // namespace kamei::transform::image
