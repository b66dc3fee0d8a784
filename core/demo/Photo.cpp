#include "core/demo/Photo.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <exiv2/exiv2.hpp>

#include "core/base/FileIo.h"
#include "core/demo/Painter.h"

// After <cstdio>: jpeglib.h expects FILE and size_t.
#include <cstdio>
#include <jpeglib.h>

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

double ellipse(double x, double y, double cx, double cy, double rx, double ry) {
    return std::hypot((x - cx) / rx, (y - cy) / ry);
}

std::string compress(const std::vector<unsigned char>& rgb, int width, int height) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &buffer, &size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        auto* row = const_cast<unsigned char*>(rgb.data()) +
                    static_cast<std::size_t>(jpeg.next_scanline) * static_cast<std::size_t>(width) * 3;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string out(reinterpret_cast<const char*>(buffer), size);
    jpeg_destroy_compress(&jpeg);
    std::free(buffer);
    return out;
}

} // namespace

Rgb portrait(double x, double y) {
    const double light = 1.0 - 0.25 * (x - 250) / 300;
    const auto shade = [light](Rgb c) { return Rgb{c.r * light, c.g * light, c.b * light}; };
    const double mirrored = std::abs(x - 320);
    if (ellipse(mirrored, y, 48, 208, 22, 11) < 1) {
        return ellipse(mirrored, y, 48, 208, 9, 9) < 1 ? Rgb{35, 24, 20} : Rgb{245, 243, 240};
    }
    if (ellipse(mirrored, y, 48, 184, 30, 6) < 1) {
        return {48, 36, 30};
    }
    if (ellipse(x, y, 320, 316, 42, 12) < 1) {
        return shade({188, 92, 88});
    }
    if (ellipse(mirrored, y, 10, 268, 6, 5) < 1) {
        return shade({150, 96, 80});
    }
    if (ellipse(x, y, 326, 250, 16, 36) < 1) {
        return shade({232, 190, 164});
    }
    if (ellipse(x, y, 320, 236, 118, 152) < 1 && y > 118 + 0.0016 * mirrored * mirrored) {
        return shade({220, 172, 146});
    }
    if (ellipse(x, y, 320, 196, 142, 160) < 1) {
        return {42, 32, 28};
    }
    if (ellipse(x, y, 320, 560, 250, 190) < 1) {
        return shade({120, 150, 176});
    }
    return {196, 206, 202};
}

base::Expected<std::vector<Planted>> writePhoto(const Person& person, const fs::path& cohort,
                                                const std::string& file) {
    constexpr int kWidth = 640;
    constexpr int kHeight = 480;
    Canvas label(kWidth, kHeight);
    drawText(label, 470, 440, 20, person.id, 255);
    std::vector<unsigned char> rgb;
    rgb.reserve(static_cast<std::size_t>(kWidth) * kHeight * 3);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const Rgb c = portrait(x, y);
            const double ink = label.at(x, y) / 255.0;
            for (const double value : {c.r, c.g, c.b}) {
                rgb.push_back(static_cast<unsigned char>(std::min(255.0, value * (1 - ink) + 255 * ink)));
            }
        }
    }
    const std::string jpeg = compress(rgb, kWidth, kHeight);
    const std::array<std::array<std::string, 3>, 4> tags{{
        {"Exif.Image.Artist", "TOGAWA RIE", "clinician"},
        {"Exif.Image.ImageDescription", person.romaji() + " " + person.id, "patient-name"},
        {"Exif.Photo.BodySerialNumber", "NW-CAM-7731", "device"},
        {"Exif.Photo.DateTimeOriginal", "2026:03:10 11:02:00", "date"},
    }};
    std::vector<Planted> planted;
    try {
        auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(jpeg.data()),
                                               static_cast<long>(jpeg.size()));
        Exiv2::ExifData exif;
        for (const auto& [key, value, kind] : tags) {
            exif[key] = value;
            planted.push_back({kind == "patient-name" ? person.id : std::string{}, kind, value, file, key});
        }
        exif["Exif.GPSInfo.GPSLatitudeRef"] = "N";
        exif["Exif.GPSInfo.GPSLatitude"] = "35/1 5/1 42/1";
        exif["Exif.GPSInfo.GPSLongitudeRef"] = "E";
        exif["Exif.GPSInfo.GPSLongitude"] = "138/1 51/1 30/1";
        image->setExifData(exif);
        image->writeMetadata();
        auto& io = image->io();
        io.open();
        std::string out(static_cast<std::size_t>(io.size()), '\0');
        io.read(reinterpret_cast<Exiv2::byte*>(out.data()), static_cast<long>(out.size()));
        if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
            return tl::unexpected(written.error());
        }
    } catch (const Exiv2::Error&) {
        return base::fail(base::ErrorCode::Internal, "demo.photo");
    }
    planted.push_back({"", "place", "35/1 5/1 42/1", file, "Exif.GPSInfo.GPSLatitude"});
    planted.push_back({person.id, "burned-in", person.id, file, "pixels"});
    planted.push_back({person.id, "face", "", file, "pixels"});
    return planted;
}

} // namespace kamei::demo
