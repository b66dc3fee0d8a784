#include "core/detect/vision/Codes.h"

#include <algorithm>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <zbar.h>

#include "core/detect/vision/Planes.h"

namespace kamei::detect::vision {
namespace {

struct ScannerEnd {
    void operator()(zbar::zbar_image_scanner_t* scanner) const { zbar::zbar_image_scanner_destroy(scanner); }
};
struct ImageEnd {
    void operator()(zbar::zbar_image_t* image) const { zbar::zbar_image_destroy(image); }
};

constexpr unsigned long kGrey = 0x30303859; // "Y800"

/// The box around a symbol's corners. For bars they lie on the line that was scanned: the box is as high as
/// the scanned lines that agreed, and half its width around them.
cv::Rect boxOf(const zbar::zbar_symbol_t* symbol, const cv::Size& size) {
    const unsigned count = zbar::zbar_symbol_get_loc_size(symbol);
    if (count == 0) {
        return {0, 0, size.width, size.height}; // read and nowhere: the whole picture
    }
    std::vector<cv::Point> corners;
    for (unsigned i = 0; i < count; ++i) {
        corners.emplace_back(zbar::zbar_symbol_get_loc_x(symbol, i), zbar::zbar_symbol_get_loc_y(symbol, i));
    }
    cv::Rect box = cv::boundingRect(corners);
    const bool square = zbar::zbar_symbol_get_type(symbol) == zbar::ZBAR_QRCODE;
    const int room = 4 + std::max(box.width, box.height) / (square ? 8 : 4);
    box = cv::Rect(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room);
    return box & cv::Rect({0, 0}, size);
}

void scan(const cv::Mat& grey, std::vector<Code>& out) {
    const std::unique_ptr<zbar::zbar_image_scanner_t, ScannerEnd> scanner(zbar::zbar_image_scanner_create());
    const std::unique_ptr<zbar::zbar_image_t, ImageEnd> image(zbar::zbar_image_create());
    zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 1);
    zbar::zbar_image_set_format(image.get(), kGrey);
    zbar::zbar_image_set_size(image.get(), static_cast<unsigned>(grey.cols),
                              static_cast<unsigned>(grey.rows));
    zbar::zbar_image_set_data(image.get(), grey.data, grey.total(), nullptr);
    if (zbar::zbar_scan_image(scanner.get(), image.get()) <= 0) {
        return;
    }
    for (const auto* symbol = zbar::zbar_image_first_symbol(image.get()); symbol != nullptr;
         symbol = zbar::zbar_symbol_next(symbol)) {
        const cv::Rect box = boxOf(symbol, grey.size());
        std::string text(zbar::zbar_symbol_get_data(symbol), zbar::zbar_symbol_get_data_length(symbol));
        const bool there = std::ranges::any_of(out, [&](const Code& code) { return code.text == text; });
        // Two and four characters of weak codes are read into any texture of stripes.
        if (!there && text.size() >= 5 && box.area() > 0) {
            out.push_back({{box.x, box.y, box.width, box.height},
                           zbar::zbar_get_symbol_name(zbar::zbar_symbol_get_type(symbol)),
                           std::move(text)});
        }
    }
}

} // namespace

std::vector<Code> findCodes(const model::Raster& raster) {
    std::vector<Code> out;
    if (!isSound(raster)) {
        return out;
    }
    try {
        const cv::Mat shown = shownPicture(raster);
        cv::Mat grey = shown;
        if (shown.channels() > 1) {
            cv::cvtColor(shown, grey, cv::COLOR_BGR2GRAY);
        }
        grey = grey.isContinuous() ? grey : grey.clone();
        scan(grey, out);
        cv::Mat inverse;
        cv::bitwise_not(grey, inverse);
        scan(inverse, out);
    } catch (const cv::Exception&) {
        out.clear();
    }
    return out;
}

} // namespace kamei::detect::vision
