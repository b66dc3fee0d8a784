#pragma once

#include <QWidget>
#include <vector>

#include "core/job/Rows.h"
#include "core/model/Finding.h"
#include "core/model/Review.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::screens::confirm {

/// What the panel shows of the asset being confirmed.
struct ConfirmFacts {
    job::AssetRow row;
    base::Sha256 digest;
    std::vector<model::StagedFile> files;
    std::vector<model::Finding> findings;
    std::optional<model::Confirmation> confirmation;
    QString reviewer;
};

/// The right column: what the confirmation is bound to, what was done, what the machine checked, who
/// confirms, and the two buttons. Nothing is confirmed by default.
class ConfirmPanel : public QWidget {
    Q_OBJECT

public:
    explicit ConfirmPanel(QWidget* parent = nullptr);

    void show(const std::optional<ConfirmFacts>& facts);
    /// What still has to be on the screen; empty when everything was.
    void setOutstanding(const QString& sentence);
    [[nodiscard]] QString note() const;
    [[nodiscard]] bool mayConfirm() const;

signals:
    void confirmed();
    void sentBack();
    void decideWanted(); ///< back to the decisions of this asset

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void showState(); ///< what still has to be done, and which buttons may be pressed
    void addProcessing();
    void addChecks();
    void addLine(QVBoxLayout* to, QWidget* mark, const QString& text, const QString& value);

    std::optional<ConfirmFacts> m_facts;
    QString m_outstanding;
    QLabel* m_title;
    QLabel* m_default;
    QLabel* m_hash;
    QLabel* m_staged;
    QLabel* m_size;
    QLabel* m_processingHead;
    QPushButton* m_decide;
    QWidget* m_processing;
    QLabel* m_checksHead;
    QWidget* m_checks;
    QLabel* m_reviewerHead;
    QLabel* m_reviewer;
    QLabel* m_noteHead;
    QPlainTextEdit* m_note;
    QLabel* m_wait;
    QPushButton* m_confirm;
    QPushButton* m_sendBack;
};

} // namespace kamei::ui::screens::confirm
