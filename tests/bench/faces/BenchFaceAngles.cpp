// How many faces of pictures are found, by how far they are turned and how large they are:
//   bench_face_angles [--pictures FOLDER] [inv3:FOLDER | made]...
// The faces are surfaces of heads in CT, rendered, in skin colour before a ground of stripes and noise: no
// picture that the model or its thresholds were shaped by. They have neither hair nor colours of eyes and
// lips, and are harder than photographs in that. made: a computed head; inv3: an unpacked Cranium.inv3 of the
// package invesalius-examples.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "core/detect/vision/Faces.h"
#include "core/detect/volume/Head.h"
#include "core/detect/volume/Surface.h"
#include "tests/support/Heads.h"

namespace fs = std::filesystem;
using namespace kamei;

namespace {

constexpr double kFaceMm = 125; // from the brows to the chin, about
constexpr std::array kSizes{40, 60, 100, 200};
constexpr std::array kYaws{0, 15, 30, 45, 60, 75, 90};
constexpr std::array kPitches{-12, 0, 12};

/// 108 slices of 256 x 256 int16 HU, 0.957 x 0.957 x 1.5 mm; rows to the front, slices upwards.
std::optional<model::Volume> cranium(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.file_size() == std::uintmax_t{108} * 256 * 256 * 2) {
            model::Volume out;
            out.modality = "CT";
            out.geometry = {{256, 256, 108},
                            {-122, 122, -80},
                            {model::PointMm{0.957, 0, 0}, {0, -0.957, 0}, {0, 0, 1.5}}};
            out.voxels.resize(out.geometry.voxels());
            std::ifstream(entry.path(), std::ios::binary)
                .read(reinterpret_cast<char*>(out.voxels.data()),
                      static_cast<std::streamsize>(out.voxels.size() * 2));
            return out;
        }
    }
    return std::nullopt;
}

/// The rendered head before a ground, with the box of the face in it.
struct Scene {
    model::Raster picture;
    model::RectPx head;
};

Scene sceneOf(const detect::volume::SurfacePicture& look, unsigned seed) {
    constexpr int kWidth = 800;
    constexpr int kHeight = 600;
    Scene out;
    out.picture.width = kWidth;
    out.picture.height = kHeight;
    out.picture.channels = 3;
    out.picture.samples.resize(std::size_t{kWidth} * kHeight * 3);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> grain(-12, 12);
    const int side = look.picture.width;
    const int left = static_cast<int>(random() % static_cast<unsigned>(kWidth - side));
    const int top = static_cast<int>(random() % static_cast<unsigned>(kHeight - side));
    out.head = {left, top, side, side};
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            std::array<int, 3> value{90 + (x / 37 % 2) * 30, 110 + (y / 53 % 2) * 25, 120};
            const int u = x - left;
            const int v = y - top;
            if (u >= 0 && v >= 0 && u < side && v < side) {
                const auto at = static_cast<std::size_t>(v) * static_cast<std::size_t>(side) +
                                static_cast<std::size_t>(u);
                if (std::isfinite(look.depthMm[at])) {
                    const int grey = std::to_integer<int>(look.picture.samples[at]);
                    value = {grey * 230 / 255, grey * 180 / 255, grey * 150 / 255};
                }
            }
            for (std::size_t c = 0; c < 3; ++c) {
                const std::size_t i =
                    (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)) * 3 + c;
                out.picture.samples[i] = static_cast<std::byte>(std::clamp(value[c] + grain(random), 0, 255));
            }
        }
    }
    return out;
}

/// A find counts when its middle lies on the head.
bool hits(const detect::vision::Face& face, const model::RectPx& head) {
    const int x = face.rect.x + face.rect.width / 2;
    const int y = face.rect.y + face.rect.height / 2;
    return x >= head.x && x < head.x + head.width && y >= head.y && y < head.y + head.height;
}

void save(const fs::path& path, const model::Raster& raster) {
    std::ofstream out(path, std::ios::binary);
    out << "P6\n" << raster.width << ' ' << raster.height << "\n255\n";
    out.write(reinterpret_cast<const char*>(raster.samples.data()),
              static_cast<std::streamsize>(raster.samples.size()));
}

void run(const std::string& name, const model::Volume& volume, const std::string& folder) {
    const auto head = detect::volume::findHead(volume);
    if (!head) {
        std::printf("%s: no head\n", name.c_str());
        return;
    }
    const model::Volume near = detect::volume::aroundHead(volume, *head);
    const detect::volume::SurfaceCaster caster(near);
    std::printf("%s: found of %zu, and finds elsewhere\n  yaw ", name.c_str(), 2 * kPitches.size());
    for (const int size : kSizes) {
        std::printf("%9d px", size);
    }
    std::printf("\n");
    unsigned seed = 1;
    for (const int yaw : kYaws) {
        std::printf("  %3d ", yaw);
        for (const int size : kSizes) {
            int found = 0;
            int elsewhere = 0;
            for (const int pitch : kPitches) {
                for (const int side : {-1, 1}) {
                    auto view = detect::volume::viewOf(*head, side * yaw, pitch, 0, head->skinThreshold);
                    view.sizePx = static_cast<std::int32_t>(std::lround(size * view.sideMm / kFaceMm));
                    const Scene scene = sceneOf(caster.look(view), seed++);
                    const auto faces = detect::vision::findFaces(scene.picture);
                    if (!faces) {
                        std::printf("\n  the model is missing\n");
                        return;
                    }
                    const auto on = std::ranges::count_if(
                        *faces, [&](const detect::vision::Face& face) { return hits(face, scene.head); });
                    found += on > 0 ? 1 : 0;
                    elsewhere += static_cast<int>(faces->size()) - static_cast<int>(on);
                    if (!folder.empty() && pitch == 0 && side == 1) {
                        save(fs::path(folder) /
                                 (name + '-' + std::to_string(yaw) + '-' + std::to_string(size) + ".ppm"),
                             scene.picture);
                    }
                }
            }
            std::printf("%6d / %-3d", found, elsewhere);
            std::fflush(stdout);
        }
        std::printf("\n");
    }
}

} // namespace

int main(int count, char** words) {
    std::string folder;
    for (int i = 1; i < count; ++i) {
        const std::string word(words[i]);
        if (word == "--pictures" && i + 1 < count) {
            folder = words[++i];
        } else if (word == "made") {
            test::HeadScan scan;
            scan.size = {256, 256, 120};
            scan.spacingMm = {0.95, 0.95, 1.8};
            run(word, test::scanHead(scan), folder);
        } else if (word.starts_with("inv3:")) {
            if (const auto volume = cranium(word.substr(5))) {
                run("cranium", *volume, folder);
            }
        }
    }
    return 0;
}
