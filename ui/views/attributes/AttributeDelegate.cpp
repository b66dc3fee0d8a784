#include "ui/views/attributes/AttributeDelegate.h"

#include <QHeaderView>
#include <QPainter>

#include "ui/models/AttributeModel.h"
#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"

namespace kamei::ui::views::attributes {
namespace {

using models::AttributeModel;
using models::AttributeRow;

const AttributeRow* rowOf(const QModelIndex& index) {
    const auto* model = qobject_cast<const AttributeModel*>(index.model());
    return model == nullptr ? nullptr : model->row(index);
}

bool isHead(const AttributeRow& row) {
    return row.isBlock || row.line.isItem || row.line.isSequence;
}

} // namespace

QSize AttributeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {40, style::Theme::instance().px(24)};
}

void AttributeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const AttributeRow* row = rowOf(index);
    if (row == nullptr) {
        return;
    }
    const auto& t = style::tokens();
    const auto& theme = style::Theme::instance();
    painter->save();
    const QRect cell = option.rect;
    const QRect inside = cell.adjusted(theme.px(6), 0, -theme.px(4), 0);
    const model::Finding* finding = row->finding;
    const auto text = [&](const QString& value, const QFont& font, const QColor& colour,
                          Qt::TextElideMode elide = Qt::ElideRight) {
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetrics(font).elidedText(value, elide, inside.width()));
    };
    QFont mono = theme.monoFont();
    const QString value = index.data(Qt::DisplayRole).toString();
    switch (index.column()) {
    case AttributeModel::Tag:
        mono.setBold(isHead(*row) && !row->line.isItem);
        text(value, row->line.isItem ? theme.font(style::Type::Table) : mono, t.text);
        break;
    case AttributeModel::Vr:
        text(value, mono, t.text2);
        break;
    case AttributeModel::Name:
        text(value, theme.font(style::Type::Table, isHead(*row)), t.text);
        break;
    case AttributeModel::Before:
        text(value, mono, t.text);
        break;
    case AttributeModel::After: {
        const bool open = finding != nullptr && finding->state == model::DecisionState::Open;
        const bool gone = row->line.removed || row->line.after.empty();
        if (open && !isHead(*row)) {
            text(value, theme.font(style::Type::Table),
                 finding->requirement == model::Requirement::Required ? t.bad : t.text2);
        } else if (gone) {
            text(value, theme.font(style::Type::Table), t.text2);
        } else {
            if (row->line.changed || row->line.added) {
                const int width =
                    std::min(inside.width(), QFontMetrics(mono).horizontalAdvance(value)) + theme.px(6);
                painter->fillRect(QRect(inside.left() - theme.px(3), cell.top() + theme.px(3), width,
                                        cell.height() - theme.px(7)),
                                  t.okBack);
            }
            text(value, mono, t.text);
        }
        break;
    }
    case AttributeModel::Category:
        if (finding != nullptr) {
            style::drawCategory(*painter, inside, finding->category);
        }
        break;
    case AttributeModel::Need:
        if (finding != nullptr) {
            QRect pill = inside;
            pill.setWidth(style::pillWidth(finding->requirement));
            style::drawPill(*painter, pill, finding->requirement);
        }
        break;
    case AttributeModel::State:
        if (finding != nullptr) {
            style::drawSign(*painter, inside, style::signOf(finding->state, finding->requirement));
        }
        break;
    case AttributeModel::Source:
        text(value, theme.font(style::Type::Note), t.text2);
        break;
    default:
        break;
    }
    painter->restore();
}

AttributeTree::AttributeTree(QWidget* parent) : QTreeView(parent) {
    setItemDelegate(new AttributeDelegate(this));
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setIndentation(style::Theme::instance().px(16));
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(24);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void AttributeTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto& t = style::tokens();
    const AttributeRow* row = rowOf(index);
    const QRect line(0, option.rect.top(), viewport()->width(), option.rect.height());
    if (selectionModel()->isSelected(index)) {
        painter->fillRect(line, t.selection);
    } else if (row != nullptr && isHead(*row)) {
        painter->fillRect(line, t.alternate);
    }
    QTreeView::drawRow(painter, option, index);
    painter->fillRect(QRect(0, line.bottom(), line.width(), 1), t.line);
    if (row != nullptr && row->mark != AttributeRow::Mark::None) {
        const QColor bar = row->mark == AttributeRow::Mark::Changed        ? t.accent
                           : row->mark == AttributeRow::Mark::OpenRequired ? t.bad
                                                                           : t.warn;
        painter->fillRect(QRect(-horizontalOffset(), line.top(), 4, line.height() - 1), bar);
    }
}

void AttributeTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    if (!model()->hasChildren(index)) {
        return;
    }
    const int size = style::Theme::instance().px(12);
    const QRectF square(rect.right() - size - 1, rect.center().y() - size / 2.0, size, size);
    style::drawIcon(*painter, square, isExpanded(index) ? QStringLiteral("down") : QStringLiteral("right"),
                    style::tokens().text2);
}

} // namespace kamei::ui::views::attributes
