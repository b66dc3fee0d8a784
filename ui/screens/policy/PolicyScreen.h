#pragma once

#include "core/job/PolicyTrial.h"
#include "core/model/Policy.h"
#include "ui/screens/Screen.h"

#include <QStringList>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens::policy {

class ConfirmingPage;
class OptionsPage;
class PrivatePage;
class RulesPage;
class TrialPage;

/// The policy of the workspace. Pages edit a draft; what saving it would do is said before, and saving is one
/// step that can be undone. What it concerns is examined again.
class PolicyScreen : public Screen {
    Q_OBJECT

public:
    explicit PolicyScreen(shell::AppContext& context, QWidget* parent = nullptr);
    ~PolicyScreen() override;
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Page { Options, Rules, Private, Trial, Confirming };
    void build();
    void read();
    void readElements();
    void showDraft();
    void edit(const model::Policy& policy);
    void askEffect();
    void showEffect();
    void save();
    void takeBack();
    void importFile(const QString& path);
    void exportFile(const QString& path);
    [[nodiscard]] bool dirty() const { return m_draft != m_saved; }
    void retranslate();

    model::Policy m_saved;
    model::Policy m_draft;
    std::optional<job::PolicyEffect> m_effect;
    QLabel* m_title;
    QLabel* m_name;
    QPushButton* m_import;
    QPushButton* m_export;
    style::Segments* m_tabs;
    QStackedWidget* m_pages;
    OptionsPage* m_options;
    RulesPage* m_rules;
    PrivatePage* m_private;
    TrialPage* m_trial;
    ConfirmingPage* m_confirming;
    QLabel* m_effectText;
    QPushButton* m_takeBack;
    QPushButton* m_save;
    QStringList m_wanted; ///< owner and place of the element to show once elements are read
    bool m_read = false;  ///< the policy of this workspace
    bool m_elementsDue = true;
    int m_generation = 0;
};

} // namespace kamei::ui::screens::policy
