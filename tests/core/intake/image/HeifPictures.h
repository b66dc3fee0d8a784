#pragma once

#include <libheif/heif.h>
#include <string>

#include "tests/core/intake/image/Pictures.h"

namespace kamei::test {

struct HeifOptions {
    heif_compression_format format = heif_compression_HEVC;
    bool alpha = false;
    std::string exif = {}; ///< with its "Exif\0\0"
    std::string xmp = {};
    bool second = false; ///< another picture behind the first
};

/// A HEIF or AVIF of the gradient, encoded by libheif; empty when it has no encoder.
inline std::string makeHeif(int width, int height, const HeifOptions& options = {}) {
    heif_context* context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    std::string out;
    if (heif_context_get_encoder_for_format(context, options.format, &encoder).code != heif_error_Ok) {
        heif_context_free(context);
        return out;
    }
    heif_encoder_set_lossy_quality(encoder, 90);
    const int channels = options.alpha ? 4 : 3;
    for (int number = 0; number < (options.second ? 2 : 1); ++number) {
        heif_image* image = nullptr;
        heif_image_create(width, height, heif_colorspace_RGB,
                          options.alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &image);
        heif_image_add_plane(image, heif_channel_interleaved, width, height, 8);
        int stride = 0;
        std::uint8_t* plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width * channels; ++x) {
                plane[y * stride + x] = static_cast<std::uint8_t>(sampleAt(x / channels, y, x % channels) ^
                                                                  hidden(x / channels, y));
            }
        }
        heif_image_handle* handle = nullptr;
        heif_context_encode_image(context, image, encoder, nullptr, &handle);
        if (handle != nullptr && number == 0) {
            if (!options.exif.empty()) {
                heif_context_add_exif_metadata(context, handle, options.exif.data(),
                                               static_cast<int>(options.exif.size()));
            }
            if (!options.xmp.empty()) {
                heif_context_add_XMP_metadata(context, handle, options.xmp.data(),
                                              static_cast<int>(options.xmp.size()));
            }
            heif_context_set_primary_image(context, handle);
        }
        heif_image_handle_release(handle);
        heif_image_release(image);
    }
    heif_writer writer{};
    writer.writer_api_version = 1;
    writer.write = [](heif_context*, const void* data, size_t size, void* user) {
        static_cast<std::string*>(user)->assign(static_cast<const char*>(data), size);
        return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
    };
    heif_context_write(context, &writer, &out);
    heif_encoder_release(encoder);
    heif_context_free(context);
    return out;
}

} // namespace kamei::test
