#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/detect/attribute/Survey.h"
#include "core/detect/known/Matcher.h"
#include "core/detect/text/TextDetector.h"
#include "core/model/Finding.h"
#include "core/model/Subject.h"

namespace kamei::detect::attribute {

/// What the text detector says of all values of one attribute.
struct TextReading {
    std::string detail; ///< Finding::detail: {"clean":[...]}, one entry for each value, with or without spans
    std::vector<text::Span> spans; ///< of all values; offsets are of their own value
    std::string firstHit;          ///< the first value that has a span
};

/// Known identifiers, and what searches for them.
struct KnownSearch {
    std::span<const model::KnownIdentifier> identifiers;
    const known::Matcher& matcher;
};

/// Reads the values of a free-text attribute. Values that are the same in several instances are read once.
/// A span that holds a known identifier says so in its source ("known.phone"), whatever rule has won there.
[[nodiscard]] TextReading readTexts(const AttributeNode& node, const text::TextDetector& detector,
                                    const KnownSearch& known);

/// First 2,000 code points, as Finding::text wants.
[[nodiscard]] std::string shortened(std::string_view utf8);

} // namespace kamei::detect::attribute
