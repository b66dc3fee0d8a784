#include "core/intake/pdf/Checks.h"

#include <algorithm>
#include <cmath>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

namespace kamei::intake::pdf {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.pdf.open";
constexpr std::size_t kMaxContent = std::size_t{64} << 20;
/// A0 at 150 dots an inch has 35 million pixels.
constexpr double kMaxPixels = 40e6;
constexpr double kMinDpi = 40;

tl::unexpected<base::Error> malformed(std::string_view what) {
    return base::fail(ErrorCode::Malformed, kPlace, {std::string(what)});
}

/// Counts what comes and keeps nothing.
class Counter final : public Pipeline {
public:
    Counter() : Pipeline("count", nullptr) {}
    void write(unsigned char const*, std::size_t size) override { m_size += size; }
    void finish() override {}
    [[nodiscard]] bool isTooMuch() const { return m_size > kMaxContent; }

private:
    std::size_t m_size = 0;
};

bool isWhole(double value) {
    return std::isfinite(value);
}

/// The size at which a page is drawn; nothing when its boxes say none that can be drawn.
base::Expected<PageSize> sizeOf(QPDFObjectHandle pageObject, Place& place) {
    QPDFPageObjectHelper page(pageObject);
    auto media = page.getMediaBox();
    auto crop = page.getCropBox();
    if (!media.isRectangle() || (!crop.isNull() && !crop.isRectangle())) {
        return malformed("page-size");
    }
    const auto whole = media.getArrayAsRectangle();
    const auto box = crop.isRectangle() ? crop.getArrayAsRectangle() : whole;
    for (const double value :
         {whole.llx, whole.lly, whole.urx, whole.ury, box.llx, box.lly, box.urx, box.ury}) {
        if (!isWhole(value)) {
            return malformed("page-size");
        }
    }
    // What is shown is the part of the crop box that lies in the media box (ISO 32000-1, 14.11.2).
    place.left = std::max(box.llx, whole.llx);
    place.bottom = std::max(box.lly, whole.lly);
    place.right = std::min(box.urx, whole.urx);
    place.top = std::min(box.ury, whole.ury);
    const double width = place.right - place.left;
    const double height = place.top - place.bottom;
    place.cropped = width + 0.01 < whole.urx - whole.llx || height + 0.01 < whole.ury - whole.lly;
    if (!(width >= 1) || !(height >= 1)) {
        return malformed("page-size");
    }
    if (whole.urx - whole.llx > kMaxSidePt || whole.ury - whole.lly > kMaxSidePt) {
        return base::fail(ErrorCode::TooLarge, kPlace, {"page-size"});
    }
    auto turn = page.getAttribute("/Rotate", false);
    const long long degrees = turn.isInteger() ? turn.getIntValue() : 0;
    if (degrees % 90 != 0) {
        return malformed("page-size");
    }
    place.quarters = static_cast<int>(((degrees / 90) % 4 + 4) % 4);
    const bool swaps = place.quarters % 2 != 0;
    PageSize out;
    out.widthPt = swaps ? height : width;
    out.heightPt = swaps ? width : height;
    const double pixels = width * height * (kDpi / 72) * (kDpi / 72);
    out.dpi = pixels > kMaxPixels ? kDpi * std::sqrt(kMaxPixels / pixels) : kDpi;
    if (out.dpi < kMinDpi) {
        return base::fail(ErrorCode::TooLarge, kPlace, {"page-size"});
    }
    out.widthPx = std::max(1, static_cast<std::int32_t>(std::lround(out.widthPt * out.dpi / 72)));
    out.heightPx = std::max(1, static_cast<std::int32_t>(std::lround(out.heightPt * out.dpi / 72)));
    return out;
}

/// A form that only XFA draws shows a page that asks for another program.
bool isXfaOnly(QPDF& file) {
    auto root = file.getRoot();
    auto form = root.getKey("/AcroForm");
    auto rendering = root.getKey("/NeedsRendering");
    const bool dynamic = rendering.isBool() && rendering.getBoolValue();
    const bool xfa = form.isDictionary() && form.hasKey("/XFA");
    auto fields = xfa ? form.getKey("/Fields") : QPDFObjectHandle::newNull();
    return xfa && (dynamic || !fields.isArray() || fields.getArrayNItems() == 0);
}

/// Filters that the writer would have to trust: two that unpack, one after the other.
bool unpacksTwice(QPDFObjectHandle filter) {
    int packers = 0;
    const auto look = [&packers](QPDFObjectHandle one) {
        const std::string name = one.isName() ? one.getName() : std::string();
        packers += name == "/FlateDecode" || name == "/Fl" || name == "/LZWDecode" || name == "/LZW" ||
                           name == "/RunLengthDecode" || name == "/RL"
                       ? 1
                       : 0;
    };
    if (filter.isArray()) {
        for (int i = 0; i < filter.getArrayNItems(); ++i) {
            look(filter.getArrayItem(i));
        }
    } else {
        look(filter);
    }
    return packers > 1;
}

base::Expected<Checked> openGuarded(std::string_view bytes) {
    Checked out;
    out.file = QPDF::create();
    QPDF& file = *out.file;
    file.setSuppressWarnings(true);
    file.setLogger(QPDFLogger::create()); // nothing of a document reaches a terminal
    // What a rebuilt cross-reference brings to light or loses, nobody knows.
    file.setAttemptRecovery(false);
    file.processMemoryFile("pdf", bytes.data(), bytes.size());
    if (file.isEncrypted()) {
        return base::fail(ErrorCode::Encrypted, kPlace, {"pdf"});
    }
    if (file.getObjectCount() > kMaxObjects) {
        return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxObjects)});
    }
    const auto pages = file.getAllPages();
    if (pages.empty()) {
        return base::fail(ErrorCode::Empty, kPlace, {"pages"});
    }
    if (pages.size() > static_cast<std::size_t>(kMaxPages)) {
        return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxPages)});
    }
    if (isXfaOnly(file)) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"xfa"});
    }
    for (const QPDFObjectHandle& page : pages) {
        Place place;
        auto size = sizeOf(page, place);
        if (!size) {
            return tl::unexpected(size.error());
        }
        out.pages.push_back(*size);
        out.places.push_back(place);
        out.objects.push_back(page);
    }
    for (QPDFObjectHandle& object : file.getAllObjects()) {
        if (object.isStream() && unpacksTwice(object.getDict().getKey("/Filter"))) {
            return base::fail(ErrorCode::TooDeep, kPlace);
        }
    }
    if (file.anyWarnings()) { // objects that could not be read have become null
        return malformed("structure");
    }
    return out;
}

} // namespace

base::Expected<Checked> openChecked(std::string_view bytes) {
    if (bytes.size() > kMaxBytes) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxBytes)});
    }
    if (bytes.substr(0, 1024).find("%PDF-") == std::string_view::npos) {
        return malformed("header");
    }
    if (auto bounded = checkStreams(bytes); !bounded) {
        return tl::unexpected(bounded.error());
    }
    try {
        return openGuarded(bytes);
    } catch (const QPDFExc& error) {
        if (error.getErrorCode() == qpdf_e_password) {
            return base::fail(ErrorCode::Encrypted, kPlace, {"pdf"});
        }
        // The end of the file names where reading begins (ISO 32000-1, 7.5.5).
        constexpr std::size_t kTail = 2048;
        const std::string_view tail = bytes.substr(bytes.size() > kTail ? bytes.size() - kTail : 0);
        if (tail.find("%%EOF") == std::string_view::npos) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        return malformed("structure");
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    } catch (const std::exception&) {
        return malformed("structure");
    }
}

base::Expected<void> checkContent(QPDFObjectHandle stream) {
    try {
        Counter counter;
        bool worked = false;
        if (!stream.isStream() ||
            !stream.pipeStreamData(&counter, &worked, 0, qpdf_dl_generalized, true, false) || !worked) {
            return malformed("page-content");
        }
        if (counter.isTooMuch()) {
            return base::fail(ErrorCode::TooLarge, kPlace, {"page-content"});
        }
        return {};
    } catch (const std::exception&) {
        return malformed("page-content");
    }
}

} // namespace kamei::intake::pdf
