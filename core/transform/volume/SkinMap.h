#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/transform/volume/HeadSpace.h"

namespace kamei::transform::volume {

/// How far the skin lies from the middle of the face, by direction: a map over the half of the head that
/// looks forward. Angles in degrees: turn 0 to the front, positive to the left; rise positive upwards.
class SkinMap {
public:
    static constexpr int kMostTurn = 132;
    static constexpr int kMostRise = 84;
    static constexpr int kStep = 1;
    static constexpr double kUnderMm = 2;

    /// Looks along rays from `centre`, no lower and no higher than the two heights.
    SkinMap(const HeadSpace& space, const HeadMm& centre, double lowMm, double highMm);

    [[nodiscard]] const HeadMm& centre() const { return m_centre; }
    /// Share of the directions around the front in which skin was seen.
    [[nodiscard]] double seen() const { return m_seen; }
    /// The farthest skin, mm from the centre.
    [[nodiscard]] double farthest() const;

    /// Takes off what stands out, by an opening, and what is fine, by smoothing.
    void open(int degrees);
    /// Lowers the map by `deeperMm`, and by up to `roughMm` more, by chance of `seed`.
    void lower(double deeperMm, double roughMm, std::uint64_t seed);
    /// Lowers the map to where a way from the centre leaves what stays.
    void limit(const std::function<bool(const HeadMm&)>& stays);
    /// Turns the map of a new surface into one that covers it: `overMm` above it but not above `skin`, in any
    /// case above every one of `standing`; without what is fine, and with an even relief of knobs on top. A
    /// smooth egg is taken for a face by people and detectors alike, and everybody sees that knobs are none
    /// of the patient's.
    void cover(double overMm, const std::vector<HeadMm>& standing, const SkinMap& skin);
    /// The map in the direction of a place; the place's own distance from the centre goes to `away`.
    [[nodiscard]] double at(const HeadMm& place, double& away) const;

private:
    [[nodiscard]] std::size_t index(int turn, int rise) const;
    void fillUnseen(const std::vector<std::uint8_t>& seen);
    void filter(int radius, bool least);
    void smooth(int radius);

    HeadMm m_centre;
    int m_columns = 0;
    int m_rows = 0;
    double m_seen = 0;
    std::vector<float> m_mm;
};

/// The direction of a place from the centre, degrees; see SkinMap.
[[nodiscard]] double turnOf(const HeadMm& centre, const HeadMm& place);

} // namespace kamei::transform::volume
