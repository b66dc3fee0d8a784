#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kamei::demo {

/// A grey picture, 8 bits, row-major, top row first.
struct Canvas {
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::vector<std::uint8_t> pixels; ///< index y * width + x

    Canvas(std::int32_t w, std::int32_t h)
        : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), 0) {}
    std::uint8_t& at(std::int32_t x, std::int32_t y) {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
};

/// Draws a line of text (UTF-8) with its top left corner at x, y, `sizePx` high, brightness `grey`.
/// Returns the width that it takes in pixels.
std::int32_t drawText(Canvas& canvas, std::int32_t x, std::int32_t y, double sizePx, const std::string& text,
                      std::uint8_t grey = 230);

} // namespace kamei::demo
