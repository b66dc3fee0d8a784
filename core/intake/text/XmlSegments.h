#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {

/// Deepest nesting of elements that is read.
inline constexpr std::size_t kMaxXmlDepth = 256;
/// Most parts an XML document may have.
inline constexpr std::size_t kMaxXmlSegments = 8'000'000;

/// An element that is open while a document is read; names without namespace prefix.
struct XmlElement {
    std::string_view qualifiedName;
    std::string_view name;
    std::string_view use;            ///< HL7 v3 name and address use
    std::string_view classCode;      ///< HL7 v3 role class
    std::string_view typeCode;       ///< HL7 v3 participation type
    std::string_view representation; ///< "B64" for base64 content
    bool hasExtension = false;       ///< HL7 v3 II: the root is then only the issuer
    bool hasUnit = false;            ///< HL7 v3 PQ: a quantity, no moment
    bool hasNullFlavor = false;      ///< HL7 v3: says already that it has no value
    std::int64_t tag = -1;           ///< Segment::tag
    std::size_t pathLength = 0;      ///< length of the path before this element
};

/// Text nodes, attribute values, comments and processing instructions of a well-formed document in order,
/// with roles when `cda`. Entities other than the predefined ones are refused (EntityRefused), so are
/// documents that declare any; nothing outside the document is ever read. TooDeep above kMaxXmlDepth,
/// Truncated, Malformed.
[[nodiscard]] base::Expected<std::vector<Segment>> xmlSegments(std::string_view utf8, bool cda);

/// The encoding that an XML declaration or text declaration names; empty when there is none.
[[nodiscard]] std::string_view declaredXmlEncoding(std::string_view head);

/// Role of a text node (attribute empty) or attribute value of the innermost open element, by the header
/// and body of HL7 CDA R2 (chapter 4.2); see Segment::role.
[[nodiscard]] std::string_view cdaRole(const std::vector<XmlElement>& open, std::string_view attribute,
                                       std::string_view value);

} // namespace kamei::intake::text
