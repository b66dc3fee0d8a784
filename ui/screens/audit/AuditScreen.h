#pragma once

#include <optional>

#include "ui/screens/Screen.h"
#include "ui/screens/audit/AuditModel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace kamei::ui::style {
class Badge;
}
namespace kamei::ui::screens {

class ExaminePanel;
class SamplePanel;

/// Examining: a sample with its judgements, and the audit log: what was done, by whom, when; filters;
/// recomputing the hash chain. Changes nothing but judgements.
class AuditScreen : public Screen {
    Q_OBJECT

public:
    explicit AuditScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void fitColumns();
    void load();
    void loadMore();
    void verify();
    void showVerdict();
    void saveTable();

    SamplePanel* m_sample;
    ExaminePanel* m_examine;
    QLabel* m_title;
    style::Badge* m_sign;
    QLabel* m_verdict;
    QComboBox* m_kind;
    QLineEdit* m_words;
    QPushButton* m_verify;
    QPushButton* m_save;
    QTableView* m_table;
    QLabel* m_foot;
    AuditModel* m_model;
    QSortFilterProxyModel* m_shown;
    std::optional<base::Expected<job::AuditState>> m_result;
    bool m_verifying = false;
    bool m_loading = false;
    bool m_all = false; ///< every entry of the filter is loaded
    quint64 m_question = 0;
};

} // namespace kamei::ui::screens
