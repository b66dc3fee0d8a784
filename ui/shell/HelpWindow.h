#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace kamei::ui::shell {

class ActionRegistry;

/// Help pages of resources/help in the present language, and the list of all shortcuts made from the
/// action registry, so that it cannot differ from what the keys do.
class HelpWindow : public QDialog {
    Q_OBJECT

public:
    explicit HelpWindow(const ActionRegistry& actions, QWidget* parent = nullptr);
    /// "start", "keys", "steps", "later", "about".
    void showPage(const QString& page);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] QString html(const QString& page) const;
    [[nodiscard]] QString shortcuts() const;

    const ActionRegistry& m_actions;
    QListWidget* m_pages;
    QTextBrowser* m_text;
};

} // namespace kamei::ui::shell
