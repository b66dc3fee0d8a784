#pragma once

#include <optional>

#include "core/detect/genome/Judge.h"
#include "core/intake/text/TextSource.h"

namespace kamei::detect::genome {

/// Judges a table by its genotypes: SNPs (rs numbers) in a column or as names of columns, with chromosome and
/// position where there are such columns; STR markers likewise. Without positions independence cannot be
/// told, and as many SNPs as the limit are unclear. Nothing for a table without genotypes.
[[nodiscard]] std::optional<Judgement> judgeTable(const intake::text::TextSource& table);

} // namespace kamei::detect::genome
