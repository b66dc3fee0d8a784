#include "core/transform/volume/FrameCuts.h"

#include <algorithm>
#include <cmath>

namespace kamei::transform::volume {
namespace {

using intake::volume::Listing;
using intake::volume::SlicePlace;

using base::ErrorCode;

constexpr std::string_view kPlace = "transform.volume";
/// Part of every digest: raised when the same mask gives other bytes.
constexpr std::string_view kVersion = "face-2";
/// How far places from two headers may lie apart and be the same, in voxels.
constexpr double kSame = 0.02;

base::Error refused(std::string_view why) {
    return {ErrorCode::NotPossible, {"deface", std::string(why)}, std::string(kPlace)};
}

double length(const model::PointMm& way) {
    return std::hypot(way[0], way[1], way[2]);
}

/// A slice's own thickness along its normal, or that of its stack's steps where those are wider.
model::PointMm thicker(const model::PointMm& own, const model::PointMm& step) {
    const double thickness = length(own);
    const double along =
        thickness > 0 ? std::abs(own[0] * step[0] + own[1] * step[1] + own[2] * step[2]) / thickness : 0;
    if (!(along > thickness)) {
        return own;
    }
    return {own[0] * along / thickness, own[1] * along / thickness, own[2] * along / thickness};
}

/// One frame with the room that it stands for: a slice thinner than the steps of its stack stands for what
/// lies between, too.
model::VolumeGeometry frameGeometry(const SlicePlace& at, const Listing& listing) {
    model::VolumeGeometry out = at.geometry;
    if (at.volume >= 0 && static_cast<std::size_t>(at.volume) < listing.volumes.size()) {
        const auto& step = listing.volumes[static_cast<std::size_t>(at.volume)].geometry.axes[2];
        out.axes[2] = thicker(out.axes[2], step);
    }
    return out;
}

/// The slice of the mask that a frame is; -1: none.
std::int32_t ownSlice(const model::VolumeGeometry& mask, const model::VolumeGeometry& frame) {
    const auto here = model::VoxelFrame::of(mask);
    const auto& size = frame.size;
    if (!here || size[0] != mask.size[0] || size[1] != mask.size[1]) {
        return -1;
    }
    const auto slice = std::lround(here->index(frame.at(0, 0, 0))[2]);
    const auto near = [&](double column, double row) {
        const model::PointMm at = here->index(frame.at(column, row, 0));
        return std::abs(at[0] - column) < kSame && std::abs(at[1] - row) < kSame &&
               std::abs(at[2] - static_cast<double>(slice)) < kSame;
    };
    const bool same =
        slice >= 0 && slice < mask.size[2] && near(0, 0) && near(size[0] - 1, 0) && near(0, size[1] - 1);
    return same ? static_cast<std::int32_t>(slice) : -1;
}

/// Whether volumes of an asset stand in frames of reference that have nothing to do with each other.
bool severalFramesOfReference(const Listing& listing) {
    return std::ranges::any_of(listing.volumes, [&](const intake::volume::VolumeInfo& volume) {
        return volume.frameOfReference != listing.volumes.front().frameOfReference;
    });
}

/// Whether a place is one that no patient can have: of larger numbers so little is left behind the point that
/// neighbouring voxels fall together, and a mask would miss them.
bool isFar(const model::PointMm& place) {
    constexpr double kFarMm = 1e6;
    return !std::ranges::all_of(place, [](double mm) { return std::abs(mm) < kFarMm; });
}

bool isPicture(std::string_view rendering) {
    return rendering == "localizer" || rendering == "projection" || rendering == "rendering";
}

} // namespace

bool takesFaceOff(const model::Finding& finding) {
    return finding.effective() == model::Action::Deface;
}

base::Expected<std::unique_ptr<const FrameCuts>>
FrameCuts::make(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    std::unique_ptr<FrameCuts> out;
    base::Sha256Hasher hasher;
    hasher.update(kVersion);
    for (const model::Finding& finding : findings) {
        if (!takesFaceOff(finding)) {
            continue;
        }
        const auto method = model::defaceFromJson(finding.method);
        if (!method) {
            return tl::unexpected(method.error());
        }
        if (!out) {
            out.reset(new FrameCuts);
            out->m_fill = method->fill;
        }
        if (auto added = out->add(*method, context); !added) {
            return tl::unexpected(added.error());
        }
        hasher.update(method->mask->bytes);
        hasher.update(std::to_string(method->fill));
        if (method->cover) {
            hasher.update(method->cover->bytes);
            hasher.update(std::to_string(*method->coverValue));
        }
    }
    if (!out) {
        return std::unique_ptr<const FrameCuts>();
    }
    out->m_bounds = out->m_mask.bounds();
    out->m_coverBounds = out->m_cover ? out->m_cover->bounds() : model::VoxelBox();
    const auto listing = intake::volume::listVolumes(asset, context.sources);
    if (!listing) {
        return tl::unexpected(listing.error());
    }
    if (severalFramesOfReference(*listing)) {
        return tl::unexpected(refused("frames-of-reference"));
    }
    out->m_frames.resize(context.sources.size());
    for (const SlicePlace& at : listing->places) {
        if (at.source >= out->m_frames.size() || at.frame < 1) {
            continue;
        }
        const bool picture = isPicture(at.rendering);
        if (!picture && !at.placed) {
            return tl::unexpected(refused(at.reason.empty() ? "position-missing" : at.reason));
        }
        if (!picture && at.rendering == "mosaic") {
            return tl::unexpected(refused("mosaic"));
        }
        if (!picture && (isFar(at.geometry.origin) ||
                         isFar(at.geometry.at(at.geometry.size[0], at.geometry.size[1], 0)))) {
            return tl::unexpected(refused("geometry"));
        }
        auto& frames = out->m_frames[at.source];
        const auto number = static_cast<std::size_t>(at.frame);
        frames.resize(std::max(frames.size(), number));
        Frame& frame = frames[number - 1];
        frame.geometry = frameGeometry(at, *listing);
        frame.slope = at.slope;
        frame.intercept = at.intercept;
        frame.whole = picture;
        out->place(frame);
    }
    for (std::size_t i = 0; i < context.sources.size(); ++i) {
        const auto stated = static_cast<std::size_t>(std::max(context.sources[i].frames, 0));
        const auto known = static_cast<std::size_t>(std::ranges::count_if(
            out->m_frames[i], [](const Frame& f) { return f.whole || f.geometry.size[0] > 0; }));
        if (known < stated) {
            return tl::unexpected(refused("unreadable"));
        }
    }
    out->m_digest = hasher.finish();
    return std::unique_ptr<const FrameCuts>(std::move(out));
}

/// Puts the masks of one removal to those of the others.
base::Expected<void> FrameCuts::add(const model::Deface& method, const Context& context) {
    if (!method.mask || !context.volumeMasks || (method.cover && !method.coverValue)) {
        return tl::unexpected(refused(method.problem.empty() ? "no-mask" : method.problem));
    }
    auto mask = context.volumeMasks(*method.mask);
    if (!mask) {
        return tl::unexpected(mask.error());
    }
    if (m_mask.voxels() == 0) {
        m_mask = std::move(*mask);
    } else if (!m_mask.unite(*mask)) {
        return tl::unexpected(refused("several-masks"));
    }
    if (!method.cover) {
        return {};
    }
    auto cover = context.volumeMasks(*method.cover);
    if (!cover) {
        return tl::unexpected(cover.error());
    }
    if (!m_cover) {
        m_cover = std::move(*cover);
        m_coverValue = *method.coverValue;
    } else if (!m_cover->unite(*cover)) {
        return tl::unexpected(refused("several-masks"));
    }
    return {};
}

/// Whether a frame is a slice of the mask itself, and whether the mask comes near it.
void FrameCuts::place(Frame& frame) const {
    if (frame.whole) {
        frame.touched = true;
        return;
    }
    frame.slice = ownSlice(m_mask.geometry(), frame.geometry);
    if (frame.slice >= 0) {
        frame.touched = m_mask.touches(frame.slice);
        return;
    }
    const auto there = model::VoxelFrame::of(frame.geometry);
    if (!there || m_bounds.empty()) {
        frame.touched = !m_bounds.empty();
        return;
    }
    frame.touched = !there->touched(m_bounds, m_mask.geometry()).empty();
}

const FrameCuts::Frame* FrameCuts::at(std::size_t source, std::int32_t frame) const {
    if (source >= m_frames.size() || frame < 0 ||
        static_cast<std::size_t>(frame) >= m_frames[source].size()) {
        return nullptr;
    }
    return &m_frames[source][static_cast<std::size_t>(frame)];
}

bool FrameCuts::touches(std::size_t source, std::int32_t frame) const {
    const Frame* const found = at(source, frame);
    return found == nullptr || found->touched; // a frame that was not told of is asked for, and refused
}

base::Expected<FrameCuts::Cut> FrameCuts::on(std::size_t source, std::int32_t frame) const {
    const Frame* const found = at(source, frame);
    if (found == nullptr) {
        return tl::unexpected(refused("position-missing"));
    }
    Cut out;
    out.black = found->whole;
    const auto storedOf = [found](double value) {
        return found->slope != 0 ? (value - found->intercept) / found->slope : value;
    };
    out.stored = storedOf(m_fill);
    if (found->whole) {
        return out; // as large as the picture is, which the writer knows
    }
    auto inside = brought(m_mask, m_bounds, *found);
    if (!inside) {
        return tl::unexpected(inside.error());
    }
    out.inside = std::move(*inside);
    if (m_cover) {
        auto cover = brought(*m_cover, m_coverBounds, *found);
        if (!cover) {
            return tl::unexpected(cover.error());
        }
        out.cover = std::move(*cover);
        out.coverStored = storedOf(m_coverValue);
    }
    return out;
}

base::Expected<model::MaskBitmap>
FrameCuts::brought(const model::VolumeMask& mask, const model::VoxelBox& bounds, const Frame& frame) const {
    if (frame.slice >= 0) {
        return mask.plane(2, frame.slice);
    }
    const auto onto = mask.resampled(frame.geometry, bounds);
    if (!onto) {
        return tl::unexpected(refused("geometry"));
    }
    return onto->plane(2, 0);
}

std::vector<bool> ownFrames(const Listing& listing, std::size_t volume) {
    const auto& info = listing.volumes[volume];
    std::vector<bool> out(static_cast<std::size_t>(info.geometry.size[2]));
    for (const std::size_t index : info.places) {
        constexpr double kOnPlace = 1e-3; // of a step, as reading takes it
        const double at = listing.places[index].slice;
        const double slice = std::round(at);
        if (std::abs(at - slice) <= kOnPlace && slice >= 0 && slice < info.geometry.size[2]) {
            out[static_cast<std::size_t>(slice)] = true;
        }
    }
    return out;
}

base::Expected<model::VolumeMask> fallsOn(const model::VolumeMask& mask, const Listing& listing,
                                          std::size_t volume) {
    const auto& info = listing.volumes[volume];
    model::VolumeMask out(info.geometry);
    const model::VoxelBox bounds = mask.bounds();
    const auto own = ownFrames(listing, volume);
    for (const std::size_t index : info.places) {
        const SlicePlace& at = listing.places[index];
        const auto slice = static_cast<std::int32_t>(std::lround(at.slice));
        if (slice < 0 || slice >= info.geometry.size[2] || !own[static_cast<std::size_t>(slice)]) {
            continue;
        }
        const model::VolumeGeometry frame = frameGeometry(at, listing);
        const std::int32_t same = ownSlice(mask.geometry(), frame);
        model::MaskBitmap inside;
        if (same >= 0) {
            inside = mask.plane(2, same);
        } else {
            const auto brought = mask.resampled(frame, bounds);
            if (!brought) {
                return tl::unexpected(brought.error());
            }
            inside = brought->plane(2, 0);
        }
        const std::size_t first = out.indexOf(0, 0, slice);
        for (std::size_t i = 0; i < inside.inside.size(); ++i) {
            if (inside.inside[i] != 0) {
                out.set(first + i);
            }
        }
    }
    return out;
}

} // namespace kamei::transform::volume
