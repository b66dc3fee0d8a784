#pragma once

#include <QWidget>
#include <optional>

#include "core/risk/Risk.h"
#include "ui/screens/face/FaceData.h"

class QButtonGroup;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace kamei::guideline {
struct Rule;
}
namespace kamei::ui::style {
class Badge;
class KeyButton;
} // namespace kamei::ui::style
namespace kamei::ui::screens::face {

class RemovalBox;

/// What the panel shows beside the row itself.
struct FaceContext {
    const guideline::Rule* rule = nullptr;
    QString reviewer;
    QString purpose;
    bool singledOut = false;                   ///< the person, by combinations of quasi-identifiers (5.6)
    std::vector<risk::FieldValue> combination; ///< what does so
    std::int64_t inFrame = 1;   ///< assets that a decision concerns: series of the same frame of reference
    std::int64_t inSubject = 1; ///< all heads of the person
    bool writable = false;
    double sliceMm = 0;          ///< 0: not known yet
    std::optional<double> after; ///< score of the processed file
};

/// The judgement of a face (Guideline 5.4.4): the question, the evidence, the answer with its reason, who
/// gives it, and for what it holds.
class FacePanel : public QWidget {
    Q_OBJECT

public:
    explicit FacePanel(QWidget* parent = nullptr);

    void show(const std::optional<FaceRow>& row, const FaceContext& context);
    void choose(Choice choice); ///< as the radio buttons do
    [[nodiscard]] Choice choice() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] bool wholeSubject() const;
    /// What still stands against deciding, in words; empty: nothing.
    [[nodiscard]] QString obstacle() const;
    void askReason();
    [[nodiscard]] RemovalBox& removal() const { return *m_removal; }

signals:
    void choiceChanged(kamei::ui::screens::face::Choice choice);
    void decided();
    void laterWanted();
    void riskWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildBody();
    QWidget* addChoice(QRadioButton* button, QLabel* under, const QString& key);
    void retranslate();
    void fill();
    void fillEvidence();
    void addEvidence(int sign, const QString& words, const QString& under, bool toRisk = false);
    void showButtons();
    void showRule();

    std::optional<FaceRow> m_row;
    FaceContext m_context;
    style::Badge* m_category;
    QLabel* m_title;
    style::Badge* m_pill;
    QLabel* m_standing;
    QLabel* m_rule;
    QLabel* m_evidenceHead;
    QWidget* m_evidence;
    QLabel* m_decisionHead;
    QButtonGroup* m_choices;
    QRadioButton* m_keep;
    QLabel* m_keepNote;
    QRadioButton* m_remove;
    QLabel* m_removeNote;
    QRadioButton* m_exclude;
    RemovalBox* m_removal;
    QLabel* m_reasonLabel;
    QPlainTextEdit* m_reason;
    QLabel* m_reviewer;
    QLabel* m_scopeHead;
    QButtonGroup* m_scopes;
    QRadioButton* m_frame;
    QRadioButton* m_subject;
    QLabel* m_frameCount;
    QLabel* m_subjectCount;
    QLabel* m_wait;
    style::KeyButton* m_decide;
    QPushButton* m_later;
};

} // namespace kamei::ui::screens::face
