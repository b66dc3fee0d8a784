#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/encoding/Encoding.h"

namespace kamei::intake::text {

/// How the characters of a segment are written in the file, and must be written when replaced.
enum class Escaping { None, Xml, CsvQuoted };

/// A stretch of a document that holds content: the whole of a plain text, a text node or attribute
/// value of an XML document, a cell of a table. Offsets are code points of TextSource::text.
struct Segment {
    std::int64_t start = 0;
    std::int64_t end = 0;
    /// XPath-like place in XML ("/ClinicalDocument/recordTarget/patientRole/patient/name"), else empty.
    std::string path;
    /// What the structure says the content is, else empty: patient.name patient.kana patient.id
    /// patient.birth-date patient.sex patient.address patient.phone patient.postal-code
    /// patient.email patient.age clinician.name clinician.id clinician.address clinician.phone facility.name
    /// facility.id facility.address facility.phone family.name family.id family.address family.phone
    /// family.birth-date document.id document.date insurance.number text; "structure" for codes and words of
    /// the format itself (HL7 codeSystem, typeCode, OIDs of templates); "binary" for base64 content.
    std::string role;
    std::int64_t row = -1; ///< tables: 0 is the header row, or the first row when there is no header
    std::int32_t column = -1;
    Escaping escaping = Escaping::None;
    /// HL7 CDA, else -1: code points at which another attribute can be written into a start tag: that of the
    /// element itself, and that of the personal name, organisation's name or address around it.
    std::int64_t tag = -1;
    std::int64_t holder = -1;
    std::int64_t attribute =
        -1; ///< attribute values of CDA: where the attribute and the blank before it begin
};

/// A text-like file decoded once: plain text, XML, CSV. All positions elsewhere in the product are
/// code points of `text`, the decoded file as it stands (markup, delimiters and quotes included).
///
/// Writing goes through rewrite(): bytes that no replacement touches stay as they are.
class TextSource {
public:
    /// Decodes and, by format ("text", "csv", "xml", "cda"), finds the segments.
    /// UnsupportedEncoding when no supported encoding fits; EntityRefused, TooDeep, Malformed for XML.
    [[nodiscard]] static base::Expected<TextSource> read(std::string bytes, std::string_view format);

    [[nodiscard]] encoding::Encoding encoding() const { return m_encoding; }
    /// True when a second encoding fits as well, or a declared one did not.
    [[nodiscard]] bool encodingDoubtful() const { return m_encodingDoubtful; }
    /// Tables: whether row 0 names the columns.
    [[nodiscard]] bool hasHeader() const { return m_hasHeader; }
    /// The decoded file as UTF-8; offsets below count its code points.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::int64_t length() const { return m_length; } ///< code points
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }
    /// Content of a segment with escapes resolved, UTF-8.
    [[nodiscard]] std::string content(const Segment& segment) const;
    /// Maps code point offset `offset` of content(segment) to a code point of text().
    [[nodiscard]] std::int64_t toDocument(const Segment& segment, std::int64_t offset) const;
    /// UTF-8 of code points start..end of text().
    [[nodiscard]] std::string slice(std::int64_t start, std::int64_t end) const;

    /// What stands in place of code points start..end of text(); `value` is unescaped UTF-8.
    struct Replacement {
        std::int64_t start = 0;
        std::int64_t end = 0;
        std::string value;
    };
    /// The file with the replacements written in its encoding and escaping, everything else byte for byte.
    /// Overlapping replacements are merged (the union is replaced by the value of the earliest).
    /// One that crosses markup or cells leaves those in place: its value goes into the first part it touches,
    /// the other parts become empty. InvalidArgument when it touches no content at all.
    /// A character that the encoding cannot hold is an error (UnsupportedEncoding), never a guess.
    /// In "cda" what would be left empty is marked as masked instead: see cdaReplacements().
    [[nodiscard]] base::Expected<std::string> rewrite(std::vector<Replacement> replacements) const;

private:
    enum class Kind { Plain, Table, Xml };

    [[nodiscard]] base::Expected<void> decodeBytes(std::string bytes);
    [[nodiscard]] std::size_t byteOf(std::int64_t codePoint) const;
    [[nodiscard]] std::string_view raw(const Segment& segment) const;
    friend class CdaEmptied;
    /// Part of a replacement that lies in one segment.
    struct Piece {
        std::size_t segment = 0;
        Replacement what;
    };
    [[nodiscard]] std::vector<Replacement> cdaReplacements(std::vector<Piece> pieces) const;
    [[nodiscard]] static std::vector<Replacement> plain(std::vector<Piece> pieces);
    [[nodiscard]] std::vector<Replacement> quoteBareCells(std::vector<Piece> pieces) const;
    [[nodiscard]] base::Expected<std::vector<Replacement>>
    resolve(std::vector<Replacement> replacements) const;

    Kind m_kind = Kind::Plain;
    bool m_cda = false;
    char m_delimiter = ',';
    bool m_hasHeader = false;
    bool m_encodingDoubtful = false;
    std::string m_bytes;
    encoding::Encoding m_encoding = encoding::Encoding::Utf8;
    std::string m_text;
    std::int64_t m_length = 0;
    std::vector<Segment> m_segments;
    std::vector<std::uint32_t> m_textOffset; ///< byte in m_text of every 64th code point
    std::vector<std::uint32_t>
        m_byteOffset; ///< byte in m_bytes of every code point; empty for plain ASCII/UTF-8
};

} // namespace kamei::intake::text
