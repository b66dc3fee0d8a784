#include <optional>
#include <utility>

#include "core/base/FileIo.h"
#include "core/intake/Format.h"
#include "core/intake/archive/Archive.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/dicom/Unopened.h"

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

/// The member of the object that holds a document; nothing when the name is that of no such document.
std::optional<std::string> holderOf(std::string_view member) {
    constexpr std::string_view kBehind = "!/";
    if (!member.ends_with(kDocumentMember)) {
        return std::nullopt;
    }
    member.remove_suffix(kDocumentMember.size());
    if (!member.empty() && !member.ends_with(kBehind)) {
        return std::nullopt;
    }
    member.remove_suffix(member.empty() ? 0 : kBehind.size());
    return std::string(member);
}

base::Expected<std::string> readPlace(const std::filesystem::path& path, const std::string& member) {
    if (member.empty()) {
        return base::readFile(path, kMaxContentBytes);
    }
    if (const auto holder = holderOf(member)) {
        auto object = readPlace(path, *holder);
        if (!object) {
            return object;
        }
        if (auto document = documentInside(*object)) {
            return std::move(*document);
        }
    }
    return archive::readMember(path, member, kMaxContentBytes);
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

std::optional<std::string> documentInside(std::string_view object) {
    const auto instance = dicom::Instance::ofMemory(std::as_bytes(std::span(object.data(), object.size())));
    return instance ? dicom::documentInside(*instance) : std::nullopt;
}

base::Expected<std::string> readContent(const model::Source& source) {
    if (auto same = checkStamp(source); !same) {
        return tl::unexpected(same.error());
    }
    auto content = readPlace(source.path, source.member);
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
