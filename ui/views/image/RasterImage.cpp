#include "ui/views/image/RasterImage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace kamei::ui::views::image {
namespace {

/// Stored value of a grey sample.
int sampleAt(const model::Raster& raster, std::size_t index) {
    if (raster.bitsPerSample <= 8) {
        return std::to_integer<int>(raster.samples[index]);
    }
    std::uint16_t value = 0;
    std::memcpy(&value, raster.samples.data() + index * 2, sizeof value);
    return raster.isSigned ? static_cast<std::int16_t>(value) : value;
}

std::size_t pixelCount(const model::Raster& raster) {
    return static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height);
}

/// Grey level of every stored value, so that a picture costs one look-up a pixel.
std::vector<uchar> greyTable(const model::Raster& raster, const Window& window) {
    const int low = raster.bitsPerSample <= 8 ? 0 : (raster.isSigned ? -32768 : 0);
    const int count = raster.bitsPerSample <= 8 ? 256 : 65536;
    std::vector<uchar> table(static_cast<std::size_t>(count));
    const double width = std::max(window.width, 1.0);
    for (int i = 0; i < count; ++i) {
        const double value = (low + i) * raster.slope + raster.intercept;
        const double level = width <= 1.0 ? (value <= window.center - 0.5 ? 0.0 : 1.0)
                                          : (value - (window.center - 0.5)) / (width - 1.0) + 0.5;
        const double grey = std::clamp(level, 0.0, 1.0) * 255.0;
        table[static_cast<std::size_t>(i)] =
            static_cast<uchar>(std::lround(raster.invert ? 255.0 - grey : grey));
    }
    return table;
}

QImage greyImage(const model::Raster& raster, const Window& window) {
    const std::vector<uchar> table = greyTable(raster, window);
    const int low = raster.bitsPerSample > 8 && raster.isSigned ? -32768 : 0;
    QImage out(raster.width, raster.height, QImage::Format_Grayscale8);
    std::size_t index = 0;
    for (int y = 0; y < raster.height; ++y) {
        uchar* line = out.scanLine(y);
        for (int x = 0; x < raster.width; ++x, ++index) {
            line[x] = table[static_cast<std::size_t>(sampleAt(raster, index) - low)];
        }
    }
    return out;
}

QImage colourImage(const model::Raster& raster) {
    QImage out(raster.width, raster.height,
               raster.channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    const auto channels = static_cast<std::size_t>(raster.channels);
    const std::size_t bytes = raster.bitsPerSample > 8 ? 2 : 1;
    std::size_t index = 0;
    for (int y = 0; y < raster.height; ++y) {
        uchar* line = out.scanLine(y);
        for (std::size_t i = 0; i < static_cast<std::size_t>(raster.width) * channels; ++i, ++index) {
            // Sixteen bits: the upper byte carries what a screen can show (native order is little endian).
            line[i] = std::to_integer<uchar>(raster.samples[index * bytes + (bytes - 1)]);
        }
    }
    return out;
}

} // namespace

Window initialWindow(const model::Raster& raster) {
    if (raster.channels != 1) {
        return {};
    }
    if (raster.windowWidth > 0) {
        return {raster.windowCenter, raster.windowWidth};
    }
    if (raster.bitsPerSample <= 8) {
        return {128 * raster.slope + raster.intercept, 256 * std::abs(raster.slope)};
    }
    int low = std::numeric_limits<int>::max();
    int high = std::numeric_limits<int>::min();
    for (std::size_t i = 0; i < pixelCount(raster); ++i) {
        const int value = sampleAt(raster, i);
        low = std::min(low, value);
        high = std::max(high, value);
    }
    const double a = low * raster.slope + raster.intercept;
    const double b = high * raster.slope + raster.intercept;
    return {(a + b) / 2, std::max(std::abs(b - a), 1.0)};
}

QImage toImage(const model::Raster& raster, const Window& window) {
    if (raster.width <= 0 || raster.height <= 0 || raster.samples.empty()) {
        return {};
    }
    return raster.channels == 1 ? greyImage(raster, window) : colourImage(raster);
}

} // namespace kamei::ui::views::image
