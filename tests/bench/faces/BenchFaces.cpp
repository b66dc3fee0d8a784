// What defacing does to the volumes of folders or files, and how long it takes:
//   bench_faces [--plane] [--depth MM] [--seed N] [--pictures FOLDER] [PATH | made:NAME | inv3:FOLDER]...
// made: a computed head: ct, ct300 (512 x 512 x 300), tilt, side, child, mr, sagittal.
// inv3: an unpacked Cranium.inv3 of the package invesalius-examples.
// Pictures (PGM) show a face: keep them where patients' data may be.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include "core/detect/volume/Face.h"
#include "core/intake/volume/Series.h"
#include "core/transform/volume/Propose.h"
#include "tests/bench/VolumeBench.h"
#include "tests/support/Heads.h"

namespace fs = std::filesystem;
using namespace kamei;
using bench::Watch;

namespace {

struct Options {
    bool plane = false;
    double depth = 10;
    std::uint64_t seed = 7;
    std::string pictures;
};

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

std::optional<model::Volume> made(std::string_view name) {
    test::HeadScan scan;
    scan.size = {256, 256, 120};
    scan.spacingMm = {0.95, 0.95, 1.8};
    if (name == "ct300") {
        scan.size = {512, 512, 300};
        scan.spacingMm = {0.45, 0.45, 0.75};
    } else if (name == "tilt") {
        scan.gantryDegrees = 18;
    } else if (name == "side") {
        scan.turnDegrees = 90;
    } else if (name == "child") {
        scan.scale = 0.72;
        scan.spacingMm = {0.7, 0.7, 1.3};
    } else if (name == "mr") {
        scan.modality = "MR";
    } else if (name == "sagittal") {
        scan.modality = "MR";
        scan.sagittal = true;
        scan.size = {256, 256, 160};
        scan.spacingMm = {0.95, 0.95, 1.2};
    } else if (name != "ct") {
        return std::nullopt;
    }
    return test::scanHead(scan);
}

void tell(const char* when, const base::Expected<detect::volume::FaceAssessment>& face, const Watch& took) {
    if (!face) {
        std::printf("  %s: failed\n", when);
        return;
    }
    std::printf("  %s: %s, best %.2f, found on %d of %d views (%.1f s, worked %.1f s)", when,
                std::string(detect::volume::word(face->verdict)).c_str(), face->score, face->found,
                face->views, took.wall(), took.worked());
    for (const std::string& note : face->notes) {
        std::printf(" %s", note.c_str());
    }
    std::printf("\n");
}

void pictures(const Options& options, const std::string& name, const model::Volume& volume,
              const detect::volume::Head& head, const char* when, double threshold) {
    constexpr double kYaws[] = {0, 45, 90, 0};
    constexpr double kPitches[] = {0, 0, 0, 30};
    for (std::size_t k = 0; !options.pictures.empty() && k < 4; ++k) {
        const auto view = detect::volume::viewOf(head, kYaws[k], kPitches[k], 0, threshold);
        bench::save(fs::path(options.pictures) / (name + "-" + when + std::to_string(k) + ".pgm"),
                    detect::volume::render(volume, view, &head));
    }
}

void run(const std::string& name, model::Volume volume, const Options& options) {
    const auto& size = volume.geometry.size;
    std::printf("%s: %d x %d x %d %s\n", name.c_str(), size[0], size[1], size[2], volume.modality.c_str());
    Watch since;
    auto face = detect::volume::assessFace(volume, {.thorough = true, .stop = {}});
    tell("before", face, since);
    since = {};
    const auto quick = detect::volume::assessFace(volume);
    const auto head = quick && quick->head ? base::Expected<detect::volume::Head>(*quick->head)
                                           : detect::volume::findHead(volume);
    if (!head) {
        std::printf("  no head: %s\n", head.error().args.empty() ? "?" : head.error().args.front().c_str());
        return;
    }
    const double finding = since.wall();
    const double findingWork = since.worked();
    since = {};
    transform::volume::ShellOptions shell;
    shell.depthMm = options.depth;
    shell.seed = options.seed;
    const auto out = options.plane ? transform::volume::proposePlane(volume, *head, {})
                                   : transform::volume::proposeShell(volume, *head, shell);
    if (!out) {
        std::printf("  refused: %s\n", out.error().args.empty() ? "?" : out.error().args.front().c_str());
        return;
    }
    const double proposing = since.wall();
    const double proposingWork = since.worked();
    pictures(options, name, volume, *head, "before", head->skinThreshold);
    since = {};
    const auto storedOf = [&volume](double value) {
        const double stored = std::round((value - volume.intercept) / volume.slope);
        return static_cast<std::int16_t>(std::clamp(stored, -32768.0, 32767.0));
    };
    std::size_t changed = 0;
    std::size_t protectedChanged = 0;
    for (std::size_t i = 0; i < volume.voxels.size(); ++i) {
        if (out->mask.test(i)) {
            const std::int16_t value = storedOf(out->cover.test(i) ? out->coverValue : out->fill);
            changed += volume.voxels[i] != value ? 1 : 0;
            protectedChanged += out->behind.test(i) ? 1 : 0;
            volume.voxels[i] = value;
        }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("  head %.2f s, mask %.2f s, filling %.2f s (worked %.2f s), peak %.0f MiB; %zu voxels in "
                "the mask, %zu changed, "
                "%zu of %zu protected, mask of %zu bytes",
                finding, proposing, since.wall(), findingWork + proposingWork + since.worked(),
                static_cast<double>(usage.ru_maxrss) / 1024, out->mask.count(), changed, protectedChanged,
                out->behind.count(), out->mask.bytes().size());
    for (const std::string& note : out->notes) {
        std::printf(" %s", note.c_str());
    }
    std::printf("\n");
    pictures(options, name, volume, *head, "after", head->skinThreshold);
    pictures(options, name, volume, *head, "bone", 300);
    since = {};
    face = detect::volume::assessFace(volume, {.thorough = true, .stop = {}});
    tell("after", face, since);
    if (face && face->found > 0) {
        for (const auto& one : face->best) {
            std::printf("    yaw %.0f pitch %.0f roll %.0f threshold %.0f: %.2f\n", one.yaw, one.pitch,
                        one.roll, one.view.threshold, one.score);
        }
    }
}

} // namespace

int main(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word(words[i]);
        std::optional<model::Volume> volume;
        if (word == "--plane") {
            options.plane = true;
        } else if (word == "--depth" && i + 1 < count) {
            options.depth = std::stod(words[++i]);
        } else if (word == "--seed" && i + 1 < count) {
            options.seed = std::stoull(words[++i]);
        } else if (word == "--pictures" && i + 1 < count) {
            options.pictures = words[++i];
        } else if (word.starts_with("made:")) {
            volume = made(std::string_view(word).substr(5));
        } else if (word.starts_with("inv3:")) {
            volume = cranium(word.substr(5));
        } else {
            const auto sources = bench::sourcesOf(word);
            auto read = intake::volume::readVolume({}, sources);
            if (!read) {
                std::printf("%s: not read: %s\n", word.c_str(),
                            read.error().args.empty() ? "?" : read.error().args.front().c_str());
                continue;
            }
            volume = std::move(*read);
        }
        if (volume) {
            run(fs::path(word).filename().string(), std::move(*volume), options);
        }
    }
    return 0;
}
