#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/text/tagger/Tagging.h"

namespace kamei::detect::text::training {

using namespace tagger; // what is trained

/// A line of words with the states that the annotation gives them.
struct Example {
    TagLine words;
    std::vector<std::uint8_t> states;
};

/// An annotated document as the tagger sees it, behind the rules.
struct Document {
    std::string origin; ///< what stands before '#' in its id: the document that it is a variant of
    std::vector<Example> lines;
};

/// Reads annotated documents (JSON Lines: id, text, spans, known) and runs the rules on them. The identifiers
/// of `known` are given to the rules in every other document only, so that the model learns to do without.
[[nodiscard]] base::Expected<std::vector<Document>>
readCorpus(const std::vector<std::filesystem::path>& files);

} // namespace kamei::detect::text::training
