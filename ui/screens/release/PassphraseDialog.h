#pragma once

#include <QDialog>
#include <QString>

#include "core/base/Redacted.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace kamei::ui::screens {

/// Asks twice for the passphrase under which kept deleted information is sealed (Guideline 3.8). What was
/// typed is wiped when the dialog goes.
class PassphraseDialog : public QDialog {
    Q_OBJECT

public:
    /// `file`: where the sealed file will lie, as it is shown.
    explicit PassphraseDialog(const QString& file, QWidget* parent = nullptr);
    ~PassphraseDialog() override;

    [[nodiscard]] base::Redacted passphrase() const;

private:
    void check();

    QLineEdit* m_first;
    QLineEdit* m_second;
    QLabel* m_state;
    QPushButton* m_ok;
};

} // namespace kamei::ui::screens
