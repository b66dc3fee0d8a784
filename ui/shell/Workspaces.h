#pragma once

#include <QObject>
#include <QStringList>

#include "core/job/Job.h"
#include "ui/shell/AppContext.h"

namespace kamei::ui::shell {

/// A workspace that was open before. Settings hold its folder and the day, nothing of what is in it.
struct Recent {
    QString folder;
    qint64 openedAt = 0; ///< ms since 1970
};

/// Opens, makes and closes workspaces and runs the jobs on them: the one place that turns actions of the
/// window into job specifications.
class Workspaces : public QObject {
    Q_OBJECT

public:
    Workspaces(AppContext& context, QWidget* window);

    void open(const QString& folder);
    void create(const QString& folder, const job::NewWorkspace& what);
    /// Makes the demo workspace where it is not there yet, then opens it.
    void openDemo();
    void close();
    /// Imports files and folders, then looks for candidates in them.
    void import(const QStringList& paths);
    void detect();
    void stage();

    void askNew();
    void askDestroyKept(); ///< deleted information that was kept sealed
    void askOpen();
    void askImportFiles();
    void askImportFolder();

    [[nodiscard]] static QList<Recent> recent();
    /// Where new workspaces are proposed (settings).
    [[nodiscard]] static QString defaultFolder();

signals:
    void recentChanged();

private:
    void openNow(const QString& folder);
    void whenIdle(std::function<void()> action);
    void opened(base::Expected<std::shared_ptr<job::Session>> session,
                const std::optional<base::Error>& readOnlyBecause);
    void verify(); ///< that the workspace is as it was written; read-only from then on when it is not
    void remember(const QString& folder);
    void run(std::unique_ptr<job::Job> job, std::function<void(const job::Report&)> done);
    [[nodiscard]] bool changeable();

    AppContext& m_context;
    QWidget* m_window;
    QString m_importAfterOpening; ///< the demo's cohort, once its workspace is open
};

} // namespace kamei::ui::shell
