#pragma once

#include <QFrame>

#include "ui/shell/AppContext.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace kamei::ui::screens {

/// Where the data set is written, and the button that does it.
class DestinationPanel : public QFrame {
    Q_OBJECT

public:
    explicit DestinationPanel(shell::AppContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QString folder() const;
    void propose(const QString& folder); ///< unless a person wrote another one
    /// The gate is open and no job runs; the button also needs a usable folder.
    void setReady(bool ready);

signals:
    void folderChanged(const QString& folder);
    void released(const QString& folder);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void browse();
    void check();

    shell::AppContext& m_context;
    QLabel* m_caption;
    QLineEdit* m_folder;
    QPushButton* m_browse;
    QLabel* m_space;
    QPushButton* m_release;
    bool m_ready = false;
    bool m_usable = false;
    bool m_typed = false;
    quint64 m_question = 0;
};

} // namespace kamei::ui::screens
