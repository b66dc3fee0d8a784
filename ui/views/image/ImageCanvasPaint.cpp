// Painting of the canvas; what the mouse and keys do stands in ImageCanvas.cpp.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/style/Theme.h"
#include "ui/views/image/DeepZoom.h"
#include "ui/views/image/ImageCanvas.h"

namespace kamei::ui::views::image {

void ImageCanvas::paintSide(QPainter& painter, bool after, double shift, const QRectF& clip) {
    const QTransform moved = toWidget() * QTransform::fromTranslate(shift, 0);
    const bool first = after ? !m_after.isNull() : m_before.isNull();
    const QImage& image = first ? m_after : m_before;
    DeepZoom* const wanted = after ? m_deepAfter : m_deepBefore;
    DeepZoom* const other = after ? m_deepBefore : m_deepAfter;
    painter.save();
    painter.setClipRect(clip);
    if (DeepZoom* const deep = wanted != nullptr ? wanted : other) {
        deep->paint(painter, moved, clip, image);
    } else {
        painter.drawImage(moved.mapRect(QRectF(QPointF(0, 0), QSizeF(pictureSize()))), image);
    }
    painter.restore();
}

void ImageCanvas::paintPictures(QPainter& painter) {
    // Enlarged pixels stay visible as such: what is masked is decided pixel by pixel.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_scale < 1.5);
    const QRectF all = rect();
    const double middle = width() / 2.0;
    switch (m_compare) {
    case Compare::Before:
        paintSide(painter, false, 0, all);
        break;
    case Compare::After:
    case Compare::Flicker:
        paintSide(painter, true, 0, all);
        break;
    case Compare::SideBySide:
        paintSide(painter, false, 0, QRectF(0, 0, middle - 1, height()));
        paintSide(painter, true, middle, QRectF(middle + 1, 0, middle, height()));
        break;
    case Compare::Swipe: {
        const double line = m_swipe * width();
        paintSide(painter, false, 0, QRectF(0, 0, line, height()));
        paintSide(painter, true, 0, QRectF(line, 0, width() - line, height()));
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
