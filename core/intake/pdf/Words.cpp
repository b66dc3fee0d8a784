#include "core/intake/pdf/Words.h"

#include <algorithm>
#include <cmath>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/pdf/Checks.h"

namespace kamei::intake::pdf {
namespace {

model::RectPx pixelBox(const poppler::rectf& box, const PageSize& size) {
    const double scale = size.dpi / 72;
    const auto pixel = [scale](double value, bool up) {
        const double at = value * scale;
        return static_cast<std::int32_t>(std::clamp(up ? std::ceil(at) : std::floor(at), -1e6, 1e6));
    };
    model::RectPx out;
    out.x = pixel(std::min(box.left(), box.right()), false);
    out.y = pixel(std::min(box.top(), box.bottom()), false);
    out.width = std::max(1, pixel(std::max(box.left(), box.right()), true) - out.x);
    out.height = std::max(1, pixel(std::max(box.top(), box.bottom()), true) - out.y);
    return out;
}

std::vector<char32_t> codePoints(const poppler::ustring& text) {
    std::vector<char32_t> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        const bool pair = unit >= 0xD800 && unit < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
                          text[i + 1] < 0xE000;
        if (pair) {
            out.push_back(0x10000 + ((unit - 0xD800) << 10) + (static_cast<char32_t>(text[i + 1]) - 0xDC00));
            ++i;
        } else {
            out.push_back(unit >= 0xD800 && unit < 0xE000 ? U'\uFFFD' : unit);
        }
    }
    return out;
}

bool isEmpty(const poppler::rectf& box) {
    return box.width() == 0 && box.height() == 0;
}

/// Whether `next` goes on in the line of `before`, as it is read across, or down in vertical writing.
bool sameLine(const model::RectPx& before, const model::RectPx& next, bool vertical) {
    const auto share = [](std::int32_t a0, std::int32_t a1, std::int32_t b0, std::int32_t b1) {
        const double both = std::min(a1, b1) - std::max(a0, b0);
        return both / std::max(1, std::min(a1 - a0, b1 - b0));
    };
    if (vertical) {
        return share(before.x, before.x + before.width, next.x, next.x + next.width) > 0.5 &&
               next.y + 2 >= before.y + before.height;
    }
    return share(before.y, before.y + before.height, next.y, next.y + next.height) > 0.5 &&
           next.x + 2 >= before.x + before.width;
}

} // namespace

std::vector<Word> wordsOf(const poppler::page& page, const PageSize& size) {
    std::vector<Word> out;
    bool vertical = false;
    for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
        Word word;
        word.box = pixelBox(box.bbox(), size);
        const auto values = codePoints(box.text());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const poppler::rectf place = box.char_bbox(i);
            // A ligature has one box for several characters.
            word.characters.push_back({values[i], isEmpty(place) ? word.box : pixelBox(place, size)});
        }
        if (word.characters.empty()) {
            continue;
        }
        if (!out.empty()) {
            out.back().endsLine = !sameLine(out.back().box, word.box, vertical);
        }
        word.blankAfter = box.has_space_after();
        vertical = box.has_font_info() && box.get_wmode() == poppler::text_box::vertical_wmode;
        out.push_back(std::move(word));
    }
    if (!out.empty()) {
        out.back().endsLine = true;
    }
    return out;
}

std::unique_ptr<poppler::document> openWidened(std::string_view bytes) {
    auto checked = openChecked(bytes);
    if (!checked) {
        return nullptr;
    }
    QPDF& file = *checked->file;
    for (QPDFObjectHandle page : checked->objects) {
        const double half = kMaxSidePt / 2;
        auto whole = QPDFObjectHandle::newArray(QPDFObjectHandle::Rectangle(-half, -half, half, half));
        page.replaceKey("/MediaBox", whole);
        page.replaceKey("/CropBox", whole);
        page.replaceKey("/Rotate", QPDFObjectHandle::newInteger(0));
    }
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    std::vector<char> data(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
    return std::unique_ptr<poppler::document>(poppler::document::load_from_data(&data));
}

std::string textOf(const std::vector<Word>& words) {
    std::string out;
    for (const Word& word : words) {
        for (const Character& character : word.characters) {
            encoding::appendUtf8(out, character.value);
        }
        out += word.endsLine ? "\n" : word.blankAfter ? " " : "";
    }
    return out;
}

bool readsAll(const std::vector<Word>& words, const Marks& marks) {
    if (marks.unreadableFont) {
        return false;
    }
    std::int64_t read = 0;
    for (const Word& word : words) {
        read += std::ranges::count_if(word.characters, [](const Character& c) {
            const bool privateUse = c.value >= 0xE000 && c.value <= 0xF8FF;
            return c.value >= 0x20 && c.value != 0xFFFD && !privateUse;
        });
    }
    constexpr std::int64_t kFew = 12;
    return marks.glyphs - read <= kFew || read * 2 >= marks.glyphs;
}

bool isVisible(const Word& word, const model::Raster& page) {
    const std::int32_t x0 = std::clamp(word.box.x, 0, page.width);
    const std::int32_t x1 = std::clamp(word.box.x + word.box.width, 0, page.width);
    const std::int32_t y0 = std::clamp(word.box.y, 0, page.height);
    const std::int32_t y1 = std::clamp(word.box.y + word.box.height, 0, page.height);
    constexpr int kLeastContrast = 24;
    const auto channels = static_cast<std::size_t>(page.channels);
    for (std::size_t c = 0; c < channels; ++c) {
        int low = 255;
        int high = 0;
        for (std::int32_t y = y0; y < y1; ++y) {
            for (std::int32_t x = x0; x < x1; ++x) {
                const std::size_t at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                                        static_cast<std::size_t>(x)) *
                                           channels +
                                       c;
                const int value = std::to_integer<int>(page.samples[at]);
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
        if (high - low >= kLeastContrast) {
            return true;
        }
    }
    return false;
}

} // namespace kamei::intake::pdf
