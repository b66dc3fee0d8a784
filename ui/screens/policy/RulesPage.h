#pragma once

#include <QWidget>

#include "core/guideline/RuleTable.h"
#include "core/model/Policy.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace kamei::ui::screens::policy {

class RuleModel;

/// Rules of the guideline and what the site does instead, with its reason. What the guideline requires
/// cannot be switched off: it may be processed in another way, not kept.
class RulesPage : public QWidget {
    Q_OBJECT

public:
    explicit RulesPage(QWidget* parent = nullptr);
    void show(const guideline::RuleTable* rules, const model::Policy& policy, bool writable);

signals:
    void edited(const kamei::model::Policy& policy);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showSelected();
    void apply();
    void check();
    void retranslate();

    RuleModel* m_model;
    QSortFilterProxyModel* m_shown;
    QLineEdit* m_search;
    QTableView* m_table;
    QLabel* m_title;
    QLabel* m_note;
    QLabel* m_actionLabel;
    QComboBox* m_action;
    QLabel* m_reasonLabel;
    QLineEdit* m_reason;
    QPushButton* m_apply;
    bool m_writable = false;
};

} // namespace kamei::ui::screens::policy
