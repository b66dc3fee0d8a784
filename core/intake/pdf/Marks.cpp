#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "core/intake/pdf/Checks.h"
#include "core/intake/pdf/StatementParts.h"

namespace kamei::intake::pdf {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.pdf.marks";
constexpr int kMaxDepth = 16;
/// Operands and operators that one page may run, those of forms in forms counted as often as they are drawn.
constexpr std::int64_t kMaxSteps = 5'000'000;
/// More pictures than these are one: text cut into strips, or a drawing.
constexpr std::size_t kMaxPictures = 12;

struct TooMuch : std::exception {};
struct Broken : std::exception {};

/// What a font tells of its characters.
struct FontFacts {
    bool readable = true;
    int bytesPerGlyph = 1;
};

bool isMadeUpName(const std::string& name) {
    // "/g12", "/c35", "/glyph7", "/G1F": numbers of glyphs, from which no reader knows the character.
    const std::size_t digits = name.find_first_of("0123456789");
    if (digits == std::string::npos || name.starts_with("/uni") || name.starts_with("/u0") ||
        name.starts_with("/u1") || digits > 6) {
        return false;
    }
    return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(digits), name.end(),
                       [](unsigned char c) { return std::isxdigit(c) != 0; });
}

FontFacts factsOf(QPDFObjectHandle font) {
    FontFacts out;
    if (!font.isDictionary()) {
        return out;
    }
    auto subtype = font.getKey("/Subtype");
    const bool composite = subtype.isName() && subtype.getName() == "/Type0";
    const bool drawn = subtype.isName() && subtype.getName() == "/Type3";
    out.bytesPerGlyph = composite ? 2 : 1;
    if (font.getKey("/ToUnicode").isStream()) {
        return out;
    }
    auto encoding = font.getKey("/Encoding");
    if (composite) {
        auto descendants = font.getKey("/DescendantFonts");
        auto first = descendants.isArray() && descendants.getArrayNItems() > 0 ? descendants.getArrayItem(0)
                                                                               : QPDFObjectHandle::newNull();
        auto system = first.isDictionary() ? first.getKey("/CIDSystemInfo") : QPDFObjectHandle::newNull();
        auto ordering = system.isDictionary() ? system.getKey("/Ordering") : QPDFObjectHandle::newNull();
        const std::string name = ordering.isString() ? ordering.getStringValue() : std::string();
        // Only the collections of Adobe say which character a glyph is (ISO 32000-1, 9.10.2).
        out.readable =
            name == "Japan1" || name == "GB1" || name == "CNS1" || name == "Korea1" || name == "KR";
        return out;
    }
    auto differences =
        encoding.isDictionary() ? encoding.getKey("/Differences") : QPDFObjectHandle::newNull();
    bool madeUp = false;
    if (differences.isArray()) {
        for (int i = 0; i < differences.getArrayNItems() && !madeUp; ++i) {
            auto item = differences.getArrayItem(i);
            madeUp = item.isName() && isMadeUpName(item.getName());
        }
    }
    auto descriptor = font.getKey("/FontDescriptor");
    const bool trueType = descriptor.isDictionary() && descriptor.hasKey("/FontFile2");
    out.readable = !madeUp && !(trueType && !encoding.isName() && !encoding.isDictionary()) &&
                   !(drawn && !differences.isArray());
    return out;
}

class Walk {
public:
    explicit Walk(Marks& out) : m_out(out) {}
    std::vector<QPDFObjectHandle::Rectangle> pictures;

    void run(QPDFObjectHandle stream, QPDFObjectHandle resources, const QPDFMatrix& matrix, int depth);
    void step() {
        if (++m_steps > kMaxSteps) {
            throw TooMuch();
        }
    }
    Marks& out() { return m_out; }
    void lookAtPatterns(QPDFObjectHandle resources);

private:
    Marks& m_out;
    std::int64_t m_steps = 0;
};

/// Reads one content stream.
class Content final : public QPDFObjectHandle::ParserCallbacks {
public:
    Content(Walk& walk, QPDFObjectHandle resources, const QPDFMatrix& matrix, int depth)
        : m_walk(walk), m_resources(std::move(resources)), m_matrix(matrix), m_depth(depth) {}

    void handleObject(QPDFObjectHandle object) override {
        m_walk.step();
        if (object.isInlineImage()) {
            addPicture();
        } else if (object.isOperator()) {
            apply(object.getOperatorValue());
            m_operands.clear();
        } else {
            m_operands.push_back(object);
            if (m_operands.size() > 1000) { // no operator has so many
                m_operands.erase(m_operands.begin(), m_operands.begin() + 500);
            }
        }
    }
    void handleEOF() override {}

private:
    struct Saved {
        QPDFMatrix matrix;
        FontFacts font;
    };

    void apply(const std::string& word) {
        Marks& out = m_walk.out();
        if (word == "q") {
            if (m_stack.size() > 10'000) {
                throw TooMuch();
            }
            m_stack.push_back({m_matrix, m_font});
        } else if (word == "Q") {
            if (!m_stack.empty()) {
                m_matrix = m_stack.back().matrix;
                m_font = m_stack.back().font;
                m_stack.pop_back();
            }
        } else if (word == "cm") {
            m_matrix.concat(matrixOf());
        } else if (word == "Do") {
            draw();
        } else if (word == "Tf") {
            m_font = factsOf(named("/Font", m_operands.size() >= 2 ? m_operands[m_operands.size() - 2]
                                                                   : QPDFObjectHandle::newNull()));
        } else if (word == "Tj" || word == "TJ" || word == "'" || word == "\"") {
            countGlyphs();
        } else if (word == "Tr") {
            const long long mode = last().isInteger() ? last().getIntValue() : 0;
            out.invisibleText = out.invisibleText || mode == 3 || mode == 7;
        } else if (word == "BDC" || word == "BMC" || word == "DP" || word == "MP") {
            out.markedContent = true;
        } else if (word == "sh" || word == "f" || word == "F" || word == "f*" || word == "S" || word == "s" ||
                   word == "B" || word == "B*" || word == "b" || word == "b*") {
            out.graphics = true;
        } else if (word == "gs") {
            auto state = named("/ExtGState", last());
            auto mask = state.isDictionary() ? state.getKey("/SMask") : QPDFObjectHandle::newNull();
            if (mask.isDictionary() && mask.getKey("/G").isStream()) {
                drawForm(mask.getKey("/G")); // a shape that lets through is seen as well
            }
        }
    }

    QPDFObjectHandle last() { return m_operands.empty() ? QPDFObjectHandle::newNull() : m_operands.back(); }

    QPDFMatrix matrixOf() {
        if (m_operands.size() < 6) {
            return {};
        }
        double v[6] = {1, 0, 0, 1, 0, 0};
        for (std::size_t i = 0; i < 6; ++i) {
            auto& operand = m_operands[m_operands.size() - 6 + i];
            v[i] = operand.isNumber() ? operand.getNumericValue() : 0;
        }
        return {v[0], v[1], v[2], v[3], v[4], v[5]};
    }

    QPDFObjectHandle named(const char* kind, QPDFObjectHandle name) {
        auto group = m_resources.isDictionary() ? m_resources.getKey(kind) : QPDFObjectHandle::newNull();
        return group.isDictionary() && name.isName() ? group.getKey(name.getName())
                                                     : QPDFObjectHandle::newNull();
    }

    void addPicture() {
        m_walk.pictures.push_back(m_matrix.transformRectangle(QPDFObjectHandle::Rectangle(0, 0, 1, 1)));
        if (m_walk.pictures.size() > 100'000) {
            throw TooMuch();
        }
    }

    void draw() {
        auto object = named("/XObject", last());
        if (!object.isStream()) {
            return;
        }
        auto dictionary = object.getDict();
        auto subtype = dictionary.getKey("/Subtype");
        if (subtype.isName() && subtype.getName() == "/Image") {
            addPicture();
            return;
        }
        drawForm(object);
    }

    void drawForm(QPDFObjectHandle form) {
        if (m_depth >= kMaxDepth) {
            throw TooMuch();
        }
        auto dictionary = form.getDict();
        QPDFMatrix matrix = m_matrix;
        auto own = dictionary.getKey("/Matrix");
        if (own.isMatrix()) {
            matrix.concat(QPDFMatrix(own.getArrayAsMatrix()));
        }
        auto resources = dictionary.getKey("/Resources");
        m_walk.run(form, resources.isDictionary() ? resources : m_resources, matrix, m_depth + 1);
    }

    void countGlyphs() {
        Marks& out = m_walk.out();
        const auto addString = [&](QPDFObjectHandle text) {
            const std::string bytes = text.getStringValue();
            const auto blanks = m_font.bytesPerGlyph == 1 ? std::ranges::count(bytes, ' ') : 0;
            out.glyphs += (static_cast<std::int64_t>(bytes.size()) - blanks) / m_font.bytesPerGlyph;
        };
        auto text = last();
        if (text.isString()) {
            addString(text);
        } else if (text.isArray()) {
            for (int i = 0; i < text.getArrayNItems(); ++i) {
                if (auto item = text.getArrayItem(i); item.isString()) {
                    addString(item);
                }
            }
        }
        out.unreadableFont = out.unreadableFont || !m_font.readable;
    }

    Walk& m_walk;
    QPDFObjectHandle m_resources;
    QPDFMatrix m_matrix;
    int m_depth;
    FontFacts m_font;
    std::vector<Saved> m_stack;
    std::vector<QPDFObjectHandle> m_operands;
};

void checkStream(QPDFObjectHandle stream) {
    if (auto sound = checkContent(std::move(stream)); !sound) {
        if (sound.error().code == ErrorCode::TooLarge) {
            throw TooMuch();
        }
        throw Broken();
    }
}

void Walk::run(QPDFObjectHandle stream, QPDFObjectHandle resources, const QPDFMatrix& matrix, int depth) {
    if (stream.isArray()) {
        for (int i = 0; i < stream.getArrayNItems(); ++i) {
            checkStream(stream.getArrayItem(i));
        }
    } else if (stream.isStream()) {
        checkStream(stream);
    } else {
        return; // a page without content is blank
    }
    lookAtPatterns(resources);
    Content content(*this, resources, matrix, depth);
    QPDFObjectHandle::parseContentStream(stream, &content);
}

/// Pictures in tiles and in drawn characters are not followed.
void Walk::lookAtPatterns(QPDFObjectHandle resources) {
    const auto holdsPictures = [](QPDFObjectHandle object) {
        auto own = object.isStream()       ? object.getDict().getKey("/Resources")
                   : object.isDictionary() ? object.getKey("/Resources")
                                           : QPDFObjectHandle::newNull();
        return own.isDictionary() && own.getKey("/XObject").isDictionary() &&
               !own.getKey("/XObject").getKeys().empty();
    };
    for (const char* kind : {"/Pattern", "/Font"}) {
        auto group = resources.isDictionary() ? resources.getKey(kind) : QPDFObjectHandle::newNull();
        if (group.isDictionary()) {
            for (const auto& key : group.getKeys()) {
                step();
                m_out.hiddenParts = m_out.hiddenParts || holdsPictures(group.getKey(key));
            }
        }
    }
}

model::RectPx toPixels(const QPDFObjectHandle::Rectangle& box, const PageSize& size, const Place& place) {
    const double scale = size.dpi / 72;
    double x0 = 0;
    double x1 = 0;
    double y0 = 0;
    double y1 = 0;
    switch (place.quarters) {
    case 1:
        x0 = box.lly - place.bottom, x1 = box.ury - place.bottom;
        y0 = box.llx - place.left, y1 = box.urx - place.left;
        break;
    case 2:
        x0 = place.right - box.urx, x1 = place.right - box.llx;
        y0 = box.lly - place.bottom, y1 = box.ury - place.bottom;
        break;
    case 3:
        x0 = place.top - box.ury, x1 = place.top - box.lly;
        y0 = place.right - box.urx, y1 = place.right - box.llx;
        break;
    default:
        x0 = box.llx - place.left, x1 = box.urx - place.left;
        y0 = place.top - box.ury, y1 = place.top - box.lly;
        break;
    }
    const auto pixel = [&](double value, std::int32_t most) {
        return static_cast<std::int32_t>(std::clamp(value * scale, 0.0, static_cast<double>(most)));
    };
    model::RectPx out;
    out.x = pixel(x0, size.widthPx);
    out.y = pixel(y0, size.heightPx);
    out.width = std::min(size.widthPx, pixel(x1, size.widthPx) + 1) - out.x;
    out.height = std::min(size.heightPx, pixel(y1, size.heightPx) + 1) - out.y;
    return out;
}

/// An entry of a field, which it may have from those above it (ISO 32000-1, 12.7.3.1).
QPDFObjectHandle ofField(QPDFObjectHandle field, const char* key) {
    constexpr int kMaxLevels = 32;
    for (int level = 0; level < kMaxLevels && field.isDictionary(); ++level) {
        if (auto value = field.getKey(key); !value.isNull()) {
            return value;
        }
        field = field.getKey("/Parent");
    }
    return QPDFObjectHandle::newNull();
}

/// A text or choice that is filled in, or that draws characters whatever its value says.
void addField(QPDFObjectHandle field, const QPDFObjectHandle::Rectangle& box, bool draws,
              const PageSize& size, const Place& place, Marks& out) {
    auto type = ofField(field, "/FT");
    const std::string kind = type.isName() ? type.getName() : std::string();
    const std::string value = readableText(ofField(field, "/V"));
    if ((kind == "/Tx" || kind == "/Ch") && (draws || !value.empty())) {
        out.fields.push_back({toPixels(box, size, place), value});
    }
}

/// What annotations draw is on the page as well (ISO 32000-1, 12.5.5).
void walkAnnotations(QPDFObjectHandle page, Walk& walk, const PageSize& size, const Place& place) {
    auto annotations = page.getKey("/Annots");
    for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
        walk.step();
        auto annotation = annotations.getArrayItem(i);
        auto looks = annotation.isDictionary() ? annotation.getKey("/AP") : QPDFObjectHandle::newNull();
        auto normal = looks.isDictionary() ? looks.getKey("/N") : QPDFObjectHandle::newNull();
        auto box = annotation.isDictionary() ? annotation.getKey("/Rect") : QPDFObjectHandle::newNull();
        if (!box.isRectangle()) {
            continue;
        }
        const std::int64_t glyphs = walk.out().glyphs;
        const std::size_t before = walk.pictures.size();
        if (normal.isStream()) {
            walk.run(normal, normal.getDict().getKey("/Resources"), QPDFMatrix(), 1);
        }
        if (walk.pictures.size() > before) { // drawn somewhere in its rectangle
            walk.pictures.resize(before);
            walk.pictures.push_back(box.getArrayAsRectangle());
        }
        addField(annotation, box.getArrayAsRectangle(), walk.out().glyphs > glyphs, size, place, walk.out());
    }
}

} // namespace

base::Expected<Marks> readMarks(QPDFObjectHandle page, const PageSize& size, const Place& place) {
    Marks out;
    try {
        Walk walk(out);
        auto resources = QPDFPageObjectHelper(page).getAttribute("/Resources", false);
        walk.run(page.getKey("/Contents"), resources, QPDFMatrix(), 0);
        walkAnnotations(page, walk, size, place);
        for (const auto& picture : walk.pictures) {
            const model::RectPx box = toPixels(picture, size, place);
            if (box.width > 3 && box.height > 3 &&
                std::ranges::find(out.pictures, box) == out.pictures.end()) {
                out.pictures.push_back(box);
            }
        }
        if (out.pictures.size() > kMaxPictures || out.hiddenParts) {
            out.pictures = {{0, 0, size.widthPx, size.heightPx}};
        }
        return out;
    } catch (const TooMuch&) {
        return base::fail(ErrorCode::TooLarge, kPlace, {"page-content"});
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace, {"page-content"});
    }
}

} // namespace kamei::intake::pdf
