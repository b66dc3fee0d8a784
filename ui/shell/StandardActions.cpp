#include "ui/shell/StandardActions.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <array>

namespace kamei::ui::shell {
namespace {

struct Entry {
    const char* id;
    const char* text;
    const char* keys;
    const char* icon;
    int menu; ///< 0 file, 1 edit, 2 view, 4 jobs, 5 help
    bool endsGroup = false;
};

constexpr std::array kEntries{
    Entry{"app.new", QT_TRANSLATE_NOOP("Actions", "New workspace from folder…"), "Ctrl+N", "folder", 0},
    Entry{"app.open", QT_TRANSLATE_NOOP("Actions", "Open workspace…"), "Ctrl+O", "open", 0},
    Entry{"app.demo", QT_TRANSLATE_NOOP("Actions", "Open the demo"), "", "sample", 0, true},
    Entry{"app.import-files", QT_TRANSLATE_NOOP("Actions", "Import files…"), "Ctrl+I", "import", 0},
    Entry{"app.import-folder", QT_TRANSLATE_NOOP("Actions", "Import a folder…"), "Ctrl+Shift+I", "import", 0,
          true},
    Entry{"app.destroy-kept", QT_TRANSLATE_NOOP("Actions", "Destroy kept deleted information…"), "", "trash",
          0},
    Entry{"app.sign-in", QT_TRANSLATE_NOOP("Actions", "Sign in with a key…"), "Ctrl+L", "user", 0, true},
    Entry{"app.close", QT_TRANSLATE_NOOP("Actions", "Close workspace"), "Ctrl+W", "", 0},
    Entry{"app.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", "quit", 0},
    Entry{"app.undo", QT_TRANSLATE_NOOP("Actions", "Undo"), "Ctrl+Z", "undo", 1},
    Entry{"app.redo", QT_TRANSLATE_NOOP("Actions", "Redo"), "Ctrl+Shift+Z", "redo", 1, true},
    Entry{"app.search", QT_TRANSLATE_NOOP("Actions", "Search actions, subjects, data"), "Ctrl+K", "search",
          1},
    Entry{"app.go-home", QT_TRANSLATE_NOOP("Actions", "Home"), "Alt+1", "home", 2},
    Entry{"app.go-people", QT_TRANSLATE_NOOP("Actions", "People: whose data they are"), "Alt+0", "user", 2},
    Entry{"app.go-work", QT_TRANSLATE_NOOP("Actions", "Decide"), "Alt+2", "work", 2},
    Entry{"app.go-face", QT_TRANSLATE_NOOP("Actions", "Face"), "Alt+9", "face", 2},
    Entry{"app.go-risk", QT_TRANSLATE_NOOP("Actions", "Risk"), "Alt+3", "risk", 2},
    Entry{"app.go-confirm", QT_TRANSLATE_NOOP("Actions", "Confirm"), "Alt+4", "eye", 2},
    Entry{"app.go-release", QT_TRANSLATE_NOOP("Actions", "Release"), "Alt+5", "release", 2},
    Entry{"app.go-audit", QT_TRANSLATE_NOOP("Actions", "Audit"), "Alt+6", "audit", 2},
    Entry{"app.go-policy", QT_TRANSLATE_NOOP("Actions", "Policy of the workspace"), "Alt+8", "seal", 2},
    Entry{"app.go-settings", QT_TRANSLATE_NOOP("Actions", "Settings"), "Alt+7", "settings", 2, true},
    Entry{"app.full-screen", QT_TRANSLATE_NOOP("Actions", "Full screen"), "F11", "", 2, true},
    Entry{"app.detect", QT_TRANSLATE_NOOP("Actions", "Find candidates"), "Ctrl+D", "detect", 4},
    Entry{"app.stage", QT_TRANSLATE_NOOP("Actions", "Process decided data"), "Ctrl+Return", "stage", 4},
    Entry{"app.cancel", QT_TRANSLATE_NOOP("Actions", "Cancel the running job"), "Ctrl+.", "stop", 4},
    Entry{"app.help", QT_TRANSLATE_NOOP("Actions", "Help"), "F1", "help", 5},
    Entry{"app.keys", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "Ctrl+F1", "keyboard", 5},
    Entry{"app.about", QT_TRANSLATE_NOOP("Actions", "About Kamei"), "", "info", 5},
};

struct Menus {
    Q_DECLARE_TR_FUNCTIONS(Menus)
};

int menuOf(const QString& id) {
    const QString screen = id.section(QLatin1Char('.'), 0, 0);
    if (screen == QLatin1String("decide") || screen == QLatin1String("work")) {
        return 3;
    }
    return screen == QLatin1String("job") ? 4 : 2;
}

} // namespace

void addStandardActions(ActionRegistry& registry) {
    for (const Entry& entry : kEntries) {
        QAction* action =
            registry.add(QString::fromLatin1(entry.id), {}, QKeySequence(QString::fromLatin1(entry.keys)),
                         QString::fromLatin1(entry.icon));
        if (QLatin1String(entry.id) == QLatin1String("app.redo")) {
            action->setShortcuts({action->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Y)});
        }
        if (QLatin1String(entry.id) == QLatin1String("app.stage")) {
            action->setShortcuts({action->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
        }
    }
    retranslateStandardActions(registry);
}

void retranslateStandardActions(ActionRegistry& registry) {
    for (const Entry& entry : kEntries) {
        if (QAction* action = registry.action(QString::fromLatin1(entry.id))) {
            action->setText(QCoreApplication::translate("Actions", entry.text));
        }
    }
}

void fillMenus(QMenuBar& bar, const ActionRegistry& registry) {
    bar.clear();
    const std::array<QMenu*, 6> menus{bar.addMenu(Menus::tr("File")), bar.addMenu(Menus::tr("Edit")),
                                      bar.addMenu(Menus::tr("View")), bar.addMenu(Menus::tr("Decide")),
                                      bar.addMenu(Menus::tr("Jobs")), bar.addMenu(Menus::tr("Help"))};
    for (const Entry& entry : kEntries) {
        QMenu* menu = menus[static_cast<std::size_t>(entry.menu)];
        menu->addAction(registry.action(QString::fromLatin1(entry.id)));
        if (entry.endsGroup) {
            menu->addSeparator();
        }
    }
    for (QAction* action : registry.all()) {
        if (!action->objectName().startsWith(QLatin1String("app.")) && !action->text().isEmpty()) {
            menus[static_cast<std::size_t>(menuOf(action->objectName()))]->addAction(action);
        }
    }
    // A menu whose screens have not been opened yet has nothing to offer.
    for (QMenu* menu : menus) {
        menu->menuAction()->setEnabled(!menu->isEmpty());
    }
}

} // namespace kamei::ui::shell
