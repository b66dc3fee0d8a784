#include "core/intake/pdf/StatementParts.h"

#include <algorithm>
#include <pugixml.hpp>
#include <qpdf/Buffer.hh>

#include "core/intake/image/Metadata.h"

namespace kamei::intake::pdf {
namespace {

constexpr std::size_t kMostOfAKind = 2000;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

/// UTF-8 that may be shown: control characters become blanks.
std::string shown(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }, ' ');
    constexpr std::size_t kMost = 8000;
    if (text.size() > kMost) {
        std::size_t end = kMost;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
            --end;
        }
        text.resize(end);
    }
    return text;
}

bool isNamed(QPDFObjectHandle object, const char* name) {
    return object.isName() && object.getName() == name;
}

std::string joined(std::initializer_list<QPDFObjectHandle> parts) {
    std::string out;
    for (const QPDFObjectHandle& part : parts) {
        std::string text = readableText(part);
        if (!text.empty()) {
            out += (out.empty() ? "" : " | ") + text;
        }
    }
    return out;
}

std::string kindOf(QPDFObjectHandle dictionary) {
    auto subtype = dictionary.getKey("/Subtype");
    return subtype.isName() ? subtype.getName().substr(1) : std::string("Unknown");
}

void addAnnotation(QPDFObjectHandle it, StatementList& out) {
    const std::string kind = kindOf(it);
    if (kind == "Link") {
        return; // what it does is an action
    }
    const std::string said =
        joined({it.getKey("/T"), it.getKey("/Contents"), it.getKey("/Subj"), it.getKey("/RC"),
                it.getKey("/NM"), it.getKey("/M"), it.getKey("/CreationDate")});
    if (kind == "Widget") {
        return; // shown as a field
    }
    out.add("Pdf.Annotation", kind + (said.empty() ? "" : " | " + said));
}

void addField(QPDFObjectHandle it, StatementList& out) {
    if (isNamed(it.getKey("/FT"), "/Sig")) {
        auto signature = it.getKey("/V");
        const bool signedBy = signature.isDictionary();
        out.add("Pdf.Signature",
                joined({it.getKey("/T"), signedBy ? signature.getKey("/Name") : QPDFObjectHandle::newNull(),
                        signedBy ? signature.getKey("/Reason") : QPDFObjectHandle::newNull(),
                        signedBy ? signature.getKey("/Location") : QPDFObjectHandle::newNull(),
                        signedBy ? signature.getKey("/ContactInfo") : QPDFObjectHandle::newNull(),
                        signedBy ? signature.getKey("/M") : QPDFObjectHandle::newNull()}));
        return;
    }
    const std::string value = joined({it.getKey("/V"), it.getKey("/DV"), it.getKey("/RV")});
    const std::string name = joined({it.getKey("/T"), it.getKey("/TU"), it.getKey("/TM")});
    out.add("Pdf.Form", name + (value.empty() ? "" : " = " + value));
}

void addAction(QPDFObjectHandle it, StatementList& out) {
    const std::string kind = it.getKey("/S").getName();
    if (kind == "/JavaScript") {
        out.add("Pdf.Script", readableText(it.getKey("/JS")));
    } else if (kind == "/URI") {
        out.add("Pdf.Link", readableText(it.getKey("/URI")));
    } else if (kind == "/Launch" || kind == "/GoToR" || kind == "/GoToE" || kind == "/SubmitForm" ||
               kind == "/ImportData") {
        auto file = it.getKey("/F");
        out.add("Pdf.Action", kind.substr(1) + " | " +
                                  (file.isDictionary() ? joined({file.getKey("/UF"), file.getKey("/F")})
                                                       : readableText(file)));
    }
}

void addAttachment(QPDFObjectHandle it, StatementList& out) {
    auto files = it.getKey("/EF");
    std::string size;
    if (files.isDictionary()) {
        for (const auto& key : files.getKeys()) {
            auto stream = files.getKey(key);
            auto length =
                stream.isStream() ? stream.getDict().getKey("/Length") : QPDFObjectHandle::newNull();
            size = length.isInteger() ? std::to_string(length.getIntValue()) + " bytes" : size;
        }
    }
    const std::string said = joined({it.getKey("/UF"), it.getKey("/F"), it.getKey("/Desc")});
    out.add("Pdf.Attachment", said + (size.empty() ? "" : " | " + size));
}

void addDictionary(QPDFObjectHandle it, StatementList& out) {
    const bool annotation = it.hasKey("/Rect") && it.getKey("/Subtype").isName() && !it.hasKey("/Kids");
    if (annotation || isNamed(it.getKey("/Type"), "/Annot")) {
        addAnnotation(it, out);
    }
    if (it.hasKey("/FT") || (it.hasKey("/T") && (it.hasKey("/V") || it.hasKey("/DV")))) {
        addField(it, out);
    }
    if (it.getKey("/S").isName() && (it.hasKey("/JS") || it.hasKey("/URI") || it.hasKey("/F"))) {
        addAction(it, out);
    }
    if (it.getKey("/EF").isDictionary()) {
        addAttachment(it, out);
    }
    if (it.hasKey("/Title") && (it.hasKey("/Parent") || it.hasKey("/Dest"))) {
        out.add("Pdf.Outline", readableText(it.getKey("/Title")));
    }
    if (isNamed(it.getKey("/Type"), "/OCG")) {
        out.add("Pdf.Layer", readableText(it.getKey("/Name")));
    }
    if (it.hasKey("/ActualText") || it.hasKey("/Alt") || it.hasKey("/E")) {
        auto expansion = it.getKey("/E");
        out.add("Pdf.AlternateText",
                joined({it.getKey("/ActualText"), it.getKey("/Alt"),
                        expansion.isString() ? expansion : QPDFObjectHandle::newNull()}));
    }
    if (it.hasKey("/PieceInfo")) {
        auto pieces = it.getKey("/PieceInfo");
        std::string makers;
        for (const auto& key : pieces.isDictionary() ? pieces.getKeys() : std::set<std::string>()) {
            makers += (makers.empty() ? "" : ", ") + key.substr(1);
        }
        out.add("Pdf.PieceInfo", makers);
    }
    if (it.hasKey("/Thumb")) {
        out.add("Pdf.Thumbnail", "thumbnail");
    }
}

void addPictureStream(QPDFObjectHandle stream, StatementList& out) {
    auto filter = stream.getDict().getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() == 1) {
        filter = filter.getArrayItem(0);
    }
    if (!isNamed(filter, "/DCTDecode")) {
        return;
    }
    const auto data = stream.getRawStreamData();
    const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    for (const image::MetadataEntry& entry : image::readMetadata(bytes, "jpeg")) {
        out.add("Pdf.Image." + entry.key, entry.value);
    }
}

/// Values below an element: texts, and attributes of rdf:Description, which stand for elements.
void addValues(const pugi::xml_node& node, const std::string& name, int depth, StatementList& out) {
    constexpr int kMaxDepth = 32;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        const std::string key = attribute.name();
        if (!key.starts_with("xmlns") && !key.starts_with("rdf:") && !key.starts_with("xml:") &&
            key != "x:xmptk") {
            out.add("Pdf.Xmp." + key, shown(attribute.value()));
        }
    }
    for (const pugi::xml_node& child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            out.add("Pdf.Xmp." + name, shown(child.value()));
        } else if (child.type() == pugi::node_element && depth < kMaxDepth) {
            const std::string own = child.name();
            const bool holder = own.starts_with("rdf:") || own.starts_with("x:");
            addValues(child, holder ? name : own, depth + 1, out);
        }
    }
}

} // namespace

void StatementList::add(std::string key, std::string value) {
    if (value.find_first_not_of(" \t\r\n") == std::string::npos || !m_seen.emplace(key, value).second) {
        return;
    }
    if (m_all.size() >= kMostOfAKind) {
        ++m_left;
        return;
    }
    m_all.push_back({std::move(key), std::move(value)});
}

std::vector<Statement> StatementList::take() {
    if (m_left > 0) { // all of it goes; a person is told how much more there is
        m_all.push_back({"Pdf.More", std::to_string(m_left)});
    }
    return std::move(m_all);
}

std::string readableText(QPDFObjectHandle object) {
    if (object.isString()) {
        return shown(object.getUTF8Value());
    }
    if (object.isName()) {
        return shown(object.getName().substr(1));
    }
    if (object.isInteger() || object.isReal() || object.isBool()) {
        return object.unparse();
    }
    if (object.isArray()) {
        std::string out;
        for (int i = 0; i < object.getArrayNItems() && out.size() < 8000; ++i) {
            auto item = object.getArrayItem(i);
            if (item.isString() || item.isName()) {
                out += (out.empty() ? "" : ", ") + readableText(item);
            }
        }
        return out;
    }
    if (object.isStream()) {
        const auto data = object.getStreamData(qpdf_dl_generalized);
        const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
        const std::string_view head = bytes.substr(0, 8000);
        const bool text = std::ranges::none_of(
            head, [](char c) { return static_cast<unsigned char>(c) < 0x09 || c == '\x7F'; });
        return text ? shown(QPDFObjectHandle::newString(std::string(head)).getUTF8Value())
                    : std::to_string(bytes.size()) + " bytes";
    }
    return {};
}

void addXmp(std::string_view packet, StatementList& out) {
    pugi::xml_document document;
    if (packet.size() > kMostBytes || !document.load_buffer(packet.data(), packet.size())) {
        out.add("Pdf.Unreadable", "XMP, " + std::to_string(packet.size()) + " bytes");
        return;
    }
    addValues(document, "packet", 0, out);
}

void addObject(QPDFObjectHandle object, StatementList& out) {
    auto dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) {
        return;
    }
    try {
        addDictionary(dictionary, out);
        if (object.isStream() && isNamed(dictionary.getKey("/Type"), "/Metadata")) {
            const auto data = object.getStreamData(qpdf_dl_generalized);
            addXmp({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()}, out);
        } else if (object.isStream() && isNamed(dictionary.getKey("/Subtype"), "/Image")) {
            addPictureStream(object, out);
        }
    } catch (const std::exception&) {
        out.add("Pdf.Unreadable", "object");
    }
}

} // namespace kamei::intake::pdf
