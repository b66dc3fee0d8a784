#include <algorithm>
#include <cstdio>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <zlib.h>

#include "core/intake/pdf/PdfDocument.h"
#include "core/transform/image/Fill.h"
#include "core/transform/pdf/Content.h"
#include "core/transform/pdf/Writing.h"

namespace kamei::transform::pdf {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "transform.pdf.write";
constexpr std::size_t kMaxOutput = std::size_t{1} << 30;

/// Grey where no pixel has a colour any more, as a reader of the output would decode it.
void dropColour(model::Raster& page) {
    if (page.channels != 3) {
        return;
    }
    const std::size_t pixels = page.samples.size() / 3;
    for (std::size_t i = 0; i < pixels; ++i) {
        if (page.samples[i * 3] != page.samples[i * 3 + 1] ||
            page.samples[i * 3] != page.samples[i * 3 + 2]) {
            return;
        }
    }
    for (std::size_t i = 0; i < pixels; ++i) {
        page.samples[i] = page.samples[i * 3];
    }
    page.samples.resize(pixels);
    page.channels = 1;
}

base::Expected<model::Raster> drawn(const intake::pdf::PdfDocument& source,
                                    const std::vector<model::Mask>& masks, std::int32_t firstFrame,
                                    std::int32_t page) {
    auto raster = source.draw(page);
    if (raster && !masks.empty()) {
        const std::int32_t number = firstFrame + page - 1;
        image::fillRaster(*raster, image::masksOn(masks, number, raster->width, raster->height), number);
        dropColour(*raster);
    }
    return raster;
}

/// Rows as differences to the row above (PNG filter 2, ISO 32000-1, 7.4.4.4): white paper packs to nothing.
std::string packed(const model::Raster& page) {
    const auto stride = static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.channels);
    const auto height = static_cast<std::size_t>(page.height);
    const auto* const samples = reinterpret_cast<const unsigned char*>(page.samples.data());
    std::string rows;
    rows.reserve((stride + 1) * height);
    for (std::size_t y = 0; y < height; ++y) {
        rows += '\2';
        for (std::size_t x = 0; x < stride; ++x) {
            const unsigned above = y == 0 ? 0 : samples[(y - 1) * stride + x];
            rows += static_cast<char>(static_cast<unsigned char>(samples[y * stride + x] - above));
        }
    }
    uLongf size = compressBound(static_cast<uLong>(rows.size()));
    std::string out(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
                  static_cast<uLong>(rows.size()), 6) != Z_OK) {
        return {};
    }
    out.resize(size);
    return out;
}

std::string points(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

QPDFObjectHandle number(std::int32_t value) {
    return QPDFObjectHandle::newInteger(value);
}

/// Adds a page that is nothing but a picture; false when it cannot be packed.
bool addPage(QPDF& file, const model::Raster& raster, double dpi, std::size_t& total) {
    const std::string data = packed(raster);
    total += data.size();
    if (data.empty()) {
        return false;
    }
    auto picture = QPDFObjectHandle::newStream(&file);
    auto entries = picture.getDict();
    entries.replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
    entries.replaceKey("/Subtype", QPDFObjectHandle::newName("/Image"));
    entries.replaceKey("/Width", number(raster.width));
    entries.replaceKey("/Height", number(raster.height));
    entries.replaceKey("/BitsPerComponent", number(8));
    entries.replaceKey("/ColorSpace",
                       QPDFObjectHandle::newName(raster.channels == 1 ? "/DeviceGray" : "/DeviceRGB"));
    auto parameters = QPDFObjectHandle::newDictionary();
    parameters.replaceKey("/Predictor", number(15));
    parameters.replaceKey("/Colors", number(raster.channels));
    parameters.replaceKey("/BitsPerComponent", number(8));
    parameters.replaceKey("/Columns", number(raster.width));
    picture.replaceStreamData(data, QPDFObjectHandle::newName("/FlateDecode"), parameters);

    // Readers widen a picture to whole pixels: one that ends exactly on their border is drawn one pixel too
    // large.
    constexpr double kInset = 0.01;
    const std::string inset = ' ' + points(kInset) + ' ' + points(kInset) + ' ';
    const std::string width = points(raster.width * 72 / dpi);
    const std::string height = points(raster.height * 72 / dpi);
    auto page = QPDFObjectHandle::newDictionary();
    page.replaceKey("/Type", QPDFObjectHandle::newName("/Page"));
    page.replaceKey("/MediaBox", QPDFObjectHandle::parse("[0 0 " + width + " " + height + "]"));
    auto pictures = QPDFObjectHandle::newDictionary();
    pictures.replaceKey("/P", file.makeIndirectObject(picture));
    auto resources = QPDFObjectHandle::newDictionary();
    resources.replaceKey("/XObject", pictures);
    page.replaceKey("/Resources", resources);
    page.replaceKey("/Contents",
                    QPDFObjectHandle::newStream(
                        &file, "q " + points(raster.width * 72 / dpi - 2 * kInset) + " 0 0 " +
                                   points(raster.height * 72 / dpi - 2 * kInset) + inset + "cm /P Do Q\n"));
    QPDFPageDocumentHelper(file).addPage(QPDFPageObjectHelper(file.makeIndirectObject(page)), false);
    return true;
}

} // namespace

base::Expected<model::Raster> picturedPage(std::string_view bytes, const std::vector<model::Mask>& masks,
                                           std::int32_t firstFrame, std::int32_t page) {
    const auto bare = withoutAnnotations(bytes);
    if (!bare) {
        return tl::unexpected(bare.error());
    }
    const auto source = intake::pdf::PdfDocument::open(*bare);
    return source ? drawn(*source, masks, firstFrame, page) : tl::unexpected(source.error());
}

base::Expected<std::string> pictured(std::string_view bytes, const std::vector<model::Mask>& masks,
                                     std::int32_t firstFrame) {
    const auto bare = withoutAnnotations(bytes);
    if (!bare) {
        return tl::unexpected(bare.error());
    }
    const auto source = intake::pdf::PdfDocument::open(*bare);
    if (!source) {
        return tl::unexpected(source.error());
    }
    try {
        auto file = QPDF::create();
        file->setLogger(QPDFLogger::create());
        file->emptyPDF();
        std::size_t total = 0;
        for (std::int32_t page = 1; page <= source->pages(); ++page) {
            const auto raster = drawn(*source, masks, firstFrame, page);
            if (!raster) {
                return tl::unexpected(raster.error());
            }
            if (!addPage(*file, *raster, source->size(page).dpi, total)) {
                return base::fail(ErrorCode::OutOfMemory, kPlace);
            }
            if (total > kMaxOutput) {
                return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxOutput)});
            }
        }
        return bytesOf(*file);
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
}

} // namespace kamei::transform::pdf
