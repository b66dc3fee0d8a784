#include "core/detect/vision/TextBoxes.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "core/detect/vision/Planes.h"
#include "core/detect/vision/TextLines.h"

namespace kamei::detect::vision {
namespace {

constexpr int kHighestAtFullSize = 64;  // larger letters are looked for in the picture made smaller
constexpr double kLeastLikeness = 0.12; // lines that are proposed by themselves
constexpr double kLeastBeside =
    0.01; // lines that belong to a proposed one beside them ("ID:" before a number)

constexpr double kMostCovered = 0.4; // of a find by better ones: lines take half of a block of lines

struct Found {
    cv::Rect box;
    double likeness = 0;
    bool vertical = false;
    std::size_t plane = 0;
};

int across(const Found& f) {
    return f.vertical ? f.box.width : f.box.height;
}

/// How far two finds overlap across their lines (negative: apart), along them, and by area.
struct Overlap {
    int across = 0;
    int along = 0;
    int area = 0;
};

Overlap overlapOf(const Found& a, const Found& b) {
    const int x = std::min(a.box.x + a.box.width, b.box.x + b.box.width) - std::max(a.box.x, b.box.x);
    const int y = std::min(a.box.y + a.box.height, b.box.y + b.box.height) - std::max(a.box.y, b.box.y);
    const int area = x > 0 && y > 0 ? x * y : 0;
    return a.vertical ? Overlap{x, y, area} : Overlap{y, x, area};
}

/// Whether two finds are one line: as thick as each other, on one level, and close.
bool sameLine(const Found& a, const Found& b) {
    if (a.vertical != b.vertical) {
        return false;
    }
    const int thin = std::min(across(a), across(b));
    const int thick = std::max(across(a), across(b));
    const Overlap shared = overlapOf(a, b);
    return thick <= 1.6 * thin && shared.across > 0.6 * thin && -shared.along < 1.2 * thin;
}

/// Joins finds of one line. A find that is mostly made of better ones (two lines taken for one, letters one
/// below the other) says nothing new.
void merge(std::vector<Found>& all) {
    std::ranges::sort(all, [](const Found& a, const Found& b) { return a.likeness > b.likeness; });
    std::vector<Found> out;
    for (Found found : all) {
        int covered = 0;
        for (const Found& other : out) {
            covered += sameLine(found, other) ? 0 : overlapOf(found, other).area;
        }
        if (covered > kMostCovered * found.box.area()) {
            continue;
        }
        for (bool again = true; again;) {
            const auto other = std::ranges::find_if(out, [&](const Found& o) { return sameLine(found, o); });
            again = other != out.end();
            if (again) {
                found.plane = other->likeness > found.likeness ? other->plane : found.plane;
                found.likeness = std::max(found.likeness, other->likeness);
                found.box |= other->box;
                out.erase(other);
            }
        }
        out.push_back(found);
    }
    all = std::move(out);
}

/// Adds to each line what stands beside it on the same level and is as high, likely letters or not: words of
/// few strokes stand apart from the others.
void extend(std::vector<Found>& lines, const std::vector<Found>& beside) {
    for (Found& line : lines) {
        const int thick = across(line);
        for (bool again = true; again;) {
            again = false;
            for (const Found& word : beside) {
                if (word.vertical != line.vertical || (word.box & line.box) == word.box ||
                    across(word) > 1.5 * thick || across(word) < 0.4 * thick) {
                    continue;
                }
                const int x = std::min(line.box.x + line.box.width, word.box.x + word.box.width) -
                              std::max(line.box.x, word.box.x);
                const int y = std::min(line.box.y + line.box.height, word.box.y + word.box.height) -
                              std::max(line.box.y, word.box.y);
                const int shared = line.vertical ? x : y;
                const int apart = -(line.vertical ? y : x);
                if (shared > 0.7 * across(word) && apart < 1.5 * thick) {
                    line.box |= word.box;
                    again = true;
                }
            }
        }
    }
}

void addFrom(const cv::Mat& plane, std::size_t index, int reduction, std::vector<Found>& lines,
             std::vector<Found>& beside) {
    forEachLine(plane, [&](const Line& line, const LineFeatures& features) {
        const double like = likeness(features);
        const cv::Rect box(line.box.x * reduction, line.box.y * reduction, line.box.width * reduction,
                           line.box.height * reduction);
        if (like >= kLeastBeside) {
            (like >= kLeastLikeness ? lines : beside).push_back({box, like, line.vertical, index});
        }
    });
}

} // namespace

std::vector<TextBox> findTextIn(const std::vector<cv::Mat>& planes) {
    std::vector<Found> all;
    std::vector<Found> beside;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const cv::Mat& plane = planes[i];
        addFrom(plane, i, 1, all, beside);
        cv::Mat smaller = plane;
        for (int reduction = 2; std::max(plane.cols, plane.rows) / reduction >= 10 * kHighestAtFullSize;
             reduction *= 2) {
            cv::Mat half;
            cv::resize(smaller, half, {}, 0.5, 0.5, cv::INTER_AREA);
            smaller = half;
            addFrom(smaller, i, reduction, all, beside);
        }
    }
    merge(all);
    extend(all, beside);
    merge(all);
    std::vector<TextBox> out;
    for (const Found& found : all) {
        out.push_back({{found.box.x, found.box.y, found.box.width, found.box.height},
                       found.likeness,
                       found.vertical,
                       found.plane});
    }
    std::ranges::sort(out, [](const TextBox& a, const TextBox& b) {
        return std::tie(a.rect.y, a.rect.x) < std::tie(b.rect.y, b.rect.x);
    });
    return out;
}

std::vector<TextBox> findTextBoxes(const model::Raster& raster) {
    if (!isSound(raster)) {
        return {};
    }
    return findTextIn(letterPlanes(raster));
}

} // namespace kamei::detect::vision
