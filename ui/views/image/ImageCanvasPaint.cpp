// Painting of the canvas; what the mouse and keys do stands in ImageCanvas.cpp.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/style/Theme.h"
#include "ui/views/image/ImageCanvas.h"

namespace kamei::ui::views::image {

void ImageCanvas::paintPictures(QPainter& painter) {
    const QRectF place = toWidget().mapRect(QRectF(QPointF(0, 0), QSizeF(pictureSize())));
    // Enlarged pixels stay visible as such: what is masked is decided pixel by pixel.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_scale < 1.5);
    const QImage& before = m_before.isNull() ? m_after : m_before;
    const QImage& after = m_after.isNull() ? m_before : m_after;
    switch (m_compare) {
    case Compare::Before:
        painter.drawImage(place, before);
        break;
    case Compare::After:
    case Compare::Flicker:
        painter.drawImage(place, after);
        break;
    case Compare::SideBySide: {
        painter.save();
        painter.setClipRect(QRectF(0, 0, width() / 2.0 - 1, height()));
        painter.drawImage(place, before);
        painter.setClipRect(QRectF(width() / 2.0 + 1, 0, width() / 2.0, height()));
        painter.drawImage(place.translated(width() / 2.0, 0), after);
        painter.restore();
        break;
    }
    case Compare::Swipe: {
        const double line = m_swipe * width();
        painter.save();
        painter.setClipRect(QRectF(0, 0, line, height()));
        painter.drawImage(place, before);
        painter.setClipRect(QRectF(line, 0, width() - line, height()));
        painter.drawImage(place, after);
        painter.restore();
        painter.setPen(QPen(Qt::white, 2));
        painter.drawLine(QPointF(line, 0), QPointF(line, height()));
        const QRectF grip(line - 16, height() / 2.0 - 10, 32, 20);
        painter.setBrush(Qt::white);
        painter.drawRoundedRect(grip, 3, 3);
        painter.setPen(QPen(Qt::black, 1.5));
        painter.drawLine(grip.center() - QPointF(9, 0), grip.center() + QPointF(9, 0));
        break;
    }
    }
}

void ImageCanvas::paintDraft(QPainter& painter) const {
    const bool area = (m_tool == Tool::Box || m_tool == Tool::Ellipse) && m_dragging;
    if (!area && m_points.empty()) {
        return;
    }
    if (m_tool == Tool::Polygon) {
        QPolygonF line;
        for (const auto& p : m_points) {
            line << toWidget().map(QPointF(p.x, p.y));
        }
        line << m_last;
        painter.setPen(QPen(Qt::white, 2, Qt::DashLine));
        painter.drawPolyline(line);
        return;
    }
    MaskItem item;
    item.mask = draft();
    paintMask(painter, item, pictureSize(), toWidget(), false, false);
}

void ImageCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), style::Theme::instance().viewer().back);
    if (pictureSize().isEmpty()) {
        painter.setPen(style::Theme::instance().viewer().text2);
        painter.drawText(rect(), Qt::AlignCenter, tr("Loading the picture…"));
        return;
    }
    paintPictures(painter);
    if (m_masksVisible && m_compare != Compare::After) {
        for (const MaskItem& item : m_placed) {
            MaskItem shown = item;
            const bool isSelected = item.finding == m_selected;
            if (isSelected && m_adjusting) {
                shown.mask = *m_adjusting;
            }
            paintMask(painter, shown, pictureSize(), toWidget(), isSelected, true);
        }
    }
    paintDraft(painter);
    if (m_tool == Tool::Brush) {
        painter.setPen(QPen(Qt::white, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(m_last, m_brushRadius * m_scale, m_brushRadius * m_scale);
    }
    if (hasFocus()) {
        painter.setPen(QPen(style::tokens().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace kamei::ui::views::image
