#pragma once

#include <QDialog>

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

private:
    void browse();
    void check();
    void describePolicy();

    QLineEdit* m_title;
    QPlainTextEdit* m_purpose;
    QComboBox* m_policy;
    QLabel* m_policyNote;
    QLineEdit* m_folder;
    QLabel* m_problem;
    QPushButton* m_create;
    bool m_folderTyped = false;
};

} // namespace kamei::ui::shell
