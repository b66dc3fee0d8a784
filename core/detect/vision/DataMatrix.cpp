// Data Matrix codes (ISO/IEC 16022), which laboratories print on slides, tubes and cassettes, by libdmtx.
#include <algorithm>
#include <array>
#include <cmath>
#include <dmtx.h>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "core/detect/vision/Codes.h"
#include "core/detect/vision/Planes.h"

namespace kamei::detect::vision {
namespace {

/// Longest side of what is searched, in pixels: modules of labels stay two pixels and more.
constexpr int kLongestSide = 900;
/// libdmtx follows every edge of a busy picture: what it has not found by then is left to the eye.
constexpr long kMostMs = 250;
constexpr int kMostCodes = 8;

struct ImageEnd {
    void operator()(DmtxImage* image) const { dmtxImageDestroy(&image); }
};
struct DecodeEnd {
    void operator()(DmtxDecode* decode) const { dmtxDecodeDestroy(&decode); }
};
struct RegionEnd {
    void operator()(DmtxRegion* region) const { dmtxRegionDestroy(&region); }
};
struct MessageEnd {
    void operator()(DmtxMessage* message) const { dmtxMessageDestroy(&message); }
};

/// The box around a region with its quiet zone, in pixels of `size`; libdmtx counts lines from the bottom.
cv::Rect boxOf(const DmtxRegion& region, const cv::Size& size) {
    std::vector<cv::Point> corners;
    for (const auto& [x, y] : std::array<std::array<double, 2>, 4>{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}) {
        DmtxVector2 corner{x, y};
        DmtxMatrix3 matrix;
        std::copy_n(&region.fit2raw[0][0], 9, &matrix[0][0]);
        dmtxMatrix3VMultiplyBy(&corner, matrix);
        corners.emplace_back(static_cast<int>(std::lround(corner.X)),
                             size.height - 1 - static_cast<int>(std::lround(corner.Y)));
    }
    cv::Rect box = cv::boundingRect(corners);
    const int room = 3 + std::max(box.width, box.height) / 10;
    box = cv::Rect(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room);
    return box & cv::Rect({0, 0}, size);
}

void scan(cv::Mat& grey, double scale, std::vector<Code>& out) {
    const std::unique_ptr<DmtxImage, ImageEnd> image(
        dmtxImageCreate(grey.data, grey.cols, grey.rows, DmtxPack8bppK));
    if (!image) {
        return;
    }
    const std::unique_ptr<DmtxDecode, DecodeEnd> decode(dmtxDecodeCreate(image.get(), 1));
    if (!decode) {
        return;
    }
    DmtxTime end = dmtxTimeAdd(dmtxTimeNow(), kMostMs);
    for (int found = 0; found < kMostCodes;) {
        const std::unique_ptr<DmtxRegion, RegionEnd> region(dmtxRegionFindNext(decode.get(), &end));
        if (!region) {
            return;
        }
        const std::unique_ptr<DmtxMessage, MessageEnd> message(
            dmtxDecodeMatrixRegion(decode.get(), region.get(), DmtxUndefined));
        const cv::Rect box = boxOf(*region, grey.size());
        if (!message || message->outputIdx <= 0 || box.area() == 0) {
            continue;
        }
        ++found;
        std::string text(reinterpret_cast<const char*>(message->output),
                         static_cast<std::size_t>(message->outputIdx));
        const auto whole = [scale](int length) {
            return static_cast<std::int32_t>(std::lround(length * scale));
        };
        out.push_back({{whole(box.x), whole(box.y), whole(box.width), whole(box.height)},
                       "DataMatrix",
                       std::move(text)});
    }
}

} // namespace

std::vector<Code> findMatrixCodes(const model::Raster& raster) {
    std::vector<Code> out;
    if (!isSound(raster)) {
        return out;
    }
    try {
        cv::Mat grey = shownPicture(raster);
        if (grey.channels() > 1) {
            cv::Mat one;
            cv::cvtColor(grey, one, cv::COLOR_BGR2GRAY);
            grey = one;
        }
        const double scale =
            std::max(1.0, std::max(grey.cols, grey.rows) / static_cast<double>(kLongestSide));
        if (scale > 1) {
            cv::Mat small;
            cv::resize(grey, small, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
            grey = small;
        }
        grey = grey.clone(); // in one piece, and libdmtx takes it writable
        scan(grey, scale, out);
    } catch (const cv::Exception&) {
        out.clear();
    }
    return out;
}

} // namespace kamei::detect::vision
