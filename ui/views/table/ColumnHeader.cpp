#include "ui/views/table/ColumnHeader.h"

#include <QMouseEvent>
#include <QPainter>

#include "ui/models/TableModel.h"
#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::views::table {

ColumnHeader::ColumnHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(style::Theme::instance().px(64));
    setDefaultSectionSize(style::Theme::instance().px(132));
}

QSize ColumnHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), style::Theme::instance().px(50)};
}

void ColumnHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const auto* table = qobject_cast<const models::TableModel*>(model());
    if (table == nullptr || !rect.isValid()) {
        return;
    }
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    painter->save();
    painter->fillRect(rect, t.header);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), t.line);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    const QRect inside = rect.adjusted(theme.px(8), 0, -theme.px(6), 0);
    QRect upper = inside;
    upper.setBottom(rect.top() + theme.px(26));
    QRect lower = inside;
    lower.setTop(rect.top() + theme.px(24));
    const QFont bold = theme.font(style::Type::Table, true);
    painter->setFont(bold);
    painter->setPen(t.text);
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(bold).elidedText(table->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(),
                                      Qt::ElideRight, upper.width()));
    const models::ColumnDecision& decision = table->column(section);
    const QFont plain = theme.font(style::Type::Note);
    painter->setFont(plain);
    const int arrow = theme.px(10);
    style::drawIcon(*painter, QRectF(lower.right() - arrow, lower.center().y() - arrow / 2.0, arrow, arrow),
                    QStringLiteral("down"), t.text2);
    lower.setRight(lower.right() - arrow - theme.px(2));
    QString word = tr("nothing found");
    if (!decision.findings.empty()) {
        style::drawCategory(*painter, lower, decision.category);
        lower.setLeft(lower.left() + style::categorySize() + theme.px(4));
        word = decision.mixed ? tr("in the text") : text::actionName(decision.action);
        if (decision.open > 0) {
            word = decision.whole ? tr("open: %1").arg(word)
                                  : tr("%1 open: %2").arg(text::number(decision.open), word);
        }
    }
    const bool urgent = decision.open > 0 && decision.requirement == model::Requirement::Required;
    painter->setPen(decision.findings.empty() ? t.text3 : urgent ? t.bad : t.text2);
    painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(plain).elidedText(word, Qt::ElideRight, lower.width()));
    painter->restore();
}

void ColumnHeader::mousePressEvent(QMouseEvent* event) {
    m_pressed = logicalIndexAt(event->position().toPoint());
    QHeaderView::mousePressEvent(event);
}

void ColumnHeader::mouseReleaseEvent(QMouseEvent* event) {
    const int section = logicalIndexAt(event->position().toPoint());
    const bool resizing = cursor().shape() == Qt::SplitHCursor;
    QHeaderView::mouseReleaseEvent(event);
    if (!resizing && section >= 0 && section == m_pressed && event->button() == Qt::LeftButton) {
        emit menuWanted(section, mapToGlobal(QPoint(sectionViewportPosition(section), height())));
    }
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto* table = qobject_cast<const models::TableModel*>(index.model());
    if (table == nullptr) {
        return;
    }
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    painter->save();
    const QRect cell = option.rect;
    painter->fillRect(cell, (option.state & QStyle::State_Selected) != 0 ? t.selection : t.paper);
    const QRect inside = cell.adjusted(theme.px(8), 0, -theme.px(6), 0);
    const QFont font = theme.font(style::Type::Table);
    const QString text =
        QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, inside.width());
    const model::Finding* finding = table->findingAt(index);
    if (finding != nullptr && !text.isEmpty()) {
        const style::CategoryLook look = theme.category(finding->category);
        const QRectF marked(inside.left() - 2, cell.top() + theme.px(4),
                            QFontMetrics(font).horizontalAdvance(text) + 4, cell.height() - theme.px(6));
        if (finding->state == model::DecisionState::Open) {
            painter->fillRect(marked, look.tint);
        }
        style::drawCategoryLine(*painter, marked, look);
        if (finding->state == model::DecisionState::Rejected) {
            painter->setPen(QPen(t.text2, 1.2));
            painter->drawLine(QPointF(marked.left(), marked.center().y()),
                              QPointF(marked.right(), marked.center().y()));
        }
        if (finding->id.value == m_current) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(t.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(marked.adjusted(-1, -1, 1, 1), 2, 2);
        }
    }
    painter->setFont(font);
    painter->setPen(t.text);
    painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter->restore();
}

} // namespace kamei::ui::views::table
