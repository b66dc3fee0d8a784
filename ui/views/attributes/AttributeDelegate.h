#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace kamei::ui::views::attributes {

/// Paints the cells of the attribute tree: tags and values in the monospaced face, new values on green,
/// category square, requirement pill and state circle.
class AttributeDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The tree itself, with a bar at the left of rows that are changed or open.
class AttributeTree : public QTreeView {
    Q_OBJECT

public:
    explicit AttributeTree(QWidget* parent = nullptr);

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
};

} // namespace kamei::ui::views::attributes
