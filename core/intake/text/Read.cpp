#include "core/intake/encoding/Unicode.h"
#include "core/intake/table/Table.h"
#include "core/intake/text/TableSegments.h"
#include "core/intake/text/TextSource.h"
#include "core/intake/text/XmlSegments.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.text.read";

bool isXml(std::string_view format) {
    return format == "xml" || format == "cda";
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

} // namespace

base::Expected<void> TextSource::decodeBytes(std::string bytes) {
    m_bytes = std::move(bytes);
    if (m_bytes.size() > UINT32_MAX) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(UINT32_MAX)});
    }
    bool known = false;
    if (m_kind == Kind::Xml) {
        const auto declared = declaredEncoding(m_bytes);
        if (declared && encoding::decode(m_bytes, *declared)) {
            m_encoding = *declared;
            known = true;
        } else {
            m_encodingDoubtful = declared.has_value(); // it says one thing and is another
        }
    }
    if (!known) {
        const auto guess = encoding::detect(m_bytes);
        if (!guess) {
            return base::fail(ErrorCode::UnsupportedEncoding, kPlace);
        }
        m_encoding = guess->encoding;
        m_encodingDoubtful = m_encodingDoubtful || guess->doubtful;
    }
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

base::Expected<TextSource> TextSource::read(std::string bytes, std::string_view format) {
    TextSource out;
    out.m_kind = isXml(format) ? Kind::Xml : format == "csv" ? Kind::Table : Kind::Plain;
    if (auto done = out.decodeBytes(std::move(bytes)); !done) {
        return tl::unexpected(done.error());
    }
    if (out.m_kind == Kind::Xml) {
        out.m_cda = format == "cda";
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

} // namespace kamei::intake::text
