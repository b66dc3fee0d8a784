#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/intake/text/Segment.h"

namespace kamei::intake::text {

/// Content as written: `length` bytes that mean `value` and, where one escape stands for several characters
/// (HL7 \X..\), the `rest`. Length 0: not a valid escape.
struct Written {
    char32_t value = 0;
    std::size_t length = 0;
    std::int64_t count = 1; ///< code points that it means; 0 for what only formats (HL7 \H\)
    std::u32string rest;
};

/// The character that begins at `byte` of raw content. XML: the five predefined entities and numeric
/// references (XML 1.0, 4.1 and 4.6); quoted table cells: a doubled quote; HL7 v2: 2.7; JSON: RFC 8259 7;
/// else one code point.
[[nodiscard]] Written writtenAt(std::string_view raw, std::size_t byte, Escaping escaping,
                                const Spelling& spelling = {});

/// Whether an escape, which is ASCII, stands there rather than a character that means itself.
[[nodiscard]] bool isEscape(const Written& written, std::string_view raw, std::size_t byte);

/// Raw content with escapes resolved.
[[nodiscard]] std::string unescape(std::string_view raw, Escaping escaping, const Spelling& spelling = {});
/// Content as it must be written. XML: safe in text and in attribute values with either quote.
[[nodiscard]] std::string escape(std::string_view content, Escaping escaping, const Spelling& spelling = {});

/// HL7 v2.5 2.7: the escape that begins at `byte`; length 0 when none that can be read does.
[[nodiscard]] Written hl7EscapeAt(std::string_view raw, std::size_t byte, const Spelling& spelling);
/// Whether content holds an escape whose meaning is not known here: \C..\, \M..\ (other character sets),
/// \Z..\ of the site, \X..\ with bytes that are no text.
[[nodiscard]] bool hasUnreadableHl7Escape(std::string_view raw, const Spelling& spelling);
[[nodiscard]] std::string escapeHl7(std::string_view content, const Spelling& spelling);

/// RFC 8259 7: the escape at `byte`; length 0 when it is none, or one half of a surrogate pair.
[[nodiscard]] Written jsonEscapeAt(std::string_view raw, std::size_t byte);
[[nodiscard]] std::string escapeJson(std::string_view content, const Spelling& spelling);

} // namespace kamei::intake::text
