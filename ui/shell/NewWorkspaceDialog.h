#pragma once

#include <QDialog>
#include <optional>

#include "core/base/Redacted.h"
#include "core/job/Session.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace kamei::ui::shell {

/// Asks what a new workspace is made with: title, purpose of use, policy, folder.
class NewWorkspaceDialog : public QDialog {
    Q_OBJECT

public:
    explicit NewWorkspaceDialog(QWidget* parent = nullptr);
    [[nodiscard]] QString folder() const;
    [[nodiscard]] job::NewWorkspace what() const;

    /// Kept deleted information of a released workspace to go on from; nothing when there is none.
    struct Continued {
        QString file;
        base::Redacted passphrase;
        QString reason;
    };
    [[nodiscard]] std::optional<Continued> continued() const;
    ~NewWorkspaceDialog() override;

private:
    void browse();
    void browseSealed();
    void check();
    void describePolicy();

    QLineEdit* m_title;
    QPlainTextEdit* m_purpose;
    QComboBox* m_policy;
    QLabel* m_policyNote;
    QLineEdit* m_folder;
    QLineEdit* m_from;
    QLineEdit* m_passphrase;
    QLineEdit* m_reason;
    QLabel* m_fromNote;
    QLabel* m_problem;
    QPushButton* m_create;
    bool m_folderTyped = false;
};

} // namespace kamei::ui::shell
