#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Review.h"
#include "core/stage/ContentStore.h"
#include "core/stage/ResidualSearch.h"
#include "core/transform/Transform.h"

namespace kamei::stage {

/// A processed source. `path` exists once the batch is committed.
struct Staged {
    base::Sha256 sha256; ///< of the bytes as they were searched and handed to the medium
    std::uint64_t size = 0;
    std::filesystem::path path; ///< relative to the workspace
    std::vector<model::Residual> residuals;
    std::string notes{}; ///< of transform::Result
};

/// Applies a transform to one source, and attacks the result before the batch writes it: the bytes are hashed
/// and searched in one pass. Release reads the file again and compares. Errors: those of the transform,
/// NoSpace, IoError.
[[nodiscard]] base::Expected<Staged> stageSource(const transform::Transform& transform,
                                                 const model::Source& source, Batch& batch,
                                                 const ResidualSearch& search);

/// What one source is staged with. References outlive the call.
struct Work {
    const transform::Transform& transform;
    const model::Source& source;
    const ResidualSearch& search;
};
/// stageSource for the first of `works`: as many as are hashed side by side (base::Sha256Lanes), fewer where
/// their results are large; at least one where there is one. A result for each that was done, in order.
[[nodiscard]] std::vector<base::Expected<Staged>> stageTogether(std::span<const Work> works, Batch& batch);

/// Hashes and searches a file that is already staged (with identifiers learned later). `native` as the
/// transform told; without it pixel values are searched like all else and may hit by chance.
/// Errors: WorkspaceDamaged when the bytes no longer have the digest they are named by.
[[nodiscard]] base::Expected<std::vector<model::Residual>>
searchStaged(const std::filesystem::path& workspace, const model::StagedFile& file,
             const ResidualSearch& search, std::span<const transform::Result::Range> native = {});

/// The plan of a staged file: digest over the transform's digest and the source's. A staged file whose plan
/// differs from the present one is stale.
[[nodiscard]] base::Sha256 planDigest(const base::Sha256& transform, const base::Sha256& source);

} // namespace kamei::stage
