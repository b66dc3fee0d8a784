#include "ui/views/surface/SurfaceModel.h"

#include <algorithm>
#include <cmath>

#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::views::surface {
namespace {

constexpr int kRestMs = 250;
constexpr std::array<QRgb, 5> kScale{0xFF440154, 0xFF3B528B, 0xFF21918C, 0xFF5EC962, 0xFFFDE725};
constexpr std::array<std::uint8_t, 3> kMaskColour{0xF2, 0xA7, 0x2B}; // amber, as masks in the viewers

std::array<std::uint8_t, 3> bytesOf(const QColor& colour) {
    return {static_cast<std::uint8_t>(colour.red()), static_cast<std::uint8_t>(colour.green()),
            static_cast<std::uint8_t>(colour.blue())};
}

/// Whether a voxel at or beside a place of the surface is taken: the surface runs between voxels.
bool isTaken(const model::VolumeMask& mask, const model::VoxelFrame& frame, const PointMm& place) {
    const PointMm at = frame.index(place);
    const auto& size = mask.geometry().size;
    constexpr std::array<double, 2> kSides{-0.5, 0.5};
    for (const double dz : kSides) {
        for (const double dy : kSides) {
            for (const double dx : kSides) {
                const std::array<long, 3> v{std::lround(at[0] + dx), std::lround(at[1] + dy),
                                            std::lround(at[2] + dz)};
                if (v[0] >= 0 && v[1] >= 0 && v[2] >= 0 && v[0] < size[0] && v[1] < size[1] &&
                    v[2] < size[2] &&
                    mask.test(mask.indexOf(static_cast<std::int32_t>(v[0]), static_cast<std::int32_t>(v[1]),
                                           static_cast<std::int32_t>(v[2])))) {
                    return true;
                }
            }
        }
    }
    return false;
}

std::shared_ptr<const Colours> painted(const Surface& surface, const Paint& paint, const QColor& tone) {
    const auto plain = bytesOf(tone);
    std::shared_ptr<Colours> out;
    if (paint.distanceTo) {
        const std::vector<float> away = distancesMm(surface, *paint.distanceTo);
        out = std::make_shared<Colours>(away.size());
        std::ranges::transform(away, out->begin(), [&](float mm) {
            return bytesOf(distanceColour(mm / std::max(paint.farMm, 0.1)));
        });
    }
    if (paint.mask) {
        const auto frame = model::VoxelFrame::of(paint.mask->geometry());
        if (!out) {
            out = std::make_shared<Colours>(static_cast<std::size_t>(surface.points()), plain);
        }
        const auto points = surface.pointsMm();
        for (std::size_t i = 0; frame && i < out->size(); ++i) {
            if (isTaken(*paint.mask, *frame, {points[i * 3], points[i * 3 + 1], points[i * 3 + 2]})) {
                (*out)[i] = kMaskColour;
            }
        }
    }
    return out;
}

} // namespace

QColor distanceColour(double share) {
    const double at = std::clamp(share, 0.0, 1.0) * (kScale.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(at), kScale.size() - 2);
    const double part = at - static_cast<double>(low);
    const QColor one = QColor::fromRgb(kScale.at(low));
    const QColor other = QColor::fromRgb(kScale.at(low + 1));
    const auto mix = [part](int a, int b) { return qRound(a + (b - a) * part); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

SurfaceModel::SurfaceModel(tasks::TaskRunner& runner, QObject* parent)
    : QObject(parent), m_runner(runner), m_tone(0xB8, 0xB4, 0xAC) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] { work(Detail::Full); });
}

SurfaceModel::~SurfaceModel() {
    m_stop.request_stop();
}

void SurfaceModel::setSource(std::shared_ptr<const SurfaceSource> source) {
    if (source == m_source) {
        return;
    }
    m_stop.request_stop();
    m_stop = {};
    ++m_generation;
    m_source = std::move(source);
    m_coarse = {};
    m_full = {};
    m_rest.stop();
    emit changed();
    work(Detail::Coarse);
}

void SurfaceModel::setThreshold(double value) {
    if (value != m_threshold) {
        m_threshold = value;
        work(Detail::Coarse);
    }
}

void SurfaceModel::setTone(const QColor& tone) {
    if (tone != m_tone) {
        m_tone = tone;
        isPainted() ? work(Detail::Coarse) : emit changed();
    }
}

void SurfaceModel::setPaint(const Paint& paint) {
    if (paint == m_paint) {
        return;
    }
    m_paint = paint;
    if (!isPainted()) {
        m_coarse.colours.reset();
        m_full.colours.reset();
        emit changed();
    }
    work(Detail::Coarse);
}

bool SurfaceModel::isPresent(const Level& level) const {
    return level.surface && level.threshold == m_threshold && level.paint == m_paint &&
           (!isPainted() || level.tone == m_tone);
}

bool SurfaceModel::settled() const {
    return !m_source || isPresent(m_full);
}

SurfaceModel::Shown SurfaceModel::shown(Detail detail) const {
    if (detail == Detail::Full && isPresent(m_full)) {
        return {m_full.surface, m_full.colours, Detail::Full};
    }
    // While the coarse one follows the slider or the brush, it is newer than a full one of before.
    return {m_coarse.surface, m_coarse.colours, Detail::Coarse};
}

void SurfaceModel::work(Detail detail) {
    if (!m_source) {
        return;
    }
    Level& mine = level(detail);
    if (isPresent(mine)) {
        if (detail == Detail::Coarse && !isPresent(m_full)) {
            m_rest.start();
        }
        return;
    }
    if (mine.busy) {
        return; // looked at again when it is done
    }
    mine.busy = true;
    const std::shared_ptr<const Surface> same =
        mine.surface && mine.threshold == m_threshold ? mine.surface : nullptr;
    m_runner.look(
        this,
        [source = m_source, threshold = m_threshold, paint = m_paint, tone = m_tone, detail, same,
         stop = m_stop.get_token()] {
            Level made;
            made.threshold = threshold;
            made.paint = paint;
            made.tone = tone;
            made.surface = same ? same : source->surface(threshold, detail, stop);
            if (made.surface && (paint.mask || paint.distanceTo) && !stop.stop_requested()) {
                made.colours = painted(*made.surface, paint, tone);
            }
            return made;
        },
        [this, detail, generation = m_generation](Level made) {
            if (generation != m_generation) {
                return;
            }
            level(detail) = std::move(made);
            emit changed();
            work(detail); // the wish may have moved on
        });
}

} // namespace kamei::ui::views::surface
