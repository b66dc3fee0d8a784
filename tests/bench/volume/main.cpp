// What the volumes of a folder or file hold and whether a face is seen on them, with the time that it takes:
//   bench_volume [--thorough] [--pictures FOLDER] PATH...
// Pictures (PGM) show a face: keep them where patients' data may be.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/detect/volume/Face.h"
#include "core/intake/volume/Series.h"
#include "tests/bench/VolumeBench.h"

namespace fs = std::filesystem;
using namespace kamei;

namespace {

void look(const fs::path& path, bool thorough, const std::string& pictures) {
    const auto sources = bench::sourcesOf(path);
    bench::Watch since;
    const auto listing = intake::volume::listVolumes({}, sources);
    if (!listing) {
        std::printf("%s: %s\n", path.filename().c_str(),
                    std::string(base::errorWord(listing.error().code)).c_str());
        return;
    }
    std::printf("%s: %zu frames, %zu volumes, listed in %.2f s", path.filename().c_str(),
                listing->places.size(), listing->volumes.size(), since.wall());
    for (const std::string& problem : listing->problems) {
        std::printf(" %s", problem.c_str());
    }
    std::printf("\n");
    for (std::size_t i = 0; i < std::min<std::size_t>(3, listing->volumes.size()); ++i) {
        const auto& info = listing->volumes[i];
        std::printf("  %d x %d x %d %s", info.geometry.size[0], info.geometry.size[1], info.geometry.size[2],
                    info.modality.c_str());
        for (const std::string& note : info.notes) {
            std::printf(" %s", note.c_str());
        }
        since = {};
        const auto volume = intake::volume::readVolume(*listing, i, sources);
        if (!volume) {
            std::printf(" %s\n", std::string(base::errorWord(volume.error().code)).c_str());
            continue;
        }
        std::printf(", read in %.2f s", since.wall());
        since = {};
        const auto face = detect::volume::assessFace(*volume, {.thorough = thorough, .stop = {}});
        if (!face) {
            std::printf(" failed\n");
            continue;
        }
        std::printf(", %s %.2f on %d of %d views in %.2f s;",
                    std::string(detect::volume::word(face->verdict)).c_str(), face->score, face->found,
                    face->views, since.wall());
        if (face->head) {
            const auto& head = *face->head;
            std::printf(" threshold %.0f noise %.0f width %.0f depth %.0f, levels %.0f %.0f %.0f %.0f,",
                        head.skinThreshold, head.noise, head.widthMm[0], head.widthMm[1], head.browMm,
                        head.noseMm, head.mouthMm, head.chinMm);
        }
        const auto& c = face->coverage;
        std::printf(" cover %.1f %.1f %.1f %.1f %.1f %.1f", c.forehead, c.eyes, c.nose, c.mouth, c.chin,
                    c.ears);
        for (const std::string& note : face->notes) {
            std::printf(" %s", note.c_str());
        }
        std::printf("\n");
        for (std::size_t k = 0; !pictures.empty() && face->head && k < 6; ++k) {
            constexpr double kYaws[] = {0, 40, -40, 90, 0, 0};
            constexpr double kPitches[] = {0, 0, 0, 0, 30, -30};
            const auto view =
                detect::volume::viewOf(*face->head, kYaws[k], kPitches[k], 0, face->head->skinThreshold);
            bench::save(fs::path(pictures) /
                            (path.stem().string() + std::to_string(i) + std::to_string(k) + ".pgm"),
                        detect::volume::render(*volume, view, &*face->head));
        }
    }
}

} // namespace

int main(int count, char** words) {
    bool thorough = false;
    std::string pictures;
    for (int i = 1; i < count; ++i) {
        const std::string_view word(words[i]);
        if (word == "--thorough") {
            thorough = true;
        } else if (word == "--pictures" && i + 1 < count) {
            pictures = words[++i];
        } else {
            look(word, thorough, pictures);
        }
    }
    return 0;
}
