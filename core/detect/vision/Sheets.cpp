#include "core/detect/vision/Sheets.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/detect/vision/Planes.h"

namespace kamei::detect::vision {
namespace {

// Chosen on pictures that the tests draw; all lengths after shrinking to this longest side.
constexpr int kLongestSide = 640;
constexpr double kLeastArea = 0.008; ///< of the picture
constexpr double kMostArea = 0.6;
constexpr double kLeastFill = 0.8;   ///< of its four sides
constexpr double kBrighter = 25;     ///< levels, inside against a ring around it
constexpr double kLeastMarks = 0.01; ///< of its area are edges: blank bright windows and cloths say nothing
constexpr double kMostMarks = 0.5;
constexpr std::size_t kMost = 8;

bool isGrey(const cv::Mat& shown) {
    cv::Mat planes[3];
    cv::split(shown, planes);
    cv::Mat difference;
    cv::absdiff(planes[0], planes[2], difference);
    return cv::mean(difference)[0] < 2;
}

/// Four sides without a very short one, whose corners are no sharper than 50 degrees.
bool isSheet(const std::vector<cv::Point>& corners) {
    if (corners.size() != 4 || !cv::isContourConvex(corners)) {
        return false;
    }
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2d before = corners[(i + 3) % 4] - corners[i];
        const cv::Point2d after = corners[(i + 1) % 4] - corners[i];
        const double lengths = std::hypot(before.x, before.y) * std::hypot(after.x, after.y);
        constexpr double kMostCosine = 0.64;
        if (lengths < 200 || std::abs(before.dot(after)) / lengths > kMostCosine) {
            return false;
        }
    }
    return true;
}

bool standsOut(const cv::Mat& grey, const cv::Mat& edges, const std::vector<cv::Point>& corners) {
    cv::Mat inside = cv::Mat::zeros(grey.size(), CV_8U);
    cv::fillConvexPoly(inside, corners, 255);
    cv::Mat wider;
    cv::dilate(inside, wider, cv::getStructuringElement(cv::MORPH_RECT, {17, 17}));
    const cv::Mat ring = wider & ~inside;
    cv::Mat core;
    cv::erode(inside, core, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
    const int area = cv::countNonZero(core);
    if (area == 0 || cv::countNonZero(ring) == 0) {
        return false;
    }
    const double marks = static_cast<double>(cv::countNonZero(edges & core)) / area;
    return cv::mean(grey, core)[0] > cv::mean(grey, ring)[0] + kBrighter && marks > kLeastMarks &&
           marks < kMostMarks;
}

} // namespace

std::vector<model::RectPx> findSheets(const model::Raster& raster) {
    std::vector<model::RectPx> out;
    if (!isSound(raster)) {
        return out;
    }
    try {
        const cv::Mat shown = shownPicture(raster);
        if (shown.channels() != 3 || isGrey(shown)) {
            return out;
        }
        cv::Mat grey;
        cv::cvtColor(shown, grey, cv::COLOR_BGR2GRAY);
        const double scale =
            std::max(1.0, std::max(grey.cols, grey.rows) / static_cast<double>(kLongestSide));
        cv::resize(grey, grey, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
        cv::Mat edges;
        cv::Canny(grey, edges, 50, 120);
        cv::Mat smooth;
        cv::GaussianBlur(grey, smooth, {5, 5}, 0);
        const double all = static_cast<double>(grey.total());
        // A sheet in the shade is darker than a lamp: several levels are cut.
        for (const int level : {110, 140, 170, 200, 225}) {
            cv::Mat bright = smooth > level;
            cv::morphologyEx(bright, bright, cv::MORPH_CLOSE,
                             cv::getStructuringElement(cv::MORPH_RECT, {7, 7}));
            std::vector<std::vector<cv::Point>> contours;
            cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
            for (const auto& contour : contours) {
                std::vector<cv::Point> hull;
                cv::convexHull(contour, hull);
                std::vector<cv::Point> corners;
                cv::approxPolyDP(hull, corners, 0.04 * cv::arcLength(hull, true), true);
                const double area = cv::contourArea(corners);
                if (area < kLeastArea * all || area > kMostArea * all || !isSheet(corners) ||
                    cv::contourArea(contour) < kLeastFill * area || !standsOut(grey, edges, corners)) {
                    continue;
                }
                const cv::Rect box = cv::boundingRect(corners);
                const auto whole = [scale](int length) {
                    return static_cast<std::int32_t>(std::lround(length * scale));
                };
                out.push_back({whole(box.x), whole(box.y), whole(box.width), whole(box.height)});
            }
        }
        std::ranges::sort(out, std::greater<>(), [](const model::RectPx& r) { return r.width * r.height; });
        // The same sheet at another level lies in the larger one.
        std::vector<model::RectPx> kept;
        for (const model::RectPx& r : out) {
            const int x = r.x + r.width / 2;
            const int y = r.y + r.height / 2;
            const bool within = std::ranges::any_of(kept, [&](const model::RectPx& k) {
                return x >= k.x && y >= k.y && x < k.x + k.width && y < k.y + k.height;
            });
            if (!within && kept.size() < kMost) {
                kept.push_back(r);
            }
        }
        out = std::move(kept);
    } catch (const cv::Exception&) {
        out.clear();
    }
    return out;
}

} // namespace kamei::detect::vision
