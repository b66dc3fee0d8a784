#pragma once

#include <QColor>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/model/VolumeMask.h"
#include "ui/views/surface/Surface.h"

namespace kamei::ui::tasks {
class TaskRunner;
}
namespace kamei::ui::views::surface {

/// What colours a surface beyond its tone.
struct Paint {
    std::shared_ptr<const model::VolumeMask> mask = {}; ///< what it takes is shown in the colour of masks
    std::shared_ptr<const Surface> distanceTo = {};     ///< colours by the distance to this surface
    double farMm = 10;                                  ///< this and more is the last colour of the scale
    friend bool operator==(const Paint&, const Paint&) = default;
};
/// The scale of distances, 0..1: dark blue to yellow, rising in brightness (viridis, CC0).
[[nodiscard]] QColor distanceColour(double share);

/// The surface of one volume at one threshold, made off the GUI thread: a coarse one at once, the full one
/// when the threshold rests. Shared by the views that show it.
class SurfaceModel : public QObject {
    Q_OBJECT

public:
    explicit SurfaceModel(tasks::TaskRunner& runner, QObject* parent = nullptr);
    ~SurfaceModel() override;

    void setSource(std::shared_ptr<const SurfaceSource> source); ///< null: nothing is shown
    [[nodiscard]] const std::shared_ptr<const SurfaceSource>& source() const { return m_source; }
    void setThreshold(double value);
    [[nodiscard]] double threshold() const { return m_threshold; }
    void setTone(const QColor& tone); ///< of what is not painted
    [[nodiscard]] const QColor& tone() const { return m_tone; }
    void setPaint(const Paint& paint);
    [[nodiscard]] const Paint& paint() const { return m_paint; }

    /// The finest surface there is up to `detail`, null while there is none; colours null when not painted.
    struct Shown {
        std::shared_ptr<const Surface> surface;
        std::shared_ptr<const Colours> colours;
        Detail detail = Detail::Coarse;
    };
    [[nodiscard]] Shown shown(Detail detail) const;
    /// The full surface at the present threshold and with the present paint is there.
    [[nodiscard]] bool settled() const;

signals:
    void changed();

private:
    struct Level {
        std::shared_ptr<const Surface> surface;
        double threshold = 0;
        std::shared_ptr<const Colours> colours;
        Paint paint;
        QColor tone;
        bool busy = false;
    };
    [[nodiscard]] Level& level(Detail detail) { return detail == Detail::Coarse ? m_coarse : m_full; }
    [[nodiscard]] bool isPainted() const { return m_paint.mask || m_paint.distanceTo; }
    [[nodiscard]] bool isPresent(const Level& level) const;
    void work(Detail detail);

    tasks::TaskRunner& m_runner;
    std::shared_ptr<const SurfaceSource> m_source;
    double m_threshold = 0;
    QColor m_tone;
    Paint m_paint;
    Level m_coarse;
    Level m_full;
    quint64 m_generation = 0; ///< of the source
    std::stop_source m_stop;  ///< of what is computed for it
    QTimer m_rest;
};

} // namespace kamei::ui::views::surface
