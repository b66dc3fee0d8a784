#include "ui/screens/audit/BoundPlot.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

QString percent(double share) {
    return QLocale().toString(share * 100, 'f', share < 0.1 ? 2 : share < 1 ? 1 : 0) + QStringLiteral(" %");
}

BoundPlot::BoundPlot(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("audit.plot"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void BoundPlot::show(std::optional<job::SampleBound> bound, double tolerated) {
    m_bound = std::move(bound);
    m_tolerated = tolerated;
    if (m_bound) {
        setAccessibleName(
            tr("Bound on the share of leaks over the number judged: now %1")
                .arg(percent(m_bound->population == 0 ? 0
                                                      : static_cast<double>(m_bound->bound) /
                                                            static_cast<double>(m_bound->population))));
    }
    update();
}

void BoundPlot::paintEvent(QPaintEvent*) {
    if (!m_bound || m_bound->population == 0 || m_bound->drawn == 0) {
        return;
    }
    const style::Theme& theme = style::Theme::instance();
    const style::Tokens& t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(style::Type::Note));
    const QFontMetrics metrics(painter.font());
    const double all = static_cast<double>(m_bound->population);
    const double now = static_cast<double>(m_bound->bound) / all;
    const double end = static_cast<double>(m_bound->whenClean) / all;
    // The beginning is steep: the axis ends a few times above where it is to go.
    const double top =
        std::clamp(std::max({4 * m_tolerated, 1.5 * end, std::min(now * 1.25, 1.0)}), 0.01, 1.0);
    const QRectF box = QRectF(rect()).adjusted(metrics.horizontalAdvance(QStringLiteral("100 %")) + 8, 8, -14,
                                               -2.0 * metrics.height() - 2);
    const auto at = [&](double judged, double share) {
        return QPointF(box.left() + box.width() * judged / static_cast<double>(m_bound->drawn),
                       box.bottom() - box.height() * std::min(share, top) / top);
    };
    constexpr int kLines = 4;
    for (int i = 0; i <= kLines; ++i) {
        const double share = top * i / kLines;
        const double y = at(0, share).y();
        painter.setPen(t.line);
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
        painter.setPen(t.text2);
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, box.left() - 6, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         QLocale().toString(share * 100, 'f', top < 0.04 ? 1 : 0) + QStringLiteral(" %"));
    }
    QPen dashed(t.text, 1.2, Qt::DashLine);
    painter.setPen(dashed);
    const double target = at(0, m_tolerated).y();
    painter.drawLine(QPointF(box.left(), target), QPointF(box.right(), target));
    painter.setPen(t.text2);
    painter.drawText(QPointF(box.left() + 4, target - 4), tr("wanted %1").arg(percent(m_tolerated)));

    const QPointF here = at(static_cast<double>(m_bound->judged), now);
    const QPointF last = at(static_cast<double>(m_bound->drawn), end);
    painter.setPen(QPen(t.accent, 1.5, Qt::DotLine));
    painter.drawLine(here, last);
    painter.setPen(QPen(t.accent, 2));
    QPainterPath course;
    for (std::size_t i = 0; i < m_bound->course.size(); ++i) {
        const QPointF point = at(static_cast<double>(m_bound->course[i].first), m_bound->course[i].second);
        i == 0 ? course.moveTo(point) : course.lineTo(point);
    }
    painter.drawPath(course);
    painter.setBrush(t.accent);
    painter.drawEllipse(here, 3.5, 3.5);
    painter.setBrush(t.panel);
    painter.drawEllipse(last, 3.5, 3.5);

    painter.setPen(t.text2);
    const double below = box.bottom() + 2;
    painter.drawText(QRectF(box.left(), below, box.width(), metrics.height()), Qt::AlignLeft,
                     QStringLiteral("0"));
    painter.drawText(QRectF(box.left(), below, box.width(), metrics.height()), Qt::AlignRight,
                     text::number(m_bound->drawn));
    painter.drawText(QRectF(box.left(), below + metrics.height(), box.width(), metrics.height()),
                     Qt::AlignHCenter, tr("judged"));
}

} // namespace kamei::ui::screens
