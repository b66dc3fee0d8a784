#include "core/detect/PdfDetector.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/Learning.h"
#include "core/detect/japanese/Normalise.h"
#include "core/intake/Format.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/pdf/Statements.h"

namespace kamei::detect {
namespace {

using intake::pdf::PdfDocument;
using intake::pdf::Word;
using model::Action;
using model::RectPx;
using Kind = model::Locator::Kind;

struct KeyRow {
    std::string_view part; ///< of the key
    std::string_view label;
    std::string_view rule;
};

// The first row that fits decides (keys: intake::pdf::Statement). Part 2 of the table names the rule of a
// PDF's own parts, part 1 those that a more telling rule covers.
constexpr std::array kRows{
    KeyRow{"Pdf.Info.Author", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Pdf.Xmp.dc:creator", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Pdf.Signature", "CLINICIAN_NAME", "clinical-text.approver"},
    KeyRow{"Date", "DATE", "clinical-text.creation-date"},
    KeyRow{"Pdf.DocumentId", "EXAM_ID", "clinical-text.document-uid"},
    KeyRow{"DocumentID", "EXAM_ID", "clinical-text.document-uid"},
    KeyRow{"InstanceID", "EXAM_ID", "clinical-text.document-uid"},
    KeyRow{"Pdf.Info.", "COMMENT", "clinical-text.file-information"},
    KeyRow{"Pdf.Xmp.", "COMMENT", "clinical-text.file-information"},
    KeyRow{"Pdf.Image.", "COMMENT", "clinical-text.file-information"},
    KeyRow{"Pdf.PieceInfo", "PRIVATE", "clinical-text.file-information"},
    KeyRow{"Pdf.", "COMMENT", "clinical-text.unseen-content"},
};

// One finding a key: what is left behind is decided on as one, whatever it says.
void addStatements(const std::vector<intake::pdf::Statement>& statements, const Context& context,
                   Detection& out) {
    std::map<std::string, std::size_t> byKey;
    for (const auto& statement : statements) {
        const auto* const row = std::ranges::find_if(
            kRows, [&](const KeyRow& r) { return statement.key.find(r.part) != std::string::npos; });
        // A picture's exposure tells of nobody; what names a person, place, time or device is listed one by
        // one.
        const bool picture = statement.key.starts_with("Pdf.Image.");
        const std::string key = picture ? std::string("Pdf.Image") : statement.key;
        const auto [place, fresh] = byKey.try_emplace(key, out.findings.size());
        if (!fresh) {
            model::Finding& earlier = out.findings[place->second];
            ++earlier.distinctValues;
            if (earlier.text.size() < 4000) {
                earlier.text = shortened(earlier.text + "\n" + statement.value);
            }
            continue;
        }
        model::Finding finding;
        finding.locator.kind = Kind::Metadata;
        finding.locator.path = key;
        finding.text = shortened(statement.value);
        finding.label = row->label;
        gradeByRule(finding, row->rule, Action::Delete, context);
        // Staging writes none of it, whatever a policy says: the suggestion says what will be.
        finding.suggested = finding.action = Action::Delete;
        finding.detector = "metadata";
        out.findings.push_back(std::move(finding));
    }
}

RectPx united(const RectPx& a, const RectPx& b) {
    const std::int32_t x = std::min(a.x, b.x);
    const std::int32_t y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

/// A box with room for strokes that reach out of it, within its page.
RectPx grown(const RectPx& box, const intake::pdf::PageSize& page) {
    const std::int32_t room = 2 + std::max(box.height, 1) / 8;
    const std::int32_t x = std::max(0, box.x - 3);
    const std::int32_t y = std::max(0, box.y - room);
    RectPx out{x, y, std::min(page.widthPx, box.x + box.width + 3) - x,
               std::min(page.heightPx, box.y + box.height + room) - y};
    if (out.width <= 0 || out.height <= 0) { // beside the page: nothing is drawn there, and nothing left out
        return {0, 0, 1, 1};
    }
    return out;
}

/// Says that the rectangle is what is to be covered; without that it would be a question where to look.
void cover(model::Finding& finding) {
    model::Mask mask;
    mask.rect = finding.locator.rect;
    mask.frames = finding.locator.frames;
    finding.detail = "{\"mask\":" + model::toJson(mask) + "}";
}

/// The text of all pages with the place of every character.
class Pages {
public:
    explicit Pages(std::int32_t firstFrame) : m_firstFrame(firstFrame) {}

    void add(std::int32_t page, const std::vector<Word>& words) {
        for (const Word& word : words) {
            for (const auto& character : word.characters) {
                m_places.push_back({page, m_line, character.box});
            }
            const std::size_t blanks = word.endsLine || word.blankAfter ? 1 : 0;
            m_places.insert(m_places.end(), blanks, Place{0, m_line, {}});
            m_line += word.endsLine ? 1 : 0;
        }
        m_text += intake::pdf::textOf(words);
        m_text += '\n'; // pages stand apart
        m_places.push_back({0, ++m_line, {}});
    }

    [[nodiscard]] const std::string& text() const { return m_text; }
    /// Whether each character has its place.
    [[nodiscard]] bool sound() const { return japanese::toCodePoints(m_text).size() == m_places.size(); }

    /// A mask for each line that a span runs over.
    void place(const text::Span& span, std::u32string_view whole, const PdfDocument& document,
               const Context& context, std::vector<model::Finding>& out) const {
        const auto last = std::min(static_cast<std::size_t>(span.end), m_places.size());
        for (auto at = static_cast<std::size_t>(span.start); at < last;) {
            if (m_places[at].page == 0) {
                ++at;
                continue;
            }
            const Place& first = m_places[at];
            RectPx box = first.box;
            std::size_t end = at;
            for (; end < last && m_places[end].line == first.line; ++end) {
                if (m_places[end].page == first.page) {
                    box = united(box, m_places[end].box);
                }
            }
            model::Finding finding = findingOf(span, japanese::toUtf8(whole.substr(at, end - at)), context);
            finding.locator.kind = Kind::Pixels;
            finding.locator.rect = grown(box, document.size(first.page));
            const std::int32_t frame = m_firstFrame + first.page - 1;
            finding.locator.frames = {frame, frame};
            cover(finding);
            // Letters of a picture can be covered, not rewritten.
            if (finding.suggested != Action::Keep) {
                finding.suggested = finding.action = Action::Mask;
            }
            out.push_back(std::move(finding));
            at = end;
        }
    }

private:
    struct Place {
        std::int32_t page = 0; ///< 0: a blank between words
        std::int32_t line = 0;
        RectPx box;
    };
    std::int32_t m_firstFrame;
    std::int32_t m_line = 0;
    std::string m_text;
    std::vector<Place> m_places;
};

// What a picture shows only a person can say; until then it is open. Accepting it without a look destroys it
// all.
model::Finding question(std::string_view rule, std::string_view label, const RectPx& rect, std::int32_t frame,
                        const Context& context) {
    model::Finding finding;
    finding.locator.kind = Kind::Pixels;
    finding.locator.rect = rect;
    finding.locator.frames = {frame, frame};
    gradeByRule(finding, rule, Action::Mask, context);
    finding.label = label;
    finding.detector = "picture";
    finding.confidence = 0.5;
    return finding;
}

struct PageLook {
    const PdfDocument& document;
    std::int32_t page = 1;
    std::int32_t frame = 1;
};

base::Expected<void> lookAtPage(const PageLook& look, const std::vector<Word>& words, const Context& context,
                                Detection& out) {
    const auto marks = look.document.marks(look.page);
    const auto raster = look.document.draw(look.page);
    const auto anywhere = look.document.words(look.page, true);
    if (!marks || !raster || !anywhere) {
        return tl::unexpected(!marks ? marks.error() : !raster ? raster.error() : anywhere.error());
    }
    const intake::pdf::PageSize& size = look.document.size(look.page);
    const RectPx whole{0, 0, size.widthPx, size.heightPx};
    const bool nothingRead = words.empty() && (marks->graphics || marks->glyphs > 0);
    std::vector<RectPx> pictures = marks->pictures;
    if (nothingRead || !intake::pdf::readsAll(words, *marks)) {
        pictures = {whole};
    }
    for (const RectPx& picture : pictures) {
        out.findings.push_back(
            question("image-content.face-photo", "FacePhoto", picture, look.frame, context));
        out.findings.push_back(
            question("image-content.burned-in-text", "BurnedInAnnotation", picture, look.frame, context));
    }
    for (const intake::pdf::FilledField& field : marks->fields) {
        model::Finding value =
            question("clinical-text.form-value", "FORM_VALUE", grown(field.box, size), look.frame, context);
        value.detector = "form";
        value.text = shortened(field.value);
        cover(value);
        out.findings.push_back(std::move(value));
    }
    std::vector<Word> unseen;
    std::ranges::copy_if(words, std::back_inserter(unseen),
                         [&](const Word& word) { return !intake::pdf::isVisible(word, *raster); });
    const auto letters = [](const std::vector<Word>& some) {
        std::size_t count = 0;
        for (const Word& word : some) {
            count += word.characters.size();
        }
        return count;
    };
    std::string said = intake::pdf::textOf(unseen);
    if (letters(*anywhere) > letters(words)) {
        said += intake::pdf::textOf(*anywhere);
    }
    if (said.find_first_not_of(" \n\t") != std::string::npos) {
        addStatements({{"Pdf.Page" + std::to_string(look.page) + ".HiddenText", said}}, context, out);
    }
    return {};
}

base::Expected<void> readPdf(const model::Source& source, std::int32_t firstFrame,
                             const text::TextDetector& detector, const Context& context, Detection& out) {
    auto content = intake::readContent(source);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const auto statements = intake::pdf::readStatements(*content);
    const auto document = PdfDocument::open(std::move(*content));
    if (!document) {
        return tl::unexpected(document.error());
    }
    addStatements(statements, context, out);
    Pages pages(firstFrame);
    for (std::int32_t page = 1; page <= document->pages(); ++page) {
        if (context.stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "detect.pdf");
        }
        const auto words = document->words(page);
        if (!words) {
            return tl::unexpected(words.error());
        }
        pages.add(page, *words);
        if (auto looked = lookAtPage({*document, page, firstFrame + page - 1}, *words, context, out);
            !looked) {
            return looked;
        }
    }
    if (!pages.sound()) {
        return base::fail(base::ErrorCode::Internal, "detect.pdf");
    }
    const std::u32string whole = japanese::toCodePoints(pages.text());
    for (const text::Span& span : detector.detect(pages.text(), context.known)) {
        pages.place(span, whole, *document, context, out.findings);
        learn(span,
              japanese::toUtf8(whole.substr(static_cast<std::size_t>(span.start),
                                            static_cast<std::size_t>(span.end - span.start))),
              out);
    }
    return {};
}

} // namespace

base::Expected<Detection> detectPdf(const model::Asset& asset, std::span<const model::Source> sources,
                                    const Context& context) {
    const auto detector = text::TextDetector::shared();
    if (!detector) {
        return tl::unexpected(detector.error());
    }
    Detection out;
    std::int32_t frame = 1;
    for (const model::Source& source : sources) {
        if (auto done = readPdf(source, frame, **detector, context, out); !done) {
            if (sources.size() == 1 || done.error().code == base::ErrorCode::Cancelled) {
                return tl::unexpected(done.error());
            }
            out.unexamined.push_back(done.error());
        }
        frame += source.frames;
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    keepDistinct(out.known);
    if (!asset.subject
             .valid()) { // what an unknown person's document teaches would be looked for in everybody's
        out.known.clear();
    }
    return out;
}

} // namespace kamei::detect
