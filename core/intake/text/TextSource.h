#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/text/JsonTree.h"
#include "core/intake/text/Segment.h"
#include "core/model/Subject.h"

namespace kamei::intake::text {

/// A text-like file decoded once: plain text, XML, CSV, HL7 v2, FHIR JSON. All positions elsewhere in the product are
/// code points of `text`, the decoded file as it stands (markup, delimiters and quotes included).
///
/// Writing goes through rewrite(): bytes that no replacement touches stay as they are.
class TextSource {
public:
    /// Decodes and, by format ("text", "csv", "xml", "cda", "hl7v2", "fhir"), finds the segments.
    /// UnsupportedEncoding when no supported encoding fits; EntityRefused, TooDeep, Malformed for XML; see
    /// hl7Segments() and fhirSegments() for those formats.
    [[nodiscard]] static base::Expected<TextSource> read(std::string bytes, std::string_view format);

    /// Decodes text whose parts another room finds: `find` gets the decoded UTF-8 and returns segments in order,
    /// without overlaps, as they stand in it (VCF, the written-out header of a signal).
    using Find = std::vector<Segment> (*)(std::string_view utf8);
    [[nodiscard]] static base::Expected<TextSource> read(std::string bytes, Find find);
    /// UTF-8 with its segments already known.
    [[nodiscard]] static base::Expected<TextSource> ofUtf8(std::string utf8, std::vector<Segment> segments);

    [[nodiscard]] encoding::Encoding encoding() const { return m_encoding; }
    /// True when a second encoding fits as well, or a declared one did not.
    [[nodiscard]] bool encodingDoubtful() const { return m_encodingDoubtful; }
    /// Tables: whether row 0 names the columns.
    [[nodiscard]] bool hasHeader() const { return m_hasHeader; }
    /// The decoded file as UTF-8; offsets below count its code points.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::int64_t length() const { return m_length; } ///< code points
    [[nodiscard]] const std::vector<Segment>& segments() const { return m_segments; }
    /// Messages: whom the parts speak of (Segment::person), in order of appearance; else empty.
    [[nodiscard]] const std::vector<model::SubjectHint>& people() const { return m_people; }
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
    /// In "cda" what would be left empty is marked as masked instead: see cdaReplacements(). In "fhir" it goes
    /// with its name (a JSON value is never empty, FHIR R4 2.6.2): see jsonReplacements().
    [[nodiscard]] base::Expected<std::string> rewrite(std::vector<Replacement> replacements) const;

    /// Records of a table that go, and such as are added behind the last one.
    struct RowChanges {
        std::vector<std::int64_t> removed;              ///< Segment::row
        std::vector<std::vector<std::string>> appended; ///< cells of each, unescaped UTF-8
    };
    /// As above; a removed record goes with its line end and whatever was to be replaced in it. Added cells get
    /// the delimiter and line end of the file, and quotes where the last record has them or they need them.
    [[nodiscard]] base::Expected<std::string> rewrite(std::vector<Replacement> replacements,
                                                      const RowChanges& rows) const;

private:
    enum class Kind { Plain, Table, Xml, Message, Fhir };

    [[nodiscard]] base::Expected<void> decodeBytes(std::string bytes);
    [[nodiscard]] base::Expected<void> readMessage();
    [[nodiscard]] std::optional<encoding::Encoding> declared(bool& unknown) const;
    [[nodiscard]] base::Expected<void> decodeAs(encoding::Encoding encoding);
    [[nodiscard]] std::size_t byteOf(std::int64_t codePoint) const;
    [[nodiscard]] std::int64_t pointOf(std::size_t byte) const;
    [[nodiscard]] std::string_view raw(const Segment& segment) const;
    friend class CdaEmptied;
    friend class JsonRemoval;
    /// Part of a replacement that lies in one segment.
    struct Piece {
        std::size_t segment = 0;
        Replacement what;
    };
    [[nodiscard]] std::vector<Replacement> cdaReplacements(std::vector<Piece> pieces) const;
    [[nodiscard]] std::vector<Replacement> jsonReplacements(std::vector<Piece> pieces) const;
    [[nodiscard]] std::string writtenFor(const std::string& value, const Segment& segment) const;
    [[nodiscard]] static std::vector<Replacement> plain(std::vector<Piece> pieces);
    [[nodiscard]] std::vector<Replacement> quoteBareCells(std::vector<Piece> pieces) const;
    [[nodiscard]] base::Expected<std::vector<Replacement>>
    resolve(std::vector<Replacement> replacements) const;
    /// What of resolved replacements the bytes become; they may cross markup.
    [[nodiscard]] base::Expected<std::string> splice(std::vector<Replacement> resolved) const;
    [[nodiscard]] std::string written(const RowChanges& rows) const;

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
    std::vector<model::SubjectHint> m_people;
    Spelling m_spelling;
    JsonTree m_tree; ///< FHIR
    std::vector<std::uint32_t> m_textOffset; ///< byte in m_text of every 64th code point
    std::vector<std::uint32_t>
        m_byteOffset; ///< byte in m_bytes of every code point; empty for plain ASCII/UTF-8
};

} // namespace kamei::intake::text
