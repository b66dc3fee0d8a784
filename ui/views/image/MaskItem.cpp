#include "ui/views/image/MaskItem.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QSize>
#include <QTransform>

#include "core/decide/Masks.h"
#include "core/decide/Rules.h"
#include "ui/style/Theme.h"

namespace kamei::ui::views::image {
namespace {

QPainterPath outline(const model::Mask& mask) {
    QPainterPath path;
    const QRectF box(mask.rect.x, mask.rect.y, mask.rect.width, mask.rect.height);
    switch (mask.shape) {
    case model::Mask::Shape::Rectangle:
        path.addRect(box);
        break;
    case model::Mask::Shape::Ellipse:
        path.addEllipse(box);
        break;
    case model::Mask::Shape::Polygon: {
        QPolygonF polygon;
        for (const auto& p : mask.points) {
            polygon << QPointF(p.x, p.y);
        }
        path.addPolygon(polygon);
        path.closeSubpath();
        break;
    }
    case model::Mask::Shape::Brush: {
        QPainterPath line;
        for (std::size_t i = 0; i < mask.points.size(); ++i) {
            const QPointF p(mask.points[i].x, mask.points[i].y);
            i == 0 ? line.moveTo(p) : line.lineTo(p);
        }
        if (mask.points.size() == 1) {
            path.addEllipse(line.currentPosition(), mask.radiusPx, mask.radiusPx);
            break;
        }
        QPainterPathStroker stroker;
        stroker.setWidth(mask.radiusPx * 2);
        stroker.setCapStyle(Qt::RoundCap);
        stroker.setJoinStyle(Qt::RoundJoin);
        path = stroker.createStroke(line).simplified();
        break;
    }
    }
    return path;
}

void paintTag(QPainter& painter, const MaskItem& item, const QRectF& box, const style::CategoryLook& look) {
    QFont font = style::Theme::instance().font(style::Type::Note, true);
    painter.setFont(font);
    const QRectF text = painter.fontMetrics().boundingRect(item.tag);
    QRectF tag(box.left() - 1, box.top() - text.height() - 3, text.width() + 12, text.height() + 2);
    if (tag.top() < 0) {
        tag.moveTop(box.bottom() + 1);
    }
    painter.fillRect(tag, look.line);
    painter.setPen(Qt::black);
    painter.drawText(tag, Qt::AlignCenter, item.tag);
}

} // namespace

std::vector<MaskItem> maskItems(const std::vector<model::Finding>& findings) {
    std::vector<MaskItem> out;
    for (const model::Finding& finding : findings) {
        const auto mask = decide::maskOf(finding);
        if (!mask || decide::asksToLook(finding)) {
            continue;
        }
        MaskItem item{
            finding.id, *mask, finding.category, finding.state, finding.origin == model::Origin::Person, {}};
        const QString words = QString::fromStdString(finding.text).left(24);
        item.tag =
            QString::number(out.size() + 1) + (words.isEmpty() ? QString() : QStringLiteral(" ") + words);
        out.push_back(std::move(item));
    }
    return out;
}

void paintMask(QPainter& painter, const MaskItem& item, const QSize& picture, const QTransform& toWidget,
               bool selected, bool withTag) {
    const style::CategoryLook look = style::Theme::instance().viewerCategory(item.category);
    const QPainterPath path = toWidget.map(outline(item.mask));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, item.mask.shape != model::Mask::Shape::Rectangle);
    if (item.mask.keepInside && item.state != model::DecisionState::Rejected) {
        QPainterPath outside;
        outside.addRect(toWidget.mapRect(QRectF(QPointF(0, 0), picture)));
        outside = outside.subtracted(path);
        painter.fillPath(outside, QColor(0, 0, 0, 110));
        painter.fillPath(outside, QBrush(look.line, Qt::BDiagPattern));
    } else if (item.state == model::DecisionState::Open) {
        QColor tint = look.line;
        tint.setAlphaF(0.18F);
        painter.fillPath(path, tint);
    }
    painter.strokePath(path, QPen(QColor(0, 0, 0, 160), 4));
    painter.strokePath(path, style::categoryPen(look, 2.0));
    const QRectF box = path.boundingRect();
    if (item.state == model::DecisionState::Rejected) {
        painter.strokePath(path, QPen(look.line, 1));
        painter.drawLine(box.topLeft(), box.bottomRight());
    }
    if (selected) {
        painter.setPen(QPen(Qt::black, 1));
        painter.setBrush(Qt::white);
        for (const double fx : {0.0, 0.5, 1.0}) {
            for (const double fy : {0.0, 0.5, 1.0}) {
                if (fx == 0.5 && fy == 0.5) {
                    continue;
                }
                const QPointF p(box.left() + box.width() * fx, box.top() + box.height() * fy);
                painter.drawRect(QRectF(p.x() - 4, p.y() - 4, 8, 8));
            }
        }
    }
    if (withTag && !item.tag.isEmpty()) {
        paintTag(painter, item, box, look);
    }
    painter.restore();
}

} // namespace kamei::ui::views::image
