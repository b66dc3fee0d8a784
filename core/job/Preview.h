#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Looking.h"
#include "core/job/Session.h"
#include "core/model/Asset.h"
#include "core/transform/Transform.h"

namespace kamei::job {

/// An asset with its present decisions compiled as staging would, and what the transform refers to.
struct Compiled {
    model::Asset asset;
    model::Policy policy;
    transform::pseudonym::Key key;
    model::Subject subject;
    std::vector<model::Source> sources;   ///< all of the asset, in order
    std::vector<model::Subject> cohort;   ///< see cohortOf()
    std::vector<model::Finding> findings; ///< as staging carries them out, see asStaged()
    std::unique_ptr<transform::Transform> transform;
};

/// For sources of one format of the asset. UnsupportedFormat when it cannot be processed; NotPossible after
/// the key was destroyed.
[[nodiscard]] base::Expected<std::unique_ptr<Compiled>>
compileFor(Session& session, const model::Asset& asset, const std::string& format);

/// The attributes of a DICOM source before and after a compiled transform, tied to the findings.
[[nodiscard]] base::Expected<std::vector<AttributeLine>>
linesOf(const model::Source& source, const transform::Transform& transform,
        const std::vector<model::Finding>& findings);

/// The processed bytes of a source, in memory.
[[nodiscard]] base::Expected<std::string> previewBytes(const Compiled& compiled, const model::Source& source);

} // namespace kamei::job
