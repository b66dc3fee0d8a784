#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include "core/model/Asset.h"
#include "core/model/Raster.h"

// Shared by the benches of volumes.
namespace kamei::bench {

/// Seconds by the clock on the wall, and those that processors worked for this program: on a machine that is
/// shared, only the second says something.
class Watch {
public:
    [[nodiscard]] double wall() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_wall).count();
    }
    [[nodiscard]] double worked() const {
        return static_cast<double>(std::clock() - m_worked) / CLOCKS_PER_SEC;
    }

private:
    std::chrono::steady_clock::time_point m_wall = std::chrono::steady_clock::now();
    std::clock_t m_worked = std::clock();
};

/// The files of a folder, or one, by their names.
inline std::vector<model::Source> sourcesOf(const std::filesystem::path& path) {
    std::vector<model::Source> out;
    const auto add = [&out](const std::filesystem::path& file) {
        model::Source source;
        source.path = file;
        source.format = file.string().find(".nii") != std::string::npos ? "nifti" : "dicom";
        out.push_back(std::move(source));
    };
    if (std::filesystem::is_directory(path)) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
            if (entry.is_regular_file()) {
                add(entry.path());
            }
        }
        std::ranges::sort(out, {}, &model::Source::path);
    } else {
        add(path);
    }
    return out;
}

/// A grey picture as PGM.
inline void save(const std::filesystem::path& path, const model::Raster& raster) {
    std::ofstream out(path, std::ios::binary);
    out << "P5\n" << raster.width << ' ' << raster.height << "\n255\n";
    out.write(reinterpret_cast<const char*>(raster.samples.data()),
              static_cast<std::streamsize>(raster.samples.size()));
}

} // namespace kamei::bench
