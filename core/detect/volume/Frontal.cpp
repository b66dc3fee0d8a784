#include "core/detect/volume/Frontal.h"

#include <algorithm>
#include <cmath>
#include <dlib/array2d.h>
#include <dlib/image_processing/frontal_face_detector.h>

namespace kamei::detect::volume {
namespace {

constexpr double kLeast = -0.6; // of the detector's own scale, on which 0 is yes and 1 beyond doubt
constexpr double kSteep = 2.5;  // -0.25 becomes 0.35, 1 becomes 0.92

} // namespace

std::vector<FrontalFace> findFrontalFaces(const model::Raster& picture) {
    thread_local dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
    std::vector<FrontalFace> out;
    if (picture.channels != 1 || picture.bitsPerSample != 8 || picture.width < 1 || picture.height < 1) {
        return out;
    }
    dlib::array2d<unsigned char> image(picture.height, picture.width);
    for (std::int32_t y = 0; y < picture.height; ++y) {
        for (std::int32_t x = 0; x < picture.width; ++x) {
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                            static_cast<std::size_t>(x);
            image[y][x] = std::to_integer<unsigned char>(picture.samples[at]);
        }
    }
    std::vector<std::pair<double, dlib::rectangle>> found;
    detector(image, found, kLeast);
    for (const auto& [raw, rect] : found) {
        out.push_back({{static_cast<std::int32_t>(rect.left()), static_cast<std::int32_t>(rect.top()),
                        static_cast<std::int32_t>(rect.width()), static_cast<std::int32_t>(rect.height())},
                       1 / (1 + std::exp(-kSteep * raw))});
    }
    std::ranges::stable_sort(out, std::ranges::greater{}, &FrontalFace::score);
    return out;
}

} // namespace kamei::detect::volume
