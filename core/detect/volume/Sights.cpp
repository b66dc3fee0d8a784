#include "core/detect/volume/Sights.h"

#include <algorithm>
#include <cmath>

#include "core/detect/vision/Faces.h"
#include "core/detect/volume/Frontal.h"
#include "core/detect/volume/Vectors.h"

namespace kamei::detect::volume {
namespace {

using model::PointMm;

constexpr double kLeastSeen = 0.05; // what BlazeFace is asked for: the other detector has said yes
constexpr std::int32_t kLookPx = 256;
constexpr double kLookMm = 300;
constexpr std::int32_t kLeastFacePx = 30;
constexpr std::byte kBehind{128}; // grey as in photographs: black makes a face of every outline
/// Between the eyes, and between eyes and mouth, from newborns to the largest adults, with room for marks
/// that are a little off.
constexpr double kLeastEyesMm = 24;
constexpr double kMostEyesMm = 105;
constexpr double kLeastMouthMm = 22;
constexpr double kMostMouthMm = 110;
constexpr double kLevel = 0.15;      // slope of the eyes in a picture that is upright
constexpr double kSameMm = 20;       // eyes and mouth of one face on two views
constexpr double kOtherSide = 0.966; // cosine of 15 degrees

/// The depth under a pixel or near it; nothing where no surface is near.
std::optional<double> depthNear(const SurfacePicture& seen, double x, double y, std::int32_t reach) {
    const std::int32_t side = seen.picture.width;
    for (std::int32_t r = 0; r <= reach; ++r) {
        for (std::int32_t j = -r; j <= r; ++j) {
            for (std::int32_t i = -r; i <= r; ++i) {
                const auto u = static_cast<std::int32_t>(x) + i;
                const auto v = static_cast<std::int32_t>(y) + j;
                if (std::max(std::abs(i), std::abs(j)) != r || u < 0 || v < 0 || u >= side || v >= side) {
                    continue;
                }
                const float depth =
                    seen.depthMm[static_cast<std::size_t>(v) * static_cast<std::size_t>(side) +
                                 static_cast<std::size_t>(u)];
                if (std::isfinite(depth)) {
                    return depth;
                }
            }
        }
    }
    return std::nullopt;
}

/// Brings the model's points back onto the surface; nothing when they are not those of a person's face.
std::optional<FaceMarks> marksOf(const SurfacePicture& seen, const SurfaceView& view,
                                 const vision::Face& face) {
    constexpr std::int32_t kReach = 8; // of a profile, one eye is seen beside the head
    const auto under = [&](const model::PointPx& at) -> std::optional<PointMm> {
        const auto depth = depthNear(seen, at.x, at.y, kReach);
        return depth ? std::optional(seen.placeOf(view, at.x, at.y, *depth)) : std::nullopt;
    };
    const auto right = under(face.eyes[0]);
    const auto left = under(face.eyes[1]);
    const auto nose = under(face.marks[0]);
    const auto mouth = under(face.marks[1]);
    if (!right || !left || !nose || !mouth) {
        return std::nullopt;
    }
    FaceMarks out{*right, *left, *nose, *mouth, {}, {}, {}};
    const PointMm between = betweenEyes(out);
    const double apart = norm(minus(*right, *left));
    const double below = norm(minus(between, *mouth));
    if (apart < kLeastEyesMm || apart > kMostEyesMm || below < kLeastMouthMm || below > kMostMouthMm) {
        return std::nullopt;
    }
    // The chin lies about two thirds as far below the mouth as the mouth below the eyes.
    constexpr double kChin = 0.65;
    const model::PointPx middle{(face.eyes[0].x + face.eyes[1].x) / 2, (face.eyes[0].y + face.eyes[1].y) / 2};
    const auto chin = under({face.marks[1].x + kChin * (face.marks[1].x - middle.x),
                             face.marks[1].y + kChin * (face.marks[1].y - middle.y)});
    out.chin = chin ? *chin : plus(*mouth, minus(*mouth, between), kChin);
    // Ears lie at the sides, behind the eyes, as far as usual: the surface under their marks is the cheek's.
    constexpr double kEarMm = 85;
    const double depth = dot(minus(between, view.centre), view.towards) + kEarMm;
    out.rightEar = seen.placeOf(view, face.marks[2].x, face.marks[2].y, depth);
    out.leftEar = seen.placeOf(view, face.marks[3].x, face.marks[3].y, depth);
    return out;
}

/// Where eyes, nose and mouth are in a face that fills a rectangle, where nothing better is known.
vision::Face usualFace(const model::RectPx& rect) {
    const auto at = [&rect](double x, double y) {
        return model::PointPx{rect.x + x * rect.width, rect.y + y * rect.height};
    };
    vision::Face out;
    out.rect = rect;
    out.eyes = {at(0.3, 0.3), at(0.7, 0.3)};
    out.marks = {at(0.5, 0.55), at(0.5, 0.77), at(0, 0.4), at(1, 0.4)};
    return out;
}

/// Whether a face of BlazeFace is the one in a rectangle: eyes in its upper part, the mouth in its lower one,
/// both in its middle as far as the view is a straight one.
bool eyesWithin(const vision::Face& face, const model::RectPx& rect, double yaw) {
    const auto share = [&](const model::PointPx& at) {
        return std::pair((at.x - rect.x) / std::max(1, rect.width),
                         (at.y - rect.y) / std::max(1, rect.height));
    };
    const auto inside = [&](const model::PointPx& at, double low, double high) {
        const auto [x, y] = share(at);
        return x > -0.1 && x < 1.1 && y > low && y < high;
    };
    constexpr double kAside = 0.1;
    constexpr double kAsideADegree = 0.006;
    const double middle = (share(face.eyes[0]).first + share(face.eyes[1]).first) / 2;
    const double most = kAside + kAsideADegree * std::abs(yaw);
    if (std::abs(middle - 0.5) > most || std::abs(share(face.marks[1]).first - 0.5) > most) {
        return false;
    }
    return inside(face.eyes[0], 0, 0.6) && inside(face.eyes[1], 0, 0.6) && inside(face.marks[1], 0.5, 1.1);
}

bool samePlaces(const Sight& a, const Sight& b) {
    return norm(minus(betweenEyes(a.marks), betweenEyes(b.marks))) < kSameMm &&
           norm(minus(a.marks.mouth, b.marks.mouth)) < kSameMm;
}

bool fromOtherSide(const Sight& a, const Sight& b) {
    return dot(a.judged.view.towards, b.judged.view.towards) < kOtherSide;
}

} // namespace

PointMm betweenEyes(const FaceMarks& marks) {
    return plus(marks.rightEye, minus(marks.leftEye, marks.rightEye), 0.5);
}

base::Expected<std::optional<Sight>> lookOnce(const SurfaceCaster& caster, const Head& head, double yaw,
                                              double pitch, double roll, double threshold) {
    JudgedView judged{viewOf(head, yaw, pitch, roll, threshold), yaw, pitch, roll, 0};
    judged.view.sizePx = kLookPx;
    judged.view.sideMm = kLookMm;
    SurfacePicture picture = caster.look(judged.view);
    for (std::size_t i = 0; i < picture.depthMm.size(); ++i) {
        if (!std::isfinite(picture.depthMm[i])) {
            picture.picture.samples[i] = kBehind;
        }
    }
    std::optional<Sight> out;
    const auto frontal = findFrontalFaces(picture.picture);
    if (frontal.empty()) {
        return out;
    }
    vision::FaceSearch how;
    how.turns = false;
    how.leastScore = kLeastSeen;
    how.leastPx = kLeastFacePx;
    how.closeUp = false; // the view leaves room around the head
    const auto faces = vision::findFaces(picture.picture, how);
    if (!faces) {
        return tl::unexpected(faces.error());
    }
    for (const FrontalFace& found : frontal) {
        std::vector<vision::Face> drafts;
        std::ranges::copy_if(*faces, std::back_inserter(drafts),
                             [&](const vision::Face& face) { return eyesWithin(face, found.rect, yaw); });
        drafts.push_back(usualFace(found.rect));
        for (const vision::Face& face : drafts) { // best first
            const auto marks = marksOf(picture, judged.view, face);
            if (!marks) {
                continue;
            }
            judged.score = found.score;
            const double across = face.eyes[1].x - face.eyes[0].x;
            return Sight{judged, *marks,
                         across > 0 && std::abs(face.eyes[1].y - face.eyes[0].y) < kLevel * across};
        }
    }
    return out;
}

Agreement agree(std::span<const Sight> sights) {
    Agreement out;
    std::size_t first = 0;
    for (std::size_t i = 0; i < sights.size(); ++i) {
        for (std::size_t k = i + 1; k < sights.size(); ++k) {
            const double lower = std::min(sights[i].judged.score, sights[k].judged.score);
            if (lower > out.score && samePlaces(sights[i], sights[k]) &&
                fromOtherSide(sights[i], sights[k])) {
                out.score = lower;
                first = sights[i].judged.score >= sights[k].judged.score ? i : k;
            }
        }
    }
    for (std::size_t i = 0; i < sights.size() && out.score > 0; ++i) {
        if (i == first || samePlaces(sights[first], sights[i])) {
            out.members.push_back(i);
        }
    }
    std::ranges::stable_sort(out.members, std::ranges::greater{},
                             [&](std::size_t i) { return sights[i].judged.score; });
    return out;
}

FaceMarks middleOf(std::span<const Sight> sights, const Agreement& agreement) {
    FaceMarks out;
    for (PointMm FaceMarks::*mark :
         {&FaceMarks::rightEye, &FaceMarks::leftEye, &FaceMarks::nose, &FaceMarks::mouth, &FaceMarks::chin,
          &FaceMarks::rightEar, &FaceMarks::leftEar}) {
        for (std::size_t i = 0; i < 3; ++i) {
            std::vector<double> values;
            for (const std::size_t member : agreement.members) {
                values.push_back((sights[member].marks.*mark)[i]);
            }
            if (!values.empty()) {
                const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
                std::ranges::nth_element(values, middle);
                (out.*mark)[i] = *middle;
            }
        }
    }
    return out;
}

} // namespace kamei::detect::volume
