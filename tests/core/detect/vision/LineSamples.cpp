// Prints what packaging/generators/text_likeness.py learns from: the features of every line of strokes on
// generated pictures with letters, and on pictures without letters given as arguments.
//
// usage: kamei-line-samples SEEDS [FILE ...]
// T,<picture>,<name>,<line>,x,y,width,height           a drawn line
// L,<picture>,<name>,<letters>,<line>,x,y,width,height,<vertical>,<features ...>
//     letters 1: the picture has drawn lines; line: the drawn one it lies in, 0 none, -1 partly in one
#include <array>
#include <cstdio>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <string>

#include "BurnedPictures.h"
#include "core/detect/vision/Planes.h"
#include "core/detect/vision/TextLines.h"
#include "core/intake/Format.h"

namespace {

using namespace kamei;
using detect::vision::Line;

int matched(const Line& line, const std::vector<tests::Drawn>& truth) {
    int out = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const model::RectPx& r = truth[i].rect;
        const cv::Rect drawn(r.x, r.y, r.width, r.height);
        const cv::Rect shared = drawn & line.box;
        if (shared.area() > 0.6 * line.box.area() && shared.area() > 0.2 * drawn.area() &&
            shared.height > 0.6 * drawn.height && !line.vertical) {
            return static_cast<int>(i) + 1;
        }
        out = shared.area() > 0 ? -1 : out;
    }
    return out;
}

void print(int picture, const std::string& name, const model::Raster& raster,
           const std::vector<tests::Drawn>& truth) {
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const model::RectPx& r = truth[i].rect;
        std::printf("T,%d,%s,%zu,%d,%d,%d,%d\n", picture, name.c_str(), i + 1, r.x, r.y, r.width, r.height);
    }
    for (const cv::Mat& plane : detect::vision::letterPlanes(raster)) {
        detect::vision::forEachLine(
            plane, [&](const Line& line, const detect::vision::LineFeatures& features) {
                std::printf("L,%d,%s,%d,%d,%d,%d,%d,%d,%d", picture, name.c_str(), truth.empty() ? 0 : 1,
                            matched(line, truth), line.box.x, line.box.y, line.box.width, line.box.height,
                            line.vertical ? 1 : 0);
                for (const double value : features) {
                    std::printf(",%.4g", value);
                }
                std::printf("\n");
            });
    }
}

std::string formatOf(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".jpg"    ? "jpeg"
           : extension == ".png"  ? "png"
           : extension == ".tiff" ? "tiff"
                                  : "dicom";
}

} // namespace

int main(int count, char** values) {
    using tests::Ground;
    constexpr std::array kGrounds{Ground::Black, Ground::Noise,     Ground::Speckle,
                                  Ground::XRay,  Ground::Endoscopy, Ground::Paper};
    const int seeds = count > 1 ? std::atoi(values[1]) : 10;
    int picture = 0;
    for (int seed = 0; seed < seeds; ++seed) {
        for (const Ground kind : kGrounds) {
            const auto s = static_cast<std::uint32_t>(seed * 10 + static_cast<int>(kind));
            const int width = seed % 3 == 2 ? 1024 : 640;
            auto made = tests::burned(tests::ground(kind, width, width * 3 / 4, s),
                                      tests::someLetterings(kind, 8, s * 31), s);
            if (seed % 2 == 1) {
                tests::soften(made.raster);
            }
            print(++picture, "made" + std::to_string(static_cast<int>(kind)), made.raster, made.lines);
            print(++picture, "bare" + std::to_string(static_cast<int>(kind)),
                  tests::ground(kind, width, width * 3 / 4, s + 7), {});
        }
    }
    for (int i = 2; i < count; ++i) {
        model::Source source;
        source.path = values[i];
        source.format = formatOf(source.path);
        if (const auto raster = intake::decodePicture(source, 1);
            raster && detect::vision::isSound(*raster)) {
            print(++picture, source.path.filename().string(), *raster, {});
        }
    }
    return 0;
}
