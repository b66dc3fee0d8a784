#include "ui/views/image/DeepZoom.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kSide = 512;              ///< of a part, in pixels of its level
constexpr int kMostAsked = 4;           ///< at a time, so that what is seen now comes before what was seen
constexpr int kMostKept = 256 * 1024;   ///< KiB
constexpr double kEnlargedPixels = 1.5; ///< from this scale on single pixels are shown as such

} // namespace

DeepZoom::DeepZoom(tasks::TaskRunner& runner, std::shared_ptr<const job::SlideRegions> regions,
                   QObject* parent)
    : QObject(parent), m_runner(runner), m_regions(std::move(regions)), m_parts(kMostKept) {}

QSize DeepZoom::size() const {
    const auto& base = m_regions->levels().front();
    return {base.width, base.height};
}

void DeepZoom::setWindow(const Window& window) {
    if (m_window != window) {
        m_window = window;
        m_parts.clear();
        m_asked.clear();
        ++m_generation;
        emit loaded();
    }
}

int DeepZoom::levelFor(double scale) const {
    const auto& levels = m_regions->levels();
    int out = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        // A little coarser than the screen is not seen, and is a quarter of the work.
        if (levels[i].downsample * scale <= 1.2) {
            out = static_cast<int>(i);
        }
    }
    return out;
}

void DeepZoom::paint(QPainter& painter, const QTransform& toWidget, const QRectF& clip,
                     const QImage& backdrop) {
    const QRectF place = toWidget.mapRect(QRectF(QPointF(0, 0), QSizeF(size())));
    painter.save();
    painter.setClipRect(clip, Qt::IntersectClip);
    painter.fillRect(place, Qt::white);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, toWidget.m11() < kEnlargedPixels);
    if (!backdrop.isNull()) {
        // Only the part that is seen: a whole picture enlarged a thousand times would be scaled for nothing.
        const QRectF seen = place.intersected(clip);
        const QRectF from((seen.left() - place.left()) / place.width() * backdrop.width(),
                          (seen.top() - place.top()) / place.height() * backdrop.height(),
                          seen.width() / place.width() * backdrop.width(),
                          seen.height() / place.height() * backdrop.height());
        painter.drawImage(seen, backdrop, from);
    }
    const double scale = toWidget.m11() * painter.device()->devicePixelRatioF();
    const int level = levelFor(scale);
    // Where the backdrop has as many pixels as the screen, nothing finer is needed.
    if (backdrop.isNull() || backdrop.width() < place.width() * painter.device()->devicePixelRatioF()) {
        if (level + 1 < static_cast<int>(m_regions->levels().size())) {
            paintLevel(painter, toWidget, clip, level + 1, false);
        }
        paintLevel(painter, toWidget, clip, level, true);
    }
    painter.restore();
}

void DeepZoom::paintLevel(QPainter& painter, const QTransform& toWidget, const QRectF& clip, int level,
                          bool wanted) {
    const auto& stored = m_regions->levels()[static_cast<std::size_t>(level)];
    const double x = double(size().width()) / stored.width;
    const double y = double(size().height()) / stored.height;
    const QRectF seen = toWidget.inverted().mapRect(clip).intersected(QRectF(QPointF(0, 0), QSizeF(size())));
    if (seen.isEmpty()) {
        return;
    }
    const int lastColumn = std::min(static_cast<int>(seen.right() / x / kSide), (stored.width - 1) / kSide);
    const int lastRow = std::min(static_cast<int>(seen.bottom() / y / kSide), (stored.height - 1) / kSide);
    for (int row = static_cast<int>(seen.top() / y / kSide); row <= lastRow; ++row) {
        for (int column = static_cast<int>(seen.left() / x / kSide); column <= lastColumn; ++column) {
            const Part part{level, column, row};
            if (const QImage* image = m_parts.object(part.key())) {
                const QRectF base(column * kSide * x, row * kSide * y, image->width() * x,
                                  image->height() * y);
                painter.drawImage(toWidget.mapRect(base), *image);
            } else if (wanted) {
                ask(part);
            }
        }
    }
}

void DeepZoom::ask(const Part& part) {
    if (m_asked.size() >= kMostAsked || m_asked.contains(part.key()) || m_failed.contains(part.key())) {
        return;
    }
    m_asked.insert(part.key());
    const auto& stored = m_regions->levels()[static_cast<std::size_t>(part.level)];
    const QRect area = QRect(part.column * kSide, part.row * kSide, kSide, kSide)
                           .intersected(QRect(0, 0, stored.width, stored.height));
    m_runner.look(
        this,
        [regions = m_regions, part, area, window = m_window] {
            const auto raster = regions->region(static_cast<std::size_t>(part.level), area.x(), area.y(),
                                                static_cast<std::uint32_t>(area.width()),
                                                static_cast<std::uint32_t>(area.height()));
            return raster ? toImage(*raster, window.value_or(initialWindow(*raster))) : QImage();
        },
        [this, key = part.key(), generation = m_generation](const QImage& image) {
            if (generation != m_generation) {
                return;
            }
            m_asked.remove(key);
            if (image.isNull()) {
                m_failed.insert(key);
            } else {
                m_parts.insert(key, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes() / 1024));
            }
            emit loaded();
        });
}

} // namespace kamei::ui::views::image
