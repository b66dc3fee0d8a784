#include "core/detect/volume/Face.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <numbers>

#include "core/detect/volume/Midplane.h"
#include "core/detect/volume/Sights.h"
#include "core/detect/volume/Vectors.h"

namespace kamei::detect::volume {
namespace {

using base::ErrorCode;
using model::PointMm;

constexpr std::string_view kPlace = "detect.volume.face";
constexpr double kCertain = 0.75;
constexpr std::size_t kCertainViews = 3;
constexpr double kPromising = 0.5;
constexpr double kLookSpacingMm = 1.5;
constexpr double kRoughMm = 6.5; // slices further apart show no features
constexpr std::int32_t kFewSlices = 10;
constexpr std::size_t kKept = 5;
constexpr std::size_t kMostSides = 3; // that are looked at from around
constexpr double kTurned = 0.75;      // against what the header says: of many sides, one looks like a face

constexpr std::array<double, 7> kYaws{0, -20, 20, -40, 40, -60, 60};
constexpr std::array<double, 3> kPitches{0, 20, -20};
constexpr std::size_t kThresholds = 3;
constexpr std::size_t kRounds = kThresholds * kPitches.size();

/// Values at which the surface is looked for: where air ends, where noise may lie, and deeper in the skin.
std::array<double, kThresholds> thresholdsOf(const Head& head) {
    if (head.skinThreshold < -200) { // Hounsfield units
        return {head.skinThreshold, head.skinThreshold + 200, head.skinThreshold - 250};
    }
    const double above = head.skinThreshold - head.background;
    return {head.skinThreshold, head.background + 0.6 * above, head.background + 1.6 * above};
}

/// How a head may stand, and what was seen of it.
struct Pose {
    Head head;
    std::vector<Sight> sights;
    Agreement agreement;
};

class Assessor {
public:
    Assessor(const model::Volume& volume, const FaceSearchOptions& options)
        : m_volume(volume), m_options(options) {}

    base::Expected<FaceAssessment> assess() {
        auto head = findHead(m_volume, m_options.stop);
        if (!head) {
            if (head.error().code != ErrorCode::NotPossible) {
                return tl::unexpected(head.error());
            }
            m_out.notes.insert(m_out.notes.end(), head.error().args.begin(), head.error().args.end());
            return std::move(m_out);
        }
        m_around = aroundHead(m_volume, *head, kLookSpacingMm);
        const SurfaceCaster caster(m_around);
        m_caster = &caster;
        m_best.head = *head;
        search();
        if (m_options.stop.stop_requested()) {
            return base::fail(ErrorCode::Cancelled, kPlace);
        }
        finish();
        return std::move(m_out);
    }

private:
    /// From where the face should be; where it is not seen for certain, from all sides: a patient may lie
    /// otherwise than the header says. What one look from a side shows plainly is gone round before the rest
    /// of what the header says: of a turned head most views would be in vain.
    void search() {
        Pose stated = std::move(m_best);
        around(stated, 0, m_options.thorough || m_options.asStated ? kRounds : 1);
        if (isCertain(stated) || m_options.asStated) {
            settle(std::move(stated));
            return;
        }
        auto sides = promisingSides(stated.head);
        Pose turned;
        std::size_t next = 0;
        const auto goRound = [&](double least) {
            for (; next < sides.size() && sides[next].first >= least; ++next) {
                Pose& pose = sides[next].second;
                around(pose, 0, kRounds);
                if (pose.agreement.score > turned.agreement.score) {
                    turned = std::move(pose);
                }
            }
        };
        if (!m_options.thorough) {
            goRound(std::max(kTurned, stated.agreement.score));
            if (isCertain(turned)) {
                m_best = std::move(turned);
                return;
            }
            around(stated, 1, kRounds);
            if (isCertain(stated)) {
                settle(std::move(stated));
                return;
            }
        }
        goRound(kPromising);
        m_best = std::move(stated);
        take(std::move(turned));
    }

    /// A face that was seen as the header says. An upside-down one may be taken for one: the other way round
    /// it is seen better then.
    void settle(Pose stated) {
        Pose turned = posed(stated.head, 0, 0, 180);
        m_best = std::move(stated);
        if (!isCertain(m_best)) {
            return;
        }
        const auto sight = once(turned, 0, 0, thresholdsOf(turned.head)[0]);
        if (sight && sight->judged.score >= m_best.agreement.score) {
            around(turned, 0, kRounds);
            take(std::move(turned));
        }
    }

    /// The sides but the stated one from which one look shows something of a face, with its score, best
    /// first.
    std::vector<std::pair<double, Pose>> promisingSides(const Head& asStated) {
        std::vector<std::pair<double, Pose>> sides;
        constexpr std::array<std::array<double, 2>, 6> kSides{
            {{0, 0}, {180, 0}, {90, 0}, {-90, 0}, {0, 90}, {0, -90}}};
        for (const auto& [yaw, pitch] : kSides) {
            for (const double roll : {0.0, 90.0, 180.0, 270.0}) {
                if (yaw == 0 && pitch == 0 && roll == 0) {
                    continue;
                }
                Pose pose = posed(asStated, yaw, pitch, roll);
                const auto sight = once(pose, 0, 0, thresholdsOf(asStated)[0]);
                if (sight && sight->judged.score >= kPromising) {
                    sides.emplace_back(sight->judged.score, std::move(pose));
                }
            }
        }
        std::ranges::stable_sort(sides, std::ranges::greater{}, &std::pair<double, Pose>::first);
        sides.erase(sides.begin() + static_cast<std::ptrdiff_t>(std::min(sides.size(), kMostSides)),
                    sides.end());
        return sides;
    }

    static Pose posed(const Head& head, double yaw, double pitch, double roll) {
        const SurfaceView view = viewOf(head, yaw, pitch, roll, 0);
        Pose out;
        out.head = head;
        out.head.front = {-view.towards[0], -view.towards[1], -view.towards[2]};
        out.head.up = view.up;
        out.head.left = cross(out.head.up, out.head.front);
        return out;
    }

    void take(Pose pose) {
        if (pose.agreement.score > std::max(kTurned, m_best.agreement.score)) {
            m_best = std::move(pose);
        }
    }

    static bool isCertain(const Pose& pose) {
        const auto good = std::ranges::count_if(
            pose.agreement.members, [&](std::size_t i) { return pose.sights[i].judged.score >= kCertain; });
        return pose.agreement.score >= kCertain && static_cast<std::size_t>(good) >= kCertainViews;
    }

    /// The views of a pose from the front half, until a face is certain; rounds of first..last, the last one
    /// excluded: a threshold and a pitch each, seen from all yaws.
    void around(Pose& pose, std::size_t first, std::size_t last) {
        const auto thresholds = thresholdsOf(pose.head);
        for (std::size_t round = first; round < last; ++round) {
            if (m_options.asStated && round == kPitches.size() && pose.sights.empty()) {
                return;
            }
            for (const double yaw : kYaws) {
                if (m_options.stop.stop_requested() || m_noModel) {
                    return;
                }
                const double pitch = kPitches[round % kPitches.size()];
                if (auto sight = once(pose, yaw, pitch, thresholds[round / kPitches.size()])) {
                    pose.sights.push_back(std::move(*sight));
                    pose.agreement = agree(pose.sights);
                }
                if (!m_options.thorough && isCertain(pose)) {
                    return;
                }
            }
        }
    }

    std::optional<Sight> once(const Pose& pose, double yaw, double pitch, double threshold) {
        ++m_out.views;
        auto sight = lookOnce(*m_caster, pose.head, yaw, pitch, 0, threshold);
        m_noModel = m_noModel || !sight;
        return sight ? std::move(*sight) : std::nullopt;
    }

    /// Axes of the head from the face's marks, and its middle from what mirrors it: marks of rough slices are
    /// off by many degrees. Either is taken only where the face, seen straight along the axes, is found as
    /// well and stands upright: marks that are a little off turn the head the wrong way.
    void align() {
        Head head = m_best.head;
        const FaceMarks& marks = *m_best.head.marks;
        turn(head, unit(minus(marks.leftEye, marks.rightEye)), minus(betweenEyes(marks), marks.mouth));
        Head mirrored = head;
        const auto plane = midplaneOf(head);
        if (plane && plane->mismatch < plane->mismatchAsWas) {
            turn(mirrored, plane->left, head.up);
        }
        if (plane && takeIfSeen(mirrored)) {
            m_aside = dot(minus(plus(head.centre, plane->left, plane->asideMm), m_best.head.centre),
                          m_best.head.left);
        } else {
            takeIfSeen(head);
        }
        const PointMm& front = m_best.head.front;
        if (-front[1] < std::numbers::sqrt2 / 2 || m_best.head.up[2] < std::numbers::sqrt2 / 2) {
            m_out.notes.emplace_back("turned");
        }
        level();
    }

    static void turn(Head& head, const PointMm& left, const PointMm& up) {
        head.left = left;
        head.up = unit(plus(up, left, -dot(up, left)));
        head.front = cross(head.left, head.up);
    }

    bool takeIfSeen(const Head& head) {
        Pose pose;
        pose.head = head;
        const auto sight = once(pose, 0, 0, m_out.threshold);
        if (!sight || !sight->level || sight->judged.score < kFaceScore) {
            return false;
        }
        turn(m_best.head, head.left, head.up);
        m_best.head.marks = sight->marks;
        return true;
    }

    /// Heights of the face's parts; the middle of the head comes to the level of the eyes.
    void level() {
        Head& head = m_best.head;
        const FaceMarks& marks = *head.marks;
        const PointMm eyes = betweenEyes(marks);
        const auto reach = [&head](std::size_t axis, const PointMm& along, double by) {
            head.centre = plus(head.centre, along, by);
            head.reachMm[axis] -= by;
            head.backMm[axis] += by;
        };
        head.fromFace = true;
        reach(2, head.up, dot(minus(eyes, head.centre), head.up));
        reach(0, head.left, m_aside.value_or(dot(minus(eyes, head.centre), head.left)));
        const auto height = [&head](const PointMm& at) { return dot(minus(at, head.centre), head.up); };
        head.eyesMm = 0;
        head.noseMm = height(marks.nose);
        head.mouthMm = height(marks.mouth);
        head.chinMm = height(marks.chin);
        head.browMm = 0.35 * std::max(20.0, -head.mouthMm);
    }

    /// Share of places around a part of the face, and a little before it, that were imaged.
    double imaged(double heightMm, double frontMm, double asideMm) const {
        const Head& head = m_best.head;
        int inside = 0;
        int all = 0;
        for (const double side : {-asideMm, -asideMm / 2, 0.0, asideMm / 2, asideMm}) {
            for (const double rise : {-8.0, 0.0, 8.0}) {
                const PointMm at = plus(
                    plus(plus(head.centre, head.up, heightMm + rise), head.front, frontMm), head.left, side);
                const auto voxel = voxelOf(m_volume.geometry, at);
                bool in = true;
                for (std::size_t i = 0; i < 3; ++i) {
                    in = in && voxel[i] > -0.5 && voxel[i] < m_volume.geometry.size[i] - 0.5;
                }
                inside += in ? 1 : 0;
                ++all;
            }
        }
        return static_cast<double>(inside) / all;
    }

    void cover() {
        // How far the face reaches forward: as far as the head does at the level of the eyes.
        const Head& head = m_best.head;
        // A nose that was cut off leaves a hole: then it stood before the eyes by as much as usual.
        const auto ahead = [&head](const PointMm& at) { return dot(minus(at, head.centre), head.front); };
        constexpr double kNoseMm = 25;
        const double front =
            head.marks ? std::max(ahead(head.marks->nose), ahead(betweenEyes(*head.marks)) + kNoseMm)
                       : head.widthMm[1] / 2;
        constexpr double kBefore = 4;
        FaceCoverage& c = m_out.coverage;
        c.forehead = imaged(head.eyesMm + 45, front - 15, 30);
        c.eyes = imaged(head.eyesMm, front - 20, 40);
        c.nose = imaged(head.noseMm, front + kBefore, 10);
        c.mouth = imaged(head.mouthMm, front - 8, 25);
        c.chin = imaged(head.chinMm, front - 10, 20);
        c.ears = imaged(head.eyesMm - 20, 0, std::max(70.0, head.widthMm[0] / 2));
        const auto note = [&](double share, const char* word) {
            if (share < kPartImaged) {
                m_out.notes.emplace_back(word);
            }
        };
        note(c.forehead, "forehead-outside");
        note(c.eyes, "eyes-outside");
        note(c.nose, "nose-outside");
        note(c.mouth, "mouth-outside");
        note(c.chin, "chin-outside");
    }

    void keepViews() {
        m_out.score = m_best.agreement.score;
        for (const std::size_t member : m_best.agreement.members) {
            const JudgedView& view = m_best.sights[member].judged;
            m_out.found += view.score >= kFaceScore ? 1 : 0;
            const bool fresh = std::ranges::none_of(m_out.best, [&](const JudgedView& other) {
                return other.yaw == view.yaw && other.pitch == view.pitch;
            });
            if (fresh && m_out.best.size() < kKept) {
                m_out.best.push_back(view);
            }
        }
        m_out.threshold = m_out.best.empty() ? m_best.head.skinThreshold : m_out.best.front().view.threshold;
    }

    void finish() {
        keepViews();
        if (m_out.score >= kFaceScore) {
            m_best.head.marks = middleOf(m_best.sights, m_best.agreement);
            // Marks are truest where the face is seen straight.
            const auto straight = once(m_best, 0, 0, m_out.threshold);
            if (straight && straight->judged.score >= kFaceScore) {
                m_best.head.marks = straight->marks;
            }
            align();
        }
        cover();
        double widest = 0;
        bool few = false;
        for (std::size_t i = 0; i < 3; ++i) {
            widest = std::max(widest, norm(m_volume.geometry.axes[i]));
            few = few || m_volume.geometry.size[i] < kFewSlices;
        }
        const bool rough = widest > kRoughMm || few;
        if (rough) {
            m_out.notes.emplace_back("rough");
        }
        if (m_noModel) {
            m_out.notes.emplace_back("no-model");
        }
        const FaceCoverage& c = m_out.coverage;
        const bool whole = std::min({c.eyes, c.nose, c.mouth}) > 0.9;
        m_out.verdict = m_out.score >= kFaceScore                                   ? FaceVerdict::Face
                        : m_out.score >= kFaceDoubt || rough || m_noModel || !whole ? FaceVerdict::Unclear
                                                                                    : FaceVerdict::None;
        m_out.head = std::move(m_best.head);
    }

    const model::Volume& m_volume;
    const FaceSearchOptions& m_options;
    FaceAssessment m_out;
    model::Volume m_around;
    const SurfaceCaster* m_caster = nullptr;
    Pose m_best;
    bool m_noModel = false;
    std::optional<double> m_aside; ///< of the plane that mirrors the head from its centre, mm to the left
};

} // namespace

std::string_view word(FaceVerdict verdict) {
    switch (verdict) {
    case FaceVerdict::Face:
        return "face";
    case FaceVerdict::None:
        return "none";
    default:
        return "unclear";
    }
}

base::Expected<FaceAssessment> assessFace(const model::Volume& volume, const FaceSearchOptions& options) {
    try {
        return Assessor(volume, options).assess();
    } catch (const std::bad_alloc&) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
}

} // namespace kamei::detect::volume
