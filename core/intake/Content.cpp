#include "core/base/FileIo.h"
#include "core/intake/Format.h"
#include "core/intake/archive/Archive.h"

namespace kamei::intake {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.content";

base::Error asSourceError(base::Error error) {
    if (error.code == ErrorCode::NotFound || error.code == ErrorCode::NotRegularFile) {
        error.code = ErrorCode::SourceMissing;
    } else if (error.code == ErrorCode::PermissionDenied) {
        error.code = ErrorCode::NotReadable;
    }
    return error;
}

/// Fails unless the file is still the one that was imported.
base::Expected<void> checkStamp(const model::Source& source) {
    const auto stamp = base::fileStamp(source.path);
    if (!stamp) {
        return tl::unexpected(asSourceError(stamp.error()));
    }
    if (source.stamp != base::FileStamp{} && *stamp != source.stamp) {
        return base::fail(ErrorCode::SourceChanged, kPlace);
    }
    return {};
}

} // namespace

base::Expected<std::string> readContent(const model::Source& source) {
    if (auto same = checkStamp(source); !same) {
        return tl::unexpected(same.error());
    }
    auto content = source.member.empty() ? base::readFile(source.path, kMaxContentBytes)
                                         : archive::readMember(source.path, source.member, kMaxContentBytes);
    if (!content) {
        return tl::unexpected(asSourceError(content.error()));
    }
    // Asked again: the file may have been replaced while it was read.
    if (auto same = checkStamp(source); !same) {
        return tl::unexpected(same.error());
    }
    return content;
}

} // namespace kamei::intake
