#include "ui/shell/MainWindow.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <array>

#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Banner.h"
#include "ui/shell/HelpWindow.h"
#include "ui/shell/Palette.h"
#include "ui/shell/Rail.h"
#include "ui/shell/SignInDialog.h"
#include "ui/shell/StandardActions.h"
#include "ui/shell/StatusStrip.h"
#include "ui/shell/TopBar.h"
#include "ui/shell/Workspaces.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::shell {
namespace {

constexpr QSize kWanted{1440, 900};
constexpr QSize kSmallest{1180, 680};

QStringList localPaths(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(PlaceFactory factory, QWidget* parent)
    : QMainWindow(parent), m_factory(std::move(factory)), m_actions(std::make_unique<ActionRegistry>()),
      m_runner(std::make_unique<tasks::TaskRunner>()),
      m_context(std::make_unique<AppContext>(m_runner.get(), m_actions.get())),
      m_workspaces(new Workspaces(*m_context, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(kSmallest);
    QSize size = kWanted;
    if (const QScreen* screen = QGuiApplication::primaryScreen()) {
        size = size.boundedTo(screen->availableSize());
    }
    resize(size);
    restoreGeometry(QSettings().value(QStringLiteral("geometry")).toByteArray());

    const auto addShortcut = [this](QAction* action) {
        addAction(action); // its shortcut acts in this window
        QTimer::singleShot(0, this, [this] { fillMenus(m_top->menuBar(), *m_actions); });
    };
    addStandardActions(*m_actions);
    for (QAction* action : m_actions->all()) {
        addAction(action);
    }
    build();
    connect(m_actions.get(), &ActionRegistry::added, this, addShortcut);
    connectActions();
    retranslate();
    enter({ScreenId::Home});
}

MainWindow::~MainWindow() {
    // The undo stack reports its own emptying, the runner the end of its job: nobody is there to listen.
    m_context->undoStack().disconnect(this);
    m_context->disconnect(this);
    m_runner->disconnect(this);
    // Screens use the context: they go first, then what they use.
    for (const Place& place : std::as_const(m_places)) {
        delete place.widget;
    }
    delete m_palette;
    delete takeCentralWidget();
    delete m_workspaces;
    m_runner.reset(); // waits for the job
}

void MainWindow::build() {
    auto* centre = new QWidget(this);
    centre->setProperty("surface", QStringLiteral("window"));
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    m_top = new TopBar(*m_context, centre);
    m_top->setFixedHeight(px(40));
    column->addWidget(m_top);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_rail = new Rail(*m_context, centre);
    m_rail->setFixedWidth(px(72));
    middle->addWidget(m_rail);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_banner = new Banner(centre);
    m_stack = new QStackedWidget(centre);
    m_stack->setObjectName(QStringLiteral("places"));
    right->addWidget(m_banner);
    right->addWidget(m_stack, 1);
    middle->addLayout(right, 1);
    column->addLayout(middle, 1);

    auto* status = new StatusStrip(*m_context, centre);
    status->setFixedHeight(px(28));
    column->addWidget(status);
    setCentralWidget(centre);
    m_palette = new Palette(*m_context, this);

    connect(m_rail, &Rail::chosen, this, [this](ScreenId screen) { enter({screen}); });
    connect(m_context.get(), &AppContext::routeRequested, this, &MainWindow::enter);
    connect(m_context.get(), &AppContext::openRequested, m_workspaces, &Workspaces::open);
    connect(m_context.get(), &AppContext::errorRaised, m_banner, &Banner::showError);
    connect(m_context.get(), &AppContext::sessionChanged, this, [this] {
        m_banner->clear();
        updateActions();
    });
    connect(m_runner.get(), &tasks::TaskRunner::started, this, &MainWindow::updateActions);
    connect(m_runner.get(), &tasks::TaskRunner::finished, this, [this] {
        updateActions();
        if (m_quitWhenIdle) {
            close();
        }
    });
}

void MainWindow::connectActions() {
    const auto on = [this](const char* id, auto function) {
        connect(m_actions->action(QLatin1String(id)), &QAction::triggered, this, function);
    };
    on("app.new", [this] { m_workspaces->askNew(); });
    on("app.open", [this] { m_workspaces->askOpen(); });
    on("app.demo", [this] { m_workspaces->openDemo(); });
    on("app.import-files", [this] { m_workspaces->askImportFiles(); });
    on("app.import-folder", [this] { m_workspaces->askImportFolder(); });
    on("app.close", [this] { m_workspaces->close(); });
    on("app.quit", [this] { close(); });
    on("app.undo", [this] { m_context->undoStack().undo(); });
    on("app.redo", [this] { m_context->undoStack().redo(); });
    on("app.search", [this] { m_palette->open(); });
    on("app.detect", [this] { m_workspaces->detect(); });
    on("app.stage", [this] { m_workspaces->stage(); });
    on("app.cancel", [this] { m_runner->cancel(); });
    on("app.destroy-kept", [this] { m_workspaces->askDestroyKept(); });
    on("app.sign-in", [this] { (new SignInDialog(*m_context, this))->open(); });
    on("app.help", [this] { showHelp(QStringLiteral("start")); });
    on("app.keys", [this] { showHelp(QStringLiteral("keys")); });
    on("app.about", [this] { showHelp(QStringLiteral("about")); });
    on("app.full-screen", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    using Go = std::pair<const char*, ScreenId>;
    for (const auto& [id, screen] :
         {Go{"app.go-home", ScreenId::Home}, Go{"app.go-work", ScreenId::Work},
          Go{"app.go-people", ScreenId::People}, Go{"app.go-face", ScreenId::Face},
          Go{"app.go-risk", ScreenId::Risk}, Go{"app.go-confirm", ScreenId::Confirm},
          Go{"app.go-release", ScreenId::Release}, Go{"app.go-audit", ScreenId::Audit},
          Go{"app.go-policy", ScreenId::Policy}, Go{"app.go-settings", ScreenId::Settings}}) {
        on(id, [this, place = screen] { enter({place}); });
    }
    connect(&m_context->undoStack(), &QUndoStack::canUndoChanged, this, &MainWindow::updateActions);
    connect(&m_context->undoStack(), &QUndoStack::canRedoChanged, this, &MainWindow::updateActions);
    connect(&m_context->undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
    updateActions();
}

void MainWindow::updateActions() {
    const auto& session = m_context->session();
    const bool open = session != nullptr;
    const bool writable = open && session->writable();
    const bool idle = !m_runner->busy();
    const auto enable = [this](const char* id, bool on) {
        m_actions->action(QLatin1String(id))->setEnabled(on);
    };
    for (const char* id : {"app.go-people", "app.go-work", "app.go-face", "app.go-risk", "app.go-confirm",
                           "app.go-release", "app.go-audit", "app.go-policy", "app.close"}) {
        enable(id, open);
    }
    for (const char* id :
         {"app.import-files", "app.import-folder", "app.detect", "app.stage", "app.destroy-kept"}) {
        enable(id, writable);
    }
    enable("app.cancel", !idle);
    m_rail->setOpen(open);
    QUndoStack& stack = m_context->undoStack();
    enable("app.undo", stack.canUndo());
    enable("app.redo", stack.canRedo());
    m_actions->action(QStringLiteral("app.undo"))
        ->setText(stack.undoText().isEmpty() ? tr("Undo") : tr("Undo: %1").arg(stack.undoText()));
    m_actions->action(QStringLiteral("app.redo"))
        ->setText(stack.redoText().isEmpty() ? tr("Redo") : tr("Redo: %1").arg(stack.redoText()));
}

void MainWindow::enter(const Route& route) {
    const bool needsWorkspace = route.screen != ScreenId::Home && route.screen != ScreenId::Settings;
    const Route target = needsWorkspace && !m_context->session() ? Route{ScreenId::Home} : route;
    const int key = static_cast<int>(target.screen);
    if (!m_places.contains(key)) {
        Place place = m_factory ? m_factory(target.screen, *m_context) : Place{};
        if (place.widget == nullptr) {
            m_rail->setCurrent(m_current);
            return;
        }
        m_stack->addWidget(place.widget);
        m_places.insert(key, place);
    }
    const Place& place = m_places[key];
    m_current = target.screen;
    m_stack->setCurrentWidget(place.widget);
    m_rail->setCurrent(target.screen);
    if (place.enter) {
        place.enter(target);
    }
}

void MainWindow::showHelp(const QString& page) {
    if (!m_help) {
        m_help = new HelpWindow(*m_actions, this);
    }
    m_help->showPage(page);
}

void MainWindow::retranslate() {
    // No name of a workspace: titles are shown on screens of others and in lists of windows.
    setWindowTitle(tr("Kamei"));
    retranslateStandardActions(*m_actions);
    updateActions();
    fillMenus(m_top->menuBar(), *m_actions);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_top != nullptr) {
        retranslate();
        // Screens retranslate their actions when the same event reaches them; the menus follow.
        QTimer::singleShot(0, this, [this] { fillMenus(m_top->menuBar(), *m_actions); });
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_runner->busy()) {
        // The job stops at the next file and leaves nothing partial; then the window closes by itself.
        m_quitWhenIdle = true;
        m_runner->cancel();
        m_context->say(tr("Stopping the running job…"));
        event->ignore();
        return;
    }
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localPaths(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QStringList paths = localPaths(event->mimeData());
    if (paths.isEmpty()) {
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (!m_context->session()) {
        m_context->say(tr("Open or make a workspace first, then drop the files again."));
        m_workspaces->askNew();
        return;
    }
    m_workspaces->import(paths);
}

} // namespace kamei::ui::shell
