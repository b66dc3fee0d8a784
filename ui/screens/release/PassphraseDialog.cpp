#include "ui/screens/release/PassphraseDialog.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/keys/Sealed.h"
#include "core/release/DeletedInformation.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"

namespace kamei::ui::screens {
namespace {

base::Redacted redacted(const QString& typed) {
    return {"passphrase", typed.toStdString()};
}

void wipe(QLineEdit* field) {
    QString text = field->text();
    field->clear();
    text.fill(QChar(u'\0'));
}

} // namespace

PassphraseDialog::PassphraseDialog(const QString& file, QWidget* parent)
    : QDialog(parent), m_first(new QLineEdit), m_second(new QLineEdit), m_state(style::label("small")),
      m_ok(style::button("primary")) {
    setObjectName(QStringLiteral("passphraseDialog"));
    setWindowTitle(tr("Seal the deleted information"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    setMinimumWidth(px(520));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(style::label("page", windowTitle()));
    auto* intro = style::label(
        "small", tr("It is kept encrypted in the file below and destroyed in the workspace. Without the "
                    "passphrase nobody can open it, and nobody can recover the passphrase: store it apart "
                    "from the file."));
    intro->setWordWrap(true);
    column->addWidget(intro);
    auto* place = style::label("mono", file);
    place->setWordWrap(true);
    place->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(place);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    m_first->setObjectName(QStringLiteral("passphrase.first"));
    m_second->setObjectName(QStringLiteral("passphrase.second"));
    for (QLineEdit* field : {m_first, m_second}) {
        field->setEchoMode(QLineEdit::Password);
        connect(field, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    }
    form->addRow(tr("Passphrase"), m_first);
    form->addRow(tr("Once more"), m_second);
    m_first->setAccessibleName(tr("Passphrase"));
    m_second->setAccessibleName(tr("Passphrase once more"));
    column->addLayout(form);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* cancel = style::button("", tr("Cancel"));
    m_ok->setText(tr("Seal and release"));
    m_ok->setObjectName(QStringLiteral("passphrase.ok"));
    m_ok->setDefault(true);
    buttons->addWidget(m_state, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &QDialog::accept);
    check();
}

PassphraseDialog::~PassphraseDialog() {
    wipe(m_first);
    wipe(m_second);
}

base::Redacted PassphraseDialog::passphrase() const {
    return redacted(m_first->text());
}

void PassphraseDialog::check() {
    const bool enough = keys::passphraseSuffices(redacted(m_first->text()));
    const bool same = m_first->text() == m_second->text();
    m_ok->setEnabled(enough && same);
    m_state->setText(!enough
                         ? tr("at least %n character(s)", nullptr, static_cast<int>(keys::kLeastPassphrase))
                     : !same ? tr("the two differ")
                             : QString());
}

} // namespace kamei::ui::screens
