#pragma once

#include <QObject>
#include <memory>
#include <span>

#include "core/model/VolumeMask.h"

namespace kamei::ui::screens::face {

/// The region that is taken while a person adds to it and cuts from it. What has to stay (the brain behind
/// its margin) is never taken, whatever is drawn. Strokes become steps of the undo stack at their end, by
/// `edited`.
class MaskEditor : public QObject {
    Q_OBJECT

public:
    explicit MaskEditor(QObject* parent = nullptr);

    void set(std::shared_ptr<const model::VolumeMask> mask, std::shared_ptr<const model::VolumeMask> behind);
    [[nodiscard]] const std::shared_ptr<const model::VolumeMask>& mask() const { return m_mask; }

    void sphere(const model::PointMm& centre, double radiusMm, bool take);
    void outline(int axis, int slice, std::span<const model::PointPx> corners, bool take);
    void end(); ///< of a stroke

signals:
    void changed(); ///< while a stroke is drawn: mask() is another
    void edited();  ///< a stroke is done

private:
    model::VolumeMask& own();
    void spare();

    std::shared_ptr<const model::VolumeMask> m_mask;
    std::shared_ptr<const model::VolumeMask> m_behind;
    std::shared_ptr<model::VolumeMask> m_next;
    bool m_touched = false;
};

} // namespace kamei::ui::screens::face
