#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake::genome {

/// How the records of a variant file are stored.
enum class Container { Plain, Gzip, Bcf };

/// Most bytes of text that are read of a variant file; what is longer is never anything but a class 1 code.
inline constexpr std::size_t kMostText = std::size_t{32} << 20;

/// A variant file as text (VCF 4.x, hts-specs): header lines, then one line a record. Of BCF (hts-specs BCF2)
/// the header as it is stored and the records as htslib writes them. Parts (text::Segment), by role:
///
///   patient.id       a sample's name, in the column line and in ##SAMPLE and ##PEDIGREE; `column`: of the
///                    sample, from 0, in the column line, else -1
///   document.date    ##fileDate and the like
///   vcf.software     ##source
///   vcf.path         the folder in ##reference and ##assembly
///   vcf.unknown      values of header lines whose meaning the specification does not fix (command lines,
///                    contacts, metadata of samples)
///   text             descriptions
///   structure        identifiers and types of the format; names of samples that name nobody (TUMOR)
///   record           a record, as a whole line
struct Variants {
    text::TextSource text;
    Container container = Container::Plain;
    bool whole = true; ///< false: longer than kMostText, only the beginning is in `text`
};

/// Malformed without the column line (#CHROM ...) or with a broken record of BCF, Truncated, TooLarge (header
/// longer than kMostText), UnsupportedEncoding.
[[nodiscard]] base::Expected<Variants> open(std::string bytes);

/// The parts of a VCF text, see Variants.
[[nodiscard]] std::vector<text::Segment> vcfSegments(std::string_view utf8);
/// Whether a sample's name only tells its part in an analysis (TUMOR, mother, sample1).
[[nodiscard]] bool isGenericSample(std::string_view name);

/// The text with the replacements: as VCF text, for a gzip file too (what is compressed could not be searched
/// for identifiers before release), and for BCF as uncompressed BCF, read back and compared with what was
/// meant, record for record. NotPossible (args: "size") when the file was not read as a whole.
[[nodiscard]] base::Expected<std::string> rewrite(std::string_view original, const Variants& variants,
                                                  std::vector<text::TextSource::Replacement> replacements);

} // namespace kamei::intake::genome
