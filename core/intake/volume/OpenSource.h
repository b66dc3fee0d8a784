#pragma once

#include <memory>
#include <string>

#include "core/base/Error.h"
#include "core/intake/dicom/Instance.h"
#include "core/model/Asset.h"

namespace kamei::intake::volume {

/// A DICOM source while it is open, whether a plain file or a member of an archive.
struct OpenSource {
    std::string content; ///< of a member of an archive; outlives the instance
    std::unique_ptr<dicom::Instance> instance;
};

/// SourceChanged when it is not the file that was imported; else as Instance::open and archive::readMember.
[[nodiscard]] base::Expected<std::unique_ptr<OpenSource>> openSource(const model::Source& source);

/// The bytes of a source that is no DICOM, at most 2 GiB.
[[nodiscard]] base::Expected<std::string> bytesOf(const model::Source& source);

} // namespace kamei::intake::volume
