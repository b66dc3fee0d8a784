#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

namespace kamei::ui::views::table {

/// The head of a column: its title, below it the category's square and what is done with the column.
class ColumnHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit ColumnHeader(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void menuWanted(int column, const QPoint& globalAt);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    int m_pressed = -1;
};

/// Cells with the tint of what is open, the line of what is decided, and the box of the current finding.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setCurrent(qint64 finding) { m_current = finding; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    qint64 m_current = 0;
};

} // namespace kamei::ui::views::table
