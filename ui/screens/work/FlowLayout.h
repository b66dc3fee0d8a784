#pragma once

#include <QLayout>
#include <QList>

namespace kamei::ui::screens::work {

/// Widgets side by side at their preferred width, going on in a further row when there is no more room.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent, int space);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// The height that is taken; moves the widgets unless `measure`.
    int place(const QRect& rect, bool measure) const;

    QList<QLayoutItem*> m_items;
    int m_space;
};

} // namespace kamei::ui::screens::work
