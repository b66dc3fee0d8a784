#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "core/detect/volume/Head.h"
#include "core/job/Looking.h"
#include "ui/views/surface/Surface.h"

namespace kamei::ui::views::surface {

/// A head ready to be looked at.
struct HeadData {
    std::shared_ptr<const model::Volume> volume;
    std::shared_ptr<const SurfaceSource> source;
    std::optional<detect::volume::Head> head; ///< none was found: nothing is left out
    Stance stance;
    double skin = 0;            ///< threshold to begin with
    std::optional<double> bone; ///< threshold of what is seen inside; none but for CT
};
/// Reads the volume of an asset, from its sources or its staged files. Takes seconds: off the GUI thread.
[[nodiscard]] base::Expected<HeadData> readHead(job::Session& session, base::AssetId asset, job::Side side,
                                                std::stop_token stop);
/// The same head with other voxels (after a removal): same stance, same threshold.
[[nodiscard]] HeadData withVoxels(const HeadData& head, std::shared_ptr<const model::Volume> volume);

} // namespace kamei::ui::views::surface
