#include "core/intake/text/XmlSegments.h"

#include <algorithm>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/table/Table.h"
#include "core/intake/text/Escapes.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.text.xml";
/// Longest path of an element; names beyond it serve only to exhaust memory.
constexpr std::size_t kMaxPathBytes = 4096;

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isNameEnd(char c) {
    return isSpace(c) || c == '/' || c == '>' || c == '=' || c == '<' || c == '"' || c == '\'';
}
bool isBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isSpace);
}

std::string_view localName(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Attribute {
    std::string_view name;
    std::size_t blank = 0; ///< where the white space before the name begins
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Reads one document from front to back. Every function returns the error to report, if any.
class Reader {
public:
    Reader(std::string_view text, bool cda) : m_text(text), m_cda(cda) {}

    base::Expected<std::vector<Segment>> read() {
        while (m_at < m_text.size()) {
            if (auto done = m_text[m_at] == '<' ? markup() : textNode(); !done) {
                return tl::unexpected(done.error());
            }
            if (m_segments.size() > kMaxXmlSegments) {
                return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxXmlSegments)});
            }
        }
        if (!m_open.empty()) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (!m_rootSeen) {
            return malformed();
        }
        return std::move(m_segments);
    }

private:
    using Done = base::Expected<void>;

    tl::unexpected<base::Error> malformed() const {
        return base::fail(ErrorCode::Malformed, kPlace, {std::to_string(m_at)});
    }

    std::int64_t pointOf(std::size_t byte) {
        m_point += encoding::countCodePoints(m_text.substr(m_counted, byte - m_counted));
        m_counted = byte;
        return m_point;
    }

    void add(std::size_t begin, std::size_t end, std::string path, std::string role, Escaping escaping) {
        Segment segment;
        segment.start = pointOf(begin);
        segment.end = pointOf(end);
        segment.path = std::move(path);
        segment.role = std::move(role);
        segment.escaping = escaping;
        const bool aside = segment.path.ends_with(')'); // comments and processing instructions
        if (m_cda && !m_open.empty() && !aside) {
            segment.tag = m_open.back().hasNullFlavor ? -1 : m_open.back().tag;
            segment.holder = holder();
        }
        m_segments.push_back(std::move(segment));
    }

    /// The start tag of the name (EN) or address (AD) that is open, -1 without one.
    [[nodiscard]] std::int64_t holder() const {
        for (auto element = m_open.rbegin(); element != m_open.rend(); ++element) {
            if (element->name == "name" || element->name == "addr") {
                return element->hasNullFlavor ? -1 : element->tag;
            }
        }
        return -1;
    }

    /// References in content must be predefined or numeric.
    Done checkReferences(std::string_view raw) const {
        for (std::size_t i = raw.find('&'); i != std::string_view::npos; i = raw.find('&', i + 1)) {
            if (writtenAt(raw, i, Escaping::Xml).length == 0) {
                return base::fail(ErrorCode::EntityRefused, kPlace);
            }
        }
        return {};
    }

    std::string roleHere(std::string_view attribute, std::string_view value) const {
        if (m_cda) {
            return std::string(cdaRole(m_open, attribute, value));
        }
        // Documents of unknown schemas: names of elements read like names of columns.
        return table::columnRole(attribute.empty() ? m_open.back().name : attribute, {});
    }

    Done textNode() {
        const std::size_t end = std::min(m_text.find('<', m_at), m_text.size());
        const std::string_view raw = m_text.substr(m_at, end - m_at);
        if (!isBlank(raw)) {
            if (m_open.empty()) {
                return malformed();
            }
            if (auto done = checkReferences(raw); !done) {
                return done;
            }
            add(m_at, end, m_path, roleHere({}, raw), Escaping::Xml);
        }
        m_at = end;
        return {};
    }

    Done markup() {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.starts_with("<!--")) {
            return enclosed("<!--", "-->", "/comment()");
        }
        if (rest.starts_with("<![CDATA[")) {
            if (m_open.empty()) {
                return malformed();
            }
            return enclosed("<![CDATA[", "]]>", {});
        }
        if (rest.starts_with("<?")) {
            const bool declaration =
                m_at == 0 && rest.starts_with("<?xml") && rest.size() > 5 && isSpace(rest[5]);
            return declaration ? skipDeclaration() : enclosed("<?", "?>", "/processing-instruction()");
        }
        if (rest.starts_with("<!DOCTYPE")) {
            return documentType();
        }
        return rest.starts_with("</") ? endTag() : startTag();
    }

    /// Content between fixed delimiters, which holds no escapes.
    Done enclosed(std::string_view opening, std::string_view closing, std::string_view pathEnd) {
        const std::size_t begin = m_at + opening.size();
        const std::size_t end = m_text.find(closing, begin);
        if (end == std::string_view::npos) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        const std::string_view raw = m_text.substr(begin, end - begin);
        if (!isBlank(raw)) {
            add(begin, end, m_path + std::string(pathEnd), pathEnd.empty() ? roleHere({}, raw) : "text",
                Escaping::None);
        }
        m_at = end + closing.size();
        return {};
    }

    Done skipDeclaration() {
        const std::size_t end = m_text.find("?>", m_at);
        if (end == std::string_view::npos) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        m_at = end + 2;
        return {};
    }

    /// A document type is passed over, never followed; one that declares entities is refused.
    Done documentType() {
        if (m_rootSeen) {
            return malformed();
        }
        int brackets = 0;
        char quote = 0;
        for (std::size_t i = m_at; i < m_text.size(); ++i) {
            const char c = m_text[i];
            if (quote != 0) {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == ']') {
                brackets += c == '[' ? 1 : -1;
            } else if (c == '>' && brackets <= 0) {
                const std::string_view whole = m_text.substr(m_at, i - m_at);
                if (whole.find("<!ENTITY") != std::string_view::npos ||
                    whole.find('%') != std::string_view::npos) {
                    return base::fail(ErrorCode::EntityRefused, kPlace);
                }
                add(m_at + std::string_view("<!DOCTYPE").size(), i, "/doctype()", "structure",
                    Escaping::None);
                m_at = i + 1;
                return {};
            } else if (m_text.substr(i).starts_with("<!ENTITY")) {
                return base::fail(ErrorCode::EntityRefused, kPlace);
            }
        }
        return base::fail(ErrorCode::Truncated, kPlace);
    }

    std::string_view readName() {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && !isNameEnd(m_text[m_at])) {
            ++m_at;
        }
        return m_text.substr(begin, m_at - begin);
    }
    void skipSpace() {
        while (m_at < m_text.size() && isSpace(m_text[m_at])) {
            ++m_at;
        }
    }
    [[nodiscard]] bool ended() const { return m_at >= m_text.size(); }

    Done endTag() {
        m_at += 2;
        const std::string_view name = readName();
        skipSpace();
        if (ended()) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (m_text[m_at] != '>' || m_open.empty() || m_open.back().qualifiedName != name) {
            return malformed();
        }
        ++m_at;
        close();
        return {};
    }

    void close() {
        m_path.resize(m_open.back().pathLength);
        m_open.pop_back();
    }

    Done startTag() {
        ++m_at;
        XmlElement element;
        element.qualifiedName = readName();
        element.name = localName(element.qualifiedName);
        element.pathLength = m_path.size();
        if (element.name.empty() || (m_open.empty() && m_rootSeen)) {
            return ended() ? base::fail(ErrorCode::Truncated, kPlace) : malformed();
        }
        if (m_open.size() >= kMaxXmlDepth || m_path.size() + element.name.size() > kMaxPathBytes) {
            return base::fail(ErrorCode::TooDeep, kPlace, {std::to_string(kMaxXmlDepth)});
        }
        element.tag = m_cda ? pointOf(m_at) : -1;
        m_attributes.clear();
        if (auto done = attributes(element); !done) {
            return done;
        }
        m_rootSeen = true;
        m_path += '/';
        m_path += element.name;
        m_open.push_back(element);
        if (auto done = addAttributes(); !done) {
            return done;
        }
        if (m_text[m_at] == '/') {
            ++m_at;
            close();
        }
        if (ended() || m_text[m_at] != '>') {
            return ended() ? base::fail(ErrorCode::Truncated, kPlace) : malformed();
        }
        ++m_at;
        return {};
    }

    /// Attributes up to the end of the start tag; m_at is then at '>' or '/'.
    Done attributes(XmlElement& element) {
        for (;;) {
            Attribute attribute;
            attribute.blank = m_at;
            skipSpace();
            if (ended()) {
                return base::fail(ErrorCode::Truncated, kPlace);
            }
            if (m_text[m_at] == '>' || m_text[m_at] == '/') {
                return {};
            }
            attribute.name = readName();
            skipSpace();
            if (attribute.name.empty() || ended() || m_text[m_at] != '=') {
                return ended() ? base::fail(ErrorCode::Truncated, kPlace) : malformed();
            }
            ++m_at;
            skipSpace();
            if (ended() || (m_text[m_at] != '"' && m_text[m_at] != '\'')) {
                return ended() ? base::fail(ErrorCode::Truncated, kPlace) : malformed();
            }
            const char quote = m_text[m_at++];
            attribute.begin = m_at;
            attribute.end = m_text.find(quote, m_at);
            if (attribute.end == std::string_view::npos) {
                return base::fail(ErrorCode::Truncated, kPlace);
            }
            m_at = attribute.end + 1;
            remember(element, attribute);
            m_attributes.push_back(attribute);
        }
    }

    void remember(XmlElement& element, const Attribute& attribute) const {
        const std::string_view value = valueOf(attribute);
        if (attribute.name == "use") {
            element.use = value;
        } else if (attribute.name == "classCode") {
            element.classCode = value;
        } else if (attribute.name == "typeCode") {
            element.typeCode = value;
        } else if (attribute.name == "representation") {
            element.representation = value;
        } else if (attribute.name == "extension") {
            element.hasExtension = true;
        } else if (attribute.name == "unit") {
            element.hasUnit = true;
        } else if (attribute.name == "nullFlavor") {
            element.hasNullFlavor = true;
        }
    }

    [[nodiscard]] std::string_view valueOf(const Attribute& attribute) const {
        return m_text.substr(attribute.begin, attribute.end - attribute.begin);
    }

    Done addAttributes() {
        for (const Attribute& attribute : m_attributes) {
            const std::string_view value = valueOf(attribute);
            if (value.find('<') != std::string_view::npos) {
                return malformed();
            }
            if (auto done = checkReferences(value); !done) {
                return done;
            }
            const bool ofFormat = attribute.name.starts_with("xmlns") || attribute.name.starts_with("xsi:");
            if (!value.empty() && !ofFormat) {
                const std::string_view name = localName(attribute.name);
                const std::int64_t begins = m_cda ? pointOf(attribute.blank) : -1;
                add(attribute.begin, attribute.end, m_path + "/@" + std::string(name), roleHere(name, value),
                    Escaping::Xml);
                m_segments.back().attribute = begins;
            }
        }
        return {};
    }

    std::string_view m_text;
    bool m_cda;
    std::size_t m_at = 0;
    std::size_t m_counted = 0;
    std::int64_t m_point = 0;
    bool m_rootSeen = false;
    std::string m_path;
    std::vector<XmlElement> m_open;
    std::vector<Attribute> m_attributes;
    std::vector<Segment> m_segments;
};

} // namespace

base::Expected<std::vector<Segment>> xmlSegments(std::string_view utf8, bool cda) {
    return Reader(utf8, cda).read();
}

std::string_view declaredXmlEncoding(std::string_view head) {
    if (!head.starts_with("<?xml")) {
        return {};
    }
    const std::string_view declaration = head.substr(0, std::min(head.find("?>"), head.size()));
    const std::size_t key = declaration.find("encoding");
    const std::size_t open = key == std::string_view::npos ? key : declaration.find_first_of("\"'", key);
    if (open == std::string_view::npos) {
        return {};
    }
    const std::size_t close = declaration.find(declaration[open], open + 1);
    return close == std::string_view::npos ? std::string_view()
                                           : declaration.substr(open + 1, close - open - 1);
}

} // namespace kamei::intake::text
