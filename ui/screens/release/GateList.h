#pragma once

#include <QList>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/release/Gate.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::style {
class Badge;
}
namespace kamei::ui::screens {

/// One condition of release with its state and the way to what is open.
class GateRow : public QWidget {
    Q_OBJECT

public:
    GateRow(release::Condition condition, QWidget* parent);
    [[nodiscard]] release::Condition condition() const { return m_condition; }
    [[nodiscard]] QPushButton* button() const { return m_button; }
    /// Unset `known`: not evaluated yet. Null `point`: the condition is met.
    void show(bool known, const release::GatePoint* point);
    void setCurrent(bool current);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    release::Condition m_condition;
    style::Badge* m_sign;
    QLabel* m_title;
    QLabel* m_note;
    QLabel* m_count;
    QPushButton* m_button;
    bool m_current = false;
};

/// The gate: every condition, in the order in which core states them. J and K move, Enter opens.
class GateList : public QWidget {
    Q_OBJECT

public:
    explicit GateList(QWidget* parent = nullptr);
    void show(const std::optional<std::vector<release::GatePoint>>& points);

signals:
    void opened(kamei::release::Condition condition);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setCurrent(int row);

    QList<GateRow*> m_rows;
    int m_current = 0;
    std::optional<std::vector<release::GatePoint>> m_points;
};

} // namespace kamei::ui::screens
