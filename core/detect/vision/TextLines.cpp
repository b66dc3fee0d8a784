#include "core/detect/vision/TextLines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace kamei::detect::vision {
namespace {

constexpr int kLeastSide = 4;
constexpr int kMostSide = 100;
constexpr int kHat = 17; // wider than the strokes of letters of 80 pixels
constexpr std::array kThresholds{40, 70, 110, 150, 190};
constexpr int kMostStrokes = 6000; // more is noise; a higher threshold tells letters from it
constexpr int kLeastHeight = 6;

struct Sums {
    double ink = 0;
    double square = 0;
    double step = 0;
    int border = 0;
};

/// Spread of values.
template <class Value>
std::pair<double, double> meanAndSpread(const std::vector<Stroke>& strokes, Value value) {
    double sum = 0;
    double square = 0;
    for (const Stroke& stroke : strokes) {
        sum += value(stroke);
        square += value(stroke) * value(stroke);
    }
    const auto count = static_cast<double>(std::max<std::size_t>(1, strokes.size()));
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, square / count - mean * mean))};
}

int alongStart(const cv::Rect& box, bool vertical) {
    return vertical ? box.y : box.x;
}
int alongEnd(const cv::Rect& box, bool vertical) {
    return vertical ? box.y + box.height : box.x + box.width;
}
int acrossStart(const cv::Rect& box, bool vertical) {
    return vertical ? box.x : box.y;
}
int acrossEnd(const cv::Rect& box, bool vertical) {
    return vertical ? box.x + box.width : box.y + box.height;
}
int thickness(const cv::Rect& box, bool vertical) {
    return vertical ? box.width : box.height;
}

} // namespace

std::vector<Stroke> strokesOf(const cv::Mat& plane, const cv::Mat& hat, int threshold) {
    const cv::Mat binary = hat > threshold;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(binary, labels, stats, centres, 8, CV_32S);
    if (count > kMostStrokes) {
        return {};
    }
    std::vector<int> place(static_cast<std::size_t>(count), -1);
    std::vector<Stroke> out;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        const cv::Rect box(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                           row[cv::CC_STAT_HEIGHT]);
        if (std::max(box.width, box.height) < kLeastSide || box.width > 3 * kMostSide ||
            box.height > 3 * kMostSide || std::min(box.width, box.height) > kMostSide) {
            continue;
        }
        place[static_cast<std::size_t>(i)] = static_cast<int>(out.size());
        Stroke stroke;
        stroke.box = box;
        stroke.area = row[cv::CC_STAT_AREA];
        out.push_back(stroke);
    }
    std::vector<Sums> sums(out.size());
    for (int y = 1; y + 1 < labels.rows; ++y) {
        const int* row = labels.ptr<int>(y);
        const std::uint8_t* values = plane.ptr<std::uint8_t>(y);
        for (int x = 1; x + 1 < labels.cols; ++x) {
            if (row[x] == 0 || place[static_cast<std::size_t>(row[x])] < 0) {
                continue;
            }
            Sums& sum = sums[static_cast<std::size_t>(place[static_cast<std::size_t>(row[x])])];
            const double value = values[x];
            sum.ink += value;
            sum.square += value * value;
            const auto at = [&](int dy, int dx) { return labels.ptr<int>(y + dy)[x + dx] != 0; };
            const auto step = [&](int dy, int dx) {
                const int fy = std::clamp(y + 2 * dy, 0, plane.rows - 1);
                const int fx = std::clamp(x + 2 * dx, 0, plane.cols - 1);
                sum.step += value - plane.ptr<std::uint8_t>(fy)[fx];
                ++sum.border;
            };
            if (!at(-1, 0)) {
                step(-1, 0);
            }
            if (!at(1, 0)) {
                step(1, 0);
            }
            if (!at(0, -1)) {
                step(0, -1);
            }
            if (!at(0, 1)) {
                step(0, 1);
            }
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double area = std::max(1, out[i].area);
        out[i].ink = sums[i].ink / area;
        out[i].spread = std::sqrt(std::max(0.0, sums[i].square / area - out[i].ink * out[i].ink));
        out[i].edge = sums[i].border > 0 ? sums[i].step / sums[i].border : 0;
        out[i].width = sums[i].border > 0 ? 2 * area / sums[i].border : 1;
    }
    return out;
}

std::vector<Line> linesOf(const std::vector<Stroke>& strokes, bool vertical) {
    std::vector<std::size_t> order(strokes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return alongStart(strokes[a].box, vertical) < alongStart(strokes[b].box, vertical);
    });
    std::vector<std::size_t> parent(strokes.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) {
            i = parent[i] = parent[parent[i]];
        }
        return i;
    };
    for (std::size_t i = 0; i < order.size(); ++i) {
        const cv::Rect& a = strokes[order[i]].box;
        const int thickA = std::max(thickness(a, vertical), kLeastSide);
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const cv::Rect& b = strokes[order[j]].box;
            const int gap = alongStart(b, vertical) - alongEnd(a, vertical);
            if (alongStart(b, vertical) > alongEnd(a, vertical) + kMostSide) {
                break;
            }
            const int thickB = std::max(thickness(b, vertical), kLeastSide);
            const int larger = std::max(thickA, thickB);
            const int overlap = std::min(acrossEnd(a, vertical), acrossEnd(b, vertical)) -
                                std::max(acrossStart(a, vertical), acrossStart(b, vertical));
            const bool near = gap <= larger && overlap >= std::min(thickA, thickB) / 2;
            if (near && larger <= 4 * std::min(thickA, thickB) && larger <= kMostSide) {
                parent[root(order[i])] = root(order[j]);
            }
        }
    }
    std::vector<Line> out;
    std::vector<int> place(strokes.size(), -1);
    for (std::size_t i = 0; i < strokes.size(); ++i) {
        const std::size_t top = root(i);
        if (place[top] < 0) {
            place[top] = static_cast<int>(out.size());
            out.push_back({strokes[i].box, {}, vertical});
        }
        Line& line = out[static_cast<std::size_t>(place[top])];
        line.box |= strokes[i].box;
        line.strokes.push_back(strokes[i]);
    }
    return out;
}

Surroundings::Surroundings(const cv::Mat& hat, const std::vector<Stroke>& strokes) : m_hat(hat) {
    cv::integral(hat, m_sums, CV_64F);
    cv::Mat middles = cv::Mat::zeros(hat.size(), CV_8U);
    for (const Stroke& stroke : strokes) {
        std::uint8_t& count = middles.ptr<std::uint8_t>(
            stroke.box.y + stroke.box.height / 2)[stroke.box.x + stroke.box.width / 2];
        count = static_cast<std::uint8_t>(count + 1);
    }
    cv::integral(middles, m_counts, CV_32S);
}

double Surroundings::sum(const cv::Rect& rect) const {
    const double* top = m_sums.ptr<double>(rect.y);
    const double* bottom = m_sums.ptr<double>(rect.y + rect.height);
    return bottom[rect.x + rect.width] - bottom[rect.x] - top[rect.x + rect.width] + top[rect.x];
}

double Surroundings::strokesIn(const cv::Rect& rect) const {
    const int* top = m_counts.ptr<int>(rect.y);
    const int* bottom = m_counts.ptr<int>(rect.y + rect.height);
    return bottom[rect.x + rect.width] - bottom[rect.x] - top[rect.x + rect.width] + top[rect.x];
}

LineFeatures featuresOf(const Line& line, const Surroundings& surroundings) {
    LineFeatures out;
    const double thick = thickness(line.box, line.vertical);
    const auto count = static_cast<double>(line.strokes.size());
    const auto high = [&](const Stroke& s) { return static_cast<double>(thickness(s.box, line.vertical)); };
    const auto mean = [&](auto value) { return meanAndSpread(line.strokes, value); };
    const auto widths = mean([](const Stroke& s) { return s.width; });
    const auto areas = mean([](const Stroke& s) { return static_cast<double>(s.area); });
    const auto inks = mean([](const Stroke& s) { return s.ink; });
    const int margin = std::max(8, static_cast<int>(thick));
    const cv::Rect around = cv::Rect(line.box.x - margin, line.box.y - margin, line.box.width + 2 * margin,
                                     line.box.height + 2 * margin) &
                            cv::Rect(0, 0, surroundings.hat().cols, surroundings.hat().rows);
    const double inside = surroundings.sum(line.box);
    const auto length =
        static_cast<double>(alongEnd(line.box, line.vertical) - alongStart(line.box, line.vertical));
    const auto tall = static_cast<double>(
        std::ranges::count_if(line.strokes, [&](const Stroke& s) { return high(s) > 0.5 * thick; }));
    out[kHeight] = thick;
    out[kStrokes] = count;
    out[kInkSpread] = inks.second;
    out[kOwnSpread] = mean([](const Stroke& s) { return s.spread; }).first;
    out[kEdge] = mean([](const Stroke& s) { return s.edge; }).first;
    out[kContrast] = inside / std::max(1.0, areas.first * count);
    out[kWidthShare] = widths.first / thick;
    out[kWidthSpread] = widths.second / std::max(0.1, widths.first);
    out[kFill] = areas.first * count / std::max(1, line.box.area());
    out[kAlign] =
        mean([&](const Stroke& s) { return static_cast<double>(acrossEnd(s.box, line.vertical)); }).second /
        thick;
    out[kQuiet] = std::max(0.0, surroundings.strokesIn(around) - count) / count;
    out[kGround] = (surroundings.sum(around) - inside) / std::max(1, around.area() - line.box.area());
    out[kSizeSpread] = mean(high).second / thick;
    out[kTall] = tall / count;
    out[kLength] = length / thick;
    return out;
}

void forEachLine(const cv::Mat& plane, const std::function<void(const Line&, const LineFeatures&)>& take) {
    cv::Mat hat;
    static const cv::Mat square = cv::getStructuringElement(cv::MORPH_RECT, {kHat, kHat});
    cv::morphologyEx(plane, hat, cv::MORPH_TOPHAT, square);
    for (const int threshold : kThresholds) {
        const std::vector<Stroke> strokes = strokesOf(plane, hat, threshold);
        if (strokes.size() < 2) {
            continue;
        }
        const Surroundings surroundings(hat, strokes);
        for (const bool vertical : {false, true}) {
            for (const Line& line : linesOf(strokes, vertical)) {
                if (line.strokes.size() >= 2 && thickness(line.box, vertical) >= kLeastHeight) {
                    take(line, featuresOf(line, surroundings));
                }
            }
        }
    }
}

namespace {

struct Stump {
    LineFeature feature;
    double threshold;
    double below;
    double above;
};

// Made by packaging/generators/text_likeness.py from pictures of tests/core/detect/vision/BurnedPictures.cpp
// and pictures without letters. Log-odds that add up.
constexpr std::array kStumps{
#include "core/detect/vision/LikenessTable.inc"
};

} // namespace

double likeness(const LineFeatures& features) {
    double odds = 0;
    for (const Stump& stump : kStumps) {
        odds += features[stump.feature] < stump.threshold ? stump.below : stump.above;
    }
    return 1 / (1 + std::exp(-odds));
}

} // namespace kamei::detect::vision
