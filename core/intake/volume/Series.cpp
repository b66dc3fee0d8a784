#include "core/intake/volume/Series.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/intake/volume/FrameHeaders.h"
#include "core/intake/volume/Nifti.h"
#include "core/intake/volume/OpenSource.h"
#include "core/intake/volume/Stack.h"

namespace kamei::intake::volume {
namespace {

using base::ErrorCode;
using model::PointMm;

constexpr std::string_view kPlace = "intake.volume.series";
constexpr double kUnitTolerance = 0.01; // of direction cosines, which some write with two decimals
constexpr double kSameDirection = 2e-3; // between frames of one stack
constexpr double kSameSpacing = 1e-3;   // relative
constexpr double kMostSpacingMm = 1000;

/// Frames with the same size, orientation, spacing and frame of reference.
struct Group {
    FrameHeader like;
    std::vector<Placed> frames;
};

PointMm first3(const std::array<double, 6>& cosines) {
    return {cosines[0], cosines[1], cosines[2]};
}
PointMm last3(const std::array<double, 6>& cosines) {
    return {cosines[3], cosines[4], cosines[5]};
}

/// Why a frame is no slice of a volume; empty where it may be one. PS3.3 2024b C.7.6.2.1.1: both cosines are
/// of length one and stand upright on each other; the spacing is larger than zero.
std::string defectOf(const FrameHeader& header) {
    if (!header.rendering.empty()) {
        return header.rendering;
    }
    if (header.rows < 1 || header.columns < 1) {
        return "not-a-slice-image";
    }
    if (header.colour) {
        return "colour";
    }
    if (header.isFloat) {
        return "float-samples";
    }
    if (!header.position) {
        return "position-missing";
    }
    if (!header.orientation) {
        return "orientation-missing";
    }
    const PointMm row = first3(*header.orientation);
    const PointMm column = last3(*header.orientation);
    if (std::abs(norm(row) - 1) > kUnitTolerance || std::abs(norm(column) - 1) > kUnitTolerance ||
        std::abs(dot(row, column)) > kUnitTolerance) {
        return "orientation-contradictory";
    }
    if (!header.spacing) {
        return "spacing-missing";
    }
    const auto& [rows, columns] = *header.spacing;
    return rows > 0 && columns > 0 && rows < kMostSpacingMm && columns < kMostSpacingMm ? "" : "spacing-zero";
}

bool alike(const FrameHeader& a, const FrameHeader& b) {
    const auto near = [](double x, double y) { return std::abs(x - y) <= kSameSpacing * std::max(x, y); };
    for (std::size_t i = 0; i < 6; ++i) {
        if (std::abs((*a.orientation)[i] - (*b.orientation)[i]) > kSameDirection) {
            return false;
        }
    }
    return a.rows == b.rows && a.columns == b.columns && near((*a.spacing)[0], (*b.spacing)[0]) &&
           near((*a.spacing)[1], (*b.spacing)[1]) && a.frameOfReference == b.frameOfReference;
}

model::VolumeGeometry geometryOf(const FrameHeader& header) {
    model::VolumeGeometry out;
    out.size = {header.columns, header.rows, 1};
    out.origin = *header.position;
    // Row direction comes first: it is the way from column to column, as far apart as Pixel Spacing's second.
    const PointMm row = first3(*header.orientation);
    const PointMm column = last3(*header.orientation);
    const PointMm normal = cross(row, column);
    const double thickness = header.thickness.value_or(0) > 0 ? *header.thickness
                             : header.between.value_or(0) > 0 ? *header.between
                                                              : 1.0;
    for (std::size_t i = 0; i < 3; ++i) {
        out.axes[0][i] = row[i] * (*header.spacing)[1];
        out.axes[1][i] = column[i] * (*header.spacing)[0];
        out.axes[2][i] = normal[i] * thickness;
    }
    return out;
}

class Lister {
public:
    void add(const FrameHeader& header, std::size_t source) {
        SlicePlace place;
        place.source = source;
        place.frame = header.frame;
        place.slope = header.slope;
        place.intercept = header.intercept;
        const double span = std::ldexp(1.0, header.bits);
        const double least = header.isSigned ? -span / 2 : 0.0;
        const double a = least * header.slope + header.intercept;
        const double b = (least + span - 1) * header.slope + header.intercept;
        place.lowest = std::min(a, b);
        place.highest = std::max(a, b);
        place.rendering = header.rendering;
        place.reason = defectOf(header);
        const bool placed = header.position && header.orientation && header.spacing &&
                            (place.reason.empty() || place.reason == header.rendering);
        if (placed) {
            FrameHeader bare = header;
            bare.rendering.clear();
            place.placed = defectOf(bare).empty();
            if (place.placed) {
                place.geometry = geometryOf(header);
            }
        }
        const bool slice = place.reason.empty();
        const std::size_t index = m_out.places.size();
        m_out.places.push_back(std::move(place));
        if (slice) {
            group(header, index);
        }
    }

    Listing finish() {
        for (Group& group : m_groups) {
            stack(std::move(group.frames), m_out);
        }
        sortVolumes();
        for (const SlicePlace& place : m_out.places) {
            if (place.volume < 0 && !place.reason.empty() && place.reason != "doubled" &&
                std::ranges::find(m_out.problems, place.reason) == m_out.problems.end()) {
                m_out.problems.push_back(place.reason);
            }
        }
        return std::move(m_out);
    }
    void unreadable() { m_out.problems.emplace_back("unreadable"); }

private:
    void group(const FrameHeader& header, std::size_t index) {
        auto found = std::ranges::find_if(m_groups, [&](const Group& g) { return alike(g.like, header); });
        if (found == m_groups.end()) {
            m_groups.push_back({header, {}});
            found = std::prev(m_groups.end());
        }
        const PointMm normal = cross(first3(*found->like.orientation), last3(*found->like.orientation));
        found->frames.push_back({header, index, dot(*header.position, normal)});
    }

    /// Largest first; of equal ones in the order of their frames.
    void sortVolumes() {
        std::vector<std::size_t> order(m_out.volumes.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::ranges::stable_sort(order, [this](std::size_t a, std::size_t b) {
            return m_out.volumes[a].geometry.voxels() > m_out.volumes[b].geometry.voxels();
        });
        std::vector<VolumeInfo> sorted;
        std::vector<std::int32_t> now(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            now[order[i]] = static_cast<std::int32_t>(i);
            sorted.push_back(std::move(m_out.volumes[order[i]]));
        }
        for (SlicePlace& place : m_out.places) {
            place.volume = place.volume < 0 ? -1 : now[static_cast<std::size_t>(place.volume)];
        }
        m_out.volumes = std::move(sorted);
    }

    Listing m_out;
    std::vector<Group> m_groups;
};

} // namespace

PointMm cross(const PointMm& a, const PointMm& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const PointMm& a, const PointMm& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

double norm(const PointMm& a) {
    return std::sqrt(dot(a, a));
}

base::Expected<Listing> listVolumes(const model::Asset& asset, std::span<const model::Source> sources,
                                    std::stop_token stop) {
    if (!sources.empty() && sources.front().format == "nifti") {
        return listNifti(sources);
    }
    Lister lister;
    std::optional<base::Error> failed;
    bool any = false;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (stop.stop_requested()) {
            return base::fail(ErrorCode::Cancelled, kPlace);
        }
        const auto source = openSource(sources[i]);
        if (!source) {
            failed = source.error();
            continue;
        }
        any = true;
        for (FrameHeader& header : frameHeaders(*(*source)->instance)) {
            header.modality = header.modality.empty() ? asset.modality : header.modality;
            lister.add(header, i);
        }
    }
    if (failed && !any) {
        return tl::unexpected(*failed);
    }
    if (failed) {
        lister.unreadable();
    }
    return lister.finish();
}

} // namespace kamei::intake::volume
