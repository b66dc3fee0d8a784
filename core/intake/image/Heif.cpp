#include <array>
#include <cstring>
#include <libheif/heif.h>
#include <memory>

#include "core/intake/image/Codecs.h"
#include "core/intake/image/Containers.h"

namespace kamei::intake::image {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.image.heif";
constexpr int kMaxSide = 1 << 15;

struct FreeContext {
    void operator()(heif_context* context) const { heif_context_free(context); }
};
struct ReleaseHandle {
    void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
};
struct ReleaseImage {
    void operator()(heif_image* image) const { heif_image_release(image); }
};

/// A file with its primary picture; the bytes outlive it.
struct Opened {
    std::unique_ptr<heif_context, FreeContext> context;
    std::unique_ptr<heif_image_handle, ReleaseHandle> primary;
};

tl::unexpected<base::Error> failed(const heif_error& error) {
    if (error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"heif"});
    }
    const bool ends = error.subcode == heif_suberror_End_of_data;
    return base::fail(ends ? ErrorCode::Truncated : ErrorCode::Malformed, kPlace);
}

base::Expected<Opened> open(std::string_view bytes) {
    Opened out;
    out.context.reset(heif_context_alloc());
    if (out.context == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    heif_context_set_maximum_image_size_limit(out.context.get(), kMaxSide);
    if (const heif_error error = heif_context_read_from_memory_without_copy(out.context.get(), bytes.data(),
                                                                            bytes.size(), nullptr);
        error.code != heif_error_Ok) {
        return failed(error);
    }
    heif_image_handle* handle = nullptr;
    if (const heif_error error = heif_context_get_primary_image_handle(out.context.get(), &handle);
        error.code != heif_error_Ok) {
        return failed(error);
    }
    out.primary.reset(handle);
    return out;
}

base::Expected<ImageFacts> factsOf(const Opened& file) {
    ImageFacts facts;
    facts.width = heif_image_handle_get_width(file.primary.get());
    facts.height = heif_image_handle_get_height(file.primary.get());
    facts.channels = heif_image_handle_has_alpha_channel(file.primary.get()) != 0 ? 4 : 3;
    facts.bitsPerSample = heif_image_handle_get_luma_bits_per_pixel(file.primary.get());
    if (facts.width <= 0 || facts.height <= 0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    auto fits = checkSize(static_cast<std::uint64_t>(facts.width), static_cast<std::uint64_t>(facts.height));
    return fits ? base::Expected<ImageFacts>(facts) : tl::unexpected(fits.error());
}

std::string block(const heif_image_handle* handle, heif_item_id id) {
    std::string out(heif_image_handle_get_metadata_size(handle, id), '\0');
    const heif_error error = heif_image_handle_get_metadata(handle, id, out.data());
    return error.code == heif_error_Ok ? out : std::string();
}

} // namespace

base::Expected<ImageFacts> heifFacts(std::string_view bytes) {
    const auto file = open(bytes);
    return file ? factsOf(*file) : tl::unexpected(file.error());
}

base::Expected<model::Raster> decodeHeif(std::string_view bytes) {
    const auto file = open(bytes);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto facts = factsOf(*file);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const bool deep = facts->bitsPerSample > 8;
    const bool alpha = facts->channels == 4;
    const heif_chroma chroma =
        deep ? (alpha ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBB_LE)
             : (alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB);
    heif_image* decoded = nullptr;
    if (const heif_error error =
            heif_decode_image(file->primary.get(), &decoded, heif_colorspace_RGB, chroma, nullptr);
        error.code != heif_error_Ok) {
        return failed(error);
    }
    const std::unique_ptr<heif_image, ReleaseImage> image(decoded);
    int stride = 0;
    const std::uint8_t* const plane =
        heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
    model::Raster out;
    out.width = heif_image_get_width(decoded, heif_channel_interleaved);
    out.height = heif_image_get_height(decoded, heif_channel_interleaved);
    out.channels = facts->channels;
    out.bitsPerSample = deep ? 16 : 8;
    const std::size_t row =
        static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.channels) * (deep ? 2 : 1);
    if (plane == nullptr || out.width <= 0 || out.height <= 0 || static_cast<std::size_t>(stride) < row) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    out.samples.resize(row * static_cast<std::size_t>(out.height));
    for (std::int32_t y = 0; y < out.height; ++y) {
        std::memcpy(out.samples.data() + static_cast<std::size_t>(y) * row,
                    plane + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride), row);
    }
    // Ten and twelve bits fill sixteen: the highest value is white whatever the depth.
    for (std::size_t i = 0; deep && i + 1 < out.samples.size(); i += 2) {
        std::uint16_t value = 0;
        std::memcpy(&value, out.samples.data() + i, sizeof value);
        const std::uint32_t highest = (1U << facts->bitsPerSample) - 1;
        value = static_cast<std::uint16_t>((value * 65'535U + highest / 2) / highest);
        std::memcpy(out.samples.data() + i, &value, sizeof value);
    }
    return out;
}

HeifParts heifParts(std::string_view bytes) {
    HeifParts out;
    const auto file = open(bytes);
    if (!file) {
        return out;
    }
    out.readable = true;
    const heif_image_handle* const handle = file->primary.get();
    const int count = heif_image_handle_get_number_of_metadata_blocks(handle, nullptr);
    std::vector<heif_item_id> ids(static_cast<std::size_t>(std::max(count, 0)));
    if (!ids.empty()) {
        heif_image_handle_get_list_of_metadata_block_IDs(handle, nullptr, ids.data(), count);
    }
    for (const heif_item_id id : ids) {
        const std::string_view type = heif_image_handle_get_metadata_type(handle, id);
        const std::string_view content = heif_image_handle_get_metadata_content_type(handle, id);
        std::string data = block(handle, id);
        if (type == "Exif" && data.size() > 4) {
            // Four bytes tell how far the TIFF header lies behind them (ISO/IEC 23008-12, A.2.1).
            std::size_t skip = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                skip = skip << 8 | static_cast<unsigned char>(data[i]);
            }
            out.exif = skip < data.size() - 4 ? data.substr(4 + skip) : std::string();
        } else if (content == "application/rdf+xml") {
            out.xmp = std::move(data);
        } else {
            out.others.push_back({"Heif." + readable(type), readable(data)});
        }
    }
    const auto add = [&out](const char* key, int number) {
        if (number > 0) {
            out.others.push_back({key, std::to_string(number)});
        }
    };
    add("Heif.OtherPictures", heif_context_get_number_of_top_level_images(file->context.get()) - 1);
    add("Heif.Thumbnails", heif_image_handle_get_number_of_thumbnails(handle));
    add("Heif.DepthPicture", heif_image_handle_has_depth_image(handle));
    add("Heif.AuxiliaryPictures",
        heif_image_handle_get_number_of_auxiliary_images(handle, LIBHEIF_AUX_IMAGE_FILTER_OMIT_ALPHA |
                                                                     LIBHEIF_AUX_IMAGE_FILTER_OMIT_DEPTH));
    out.profile.resize(heif_image_handle_get_raw_color_profile_size(handle));
    if (!out.profile.empty() &&
        heif_image_handle_get_raw_color_profile(handle, out.profile.data()).code != heif_error_Ok) {
        out.profile.clear();
    }
    return out;
}

} // namespace kamei::intake::image
