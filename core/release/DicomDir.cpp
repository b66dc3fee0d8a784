#include "core/release/DicomDir.h"

#include <mutex>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcddirif.h>
#include <dcmtk/oflog/oflog.h>

#include "core/release/Layout.h"

namespace kamei::release {
namespace {

constexpr std::string_view kPlace = "release.dicomdir";
constexpr const char* kFileSetId = "KAMEI";

} // namespace

base::Expected<std::int64_t> writeDicomDir(const std::filesystem::path& root,
                                           std::span<const std::string> files) {
    static std::once_flag silenced;
    std::call_once(silenced, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); }); // its words may hold values
    DicomDirInterface directory;
    directory.disableBackupMode();
    // Every kind of object and transfer syntax that the release holds is listed: no medium's profile is
    // claimed.
    directory.disableEncodingCheck();
    directory.disableResolutionCheck();
    directory.disableTransferSyntaxCheck();
    directory.disableConsistencyCheck();
    directory.enableRetiredSOPClassSupport();
    directory.enableInventMode();
    const std::filesystem::path path = root / kDirectoryName;
    if (directory
            .createNewDicomDir(DicomDirInterface::AP_GeneralPurpose, OFFilename(path.c_str()), kFileSetId)
            .bad()) {
        return base::fail(base::ErrorCode::IoError, kPlace);
    }
    const OFFilename folder(root.c_str());
    std::int64_t unlisted = 0;
    for (const std::string& file : files) {
        unlisted += directory.addDicomFile(OFFilename(file.c_str()), folder).bad() ? 1 : 0;
    }
    if (unlisted == static_cast<std::int64_t>(files.size())) {
        return base::fail(base::ErrorCode::NotPossible, kPlace, {"dicomdir"});
    }
    if (directory.writeDicomDir(EET_ExplicitLength, EGL_withoutGL).bad()) {
        return base::fail(base::ErrorCode::IoError, kPlace);
    }
    return unlisted;
}

} // namespace kamei::release
