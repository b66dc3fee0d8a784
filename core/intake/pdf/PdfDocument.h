#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::intake::pdf {

/// Largest file, in bytes.
inline constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
/// Most pages and most objects of a document.
inline constexpr std::int32_t kMaxPages = 5'000;
inline constexpr std::size_t kMaxObjects = 1'000'000;
/// Longest side of a page: ISO 32000-1, Annex C.2 (14,400 units of 1/72 inch).
inline constexpr double kMaxSidePt = 14'400;
/// Pages are drawn at this resolution, in dots an inch; larger ones than A0 at a coarser one.
inline constexpr double kDpi = 150;

/// A page of a document as it is drawn: turned, cut to its crop box.
struct PageSize {
    double widthPt = 0;
    double heightPt = 0;
    double dpi = kDpi;
    std::int32_t widthPx = 0;
    std::int32_t heightPx = 0;
};

/// One character of a page. `box` is in pixels of the page's picture and at least one pixel large.
struct Character {
    char32_t value = 0;
    model::RectPx box;
};

/// Characters that stand together without a blank, in the order of reading.
struct Word {
    std::vector<Character> characters;
    model::RectPx box;
    bool blankAfter = true;
    bool endsLine = false; ///< the next word begins another line
};

/// A field of a form that somebody has filled in, as it is drawn on its page.
struct FilledField {
    model::RectPx box;
    std::string value; ///< UTF-8; empty where only its picture says it
};

/// What a page draws beside text that can be read.
struct Marks {
    std::vector<FilledField> fields; ///< texts and choices (ISO 32000-1, 12.7.4.3 and 12.7.4.4)
    /// Where pictures are drawn, in pixels of the page; one box for the whole page where they are many.
    std::vector<model::RectPx> pictures;
    std::int64_t glyphs = 0;     ///< characters shown, as far as they can be counted
    bool unreadableFont = false; ///< a font gives no way from its glyphs to characters
    bool invisibleText = false;  ///< text rendering mode 3 or 7 (ISO 32000-1, 9.3.6)
    bool markedContent = false;  ///< marked content or comments, which may hold replacement texts (14.6)
    bool hiddenParts = false;    ///< pictures in patterns or drawn characters, whose place is not followed
    bool graphics = false;       ///< lines, areas or shadings
};

/// A PDF in memory. Not thread-safe; several documents may be used at once.
class PdfDocument {
public:
    /// Opens a document that is sound. Encrypted: it asks for a password or is encrypted at all. Malformed
    /// (args: what): "header", "structure", "pages", "page-size", "page-content". Truncated: it ends early.
    /// Empty: no page. TooLarge, TooManyEntries, TooDeep: beyond the limits above, or streams that grow
    /// without measure. UnsupportedFormat (args: "xfa"): a form that only XFA describes.
    [[nodiscard]] static base::Expected<PdfDocument> open(std::string bytes);
    ~PdfDocument();
    PdfDocument(PdfDocument&&) noexcept;
    PdfDocument& operator=(PdfDocument&&) noexcept;

    [[nodiscard]] std::int32_t pages() const;
    /// Pages are counted from 1.
    [[nodiscard]] const PageSize& size(std::int32_t page) const;
    [[nodiscard]] base::Expected<Marks> marks(std::int32_t page) const;
    /// The page as it is shown on a screen, annotations and filled-in fields included: grey where nothing on
    /// it has a colour, else RGB; 8 bits.
    [[nodiscard]] base::Expected<model::Raster> draw(std::int32_t page) const;
    /// What the page says, also where it cannot be seen. `anywhere`: also beyond the edges of the page.
    [[nodiscard]] base::Expected<std::vector<Word>> words(std::int32_t page, bool anywhere = false) const;

private:
    struct State;
    explicit PdfDocument(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The words of a page as UTF-8: a blank between words that stand apart, a line feed behind lines.
[[nodiscard]] std::string textOf(const std::vector<Word>& words);

/// Whether a word has ink of its own on the picture of its page: where every pixel of its box is alike it is
/// hidden (white on white, under a bar, outside of what is drawn).
[[nodiscard]] bool isVisible(const Word& word, const model::Raster& page);

/// Whether the words are what the page shows: false where a font cannot be read, or where many more glyphs
/// are shown than characters came out.
[[nodiscard]] bool readsAll(const std::vector<Word>& words, const Marks& marks);

/// One page drawn, for those who need no more of a document.
[[nodiscard]] base::Expected<model::Raster> decodePage(std::string_view bytes, std::int32_t page);

} // namespace kamei::intake::pdf
