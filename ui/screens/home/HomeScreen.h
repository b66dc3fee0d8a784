#pragma once

#include "core/model/Review.h"
#include "ui/screens/Screen.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace kamei::ui::screens {

class KindTable;
class OnwardStrip;
class RecentPanel;
class StepRoad;
class TaskList;
class Today;
class WelcomePage;

/// The eight steps as a road with counts; every count leads to its open items.
class HomeScreen : public Screen {
    Q_OBJECT

public:
    explicit HomeScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void refresh();
    void readSheet();
    void takeFocus();
    void retranslate();
    void openStep(int step);

    QStackedWidget* m_pages;
    WelcomePage* m_welcome;
    QLabel* m_title;
    QLabel* m_source;
    QLabel* m_totals;
    QPushButton* m_import;
    StepRoad* m_road;
    OnwardStrip* m_onward;
    TaskList* m_tasks;
    KindTable* m_kinds;
    RecentPanel* m_recent;
    Today* m_today;
    model::PurposeSheet m_sheet;
    bool m_focusFirst = false; ///< entered; the first task takes the keyboard once it is there
};

} // namespace kamei::ui::screens
