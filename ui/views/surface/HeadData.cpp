#include "ui/views/surface/HeadData.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/job/Faces.h"

namespace kamei::ui::views::surface {
namespace {

constexpr double kBoneHu = 300;
constexpr double kAroundMm = 8; ///< kept around the head: hair, ears, nose
constexpr double kDeepMm = 14;  ///< what lies deeper below the skin is not drawn

/// The cells of the head's grid with what lies near it, without what lies deep inside.
Keep keepOf(const detect::volume::Head& head, bool dropDeep) {
    const auto& size = head.grid.size;
    std::array<int, 3> near{};
    std::array<int, 3> deep{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& axis = head.grid.axes[i];
        const double step = std::max(std::hypot(axis[0], axis[1], axis[2]), 0.1);
        near[i] = static_cast<int>(std::ceil(kAroundMm / step));
        deep[i] = std::max(1, static_cast<int>(std::ceil(kDeepMm / step)));
    }
    // Along one axis after the other: the largest and the smallest value within a distance.
    const auto spread = [&](std::vector<std::uint8_t> cells, const std::array<int, 3>& reach, bool most) {
        const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(size[0]),
                                                static_cast<std::size_t>(size[0]) *
                                                    static_cast<std::size_t>(size[1])};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const std::vector<std::uint8_t> from = cells;
            for (std::size_t at = 0; at < cells.size(); ++at) {
                const int here = static_cast<int>(at / stride[axis]) % size[axis];
                std::uint8_t value = from[at];
                for (int d = -reach[axis]; d <= reach[axis]; ++d) {
                    const bool inside = here + d >= 0 && here + d < size[axis];
                    const std::uint8_t other =
                        inside ? from[at + static_cast<std::size_t>(d) * stride[axis]] : std::uint8_t{0};
                    value = most ? std::max(value, other) : std::min(value, other);
                }
                cells[at] = value;
            }
        }
        return cells;
    };
    Keep keep{head.grid, spread(head.mask, near, true)};
    if (dropDeep) {
        const auto inner = spread(head.mask, deep, false);
        for (std::size_t at = 0; at < inner.size(); ++at) {
            keep.cells[at] = keep.cells[at] != 0 && inner[at] == 0 ? 1 : 0;
        }
    }
    return keep;
}

} // namespace

base::Expected<HeadData> readHead(job::Session& session, base::AssetId asset, job::Side side,
                                  std::stop_token stop) {
    auto volume = side == job::Side::Before ? job::volumeOf(session, asset, stop)
                                            : job::stagedVolumeOf(session, asset, stop);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    HeadData out;
    out.volume = std::move(*volume);
    const auto& size = out.volume->geometry.size;
    std::optional<Keep> keep;
    if (auto head = detect::volume::findHead(*out.volume, stop)) {
        keep = keepOf(*head, true);
        out.stance.front = head->front;
        out.stance.up = head->up;
        out.skin = head->skinThreshold;
        out.head = std::move(*head);
    } else if (head.error().code == base::ErrorCode::Cancelled) {
        return tl::unexpected(head.error());
    }
    out.source = std::make_shared<SurfaceSource>(out.volume, std::move(keep));
    const auto [low, high] = out.source->range();
    if (!out.head) {
        out.skin = out.volume->modality == "CT" ? -300 : low + (high - low) * 0.12;
    }
    if (out.volume->modality == "CT") {
        out.bone = kBoneHu;
    }
    // The box around what is shown; where nothing is, around the volume.
    const auto surface = out.source->surface(out.skin, Detail::Coarse, stop);
    if (surface && surface->triangles() > 0) {
        out.stance.low = surface->low();
        out.stance.high = surface->high();
    } else {
        out.stance.low = out.volume->geometry.origin;
        out.stance.high = out.volume->geometry.at(size[0], size[1], size[2]);
    }
    return out;
}

HeadData withVoxels(const HeadData& head, std::shared_ptr<const model::Volume> volume) {
    HeadData out = head;
    out.volume = std::move(volume);
    // What lay deep is the new surface where the face was taken.
    out.source = std::make_shared<SurfaceSource>(
        out.volume, head.head ? std::optional(keepOf(*head.head, false)) : std::nullopt);
    return out;
}

} // namespace kamei::ui::views::surface
