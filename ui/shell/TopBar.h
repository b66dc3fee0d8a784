#pragma once

#include <QMenuBar>
#include <QWidget>

#include "ui/shell/AppContext.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace kamei::ui::shell {

/// The upper edge: menus, name of the workspace, undo and redo, search, who is at the window.
class TopBar : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(AppContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QMenuBar& menuBar() { return *m_menus; }

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    void showWorkspace();
    void showReviewer();

    AppContext& m_context;
    QMenuBar* m_menus;
    QLabel* m_workspace;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QPushButton* m_search;
    QPushButton* m_user;
};

} // namespace kamei::ui::shell
