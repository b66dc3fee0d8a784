#include "ui/screens/face/MaskEditor.h"

namespace kamei::ui::screens::face {

MaskEditor::MaskEditor(QObject* parent) : QObject(parent) {}

void MaskEditor::set(std::shared_ptr<const model::VolumeMask> mask,
                     std::shared_ptr<const model::VolumeMask> behind) {
    m_mask = std::move(mask);
    m_behind = std::move(behind);
    m_next.reset();
    m_touched = false;
    emit changed();
}

model::VolumeMask& MaskEditor::own() {
    // Views and jobs may still read the one before: a dab makes a mask of its own.
    m_next = std::make_shared<model::VolumeMask>(*m_mask);
    m_touched = true;
    return *m_next;
}

void MaskEditor::spare() {
    if (m_behind && m_behind->geometry() == m_next->geometry()) {
        (void)m_next->cut(*m_behind);
    }
    m_mask = std::move(m_next);
    emit changed();
}

void MaskEditor::sphere(const model::PointMm& centre, double radiusMm, bool take) {
    if (m_mask) {
        own().paintSphere(centre, radiusMm, take);
        spare();
    }
}

void MaskEditor::outline(int axis, int slice, std::span<const model::PointPx> corners, bool take) {
    if (m_mask) {
        own().paintPolygon(axis, slice, slice, corners, take);
        spare();
    }
}

void MaskEditor::end() {
    if (m_touched) {
        m_touched = false;
        emit edited();
    }
}

} // namespace kamei::ui::screens::face
