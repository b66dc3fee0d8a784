#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/FileIo.h"
#include "core/model/Asset.h"
#include "core/model/Raster.h"
#include "core/model/Subject.h"

namespace kamei::intake {

/// Member that stands for the document inside a DICOM object: "encapsulated-document", behind the object's
/// own member name and "!/" when that lies in an archive. readContent() opens it like any member.
inline constexpr std::string_view kDocumentMember = "encapsulated-document";

/// Where bytes come from: a file, or a member of a zip archive.
struct Location {
    std::filesystem::path path;
    std::string member; ///< empty for a plain file
};

/// What recognition may look at: the first bytes (at most 4 KiB), the size, the extension (lower case, no
/// dot).
struct Sample {
    std::span<const std::byte> head;
    std::uint64_t size = 0;
    std::string_view extension;
};

/// What reading one source yields. `group` binds sources to one asset: sources with the same kind
/// and group become one asset (Series Instance UID); otherwise the source's SHA-256.
struct Description {
    model::AssetKind kind = model::AssetKind::Unreadable;
    std::string group;
    /// Of its own where it is a text or a series; else made of form and size: "Slide 4000 x 3000",
    /// "h264 320 x 240, 5.0 s", "JPEG 640 x 480", "NIfTI 96 x 96 x 60", "PDF 2 p.", "Sequences". The window
    /// puts these into its language (ui/text/TitleWords).
    std::string title;
    std::string modality;
    std::string device; ///< see model::Asset::device
    std::string facts;  ///< see model::Source::facts
    std::int64_t order = 0;
    std::int32_t frames = 0;
    model::SubjectHint subject;
    /// For tables of several people: one hint a person; `subject` is then empty.
    std::vector<model::SubjectHint> subjects;
    /// Filled when the content is well-formed but needs a person (for example an undeclared encoding).
    std::vector<base::Error> doubts;
};

/// One supported format. Adding a format means adding one row to formats() and, for what it needs,
/// a row in core/detect/Detectors.cpp and core/transform/Transforms.cpp. Recordings have more places: see
/// "Adding a format" in CONTRIBUTING.md.
struct Format {
    std::string_view id;      ///< stable word: "dicom", "csv", "scp-ecg"; all by `kamei-cli formats`
    std::string_view titleEn; ///< for `kamei-cli formats`
    std::string_view titleJa;
    std::string_view limits; ///< what is not supported of it, English, may be empty
    /// Whether the content looks like this format. The first row that says yes is taken.
    bool (*recognises)(const Sample& sample);
    /// Reads what import needs. Content errors are Malformed, Truncated, TooDeep, ...; never throws.
    base::Expected<Description> (*describe)(const Location& location, std::string_view content);
    /// False for formats that are recognised only so that they become rows with a clear reason: their
    /// describe() is UnsupportedFormat (args: id). Archives ("zip") are opened by archive::list instead.
    bool supported = true;
};

/// All formats, most specific first.
[[nodiscard]] std::span<const Format> formats();
/// The first format that recognises the sample; null when none does.
[[nodiscard]] const Format* recognise(const Sample& sample);
[[nodiscard]] const Format* formatById(std::string_view id);
/// The same with the file at hand, for what its beginning does not tell: a TIFF whose directories are those
/// of a slide. `content` is what is held of it, all of it for a member of an archive.
[[nodiscard]] const Format* recogniseFile(const Sample& sample, const Location& location,
                                          std::string_view content);

/// Largest source that is read whole into memory (DICOM pixel data excepted): 2 GiB.
inline constexpr std::uint64_t kMaxContentBytes = 2ULL << 30;

/// The bytes of a source. Fails with SourceMissing or SourceChanged (size or time differs from the stamp,
/// which for a member of an archive is that of the archive). A source without stamp (size and time 0) is not
/// compared. TooLarge above kMaxContentBytes.
[[nodiscard]] base::Expected<std::string> readContent(const model::Source& source);

/// The document inside a DICOM object that can be opened as one of its own (HL7 CDA, PDF); nothing for other
/// bytes.
[[nodiscard]] std::optional<std::string> documentInside(std::string_view object);

/// One picture of a source (frame counted from 1), decoded as stored, without overlays. Works for every
/// format with pictures (DICOM, stills, PDF, slides, video), sources and staged files alike: only path,
/// member and format of `source` are used.
[[nodiscard]] base::Expected<model::Raster> decodePicture(const model::Source& source, std::int32_t frame);

/// When each frame of a video is shown, in microseconds from the first one: of a source of format "video", or
/// a video in DICOM. Empty for pictures without times of their own.
[[nodiscard]] base::Expected<std::vector<std::int64_t>> frameTimesUs(const model::Source& source);

} // namespace kamei::intake
