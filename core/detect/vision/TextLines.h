#pragma once
// Private to core/detect/vision: strokes and the lines that they make.

#include <array>
#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "core/detect/vision/TextBoxes.h"
#include "core/detect/vision/TextReader.h"

namespace kamei::detect::vision {

/// Lines of letters on planes of one picture; see letterPlanes().
[[nodiscard]] std::vector<TextBox> findTextIn(const std::vector<cv::Mat>& planes);
/// As readTextBoxes(), on the planes that the boxes were found in.
[[nodiscard]] base::Expected<std::vector<Reading>> readOn(const std::vector<cv::Mat>& planes,
                                                          const std::vector<TextBox>& boxes);

/// A connected stroke, in pixels of the plane it was found in.
struct Stroke {
    cv::Rect box;
    int area = 0;
    double ink = 0;    ///< mean value of its pixels
    double spread = 0; ///< their standard deviation
    double edge = 0;   ///< mean step at its border
    double width = 0;  ///< mean width of the stroke
};

/// Strokes side by side.
struct Line {
    cv::Rect box;
    std::vector<Stroke> strokes;
    bool vertical = false;
};

/// Strokes of a plane in which letters are bright: connected pixels that stand out by `threshold` in `hat`,
/// the plane's top-hat.
[[nodiscard]] std::vector<Stroke> strokesOf(const cv::Mat& plane, const cv::Mat& hat, int threshold);

/// Strokes of like height that follow each other closely.
[[nodiscard]] std::vector<Line> linesOf(const std::vector<Stroke>& strokes, bool vertical);

/// What tells letters from texture.
enum LineFeature : std::size_t {
    kHeight,      ///< of the line, in pixels
    kStrokes,     ///< how many
    kInkSpread,   ///< spread of the means of its strokes: letters are drawn in one colour
    kOwnSpread,   ///< mean spread within a stroke
    kEdge,        ///< mean step at borders
    kContrast,    ///< mean of the top-hat over ink
    kWidthShare,  ///< width of strokes as a share of the height
    kWidthSpread, ///< spread of stroke widths as a share of their mean
    kFill,        ///< share of the box that is ink
    kAlign,       ///< spread of lower edges as a share of the height
    kQuiet,       ///< strokes around the line that are not of it, for each of its own
    kGround,      ///< mean of the top-hat around the line
    kSizeSpread,  ///< spread of stroke heights as a share of the height
    kTall,        ///< share of strokes that reach over half the height
    kLength,      ///< of the line, in heights
    kFeatures,
};
using LineFeatures = std::array<double, kFeatures>;

/// What surrounds lines on a plane, made ready for many questions.
class Surroundings {
public:
    Surroundings(const cv::Mat& hat, const std::vector<Stroke>& strokes);
    /// Mean of the top-hat within a rectangle, and sum of it.
    [[nodiscard]] double sum(const cv::Rect& rect) const;
    [[nodiscard]] double strokesIn(const cv::Rect& rect) const; ///< those whose middle lies in it
    [[nodiscard]] const cv::Mat& hat() const { return m_hat; }

private:
    cv::Mat m_hat;
    cv::Mat m_sums;
    cv::Mat m_counts;
};

[[nodiscard]] LineFeatures featuresOf(const Line& line, const Surroundings& surroundings);

/// Every line of at least two strokes on a plane, at several thresholds and both directions.
void forEachLine(const cv::Mat& plane, const std::function<void(const Line&, const LineFeatures&)>& take);

/// 0..1, how much a line looks like drawn letters: boosted stumps (LikenessTable.inc).
[[nodiscard]] double likeness(const LineFeatures& features);

} // namespace kamei::detect::vision
