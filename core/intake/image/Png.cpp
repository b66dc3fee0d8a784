#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <png.h>
#include <vector>

#include "core/intake/image/Codecs.h"
#include "core/intake/image/Metadata.h"

namespace kamei::intake::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.image.png";

struct Input {
    std::string_view bytes;
    std::size_t at = 0;
    bool ended = false;
};

void readBytes(png_structp png, png_bytep out, std::size_t count) {
    auto* const input = static_cast<Input*>(png_get_io_ptr(png));
    if (input->bytes.size() - input->at < count) {
        input->ended = true;
        png_error(png, "end");
    }
    std::memcpy(out, input->bytes.data() + input->at, count);
    input->at += count;
}

void onError(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}
png_voidp allocate(png_structp png, png_alloc_size_t count) {
    return count > *static_cast<const std::size_t*>(png_get_mem_ptr(png)) ? nullptr : std::malloc(count);
}

/// A reader that is destroyed on every way out.
struct Reader {
    Input input;
    std::size_t mostOfBlock;
    png_structp png = nullptr;
    png_infop info = nullptr;

    explicit Reader(std::string_view bytes) : input{bytes}, mostOfBlock(mostOfPngBlock(bytes.size())) {
        png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning, &mostOfBlock,
                                       allocate, nullptr);
        info = png == nullptr ? nullptr : png_create_info_struct(png);
        if (info != nullptr) {
            png_set_read_fn(png, &input, readBytes);
            png_set_user_limits(png, 1U << 20, 1U << 20);
            png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
        }
    }
    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    [[nodiscard]] base::Error error() const {
        return {input.ended ? ErrorCode::Truncated : ErrorCode::Malformed, {}, std::string(kPlace)};
    }
};

bool readHeader(Reader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        return false;
    }
    png_read_info(reader.png, reader.info);
    return true;
}

/// Palettes, small bit depths and transparency become plain grey, RGB or RGBA.
bool expand(Reader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        return false;
    }
    png_set_expand(reader.png);
    if ((png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_ALPHA) != 0 &&
        (png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_COLOR) == 0) {
        png_set_gray_to_rgb(reader.png); // grey with alpha has no place in a Raster
    } else if (png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0) {
        png_set_gray_to_rgb(reader.png);
    }
    if (png_get_bit_depth(reader.png, reader.info) == 16) {
        png_set_swap(reader.png); // network order to this machine's
    }
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return true;
}

bool readRows(Reader& reader, std::vector<png_bytep>& rows) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) {
        return false;
    }
    png_read_image(reader.png, rows.data());
    png_read_end(reader.png, nullptr);
    return true;
}

base::Expected<ImageFacts> factsOf(Reader& reader) {
    if (reader.info == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    if (!readHeader(reader)) {
        return tl::unexpected(reader.error());
    }
    const png_uint_32 width = png_get_image_width(reader.png, reader.info);
    const png_uint_32 height = png_get_image_height(reader.png, reader.info);
    if (auto done = checkSize(width, height); !done) {
        return tl::unexpected(done.error());
    }
    ImageFacts facts;
    facts.width = static_cast<std::int32_t>(width);
    facts.height = static_cast<std::int32_t>(height);
    facts.channels = png_get_channels(reader.png, reader.info);
    facts.bitsPerSample = png_get_bit_depth(reader.png, reader.info);
    return facts;
}

} // namespace

base::Expected<ImageFacts> pngFacts(std::string_view bytes) {
    Reader reader(bytes);
    auto facts = factsOf(reader);
    if (facts) {
        facts->orientation = orientationOf(bytes);
    }
    return facts;
}

base::Expected<model::Raster> decodePng(std::string_view bytes) {
    Reader reader(bytes);
    if (auto facts = factsOf(reader); !facts) {
        return tl::unexpected(facts.error());
    }
    if (!expand(reader)) {
        return tl::unexpected(reader.error());
    }
    model::Raster out;
    out.width = static_cast<std::int32_t>(png_get_image_width(reader.png, reader.info));
    out.height = static_cast<std::int32_t>(png_get_image_height(reader.png, reader.info));
    out.channels = png_get_channels(reader.png, reader.info);
    out.bitsPerSample = std::max<std::int32_t>(png_get_bit_depth(reader.png, reader.info), 8);
    const std::size_t stride = png_get_rowbytes(reader.png, reader.info);
    out.samples.resize(stride * static_cast<std::size_t>(out.height));
    std::vector<png_bytep> rows(static_cast<std::size_t>(out.height));
    for (std::size_t y = 0; y < rows.size(); ++y) {
        rows[y] = reinterpret_cast<png_bytep>(out.samples.data() + y * stride);
    }
    if (!readRows(reader, rows)) {
        return tl::unexpected(reader.error());
    }
    return out;
}

} // namespace kamei::intake::image
