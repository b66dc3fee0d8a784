#pragma once

#include <QWidget>

#include "ui/shell/AppContext.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::screens {

/// Shown while no workspace is open: what Kamei is, and the three ways in.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(shell::AppContext& context, QWidget* parent = nullptr);
    void refresh();
    /// Gives the keyboard to the first way in.
    void focusFirst();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_title;
    QLabel* m_words;
    QList<QPushButton*> m_buttons;
    QList<QLabel*> m_notes;
    QLabel* m_drop;
    QWidget* m_recentBox;
    QLabel* m_recentTitle;
    shell::AppContext& m_context;
    QVBoxLayout* m_recentRows;
};

} // namespace kamei::ui::screens
