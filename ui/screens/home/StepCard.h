#pragma once

#include <QFrame>

#include "core/job/Rows.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::style {
class Badge;
class Meter;
} // namespace kamei::ui::style
namespace kamei::ui::screens {

/// One of the eight steps: what is done, what is open, and the way to the open items.
class StepCard : public QFrame {
    Q_OBJECT

public:
    explicit StepCard(int step, QWidget* parent = nullptr);
    /// Steps 1 and 2: what was written for the purpose, or the data needed.
    void showSheet(const QString& words, bool done);
    /// Step 3: assets examined.
    void showDetection(const job::Overview& overview);
    /// Steps 4 to 8: findings decided. `singledOut` is shown with step 5.
    void showFindings(const job::StepCounts& counts, std::int64_t singledOut);
    void setNow(bool now);
    void retranslate();

signals:
    void opened(int step);
    void papersWanted(); ///< what is kept for what, and the papers

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitCount();
    void line(int at, const QString& html);

    int m_step;
    QLabel* m_title;
    QWidget* m_countRow;
    style::Badge* m_pill;
    QLabel* m_number;
    QLabel* m_unit;
    QList<QLabel*> m_lines;
    QLabel* m_words;
    style::Meter* m_meter;
    QLabel* m_progress;
    QPushButton* m_open;
    QPushButton* m_papers; ///< of step 8 alone
};

} // namespace kamei::ui::screens
