#include "core/demo/HeadPhantom.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kamei::demo {
namespace {

constexpr double kFieldMm = 230.0;
constexpr double kAir = -1000;
constexpr double kFat = -90;
constexpr double kSkin = 30;
constexpr double kMuscle = 55;
constexpr double kBrain = 34;
constexpr double kBone = 900;
constexpr double kWater = 8;

/// A point in mm: x to the left, y to the back, z up; the origin between the ears.
struct Point {
    double x, y, z;
};

/// Value of an ellipsoid: below 0 inside, roughly in units of its radii.
double ellipsoid(const Point& p, const Point& c, const Point& r) {
    const double u = (p.x - c.x) / r.x;
    const double v = (p.y - c.y) / r.y;
    const double w = (p.z - c.z) / r.z;
    return std::sqrt(u * u + v * v + w * w) - 1.0;
}

bool inside(const Point& p, const Point& c, const Point& r) {
    return ellipsoid(p, c, r) < 0;
}

// The outer skin as the union of a few smooth bodies; a smooth minimum hides their seams.
double skinDistance(const Point& p) {
    const Point mirrored{std::abs(p.x), p.y, p.z};
    const std::array<double, 10> bodies{
        ellipsoid(p, {0, 6, 25}, {74, 92, 84}) * 80,            // cranium
        ellipsoid(p, {0, -30, -35}, {58, 58, 66}) * 58,         // face
        ellipsoid(p, {0, -72, -86}, {24, 19, 17}) * 18,         // chin
        ellipsoid(p, {0, -93, -30}, {10, 17, 13}) * 12,         // tip of the nose
        ellipsoid(p, {0, -84, -12}, {8, 13, 26}) * 10,          // bridge of the nose
        ellipsoid(mirrored, {9, -88, -33}, {7, 9, 7}) * 7,      // nostrils' wings
        ellipsoid(p, {0, -84, -57}, {24, 9, 6}) * 6,            // lips
        ellipsoid(mirrored, {31, -69, 18}, {26, 15, 9}) * 10,   // brows
        ellipsoid(mirrored, {38, -62, -22}, {20, 18, 16}) * 16, // cheek bones
        ellipsoid(mirrored, {76, 12, -8}, {8, 17, 30}) * 8,     // ears
    };
    constexpr double kBlendMm = 5.0;
    double sum = 0;
    for (const double d : bodies) {
        sum += std::exp(-d / kBlendMm);
    }
    const double neck = std::hypot(p.x / 56, (p.y - 22) / 60) - 1.0;
    if (p.z < -50) {
        sum += std::exp(-neck * 56 / kBlendMm);
    }
    return -kBlendMm * std::log(sum);
}

/// Tissue inside the skin.
double tissue(const Point& p, double depth) {
    const Point mirrored{std::abs(p.x), p.y, p.z};
    if (inside(mirrored, {31, -62, 2}, {13, 14, 13})) {
        return inside(mirrored, {31, -70, 2}, {5, 4, 5}) ? 60 : kWater;
    }
    if (inside(p, {0, -70, -30}, {9, 26, 18}) || inside(p, {0, -52, -66}, {20, 24, 7})) {
        return kAir;
    }
    if (inside(p, {0, -70, -66}, {27, 17, 9}) && !inside(p, {0, -64, -66}, {20, 14, 12})) {
        return kBone + 700; // teeth
    }
    const double skull = ellipsoid(p, {0, 8, 28}, {68, 85, 77});
    if (skull < -0.085) {
        return kBrain + 5 * std::sin(p.x / 5) * std::sin(p.y / 6) * std::sin(p.z / 5);
    }
    if (skull < 0 && p.z > -40) {
        return kBone;
    }
    if (inside(mirrored, {44, -30, -66}, {9, 38, 22}) || inside(p, {0, -70, -88}, {22, 10, 11})) {
        return kBone; // mandible
    }
    if (std::hypot(p.x / 17, (p.y - 38) / 18) < 1 && p.z < -30) {
        return kBone - 300; // spine
    }
    if (depth < 2.0) {
        return kSkin;
    }
    return depth < 6.0 ? kFat : kMuscle;
}

/// Noise of about 8 HU from a hash of the index: no state, the same everywhere.
double noise(std::uint64_t index) {
    index = (index ^ (index >> 30)) * 0xbf58476d1ce4e5b9ULL;
    index = (index ^ (index >> 27)) * 0x94d049bb133111ebULL;
    index ^= index >> 31;
    return (static_cast<double>(index & 0xFFFF) / 65535.0 - 0.5) * 28.0;
}

double headrest(const Point& p) {
    const double shell = std::abs(std::hypot(p.x / 92, (p.y - 12) / 104) - 1.0) * 95;
    return p.y > 60 && shell < 2.5 ? -350 : kAir;
}

} // namespace

HeadVolume computeHead(std::int32_t size, std::int32_t slices) {
    HeadVolume out{size, slices, kFieldMm / size, kFieldMm / slices, {}};
    out.values.resize(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) *
                      static_cast<std::size_t>(slices));
    std::size_t index = 0;
    for (std::int32_t k = 0; k < slices; ++k) {
        for (std::int32_t j = 0; j < size; ++j) {
            for (std::int32_t i = 0; i < size; ++i, ++index) {
                const Point p{(i + 0.5) * out.spacingMm - kFieldMm / 2,
                              (j + 0.5) * out.spacingMm - kFieldMm / 2, (k + 0.5) * out.sliceMm - 110.0};
                const double distance = skinDistance(p);
                const double value = distance < 0 ? tissue(p, -distance) : headrest(p);
                out.values[index] =
                    static_cast<std::int16_t>(std::clamp(value + noise(index), -1024.0, 3071.0));
            }
        }
    }
    return out;
}

} // namespace kamei::demo
