#include <algorithm>
#include <array>

#include "core/intake/Describe.h"
#include "core/intake/Format.h"
#include "core/intake/Recognise.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/slide/SlideFormat.h"
#include "core/intake/volume/Nifti.h"

namespace kamei::intake {
namespace {

using base::ErrorCode;

base::Expected<Description> refuse(std::string_view id) {
    return base::fail(ErrorCode::UnsupportedFormat, "intake.describe", {std::string(id)});
}

/// describe() of a format that is recognised only. One function a row, because rows hold plain pointers.
template <std::size_t Size> struct Word {
    char text[Size];
    constexpr Word(const char (&from)[Size]) {
        std::copy_n(from, Size, text);
    } // NOLINT: a literal is the argument
};
template <Word Id> base::Expected<Description> refused(const Location&, std::string_view content) {
    if (content.empty()) {
        return base::fail(ErrorCode::Empty, "intake.describe");
    }
    return refuse({Id.text, sizeof(Id.text) - 1});
}

bool isEmpty(const Sample& sample) {
    return sample.size == 0;
}

constexpr std::string_view kLater = "recognised, not processed yet";

/// Most specific first: a recogniser may rely on those above it having said no.
constexpr std::array kFormats{
    Format{"empty", "Empty file", "空のファイル", "holds nothing", isEmpty, refused<"empty">, false},
    Format{"dicomdir", "DICOM directory (DICOMDIR)", "DICOMDIR（媒体の目次）",
           "left behind: the files that it lists are imported by themselves", dicom::looksLikeDirectory,
           refused<"dicomdir">, false},
    Format{"dicom", "DICOM", "DICOM",
           "encapsulated CDA and PDF are opened as documents of their own; other encapsulated documents, "
           "audio and stereo video are not",
           dicom::looksLikeDicom, dicom::describeDicom},
    Format{"jpeg", "JPEG picture", "JPEG画像", "8 bits a sample", looksLikeJpeg, describeJpeg},
    Format{"png", "PNG picture", "PNG画像", "", looksLikePng, describePng},
    Format{"slide-other", "Whole-slide image of other scanners (SCN, BIF)",
           "その他の病理スライド（SCN、BIF）",
           "tiles overlap in ways that only their readers know: export as SVS, pyramidal TIFF or DICOM",
           looksLikeOtherSlide, refused<"slide-other">, false},
    Format{"slide", "Whole-slide image (SVS, NDPI, pyramidal TIFF, OME-TIFF)",
           "病理スライド（SVS、NDPI、ピラミッドTIFF、OME-TIFF）",
           "8 and 16 bits; JPEG, JPEG 2000, LZW, Deflate, PackBits or no compression; pyramids are told from "
           "photographs by "
           "their directories",
           looksLikeSlide, slide::describeSlide},
    Format{"tiff", "TIFF picture", "TIFF画像", "integer samples; main pages only", looksLikeTiff,
           describeTiff},
    Format{"pdf", "PDF document", "PDF文書",
           "5,000 pages, none longer than 200 inches; encrypted, damaged and XFA-only ones are refused",
           looksLikePdf, describePdf},
    Format{"heif", "HEIF or AVIF picture", "HEIF・AVIF画像", "its main picture, written as PNG",
           looksLikeHeif, describeHeif},
    Format{"bmp", "BMP picture", "BMP画像", "not compressed", looksLikeBmp, describeBmp},
    Format{"video", "Video (MP4, MOV, AVI, MKV, MPEG)", "動画（MP4、MOV、AVI、MKV、MPEG）",
           "other containers (ASF, FLV) are refused; sound is removed or kept, as a whole or by time ranges "
           "that become silent",
           looksLikeVideo, describeVideo},
    Format{"image", "Other picture (GIF, WebP, JPEG 2000)", "その他の画像（GIF、WebP等）", kLater,
           looksLikeOtherImage, refused<"image">, false},
    Format{"office", "Office document", "Office文書", kLater, looksLikeOffice, refused<"office">, false},
    Format{"ole", "Office document (binary)", "Office文書（旧形式）", kLater, looksLikeOldOffice,
           refused<"ole">, false},
    Format{"zip", "zip archive", "zip書庫",
           "100,000 members, 2 GiB each, ratio 200:1, one level of archives inside", looksLikeZip,
           refused<"zip">},
    Format{"archive", "Other archive (tar, 7z, RAR, bzip2, xz)", "その他の書庫（tar、7z等）", kLater,
           looksLikeOtherArchive, refused<"archive">, false},
    Format{"vcf", "VCF variants (plain, gzip, BGZF)", "VCF（非圧縮、gzip、BGZF）",
           "text of up to 32 MiB, longer files can only be deleted; written without compression",
           looksLikeVcf, describeVcf},
    Format{"bcf", "BCF variants", "BCF", "as VCF", looksLikeBcf, describeBcf},
    Format{"sequences", "BAM, CRAM, SAM, FASTQ, FASTA, PLINK, BGEN, ABIF",
           "BAM・CRAM・SAM・FASTQ・FASTA・PLINK等", "only deleted as a whole (class 1 code)",
           looksLikeSequences, describeSequences},
    Format{"nifti", "NIfTI volume (plain, gzip)", "NIfTIボリューム（非圧縮、gzip）",
           "NIfTI-1 and NIfTI-2 in one file; voxels in a file of their own (.hdr, .img) are refused; written "
           "without "
           "compression",
           looksLikeNifti, volume::describeNifti},
    Format{"gzip", "gzip", "gzip", kLater, looksLikeGzip, refused<"gzip">, false},
    Format{"edf", "EDF, EDF+, BDF, BDF+ recording", "EDF・EDF+・BDF・BDF+（生体信号）",
           "files whose sizes do not agree or whose annotations are broken are refused", looksLikeEdf,
           describeEdf},
    Format{
        "scp-ecg", "SCP-ECG recording", "SCP-ECG（心電図）",
        "records whose sizes or checksums do not agree are refused; sections of the maker are deleted as a "
        "whole or kept",
        looksLikeScpEcg, describeScpEcg},
    Format{"mfer", "MFER recording", "MFER（医用波形）",
           "compressed definitions and bytes behind the end are refused; definitions of the maker are "
           "deleted as a "
           "whole or kept",
           looksLikeMfer, describeMfer},
    Format{"nihon-kohden-eeg", "Nihon Kohden EEG set (EEG, PNT, LOG, 21E ...)",
           "日本光電脳波計のファイル（EEG、PNT、LOG、21E等）",
           "not published, cannot be rewritten safely: export it as EDF+", looksLikeNihonKohden,
           refused<"nihon-kohden-eeg">, false},
    Format{"hl7v2", "HL7 v2 message (SS-MIX2)", "HL7 v2（SS-MIX2）",
           "segments of the site and embedded files are removed, not opened", looksLikeHl7v2, describeHl7},
    Format{"edi", "EDI message (X12, EDIFACT)", "EDI", kLater, looksLikeEdi, refused<"edi">, false},
    Format{"fhir", "FHIR R4 (JSON, NDJSON)", "FHIR R4（JSON・NDJSON）",
           "unknown extensions and attachments are removed, not opened; resources of terminology and "
           "conformance are not "
           "supported",
           looksLikeFhir, describeFhir},
    Format{"fhir-xml", "FHIR (XML)", "FHIR（XML）", kLater, looksLikeFhirXml, refused<"fhir-xml">, false},
    Format{"json", "JSON", "JSON", kLater, looksLikeJson, refused<"json">, false},
    Format{"html", "HTML", "HTML", kLater, looksLikeHtml, refused<"html">, false},
    Format{"aecg", "HL7 annotated ECG (aECG)", "HL7 aECG（心電図XML）",
           "documents that declare entities are refused", looksLikeAnnotatedEcg, describeAnnotatedEcg},
    Format{"philips-sierra-ecg", "Philips Sierra ECG (XML)", "フィリップスSierra ECG（XML）",
           "its waveforms are compressed by a method of its own: export it as aECG or DICOM",
           looksLikePhilipsEcg, refused<"philips-sierra-ecg">, false},
    Format{"ecg-xml", "Other vendors' ECG in XML (GE MUSE and others)", "その他の心電図XML（GE MUSE等）",
           kLater, looksLikeEcgXml, refused<"ecg-xml">, false},
    Format{"rtf", "Rich text", "リッチテキスト", kLater, looksLikeRtf, refused<"rtf">, false},
    Format{"mail", "E-mail", "電子メール", kLater, looksLikeMail, refused<"mail">, false},
    Format{"cda", "HL7 CDA R2 document", "HL7 CDA R2 文書", "files embedded in it are not opened",
           looksLikeCda, describeCda},
    Format{"xml", "XML document", "XML文書", "documents that declare entities are refused", looksLikeXml,
           describeXml},
    Format{"csv", "Table (CSV, TSV)", "表（CSV・TSV）", "16,384 columns", looksLikeTable, describeTable},
    Format{"text", "Plain text", "テキスト", "UTF-8, UTF-16, Shift_JIS (CP932), EUC-JP, ISO-2022-JP",
           looksLikeText, describeText},
};

} // namespace

std::span<const Format> formats() {
    return kFormats;
}

const Format* recognise(const Sample& sample) {
    const auto* const found = std::find_if(kFormats.begin(), kFormats.end(),
                                           [&](const Format& row) { return row.recognises(sample); });
    return found == kFormats.end() ? nullptr : &*found;
}

const Format* recogniseFile(const Sample& sample, const Location& location, std::string_view content) {
    const Format* const found = recognise(sample);
    return found != nullptr && found->id == "tiff" && slide::isSlideFile(location, content)
               ? formatById("slide")
               : found;
}

const Format* formatById(std::string_view id) {
    const auto* const found =
        std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& row) { return row.id == id; });
    return found == kFormats.end() ? nullptr : &*found;
}

} // namespace kamei::intake
