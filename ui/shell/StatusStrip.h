#pragma once

#include <QWidget>

#include "ui/shell/AppContext.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace kamei::ui::style {
class Badge;
}
namespace kamei::ui::shell {

/// The bottom edge: where the work stands, and the job that is running with its way out.
class StatusStrip : public QWidget {
    Q_OBJECT

public:
    explicit StatusStrip(AppContext& context, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void retranslate();
    void showCounts();
    void showJob(const QString& phase, quint64 done, quint64 total, int secondsLeft);
    void say(const QString& text);

    AppContext& m_context;
    QLabel* m_step;
    QWidget* m_requiredPart;
    style::Badge* m_required;
    QLabel* m_requiredText;
    QWidget* m_recommendedPart;
    style::Badge* m_recommended;
    QLabel* m_recommendedText;
    QWidget* m_unreadablePart;
    QLabel* m_unreadable;
    QLabel* m_message;
    QTimer* m_messageEnd;
    QWidget* m_jobPart;
    QLabel* m_jobName;
    QProgressBar* m_bar;
    QLabel* m_percent;
    QLabel* m_left;
    QPushButton* m_cancel;
    QString m_jobWord;
};

} // namespace kamei::ui::shell
