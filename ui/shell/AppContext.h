#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <memory>

#include "core/decide/Edit.h"
#include "core/job/Session.h"

namespace kamei::ui::tasks {
class TaskRunner;
}
namespace kamei::ui::shell {

class ActionRegistry;
class Pulse;

/// The places of the navigation rail, in order.
enum class ScreenId { Home, People, Work, Face, Risk, Confirm, Release, Audit, Policy, Settings };

/// Where to go and what to show there. Unset ids mean "whatever the screen shows by itself".
struct Route {
    ScreenId screen = ScreenId::Home;
    base::SubjectId subject = {};
    base::AssetId asset = {};
    base::FindingId finding = {};
    int step = 0; ///< 4..8: only what belongs to that step of the guideline
    bool openOnly = false;
    /// Screen-specific word: "unreadable", "sent-back", "required"; of the policy "trial", "rules", or
    /// "private" with owner and element behind it, parted by line breaks.
    QString filter = {};
};

/// What every screen is given: the open workspace, the jobs, the actions, the undo stack. Lives on
/// the GUI thread; owned by the main window.
class AppContext : public QObject {
    Q_OBJECT

public:
    AppContext(tasks::TaskRunner* runner, ActionRegistry* actions, QObject* parent = nullptr);
    ~AppContext() override;

    /// Null while no workspace is open.
    [[nodiscard]] const std::shared_ptr<job::Session>& session() const { return m_session; }
    void setSession(std::shared_ptr<job::Session> session);

    [[nodiscard]] tasks::TaskRunner& runner() const { return *m_runner; }
    [[nodiscard]] ActionRegistry& actions() const { return *m_actions; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    /// Counts of the workspace and the open points of the gate.
    [[nodiscard]] Pulse& pulse() const { return *m_pulse; }
    /// Name of the person at the window, recorded with every decision (settings; never a secret).
    [[nodiscard]] QString reviewer() const { return m_reviewer; }
    void setReviewer(const QString& name);
    /// Who is signed in with a key; null while nobody is. It stays over the change of workspaces.
    [[nodiscard]] const std::shared_ptr<const keys::Identity>& identity() const { return m_identity; }
    void signIn(std::shared_ptr<const keys::Identity> identity);
    void signOut();
    /// The reviewer with role and key, or the name alone.
    [[nodiscard]] QString reviewerWithRole() const;

    /// Applies an edit through the undo stack; `text` names it in the Edit menu. Errors are shown by the
    /// main window; false when it was refused.
    bool push(const decide::Edit& edit, const QString& text);
    void go(const Route& route);
    /// Opens a workspace folder in place of the present one.
    void openWorkspace(const QString& folder);
    /// A passing message in the status bar (no identifiers).
    void say(const QString& message);
    /// An error, shown as what happened, what is safe, and what to do.
    void showError(const base::Error& error);

signals:
    void sessionChanged();
    void openRequested(const QString& folder);
    void routeRequested(const kamei::ui::shell::Route& route);
    /// Something in the workspace changed; delivered on the GUI thread, changes of one kind merged.
    void changed(const kamei::job::Change& change);
    void reviewerChanged();
    void message(const QString& text);
    void errorRaised(const kamei::base::Error& error);

private:
    struct Mailbox;
    void deliver();

    tasks::TaskRunner* m_runner;
    ActionRegistry* m_actions;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<job::Session> m_session;
    int m_subscription = -1;
    QUndoStack m_undo;
    QString m_reviewer;
    std::shared_ptr<const keys::Identity> m_identity;
    Pulse* m_pulse;
};

} // namespace kamei::ui::shell
