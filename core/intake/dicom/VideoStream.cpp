#include "core/intake/dicom/VideoStream.h"

#include <array>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.dicom.video";
constexpr std::string_view kVideo = "1.2.840.10008.1.2.4.10";
constexpr std::string_view kOverIp = "1.2.840.10008.1.2.7.";
constexpr std::string_view kStereo = "1.2.840.10008.1.2.4.106";

} // namespace

bool isVideoSyntax(std::string_view uid) {
    if (uid.starts_with(kOverIp)) {
        return true;
    }
    if (!uid.starts_with(kVideo)) {
        return false;
    }
    const std::string_view rest = uid.substr(kVideo.size());
    return !rest.empty() && rest[0] >= '0' && rest[0] <= '8' && (rest.size() == 1 || rest.substr(1) == ".1");
}

bool holdsVideo(const Instance& instance) {
    const std::string& syntax = instance.transferSyntax();
    return isVideoSyntax(syntax) && !syntax.starts_with(kOverIp) && !syntax.starts_with(kStereo) &&
           instance.pixels() && instance.pixels()->encapsulated;
}

base::Expected<video::Bytes> videoBytes(const Instance& instance, const std::filesystem::path& path) {
    const auto& fragments = instance.fragments();
    if (fragments.size() < 2) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    if (!path.empty()) {
        std::vector<video::Bytes::Range> ranges;
        for (std::size_t i = 1; i < fragments.size(); ++i) {
            ranges.push_back({fragments[i].offset, fragments[i].length});
        }
        return video::Bytes::ofRanges(path, std::move(ranges));
    }
    std::string out;
    for (std::size_t i = 1; i < fragments.size(); ++i) {
        const std::size_t at = out.size();
        out.resize(at + static_cast<std::size_t>(fragments[i].length));
        if (auto got = instance.read(fragments[i].offset,
                                     std::as_writable_bytes(std::span(out.data() + at, out.size() - at)));
            !got) {
            return tl::unexpected(got.error());
        }
    }
    return video::Bytes::ofMemory(std::move(out));
}

std::string videoName(const std::filesystem::path& path, const std::string& member) {
    return member.empty() && !path.empty() ? path.string() + "\nvideo" : std::string();
}

} // namespace kamei::intake::dicom
