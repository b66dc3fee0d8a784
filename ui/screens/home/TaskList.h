#pragma once

#include <QDate>
#include <QFrame>
#include <QList>
#include <optional>
#include <vector>

#include "core/release/Gate.h"
#include "ui/shell/AppContext.h"
#include "ui/style/Badges.h"

class QLabel;
class QVBoxLayout;

namespace kamei::ui::screens {

/// Something to do next: why, where, and what stands on its button.
struct Task {
    style::Sign sign = style::Sign::Open;
    QString title;
    QString note;
    QString button;
    shell::Route route;
    QString action; ///< id of an action to trigger instead of going somewhere
    friend bool operator==(const Task& one, const Task& other) {
        return one.sign == other.sign && one.title == other.title && one.note == other.note &&
               one.button == other.button;
    }
};

/// The tasks in order of urgency, worked out from the counts.
[[nodiscard]] QList<Task> tasksFor(const job::Overview& overview,
                                   const std::optional<std::vector<release::GatePoint>>& gate,
                                   std::int64_t openFaces = 0);
/// Deleted information that is kept until a day (Guideline 3.8), from thirty days before it on; `today` and
/// `until` as YYYY-MM-DD.
[[nodiscard]] std::optional<Task> keptTask(const std::string& until, const QDate& today);
/// Deleted information of another workspace, which this one goes on from, once its day has passed.
[[nodiscard]] std::optional<Task> continuedTask(const std::string& until, const QDate& today);

/// "Next": at most five tasks with a button each; Enter starts the first.
class TaskList : public QFrame {
    Q_OBJECT

public:
    explicit TaskList(shell::AppContext& context, QWidget* parent = nullptr);
    void show(const QList<Task>& tasks);
    /// Gives the keyboard to the first task's button.
    void focusFirst();
    /// Place under the tasks for the day's figures.
    [[nodiscard]] QVBoxLayout* foot() { return m_foot; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void retranslate();
    void fit();
    void run(const Task& task);
    [[nodiscard]] QWidget* row(const Task& task, bool first);

    shell::AppContext& m_context;
    QLabel* m_title;
    QLabel* m_hintBefore;
    QLabel* m_hintAfter;
    QVBoxLayout* m_rows;
    QVBoxLayout* m_foot;
    QList<Task> m_tasks;
};

} // namespace kamei::ui::screens
