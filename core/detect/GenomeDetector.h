#pragma once

#include <span>

#include "core/detect/Detector.h"
#include "core/detect/genome/Judge.h"

namespace kamei::detect {

/// Variant files (VCF, BCF): one finding on the file as a whole with how it was judged (Guideline 4.5.2), and
/// what the header and the records say of persons, places, times and programs, processed as physiology
/// (5.5, 5.3.3).
[[nodiscard]] base::Expected<Detection>
detectVariants(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// Reads and sequences (BAM, CRAM, SAM, FASTQ, FASTA, BED of PLINK): a class 1 code, deleted as a whole.
[[nodiscard]] base::Expected<Detection>
detectSequences(const model::Asset& asset, std::span<const model::Source> sources, const Context& context);

/// The finding on an asset with genotypes: genetic.class1, to be deleted, where it is a class 1 code or may
/// be one (then with confidence 0.5); else genetic.other, which states what was counted.
[[nodiscard]] model::Finding genotypeFinding(const genome::Judgement& judgement, const Context& context);

} // namespace kamei::detect
