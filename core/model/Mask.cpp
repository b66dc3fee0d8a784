#include "core/model/Mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace kamei::model {
namespace {

constexpr std::array<const char*, 4> kShapes{"rectangle", "ellipse", "polygon", "brush"};
constexpr std::array<const char*, 2> kFills{"black", "local-mean"};

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
    double left = mask.rect.x;
    double top = mask.rect.y;
    double right = left + mask.rect.width;
    double bottom = top + mask.rect.height;
    if (!mask.points.empty()) {
        left = right = mask.points.front().x;
        top = bottom = mask.points.front().y;
        for (const PointPx& p : mask.points) {
            left = std::min(left, p.x);
            right = std::max(right, p.x);
            top = std::min(top, p.y);
            bottom = std::max(bottom, p.y);
        }
        left -= mask.radiusPx;
        top -= mask.radiusPx;
        right += mask.radiusPx;
        bottom += mask.radiusPx;
    }
    const auto clip = [](double value, std::int32_t limit) {
        return static_cast<std::int32_t>(std::clamp(value, 0.0, static_cast<double>(limit)));
    };
    const std::int32_t x0 = clip(std::floor(left), width);
    const std::int32_t y0 = clip(std::floor(top), height);
    return {x0, y0, clip(std::ceil(right) + 1, width) - x0, clip(std::ceil(bottom) + 1, height) - y0};
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

MaskBitmap rasterise(const std::vector<Mask>& masks, std::int32_t frame, std::int32_t width, std::int32_t height) {
    MaskBitmap out{width, height, {}};
    out.inside.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    for (const Mask& mask : masks) {
        if (!mask.frames.contains(frame)) {
            continue;
        }
        const RectPx area = reach(mask, width, height);
        for (std::int32_t y = area.y; y < area.y + area.height; ++y) {
            for (std::int32_t x = area.x; x < area.x + area.width; ++x) {
                if (insideShape(mask, x + 0.5, y + 0.5) != mask.keepInside) {
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
        const auto& rect = in.at("rect");
        out.rect = {rect.at(0).get<std::int32_t>(), rect.at(1).get<std::int32_t>(), rect.at(2).get<std::int32_t>(),
                    rect.at(3).get<std::int32_t>()};
        for (const auto& point : in.value("points", nlohmann::json::array())) {
            out.points.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
        }
        out.radiusPx = in.value("radius", 0.0);
        out.frames = {in.at("frames").at(0).get<std::int32_t>(), in.at("frames").at(1).get<std::int32_t>()};
        out.keepInside = in.value("keep-inside", false);
        return out;
    } catch (const nlohmann::json::exception&) {
        return refuse();
    }
}

} // namespace kamei::model
