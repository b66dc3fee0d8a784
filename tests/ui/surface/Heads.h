#pragma once

#include <memory>

#include "core/demo/HeadPhantom.h"
#include "core/model/Volume.h"

namespace kamei::test {

/// The computed head of the demo as a volume, centred on the origin of the patient.
inline std::shared_ptr<model::Volume> headVolume(std::int32_t size, std::int32_t slices) {
    demo::HeadVolume head = demo::computeHead(size, slices);
    auto out = std::make_shared<model::Volume>();
    out->geometry.size = {size, size, slices};
    out->geometry.axes = {model::PointMm{head.spacingMm, 0, 0}, {0, head.spacingMm, 0}, {0, 0, head.sliceMm}};
    out->geometry.origin = {-head.spacingMm * size / 2, -head.spacingMm * size / 2,
                            -head.sliceMm * slices / 2};
    out->voxels = std::move(head.values);
    out->modality = "CT";
    return out;
}

} // namespace kamei::test
