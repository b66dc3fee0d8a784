#pragma once

#include <QFrame>
#include <optional>
#include <vector>

#include "core/release/Gate.h"
#include "ui/shell/AppContext.h"

class QLabel;
class QPushButton;

namespace kamei::ui::style {
class Badge;
class Meter;
} // namespace kamei::ui::style
namespace kamei::ui::screens {

/// "This way on": how much is processed, how much is confirmed, whether the gate is open.
class OnwardStrip : public QFrame {
    Q_OBJECT

public:
    explicit OnwardStrip(QWidget* parent = nullptr);
    void show(const job::Overview& overview, const std::optional<std::vector<release::GatePoint>>& gate,
              bool checking);

signals:
    void gateOpened();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_title;
    QLabel* m_stagedName;
    QLabel* m_staged;
    QLabel* m_stagedOf;
    style::Meter* m_stagedBar;
    QLabel* m_stale;
    QLabel* m_confirmedName;
    QLabel* m_confirmed;
    QLabel* m_confirmedOf;
    style::Meter* m_confirmedBar;
    QLabel* m_sentBack;
    style::Badge* m_gateSign;
    QLabel* m_gate;
    QLabel* m_gateNote;
    QPushButton* m_gateLink;
};

} // namespace kamei::ui::screens
