#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kamei::detect::genome {

/// Guideline 4.5.2 (Guidelines on the Act, General Rules 2-2; Cabinet Order article 1, item 1, i): class 1
/// codes are whole genome, whole exome and genome-wide SNP data, sequence data of 40 or more mutually
/// independent SNPs, and 9 or more loci of 4-base STR.
inline constexpr std::int64_t kSnpLimit = 40;
inline constexpr std::int64_t kStrLimit = 9;
/// The guideline does not say when SNPs are independent. Here: on different chromosomes, or this many base
/// pairs apart, which is less than what the literature prunes with, so that rather too many count than too
/// few; or where the file states their r2 with their neighbour, below kIndependentR2 whatever the distance.
inline constexpr std::int64_t kIndependentBp = 100'000;
inline constexpr double kIndependentR2 = 0.2;
/// Reference bases stated for a person from which a file counts as sequence data of the whole genome or exome
/// (an exome has some 30 million).
inline constexpr std::int64_t kReferenceBp = 1'000'000;

enum class Verdict {
    Class1,
    Unclear, ///< as many as the limit, but SNPs not independent, STR not of 4 bases, or no SNPs: a person
             ///< judges
    Other,
};

/// What was counted, and what follows from it.
struct Judgement {
    Verdict verdict = Verdict::Class1;
    /// Stable word: "independent-snps" "str-loci" "reference-span" "size" "sequence-data" "many-snps"
    /// "many-loci" "many-variants" "few".
    std::string reason;
    std::int64_t records = 0;
    std::int64_t snps = 0;        ///< sites with a genotype
    std::int64_t independent = 0; ///< of them, and of reference blocks
    std::int64_t chromosomes = 0; ///< on which they lie
    std::int64_t withLd = 0;      ///< sites whose r2 the file states
    std::int64_t strLoci = 0;     ///< of 4 bases
    std::int64_t otherLoci = 0;   ///< STR of other periods
    std::int64_t variants = 0;    ///< independent of each other, of every kind
    std::int64_t referenceBp = 0; ///< in blocks of reference bases
};

/// Judges VCF text; `whole` false: the file goes on, and no file that long is anything but a class 1 code.
[[nodiscard]] Judgement judge(std::string_view vcf, bool whole);
/// Reads and files of sequences: always a class 1 code.
[[nodiscard]] Judgement sequenceData();
/// Fills in verdict and reason from what was counted.
void conclude(Judgement& judgement);

/// {"judgement":{...}}: for model::Finding::detail.
[[nodiscard]] std::string toJson(const Judgement& judgement);
/// One line in both languages: for model::Finding::text.
[[nodiscard]] std::string summary(const Judgement& judgement);
[[nodiscard]] std::string_view word(Verdict verdict); ///< "class1" "unclear" "other"

} // namespace kamei::detect::genome
