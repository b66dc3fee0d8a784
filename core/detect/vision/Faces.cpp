#include "core/detect/vision/Faces.h"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/Resources.h"
#include "core/detect/vision/Planes.h"

namespace kamei::detect::vision {
namespace {

constexpr int kInput = 256;
constexpr const char* kModel = "models/blazeface-256.onnx";
constexpr double kSmallestSeen = 26; // side of a face that the model finds, in pixels of its input
constexpr double kTileOverlap = 0.35;
constexpr double kBoxShare = 0.6;         // of a head's height that the model's box takes, at least
constexpr double kSame = 0.3;             // intersection over union of two finds of one face
constexpr double kCloseUp = 1.5;          // room around a picture that a face fills, in its longer sides
constexpr double kLeastScoreTurned = 0.8; // lying faces are rare, and texture is taken for them more easily
constexpr int kLeastTurnedPx = 80;

struct Candidate {
    cv::Rect2d box;
    double score = 0;
    std::array<cv::Point2d, 6> points; ///< right eye, left eye, nose, mouth, right ear, left ear
    int turned = 0;
};

/// The model with its anchors: two on each of 16 x 16 cells, six on each of 8 x 8 (MediaPipe's face
/// detection, full range of the back camera; 16 values each: centre, size, six key points, in pixels of the
/// input).
class Detector {
public:
    Detector() {
        if (const auto file = base::readResource(kModel)) {
            try {
                m_net = cv::dnn::readNetFromONNX(file->data(), file->size());
                m_outputs = m_net.getUnconnectedOutLayersNames();
            } catch (const cv::Exception&) {
                m_outputs.clear();
            }
        }
        for (const auto& [cells, each] : {std::pair{16, 2}, std::pair{8, 6}}) {
            for (int y = 0; y < cells; ++y) {
                for (int x = 0; x < cells; ++x) {
                    m_anchors.insert(m_anchors.end(), static_cast<std::size_t>(each),
                                     {(x + 0.5) / cells, (y + 0.5) / cells});
                }
            }
        }
    }
    [[nodiscard]] bool ready() const { return !m_outputs.empty(); }

    /// Finds in a square picture of kInput pixels, blue green red; boxes as shares of its side.
    void find(const cv::Mat& square, double least, const auto& take) {
        cv::Mat rgb;
        cv::cvtColor(square, rgb, cv::COLOR_BGR2RGB);
        cv::Mat values;
        rgb.convertTo(values, CV_32F, 2.0 / 255, -1);
        const std::array<int, 4> shape{1, kInput, kInput, 3};
        const cv::Mat blob(4, shape.data(), CV_32F, values.data);
        m_net.setInput(blob);
        std::vector<cv::Mat> outputs;
        m_net.forward(outputs, m_outputs);
        std::vector<float> scores;
        std::vector<float> boxes;
        // The grid of 16 x 16 cells comes first; both outputs of a grid are told by their size.
        std::ranges::stable_sort(outputs, [](const cv::Mat& a, const cv::Mat& b) {
            return a.size[a.dims - 1] == b.size[b.dims - 1] && a.total() > b.total();
        });
        for (const cv::Mat& output : outputs) {
            auto& into = output.size[output.dims - 1] == 16 ? boxes : scores;
            into.insert(into.end(), output.ptr<float>(), output.ptr<float>() + output.total());
        }
        if (scores.size() != m_anchors.size() || boxes.size() != 16 * m_anchors.size()) {
            CV_Error(cv::Error::StsBadSize, "not the model that is expected");
        }
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const double score = 1 / (1 + std::exp(-std::clamp<double>(scores[i], -80, 80)));
            if (score < least) {
                continue;
            }
            const auto value = [&](std::size_t k) { return static_cast<double>(boxes[16 * i + k]) / kInput; };
            const cv::Point2d anchor(m_anchors[i].first, m_anchors[i].second);
            Candidate found;
            found.score = score;
            found.box = {anchor.x + value(0) - value(2) / 2, anchor.y + value(1) - value(3) / 2, value(2),
                         value(3)};
            for (std::size_t k = 0; k < found.points.size(); ++k) {
                found.points[k] = anchor + cv::Point2d(value(4 + 2 * k), value(5 + 2 * k));
            }
            take(found);
        }
    }

private:
    cv::dnn::Net m_net; ///< of one size: reuse with another returns garbage in OpenCV 4.6
    std::vector<cv::String> m_outputs;
    std::vector<std::pair<double, double>> m_anchors;
};

Detector& detector() {
    thread_local Detector mine;
    return mine;
}

/// Squares of `side` pixels over a picture, overlapping, the last ones at its far edges.
std::vector<cv::Point> tiles(const cv::Size& size, int side) {
    const auto starts = [side](int length) {
        std::vector<int> out{0};
        const int step = std::max(1, static_cast<int>(side * (1 - kTileOverlap)));
        for (int at = step; at + side < length + step && length > side; at += step) {
            out.push_back(std::min(at, length - side));
        }
        return out;
    };
    std::vector<cv::Point> out;
    for (const int y : starts(size.height)) {
        for (const int x : starts(size.width)) {
            out.emplace_back(x, y);
        }
    }
    return out;
}

/// Whether the eyes stand as in an upright face: beside each other, as far apart as in some view of a head.
bool eyesAreLevel(const Candidate& found) {
    const cv::Point2d apart = found.points[1] - found.points[0];
    return apart.x > 0.2 * found.box.width && apart.x < 0.75 * found.box.width &&
           std::abs(apart.y) < 0.5 * apart.x;
}

/// Finds within one square of a picture, which may reach out of it.
void searchSquare(const cv::Mat& picture, const cv::Rect& square, const FaceSearch& how,
                  std::vector<Candidate>& out) {
    const cv::Rect inside = square & cv::Rect({0, 0}, picture.size());
    cv::Mat whole = cv::Mat::zeros(square.size(), CV_8UC3);
    picture(inside).copyTo(whole(inside - square.tl()));
    cv::Mat small;
    cv::resize(whole, small, {kInput, kInput}, 0, 0,
               square.width > kInput ? cv::INTER_AREA : cv::INTER_LINEAR);
    const double side = square.width;
    const auto placed = [&](cv::Point2d p) { return p * side + cv::Point2d(square.tl()); };
    detector().find(small, how.leastScore, [&](Candidate found) {
        const cv::Point2d from = placed(found.box.tl());
        found.box = {from.x, from.y, found.box.width * side, found.box.height * side};
        std::ranges::transform(found.points, found.points.begin(), placed);
        if (found.box.width >= kBoxShare * how.leastPx) {
            out.push_back(found);
        }
    });
}

/// All finds of an upright picture, at all scales.
void search(const cv::Mat& picture, const FaceSearch& how, std::vector<Candidate>& out) {
    const int longest = std::max(picture.cols, picture.rows);
    const int closeUp = static_cast<int>(kCloseUp * longest);
    if (how.closeUp) {
        searchSquare(picture, {(picture.cols - closeUp) / 2, (picture.rows - closeUp) / 2, closeUp, closeUp},
                     how, out);
    }
    for (int side = longest;; side = std::max(side / 2, 1)) {
        for (const cv::Point& corner : tiles(picture.size(), side)) {
            searchSquare(picture, {corner.x, corner.y, side, side}, how, out);
        }
        // At this scale the smallest face that is asked for is large enough for the model.
        if (how.leastPx * static_cast<double>(kInput) / side >= kSmallestSeen || side <= kInput / 2) {
            return;
        }
    }
}

/// A point of a picture turned clockwise by quarters, back in the picture as it stands.
cv::Point2d turnedBack(const cv::Point2d& p, int quarters, const cv::Size& size) {
    switch (quarters) {
    case 1:
        return {p.y, size.height - p.x};
    case 2:
        return {size.width - p.x, size.height - p.y};
    case 3:
        return {size.width - p.y, p.x};
    default:
        return p;
    }
}

void turnBack(Candidate& found, int quarters, const cv::Size& size) {
    const cv::Point2d a = turnedBack(found.box.tl(), quarters, size);
    const cv::Point2d b = turnedBack(found.box.br(), quarters, size);
    found.box = {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
    for (cv::Point2d& point : found.points) {
        point = turnedBack(point, quarters, size);
    }
    found.turned = 90 * quarters;
}

double overlap(const cv::Rect2d& a, const cv::Rect2d& b) {
    const double shared = (a & b).area();
    return shared / std::max(1e-9, a.area() + b.area() - shared);
}

/// Best first; others of the same face are left out.
std::vector<Candidate> distinct(std::vector<Candidate> all) {
    std::ranges::sort(all, [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::vector<Candidate> out;
    for (const Candidate& found : all) {
        const bool there = std::ranges::any_of(out, [&](const Candidate& other) {
            const double inside =
                (found.box & other.box).area() / std::min(found.box.area(), other.box.area());
            return overlap(found.box, other.box) > kSame || inside > 0.7;
        });
        if (!there) {
            out.push_back(found);
        }
    }
    return out;
}

/// The model's box reaches from the brows to the chin: the face with its ears and brow is larger.
model::RectPx covering(const cv::Rect2d& box, const cv::Size& size) {
    const double room = 0.18;
    const cv::Rect2d grown(box.x - room * box.width, box.y - 1.5 * room * box.height,
                           box.width * (1 + 2 * room), box.height * (1 + 2.5 * room));
    const int x = std::clamp(static_cast<int>(std::floor(grown.x)), 0, size.width - 1);
    const int y = std::clamp(static_cast<int>(std::floor(grown.y)), 0, size.height - 1);
    const int right = std::clamp(static_cast<int>(std::ceil(grown.br().x)), x + 1, size.width);
    const int bottom = std::clamp(static_cast<int>(std::ceil(grown.br().y)), y + 1, size.height);
    return {x, y, right - x, bottom - y};
}

} // namespace

base::Expected<std::vector<Face>> findFaces(const model::Raster& raster, const FaceSearch& how) {
    if (!isSound(raster)) {
        return base::fail(base::ErrorCode::InvalidArgument, "detect.vision.faces");
    }
    try {
        if (!detector().ready()) {
            return base::fail(base::ErrorCode::NotFound, "detect.vision.faces", {kModel});
        }
        cv::Mat picture = shownPicture(raster);
        if (picture.channels() == 1) {
            cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
        }
        std::vector<Candidate> all;
        for (int quarters = 0; quarters < (how.turns ? 4 : 1); ++quarters) {
            cv::Mat turned = picture;
            if (quarters > 0) {
                cv::rotate(picture, turned,
                           quarters - 1); // ROTATE_90_CLOCKWISE, ROTATE_180, ..._COUNTERCLOCKWISE
            }
            FaceSearch here = how;
            if (quarters > 0) {
                here.leastScore = std::max(how.leastScore, kLeastScoreTurned);
                here.leastPx = std::max(how.leastPx, kLeastTurnedPx);
            }
            std::vector<Candidate> found;
            search(turned, here, found);
            for (Candidate& candidate : found) {
                if (quarters > 0 && !eyesAreLevel(candidate)) {
                    continue;
                }
                turnBack(candidate, quarters, picture.size());
                all.push_back(candidate);
            }
        }
        std::vector<Face> out;
        for (const Candidate& found : distinct(std::move(all))) {
            const auto at = [&found](std::size_t k) {
                return model::PointPx{found.points[k].x, found.points[k].y};
            };
            out.push_back({covering(found.box, picture.size()),
                           found.score,
                           {at(0), at(1)},
                           {at(2), at(3), at(4), at(5)},
                           found.turned});
        }
        return out;
    } catch (const cv::Exception&) {
        return base::fail(base::ErrorCode::Internal, "detect.vision.faces");
    }
}

} // namespace kamei::detect::vision
