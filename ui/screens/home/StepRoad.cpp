#include "ui/screens/home/StepRoad.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/screens/home/StepCard.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kGap = 8;
constexpr int kNode = 36;
constexpr int kGroupHeight = 20;

} // namespace

StepRoad::StepRoad(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("home.road"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, roadHeight(), 0, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (int step = 1; step <= 8; ++step) {
        auto* made = new StepCard(step, this);
        row->addWidget(made, 1);
        m_cards[static_cast<std::size_t>(step - 1)] = made;
        connect(made, &StepCard::opened, this, &StepRoad::opened);
        connect(made, &StepCard::papersWanted, this, &StepRoad::papersWanted);
    }
    column->addLayout(row);
}

int StepRoad::roadHeight() const {
    return style::Theme::instance().px(kGroupHeight + 6 + kNode + 8);
}

void StepRoad::show(const job::Overview& overview, const model::PurposeSheet& sheet, std::int64_t singledOut,
                    int now) {
    m_now = now;
    for (int step = 1; step <= 8; ++step) {
        const auto at = static_cast<std::size_t>(step - 1);
        const job::StepCounts& counts = overview.steps[at];
        m_done[at] = counts.total > 0 && counts.done >= counts.total && counts.findings.open() == 0;
        StepCard& shown = card(step);
        if (step == 1) {
            shown.showSheet(text::fromUtf8(sheet.purpose), m_done[at]);
        } else if (step == 2) {
            shown.showSheet(text::fromUtf8(sheet.dataItems), m_done[at]);
        } else if (step == 3) {
            m_done[at] = m_done[at] && overview.unreadable == 0;
            shown.showDetection(overview);
        } else {
            shown.showFindings(counts, singledOut);
        }
        shown.setNow(step == now);
    }
    update();
}

void StepRoad::paintGroups(QPainter& painter) {
    const style::Theme& theme = style::Theme::instance();
    struct Group {
        QString name;
        int first, last;
    };
    const std::array<Group, 3> groups{Group{tr("Specify (before processing)"), 1, 3},
                                      Group{tr("Measures (required)"), 4, 6},
                                      Group{tr("Further measures (recommended)"), 7, 8}};
    painter.setFont(theme.font(style::Type::Table, true));
    const QFontMetrics metrics = painter.fontMetrics();
    for (const Group& group : groups) {
        const int left = card(group.first).x();
        const int right = card(group.last).x() + card(group.last).width();
        const int middle = theme.px(kGroupHeight) / 2;
        painter.setPen(theme.tokens().text2);
        const QString name = metrics.elidedText(group.name, Qt::ElideRight, right - left - 24);
        painter.drawText(QRect(left, 0, right - left, theme.px(kGroupHeight)), Qt::AlignVCenter, name);
        painter.setPen(theme.tokens().control);
        const int start = left + metrics.horizontalAdvance(name) + 8;
        painter.drawPolyline(QPolygon{{QPoint(start, middle + 4), QPoint(start, middle),
                                       QPoint(right - 1, middle), QPoint(right - 1, middle + 4)}});
    }
}

void StepRoad::paintNodes(QPainter& painter) {
    const style::Theme& theme = style::Theme::instance();
    const style::Tokens& t = theme.tokens();
    const int side = theme.px(kNode);
    const qreal y = theme.px(kGroupHeight + 6) + side / 2.0;
    const auto centre = [this](int step) { return card(step).x() + card(step).width() / 2.0; };
    for (int step = 1; step < 8; ++step) {
        painter.setPen(QPen(
            m_done[static_cast<std::size_t>(step - 1)] ? t.ok : t.line.darker(theme.dark() ? 90 : 115), 4));
        painter.drawLine(QPointF(centre(step), y), QPointF(centre(step + 1), y));
    }
    painter.setFont(theme.font(style::Type::Heading, true));
    for (int step = 1; step <= 8; ++step) {
        const QRectF node(centre(step) - side / 2.0, y - side / 2.0, side, side);
        const bool done = m_done[static_cast<std::size_t>(step - 1)];
        const bool now = step == m_now;
        const qreal width = now && !done ? 3 : 2;
        painter.setBrush(done ? t.ok : t.panel);
        painter.setPen(QPen(done ? t.ok : now ? t.accent : t.text2, width));
        painter.drawEllipse(node.adjusted(width / 2, width / 2, -width / 2, -width / 2));
        if (done) {
            const qreal mark = theme.px(20);
            style::drawIcon(painter, QRectF(node.center() - QPointF(mark, mark) / 2, QSizeF(mark, mark)),
                            QStringLiteral("check"), t.panel);
        } else {
            painter.setPen(now ? t.accent : t.text2);
            painter.drawText(node, Qt::AlignCenter, QString::number(step));
        }
    }
}

void StepRoad::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGroups(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintNodes(painter);
}

void StepRoad::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        for (StepCard* each : m_cards) {
            each->retranslate();
        }
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
