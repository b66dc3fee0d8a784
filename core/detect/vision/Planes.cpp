#include "core/detect/vision/Planes.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace kamei::detect::vision {
namespace {

/// The samples in place: nothing is copied.
cv::Mat viewOf(const model::Raster& raster) {
    const int depth = raster.bitsPerSample == 8 ? CV_8U : raster.isSigned ? CV_16S : CV_16U;
    // OpenCV has no view of constant data; nothing writes through this one.
    auto* data = const_cast<std::byte*>(raster.samples.data());
    return {raster.height, raster.width, CV_MAKETYPE(depth, raster.channels), data};
}

/// Values from low to high as 0..255.
cv::Mat stretched(const cv::Mat& values, double low, double high) {
    cv::Mat out;
    const double scale = high > low ? 255.0 / (high - low) : 1.0;
    values.convertTo(out, CV_8U, scale, -low * scale);
    return out;
}

/// The window in stored values (PS3.3 2024b C.11.2.1.2); the range of the samples when none is stated.
std::pair<double, double> windowOf(const model::Raster& raster, std::pair<double, double> range) {
    if (raster.windowWidth <= 0 || raster.slope == 0) {
        return range;
    }
    const double center = (raster.windowCenter - raster.intercept) / raster.slope;
    const double half = raster.windowWidth / std::abs(raster.slope) / 2;
    return {center - half, center + half};
}

std::pair<double, double> rangeOf(const cv::Mat& values) {
    double low = 0;
    double high = 0;
    cv::minMaxLoc(values.reshape(1), &low, &high);
    return {low, high};
}

/// Brightest and darkest channel of each pixel, without transparency: coloured letters stand out in one.
std::pair<cv::Mat, cv::Mat> extremes(const cv::Mat& colour) {
    std::vector<cv::Mat> channels;
    cv::split(colour, channels);
    cv::Mat high = cv::max(channels[0], cv::max(channels[1], channels[2]));
    cv::Mat low = cv::min(channels[0], cv::min(channels[1], channels[2]));
    return {high, low};
}

} // namespace

bool isSound(const model::Raster& raster) {
    if (raster.width <= 0 || raster.height <= 0 ||
        (raster.bitsPerSample != 8 && raster.bitsPerSample != 16) ||
        (raster.channels != 1 && raster.channels != 3 && raster.channels != 4)) {
        return false;
    }
    const auto bytes = static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) *
                       static_cast<std::size_t>(raster.channels) *
                       static_cast<std::size_t>(raster.bitsPerSample / 8);
    return raster.samples.size() >= bytes;
}

cv::Mat shownPicture(const model::Raster& raster) {
    const cv::Mat view = viewOf(raster);
    if (raster.channels == 1) {
        const auto range = windowOf(raster, rangeOf(view));
        cv::Mat grey = stretched(view, range.first, range.second);
        if (raster.invert) {
            cv::bitwise_not(grey, grey);
        }
        return grey;
    }
    cv::Mat eight;
    view.convertTo(eight, CV_8U, raster.bitsPerSample == 8 ? 1.0 : 1.0 / 257.0);
    cv::Mat out;
    cv::cvtColor(eight, out, raster.channels == 3 ? cv::COLOR_RGB2BGR : cv::COLOR_RGBA2BGR);
    return out;
}

std::vector<cv::Mat> letterPlanes(const model::Raster& raster) {
    std::vector<cv::Mat> out;
    const auto add = [&out](const cv::Mat& plane, const cv::Mat& forDark) {
        out.push_back(plane);
        cv::Mat inverse;
        cv::bitwise_not(forDark, inverse);
        out.push_back(inverse);
    };
    const cv::Mat view = viewOf(raster);
    if (raster.channels > 1) {
        const auto [high, low] = extremes(shownPicture(raster));
        add(high, low);
        return out;
    }
    const auto range = rangeOf(view);
    const auto window = windowOf(raster, range);
    const cv::Mat shown = stretched(view, window.first, window.second);
    add(shown, shown);
    const double outside = std::max(window.first - range.first, range.second - window.second);
    if (outside > 0.2 * (window.second - window.first)) {
        const cv::Mat whole = stretched(view, range.first, range.second);
        add(whole, whole);
    }
    return out;
}

} // namespace kamei::detect::vision
