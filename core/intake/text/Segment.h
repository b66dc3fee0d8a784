#pragma once

#include <cstdint>
#include <string>

#include "core/intake/encoding/Encoding.h"

namespace kamei::intake::text {

/// How the characters of a segment are written in the file, and must be written when replaced.
/// Hl7: HL7 v2.5 2.7; Json: RFC 8259 7; JsonXml: XHTML inside a JSON string (FHIR R4 Narrative.div);
/// JsonValue: a whole JSON value as it stands (number, literal, object, array).
enum class Escaping { None, Xml, CsvQuoted, Hl7, Json, JsonXml, JsonValue };

/// What the escapes of a file as a whole depend on.
struct Spelling {
    char field = '|'; ///< HL7 v2: MSH-1, then MSH-2 in its order; 0 where the message declares none
    char component = '^';
    char repetition = '~';
    char escape = '\\';
    char subcomponent = '&';
    /// HL7 v2: what the bytes of \X..\ are written in.
    encoding::Encoding encoding = encoding::Encoding::Utf8;
    bool asciiOnly = false; ///< JSON: every other character is written as \uXXXX
    friend bool operator==(const Spelling&, const Spelling&) = default;
};

/// A stretch of a document that holds content: the whole of a plain text, a text node or attribute
/// value of an XML document, a cell of a table, a component of a message, a value of a JSON document.
/// Offsets are code points of TextSource::text.
struct Segment {
    std::int64_t start = 0;
    std::int64_t end = 0;
    /// XPath-like place in XML ("/ClinicalDocument/recordTarget/patientRole/patient/name"), "PID-5.1.1" in
    /// HL7 v2, "Patient.name[0].family" in FHIR, else empty.
    std::string path;
    /// What the structure says the content is, else empty: the words of roles(), "text"; "structure" for
    /// codes and words of the format itself (HL7 codeSystem, typeCode, OIDs of templates); "binary" for
    /// base64 content of CDA.
    std::string role;
    std::int64_t row = -1; ///< tables: 0 is the header row, or the first row when there is no header
    std::int32_t column = -1;
    Escaping escaping = Escaping::None;
    /// HL7 CDA, else -1: code points at which another attribute can be written into a start tag: that of the
    /// element itself, and that of the personal name, organisation's name or address around it.
    std::int64_t tag = -1;
    std::int64_t holder = -1;
    std::int64_t attribute =
        -1;                   ///< attribute values of CDA: where the attribute and the blank before it begin
    std::int32_t person = -1; ///< messages: index in TextSource::people(); -1: of the document as a whole
    std::int64_t node = -1;   ///< JSON: index of the value, see JsonTree
};

} // namespace kamei::intake::text
