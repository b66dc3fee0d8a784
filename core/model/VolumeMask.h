#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Mask.h"
#include "core/model/Volume.h"

namespace kamei::model {

/// First and last voxel on each axis; empty when nothing lies between.
struct VoxelBox {
    std::array<std::int32_t, 3> first{};
    std::array<std::int32_t, 3> last{-1, -1, -1};
    [[nodiscard]] bool empty() const {
        return last[0] < first[0] || last[1] < first[1] || last[2] < first[2];
    }
    friend bool operator==(const VoxelBox&, const VoxelBox&) = default;
};

/// Where a point of the patient lies among the voxels of a volume: the way back from VolumeGeometry::at.
class VoxelFrame {
public:
    /// InvalidArgument ("geometry"): axes that span no volume, numbers that are none, sizes below 1.
    [[nodiscard]] static base::Expected<VoxelFrame> of(const VolumeGeometry& geometry);
    /// Column, row and slice, whole at the centres of voxels.
    [[nodiscard]] PointMm index(const PointMm& point) const;
    /// The voxels that a box of voxels of another volume may touch.
    [[nodiscard]] VoxelBox touched(const VoxelBox& box, const VolumeGeometry& of) const;

private:
    std::array<std::int32_t, 3> m_size{};
    PointMm m_origin{};
    std::array<PointMm, 3> m_rows{}; ///< of the inverse of the axes
};

/// A region of a volume, one bit a voxel; index as in Volume. What it takes is destroyed (Guideline 5.4.4).
class VolumeMask {
public:
    VolumeMask() = default; ///< of no volume
    /// Nothing taken. The geometry must have sizes of at least 1.
    explicit VolumeMask(const VolumeGeometry& geometry);

    [[nodiscard]] const VolumeGeometry& geometry() const { return m_geometry; }
    [[nodiscard]] std::size_t voxels() const { return m_geometry.voxels(); }
    [[nodiscard]] std::size_t indexOf(std::int32_t column, std::int32_t row, std::int32_t slice) const {
        const auto at = [](std::int32_t v) { return static_cast<std::size_t>(v); };
        return (at(slice) * at(m_geometry.size[1]) + at(row)) * at(m_geometry.size[0]) + at(column);
    }
    [[nodiscard]] bool test(std::size_t index) const {
        return (m_words[index / 64] >> (index % 64) & 1U) != 0;
    }
    void set(std::size_t index, bool taken = true) {
        const std::uint64_t bit = std::uint64_t{1} << (index % 64);
        m_words[index / 64] = taken ? m_words[index / 64] | bit : m_words[index / 64] & ~bit;
    }
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] bool empty() const;
    /// Whether a slice holds a taken voxel.
    [[nodiscard]] bool touches(std::int32_t slice) const;
    [[nodiscard]] VoxelBox bounds() const;
    /// 64 voxels a word, the first in the lowest bit; bits behind the last voxel are 0.
    [[nodiscard]] std::span<const std::uint64_t> words() const { return m_words; }
    /// Sets 64 voxels at once; bits behind the last voxel must be 0. Different words from several threads.
    void setWord(std::size_t word, std::uint64_t bits) { m_words[word] = bits; }
    /// One plane: axis 0 a column (rows x slices), 1 a row (columns x slices), 2 a slice (columns x rows);
    /// the first axis named runs fastest; 1 where the voxel is taken.
    [[nodiscard]] MaskBitmap plane(int axis, std::int32_t at) const;

    /// Takes, or gives back, every voxel whose centre is within `radiusMm` of `centre`.
    void paintSphere(const PointMm& centre, double radiusMm, bool take);
    /// The same for voxels whose centre lies inside a polygon (even-odd) on planes first..last of an axis.
    /// The corners are voxels of the plane's two axes, as in plane(): (0, 0) is the centre of the first one.
    void paintPolygon(int axis, std::int32_t first, std::int32_t last, std::span<const PointPx> corners,
                      bool take);

    /// Set operations; both masks must be of the same geometry (InvalidArgument "geometry").
    [[nodiscard]] base::Expected<void> unite(const VolumeMask& other);
    [[nodiscard]] base::Expected<void> cut(const VolumeMask& other);
    [[nodiscard]] base::Expected<std::size_t> overlap(const VolumeMask& other) const;

    /// The mask on other voxels: one is taken when any part of it lies in a taken voxel of this mask (to a
    /// thousandth of a voxel, against rounding). A single frame is a geometry of one slice, whose third axis
    /// is as long as the slice is thick. InvalidArgument ("geometry") as VoxelFrame::of.
    [[nodiscard]] base::Expected<VolumeMask> resampled(const VolumeGeometry& onto) const;
    /// The same where bounds() is at hand.
    [[nodiscard]] base::Expected<VolumeMask> resampled(const VolumeGeometry& onto, const VoxelBox& own) const;

    /// Compact bytes: geometry and lengths of runs. Equal masks give equal bytes, so that their SHA-256 names
    /// the mask.
    [[nodiscard]] std::string bytes() const;
    [[nodiscard]] base::Sha256 digest() const;
    /// Malformed: not such bytes, or more voxels than a volume may have (kMostVoxels).
    [[nodiscard]] static base::Expected<VolumeMask> fromBytes(std::string_view bytes);
    static constexpr std::uint64_t kMostVoxels = std::uint64_t{1} << 32;

    friend bool operator==(const VolumeMask&, const VolumeMask&) = default;

private:
    VolumeGeometry m_geometry;
    std::vector<std::uint64_t> m_words;
};

} // namespace kamei::model
