#pragma once

#include <QFrame>

#include "ui/shell/AppContext.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::screens {

/// Workspaces opened before (folder and day only), and the ways to another one.
class RecentPanel : public QFrame {
    Q_OBJECT

public:
    explicit RecentPanel(shell::AppContext& context, QWidget* parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void retranslate();
    void fit();

    shell::AppContext& m_context;
    QLabel* m_title;
    QVBoxLayout* m_rows;
    QPushButton* m_new;
    QPushButton* m_open;
    QPushButton* m_demo;
};

} // namespace kamei::ui::screens
