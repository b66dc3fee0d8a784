#include <csetjmp>
#include <cstring>
#include <png.h>

#include "core/intake/image/Containers.h"
#include "core/intake/image/Image.h"
#include "core/intake/image/Metadata.h"
#include "core/transform/image/Fill.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {
namespace {

constexpr std::string_view kPlace = "transform.image.heif";

void writeBytes(png_structp png, png_bytep data, std::size_t count) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), count);
}
void flush(png_structp) {}
void onError(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}

struct Writer {
    std::string output;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
    png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);

    Writer() = default;
    ~Writer() { png_destroy_write_struct(&png, &info); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
};

bool write(Writer& writer, const model::Raster& raster, const std::string& profile,
           std::vector<png_bytep>& rows) {
    if (setjmp(png_jmpbuf(writer.png)) != 0) {
        return false;
    }
    png_set_write_fn(writer.png, &writer.output, writeBytes, flush);
    const int type = raster.channels == 4   ? PNG_COLOR_TYPE_RGB_ALPHA
                     : raster.channels == 3 ? PNG_COLOR_TYPE_RGB
                                            : PNG_COLOR_TYPE_GRAY;
    png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(raster.width),
                 static_cast<png_uint_32>(raster.height), raster.bitsPerSample, type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!profile.empty()) {
        png_set_iCCP(writer.png, writer.info, "ICC", PNG_COMPRESSION_TYPE_BASE,
                     reinterpret_cast<png_const_bytep>(profile.data()),
                     static_cast<png_uint_32>(profile.size()));
    }
    png_write_info(writer.png, writer.info);
    if (raster.bitsPerSample == 16) {
        png_set_swap(writer.png); // PNG is big-endian
    }
    png_write_image(writer.png, rows.data());
    png_write_end(writer.png, nullptr);
    return true;
}

} // namespace

base::Expected<std::string> maskHeif(std::string_view bytes, const std::vector<model::Mask>& masks) {
    auto raster = intake::image::decode(bytes, "heif", 1);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    FrameMasks frame = masksOn(masks, 1, raster->width, raster->height);
    grow(frame); // its colour is stored more coarsely than its brightness
    fillRaster(*raster, frame, 1);
    std::string profile = intake::image::heifParts(bytes).profile;
    if (!intake::image::isCommonProfile(profile)) {
        profile.clear();
    }
    const std::size_t stride = raster->samples.size() / static_cast<std::size_t>(raster->height);
    std::vector<png_bytep> rows;
    for (std::int32_t y = 0; y < raster->height; ++y) {
        rows.push_back(
            reinterpret_cast<png_bytep>(raster->samples.data() + static_cast<std::size_t>(y) * stride));
    }
    Writer writer;
    if (writer.info == nullptr) {
        return base::fail(base::ErrorCode::OutOfMemory, kPlace);
    }
    if (!write(writer, *raster, profile, rows)) {
        return base::fail(base::ErrorCode::Malformed, kPlace);
    }
    return std::move(writer.output);
}

} // namespace kamei::transform::image
