#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/volume/Series.h"
#include "core/model/Asset.h"
#include "core/model/Deface.h"
#include "core/model/Finding.h"
#include "core/model/Mask.h"
#include "core/model/VolumeMask.h"
#include "core/transform/Transform.h"

namespace kamei::transform::volume {

/// Whether a finding asks for a face to be taken off.
[[nodiscard]] bool takesFaceOff(const model::Finding& finding);

/// The mask as it falls on one volume of an asset, slice by slice as FrameCuts brings it onto their frames;
/// nothing on slices that stand between frames. InvalidArgument ("geometry").
[[nodiscard]] base::Expected<model::VolumeMask>
fallsOn(const model::VolumeMask& mask, const intake::volume::Listing& listing, std::size_t volume);
/// By slice of a volume: whether it is a frame of its own, as it lies in the file.
[[nodiscard]] std::vector<bool> ownFrames(const intake::volume::Listing& listing, std::size_t volume);

/// What is taken off a head, brought onto the frames of one asset: those that the mask was made on, and all
/// others of the same frame of reference, as widely as their voxels are (VolumeMask::resampled).
///
/// Pictures made of a volume or for planning one (localisers, projections, renderings) show the face from
/// one side: they are blackened as a whole. Frames of which nobody can say where they lie stop the asset, and
/// so do volumes of several frames of reference in one asset: a mask says nothing beside its own (PS3.3 2024b
/// C.7.4.1.1.1).
/// Immutable; const use from several threads is safe.
class FrameCuts {
public:
    /// Null when no finding takes a face off. NotPossible ("deface", a stable word): there is no mask yet
    /// ("no-mask", or why none could be proposed), a source or frame has no place ("unreadable",
    /// "position-missing", "frames-of-reference", ...).
    [[nodiscard]] static base::Expected<std::unique_ptr<const FrameCuts>>
    make(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

    /// Whether the mask falls on a frame (from 0) of a source (index into Context::sources).
    [[nodiscard]] bool touches(std::size_t source, std::int32_t frame) const;
    struct Cut {
        model::MaskBitmap inside;
        model::MaskBitmap cover; ///< of the inside; without a side where nothing is covered
        bool black = false;      ///< a picture that goes as a whole: black, not the fill
        double stored = 0;       ///< the fill as it is stored in this frame, before it is rounded and bounded
        double coverStored = 0;  ///< the same for the cover
        /// Whether the cover's value stands on a pixel of the inside.
        [[nodiscard]] bool covers(std::size_t pixel) const {
            return !cover.inside.empty() && cover.inside[pixel] != 0;
        }
    };
    [[nodiscard]] base::Expected<Cut> on(std::size_t source, std::int32_t frame) const;
    /// Over masks and values; places follow from the sources.
    [[nodiscard]] const base::Sha256& digest() const { return m_digest; }

private:
    struct Frame {
        model::VolumeGeometry geometry;
        double slope = 1;
        double intercept = 0;
        bool whole = false;
        std::int32_t slice = -1; ///< of the mask, where the frame is one of its own
        bool touched = false;
    };
    FrameCuts() = default;
    void place(Frame& frame) const;
    base::Expected<void> add(const model::Deface& method, const Context& context);
    [[nodiscard]] base::Expected<model::MaskBitmap>
    brought(const model::VolumeMask& mask, const model::VoxelBox& bounds, const Frame& frame) const;
    [[nodiscard]] const Frame* at(std::size_t source, std::int32_t frame) const;

    model::VolumeMask m_mask;
    model::VoxelBox m_bounds;
    double m_fill = 0;
    std::optional<model::VolumeMask> m_cover;
    model::VoxelBox m_coverBounds;
    double m_coverValue = 0;
    base::Sha256 m_digest;
    std::vector<std::vector<Frame>> m_frames; ///< by source
};

} // namespace kamei::transform::volume
