#include <algorithm>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/table/Table.h"
#include "core/intake/text/MessageSegments.h"
#include "core/intake/text/TableSegments.h"
#include "core/intake/text/TextSource.h"
#include "core/intake/text/XmlSegments.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.text.read";

bool isXml(std::string_view format) {
    return format == "xml" || format == "cda" || format == "aecg";
}

/// The encoding an XML document states for itself. UTF-16 is told by its byte order mark instead.
std::optional<Encoding> declaredEncoding(std::string_view bytes) {
    const std::size_t mark = encoding::byteOrderMarkLength(bytes, Encoding::Utf8Bom);
    const std::string_view label = declaredXmlEncoding(bytes.substr(mark, 512));
    auto declared = label.empty() ? std::nullopt : encoding::encodingFromLabel(label);
    if (declared == Encoding::Utf8 && mark > 0) {
        declared = Encoding::Utf8Bom;
    }
    return declared;
}

bool isAscii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Bytes without the frame of MLLP, which no text has.
std::string unframed(std::string bytes) {
    std::replace_if(
        bytes.begin(), bytes.end(), [](char c) { return c == '\x0B' || c == '\x1C'; }, '\n');
    return bytes;
}

} // namespace

/// The encoding that a file states for itself; `unknown` is set when it states one that is not supported.
std::optional<Encoding> TextSource::declared(bool& unknown) const {
    switch (m_kind) {
    case Kind::Xml:
        return declaredEncoding(m_bytes);
    case Kind::Message:
        return hl7DeclaredEncoding(m_bytes, unknown);
    case Kind::Fhir: // FHIR R4 2.6.1: UTF-8
        return encoding::byteOrderMarkLength(m_bytes, Encoding::Utf8Bom) > 0 ? Encoding::Utf8Bom : Encoding::Utf8;
    default:
        return std::nullopt;
    }
}

base::Expected<void> TextSource::decodeBytes(std::string bytes) {
    m_bytes = std::move(bytes);
    if (m_bytes.size() > UINT32_MAX) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(UINT32_MAX)});
    }
    bool unknown = false;
    const auto declaration = declared(unknown);
    if (declaration && encoding::decode(m_bytes, *declaration)) {
        m_encoding = *declaration;
        return decodeAs(m_encoding);
    }
    const auto guess = m_kind == Kind::Message ? encoding::detect(unframed(m_bytes)) : encoding::detect(m_bytes);
    if (!guess) {
        return base::fail(ErrorCode::UnsupportedEncoding, kPlace);
    }
    m_encoding = guess->encoding;
    // It says one thing and is another.
    m_encodingDoubtful = declaration.has_value() || guess->doubtful || (unknown && !isAscii(m_bytes));
    return decodeAs(m_encoding);
}

base::Expected<void> TextSource::decodeAs(Encoding encoding) {
    m_encoding = encoding;
    const bool direct = m_encoding == Encoding::Utf8 || m_encoding == Encoding::Utf8Bom;
    auto text = encoding::decode(m_bytes, m_encoding, direct ? nullptr : &m_byteOffset);
    if (!text) {
        return base::fail(ErrorCode::UnsupportedEncoding, kPlace);
    }
    m_text = std::move(*text);
    m_textOffset.reserve(m_text.size() / 64 + 1);
    for (std::size_t i = 0; i < m_text.size(); ++i) {
        if ((static_cast<unsigned char>(m_text[i]) & 0xC0U) == 0x80U) {
            continue;
        }
        if (m_length % 64 == 0) {
            m_textOffset.push_back(static_cast<std::uint32_t>(i));
        }
        ++m_length;
    }
    m_textOffset.push_back(static_cast<std::uint32_t>(m_text.size()));
    return {};
}

base::Expected<void> TextSource::readMessage() {
    if (m_kind == Kind::Fhir) {
        auto tree = JsonTree::parse(m_text);
        if (!tree) {
            return tl::unexpected(tree.error());
        }
        m_tree = std::move(*tree);
    }
    auto parts = m_kind == Kind::Fhir ? fhirSegments(m_text, m_tree) : hl7Segments(m_text, m_encoding);
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    m_segments = std::move(parts->segments);
    m_people = std::move(parts->people);
    m_spelling = parts->spelling;
    return {};
}

base::Expected<TextSource> TextSource::read(std::string bytes, std::string_view format) {
    TextSource out;
    out.m_kind = isXml(format)       ? Kind::Xml
                 : format == "csv"   ? Kind::Table
                 : format == "hl7v2" ? Kind::Message
                 : format == "fhir"  ? Kind::Fhir
                                     : Kind::Plain;
    if (auto done = out.decodeBytes(std::move(bytes)); !done) {
        return tl::unexpected(done.error());
    }
    if (out.m_kind == Kind::Message || out.m_kind == Kind::Fhir) {
        if (auto done = out.readMessage(); !done) {
            return tl::unexpected(done.error());
        }
        return out;
    }
    if (out.m_kind == Kind::Xml) {
        out.m_cda = format == "cda" || format == "aecg"; // both HL7 v3
        auto segments = xmlSegments(out.m_text, out.m_cda);
        if (!segments) {
            return tl::unexpected(segments.error());
        }
        out.m_segments = std::move(*segments);
        return out;
    }
    if (out.m_kind == Kind::Table) {
        // Named as a table but without its shape: one column, which the comma dialect reads as well.
        const table::Dialect dialect = table::detectDialect(out.m_text, false).value_or(table::Dialect{});
        auto segments = tableSegments(out.m_text, dialect);
        if (!segments) {
            return tl::unexpected(segments.error());
        }
        out.m_delimiter = dialect.delimiter;
        out.m_hasHeader = dialect.hasHeader;
        out.m_segments = std::move(*segments);
        return out;
    }
    Segment whole;
    whole.end = out.m_length;
    whole.role = "text";
    out.m_segments.push_back(std::move(whole));
    return out;
}

base::Expected<TextSource> TextSource::read(std::string bytes, Find find) {
    TextSource out;
    if (auto done = out.decodeBytes(std::move(bytes)); !done) {
        return tl::unexpected(done.error());
    }
    out.m_segments = find(out.m_text);
    return out;
}

base::Expected<TextSource> TextSource::ofUtf8(std::string utf8, std::vector<Segment> segments) {
    TextSource out;
    out.m_bytes = std::move(utf8);
    if (auto done = out.decodeAs(Encoding::Utf8); !done) {
        return tl::unexpected(done.error());
    }
    out.m_segments = std::move(segments);
    return out;
}

} // namespace kamei::intake::text
