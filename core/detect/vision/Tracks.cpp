#include "core/detect/vision/Tracks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/detect/vision/Planes.h"

namespace kamei::detect::vision {
namespace {

using model::RectPx;
using model::TrackKey;

constexpr std::int32_t kMostMissed = 3; // looks without the figure before it is another one
constexpr double kSurelyThere = 0.8;    // of a figure that was seen once
constexpr double kLikelyThere = 0.75;   // of one that was seen again and again
constexpr double kRoom = 0.12;          // around a figure that moves between two looks
constexpr double kNewScene = 0.45;      // share of pixels that change their place in the distribution
constexpr double kLost = 0.45;          // correlation with the looks of the box
constexpr double kRenew = 0.75;         // from which on the looks are taken anew
constexpr std::int32_t kFramesBetweenKeys = 5;

cv::Rect rectOf(const RectPx& r) {
    return {r.x, r.y, r.width, r.height};
}

/// Whether two boxes may be one figure a few frames apart.
bool follows(const RectPx& before, const RectPx& now) {
    const double dx = (before.x + before.width / 2.0) - (now.x + now.width / 2.0);
    const double dy = (before.y + before.height / 2.0) - (now.y + now.height / 2.0);
    const double size = (before.width + before.height + now.width + now.height) / 4.0;
    const double ratio = static_cast<double>(std::max(before.width, 1)) / std::max(now.width, 1);
    return std::hypot(dx, dy) < 0.8 * size && ratio < 2 && ratio > 0.5;
}

RectPx roomy(const RectPx& r) {
    const int x = static_cast<int>(std::ceil(kRoom * r.width));
    const int y = static_cast<int>(std::ceil(kRoom * r.height));
    return {r.x - x, r.y - y, r.width + 2 * x, r.height + 2 * y};
}

cv::Mat greyOf(const model::Raster& raster) {
    cv::Mat shown = shownPicture(raster);
    if (shown.channels() > 1) {
        cv::cvtColor(shown, shown, cv::COLOR_BGR2GRAY);
    }
    return shown;
}

/// The best place of a box's looks near where it was, a little larger or smaller.
struct Place {
    cv::Rect2d box;
    double score = -1;
};

Place search(const cv::Mat& picture, const cv::Mat& looks, const cv::Rect2d& before) {
    Place best;
    for (const double scale : {1.0, 0.95, 1.05}) {
        const double width = before.width * scale;
        const double height = before.height * scale;
        cv::Mat wanted;
        cv::resize(looks, wanted,
                   {std::max(4, static_cast<int>(std::lround(width))),
                    std::max(4, static_cast<int>(std::lround(height)))});
        const cv::Rect window =
            cv::Rect(static_cast<int>(before.x - 0.6 * width), static_cast<int>(before.y - 0.6 * height),
                     static_cast<int>(2.2 * width), static_cast<int>(2.2 * height)) &
            cv::Rect({0, 0}, picture.size());
        if (window.width < wanted.cols || window.height < wanted.rows) {
            continue;
        }
        cv::Mat scores;
        cv::matchTemplate(picture(window), wanted, scores, cv::TM_CCOEFF_NORMED);
        double score = 0;
        cv::Point at;
        cv::minMaxLoc(scores, nullptr, &score, nullptr, &at);
        if (score >
            best.score + (scale == 1.0 ? 0 : 0.02)) { // sizes change only where that is clearly better
            best = {cv::Rect2d(window.x + at.x, window.y + at.y, width, height), score};
        }
    }
    return best;
}

RectPx pixelsOf(const cv::Rect2d& box) {
    const int x = static_cast<int>(std::floor(box.x));
    const int y = static_cast<int>(std::floor(box.y));
    return {x, y, static_cast<int>(std::ceil(box.br().x)) - x, static_cast<int>(std::ceil(box.br().y)) - y};
}

/// Rectangle mask over key frames.
model::Mask maskOf(std::vector<TrackKey> keys, std::int32_t first, std::int32_t last) {
    model::Mask out;
    std::ranges::sort(keys, {}, &TrackKey::frame);
    out.rect = keys.front().rect;
    out.frames = {first, last};
    if (keys.size() > 1) {
        out.track = std::move(keys);
    }
    return out;
}

} // namespace

TrackBuilder::TrackBuilder(std::int32_t every, std::int32_t frames)
    : m_every(std::max(1, every)), m_frames(frames) {}

void TrackBuilder::add(std::int32_t frame, const std::vector<Sighting>& found, bool newScene) {
    if (newScene) {
        // Where between two looks the scene changed is not known: both scenes reach over the gap.
        for (Track& track : m_tracks) {
            track.to = track.to == 0 ? frame - 1 : track.to;
        }
        m_sceneFrom = std::max(1, frame - m_every + 1);
    }
    std::vector<bool> taken(m_tracks.size(), false);
    for (const Sighting& sighting : found) {
        std::size_t best = m_tracks.size();
        double nearest = 0;
        for (std::size_t i = 0; i < taken.size(); ++i) {
            const Track& track = m_tracks[i];
            const bool alive =
                track.to == 0 && frame - track.keys.back().frame <= (kMostMissed + 1) * m_every;
            if (taken[i] || !alive || !follows(track.keys.back().rect, sighting.rect)) {
                continue;
            }
            const double shared = (rectOf(track.keys.back().rect) & rectOf(sighting.rect)).area() + 1.0;
            if (shared > nearest) {
                nearest = shared;
                best = i;
            }
        }
        if (best == m_tracks.size()) {
            m_tracks.push_back({{{frame, sighting.rect}}, sighting.score, m_sceneFrom, 0});
            continue;
        }
        taken[best] = true;
        m_tracks[best].keys.push_back({frame, sighting.rect});
        m_tracks[best].best = std::max(m_tracks[best].best, sighting.score);
    }
}

std::vector<model::Mask> TrackBuilder::finish() {
    std::vector<model::Mask> out;
    for (Track& track : m_tracks) {
        if (track.best < (track.keys.size() < 2 ? kSurelyThere : kLikelyThere)) {
            continue;
        }
        const std::int32_t room = 2 * m_every;
        const std::int32_t first = std::max(track.from, track.keys.front().frame - room);
        const std::int32_t last =
            std::min(track.to == 0 ? m_frames : track.to, track.keys.back().frame + room);
        for (TrackKey& key : track.keys) {
            key.rect = m_every > 1 ? roomy(key.rect) : key.rect;
        }
        out.push_back(maskOf(std::move(track.keys), first, std::max(first, last)));
    }
    m_tracks.clear();
    return out;
}

bool SceneCuts::isNew(const model::Raster& raster) {
    if (!isSound(raster)) {
        return false;
    }
    cv::Mat small;
    cv::resize(shownPicture(raster), small, {64, 64}, 0, 0, cv::INTER_AREA);
    // Eight levels of each channel, in each quarter of the picture.
    constexpr int kLevels = 8;
    const int channels = small.channels();
    std::vector<float> now(static_cast<std::size_t>(4 * channels * kLevels), 0.0F);
    for (int y = 0; y < small.rows; ++y) {
        const std::uint8_t* row = small.ptr<std::uint8_t>(y);
        for (int x = 0; x < small.cols; ++x) {
            const int quarter = (y < 32 ? 0 : 2) + (x < 32 ? 0 : 1);
            for (int c = 0; c < channels; ++c) {
                const int bin = (quarter * channels + c) * kLevels + row[x * channels + c] * kLevels / 256;
                now[static_cast<std::size_t>(bin)] += 1.0F / (64.0F * 64.0F * static_cast<float>(channels));
            }
        }
    }
    double moved = 0;
    const bool comparable = m_before.size() == now.size();
    for (std::size_t i = 0; comparable && i < now.size(); ++i) {
        moved += std::abs(now[i] - m_before[i]) / 2;
    }
    const bool first = m_before.empty();
    m_before = std::move(now);
    return !first && (!comparable || moved > kNewScene);
}

base::Expected<model::Mask> trackBox(const FrameSource& frame, std::int32_t start, const RectPx& box,
                                     std::int32_t last, std::stop_token stop) {
    const auto first = frame(start);
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (!isSound(*first) || box.width < 4 || box.height < 4 || box.x < 0 || box.y < 0 ||
        box.x + box.width > first->width || box.y + box.height > first->height) {
        return base::fail(base::ErrorCode::InvalidArgument, "detect.vision.track");
    }
    try {
        SceneCuts cuts;
        (void)cuts.isNew(*first);
        cv::Mat looks = greyOf(*first)(rectOf(box)).clone();
        cv::Rect2d at(box.x, box.y, box.width, box.height);
        std::vector<TrackKey> keys{{start, box}};
        const std::int32_t step = last >= start ? 1 : -1;
        std::int32_t reached = start;
        for (std::int32_t number = start + step; number != last + step; number += step) {
            if (stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "detect.vision.track");
            }
            const auto raster = frame(number);
            if (!raster) {
                return tl::unexpected(raster.error());
            }
            if (!isSound(*raster) || cuts.isNew(*raster)) {
                break;
            }
            const cv::Mat picture = greyOf(*raster);
            const Place place = search(picture, looks, at);
            if (place.score < kLost) {
                break;
            }
            at = place.box;
            reached = number;
            const cv::Rect inside = cv::Rect(at) & cv::Rect({0, 0}, picture.size());
            if (place.score > kRenew && inside.area() > 16) {
                looks = picture(inside).clone();
            }
            if (std::abs(number - keys.back().frame) >= kFramesBetweenKeys) {
                keys.push_back({number, pixelsOf(at)});
            }
        }
        if (reached != keys.back().frame) {
            keys.push_back({reached, pixelsOf(at)});
        }
        return maskOf(std::move(keys), std::min(start, reached), std::max(start, reached));
    } catch (const cv::Exception&) {
        return base::fail(base::ErrorCode::Internal, "detect.vision.track");
    }
}

} // namespace kamei::detect::vision
