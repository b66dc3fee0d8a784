#pragma once

#include <string>

#include "core/intake/Format.h"

namespace kamei::intake {

// Recognition by content, one function a format; see Format::recognises.
[[nodiscard]] bool looksLikeJpeg(const Sample& sample);
[[nodiscard]] bool looksLikePng(const Sample& sample);
[[nodiscard]] bool looksLikeBmp(const Sample& sample);
[[nodiscard]] bool looksLikeTiff(const Sample& sample);
[[nodiscard]] bool looksLikeSlide(const Sample& sample);      ///< TIFF of a whole-slide scanner
[[nodiscard]] bool looksLikeOtherSlide(const Sample& sample); ///< of Leica and Ventana
[[nodiscard]] bool looksLikeCda(const Sample& sample);
[[nodiscard]] bool looksLikeXml(const Sample& sample);
[[nodiscard]] bool looksLikeTable(const Sample& sample);
[[nodiscard]] bool looksLikeText(const Sample& sample);
[[nodiscard]] bool looksLikeZip(const Sample& sample);

// Documents, recordings, genes, volumes and films; some are recognised only to be refused with the reason
// (Format::supported).
[[nodiscard]] bool looksLikeOffice(const Sample& sample);
[[nodiscard]] bool looksLikeOldOffice(const Sample& sample);
[[nodiscard]] bool looksLikePdf(const Sample& sample);
[[nodiscard]] bool looksLikeVideo(const Sample& sample);
[[nodiscard]] bool looksLikeHeif(const Sample& sample);
[[nodiscard]] bool looksLikeOtherImage(const Sample& sample); ///< GIF, WebP, JPEG 2000
[[nodiscard]] bool looksLikeNifti(const Sample& sample);
[[nodiscard]] bool looksLikeGzip(const Sample& sample);
[[nodiscard]] bool looksLikeOtherArchive(const Sample& sample); ///< tar, 7z, RAR, bzip2, xz
[[nodiscard]] bool looksLikeVcf(const Sample& sample);          ///< plain, gzip or BGZF
[[nodiscard]] bool looksLikeBcf(const Sample& sample);
[[nodiscard]] bool looksLikeSequences(const Sample& sample); ///< BAM, CRAM, SAM, FASTQ, FASTA, PLINK, ABIF
[[nodiscard]] bool looksLikeEdf(const Sample& sample);
[[nodiscard]] bool looksLikeScpEcg(const Sample& sample);
[[nodiscard]] bool looksLikeMfer(const Sample& sample);
[[nodiscard]] bool looksLikeNihonKohden(const Sample& sample);
[[nodiscard]] bool looksLikeHl7v2(const Sample& sample);
[[nodiscard]] bool looksLikeFhir(const Sample& sample); ///< JSON
[[nodiscard]] bool looksLikeFhirXml(const Sample& sample);
[[nodiscard]] bool looksLikeJson(const Sample& sample);
[[nodiscard]] bool looksLikeAnnotatedEcg(const Sample& sample); ///< HL7 aECG
[[nodiscard]] bool looksLikePhilipsEcg(const Sample& sample);   ///< Sierra ECG
[[nodiscard]] bool looksLikeEcgXml(const Sample& sample);       ///< other vendors' ECG in XML
[[nodiscard]] bool looksLikeHtml(const Sample& sample);
[[nodiscard]] bool looksLikeRtf(const Sample& sample);
[[nodiscard]] bool looksLikeEdi(const Sample& sample); ///< ANSI X12, EDIFACT
[[nodiscard]] bool looksLikeMail(const Sample& sample);

} // namespace kamei::intake
