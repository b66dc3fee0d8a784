#include "core/intake/volume/Stack.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace kamei::intake::volume {
namespace {

using model::PointMm;

constexpr double kSamePlaceMm = 0.02;  // positions are written with two decimals and more
constexpr double kOffGrid = 0.15;      // of a step: rounding in the header
constexpr double kWidestGap = 4.3;     // steps: up to three slices are missing
constexpr double kOffLineMm = 1.0;     // in the plane, against a straight stack
constexpr double kTiltedDegrees = 0.5; // between stack and normal
constexpr double kMostSlices = 16'384;

PointMm minus(const PointMm& a, const PointMm& b) {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

PointMm positionOf(const Placed& frame) {
    return *frame.header.position;
}

bool samePlace(const Placed& a, const Placed& b) {
    return std::abs(a.along - b.along) < kSamePlaceMm;
}

/// Places of the frames, each once; they are sorted.
std::size_t distinctPlaces(const std::vector<Placed>& frames) {
    std::size_t out = frames.empty() ? 0 : 1;
    for (std::size_t i = 1; i < frames.size(); ++i) {
        out += samePlace(frames[i - 1], frames[i]) ? 0 : 1;
    }
    return out;
}

void sortByPlace(std::vector<Placed>& frames) {
    std::ranges::stable_sort(frames, [](const Placed& a, const Placed& b) {
        return std::tuple(std::round(a.along / kSamePlaceMm), a.header.number, a.header.frame) <
               std::tuple(std::round(b.along / kSamePlaceMm), b.header.number, b.header.frame);
    });
}

class Stacker {
public:
    explicit Stacker(Listing& listing) : m_listing(listing) {}

    void split(std::vector<Placed> frames, std::size_t distinction) {
        sortByPlace(frames);
        const std::size_t places = distinctPlaces(frames);
        if (places == frames.size()) {
            runs(std::move(frames), 0);
            return;
        }
        const std::size_t all = frames.front().header.distinctions.size();
        for (; distinction < all; ++distinction) {
            std::map<std::string, std::vector<Placed>> parts;
            for (const Placed& frame : frames) {
                parts[frame.header.distinctions[distinction]].push_back(frame);
            }
            // What differs from slice to slice (a time) tells nothing apart.
            const bool helps = parts.size() > 1 && std::ranges::all_of(parts, [&](auto& part) {
                                   sortByPlace(part.second);
                                   return distinctPlaces(part.second) * 2 > places;
                               });
            if (helps) {
                for (auto& [value, part] : parts) {
                    split(std::move(part), distinction + 1);
                }
                return;
            }
        }
        byOrder(std::move(frames), places);
    }

private:
    /// Nothing tells the frames of one place apart but their order: the first of each place make the first
    /// volume, where most places have a second one these make another; a few doubled ones are left out.
    void byOrder(std::vector<Placed> frames, std::size_t places) {
        std::vector<std::vector<Placed>> layers;
        std::size_t depth = 0;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            depth = i > 0 && samePlace(frames[i - 1], frames[i]) ? depth + 1 : 0;
            if (depth >= layers.size()) {
                layers.resize(depth + 1);
            }
            layers[depth].push_back(std::move(frames[i]));
        }
        std::int32_t doubled = 0;
        std::size_t kept = 1;
        while (kept < layers.size() && layers[kept].size() * 2 > places) {
            ++kept;
        }
        for (std::size_t i = kept; i < layers.size(); ++i) {
            for (const Placed& frame : layers[i]) {
                m_listing.places[frame.place].reason = "doubled";
                ++doubled;
            }
        }
        for (std::size_t i = 0; i < kept; ++i) {
            runs(std::move(layers[i]), i == 0 ? doubled : 0);
        }
    }

    /// Cuts at wide gaps.
    void runs(std::vector<Placed> frames, std::int32_t doubled) {
        const double step = stepOf(frames);
        std::vector<Placed> run;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            if (!run.empty() &&
                frames[i].along - run.back().along > kWidestGap * std::max(step, largestStep(frames))) {
                volume(std::move(run), doubled);
                doubled = 0;
                run = {};
            }
            run.push_back(std::move(frames[i]));
        }
        volume(std::move(run), doubled);
    }

    static std::vector<double> steps(const std::vector<Placed>& frames) {
        std::vector<double> out;
        for (std::size_t i = 1; i < frames.size(); ++i) {
            out.push_back(frames[i].along - frames[i - 1].along);
        }
        return out;
    }
    static double median(std::vector<double> values) {
        if (values.empty()) {
            return 0;
        }
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::ranges::nth_element(values, middle);
        return *middle;
    }
    /// The distance of neighbours: the smallest one that is no exception, else the middle one.
    static double stepOf(const std::vector<Placed>& frames) {
        const std::vector<double> all = steps(frames);
        if (all.empty()) {
            return 0;
        }
        const double least = *std::ranges::min_element(all);
        const auto alike = std::ranges::count_if(all, [&](double s) { return s < 1.05 * least; });
        return static_cast<std::size_t>(alike) * 10 >= all.size() ? least : median(all);
    }
    /// Of a series with two regular distances (a head in 2.5 and 5 mm) the wider one.
    static double largestStep(const std::vector<Placed>& frames) {
        std::vector<double> all = steps(frames);
        if (all.empty()) {
            return 0;
        }
        const auto at = all.begin() + static_cast<std::ptrdiff_t>(all.size() * 9 / 10);
        std::ranges::nth_element(all, at);
        return std::min(*at, 3 * stepOf(frames));
    }

    void refuse(const std::vector<Placed>& frames, const std::string& reason) {
        for (const Placed& frame : frames) {
            m_listing.places[frame.place].reason = reason;
        }
    }

    void volume(std::vector<Placed> frames, std::int32_t doubled) {
        if (frames.size() < 2) {
            refuse(frames, "one-slice");
            return;
        }
        const double range = frames.back().along - frames.front().along;
        double step = stepOf(frames);
        bool even = true;
        for (const Placed& frame : frames) {
            const double at = (frame.along - frames.front().along) / step;
            even = even && std::abs(at - std::round(at)) < kOffGrid;
        }
        const double count = std::round(range / step);
        if (count + 1 > kMostSlices) {
            refuse(frames, "positions-not-in-a-row");
            return;
        }
        step = range / count;
        VolumeInfo out;
        const FrameHeader& first = frames.front().header;
        const PointMm stackMm = minus(positionOf(frames.back()), positionOf(frames.front()));
        out.geometry = m_listing.places[frames.front().place].geometry;
        out.geometry.size[2] = static_cast<std::int32_t>(count) + 1;
        for (std::size_t i = 0; i < 3; ++i) {
            out.geometry.axes[2][i] = stackMm[i] / count;
        }
        const double pixel = std::max(norm(out.geometry.axes[0]), norm(out.geometry.axes[1]));
        for (const Placed& frame : frames) {
            const double at = (frame.along - frames.front().along) / step;
            const PointMm off = minus(positionOf(frame), out.geometry.at(0, 0, at));
            if (norm(off) > std::max(kOffLineMm, pixel) + kOffGrid * step) {
                refuse(frames, "positions-not-in-a-row");
                return;
            }
        }
        out.modality = first.modality;
        out.frameOfReference = first.frameOfReference;
        out.doubled = doubled;
        out.filled = even ? out.geometry.size[2] - static_cast<std::int32_t>(frames.size()) : 0;
        note(out, first, even, step);
        const auto index = static_cast<std::int32_t>(m_listing.volumes.size());
        for (const Placed& frame : frames) {
            SlicePlace& place = m_listing.places[frame.place];
            const double at = (frame.along - frames.front().along) / step;
            place.volume = index;
            place.slice = even ? std::round(at) : at;
            out.places.push_back(frame.place);
        }
        m_listing.volumes.push_back(std::move(out));
    }

    static void note(VolumeInfo& out, const FrameHeader& first, bool even, double step) {
        const auto add = [&out](bool yes, const char* word) {
            if (yes) {
                out.notes.emplace_back(word);
            }
        };
        const PointMm normal = cross(out.geometry.axes[0], out.geometry.axes[1]);
        const double cosine =
            dot(normal, out.geometry.axes[2]) / std::max(1e-9, norm(normal) * norm(out.geometry.axes[2]));
        const double degrees = std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / std::numbers::pi;
        add(out.filled > 0, "slices-missing");
        add(out.doubled > 0, "slices-doubled");
        add(!even, "spacing-uneven");
        add(degrees > kTiltedDegrees, "tilted");
        // A tilt that neither the orientation nor the places know: the stack is sheared, and nobody says how.
        const bool plain = std::abs(std::abs(normal[2]) / std::max(1e-9, norm(normal)) - 1) < 1e-4;
        add(std::abs(first.tilt.value_or(0)) > kTiltedDegrees && plain && degrees <= kTiltedDegrees,
            "tilt-not-in-geometry");
        add(first.between.value_or(0) > 0 && std::abs(*first.between - step) > 0.1 * step,
            "spacing-between-slices-differs");
    }

    Listing& m_listing;
};

} // namespace

void stack(std::vector<Placed> frames, Listing& listing) {
    if (!frames.empty()) {
        Stacker(listing).split(std::move(frames), 0);
    }
}

} // namespace kamei::intake::volume
