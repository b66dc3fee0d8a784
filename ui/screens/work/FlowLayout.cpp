#include "ui/screens/work/FlowLayout.h"

#include <QWidget>
#include <algorithm>

namespace kamei::ui::screens::work {

FlowLayout::FlowLayout(QWidget* parent, int space) : QLayout(parent), m_space(space) {}

FlowLayout::~FlowLayout() {
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.append(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return m_items.value(index);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::count() const {
    return static_cast<int>(m_items.size());
}

int FlowLayout::heightForWidth(int width) const {
    return place(QRect(0, 0, width, 0), true);
}

QSize FlowLayout::sizeHint() const {
    const QMargins around = contentsMargins();
    int width = around.left() + around.right() - m_space;
    int height = 0;
    for (QLayoutItem* item : m_items) {
        if (!item->isEmpty()) {
            width += item->sizeHint().width() + m_space;
            height = std::max(height, item->sizeHint().height());
        }
    }
    return {width, height + around.top() + around.bottom()};
}

QSize FlowLayout::minimumSize() const {
    const QMargins around = contentsMargins();
    QSize widest(0, 0);
    for (QLayoutItem* item : m_items) {
        widest = item->isEmpty() ? widest : widest.expandedTo(item->minimumSize());
    }
    return widest + QSize(around.left() + around.right(), around.top() + around.bottom());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    place(rect, false);
}

int FlowLayout::place(const QRect& rect, bool measure) const {
    const QRect inner = rect.marginsRemoved(contentsMargins());
    int x = inner.x();
    int y = inner.y();
    int row = 0;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize size(std::min(item->sizeHint().width(), inner.width()), item->sizeHint().height());
        if (x > inner.x() && x + size.width() > inner.x() + inner.width()) {
            x = inner.x();
            y += row + m_space;
            row = 0;
        }
        if (!measure) {
            item->setGeometry(QRect(QPoint(x, y), size));
        }
        x += size.width() + m_space;
        row = std::max(row, size.height());
    }
    return y + row + contentsMargins().bottom() - rect.y();
}

} // namespace kamei::ui::screens::work
