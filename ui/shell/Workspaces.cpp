#include "ui/shell/Workspaces.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QStandardPaths>
#include <filesystem>
#include <utility>

#include "core/decide/Policies.h"
#include "core/demo/Demo.h"
#include "ui/shell/NewWorkspaceDialog.h"
#include "ui/shell/Pulse.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

constexpr int kMostRecent = 8;
constexpr auto kRecentKey = "recent";

std::filesystem::path toPath(const QString& path) {
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

/// Writes the demo cohort and makes a workspace beside it, as one job with progress and Cancel.
class DemoJob final : public job::Job {
public:
    DemoJob(std::filesystem::path folder, job::NewWorkspace what)
        : m_folder(std::move(folder)), m_what(std::move(what)) {}

    [[nodiscard]] std::string_view word() const override { return "demo"; }
    [[nodiscard]] base::Expected<job::Report> run(std::stop_token stop,
                                                  base::ProgressSink& progress) override {
        const std::filesystem::path source = m_folder / "source";
        std::error_code failed;
        // A cohort that was cancelled half-way has no answer key yet; it is made anew.
        if (!std::filesystem::exists(source / "answer-key.json", failed)) {
            std::filesystem::remove_all(source, failed);
            std::filesystem::create_directories(m_folder, failed);
            if (auto written = demo::writeDemo(source, stop, progress); !written) {
                if (written.error().code == base::ErrorCode::Cancelled) {
                    return job::Report{.cancelled = true};
                }
                return tl::unexpected(written.error());
            }
        }
        if (auto made = job::Session::create(m_folder / "workspace", m_what); !made) {
            return tl::unexpected(made.error());
        }
        return job::Report{};
    }

private:
    std::filesystem::path m_folder;
    job::NewWorkspace m_what;
};

} // namespace

Workspaces::Workspaces(AppContext& context, QWidget* window)
    : QObject(window), m_context(context), m_window(window) {}

QString Workspaces::defaultFolder() {
    const QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QSettings().value(QStringLiteral("defaultFolder"), home).toString();
}

QList<Recent> Workspaces::recent() {
    QList<Recent> list;
    for (const QVariant& entry : QSettings().value(QLatin1String(kRecentKey)).toList()) {
        const QVariantMap map = entry.toMap();
        list.append(
            {map.value(QStringLiteral("folder")).toString(), map.value(QStringLiteral("at")).toLongLong()});
    }
    return list;
}

void Workspaces::remember(const QString& folder) {
    QList<Recent> list = recent();
    list.removeIf([&](const Recent& entry) { return entry.folder == folder; });
    list.prepend({folder, QDateTime::currentMSecsSinceEpoch()});
    QVariantList stored;
    for (const Recent& entry : list.mid(0, kMostRecent)) {
        stored.append(
            QVariantMap{{QStringLiteral("folder"), entry.folder}, {QStringLiteral("at"), entry.openedAt}});
    }
    QSettings().setValue(QLatin1String(kRecentKey), stored);
    emit recentChanged();
}

void Workspaces::whenIdle(std::function<void()> action) {
    if (!m_context.runner().busy()) {
        action();
        return;
    }
    // The job under way still holds its workspace; it was asked to stop.
    connect(&m_context.runner(), &tasks::TaskRunner::finished, this, std::move(action),
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void Workspaces::open(const QString& folder) {
    if (m_context.session() && m_context.session()->folder() == toPath(folder)) {
        m_context.go({ScreenId::Home});
        return;
    }
    close();
    whenIdle([this, folder] { openNow(folder); });
}

void Workspaces::openNow(const QString& folder) {
    m_context.say(tr("Opening the workspace…"));
    m_context.runner().look(
        this,
        [path = toPath(folder)] {
            auto session = job::Session::open(path, job::OpenMode::ReadWrite);
            bool readOnly = false;
            // Somebody else writes, or the medium is read-only: looking is still possible.
            if (!session && (session.error().code == base::ErrorCode::WorkspaceLocked ||
                             session.error().code == base::ErrorCode::WorkspaceReadOnly)) {
                if (auto looking = job::Session::open(path, job::OpenMode::ReadOnly)) {
                    session = std::move(looking);
                    readOnly = true;
                }
            }
            return std::pair{std::move(session), readOnly};
        },
        [this](auto result) { opened(std::move(result.first), result.second); });
}

void Workspaces::create(const QString& folder, const job::NewWorkspace& what) {
    close();
    whenIdle([this, folder, what] {
        m_context.runner().look(
            this, [path = toPath(folder), what] { return job::Session::create(path, what); },
            [this](auto session) { opened(std::move(session), false); });
    });
}

void Workspaces::opened(base::Expected<std::shared_ptr<job::Session>> session, bool readOnly) {
    if (!session) {
        m_importAfterOpening.clear();
        m_context.showError(session.error());
        return;
    }
    // First, so that the lists of workspaces that follow the session already hold it.
    remember(QFile::decodeName(QByteArray::fromStdString((*session)->folder().string())));
    m_context.setSession(*session);
    m_context.say(readOnly ? tr("Opened for reading only: nothing can be changed.")
                           : tr("The workspace is open."));
    m_context.go({ScreenId::Home});
    if (const QString source = std::exchange(m_importAfterOpening, {}); !source.isEmpty()) {
        import({source});
    }
}

void Workspaces::openDemo() {
    const QString place =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/demo");
    const QString workspace = place + QStringLiteral("/workspace");
    if (QDir(workspace).exists()) {
        open(workspace);
        return;
    }
    close();
    job::NewWorkspace what;
    what.title = tr("Demo: joint research on imaging").toStdString();
    what.purpose = tr("Development of diagnostic support for head CT (demo)").toStdString();
    if (auto policy = decide::policyFromText("guideline-2024")) {
        what.policy = *policy;
    }
    const QString source = place + QStringLiteral("/source/cohort");
    m_context.runner().start(std::make_unique<DemoJob>(toPath(place), what),
                             [this, workspace, source](const base::Expected<job::Report>& report) {
                                 if (!report) {
                                     m_context.showError(report.error());
                                     return;
                                 }
                                 if (report->cancelled) {
                                     return;
                                 }
                                 m_importAfterOpening = source;
                                 openNow(workspace);
                             });
}

void Workspaces::close() {
    if (!m_context.session()) {
        return;
    }
    m_context.runner().cancel();
    m_context.setSession(nullptr);
    m_context.go({ScreenId::Home});
}

bool Workspaces::changeable() {
    const auto& session = m_context.session();
    if (!session) {
        m_context.say(tr("Open or make a workspace first."));
        return false;
    }
    if (!session->writable()) {
        m_context.showError({base::ErrorCode::WorkspaceReadOnly, {}, "ui.shell.workspaces"});
        return false;
    }
    return true;
}

void Workspaces::run(std::unique_ptr<job::Job> job, std::function<void(const job::Report&)> done) {
    const auto session = m_context.session();
    m_context.runner().start(std::move(job), [this, session, done = std::move(done)](const auto& report) {
        if (session != m_context.session()) {
            return; // closed meanwhile
        }
        if (!report) {
            m_context.showError(report.error());
        } else if (!report->cancelled) {
            done(*report);
        }
    });
}

void Workspaces::import(const QStringList& paths) {
    if (paths.isEmpty() || !changeable()) {
        return;
    }
    job::ImportSpec spec;
    for (const QString& path : paths) {
        spec.paths.push_back(toPath(path));
    }
    spec.by = m_context.reviewer().toStdString();
    run(job::importJob(m_context.session(), std::move(spec)), [this](const job::Report& report) {
        m_context.say(tr("%1 files imported, %2 already known, %3 could not be read.")
                          .arg(text::number(report.done), text::number(report.unchanged),
                               text::number(report.problems)));
        detect();
    });
}

void Workspaces::detect() {
    if (!changeable()) {
        return;
    }
    job::DetectSpec spec;
    spec.by = m_context.reviewer().toStdString();
    run(job::detectJob(m_context.session(), std::move(spec)), [this](const job::Report& report) {
        m_context.say(tr("Candidates looked for in %n data.", nullptr, static_cast<int>(report.done)));
    });
}

void Workspaces::stage() {
    if (!changeable()) {
        return;
    }
    job::StageSpec spec;
    spec.by = m_context.reviewer().toStdString();
    run(job::stageJob(m_context.session(), std::move(spec)), [this](const job::Report& report) {
        m_context.say(report.residuals > 0
                          ? tr("%1 files processed; the residual search found something in %2.")
                                .arg(text::number(report.done), text::number(report.residuals))
                          : tr("%1 files processed; the residual search found nothing.")
                                .arg(text::number(report.done)));
        m_context.pulse().checkGate();
    });
}

void Workspaces::askNew() {
    auto* dialog = new NewWorkspaceDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { create(dialog->folder(), dialog->what()); });
    dialog->open();
}

void Workspaces::askOpen() {
    auto* dialog = new QFileDialog(m_window, tr("Open workspace"), defaultFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &Workspaces::open);
    dialog->open();
}

void Workspaces::askImportFiles() {
    auto* dialog = new QFileDialog(m_window, tr("Import files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Workspaces::import);
    dialog->open();
}

void Workspaces::askImportFolder() {
    auto* dialog = new QFileDialog(m_window, tr("Import a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this, &Workspaces::import);
    dialog->open();
}

} // namespace kamei::ui::shell
