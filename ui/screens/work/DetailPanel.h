#pragma once

#include <QWidget>

#include "ui/models/FindingListModel.h"
#include "ui/shell/AppContext.h"

class QComboBox;
class QFormLayout;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kamei::ui::style {
class Badge;
class KeyButton;
class Meter;
} // namespace kamei::ui::style

namespace kamei::ui::screens::work {

class ScopeBox;

/// One finding in full: what it says, why it exists, what can be done with it, for how many, and why.
class DetailPanel : public QWidget {
    Q_OBJECT

public:
    explicit DetailPanel(shell::AppContext& context, QWidget* parent = nullptr);

    /// `drawn`: masks on the pictures of the asset, which answer a finding that asks to look at them;
    /// `proposed`: those that nobody has decided on yet.
    void show(const models::FindingRow& row, const model::Asset& asset, const QString& place, int drawn,
              int proposed);
    void clear();
    [[nodiscard]] bool hasFinding() const { return m_finding.id.valid(); }
    [[nodiscard]] const model::Finding& finding() const { return m_finding; }
    /// The action that is chosen in the list of possible ones.
    [[nodiscard]] model::Action action() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] int drawnMasks() const { return m_drawn; }
    [[nodiscard]] ScopeBox& scope() { return *m_scope; }
    /// Marks the reason as missing for a decision and takes the focus there: Enter then decides so.
    void askReason(model::DecisionState wanted);
    /// Opens the list of actions; choosing one emits changeWanted.
    void openActions();

signals:
    void acceptWanted();
    void rejectWanted();
    void changeWanted(kamei::model::Action action);
    void removeWanted();
    void left(); ///< Escape: the reason is not given after all

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* addRow(int row, QWidget* value);
    void build();
    void fill();
    void lookEvidence();
    void showPreview();
    void showButtons();
    void showRule();
    void retranslate();

    shell::AppContext& m_context;
    model::Finding m_finding;
    model::Asset m_asset;
    QString m_place;
    QString m_pseudonym;
    int m_drawn = 0;
    int m_proposed = 0;
    quint64 m_generation = 0;
    bool m_changing = false;
    model::DecisionState m_wanted = model::DecisionState::Rejected; ///< what Enter in the reason decides

    style::Badge* m_category;
    QLabel* m_categoryName;
    QWidget* m_line;
    style::Badge* m_pill;
    QWidget* m_body;
    QGridLayout* m_grid;
    QList<QLabel*> m_labels;
    QLabel* m_value;
    QLabel* m_rule;
    QLabel* m_evidence;
    style::Meter* m_meter;
    QLabel* m_confidence;
    QComboBox* m_action;
    QLabel* m_preview;
    QLabel* m_state;
    ScopeBox* m_scope;
    QLabel* m_reasonLabel;
    QLineEdit* m_reason;
    QPushButton* m_remove;
    style::KeyButton* m_accept;
    style::KeyButton* m_reject;
    style::KeyButton* m_change;
};

} // namespace kamei::ui::screens::work
