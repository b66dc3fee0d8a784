#pragma once

#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake {

/// What a person reads of a text-like source, and what its findings count in: the decoded file of text,
/// tables and documents, the page of a recording (signal::Page), the text of a variant file
/// (genome::Variants). Of sequences (BAM, FASTQ ...) nothing is shown: a text that says so.
[[nodiscard]] base::Expected<text::TextSource> readShown(std::string bytes, std::string_view format);

} // namespace kamei::intake
