#pragma once

#include <QDialog>
#include <vector>

#include "core/keys/KeyStore.h"
#include "ui/shell/AppContext.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace kamei::ui::shell {

/// Who works at the window: signing in with a key of the machine's user, making one, changing its passphrase,
/// signing out. Passphrases are wiped when the dialog goes; deriving from them (Argon2id) runs off this
/// thread.
class SignInDialog : public QDialog {
    Q_OBJECT

public:
    explicit SignInDialog(AppContext& context, QWidget* parent = nullptr);
    ~SignInDialog() override;

private:
    enum class Page { SignIn, NewKey, Passphrase };
    void build();
    QFormLayout* addPage();
    QLineEdit* passphraseField(const char* name);
    void show(Page page);
    void loadKeys();
    void check();
    void accept() override;
    void signIn();
    void makeKey();
    void changePassphrase();
    void wait(bool waiting);
    void finish(base::Expected<std::shared_ptr<const keys::Identity>> identity);
    void refuse(const base::Error& error);
    [[nodiscard]] const keys::KeyStore::Entry* chosen() const;

    AppContext& m_context;
    std::vector<keys::KeyStore::Entry> m_keys;
    Page m_page = Page::SignIn;
    bool m_waiting = false;
    QLabel* m_title;
    QLabel* m_intro;
    QStackedWidget* m_pages;
    QComboBox* m_key;
    QLineEdit* m_passphrase;
    QLineEdit* m_name;
    QComboBox* m_role;
    QLineEdit* m_first;
    QLineEdit* m_second;
    QLabel* m_changed; ///< whose passphrase is changed
    QLineEdit* m_old;
    QLineEdit* m_fresh;
    QLineEdit* m_again;
    QLabel* m_state;
    QPushButton* m_toNew;
    QPushButton* m_toPassphrase;
    QPushButton* m_back;
    QPushButton* m_signOut;
    QPushButton* m_ok;
};

} // namespace kamei::ui::shell
