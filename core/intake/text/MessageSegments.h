#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/JsonTree.h"
#include "core/intake/text/Segment.h"
#include "core/model/Subject.h"

namespace kamei::intake::text {

/// The parts of a message or resource file, and the people they are about.
struct MessageParts {
    std::vector<Segment> segments;
    std::vector<model::SubjectHint> people;
    Spelling spelling;
};

/// Most parts a message file may have.
inline constexpr std::size_t kMaxMessageSegments = 8'000'000;

/// HL7 v2 (HL7 v2.5 2.5; SS-MIX2 1.2g): every sub-component that holds something, of any number of messages,
/// bare, in a batch (FHS, BHS) or framed (MLLP); roles by segment and field. What the standard does not
/// define (Z segments, unknown segments and fields) is one part with role "local". Malformed without MSH,
/// without usable delimiters (args: "delimiters"), or where messages differ in them; TooManyEntries.
[[nodiscard]] base::Expected<MessageParts> hl7Segments(std::string_view utf8, encoding::Encoding encoding);

/// What MSH-18 declares (HL7 table 0211). `unknown` is set when it names a set that is not supported; nothing
/// when it names none or ASCII alone.
[[nodiscard]] std::optional<encoding::Encoding> hl7DeclaredEncoding(std::string_view bytes, bool& unknown);

/// What a field of a segment is made of: a letter for its data type, then one for whom it speaks of; see
/// Hl7Fields.cpp. Empty for a segment or field that is not known.
[[nodiscard]] std::string_view hl7Field(std::string_view segment, int field);
/// Whether the standard defines the segment.
[[nodiscard]] bool isHl7Segment(std::string_view segment);

/// FHIR R4 JSON, one resource, a Bundle or newline-delimited resources: roles by resource type and element.
/// Elements and extensions that no known standard defines are one part with role "local". UnsupportedFormat
/// (args: "resourceType") when the root is no resource of R4, Malformed when it is two at once.
[[nodiscard]] base::Expected<MessageParts> fhirSegments(std::string_view utf8, const JsonTree& tree);

/// The text and the attribute values of XHTML in a JSON string; empty when it is not well-formed enough to
/// tell them apart. Byte ranges of the raw string.
struct NarrativePart {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string attribute; ///< empty for text
};
[[nodiscard]] std::vector<NarrativePart> narrativeParts(std::string_view raw);

} // namespace kamei::intake::text
