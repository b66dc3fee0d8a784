#include <algorithm>
#include <cmath>
#include <map>

#include "core/detect/volume/Face.h"
#include "core/detect/volume/FaceFindings.h"
#include "core/detect/volume/Surface.h"
#include "core/job/FacesInternals.h"
#include "core/transform/volume/FrameCuts.h"

namespace kamei::job {
namespace {

using base::ErrorCode;
using detect::volume::FaceAssessment;
using detect::volume::FaceVerdict;
using intake::volume::Listing;

constexpr std::string_view kPlace = "job.faces";
/// Repetitions at the same places (echoes, times) that are looked at one by one. The others together, by the
/// highest value at each place: their surface is the outermost of all, a face on any of them is on it, as
/// long as they hold nothing of their own where the cover of the others could hide it.
constexpr std::size_t kOneByOne = 3;
constexpr double kSameMm = 1e-3;

bool alike(const model::PointMm& a, const model::PointMm& b) {
    return std::abs(a[0] - b[0]) < kSameMm && std::abs(a[1] - b[1]) < kSameMm &&
           std::abs(a[2] - b[2]) < kSameMm;
}

/// Whether the staged frames lie where the original ones do.
bool samePlaces(const Listing& before, const Listing& after) {
    return std::ranges::equal(before.places, after.places, [](const auto& a, const auto& b) {
        const auto& g = a.geometry;
        const auto& h = b.geometry;
        return a.source == b.source && a.frame == b.frame && a.placed == b.placed && g.size == h.size &&
               alike(g.origin, h.origin) && alike(g.axes[0], h.axes[0]) && alike(g.axes[1], h.axes[1]);
    });
}

int rank(FaceVerdict verdict) {
    return verdict == FaceVerdict::Face ? 2 : verdict == FaceVerdict::Unclear ? 1 : 0;
}

void note(FaceCheck& check, std::string_view word) {
    if (std::ranges::find(check.notes, word) == check.notes.end()) {
        check.notes.emplace_back(word);
    }
}

class Measuring {
public:
    Measuring(const FaceMeasure& what, const std::stop_token& stop) : m_what(what), m_stop(stop) {}

    base::Expected<FaceCheck> run() {
        auto listing = intake::volume::listVolumes(m_what.asset, m_what.before, m_stop);
        const auto later = intake::volume::listVolumes(m_what.asset, m_what.after, m_stop);
        if (!listing || !later) {
            return tl::unexpected(listing ? later.error() : listing.error());
        }
        m_listing = std::move(*listing);
        if (m_listing.volumes.empty()) {
            return base::fail(ErrorCode::NotPossible, kPlace,
                              {m_listing.problems.empty() ? "no-volume" : m_listing.problems.front()});
        }
        if (!samePlaces(m_listing, *later)) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"geometry"});
        }
        m_out.volumes = static_cast<std::int32_t>(m_listing.volumes.size());
        m_out.judged = 0;
        for (std::size_t i = 0; i < m_listing.volumes.size(); ++i) {
            if (auto done = one(i); !done) {
                return tl::unexpected(done.error());
            }
        }
        for (const model::Volume& highest : m_highest) {
            if (auto done = judge(highest, false); !done) {
                return tl::unexpected(done.error());
            }
        }
        m_out.verdict = std::string(detect::volume::word(m_verdict));
        return std::move(m_out);
    }

private:
    base::Expected<void> one(std::size_t index) {
        const auto before = intake::volume::readVolume(m_listing, index, m_what.before, m_stop);
        // The same frames in the same order, whatever staging left of what tells volumes apart.
        auto after = intake::volume::readVolume(m_listing, index, m_what.after, m_stop);
        if (!before || !after) {
            return tl::unexpected(before ? after.error() : before.error());
        }
        const auto mask = transform::volume::fallsOn(m_what.mask, m_listing, index);
        const auto cover = m_what.cover ? transform::volume::fallsOn(*m_what.cover, m_listing, index)
                                        : base::Expected<model::VolumeMask>(model::VolumeMask());
        if (!mask || !cover) {
            return tl::unexpected(mask ? cover.error() : mask.error());
        }
        const std::int64_t leftBefore = m_out.left;
        compare(*before, *after, {*mask, *cover}, index);
        const bool taken = m_out.left == leftBefore;
        if (index == m_what.judged) {
            if (auto done = measure(*before, *after); !done) {
                return done;
            }
        }
        if (!detect::volume::mayShowFace(after->geometry)) {
            return {};
        }
        ++m_out.judged;
        const auto seen =
            std::ranges::find(m_seen, after->geometry, &std::pair<model::VolumeGeometry, std::size_t>::first);
        if (seen == m_seen.end()) {
            m_seen.emplace_back(after->geometry, 1);
        } else if (++seen->second > kOneByOne && taken) {
            gather(std::move(*after));
            return {};
        }
        return judge(*after, index == m_what.judged);
    }

    struct Taken {
        const model::VolumeMask& mask;
        const model::VolumeMask& cover;
        [[nodiscard]] bool covered(std::size_t voxel) const {
            return voxel < cover.voxels() && cover.test(voxel);
        }
    };

    /// What became of the voxels.
    void compare(const model::Volume& before, const model::Volume& after, const Taken& taken,
                 std::size_t index) {
        const auto own = transform::volume::ownFrames(m_listing, index);
        const auto& size = before.geometry.size;
        const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
        const bool sameScale = before.slope == after.slope && before.intercept == after.intercept;
        const double step = std::max(std::abs(before.slope), std::abs(after.slope));
        const bool known = m_what.behind && m_what.behind->geometry() == before.geometry;
        for (std::size_t slice = 0; slice < own.size(); ++slice) {
            if (!own[slice]) { // made of its neighbours when it is read
                note(m_out, "slices-between");
                continue;
            }
            const std::int32_t fill = fillOf(after, taken, false, slice * plane, (slice + 1) * plane);
            const std::int32_t cover = fillOf(after, taken, true, slice * plane, (slice + 1) * plane);
            for (std::size_t i = slice * plane; i < (slice + 1) * plane; ++i) {
                // Slices scaled one by one are brought to one scale when they are read, which the face is
                // part of.
                const bool changed = sameScale ? before.voxels[i] != after.voxels[i]
                                               : std::abs(before.value(i) - after.value(i)) > step;
                const bool inside = taken.mask.test(i);
                const std::int32_t wanted = taken.covered(i) ? cover : fill;
                m_out.changed += changed ? 1 : 0;
                m_out.outsideChanged += changed && !inside ? 1 : 0;
                m_out.left += inside && std::abs(after.voxels[i] - wanted) > 1 ? 1 : 0;
                // A region brought onto slices that lie otherwise takes what it touches, beside itself too.
                m_out.protectedChanged +=
                    changed && known && m_what.behind->test(i) && (!inside || m_what.mask.test(i)) ? 1 : 0;
            }
        }
        if (!sameScale) {
            note(m_out, "compared-to-one-step");
        }
        if (m_what.mask.geometry() != before.geometry) {
            note(m_out, "mask-of-another-series");
        }
    }

    /// The voxel that stands for what was taken of a slice, or covered: the one at half of those, since how a
    /// value is stored is its format's matter and may differ from slice to slice.
    static std::int32_t fillOf(const model::Volume& after, const Taken& taken, bool covered,
                               std::size_t first, std::size_t last) {
        std::map<std::int16_t, std::size_t> counts;
        std::size_t all = 0;
        for (std::size_t i = first; i < last; ++i) {
            if (taken.mask.test(i) && taken.covered(i) == covered) {
                ++counts[after.voxels[i]];
                ++all;
            }
        }
        std::size_t below = 0;
        for (const auto& [value, count] : counts) {
            below += count;
            if (below * 2 >= all) {
                return value;
            }
        }
        return 0;
    }

    /// Whether the skin around a part of the face lies deeper now than noise and smoothing explain. Nose and
    /// mouth: they are taken whatever a person chose to keep.
    static bool goneAt(const model::PointMm& part, const detect::volume::SurfaceView& view,
                       const detect::volume::SurfacePicture& old, const detect::volume::SurfacePicture& now) {
        constexpr int kAround = 3; // pixels
        constexpr float kLeastMm = 3;
        const model::PointMm from{part[0] - view.centre[0], part[1] - view.centre[1],
                                  part[2] - view.centre[2]};
        const double mm = view.sideMm / view.sizePx;
        const auto right = intake::volume::cross(view.towards, view.up);
        const auto x = static_cast<int>(view.sizePx / 2.0 + intake::volume::dot(from, right) / mm);
        const auto y = static_cast<int>(view.sizePx / 2.0 - intake::volume::dot(from, view.up) / mm);
        bool any = false;
        for (int v = y - kAround; v <= y + kAround; ++v) {
            for (int u = x - kAround; u <= x + kAround; ++u) {
                if (u < 0 || v < 0 || u >= view.sizePx || v >= view.sizePx) {
                    return false;
                }
                const auto at = static_cast<std::size_t>(v) * static_cast<std::size_t>(view.sizePx) +
                                static_cast<std::size_t>(u);
                if (std::isfinite(old.depthMm[at])) {
                    any = true;
                    if (!(now.depthMm[at] - old.depthMm[at] >= kLeastMm)) {
                        return false;
                    }
                }
            }
        }
        return any;
    }

    /// From the old surface to the new one, seen from the front and both sides.
    base::Expected<void> measure(const model::Volume& before, const model::Volume& after) {
        const auto seen = detect::volume::assessFace(before, {.stop = m_stop});
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        const auto head = seen->head ? base::Expected<detect::volume::Head>(*seen->head)
                                     : detect::volume::findHead(before, m_stop);
        if (!head) {
            note(m_out, head.error().args.empty() ? "head" : head.error().args.front());
            return {};
        }
        double sum = 0;
        std::int64_t count = 0;
        for (const double yaw : {-45.0, 0.0, 45.0}) {
            const auto view = detect::volume::viewOf(*head, yaw, 0, 0, head->skinThreshold);
            const auto old = detect::volume::look(before, view, &*head);
            const auto now = detect::volume::look(after, view, &*head);
            if (yaw == 0 && seen->verdict == FaceVerdict::Face && head->marks) {
                m_gone =
                    goneAt(head->marks->nose, view, old, now) && goneAt(head->marks->mouth, view, old, now);
            }
            for (std::size_t i = 0; i < old.depthMm.size() && i < now.depthMm.size(); ++i) {
                const auto moved = static_cast<double>(now.depthMm[i] - old.depthMm[i]);
                if (std::isfinite(moved) && moved > 0.5) {
                    sum += moved;
                    ++count;
                    m_out.mostMm = std::max(m_out.mostMm, moved);
                }
            }
        }
        m_out.meanMm = count > 0 ? sum / static_cast<double>(count) : 0;
        return {};
    }

    /// The highest values of repetitions at the same places.
    void gather(model::Volume after) {
        const auto same = std::ranges::find(m_highest, after.geometry, &model::Volume::geometry);
        if (same == m_highest.end()) {
            m_highest.push_back(std::move(after));
            return;
        }
        for (std::size_t i = 0; i < after.voxels.size(); ++i) {
            const double voxel = std::round((after.value(i) - same->intercept) / same->slope);
            const auto value = static_cast<std::int16_t>(std::clamp(voxel, -32'768.0, 32'767.0));
            same->voxels[i] = std::max(same->voxels[i], value);
        }
    }

    base::Expected<void> judge(const model::Volume& after, bool isOwn) {
        detect::volume::FaceSearchOptions options;
        options.thorough = true;
        options.stop = m_stop;
        const auto seen = detect::volume::assessFace(after, options);
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        FaceVerdict verdict = seen->verdict;
        // Where parts of the head were not imaged, nothing can be said of a head that one sees for the first
        // time. Of this one it is known how well its face was seen, and where.
        const bool known = isOwn && m_gone && seen->score < detect::volume::kFaceDoubt && m_out.left == 0 &&
                           std::ranges::none_of(seen->notes, [](const std::string& word) {
                               return word == "rough" || word == "no-model";
                           });
        if (verdict == FaceVerdict::Unclear && known) {
            verdict = FaceVerdict::None;
            note(m_out, "seen-before-and-gone");
        }
        const bool worse =
            !m_any || rank(verdict) > rank(m_verdict) || (verdict == m_verdict && seen->score > m_out.score);
        if (worse) {
            m_verdict = verdict;
            m_out.score = seen->score;
            m_out.found = seen->found;
        }
        m_any = true;
        m_out.views += seen->views;
        for (const std::string& word : seen->notes) {
            note(m_out, word);
        }
        return {};
    }

    const FaceMeasure& m_what;
    const std::stop_token& m_stop;
    Listing m_listing;
    FaceCheck m_out;
    bool m_any = false;
    bool m_gone = false; ///< a face was seen on the original, and its skin is not where it was
    FaceVerdict m_verdict = FaceVerdict::Unclear; ///< nothing was looked at: nothing is known
    std::vector<std::pair<model::VolumeGeometry, std::size_t>> m_seen; ///< how often
    std::vector<model::Volume> m_highest;
};

} // namespace

base::Expected<FaceCheck> measureFaces(const FaceMeasure& what, const std::stop_token& stop) {
    return Measuring(what, stop).run();
}

} // namespace kamei::job
