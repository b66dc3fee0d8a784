#include "core/detect/volume/Midplane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/detect/volume/Vectors.h"

namespace kamei::detect::volume {
namespace {

using model::PointMm;

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kReachMm = 115; ///< of the head around its centre: no shoulders
constexpr double kMostAsideMm = 18;
constexpr double kFirstDegrees = 6; ///< steps of the first search
constexpr double kFirstMm = 4.5;
constexpr int kRounds = 3; ///< of halved steps
constexpr std::size_t kPlaces = 12'000;
constexpr std::size_t kLeastPlaces = 1'000;
/// What a degree costs: a head that is nearly round about an axis (the field of view ends above the ears)
/// is not turned by chance.
constexpr double kPerDegree = 2e-4;

/// A plane by the way its normal is off the head's left, and its distance from the centre.
struct Tilt {
    double turn = 0; ///< degrees, towards the front
    double roll = 0; ///< degrees, upwards
    double asideMm = 0;
};

class Mirror {
public:
    explicit Mirror(const Head& head) : m_head(head) {
        const auto& size = head.grid.size;
        std::size_t all = 0;
        std::vector<PointMm> places;
        std::size_t index = 0;
        for (std::int32_t z = 0; z < size[2]; ++z) {
            for (std::int32_t y = 0; y < size[1]; ++y) {
                for (std::int32_t x = 0; x < size[0]; ++x, ++index) {
                    if (head.mask[index] == 0) {
                        continue;
                    }
                    const PointMm from = minus(head.grid.at(x, y, z), head.centre);
                    if (norm(from) < kReachMm) {
                        places.push_back(from);
                        ++all;
                    }
                }
            }
        }
        const std::size_t every = std::max<std::size_t>(1, all / kPlaces);
        for (std::size_t i = 0; i < all; i += every) {
            m_places.push_back(places[i]);
        }
    }

    [[nodiscard]] bool isEnough() const { return m_places.size() >= kLeastPlaces; }

    [[nodiscard]] PointMm normal(const Tilt& tilt) const {
        return unit(plus(plus(m_head.left, m_head.front, std::tan(tilt.turn * kDegree)), m_head.up,
                         std::tan(tilt.roll * kDegree)));
    }

    /// Share of the places whose mirror image lies outside the head; 1 where too few can say.
    [[nodiscard]] double mismatch(const Tilt& tilt, std::size_t every) const {
        const PointMm n = normal(tilt);
        std::size_t seen = 0;
        std::size_t outside = 0;
        for (std::size_t i = 0; i < m_places.size(); i += every) {
            const PointMm& from = m_places[i];
            const PointMm image = plus(plus(m_head.centre, from), n, -2 * (dot(from, n) - tilt.asideMm));
            const auto at = voxelOf(m_head.grid, image);
            std::size_t index = 0;
            bool imaged = true;
            for (std::size_t k = 3; k-- > 0;) {
                const double cell = std::round(at[k]);
                imaged = imaged && cell >= 0 && cell < m_head.grid.size[k];
                index = imaged ? index * static_cast<std::size_t>(m_head.grid.size[k]) +
                                     static_cast<std::size_t>(cell)
                               : index;
            }
            seen += imaged ? 1 : 0;
            outside += imaged && m_head.mask[index] == 0 ? 1 : 0;
        }
        return seen * every < kLeastPlaces ? 1.0 : static_cast<double>(outside) / static_cast<double>(seen);
    }

    [[nodiscard]] double cost(const Tilt& tilt, std::size_t every) const {
        return mismatch(tilt, every) + kPerDegree * (std::abs(tilt.turn) + std::abs(tilt.roll));
    }

private:
    const Head& m_head;
    std::vector<PointMm> m_places; ///< from the centre
};

} // namespace

std::optional<Midplane> midplaneOf(const Head& head) {
    const Mirror mirror(head);
    if (!mirror.isEnough()) {
        return std::nullopt;
    }
    Tilt best;
    double least = std::numeric_limits<double>::max();
    const auto tryOut = [&](const Tilt& tilt, std::size_t every) {
        const bool near = std::abs(tilt.turn) <= kMostDegrees && std::abs(tilt.roll) <= kMostDegrees &&
                          std::abs(tilt.asideMm) <= kMostAsideMm;
        const double cost = near ? mirror.cost(tilt, every) : std::numeric_limits<double>::max();
        if (cost < least) {
            least = cost;
            best = tilt;
        }
    };
    for (double turn = -kMostDegrees; turn <= kMostDegrees; turn += kFirstDegrees) {
        for (double roll = -kMostDegrees; roll <= kMostDegrees; roll += kFirstDegrees) {
            for (double aside = -kMostAsideMm; aside <= kMostAsideMm; aside += kFirstMm) {
                tryOut({turn, roll, aside}, 8);
            }
        }
    }
    double degrees = kFirstDegrees;
    double mm = kFirstMm;
    for (int round = 0; round < kRounds; ++round) {
        degrees /= 2;
        mm /= 2;
        const Tilt middle = best;
        least = std::numeric_limits<double>::max();
        for (const double turn : {-degrees, 0.0, degrees}) {
            for (const double roll : {-degrees, 0.0, degrees}) {
                for (const double aside : {-mm, 0.0, mm}) {
                    tryOut({middle.turn + turn, middle.roll + roll, middle.asideMm + aside}, 1);
                }
            }
        }
    }
    return Midplane{mirror.normal(best), best.asideMm, mirror.mismatch(best, 1), mirror.mismatch({}, 1)};
}

} // namespace kamei::detect::volume
