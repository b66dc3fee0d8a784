#pragma once

#include <QList>

#include "ui/screens/Screen.h"
#include "ui/screens/settings/Preferences.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens {

/// Language, theme, font size, name of the reviewer, folder for new workspaces.
class SettingsScreen : public Screen {
    Q_OBJECT

public:
    explicit SettingsScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void load();
    void browse();
    void applyNow() const;

    QLabel* m_title;
    QList<QLabel*> m_captions;
    QList<QLabel*> m_notes;
    QLineEdit* m_name;
    QComboBox* m_language;
    style::Segments* m_theme;
    QSpinBox* m_fontSize;
    QLineEdit* m_folder;
    QPushButton* m_browse;
    QLabel* m_privacy;
    Preferences m_preferences;
};

} // namespace kamei::ui::screens
