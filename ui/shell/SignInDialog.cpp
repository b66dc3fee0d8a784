#include "ui/shell/SignInDialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

#include "core/keys/Sealed.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

base::Redacted redacted(const QLineEdit* field) {
    return {"passphrase", field->text().toStdString()};
}

void wipe(QLineEdit* field) {
    QString text = field->text();
    field->clear();
    text.fill(QChar(u'\0'));
}

} // namespace

SignInDialog::SignInDialog(AppContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_title(style::label("page")), m_intro(style::label("small")),
      m_pages(new QStackedWidget), m_key(new QComboBox), m_name(new QLineEdit), m_role(new QComboBox),
      m_changed(style::label("strong")), m_state(style::label("small")), m_toNew(style::button("link")),
      m_toPassphrase(style::button("link")), m_back(style::button("link")), m_signOut(style::button("")),
      m_ok(style::button("primary")) {
    setObjectName(QStringLiteral("signInDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    loadKeys();
}

SignInDialog::~SignInDialog() {
    for (QLineEdit* field : {m_passphrase, m_first, m_second, m_old, m_fresh, m_again}) {
        wipe(field);
    }
}

QLineEdit* SignInDialog::passphraseField(const char* name) {
    auto* field = new QLineEdit;
    field->setObjectName(QString::fromLatin1(name));
    field->setEchoMode(QLineEdit::Password);
    connect(field, &QLineEdit::textChanged, this, &SignInDialog::check);
    return field;
}

QFormLayout* SignInDialog::addPage() {
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    m_pages->addWidget(page);
    return form;
}

void SignInDialog::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    setMinimumWidth(px(560));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    m_intro->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_intro);
    const auto row = [](QFormLayout* form, const QString& caption, QWidget* widget) {
        form->addRow(caption, widget);
        widget->setAccessibleName(caption);
    };
    auto* in = addPage();
    m_key->setObjectName(QStringLiteral("signIn.key"));
    m_passphrase = passphraseField("signIn.passphrase");
    row(in, tr("Key"), m_key);
    row(in, tr("Passphrase"), m_passphrase);

    auto* fresh = addPage();
    m_name->setObjectName(QStringLiteral("signIn.name"));
    m_name->setMaxLength(60);
    m_role->setObjectName(QStringLiteral("signIn.role"));
    for (const auto role : {keys::Role::DataManager, keys::Role::Radiologist, keys::Role::EthicsReviewer}) {
        m_role->addItem(text::roleName(role), static_cast<int>(role));
    }
    m_first = passphraseField("signIn.first");
    m_second = passphraseField("signIn.second");
    row(fresh, tr("Your name"), m_name);
    row(fresh, tr("You work as"), m_role);
    row(fresh, tr("Passphrase"), m_first);
    row(fresh, tr("Passphrase once more"), m_second);

    auto* change = addPage();
    m_old = passphraseField("signIn.old");
    m_fresh = passphraseField("signIn.fresh");
    m_again = passphraseField("signIn.again");
    row(change, tr("Key"), m_changed);
    row(change, tr("Present passphrase"), m_old);
    row(change, tr("New passphrase"), m_fresh);
    row(change, tr("New passphrase once more"), m_again);
    column->addWidget(m_pages);

    auto* links = new QHBoxLayout;
    m_toNew->setText(tr("Make a new key…"));
    m_toNew->setObjectName(QStringLiteral("signIn.toNew"));
    m_toPassphrase->setText(tr("Change the passphrase…"));
    m_toPassphrase->setObjectName(QStringLiteral("signIn.toPassphrase"));
    m_back->setText(tr("Back to signing in"));
    m_back->setObjectName(QStringLiteral("signIn.back"));
    for (QPushButton* link : {m_toNew, m_toPassphrase, m_back}) {
        link->setAutoDefault(false);
        links->addWidget(link);
    }
    links->addStretch(1);
    column->addLayout(links);
    m_state->setObjectName(QStringLiteral("signIn.state"));
    m_state->setWordWrap(true);
    m_state->setMinimumHeight(2 * m_state->fontMetrics().lineSpacing()); // two lines, so that nothing jumps
    m_state->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addWidget(m_state);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_signOut->setText(tr("Sign out"));
    m_signOut->setObjectName(QStringLiteral("signIn.out"));
    auto* cancel = style::button("", tr("Cancel"));
    m_ok->setObjectName(QStringLiteral("signIn.ok"));
    m_ok->setDefault(true);
    for (QPushButton* button : {m_signOut, cancel}) {
        button->setAutoDefault(false);
    }
    buttons->addWidget(m_signOut);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &SignInDialog::check);
    connect(m_key, &QComboBox::currentIndexChanged, this, &SignInDialog::check);
    connect(m_toNew, &QPushButton::clicked, this, [this] { show(Page::NewKey); });
    connect(m_toPassphrase, &QPushButton::clicked, this, [this] { show(Page::Passphrase); });
    connect(m_back, &QPushButton::clicked, this, [this] { show(Page::SignIn); });
    connect(m_signOut, &QPushButton::clicked, this, [this] {
        m_context.signOut();
        done(Accepted);
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &SignInDialog::accept);
}

void SignInDialog::loadKeys() {
    const auto keys = keys::KeyStore().list();
    if (!keys) {
        m_context.showError(keys.error());
    } else {
        m_keys = *keys;
    }
    m_key->clear();
    for (const auto& entry : m_keys) {
        m_key->addItem(QStringLiteral("%1 · %2 · %3")
                           .arg(text::fromUtf8(entry.person.name), text::roleName(entry.person.role),
                                text::fromUtf8(entry.person.key.fingerprint()).left(9)));
        if (text::fromUtf8(entry.person.name) == m_context.reviewer()) {
            m_key->setCurrentIndex(m_key->count() - 1);
        }
    }
    if (m_name->text().isEmpty()) {
        m_name->setText(m_context.reviewer());
    }
    show(m_keys.empty() ? Page::NewKey : Page::SignIn);
}

void SignInDialog::show(Page page) {
    m_page = page;
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_toNew->setVisible(page == Page::SignIn);
    m_toPassphrase->setVisible(page == Page::SignIn && !m_keys.empty());
    m_back->setVisible(page != Page::SignIn && !m_keys.empty());
    m_signOut->setVisible(m_context.identity() != nullptr);
    const std::array titles{tr("Sign in"), tr("Make a signing key"), tr("Change the passphrase")};
    const std::array intros{
        tr("What you confirm, overrule and release is signed with your key, so that others can verify it."),
        tr("The key is kept encrypted in your own folder on this machine, not in the workspace. Nobody can "
           "recover "
           "the passphrase: if you lose it, make a new key; it is recorded as a new key of the same name."),
        tr("The key stays the same; only the passphrase that opens it changes.")};
    const std::array verbs{tr("Sign in"), tr("Make the key and sign in"), tr("Change")};
    const auto at = static_cast<std::size_t>(page);
    setWindowTitle(titles.at(at));
    m_title->setText(titles.at(at));
    m_intro->setText(intros.at(at));
    m_ok->setText(verbs.at(at));
    if (chosen() != nullptr) {
        m_changed->setText(m_key->currentText());
    }
    m_state->clear();
    QWidget* first = page == Page::SignIn ? m_passphrase : page == Page::NewKey ? m_name : m_old;
    first->setFocus(Qt::OtherFocusReason);
    check();
}

const keys::KeyStore::Entry* SignInDialog::chosen() const {
    const auto at = static_cast<std::size_t>(m_key->currentIndex());
    return m_key->currentIndex() >= 0 && at < m_keys.size() ? &m_keys[at] : nullptr;
}

void SignInDialog::check() {
    const auto pair = [this](const QLineEdit* first, const QLineEdit* second) {
        const bool enough = keys::passphraseSuffices(redacted(first));
        const bool same = first->text() == second->text();
        m_state->setText(first->text().isEmpty() ? QString()
                         : !enough ? tr("The passphrase needs at least %n character(s).", nullptr,
                                        static_cast<int>(keys::kLeastPassphrase))
                         : !same   ? tr("The two passphrases differ.")
                                   : QString());
        style::setProperty(m_state, "role", QStringLiteral("small"));
        return enough && same;
    };
    bool ready = false;
    switch (m_page) {
    case Page::SignIn:
        ready = chosen() != nullptr && !m_passphrase->text().isEmpty();
        break;
    case Page::NewKey:
        ready = pair(m_first, m_second) && !m_name->text().trimmed().isEmpty();
        break;
    case Page::Passphrase:
        ready = pair(m_fresh, m_again) && chosen() != nullptr && !m_old->text().isEmpty();
        break;
    }
    m_ok->setEnabled(ready && !m_waiting);
}

void SignInDialog::accept() {
    if (!m_ok->isEnabled()) {
        return;
    }
    switch (m_page) {
    case Page::SignIn:
        return signIn();
    case Page::NewKey:
        return makeKey();
    case Page::Passphrase:
        return changePassphrase();
    }
}

void SignInDialog::wait(bool waiting) {
    m_waiting = waiting;
    m_pages->setEnabled(!waiting);
    m_ok->setEnabled(!waiting);
    if (waiting) {
        m_state->setText(tr("Working out the key from the passphrase…"));
        style::setProperty(m_state, "role", QStringLiteral("small"));
    }
}

void SignInDialog::signIn() {
    wait(true);
    m_context.runner().look(
        this,
        [key = chosen()->person.key, passphrase = redacted(m_passphrase)] {
            return keys::KeyStore().unlock(key, passphrase);
        },
        [this](auto identity) { finish(std::move(identity)); });
}

void SignInDialog::makeKey() {
    wait(true);
    m_context.runner().look(
        this,
        [name = m_name->text().trimmed().toStdString(),
         role = static_cast<keys::Role>(m_role->currentData().toInt()),
         passphrase = redacted(m_first)] { return keys::KeyStore().create(name, role, passphrase); },
        [this](auto identity) { finish(std::move(identity)); });
}

void SignInDialog::changePassphrase() {
    wait(true);
    m_context.runner().look(
        this,
        [key = chosen()->person.key, old = redacted(m_old), fresh = redacted(m_fresh)] {
            return keys::KeyStore().changePassphrase(key, old, fresh);
        },
        [this](const base::Expected<void>& result) {
            wait(false);
            if (!result) {
                refuse(result.error());
                return;
            }
            for (QLineEdit* field : {m_old, m_fresh, m_again}) {
                wipe(field);
            }
            show(Page::SignIn);
            m_state->setText(tr("The passphrase is changed."));
        });
}

void SignInDialog::finish(base::Expected<std::shared_ptr<const keys::Identity>> identity) {
    wait(false);
    if (!identity) {
        refuse(identity.error());
        return;
    }
    m_context.signIn(std::move(*identity));
    done(Accepted);
}

void SignInDialog::refuse(const base::Error& error) {
    const bool wrong = error.code == base::ErrorCode::PermissionDenied;
    for (QLineEdit* field : {m_passphrase, m_old}) {
        wipe(field);
    }
    check();
    m_state->setText(wrong ? tr("The passphrase is not that of this key. Nothing was opened.")
                           : text::sentence(error).what);
    style::setProperty(m_state, "role", QStringLiteral("badstrong"));
    (m_page == Page::Passphrase ? m_old : m_passphrase)->setFocus(Qt::OtherFocusReason);
}

} // namespace kamei::ui::shell
