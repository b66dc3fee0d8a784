#include "core/intake/volume/OpenSource.h"

#include <span>

#include "core/base/FileIo.h"
#include "core/intake/archive/Archive.h"

namespace kamei::intake::volume {
namespace {

constexpr std::string_view kPlace = "intake.volume.open";
constexpr std::uint64_t kMostBytes = 2ULL << 30;

base::Expected<void> checkStamp(const model::Source& source) {
    if (source.stamp == base::FileStamp{}) {
        return {};
    }
    const auto stamp = base::fileStamp(source.path);
    if (!stamp) {
        return tl::unexpected(stamp.error());
    }
    return *stamp == source.stamp ? base::Expected<void>()
                                  : base::fail(base::ErrorCode::SourceChanged, kPlace);
}

} // namespace

base::Expected<std::string> bytesOf(const model::Source& source) {
    if (auto same = checkStamp(source); !same) {
        return tl::unexpected(same.error());
    }
    return source.member.empty() ? base::readFile(source.path, kMostBytes)
                                 : archive::readMember(source.path, source.member, kMostBytes);
}

base::Expected<std::unique_ptr<OpenSource>> openSource(const model::Source& source) {
    if (auto same = checkStamp(source); !same) {
        return tl::unexpected(same.error());
    }
    auto out = std::make_unique<OpenSource>();
    if (!source.member.empty()) {
        auto content = archive::readMember(source.path, source.member, kMostBytes);
        if (!content) {
            return tl::unexpected(content.error());
        }
        out->content = std::move(*content);
    }
    auto instance = source.member.empty() ? dicom::Instance::open(source.path)
                                          : dicom::Instance::ofMemory(std::as_bytes(std::span(out->content)));
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    out->instance = std::make_unique<dicom::Instance>(std::move(*instance));
    return out;
}

} // namespace kamei::intake::volume
