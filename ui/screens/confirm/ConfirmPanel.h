#pragma once

#include <QWidget>
#include <vector>

#include "core/job/Faces.h"
#include "core/job/Rows.h"
#include "core/model/Finding.h"
#include "core/model/Review.h"
#include "core/review/Confirm.h"

class QLabel;
class QLineEdit;
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
    bool defaced = false;               ///< a face was taken off it
    std::optional<job::FaceCheck> face; ///< what was measured afterwards
    QString signature;                  ///< role and key of who is signed in; empty without a key
    review::Standing standing;          ///< whose confirmations count, and what the policy still asks for
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
    void decideWanted();                   ///< back to the decisions of this asset
    void overruled(const QString& reason); ///< the face that the check still finds may stay

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] bool wantedOfReviewer() const;
    void retranslate();
    void fill();
    void showState(); ///< what still has to be done, and which buttons may be pressed
    void addProcessing();
    void addChecks();
    void addLeftIn(QVBoxLayout* lines);
    void addFaceCheck(QVBoxLayout* lines);
    void addLine(QVBoxLayout* to, QWidget* mark, const QString& text, const QString& value);
    /// A sentence that wraps; `name` is the label's object name.
    static void addWords(QVBoxLayout* to, model::Category category, const char* name,
                         const QString& sentence);

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
