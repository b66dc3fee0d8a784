#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "core/demo/HeadPhantom.h"
#include "core/detect/volume/Head.h"
#include "core/model/Volume.h"
#include "core/model/VolumeMask.h"

namespace kamei::test {

/// How a computed head (core/demo) is imaged: where it lies in the patient's coordinates, on which slices,
/// and by what. Nobody's head.
struct HeadScan {
    std::array<std::int32_t, 3> size{90, 90, 60};
    std::array<double, 3> spacingMm{2.5, 2.5, 3.6};
    std::string modality = "CT"; ///< "MR": bone and air are dark, fat is bright, Rician noise
    double turnDegrees = 0;      ///< about the long axis of the body: 90 lying on a side
    double nodDegrees = 0;       ///< chin to the chest
    double gantryDegrees = 0;    ///< slices sheared, as under a tilted gantry
    bool sagittal = false;       ///< slices from right to left, rows downwards
    double scale = 1;            ///< of the head: 0.72 for a small child
    double lowestMm = -108;      ///< where the field of view begins, in mm of the head's own axis upwards
    double noise = 8;
    bool face = true; ///< false: the field of view ends above the brows
};

/// The head's own axes (origin between the ears; left, back, up) of a place in the patient.
inline model::PointMm ownPlace(const HeadScan& scan, const model::PointMm& patient) {
    const double a = scan.turnDegrees * 3.14159265358979 / 180;
    const double b = scan.nodDegrees * 3.14159265358979 / 180;
    const double x = std::cos(a) * patient[0] + std::sin(a) * patient[1];
    const double y = -std::sin(a) * patient[0] + std::cos(a) * patient[1];
    const double z = patient[2];
    return {x / scan.scale, (std::cos(b) * y - std::sin(b) * z) / scan.scale,
            (std::sin(b) * y + std::cos(b) * z) / scan.scale};
}

/// The way of one of the head's own axes in the patient.
inline model::PointMm patientWay(const HeadScan& scan, const model::PointMm& own) {
    const double a = scan.turnDegrees * 3.14159265358979 / 180;
    const double b = scan.nodDegrees * 3.14159265358979 / 180;
    const double y = std::cos(b) * own[1] + std::sin(b) * own[2];
    const double z = -std::sin(b) * own[1] + std::cos(b) * own[2];
    return {std::cos(a) * own[0] - std::sin(a) * y, std::sin(a) * own[0] + std::cos(a) * y, z};
}

inline bool inBrain(const HeadScan& scan, const model::PointMm& patient) {
    const model::PointMm p = ownPlace(scan, patient);
    // The phantom's brain reaches beside and below the orbits in front, where a head has none.
    return std::hypot(p[0] / 68, (p[1] - 8) / 85, (p[2] - 28) / 77) < 0.915 && (p[2] > 13 || p[1] > -30);
}

inline model::VolumeGeometry geometryOf(const HeadScan& scan) {
    model::VolumeGeometry out;
    out.size = scan.size;
    const double t = std::tan(scan.gantryDegrees * 3.14159265358979 / 180);
    const auto& mm = scan.spacingMm;
    out.axes = scan.sagittal
                   ? std::array<model::PointMm, 3>{model::PointMm{0, mm[0], 0}, {0, 0, -mm[1]}, {mm[2], 0, 0}}
                   : std::array<model::PointMm, 3>{
                         model::PointMm{mm[0], 0, 0}, {0, mm[1], 0}, {0, t * mm[2], mm[2]}};
    // The middle of the field is that of the head, the lowest slice where it was asked for.
    model::PointMm middle{0, 0, 0};
    const model::VolumeGeometry moved = out;
    const model::PointMm centre =
        moved.at((out.size[0] - 1) / 2.0, (out.size[1] - 1) / 2.0, (out.size[2] - 1) / 2.0);
    for (std::size_t k = 0; k < 3; ++k) {
        out.origin[k] = middle[k] - centre[k];
    }
    if (!scan.sagittal) {
        out.origin[2] = (scan.face ? scan.lowestMm : 30) * scan.scale;
        out.origin[1] = -(out.axes[1][1] * (out.size[1] - 1) + out.axes[2][1] * (out.size[2] - 1)) / 2;
    }
    return out;
}

inline double chance(std::uint64_t index) {
    index = (index ^ (index >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    index = (index ^ (index >> 27U)) * 0x94d049bb133111ebULL;
    index ^= index >> 31U;
    return static_cast<double>(index & 0xFFFFFFU) / 16777216.0;
}

inline double signalOf(double hu) {
    if (hu < -300) {
        return 0;
    }
    return hu < -20   ? 900
           : hu < 20  ? 180
           : hu < 45  ? 620
           : hu < 120 ? 420
                      : 40; // fat, water, brain, muscle, bone
}

/// The volume; `head` gets what a reader of the truth knows of it.
inline model::Volume scanHead(const HeadScan& scan) {
    static const demo::HeadVolume kHead = demo::computeHead(128, 128);
    model::Volume out;
    out.geometry = geometryOf(scan);
    out.modality = scan.modality;
    out.frameOfReference = "2.25.4711";
    out.voxels.resize(out.geometry.voxels());
    std::size_t index = 0;
    for (std::int32_t k = 0; k < scan.size[2]; ++k) {
        for (std::int32_t j = 0; j < scan.size[1]; ++j) {
            for (std::int32_t i = 0; i < scan.size[0]; ++i, ++index) {
                const model::PointMm p = ownPlace(scan, out.geometry.at(i, j, k));
                const auto x = static_cast<std::int64_t>(std::floor((p[0] + 115) / kHead.spacingMm));
                const auto y = static_cast<std::int64_t>(std::floor((p[1] + 115) / kHead.spacingMm));
                const auto z = static_cast<std::int64_t>(std::floor((p[2] + 110) / kHead.sliceMm));
                const std::int64_t n = kHead.size;
                const bool in = x >= 0 && y >= 0 && x < n && y < n && z < kHead.slices;
                // Below the phantom the neck goes on.
                const double hu =
                    in ? kHead
                             .values[static_cast<std::size_t>((std::max<std::int64_t>(z, 0) * n + y) * n + x)]
                       : -1000.0;
                const double a = scan.noise * (chance(2 * index) + chance(2 * index + 1) - 1) * 2.4;
                double value = hu + a;
                if (scan.modality == "MR") {
                    const double b = scan.noise * (chance(3 * index + 7) + chance(5 * index + 3) - 1) * 2.4;
                    value = std::hypot(signalOf(hu) + a, b);
                }
                out.voxels[index] = static_cast<std::int16_t>(std::lround(value));
            }
        }
    }
    return out;
}

/// The head as it is known to whoever computed it.
inline detect::volume::Head trueHead(const HeadScan& scan, const model::Volume& volume) {
    detect::volume::Head out;
    out.grid = volume.geometry;
    out.mask.resize(volume.voxels.size());
    static const demo::HeadVolume kHead = demo::computeHead(128, 128);
    for (std::size_t i = 0; i < out.mask.size(); ++i) {
        const auto n = static_cast<std::size_t>(scan.size[0]);
        const auto m = static_cast<std::size_t>(scan.size[1]);
        const model::PointMm p =
            ownPlace(scan, volume.geometry.at(static_cast<double>(i % n), static_cast<double>(i / n % m),
                                              static_cast<double>(i / n / m)));
        const auto x = static_cast<std::int64_t>(std::floor((p[0] + 115) / kHead.spacingMm));
        const auto y = static_cast<std::int64_t>(std::floor((p[1] + 115) / kHead.spacingMm));
        const auto z = static_cast<std::int64_t>(std::floor((p[2] + 110) / kHead.sliceMm));
        const bool in = x >= 0 && y >= 0 && x < kHead.size && y < kHead.size && z < kHead.slices;
        const double hu = in ? kHead.values[static_cast<std::size_t>(
                                   (std::max<std::int64_t>(z, 0) * kHead.size + y) * kHead.size + x)]
                             : -1000.0;
        const bool headrest = hu > -500 && hu < -200;
        // Airways and sinuses are filled.
        const bool airway = std::abs(p[0]) < 30 && p[1] > -75 && p[1] < -20 && p[2] > -80 && p[2] < 0;
        out.mask[i] =
            (hu > -300 && !headrest) || airway || inBrain(scan, volume.geometry.at(0, 0, 0)) ? 1 : 0;
    }
    out.step = {1, 1, 1};
    out.skinThreshold = scan.modality == "CT" ? -300 : 150;
    out.background = scan.modality == "CT" ? -1000 : 8;
    out.noise = scan.noise;
    out.left = patientWay(scan, {1, 0, 0});
    out.front = patientWay(scan, {0, -1, 0});
    out.up = patientWay(scan, {0, 0, 1});
    const double s = scan.scale;
    out.centre = patientWay(scan, {0, 0, 2 * s});
    out.reachMm = {84 * s, 110 * s, 108 * s};
    out.backMm = {84 * s, 100 * s, 130 * s};
    out.browMm = 18 * s;
    out.eyesMm = 0;
    out.noseMm = -32 * s;
    out.mouthMm = -58 * s;
    out.chinMm = -98 * s;
    return out;
}

} // namespace kamei::test
