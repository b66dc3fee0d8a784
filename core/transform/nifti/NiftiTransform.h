#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::nifti {

/// The transform of "nifti": the header anew with its geometry and scale, and without any words (data_type,
/// db_name, descrip, aux_file, intent_name, unused_str, and the numbers of NIfTI-1 that nothing uses),
/// whatever was decided on them: nothing that reads volumes needs them (nifti1.h: "any text you like").
/// Extensions and what stands behind the voxels are left out. Voxels stay bit for bit, but for a face that is
/// taken off. Written without compression, so that the residual search sees every byte.
///
/// compile: as volume::FrameCuts::make. apply: as reading the source; SourceChanged; NotPossible ("deface",
/// "datatype") where voxels of the type cannot be replaced.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileNifti(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::nifti
