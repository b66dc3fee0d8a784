#pragma once
// Private to core/intake/pdf: shows qpdf.

#include <memory>
#include <qpdf/QPDF.hh>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/pdf/PdfDocument.h"

namespace kamei::intake::pdf {

/// Refuses streams that would grow without measure before any library unpacks them: TooLarge, TooDeep.
[[nodiscard]] base::Expected<void> checkStreams(std::string_view bytes);

/// Where a page lies in the space of its content: the shown box, and how often it is turned by 90 degrees.
struct Place {
    double left = 0;
    double bottom = 0;
    double right = 0;
    double top = 0;
    int quarters = 0;
    bool cropped = false; ///< the media box holds more than is shown
};

/// A document whose structure qpdf finds sound; see PdfDocument::open. `bytes` outlive it.
struct Checked {
    std::shared_ptr<QPDF> file;
    std::vector<PageSize> pages;
    std::vector<Place> places;             ///< of the same pages
    std::vector<QPDFObjectHandle> objects; ///< the page objects
};
[[nodiscard]] base::Expected<Checked> openChecked(std::string_view bytes);

/// What a page draws (ISO 32000-1, 7.8, 8, 9). TooLarge when it draws without measure (forms that draw
/// forms), Malformed (args: "page-content") when it cannot be read.
[[nodiscard]] base::Expected<Marks> readMarks(QPDFObjectHandle page, const PageSize& size,
                                              const Place& place);

/// Bytes of a page's content; nothing is kept. Malformed when a stream does not unpack, TooLarge beyond 64
/// MiB.
[[nodiscard]] base::Expected<void> checkContent(QPDFObjectHandle stream);

} // namespace kamei::intake::pdf
