#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/job/Job.h"
#include "core/job/Session.h"

namespace kamei::ui::tasks {
class TaskRunner;
}
namespace kamei::ui::shell {

class AppContext;

/// What stands on the home screen, the rail and the status bar: counts of the open workspace and the open
/// points of the gate, read off the GUI thread and at most every half second while a job changes them.
class Pulse : public QObject {
    Q_OBJECT

public:
    explicit Pulse(AppContext& context);

    [[nodiscard]] const std::optional<job::Overview>& overview() const { return m_overview; }
    [[nodiscard]] const std::optional<job::WorkspaceInfo>& info() const { return m_info; }
    /// Surfaces of faces nobody judged yet (Guideline 5.4.4).
    [[nodiscard]] qint64 openFaces() const { return m_openFaces; }
    /// Open points; unset while they have not been evaluated since the workspace was opened.
    [[nodiscard]] const std::optional<std::vector<release::GatePoint>>& gate() const { return m_gate; }
    [[nodiscard]] bool gateBusy() const { return m_gateBusy; }
    /// Evaluates the gate now (it reads every source's stamp, so it is done when somebody looks at it).
    void checkGate();
    /// The step a person is at: the first of 4..8, else 1..3, that has something open; 8 when all is done.
    [[nodiscard]] int currentStep() const;

signals:
    void updated();
    void gateUpdated();

private:
    void sessionChanged();
    void refresh();

    AppContext& m_context;
    QTimer m_soon;     ///< merges changes
    QTimer m_gateSoon; ///< the gate can wait until the changes pause
    std::optional<job::Overview> m_overview;
    std::optional<job::WorkspaceInfo> m_info;
    qint64 m_openFaces = 0;
    std::optional<std::vector<release::GatePoint>> m_gate;
    bool m_busy = false;
    bool m_again = false;
    bool m_gateBusy = false;
    bool m_gateAgain = false;
};

} // namespace kamei::ui::shell
