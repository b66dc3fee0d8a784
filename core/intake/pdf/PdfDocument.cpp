#include "core/intake/pdf/PdfDocument.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "core/intake/pdf/Checks.h"
#include "core/intake/pdf/Words.h"

namespace kamei::intake::pdf {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.pdf.draw";

/// poppler writes to the terminal what it does not understand, which may be patient data.
void silencePoppler() {
    static std::once_flag once;
    std::call_once(once,
                   [] { poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr); });
}

/// RGB as poppler gives it, grey where no pixel has a colour.
model::Raster rasterOf(const poppler::image& image) {
    model::Raster out;
    out.width = image.width();
    out.height = image.height();
    const auto width = static_cast<std::size_t>(out.width);
    const auto height = static_cast<std::size_t>(out.height);
    const auto stride = static_cast<std::size_t>(image.bytes_per_row());
    const auto* const rows = reinterpret_cast<const unsigned char*>(image.const_data());
    bool grey = true;
    for (std::size_t y = 0; y < height && grey; ++y) {
        const unsigned char* const row = rows + y * stride;
        for (std::size_t x = 0; x < width * 3 && grey; x += 3) {
            grey = row[x] == row[x + 1] && row[x] == row[x + 2];
        }
    }
    out.channels = grey ? 1 : 3;
    out.samples.resize(width * height * static_cast<std::size_t>(out.channels));
    for (std::size_t y = 0; y < height; ++y) {
        const unsigned char* const row = rows + y * stride;
        auto* const to = reinterpret_cast<unsigned char*>(out.samples.data()) +
                         y * width * static_cast<std::size_t>(out.channels);
        if (!grey) {
            std::memcpy(to, row, width * 3);
            continue;
        }
        for (std::size_t x = 0; x < width; ++x) {
            to[x] = row[x * 3];
        }
    }
    return out;
}

} // namespace

struct PdfDocument::State {
    std::string bytes;
    Checked checked;
    std::unique_ptr<poppler::document> drawn;
    std::unique_ptr<poppler::document>
        widened; ///< with pages of the largest size, for words beyond the edges
};

PdfDocument::PdfDocument(std::unique_ptr<State> state) : m_state(std::move(state)) {}
PdfDocument::~PdfDocument() = default;
PdfDocument::PdfDocument(PdfDocument&&) noexcept = default;
PdfDocument& PdfDocument::operator=(PdfDocument&&) noexcept = default;

base::Expected<PdfDocument> PdfDocument::open(std::string bytes) {
    auto state = std::make_unique<State>();
    state->bytes = std::move(bytes);
    auto checked = openChecked(state->bytes);
    if (!checked) {
        return tl::unexpected(checked.error());
    }
    state->checked = std::move(*checked);
    silencePoppler();
    try {
        state->drawn.reset(poppler::document::load_from_raw_data(state->bytes.data(),
                                                                 static_cast<int>(state->bytes.size())));
    } catch (const std::exception&) {
        state->drawn.reset();
    }
    // Two readers that count differently do not see the same document.
    if (!state->drawn || state->drawn->is_locked() ||
        state->drawn->pages() != static_cast<int>(state->checked.pages.size())) {
        return base::fail(ErrorCode::Malformed, kPlace, {"structure"});
    }
    return PdfDocument(std::move(state));
}

std::int32_t PdfDocument::pages() const {
    return static_cast<std::int32_t>(m_state->checked.pages.size());
}

const PageSize& PdfDocument::size(std::int32_t page) const {
    return m_state->checked.pages.at(static_cast<std::size_t>(page - 1));
}

base::Expected<Marks> PdfDocument::marks(std::int32_t page) const {
    if (page < 1 || page > pages()) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const auto at = static_cast<std::size_t>(page - 1);
    return readMarks(m_state->checked.objects[at], m_state->checked.pages[at], m_state->checked.places[at]);
}

base::Expected<model::Raster> PdfDocument::draw(std::int32_t page) const {
    // poppler follows forms in forms without end: what they draw is counted first.
    if (const auto bounded = marks(page); !bounded) {
        return tl::unexpected(bounded.error());
    }
    try {
        const std::unique_ptr<poppler::page> source(m_state->drawn->create_page(page - 1));
        if (!source) {
            return base::fail(ErrorCode::Malformed, kPlace, {"pages"});
        }
        poppler::page_renderer renderer;
        renderer.set_render_hint(poppler::page_renderer::antialiasing);
        renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
        renderer.set_image_format(poppler::image::format_rgb24);
        const PageSize& wanted = size(page);
        const poppler::image image = renderer.render_page(source.get(), wanted.dpi, wanted.dpi);
        // Masks are placed by the size that the boxes of the page give.
        if (!image.is_valid() || std::abs(image.width() - wanted.widthPx) > 1 ||
            std::abs(image.height() - wanted.heightPx) > 1) {
            return base::fail(ErrorCode::Malformed, kPlace, {"page-size"});
        }
        return rasterOf(image);
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace, {"page-content"});
    }
}

base::Expected<std::vector<Word>> PdfDocument::words(std::int32_t page, bool anywhere) const {
    if (const auto bounded = marks(page); !bounded) {
        return tl::unexpected(bounded.error());
    }
    try {
        poppler::document* from = m_state->drawn.get();
        if (anywhere) {
            if (!m_state->widened) {
                m_state->widened = openWidened(m_state->bytes);
            }
            from = m_state->widened.get();
        }
        const std::unique_ptr<poppler::page> source(from == nullptr ? nullptr : from->create_page(page - 1));
        if (!source) {
            return base::fail(ErrorCode::Malformed, kPlace, {"pages"});
        }
        return wordsOf(*source, size(page));
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace, {"page-content"});
    }
}

base::Expected<model::Raster> decodePage(std::string_view bytes, std::int32_t page) {
    const auto document = PdfDocument::open(std::string(bytes));
    return document ? document->draw(page) : tl::unexpected(document.error());
}

} // namespace kamei::intake::pdf
