#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <png.h>

#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/Fill.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "transform.image.png";

struct Input {
    std::string_view bytes;
    std::size_t at = 0;
};

void readBytes(png_structp png, png_bytep out, std::size_t count) {
    auto* const input = static_cast<Input*>(png_get_io_ptr(png));
    if (input->bytes.size() - input->at < count) {
        png_error(png, "end");
    }
    std::memcpy(out, input->bytes.data() + input->at, count);
    input->at += count;
}
void writeBytes(png_structp png, png_bytep data, std::size_t count) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), count);
}
void flush(png_structp) {}
void onError(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}
png_voidp allocate(png_structp png, png_alloc_size_t count) {
    return count > *static_cast<const std::size_t*>(png_get_mem_ptr(png)) ? nullptr : std::malloc(count);
}

/// Reader and writer of one picture with the rows between them, as stored.
struct Picture {
    Input input;
    std::string output;
    std::size_t mostOfBlock;
    png_structp reader = nullptr;
    png_infop info = nullptr;
    png_structp writer = nullptr;
    png_infop outInfo = nullptr;
    std::vector<unsigned char> pixels;
    std::vector<png_bytep> rows;
    std::size_t stride = 0;

    explicit Picture(std::string_view bytes)
        : input{bytes}, mostOfBlock(intake::image::mostOfPngBlock(bytes.size())) {
        reader = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning, &mostOfBlock,
                                          allocate, nullptr);
        writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
        info = reader == nullptr ? nullptr : png_create_info_struct(reader);
        outInfo = writer == nullptr ? nullptr : png_create_info_struct(writer);
        if (info != nullptr && outInfo != nullptr) {
            png_set_read_fn(reader, &input, readBytes);
            png_set_write_fn(writer, &output, writeBytes, flush);
            png_set_user_limits(reader, 1U << 20, 1U << 20);
            png_set_user_limits(writer, 1U << 20, 1U << 20);
        }
    }
    ~Picture() {
        png_destroy_read_struct(&reader, &info, nullptr);
        png_destroy_write_struct(&writer, &outInfo);
    }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
};

bool readHeader(Picture& picture) {
    if (setjmp(png_jmpbuf(picture.reader)) != 0) {
        return false;
    }
    png_read_info(picture.reader, picture.info);
    png_set_interlace_handling(picture.reader);
    png_read_update_info(picture.reader, picture.info);
    return true;
}

bool readRows(Picture& picture) {
    if (setjmp(png_jmpbuf(picture.reader)) != 0) {
        return false;
    }
    png_read_image(picture.reader, picture.rows.data());
    png_read_end(picture.reader, nullptr);
    return true;
}

/// The palette entry nearest to black, opaque if there is one.
std::size_t darkestEntry(Picture& picture) {
    png_colorp palette = nullptr;
    int count = 0;
    png_get_PLTE(picture.reader, picture.info, &palette, &count);
    const auto brightness = [](const png_color& c) { return c.red * 3 + c.green * 6 + c.blue; };
    const png_color* const darkest =
        std::min_element(palette, palette + count, [&](const png_color& a, const png_color& b) {
            return brightness(a) < brightness(b);
        });
    return static_cast<std::size_t>(darkest - palette);
}

/// Samples of eight or sixteen bits, filled as each mask asks; alpha becomes opaque, or nobody would see that
/// something was masked.
void fillWhole(Picture& picture, const FrameMasks& masks) {
    const std::size_t bytes = png_get_bit_depth(picture.reader, picture.info) / 8U;
    const std::size_t channels = png_get_channels(picture.reader, picture.info);
    const bool alpha = (png_get_color_type(picture.reader, picture.info) & PNG_COLOR_MASK_ALPHA) != 0;
    const std::int64_t highest = bytes == 1 ? 0xFF : 0xFFFF;
    std::vector<ChannelRange> ranges(channels - (alpha ? 1 : 0), ChannelRange{0, 0, highest});
    const auto width = static_cast<std::size_t>(masks.all.width);
    const auto sample = [&](std::size_t pixel, std::size_t c) {
        return picture.rows[pixel / width] + ((pixel % width) * channels + c) * bytes;
    };
    fillSamples(
        masks, 1, ranges,
        [&](std::size_t pixel, std::size_t c) -> std::int64_t {
            const unsigned char* const at = sample(pixel, c);
            return bytes == 1 ? at[0] : at[0] << 8 | at[1];
        },
        [&](std::size_t pixel, std::size_t c, std::int64_t value) {
            unsigned char* const at = sample(pixel, c);
            at[bytes - 1] = static_cast<unsigned char>(value & 0xFF);
            at[0] = bytes == 2 ? static_cast<unsigned char>(value >> 8) : at[0];
            if (alpha && c == 0) {
                std::memset(sample(pixel, channels - 1), 0xFF, bytes);
            }
        });
}

/// Palettes and fewer bits have no values for a mean: their masks are black.
void blackenBits(Picture& picture, const model::MaskBitmap& bitmap) {
    const std::size_t depth = png_get_bit_depth(picture.reader, picture.info);
    const bool palette = png_get_color_type(picture.reader, picture.info) == PNG_COLOR_TYPE_PALETTE;
    const std::size_t entry = palette ? darkestEntry(picture) : 0;
    for (std::int32_t y = 0; y < bitmap.height; ++y) {
        unsigned char* const row = picture.rows[static_cast<std::size_t>(y)];
        for (std::int32_t x = 0; x < bitmap.width; ++x) {
            for (std::size_t bit = 0; bitmap.at(x, y) && bit < depth; ++bit) {
                const bool one = palette && ((entry >> (depth - 1 - bit)) & 1U) != 0;
                fillBits(row, static_cast<std::size_t>(x) * depth + bit, 1, one);
            }
        }
    }
}

void fillMasks(Picture& picture, const std::vector<model::Mask>& masks) {
    const auto width = static_cast<std::int32_t>(png_get_image_width(picture.reader, picture.info));
    const auto height = static_cast<std::int32_t>(png_get_image_height(picture.reader, picture.info));
    const FrameMasks frame = masksOn(masks, 1, width, height);
    const bool whole = png_get_bit_depth(picture.reader, picture.info) >= 8 &&
                       png_get_color_type(picture.reader, picture.info) != PNG_COLOR_TYPE_PALETTE;
    whole ? fillWhole(picture, frame) : blackenBits(picture, frame.all);
}

/// What belongs to the pixels: palette, transparency, colour space, resolution. Texts, times and anything
/// unknown are not asked for and so do not come along.
bool write(Picture& picture, const std::string& profile, std::int32_t orientation) {
    if (setjmp(png_jmpbuf(picture.writer)) != 0 || setjmp(png_jmpbuf(picture.reader)) != 0) {
        return false;
    }
    png_structp in = picture.reader;
    png_infop from = picture.info;
    png_structp out = picture.writer;
    png_infop to = picture.outInfo;
    png_set_IHDR(out, to, png_get_image_width(in, from), png_get_image_height(in, from),
                 png_get_bit_depth(in, from), png_get_color_type(in, from), PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_colorp palette = nullptr;
    int count = 0;
    if (png_get_PLTE(in, from, &palette, &count) != 0) {
        png_set_PLTE(out, to, palette, count);
    }
    png_bytep alpha = nullptr;
    png_color_16p colour = nullptr;
    if (png_get_tRNS(in, from, &alpha, &count, &colour) != 0) {
        png_set_tRNS(out, to, alpha, count, colour);
    }
    int intent = 0;
    png_fixed_point gamma = 0;
    if (png_get_sRGB(in, from, &intent) != 0) {
        png_set_sRGB(out, to, intent);
    } else if (png_get_gAMA_fixed(in, from, &gamma) != 0) {
        png_set_gAMA_fixed(out, to, gamma);
    }
    if (!profile.empty() && png_get_valid(in, from, PNG_INFO_sRGB) == 0) {
        png_set_iCCP(out, to, "ICC", PNG_COMPRESSION_TYPE_BASE,
                     reinterpret_cast<png_const_bytep>(profile.data()),
                     static_cast<png_uint_32>(profile.size()));
    }
    png_uint_32 across = 0;
    png_uint_32 down = 0;
    int unit = 0;
    if (png_get_pHYs(in, from, &across, &down, &unit) != 0) {
        png_set_pHYs(out, to, across, down, unit);
    }
    if (orientation > 1) {
        png_byte exif[] = {'M', 'M',  0, 42, 0, 0, 0, 8, 0, 1,
                           1,   0x12, 0, 3,  0, 0, 0, 1, 0, static_cast<png_byte>(orientation),
                           0,   0,    0, 0,  0, 0};
        png_set_eXIf_1(out, to, sizeof exif, exif);
    }
    png_write_info(out, to);
    png_write_image(out, picture.rows.data());
    png_write_end(out, nullptr);
    return true;
}

} // namespace

base::Expected<std::string> maskPng(std::string_view bytes, const std::vector<model::Mask>& masks) {
    if (const auto whole = intake::image::decode(bytes, "png", 1); !whole) {
        return tl::unexpected(whole.error());
    }
    Picture picture(bytes);
    if (picture.info == nullptr || picture.outInfo == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    if (!readHeader(picture)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const std::size_t height = png_get_image_height(picture.reader, picture.info);
    picture.stride = png_get_rowbytes(picture.reader, picture.info);
    picture.pixels.resize(picture.stride * height);
    picture.rows.resize(height);
    for (std::size_t y = 0; y < height; ++y) {
        picture.rows[y] = picture.pixels.data() + y * picture.stride;
    }
    if (!readRows(picture)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (!masks.empty()) {
        fillMasks(picture, masks);
    }
    std::string profile = intake::image::iccProfileOf(bytes);
    if (!intake::image::isCommonProfile(profile)) {
        profile.clear();
    }
    if (!write(picture, profile, intake::image::orientationOf(bytes))) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return std::move(picture.output);
}

} // namespace kamei::transform::image
