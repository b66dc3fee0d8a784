#include <algorithm>
#include <array>
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <zlib.h>

#include "core/intake/image/Metadata.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/transform/pdf/Content.h"
#include "core/transform/pdf/PlainJpeg.h"
#include "core/transform/pdf/Writing.h"

namespace kamei::transform::pdf {
namespace {

using base::ErrorCode;

/// What cannot be written without what nobody sees: the pages become pictures.
struct Refused : std::exception {};

/// Entries that drawing needs (ISO 32000-1, 7.10 functions, 8 graphics, 9 text). Everything else stays
/// behind: Metadata, PieceInfo, StructParents, OC, AF, OPI, Alternates, Properties, Measure, names and dates.
constexpr std::string_view kEntries[] = {"/AIS",
                                         "/AntiAlias",
                                         "/Ascent",
                                         "/AvgWidth",
                                         "/BBox",
                                         "/BC",
                                         "/BG",
                                         "/BG2",
                                         "/BM",
                                         "/Background",
                                         "/BaseEncoding",
                                         "/BaseFont",
                                         "/BitsPerComponent",
                                         "/BitsPerCoordinate",
                                         "/BitsPerFlag",
                                         "/BitsPerSample",
                                         "/BlackPoint",
                                         "/Bounds",
                                         "/C0",
                                         "/C1",
                                         "/CA",
                                         "/CIDSystemInfo",
                                         "/CIDToGIDMap",
                                         "/CMapName",
                                         "/CS",
                                         "/CapHeight",
                                         "/CharProcs",
                                         "/CharSet",
                                         "/ColorSpace",
                                         "/Coords",
                                         "/D",
                                         "/DW",
                                         "/DW2",
                                         "/Decode",
                                         "/DescendantFonts",
                                         "/Descent",
                                         "/Differences",
                                         "/Domain",
                                         "/Encode",
                                         "/Encoding",
                                         "/ExtGState",
                                         "/Extend",
                                         "/FL",
                                         "/FirstChar",
                                         "/Flags",
                                         "/Font",
                                         "/FontBBox",
                                         "/FontDescriptor",
                                         "/FontFamily",
                                         "/FontFile",
                                         "/FontFile2",
                                         "/FontFile3",
                                         "/FontMatrix",
                                         "/FontName",
                                         "/FontStretch",
                                         "/FontWeight",
                                         "/FormType",
                                         "/Function",
                                         "/FunctionType",
                                         "/Functions",
                                         "/G",
                                         "/Gamma",
                                         "/Group",
                                         "/HT",
                                         "/Height",
                                         "/I",
                                         "/ImageMask",
                                         "/Intent",
                                         "/Interpolate",
                                         "/ItalicAngle",
                                         "/K",
                                         "/LC",
                                         "/LJ",
                                         "/LW",
                                         "/Lab",
                                         "/LastChar",
                                         "/Leading",
                                         "/Length1",
                                         "/Length2",
                                         "/Length3",
                                         "/ML",
                                         "/Mask",
                                         "/Matrix",
                                         "/MaxWidth",
                                         "/MissingWidth",
                                         "/N",
                                         "/OP",
                                         "/OPM",
                                         "/Order",
                                         "/Ordering",
                                         "/PaintType",
                                         "/Pattern",
                                         "/PatternType",
                                         "/RI",
                                         "/Range",
                                         "/Registry",
                                         "/Resources",
                                         "/S",
                                         "/SA",
                                         "/SM",
                                         "/SMask",
                                         "/Shading",
                                         "/ShadingType",
                                         "/Size",
                                         "/StemH",
                                         "/StemV",
                                         "/Subtype",
                                         "/Supplement",
                                         "/TR",
                                         "/TilingType",
                                         "/ToUnicode",
                                         "/Type",
                                         "/UseCMap",
                                         "/VerticesPerRow",
                                         "/W",
                                         "/W2",
                                         "/WMode",
                                         "/WhitePoint",
                                         "/Width",
                                         "/Widths",
                                         "/XHeight",
                                         "/XObject",
                                         "/XStep",
                                         "/YStep",
                                         "/ca",
                                         "/op"};

/// Dictionaries whose keys are names that the document chose.
bool holdsNames(std::string_view key) {
    constexpr std::array<std::string_view, 7> kMaps{"/Font",    "/XObject", "/ExtGState", "/ColorSpace",
                                                    "/Pattern", "/Shading", "/CharProcs"};
    return std::ranges::find(kMaps, key) != kMaps.end();
}

bool isDrawing(std::string_view key) {
    return std::ranges::find(kEntries, key) != std::end(kEntries);
}

std::string packed(std::string_view data) {
    uLongf size = compressBound(static_cast<uLong>(data.size()));
    std::string out(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                  static_cast<uLong>(data.size()), 6) != Z_OK) {
        throw Refused();
    }
    out.resize(size);
    return out;
}

std::string nameOf(QPDFObjectHandle object) {
    return object.isName() ? object.getName() : std::string();
}

/// Copies what drawing needs from one document into another.
class Copier {
public:
    explicit Copier(QPDF& to) : m_to(to) {}

    QPDFObjectHandle copy(QPDFObjectHandle from, std::string_view key, int depth) {
        constexpr int kMaxDepth = 64;
        if (depth > kMaxDepth) {
            throw Refused();
        }
        const auto place = from.getObjGen();
        if (from.isIndirect()) {
            if (const auto known = m_copies.find(place); known != m_copies.end()) {
                return known->second;
            }
        }
        if (from.isStream()) {
            auto out = QPDFObjectHandle::newStream(&m_to);
            m_copies.emplace(place, out); // before its parts, which may refer to it
            fill(out, from, key, depth);
            return out;
        }
        if (from.isDictionary()) {
            auto out = QPDFObjectHandle::newDictionary();
            if (from.isIndirect()) {
                out = m_to.makeIndirectObject(out);
                m_copies.emplace(place, out);
            }
            fillDictionary(out, from, key, depth);
            return out;
        }
        if (from.isArray()) {
            return copyArray(from, key, depth);
        }
        if (from.isString() || from.isName() || from.isNumber() || from.isBool() || from.isNull()) {
            return QPDFObjectHandle::parse(from.unparseResolved());
        }
        throw Refused();
    }

private:
    QPDFObjectHandle copyArray(QPDFObjectHandle from, std::string_view key, int depth) {
        auto out = QPDFObjectHandle::newArray();
        for (int i = 0; i < from.getArrayNItems(); ++i) {
            out.appendItem(copy(from.getArrayItem(i), key, depth + 1));
        }
        return out;
    }

    void fillDictionary(QPDFObjectHandle out, QPDFObjectHandle from, std::string_view mapKey, int depth) {
        const bool names = holdsNames(mapKey);
        const std::string_view inside = mapKey == "/CharProcs" ? "/CharProc" : "";
        for (const std::string& key : from.getKeys()) {
            if (key == "/OC" || (key == "/Ref" && !names)) {
                throw Refused(); // shown or not by something else
            }
            if (names || isDrawing(key)) {
                out.replaceKey(key,
                               copy(from.getKey(key), names ? inside : std::string_view(key), depth + 1));
            }
        }
    }

    void fill(QPDFObjectHandle out, QPDFObjectHandle from, std::string_view key, int depth) {
        auto dictionary = from.getDict();
        if (nameOf(dictionary.getKey("/Subtype")) == "/Image") {
            fillDictionary(out.getDict(), dictionary, {}, depth);
            fillPicture(out, from);
            return;
        }
        fillDictionary(out.getDict(), dictionary, {}, depth);
        const auto null = QPDFObjectHandle::newNull();
        const bool draws = nameOf(dictionary.getKey("/Subtype")) == "/Form" ||
                           dictionary.hasKey("/PatternType") || key == "/CharProc";
        if (draws) {
            auto content = plainContent(from);
            if (!content) {
                throw Refused();
            }
            out.replaceStreamData(*content, null, null);
            return;
        }
        const auto data = from.getStreamData(qpdf_dl_generalized);
        const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
        const bool font = key == "/FontFile" || key == "/FontFile2" || key == "/FontFile3";
        const bool needed = font || key == "/ToUnicode" || key == "/CIDToGIDMap" || key == "/Encoding" ||
                            dictionary.hasKey("/FunctionType") || dictionary.hasKey("/ShadingType");
        const bool profile = !needed && dictionary.hasKey("/N");
        if (!needed && !(profile && intake::image::isCommonProfile(bytes))) {
            throw Refused();
        }
        if (font || profile) {
            out.replaceStreamData(packed(bytes), QPDFObjectHandle::newName("/FlateDecode"), null);
        } else { // CMaps and functions are programs, which may hold comments: the residual search reads them
            out.replaceStreamData(std::string(bytes), null, null);
        }
    }

    /// Bytes that a picture of such a size has; 0 when that is not known.
    static std::size_t rawSize(QPDFObjectHandle dictionary) {
        auto width = dictionary.getKey("/Width");
        auto height = dictionary.getKey("/Height");
        auto bits = dictionary.getKey("/BitsPerComponent");
        auto space = dictionary.getKey("/ColorSpace");
        auto mask = dictionary.getKey("/ImageMask");
        const bool isMask = mask.isBool() && mask.getBoolValue();
        std::size_t channels = 1;
        if (!isMask) {
            const std::string name =
                space.isArray() && space.getArrayNItems() > 0 ? nameOf(space.getArrayItem(0)) : nameOf(space);
            if (name == "/DeviceRGB" || name == "/CalRGB" || name == "/Lab") {
                channels = 3;
            } else if (name == "/DeviceCMYK") {
                channels = 4;
            } else if (name == "/ICCBased" && space.isArray() && space.getArrayNItems() > 1 &&
                       space.getArrayItem(1).isStream()) {
                auto n = space.getArrayItem(1).getDict().getKey("/N");
                channels =
                    n.isInteger() ? static_cast<std::size_t>(std::clamp(n.getIntValue(), 0LL, 4LL)) : 0;
            } else if (name != "/DeviceGray" && name != "/CalGray" && name != "/Indexed" &&
                       name != "/Separation") {
                return 0;
            }
        }
        if (!width.isInteger() || !height.isInteger() || (!isMask && !bits.isInteger())) {
            return 0;
        }
        const auto number = [](QPDFObjectHandle value) {
            return static_cast<std::size_t>(std::clamp(value.getIntValue(), 0LL, 1LL << 20));
        };
        const std::size_t perSample = isMask ? 1 : number(bits);
        return (number(width) * channels * perSample + 7) / 8 * number(height);
    }

    void fillPicture(QPDFObjectHandle out, QPDFObjectHandle from) {
        auto dictionary = from.getDict();
        auto filter = dictionary.getKey("/Filter");
        if (filter.isArray() && filter.getArrayNItems() == 1) {
            filter = filter.getArrayItem(0);
        }
        const auto null = QPDFObjectHandle::newNull();
        if (nameOf(filter) == "/DCTDecode") {
            const auto raw = from.getRawStreamData();
            const auto plain = plainJpeg({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()});
            if (!plain || dictionary.hasKey("/DecodeParms")) {
                throw Refused();
            }
            out.replaceStreamData(*plain, QPDFObjectHandle::newName("/DCTDecode"), null);
            return;
        }
        // JPEG 2000, JBIG2 and fax codings cannot be told apart from what stands behind them.
        const auto data = from.getStreamData(qpdf_dl_generalized);
        const std::size_t expected = rawSize(dictionary);
        if (expected == 0 || data->getSize() != expected) {
            throw Refused();
        }
        out.replaceStreamData(packed({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()}),
                              QPDFObjectHandle::newName("/FlateDecode"), null);
    }

    QPDF& m_to;
    std::map<QPDFObjGen, QPDFObjectHandle> m_copies;
};

bool isOpaque(const intake::pdf::PdfDocument& document, std::int32_t page) {
    const auto marks = document.marks(page);
    const auto raster = document.draw(page);
    const auto words = document.words(page);
    const auto anywhere = document.words(page, true);
    if (!marks || !raster || !words || !anywhere || marks->invisibleText || marks->hiddenParts ||
        !intake::pdf::readsAll(*words, *marks) ||
        intake::pdf::textOf(*anywhere).size() > intake::pdf::textOf(*words).size() + 2) {
        return false;
    }
    return std::ranges::all_of(*words,
                               [&](const intake::pdf::Word& word) { return isVisible(word, *raster); });
}

bool hasFields(QPDF& file) {
    for (QPDFObjectHandle page : file.getAllPages()) {
        auto annotations = page.getKey("/Annots");
        for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
            auto annotation = annotations.getArrayItem(i);
            if (annotation.isDictionary() && nameOf(annotation.getKey("/Subtype")) == "/Widget") {
                return true;
            }
        }
    }
    return false;
}

/// Whether both show the same; they are drawn by the same reader.
bool looksAlike(const std::string& clean, const std::string& source) {
    const auto a = intake::pdf::PdfDocument::open(clean);
    const auto b = intake::pdf::PdfDocument::open(source);
    if (!a || !b || a->pages() != b->pages()) {
        return false;
    }
    for (std::int32_t page = 1; page <= a->pages(); ++page) {
        const auto one = a->draw(page);
        const auto other = b->draw(page);
        if (!one || !other || one->width != other->width || one->height != other->height ||
            one->samples != other->samples) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> copied(QPDF& source) {
    auto root = source.getRoot();
    if (root.hasKey("/OCProperties") || hasFields(source)) {
        return std::nullopt;
    }
    auto target = QPDF::create();
    target->setLogger(QPDFLogger::create());
    target->emptyPDF();
    Copier copier(*target);
    for (QPDFObjectHandle object : source.getAllPages()) {
        QPDFPageObjectHelper page(object);
        auto media = page.getMediaBox().getArrayAsRectangle();
        auto crop = page.getCropBox().getArrayAsRectangle();
        if (crop.llx > media.llx + 0.01 || crop.lly > media.lly + 0.01 || crop.urx < media.urx - 0.01 ||
            crop.ury < media.ury - 0.01) {
            return std::nullopt; // what is cut off would still be there
        }
        auto content = plainContent(object.getKey("/Contents"));
        if (!content) {
            return std::nullopt;
        }
        auto out = QPDFObjectHandle::newDictionary();
        out.replaceKey("/Type", QPDFObjectHandle::newName("/Page"));
        out.replaceKey("/MediaBox", QPDFObjectHandle::newArray(media));
        if (auto turn = page.getAttribute("/Rotate", false); turn.isInteger()) {
            out.replaceKey("/Rotate", QPDFObjectHandle::newInteger(turn.getIntValue()));
        }
        if (auto group = object.getKey("/Group"); group.isDictionary()) {
            out.replaceKey("/Group", copier.copy(group, "/Group", 0));
        }
        auto resources = page.getAttribute("/Resources", false);
        out.replaceKey("/Resources", resources.isDictionary() ? copier.copy(resources, "/Resources", 0)
                                                              : QPDFObjectHandle::newDictionary());
        out.replaceKey("/Contents", QPDFObjectHandle::newStream(target.get(), *content));
        QPDFPageDocumentHelper(*target).addPage(QPDFPageObjectHelper(target->makeIndirectObject(out)), false);
    }
    return bytesOf(*target);
}

} // namespace

base::Expected<std::optional<std::string>> cleaned(std::string_view bytes) {
    const auto bare = withoutAnnotations(bytes);
    if (!bare) {
        return tl::unexpected(bare.error());
    }
    const auto document = intake::pdf::PdfDocument::open(*bare);
    if (!document) {
        return tl::unexpected(document.error());
    }
    for (std::int32_t page = 1; page <= document->pages(); ++page) {
        if (!isOpaque(*document, page)) {
            return std::optional<std::string>();
        }
    }
    try {
        auto clean = copied(*openFor(*bare));
        if (clean && !looksAlike(*clean, *bare)) {
            clean.reset();
        }
        return clean;
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, "transform.pdf.write");
    } catch (const std::exception&) {
        return std::optional<std::string>(); // pictures show what it shows, and hold nothing else
    }
}

} // namespace kamei::transform::pdf
