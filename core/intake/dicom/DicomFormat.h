#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/Error.h"
#include "core/intake/Format.h"
#include "core/intake/dicom/Instance.h"
#include "core/model/Asset.h"
#include "core/model/Raster.h"

namespace kamei::intake::dicom {

/// The format row "dicom" of intake::formats() is made of these functions.

/// Whether the bytes are a DICOM file by content: "DICM" at 128 (PS3.10 7.1), or, without preamble, a
/// plausible run of elements beginning in group 0002 or 0008. The name plays no part.
[[nodiscard]] bool looksLikeDicom(const Sample& sample);

/// Whether the file meta group names Media Storage Directory Storage: an index of files that are imported by
/// themselves (PS3.10 2024b 8.6). It is never processed: its records repeat names and numbers of every person
/// on the medium, and name files that no longer are what they were.
[[nodiscard]] bool looksLikeDirectory(const Sample& sample);

/// Reads the header up to the pixel data. `content` may be the whole file or its beginning; for a plain
/// file of which only the beginning is given, the size is asked of the file system.
/// Truncated: an element or the native pixel data ends behind the file. Malformed: lengths or tags that
/// no reading explains. TooDeep: more than 64 levels of sequences. Only the header's soundness is
/// judged: pixel data that cannot be decoded is found when it is.
[[nodiscard]] base::Expected<Description> describeDicom(const Location& location, std::string_view content);

/// One frame (from 1) as grey or RGB, with Modality LUT and VOI window of the header. PALETTE COLOR and
/// all YBR forms become RGB; MONOCHROME1 sets `invert`. Overlays are not drawn.
/// NotPossible when the instance has no such frame; UnsupportedTransferSyntax for unknown ones.
/// Frames of video are decoded from its stream (video::decodeVideoFrame).
[[nodiscard]] base::Expected<model::Raster> decodeDicomPicture(const model::Source& source,
                                                               std::int32_t frame);
/// The same from bytes in memory (members of archives, staged bytes).
[[nodiscard]] base::Expected<model::Raster> decodeDicomPicture(std::span<const std::byte> content,
                                                               std::int32_t frame);

/// The same of an instance that is open already: for many frames of one. `path`: of the file that it was opened
/// from, so that a stream of video in it stays open; empty for an instance in memory.
[[nodiscard]] base::Expected<model::Raster> decodeDicomPicture(const Instance& instance, std::int32_t frame,
                                                               const std::filesystem::path& path = {});

} // namespace kamei::intake::dicom
