#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <memory>

#include "core/job/SlideRegions.h"
#include "ui/views/image/RasterImage.h"

class QPainter;
class QTransform;

namespace kamei::ui::tasks {
class TaskRunner;
}

namespace kamei::ui::views::image {

/// The scan of a slide, drawn from what is in memory and read part by part beside: painting never waits.
/// Parts are squares of the stored level that fits the present scale; up to 256 MiB of them are kept.
class DeepZoom : public QObject {
    Q_OBJECT

public:
    DeepZoom(tasks::TaskRunner& runner, std::shared_ptr<const job::SlideRegions> regions, QObject* parent);

    [[nodiscard]] QSize size() const; ///< of the base level
    [[nodiscard]] bool isPreview() const { return m_regions->isPreview(); }
    /// How grey values are shown; parts in memory are read again.
    void setWindow(const Window& window);
    /// Draws what lies within the painter's clip, in pixels of the base by `toWidget`; `backdrop`, the scan
    /// as a whole, where finer parts are not there yet. Parts that are missing are asked for.
    void paint(QPainter& painter, const QTransform& toWidget, const QRectF& clip, const QImage& backdrop);

signals:
    void loaded(); ///< more can be painted

private:
    struct Part {
        int level = 0;
        int column = 0;
        int row = 0;
        [[nodiscard]] quint64 key() const {
            return quint64(level) << 56 | quint64(column) << 28 | quint64(row);
        }
    };
    [[nodiscard]] int levelFor(double scale) const;
    void paintLevel(QPainter& painter, const QTransform& toWidget, const QRectF& clip, int level,
                    bool wanted);
    void ask(const Part& part);

    tasks::TaskRunner& m_runner;
    std::shared_ptr<const job::SlideRegions> m_regions;
    QCache<quint64, QImage> m_parts; ///< cost in KiB
    QSet<quint64> m_asked;
    QSet<quint64> m_failed; ///< not asked again: a damaged tile must not be read for ever
    std::optional<Window> m_window;
    quint64 m_generation = 0;
};

} // namespace kamei::ui::views::image
