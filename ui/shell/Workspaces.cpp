#include "ui/shell/Workspaces.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <filesystem>
#include <utility>

#include "core/decide/Policies.h"
#include "core/demo/Demo.h"
#include "core/job/Predecessor.h"
#include "core/job/Sealing.h"
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
            std::optional<base::Error> why;
            // Somebody else writes, the medium is read-only, or the log does not verify: looking is still
            // possible.
            if (!session && (session.error().code == base::ErrorCode::WorkspaceLocked ||
                             session.error().code == base::ErrorCode::WorkspaceReadOnly ||
                             session.error().code == base::ErrorCode::AuditBroken)) {
                if (auto looking = job::Session::open(path, job::OpenMode::ReadOnly)) {
                    why = session.error();
                    session = std::move(looking);
                }
            }
            return std::pair{std::move(session), std::move(why)};
        },
        [this](auto result) { opened(std::move(result.first), result.second); });
}

void Workspaces::create(const QString& folder, const job::NewWorkspace& what) {
    close();
    whenIdle([this, folder, what] {
        m_context.runner().look(
            this, [path = toPath(folder), what] { return job::Session::create(path, what); },
            [this](auto session) { opened(std::move(session), std::nullopt); });
    });
}

void Workspaces::verify() {
    // What the opening itself does not read: every row of the database.
    const auto session = m_context.session();
    m_context.runner().look(
        this, [session] { return session->verifyAll(); },
        [this, session](const base::Expected<job::AuditState>& state) {
            if (state || session != m_context.session()) {
                return;
            }
            const base::Error error = state.error();
            if (session->writable() && (error.code == base::ErrorCode::AuditBroken ||
                                        error.code == base::ErrorCode::WorkspaceDamaged)) {
                // Nobody works on with what was edited by other means.
                const QString folder =
                    QFile::decodeName(QByteArray::fromStdString(session->folder().string()));
                close();
                whenIdle([this, folder, error] {
                    m_context.runner().look(
                        this,
                        [path = toPath(folder)] { return job::Session::open(path, job::OpenMode::ReadOnly); },
                        [this, error](auto looking) { opened(std::move(looking), error); });
                });
                return;
            }
            m_context.showError(error);
        });
}

void Workspaces::opened(base::Expected<std::shared_ptr<job::Session>> session,
                        const std::optional<base::Error>& readOnlyBecause) {
    if (!session) {
        m_importAfterOpening.clear();
        m_context.showError(session.error());
        return;
    }
    // First, so that the lists of workspaces that follow the session already hold it.
    remember(QFile::decodeName(QByteArray::fromStdString((*session)->folder().string())));
    m_context.setSession(*session);
    m_context.say(readOnlyBecause ? tr("Opened for reading only: nothing can be changed.")
                                  : tr("The workspace is open."));
    m_context.go({ScreenId::Home});
    if (readOnlyBecause && readOnlyBecause->code == base::ErrorCode::AuditBroken) {
        m_context.showError(*readOnlyBecause);
    } else if (!readOnlyBecause) {
        verify();
    }
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
        m_context.say(
            report.done == 0 ? tr("Nothing was processed: no data are ready for it. The table says why.")
            : report.residuals > 0 ? tr("%1 files processed; the residual search found something in %2.")
                                         .arg(text::number(report.done), text::number(report.residuals))
                                   : tr("%1 files processed; the residual search found nothing.")
                                         .arg(text::number(report.done)));
        m_context.pulse().checkGate();
    });
}

void Workspaces::askDestroyKept() {
    const auto session = m_context.session();
    if (!session || !changeable()) {
        return;
    }
    std::error_code ignored;
    const auto file = job::sealedFile(*session);
    if (!std::filesystem::exists(file, ignored)) {
        m_context.say(tr("No deleted information is kept beside this workspace."));
        return;
    }
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("Destroy kept deleted information"),
                        tr("The sealed file is overwritten and removed. Nobody can lead pseudonyms back to "
                           "people any more, and nothing can be added consistently to what was released."),
                        QMessageBox::Cancel, m_window);
    box->setObjectName(QStringLiteral("destroyKept"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* destroy = box->addButton(tr("Destroy it"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(destroy, &QAbstractButton::clicked, this, [this, session] {
        if (auto done = job::destroySealed(*session, m_context.reviewer().toStdString()); !done) {
            m_context.showError(done.error());
            return;
        }
        m_context.say(tr("The kept deleted information is destroyed; the audit log and a record say so."));
        m_context.go({ScreenId::Home});
    });
    box->open();
}

void Workspaces::askNew() {
    auto* dialog = new NewWorkspaceDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const auto continued = dialog->continued();
        if (!continued) {
            create(dialog->folder(), dialog->what());
            return;
        }
        close();
        // Opening takes as long as the passphrase is meant to: not on this thread.
        whenIdle([this, from = *continued, by = m_context.reviewer().toStdString(), folder = dialog->folder(),
                  what = dialog->what()] {
            m_context.runner().look(
                this,
                [from, by, path = toPath(folder), what]() -> base::Expected<std::shared_ptr<job::Session>> {
                    const auto opened = job::openPredecessor(toPath(from.file), from.passphrase, by,
                                                             from.reason.toStdString());
                    return opened ? job::createFrom(path, what, **opened) : tl::unexpected(opened.error());
                },
                [this](auto session) { opened(std::move(session), std::nullopt); });
        });
    });
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
