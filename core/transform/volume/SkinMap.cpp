#include "core/transform/volume/SkinMap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace kamei::transform::volume {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kFromMm = 10;
constexpr double kToMm = 260;
constexpr double kLeftMm = 4;  ///< a ray that leaves the field this close behind skin has not seen its end
constexpr int kCoverWide = 12; ///< degrees
constexpr int kCloseWide = 4;
constexpr double kOverMm = 1.5;
constexpr int kReliefStep = 16; ///< degrees
constexpr double kReliefMm = 6;
constexpr int kFront = 60; ///< degrees around the front that tell whether a face was imaged

/// Unit, of a direction in degrees.
HeadMm wayOf(int turn, int rise) {
    const double across = std::cos(rise * kDegree);
    return {across * std::sin(turn * kDegree), across * std::cos(turn * kDegree), std::sin(rise * kDegree)};
}

} // namespace

double turnOf(const HeadMm& centre, const HeadMm& place) {
    return std::atan2(place[0] - centre[0], place[1] - centre[1]) / kDegree;
}

SkinMap::SkinMap(const HeadSpace& space, const HeadMm& centre, double lowMm, double highMm)
    : m_centre(centre), m_columns(2 * kMostTurn / kStep + 1), m_rows(2 * kMostRise / kStep + 1) {
    m_mm.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows), 0);
    std::vector<std::uint8_t> seen(m_mm.size(), 0);
    int front = 0;
    int hit = 0;
    for (int rise = -kMostRise; rise <= kMostRise; rise += kStep) {
        for (int turn = -kMostTurn; turn <= kMostTurn; turn += kStep) {
            const HeadMm way = wayOf(turn, rise);
            double last = 0;
            bool cut = false;
            for (double r = kFromMm; r < kToMm; r += 1) {
                const HeadMm at{centre[0] + r * way[0], centre[1] + r * way[1], centre[2] + r * way[2]};
                const auto cell = space.cellAt(at);
                const bool out = at[2] < lowMm || at[2] > highMm || cell < 0 ||
                                 !space.imaged(static_cast<std::size_t>(cell));
                if (out) {
                    cut = last > 0 && r - last < kLeftMm;
                    break;
                }
                last = space.inside(static_cast<std::size_t>(cell)) ? r : last;
            }
            const bool ends = last > 0 && !cut;
            m_mm[index(turn, rise)] = static_cast<float>(last);
            seen[index(turn, rise)] = ends ? 1 : 0;
            const bool forward = std::abs(turn) <= kFront && std::abs(rise) <= kFront / 2;
            front += forward ? 1 : 0;
            hit += forward && ends ? 1 : 0;
        }
    }
    m_seen = static_cast<double>(hit) / front;
    if (hit > 0) {
        fillUnseen(seen);
    }
}

std::size_t SkinMap::index(int turn, int rise) const {
    return static_cast<std::size_t>((rise + kMostRise) / kStep) * static_cast<std::size_t>(m_columns) +
           static_cast<std::size_t>((turn + kMostTurn) / kStep);
}

double SkinMap::farthest() const {
    return m_mm.empty() ? 0 : static_cast<double>(*std::ranges::max_element(m_mm));
}

/// What was not seen gets the mean of its neighbours, from the border inwards.
void SkinMap::fillUnseen(const std::vector<std::uint8_t>& seen) {
    std::vector<std::uint8_t> known = seen;
    for (bool more = true; more;) {
        more = false;
        std::vector<std::uint8_t> next = known;
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns; ++column) {
                const auto here = static_cast<std::size_t>(row * m_columns + column);
                if (known[here] != 0) {
                    continue;
                }
                float sum = 0;
                int count = 0;
                for (int y = std::max(row - 1, 0); y <= std::min(row + 1, m_rows - 1); ++y) {
                    for (int x = std::max(column - 1, 0); x <= std::min(column + 1, m_columns - 1); ++x) {
                        const auto there = static_cast<std::size_t>(y * m_columns + x);
                        sum += known[there] != 0 ? m_mm[there] : 0;
                        count += known[there] != 0 ? 1 : 0;
                    }
                }
                if (count > 0) {
                    m_mm[here] = sum / static_cast<float>(count);
                    next[here] = 1;
                    more = true;
                }
            }
        }
        known.swap(next);
    }
}

/// Least or most of the neighbourhood, along rows, then along columns.
void SkinMap::filter(int radius, bool least) {
    for (const bool across : {true, false}) {
        const std::vector<float> before = m_mm;
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns; ++column) {
                float best = before[static_cast<std::size_t>(row * m_columns + column)];
                for (int d = -radius; d <= radius; ++d) {
                    const int x = across ? std::clamp(column + d, 0, m_columns - 1) : column;
                    const int y = across ? row : std::clamp(row + d, 0, m_rows - 1);
                    const float other = before[static_cast<std::size_t>(y * m_columns + x)];
                    best = least ? std::min(best, other) : std::max(best, other);
                }
                m_mm[static_cast<std::size_t>(row * m_columns + column)] = best;
            }
        }
    }
}

void SkinMap::smooth(int radius) {
    for (const bool across : {true, false, true, false}) {
        const std::vector<float> before = m_mm;
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns; ++column) {
                float sum = 0;
                for (int d = -radius; d <= radius; ++d) {
                    const int x = across ? std::clamp(column + d, 0, m_columns - 1) : column;
                    const int y = across ? row : std::clamp(row + d, 0, m_rows - 1);
                    sum += before[static_cast<std::size_t>(y * m_columns + x)];
                }
                m_mm[static_cast<std::size_t>(row * m_columns + column)] =
                    sum / static_cast<float>(2 * radius + 1);
            }
        }
    }
}

void SkinMap::open(int degrees) {
    filter(degrees, true);
    filter(degrees, false);
    smooth(std::max(degrees / 2, 1));
}

void SkinMap::limit(const std::function<bool(const HeadMm&)>& stays) {
    for (int rise = -kMostRise; rise <= kMostRise; rise += kStep) {
        for (int turn = -kMostTurn; turn <= kMostTurn; turn += kStep) {
            const HeadMm way = wayOf(turn, rise);
            float& mm = m_mm[index(turn, rise)];
            double r = kFromMm;
            while (r < static_cast<double>(mm) &&
                   stays({m_centre[0] + r * way[0], m_centre[1] + r * way[1], m_centre[2] + r * way[2]})) {
                r += 1;
            }
            mm = std::min(mm, static_cast<float>(r));
        }
    }
}

void SkinMap::lower(double deeperMm, double roughMm, std::uint64_t seed) {
    struct Wave {
        double turn, rise, phase;
    };
    std::mt19937_64 random(seed);
    // Written out, for distributions of the library differ between machines.
    const auto draw = [&] { return static_cast<double>(random() >> 11U) / 9007199254740992.0; };
    std::array<Wave, 12> waves{};
    for (Wave& wave : waves) {
        const double length = 14 + 40 * draw(); // degrees
        const double way = 2 * std::numbers::pi * draw();
        wave = {std::cos(way) * 360 / length, std::sin(way) * 360 / length, 2 * std::numbers::pi * draw()};
    }
    for (int rise = -kMostRise; rise <= kMostRise; rise += kStep) {
        for (int turn = -kMostTurn; turn <= kMostTurn; turn += kStep) {
            double sum = 0;
            for (const Wave& wave : waves) {
                sum += std::cos((wave.turn * turn + wave.rise * rise) * kDegree + wave.phase);
            }
            // Twelve waves: nearly normal, of deviation sqrt(6).
            const double rough = std::clamp(0.5 + sum / (4 * std::sqrt(6.0)), 0.0, 1.0);
            m_mm[index(turn, rise)] -= static_cast<float>(deeperMm + roughMm * rough);
        }
    }
}

void SkinMap::cover(double overMm, const std::vector<HeadMm>& standing, const SkinMap& skin) {
    SkinMap stands = *this;
    std::ranges::fill(stands.m_mm, 0);
    for (const HeadMm& place : standing) {
        const HeadMm from{place[0] - m_centre[0], place[1] - m_centre[1], place[2] - m_centre[2]};
        const double level = std::hypot(from[0], from[1]);
        const auto turn = static_cast<int>(std::lround(std::atan2(from[0], from[1]) / kDegree));
        const auto rise = static_cast<int>(std::lround(std::atan2(from[2], level) / kDegree));
        if (std::abs(turn) <= kMostTurn && std::abs(rise) <= kMostRise) {
            float& mm = stands.m_mm[index(turn, rise)];
            mm = std::max(mm, static_cast<float>(std::hypot(level, from[2])));
        }
    }
    // Smoothing reaches less far than what it smooths was widened: nothing comes through.
    filter(kCoverWide, false);
    smooth(kCoverWide / 4);
    stands.filter(kCloseWide, false);
    stands.smooth(kCloseWide / 4);
    for (int rise = -kMostRise; rise <= kMostRise; rise += kStep) {
        for (int turn = -kMostTurn; turn <= kMostTurn; turn += kStep) {
            const std::size_t at = index(turn, rise);
            const double wave = std::cos(360.0 / kReliefStep * turn * kDegree) *
                                std::cos(360.0 / kReliefStep * rise * kDegree);
            // Above the skin as it was nothing new belongs, but over what had to stay.
            const double low =
                std::max(std::min<double>(m_mm[at] + overMm, skin.m_mm[at]), stands.m_mm[at] + kOverMm);
            m_mm[at] = static_cast<float>(low + kReliefMm * (1 + wave) / 2);
        }
    }
}

double SkinMap::at(const HeadMm& place, double& away) const {
    const HeadMm from{place[0] - m_centre[0], place[1] - m_centre[1], place[2] - m_centre[2]};
    const double level = std::hypot(from[0], from[1]);
    away = std::hypot(level, from[2]);
    const double turn =
        std::clamp(std::atan2(from[0], from[1]) / kDegree, -double{kMostTurn}, double{kMostTurn} - 1e-6);
    const double rise =
        std::clamp(std::atan2(from[2], level) / kDegree, -double{kMostRise}, double{kMostRise} - 1e-6);
    const int left = static_cast<int>(std::floor(turn));
    const int low = static_cast<int>(std::floor(rise));
    const double u = turn - left;
    const double v = rise - low;
    const auto mm = [&](int x, int y) { return static_cast<double>(m_mm[index(x, y)]); };
    return (1 - v) * ((1 - u) * mm(left, low) + u * mm(left + 1, low)) +
           v * ((1 - u) * mm(left, low + 1) + u * mm(left + 1, low + 1));
}

} // namespace kamei::transform::volume
