#include "core/intake/pdf/Statements.h"

#include <qpdf/QPDFNameTreeObjectHelper.hh>

#include "core/intake/pdf/Checks.h"
#include "core/intake/pdf/StatementParts.h"

namespace kamei::intake::pdf {
namespace {

void addInformation(QPDF& file, StatementList& out) {
    auto information = file.getTrailer().getKey("/Info");
    if (information.isDictionary()) {
        for (const auto& key : information.getKeys()) {
            out.add("Pdf.Info." + key.substr(1), readableText(information.getKey(key)));
        }
    }
}

/// The two parts of the file's identifier as hexadecimal digits (ISO 32000-1, 14.4).
void addIdentifier(QPDF& file, StatementList& out) {
    auto identifier = file.getTrailer().getKey("/ID");
    for (int i = 0; identifier.isArray() && i < identifier.getArrayNItems(); ++i) {
        auto part = identifier.getArrayItem(i);
        if (part.isString()) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            std::string hex;
            for (const char c : part.getStringValue()) {
                const auto byte = static_cast<unsigned char>(c);
                hex += kDigits[byte >> 4];
                hex += kDigits[byte & 15];
            }
            out.add("Pdf.DocumentId", hex);
        }
    }
}

void addLabels(QPDFObjectHandle node, int depth, StatementList& out) {
    if (!node.isDictionary() || depth > 16) {
        return;
    }
    auto numbers = node.getKey("/Nums");
    for (int i = 1; numbers.isArray() && i < numbers.getArrayNItems(); i += 2) {
        auto label = numbers.getArrayItem(i);
        if (label.isDictionary()) {
            out.add("Pdf.PageLabel", readableText(label.getKey("/P")));
        }
    }
    auto kids = node.getKey("/Kids");
    for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i) {
        addLabels(kids.getArrayItem(i), depth + 1, out);
    }
}

/// Keys of a name tree (ISO 32000-1, 7.9.6): names of places, scripts and files.
void addNames(QPDFObjectHandle node, const std::string& key, int depth, StatementList& out) {
    if (!node.isDictionary() || depth > 16) {
        return;
    }
    auto names = node.getKey("/Names");
    for (int i = 0; names.isArray() && i + 1 < names.getArrayNItems(); i += 2) {
        out.add(key, readableText(names.getArrayItem(i)));
        addObject(names.getArrayItem(i + 1), out); // which may stand in the tree itself
    }
    auto kids = node.getKey("/Kids");
    for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i) {
        addNames(kids.getArrayItem(i), key, depth + 1, out);
    }
}

void addCatalogue(QPDF& file, StatementList& out) {
    auto root = file.getRoot();
    addLabels(root.getKey("/PageLabels"), 0, out);
    auto names = root.getKey("/Names");
    if (names.isDictionary()) {
        addNames(names.getKey("/Dests"), "Pdf.Destination", 0, out);
        addNames(names.getKey("/JavaScript"), "Pdf.Script", 0, out);
        addNames(names.getKey("/EmbeddedFiles"), "Pdf.Attachment", 0, out);
    }
    auto places = root.getKey("/Dests");
    if (places.isDictionary()) {
        for (const auto& key : places.getKeys()) {
            out.add("Pdf.Destination", key.substr(1));
        }
    }
    if (root.hasKey("/Collection")) {
        out.add("Pdf.Collection", "collection");
    }
    auto form = root.getKey("/AcroForm");
    if (form.isDictionary() && form.hasKey("/XFA")) {
        out.add("Pdf.Xfa",
                readableText(form.getKey("/XFA")).empty() ? "XFA" : readableText(form.getKey("/XFA")));
    }
}

/// Each update ends with a mark of its own: what an earlier one said is still there (ISO 32000-1, 7.5.6).
/// A linearised file has two as well.
void addUpdates(std::string_view bytes, StatementList& out) {
    const bool linearised = bytes.substr(0, 2048).find("/Linearized") != std::string_view::npos;
    std::size_t ends = 0;
    constexpr std::string_view kStart = "startxref";
    for (std::size_t at = bytes.find(kStart); at != std::string_view::npos; at = bytes.find(kStart, at + 1)) {
        // Streams may say as much, CMaps end like files: only the two with a number between them end a
        // revision.
        const std::size_t end = bytes.find_first_not_of("0123456789 \r\n", at + kStart.size());
        ends += end != std::string_view::npos && bytes.substr(end).starts_with("%%EOF") ? 1 : 0;
    }
    const std::size_t usual = linearised ? 2 : 1;
    if (ends > usual) {
        out.add("Pdf.EarlierVersion", std::to_string(ends - usual));
    }
}

} // namespace

std::vector<Statement> readStatements(std::string_view bytes) {
    StatementList out;
    const auto checked = openChecked(bytes);
    if (!checked) {
        out.add("Pdf.Unreadable", std::to_string(bytes.size()) + " bytes");
        return out.take();
    }
    try {
        QPDF& file = *checked->file;
        addInformation(file, out);
        addIdentifier(file, out);
        addCatalogue(file, out);
        addUpdates(bytes, out);
        // Wherever they hang, and also where nothing leads to them: an object that is in the file can be
        // read.
        for (const QPDFObjectHandle& object : file.getAllObjects()) {
            addObject(object, out);
        }
        // Annotations and actions may stand in the page itself.
        for (QPDFObjectHandle page : checked->objects) {
            auto annotations = page.getKey("/Annots");
            for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
                auto annotation = annotations.getArrayItem(i);
                addObject(annotation, out);
                if (annotation.isDictionary()) {
                    addObject(annotation.getKey("/A"), out);
                }
            }
        }
        addObject(checked->file->getRoot().getKey("/OpenAction"), out);
    } catch (const std::exception&) {
        out.add("Pdf.Unreadable", "structure");
    }
    return out.take();
}

} // namespace kamei::intake::pdf
