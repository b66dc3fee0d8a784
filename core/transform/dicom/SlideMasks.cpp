#include "core/transform/dicom/SlideMasks.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <tuple>

#include "core/intake/Format.h"
#include "core/intake/dicom/SlideGeometry.h"

namespace kamei::transform::dicom {
namespace {

using base::ErrorCode;
using intake::dicom::SlideGeometry;
using intake::dicom::SlidePart;
using model::Mask;

constexpr std::string_view kPlace = "transform.dicom.slide";
/// Tiles of all levels that the masks of one series may fall on: a tenth of a slide of 100,000 x 100,000 in
/// tiles of 256, on three levels.
constexpr std::size_t kMostTiles = 60'000;
constexpr double kTargetReach = 2; // pixels of the level that a mask falls on
constexpr double kSourceReach = 1; // pixels of the level it was drawn on
constexpr double kSameDirection = 1e-3;
constexpr int kCorners = 64; // of the polygon around an ellipse

base::Error refused(std::string_view why) {
    return {ErrorCode::NotPossible, {"mask", std::string(why)}, std::string(kPlace)};
}

struct Level {
    SlideGeometry geometry;
    std::int32_t firstFrame = 1; ///< in the asset
    std::size_t source = 0;
};

base::Expected<intake::dicom::Instance> opened(const model::Source& source, std::string& content) {
    if (source.member.empty()) {
        return intake::dicom::Instance::open(source.path);
    }
    auto bytes = intake::readContent(source);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    content = std::move(*bytes);
    return intake::dicom::Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
}

/// From pixels of one matrix to those of another: x' = x * scale + shift on either axis.
struct Way {
    double scaleX = 1;
    double scaleY = 1;
    double shiftX = 0;
    double shiftY = 0;
    double reachX = 0; ///< how far a figure grows, in pixels of the target
    double reachY = 0;
};

base::Expected<Way> wayBetween(const SlideGeometry& from, const SlideGeometry& to) {
    if (from.frameOfReference.empty() || from.frameOfReference != to.frameOfReference) {
        return tl::unexpected(refused("frame-of-reference"));
    }
    const auto& o = from.orientation;
    const double across = o[0] * o[3] + o[1] * o[4];
    const auto isUnit = [](double x, double y) { return std::abs(std::hypot(x, y) - 1) < kSameDirection; };
    // A glass lies flat: both directions are in its plane, at a right angle, and the same on every level.
    bool sound = std::abs(across) < kSameDirection && isUnit(o[0], o[1]) && isUnit(o[3], o[4]);
    for (std::size_t i = 0; i < o.size(); ++i) {
        sound = sound && std::abs(o[i] - to.orientation[i]) < kSameDirection;
    }
    if (!sound) {
        return tl::unexpected(refused("orientation"));
    }
    const double dx = from.originMm[0] - to.originMm[0];
    const double dy = from.originMm[1] - to.originMm[1];
    Way out;
    out.scaleX = from.columnMm / to.columnMm;
    out.scaleY = from.rowMm / to.rowMm;
    out.shiftX = (dx * o[0] + dy * o[1]) / to.columnMm;
    out.shiftY = (dx * o[3] + dy * o[4]) / to.rowMm;
    out.reachX = kTargetReach + kSourceReach * out.scaleX;
    out.reachY = kTargetReach + kSourceReach * out.scaleY;
    return out;
}

std::int32_t whole(double value) {
    constexpr double kFar = 1 << 28; // what a mask may say (model::maskFromJson)
    return static_cast<std::int32_t>(std::clamp(value, -kFar, kFar));
}

/// The figure in pixels of the target's matrix: every pixel that the first shows is within what comes out.
std::vector<Mask> carried(const Mask& figure, const SlideGeometry::Corner& corner, const Way& way) {
    const auto toX = [&](double x) { return (x + double(corner.column)) * way.scaleX + way.shiftX; };
    const auto toY = [&](double y) { return (y + double(corner.row)) * way.scaleY + way.shiftY; };
    Mask out = figure;
    out.track.clear();
    const double reach = std::max(way.reachX, way.reachY);
    if (figure.shape == Mask::Shape::Rectangle) {
        const double left = std::floor(toX(figure.rect.x) - way.reachX);
        const double top = std::floor(toY(figure.rect.y) - way.reachY);
        out.rect = {whole(left), whole(top),
                    whole(std::ceil(toX(double(figure.rect.x) + figure.rect.width) + way.reachX) - left),
                    whole(std::ceil(toY(double(figure.rect.y) + figure.rect.height) + way.reachY) - top)};
        return {out};
    }
    if (figure.shape == Mask::Shape::Ellipse) {
        out.shape = Mask::Shape::Polygon; // around it: what an outline grows by is the same everywhere
        out.points.clear();
        const double outward = 1 / std::cos(std::numbers::pi / kCorners);
        for (int i = 0; i < kCorners; ++i) {
            const double angle = 2 * std::numbers::pi * i / kCorners;
            out.points.push_back(
                {figure.rect.x + figure.rect.width / 2.0 * (1 + outward * std::cos(angle)),
                 figure.rect.y + figure.rect.height / 2.0 * (1 + outward * std::sin(angle))});
        }
    }
    for (model::PointPx& point : out.points) {
        point = {toX(point.x), toY(point.y)};
    }
    out.radiusPx =
        figure.shape == Mask::Shape::Brush ? figure.radiusPx * std::max(way.scaleX, way.scaleY) + reach : 0;
    if (figure.shape == Mask::Shape::Brush) {
        out.rect = model::boundsOf(out);
        return {out};
    }
    Mask outline = out;
    outline.shape = Mask::Shape::Brush;
    outline.radiusPx = reach;
    if (!outline.points.empty()) {
        outline.points.push_back(outline.points.front());
    }
    out.rect = model::boundsOf(out);
    outline.rect = model::boundsOf(outline);
    return {out, outline};
}

Mask movedBy(Mask mask, const SlideGeometry::Corner& corner) {
    mask.rect.x = whole(double(mask.rect.x) - double(corner.column));
    mask.rect.y = whole(double(mask.rect.y) - double(corner.row));
    for (model::PointPx& point : mask.points) {
        point = {point.x - double(corner.column), point.y - double(corner.row)};
    }
    return mask;
}

/// A rectangle that leaves nothing of any frame, whatever the frames' sizes.
bool coversEverything(const Mask& mask) {
    constexpr std::int32_t kAll = 65'535; // Rows and Columns are US
    return mask.frames.all() && mask.track.empty() && !mask.keepInside &&
           mask.shape == Mask::Shape::Rectangle && mask.rect.x <= 0 && mask.rect.y <= 0 &&
           std::int64_t{mask.rect.x} + mask.rect.width >= kAll &&
           std::int64_t{mask.rect.y} + mask.rect.height >= kAll;
}

class Spreader {
public:
    explicit Spreader(std::vector<Level> levels, std::vector<std::vector<Mask>>& out)
        : m_levels(std::move(levels)), m_out(out) {}

    /// Every frame of `level` that the mask falls on, brought onto every level.
    base::Expected<void> spread(const Mask& mask, const Level& level) {
        for (std::int32_t frame = 0; frame < level.geometry.frames; ++frame) {
            const std::int32_t number = level.firstFrame + frame;
            if (!mask.frames.contains(number)) {
                continue;
            }
            if (mask.keepInside) {
                return tl::unexpected(refused("keep-inside"));
            }
            const Mask figure = cut(model::figureAt(mask, number), level.geometry);
            if (figure.rect.width <= 0 || figure.rect.height <= 0) {
                continue; // nothing of the frame
            }
            const SlideGeometry::Corner corner = level.geometry.cornerOf(frame);
            for (const Level& target : m_levels) {
                if (auto done = bring(figure, corner, level, target); !done) {
                    return done;
                }
            }
        }
        return {};
    }

private:
    /// Rectangles are cut to their tile: beyond it they show nothing, and would cover neighbours.
    static Mask cut(Mask figure, const SlideGeometry& geometry) {
        if (figure.shape != Mask::Shape::Rectangle) {
            figure.rect = model::boundsOf(figure);
            return figure;
        }
        const auto within = [](std::int64_t at, std::int32_t limit) {
            return static_cast<std::int32_t>(std::clamp<std::int64_t>(at, 0, limit));
        };
        const model::RectPx box = figure.rect;
        figure.rect.x = within(box.x, geometry.tileColumns);
        figure.rect.y = within(box.y, geometry.tileRows);
        figure.rect.width = within(std::int64_t{box.x} + box.width, geometry.tileColumns) - figure.rect.x;
        figure.rect.height = within(std::int64_t{box.y} + box.height, geometry.tileRows) - figure.rect.y;
        return figure;
    }

    base::Expected<void> bring(const Mask& figure, const SlideGeometry::Corner& corner, const Level& from,
                               const Level& to) {
        const auto way = wayBetween(from.geometry, to.geometry);
        if (!way) {
            return tl::unexpected(way.error());
        }
        std::vector<Mask> figures;
        if (from.source == to.source) { // its own pixels, and those of other planes and paths
            figures.push_back(movedBy(figure, {-corner.column, -corner.row}));
        } else {
            figures = carried(figure, corner, *way);
        }
        for (const Mask& there : figures) {
            const model::RectPx box = there.rect;
            for (const std::int32_t frame : to.geometry.framesIn(
                     box.x, box.y, std::int64_t{box.x} + box.width, std::int64_t{box.y} + box.height)) {
                if (++m_tiles > kMostTiles) {
                    return tl::unexpected(refused("too-many-tiles"));
                }
                Mask mask = movedBy(there, to.geometry.cornerOf(frame));
                const std::int32_t number = to.firstFrame + frame;
                mask.frames = {number, number};
                m_out[to.source].push_back(std::move(mask));
            }
        }
        return {};
    }

    std::vector<Level> m_levels;
    std::vector<std::vector<Mask>>& m_out;
    std::size_t m_tiles = 0;
};

} // namespace

base::Expected<SlideMasks> SlideMasks::make(std::span<const model::Source> sources,
                                            std::span<const Mask> masks) {
    SlideMasks out;
    out.m_masks.resize(sources.size());
    std::vector<Mask> drawn;
    for (const Mask& mask : masks) {
        if (!coversEverything(mask)) {
            drawn.push_back(mask);
        }
        for (auto& list : out.m_masks) {
            if (coversEverything(mask)) {
                list.push_back(mask);
            }
        }
    }
    if (drawn.empty()) {
        return out;
    }
    std::vector<Level> levels;
    base::Expected<void> unclear;
    bool onScan = false;
    std::int32_t firstFrame = 1;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        std::string content; // of a member of an archive; outlives the instance
        const auto instance = opened(sources[i], content);
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        const std::int32_t behind = firstFrame + sources[i].frames;
        const auto meets = [&](const Mask& mask) {
            return mask.frames.all() || (mask.frames.first < behind && mask.frames.last >= firstFrame);
        };
        if (intake::dicom::slidePartOf(instance->text(intake::dicom::tags::ImageType)) == SlidePart::Volume) {
            onScan = onScan || std::ranges::any_of(drawn, meets);
            auto geometry = intake::dicom::slideGeometry(*instance);
            if (!geometry) {
                unclear = tl::unexpected(geometry.error());
            } else if (geometry->frames != sources[i].frames) {
                // Frames are counted as import counted them; a header that states others cannot be followed.
                unclear = tl::unexpected(refused("place"));
            } else {
                levels.push_back({std::move(*geometry), firstFrame, i});
            }
        } else { // a picture of its own
            std::ranges::copy_if(drawn, std::back_inserter(out.m_masks[i]), meets);
        }
        firstFrame = behind;
    }
    if (onScan && !unclear) {
        return tl::unexpected(unclear.error());
    }
    if (!onScan) {
        return out;
    }
    Spreader spreader(levels, out.m_masks);
    for (const Mask& mask : drawn) {
        for (const Level& level : levels) {
            if (auto spread = spreader.spread(mask, level); !spread) {
                return tl::unexpected(spread.error());
            }
        }
    }
    return out;
}

} // namespace kamei::transform::dicom
