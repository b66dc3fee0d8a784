#pragma once

#include <QHash>
#include <QMainWindow>
#include <QPointer>

#include "ui/shell/Place.h"

class QStackedWidget;

namespace kamei::ui::shell {

class Banner;
class HelpWindow;
class Palette;
class Rail;
class TopBar;
class Workspaces;

/// The window: top bar, rail, the present screen, status strip. It knows places, not screens; app/ hands it
/// the factory that makes them. Files and folders dropped anywhere are imported.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(PlaceFactory factory, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] AppContext& context() { return *m_context; }
    [[nodiscard]] Workspaces& workspaces() { return *m_workspaces; }
    [[nodiscard]] ScreenId currentScreen() const { return m_current; }

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void connectActions();
    void enter(const Route& route);
    void updateActions();
    void retranslate();
    void showHelp(const QString& page);

    PlaceFactory m_factory;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<tasks::TaskRunner> m_runner;
    std::unique_ptr<AppContext> m_context;
    Workspaces* m_workspaces;
    TopBar* m_top = nullptr;
    Rail* m_rail = nullptr;
    Banner* m_banner = nullptr;
    QStackedWidget* m_stack = nullptr;
    Palette* m_palette = nullptr;
    QPointer<HelpWindow> m_help;
    QHash<int, Place> m_places;
    ScreenId m_current = ScreenId::Home;
    bool m_quitWhenIdle = false;
};

} // namespace kamei::ui::shell
