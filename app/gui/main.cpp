#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTimer>
#include <cstdio>
#include <cstdlib>

#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Workspaces.h"

namespace {

/// Qt ends the process with a message of its own when there is no display; this one says what to do.
bool displayIsThere() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

} // namespace

int main(int argc, char* argv[]) {
    if (!displayIsThere()) {
        std::fputs("kamei: there is no display. Start it in a graphical session, or use kamei-cli.\n",
                   stderr);
        return 2;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("kamei"));
    QApplication::setOrganizationName(QStringLiteral("kamei"));
    QApplication::setApplicationVersion(QStringLiteral(KAMEI_VERSION));
    kamei::ui::screens::Preferences::load().apply(application);

    QCommandLineParser arguments;
    arguments.setApplicationDescription(
        QCoreApplication::translate("main", "Pseudonymised information from medical records"));
    arguments.addHelpOption();
    arguments.addVersionOption();
    arguments.addPositionalArgument(QStringLiteral("workspace"),
                                    QCoreApplication::translate("main", "Workspace folder to open"),
                                    QStringLiteral("[workspace]"));
    const QCommandLineOption demo(QStringLiteral("demo"),
                                  QCoreApplication::translate("main", "Open the demo workspace"));
    arguments.addOption(demo);
    arguments.process(application);

    kamei::ui::shell::MainWindow window(kamei::ui::screens::makePlace);
    window.show();
    const QStringList folders = arguments.positionalArguments();
    QTimer::singleShot(0, &window, [&] {
        if (!folders.isEmpty()) {
            window.workspaces().open(QDir(folders.front()).absolutePath());
        } else if (arguments.isSet(demo)) {
            window.workspaces().openDemo();
        }
    });
    return QApplication::exec();
}
