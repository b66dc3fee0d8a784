#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/video/Bytes.h"

namespace kamei::intake::dicom {

/// MPEG-2, MPEG-4 AVC/H.264 and HEVC/H.265, fragmentable or not (PS3.5 2024b 8.2.5 to 8.2.13, A.4.5 to
/// A.4.10), and SMPTE ST 2110 (A.7), which no file holds.
[[nodiscard]] bool isVideoSyntax(std::string_view uid);
/// Whether the pixel data of an instance are one stream of video that can be opened here. Stereo (MVC) is
/// not: half of it would not be looked at.
[[nodiscard]] bool holdsVideo(const Instance& instance);
/// The stream: all fragments behind the offset table, joined (PS3.5 8.2.5). `path`: of the file that the
/// instance was opened from; empty for one in memory, whose stream is copied. Truncated when there is none.
[[nodiscard]] base::Expected<video::Bytes> videoBytes(const Instance& instance,
                                                      const std::filesystem::path& path);
/// Name under which the stream of a file stays open (video::decodeVideoFrame); empty for a member of an
/// archive.
[[nodiscard]] std::string videoName(const std::filesystem::path& path, const std::string& member);

} // namespace kamei::intake::dicom
