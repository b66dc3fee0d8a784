#include "core/demo/Pictures.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kamei::demo {
namespace {

std::uint32_t hash(std::uint32_t value) {
    value = (value ^ 61U) ^ (value >> 16);
    value *= 9U;
    value ^= value >> 4;
    value *= 0x27d4eb2dU;
    return value ^ (value >> 15);
}

/// Speckle in 0..1 of a pixel.
double speckle(std::int32_t x, std::int32_t y, int frame) {
    const auto seed =
        static_cast<std::uint32_t>(y * 4096 + x) * 31U + static_cast<std::uint32_t>(frame) * 7919U;
    return static_cast<double>(hash(seed) & 0xFFU) / 255.0;
}

double ring(double x, double y, double cx, double cy, double rx, double ry) {
    return std::hypot((x - cx) / rx, (y - cy) / ry);
}

std::uint8_t grey(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

} // namespace

std::vector<std::string> ultrasoundText(const Person& person) {
    return {person.romaji(),
            "ID " + person.id,
            person.birthDate.substr(0, 4) + "/" + person.birthDate.substr(4, 2) + "/" +
                person.birthDate.substr(6, 2) + " " + person.sex,
            hospital().name,
            "2026/03/10 10:42:35",
            "Dr. SAKUMA"};
}

Canvas ultrasoundFrame(const Person& person, int frame, int frames) {
    Canvas out(640, 480);
    constexpr double kApexX = 320;
    constexpr double kApexY = 62;
    constexpr double kDepth = 370;
    const double phase = 2 * std::numbers::pi * frame / std::max(frames, 1);
    const double beat = 1 + 0.12 * std::sin(phase);
    for (std::int32_t y = 0; y < out.height; ++y) {
        for (std::int32_t x = 0; x < out.width; ++x) {
            const double dx = x - kApexX;
            const double dy = y - kApexY;
            const double radius = std::hypot(dx, dy);
            if (dy <= 0 || radius > kDepth || radius < 16 || std::abs(std::atan2(dx, dy)) > 0.72) {
                continue;
            }
            const bool chamber = ring(x, y, 268, 230, 46 * beat, 92 * beat) < 1 ||
                                 ring(x, y, 372, 236, 42 * beat, 86 * beat) < 1 ||
                                 ring(x, y, 272, 372, 50 / beat, 40 / beat) < 1 ||
                                 ring(x, y, 376, 372, 46 / beat, 38 / beat) < 1;
            const double depth = 1 - 0.55 * radius / kDepth;
            const double level = chamber ? 14 : 150 * depth;
            out.at(x, y) = grey(level * (0.35 + speckle(x / 2, y / 2, frame)));
        }
    }
    const auto text = ultrasoundText(person);
    drawText(out, 8, 6, 18, text[0]);
    drawText(out, 8, 28, 14, text[1]);
    drawText(out, 8, 46, 14, text[2]);
    drawText(out, 250, 6, 15, text[3]);
    drawText(out, 470, 6, 15, text[4]);
    drawText(out, 470, 28, 15, text[5]);
    drawText(out, 8, 440, 13, "16 cm");
    drawText(out, 8, 457, 13, "HR " + std::to_string(66 + frame % 4));
    drawText(out, 520, 440, 13, "MI 1.1 TIS 0.6");
    return out;
}

Canvas chestXRay(const Person& person) {
    Canvas out(900, 1024);
    for (std::int32_t y = 0; y < out.height; ++y) {
        for (std::int32_t x = 0; x < out.width; ++x) {
            const double body = ring(x, y, 450, 620, 400, 640);
            double level = body < 1 ? 120 + 60 * (1 - body) : 8;
            const double lung = std::min(ring(x, y, 285, 470, 135, 270), ring(x, y, 615, 470, 135, 270));
            if (lung < 1) {
                level = 48 + 40 * lung;
                const double rib = std::sin((y + 0.0011 * std::pow(x - 450, 2)) / 21.0);
                level += rib > 0.55 ? 26 : 0;
            }
            if (ring(x, y, 505, 610, 120, 130) < 1) {
                level = std::max(level, 150.0);
            }
            if (std::abs(x - 450) < 34) {
                level += 40;
            }
            out.at(x, y) = grey(level + 14 * (speckle(x, y, 0) - 0.5));
        }
    }
    drawText(out, 24, 20, 26, "R");
    drawText(out, 600, 22, 20, person.romaji());
    drawText(out, 600, 48, 20, person.id);
    return out;
}

} // namespace kamei::demo
