#include "core/model/Mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace kamei::model {
namespace {

constexpr std::array<const char*, 4> kShapes{"rectangle", "ellipse", "polygon", "brush"};
constexpr std::array<const char*, 3> kFills{"black", "local-mean", "noise"};
constexpr std::size_t kMostKeys = 100'000;

bool insidePolygon(const std::vector<PointPx>& points, double x, double y) {
    bool inside = false;
    for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++) {
        const PointPx& a = points[i];
        const PointPx& b = points[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

double distanceToSegment(const PointPx& a, const PointPx& b, double x, double y) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(x - (a.x + t * dx), y - (a.y + t * dy));
}

bool insideBrush(const Mask& mask, double x, double y) {
    for (std::size_t i = 0; i < mask.points.size(); ++i) {
        const PointPx& next = mask.points[std::min(i + 1, mask.points.size() - 1)];
        if (distanceToSegment(mask.points[i], next, x, y) <= mask.radiusPx) {
            return true;
        }
    }
    return false;
}

bool insideShape(const Mask& mask, double x, double y) {
    switch (mask.shape) {
    case Mask::Shape::Rectangle:
        return x >= mask.rect.x && x < mask.rect.x + mask.rect.width && y >= mask.rect.y &&
               y < mask.rect.y + mask.rect.height;
    case Mask::Shape::Ellipse: {
        const double rx = mask.rect.width / 2.0;
        const double ry = mask.rect.height / 2.0;
        if (rx <= 0 || ry <= 0) {
            return false;
        }
        const double u = (x - mask.rect.x - rx) / rx;
        const double v = (y - mask.rect.y - ry) / ry;
        return u * u + v * v <= 1.0;
    }
    case Mask::Shape::Polygon:
        return mask.points.size() >= 3 && insidePolygon(mask.points, x, y);
    case Mask::Shape::Brush:
        return insideBrush(mask, x, y);
    }
    return false;
}

/// The pixels that can be affected at all, so that small masks on large images stay cheap.
RectPx reach(const Mask& mask, std::int32_t width, std::int32_t height) {
    if (mask.keepInside) {
        return {0, 0, width, height};
    }
    const RectPx box = boundsOf(mask);
    // In 64 bits: figures of a file may end anywhere.
    const auto clip = [](std::int64_t value, std::int32_t limit) {
        return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, 0, limit));
    };
    const std::int32_t x0 = clip(box.x, width);
    const std::int32_t y0 = clip(box.y, height);
    return {x0, y0, clip(std::int64_t{box.x} + box.width, width) - x0,
            clip(std::int64_t{box.y} + box.height, height) - y0};
}

constexpr std::int32_t kFarthest = 1 << 28; // pixels: sums of two places stay within 32 bits

std::int32_t rounded(double value) {
    constexpr double kLimit = kFarthest;
    return static_cast<std::int32_t>(std::lround(std::clamp(value, -kLimit, kLimit)));
}

/// x, y, width and height from place `first` of a list. Out of range: nothing that can be drawn.
std::optional<RectPx> rectFrom(const nlohmann::json& list, std::size_t first) {
    const auto number = [&](std::size_t i) { return list.at(first + i).get<std::int64_t>(); };
    const auto fits = [&](std::size_t i) { return number(i) >= -kFarthest && number(i) <= kFarthest; };
    if (!fits(0) || !fits(1) || !fits(2) || !fits(3)) {
        return std::nullopt;
    }
    return RectPx{static_cast<std::int32_t>(number(0)), static_cast<std::int32_t>(number(1)),
                  static_cast<std::int32_t>(number(2)), static_cast<std::int32_t>(number(3))};
}

/// The place of a moving figure: outward, so that rounding uncovers nothing.
RectPx placeAt(const std::vector<TrackKey>& track, std::int32_t frame) {
    const auto after = std::ranges::find_if(track, [&](const TrackKey& key) { return key.frame >= frame; });
    if (after == track.begin() || after == track.end()) {
        return after == track.end() ? track.back().rect : track.front().rect;
    }
    const TrackKey& a = *(after - 1);
    const TrackKey& b = *after;
    const double t = (static_cast<double>(frame) - a.frame) / (static_cast<double>(b.frame) - a.frame);
    const auto between = [t](double from, double to) { return from + (to - from) * t; };
    const std::int32_t left = rounded(std::floor(between(a.rect.x, b.rect.x)));
    const std::int32_t top = rounded(std::floor(between(a.rect.y, b.rect.y)));
    const double right =
        between(static_cast<double>(a.rect.x) + a.rect.width, static_cast<double>(b.rect.x) + b.rect.width);
    const double bottom =
        between(static_cast<double>(a.rect.y) + a.rect.height, static_cast<double>(b.rect.y) + b.rect.height);
    return {left, top, rounded(std::ceil(right)) - left, rounded(std::ceil(bottom)) - top};
}

RectPx united(const RectPx& a, const RectPx& b) {
    const std::int32_t x = std::min(a.x, b.x);
    const std::int32_t y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

} // namespace

RectPx MaskBitmap::bounds() const {
    std::int32_t left = width;
    std::int32_t top = height;
    std::int32_t right = -1;
    std::int32_t bottom = -1;
    for (std::int32_t y = 0; y < height; ++y) {
        for (std::int32_t x = 0; x < width; ++x) {
            if (at(x, y)) {
                left = std::min(left, x);
                right = std::max(right, x);
                top = std::min(top, y);
                bottom = std::max(bottom, y);
            }
        }
    }
    return right < 0 ? RectPx{} : RectPx{left, top, right - left + 1, bottom - top + 1};
}

RectPx boundsOf(const Mask& mask) {
    if (mask.points.empty()) {
        return mask.rect;
    }
    double left = mask.points.front().x;
    double top = mask.points.front().y;
    double right = left;
    double bottom = top;
    for (const PointPx& p : mask.points) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    const std::int32_t x = rounded(std::floor(left - mask.radiusPx));
    const std::int32_t y = rounded(std::floor(top - mask.radiusPx));
    return {x, y, rounded(std::ceil(right + mask.radiusPx)) - x,
            rounded(std::ceil(bottom + mask.radiusPx)) - y};
}

Mask figureAt(const Mask& mask, std::int32_t frame) {
    Mask out = mask;
    out.track.clear();
    if (mask.track.empty()) {
        return out;
    }
    const RectPx from = mask.rect;
    const RectPx to = placeAt(mask.track, frame);
    out.rect = to;
    const double scaleX = from.width > 0 ? static_cast<double>(to.width) / from.width : 1.0;
    const double scaleY = from.height > 0 ? static_cast<double>(to.height) / from.height : 1.0;
    for (PointPx& p : out.points) {
        p = {to.x + (p.x - from.x) * scaleX, to.y + (p.y - from.y) * scaleY};
    }
    out.radiusPx *= std::max(scaleX, scaleY);
    return out;
}

Mask everywhere(const Mask& mask) {
    Mask out = mask;
    out.frames = {};
    if (mask.track.empty()) {
        return out;
    }
    // What is kept inside a moving figure is inside it on every frame, which nobody can say here.
    out.shape = Mask::Shape::Rectangle;
    out.points.clear();
    out.radiusPx = 0;
    out.track.clear();
    out.rect = mask.track.front().rect;
    for (const TrackKey& key : mask.track) {
        out.rect = united(out.rect, key.rect);
    }
    if (mask.keepInside) {
        out.rect = {0, 0, 0, 0};
    }
    return out;
}

MaskBitmap rasterise(const std::vector<Mask>& masks, std::int32_t frame, std::int32_t width,
                     std::int32_t height) {
    MaskBitmap out{width, height, {}};
    out.inside.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    for (const Mask& mask : masks) {
        if (!mask.frames.contains(frame)) {
            continue;
        }
        const Mask moved = mask.track.empty() ? Mask() : figureAt(mask, frame);
        const Mask& figure = mask.track.empty() ? mask : moved;
        const RectPx area = reach(figure, width, height);
        for (std::int32_t y = area.y; y < area.y + area.height; ++y) {
            for (std::int32_t x = area.x; x < area.x + area.width; ++x) {
                if (insideShape(figure, x + 0.5, y + 0.5) != figure.keepInside) {
                    out.inside[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x)] = 1;
                }
            }
        }
    }
    return out;
}

std::string toJson(const Mask& mask) {
    nlohmann::ordered_json out;
    out["shape"] = kShapes.at(static_cast<std::size_t>(mask.shape));
    out["rect"] = {mask.rect.x, mask.rect.y, mask.rect.width, mask.rect.height};
    if (!mask.points.empty()) {
        auto& points = out["points"] = nlohmann::ordered_json::array();
        for (const PointPx& p : mask.points) {
            points.push_back({p.x, p.y});
        }
    }
    if (mask.radiusPx > 0) {
        out["radius"] = mask.radiusPx;
    }
    out["frames"] = {mask.frames.first, mask.frames.last};
    if (!mask.track.empty()) {
        auto& track = out["track"] = nlohmann::ordered_json::array();
        for (const TrackKey& key : mask.track) {
            track.push_back({key.frame, key.rect.x, key.rect.y, key.rect.width, key.rect.height});
        }
    }
    out["fill"] = kFills.at(static_cast<std::size_t>(mask.fill));
    out["keep-inside"] = mask.keepInside;
    return out.dump();
}

base::Expected<Mask> maskFromJson(std::string_view json) {
    const auto refuse = [] { return base::fail(base::ErrorCode::Malformed, "model.mask"); };
    try {
        const auto in = nlohmann::json::parse(json);
        Mask out;
        const auto shape = std::ranges::find(kShapes, in.at("shape").get<std::string>());
        const auto fill = std::ranges::find(kFills, in.at("fill").get<std::string>());
        if (shape == kShapes.end() || fill == kFills.end()) {
            return refuse();
        }
        out.shape = static_cast<Mask::Shape>(shape - kShapes.begin());
        out.fill = static_cast<Mask::Fill>(fill - kFills.begin());
        const auto rect = rectFrom(in.at("rect"), 0);
        if (!rect) {
            return refuse();
        }
        out.rect = *rect;
        for (const auto& point : in.value("points", nlohmann::json::array())) {
            out.points.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
        }
        out.radiusPx = in.value("radius", 0.0);
        out.frames = {in.at("frames").at(0).get<std::int32_t>(), in.at("frames").at(1).get<std::int32_t>()};
        out.keepInside = in.value("keep-inside", false);
        for (const auto& key : in.value("track", nlohmann::json::array())) {
            const auto frame = key.at(0).get<std::int32_t>();
            const auto place = rectFrom(key, 1);
            const bool rises = out.track.empty() || frame > out.track.back().frame;
            if (!rises || !place || place->width <= 0 || place->height <= 0 ||
                out.track.size() >= kMostKeys) {
                return refuse(); // a track that nobody can follow must not be guessed
            }
            out.track.push_back({frame, *place});
        }
        return out;
    } catch (const nlohmann::json::exception&) {
        return refuse();
    }
}

} // namespace kamei::model
