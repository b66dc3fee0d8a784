#include "ui/shell/NewWorkspaceDialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>

#include "core/decide/Policies.h"
#include "ui/shell/Workspaces.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

/// A folder name out of a title: letters, digits and spaces of any script stay.
QString folderName(const QString& title) {
    static const QRegularExpression kUnsafe(QStringLiteral("[^\\p{L}\\p{N} _-]"));
    QString name = title;
    name.remove(kUnsafe);
    name = name.simplified().replace(QLatin1Char(' '), QLatin1Char('-')).left(48);
    return name.isEmpty() ? QStringLiteral("kamei") : name;
}

} // namespace

NewWorkspaceDialog::NewWorkspaceDialog(QWidget* parent)
    : QDialog(parent), m_title(new QLineEdit(this)), m_purpose(new QPlainTextEdit(this)),
      m_policy(new QComboBox(this)), m_policyNote(style::label("small")), m_folder(new QLineEdit(this)),
      m_from(new QLineEdit(this)), m_passphrase(new QLineEdit(this)), m_reason(new QLineEdit(this)),
      m_fromNote(style::label("small")), m_problem(style::label("bad")),
      m_create(style::button("primary", tr("Make workspace"))) {
    setObjectName(QStringLiteral("newWorkspace"));
    setWindowTitle(tr("New workspace"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    setMinimumWidth(px(600));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(style::label("page", tr("New workspace")));
    auto* intro = style::label(
        "small",
        tr("A workspace is a folder that holds decisions, processed files and the log. Sources stay where "
           "they are and are never changed."));
    intro->setWordWrap(true);
    column->addWidget(intro);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_title->setObjectName(QStringLiteral("new.title"));
    m_title->setMaxLength(120);
    m_purpose->setObjectName(QStringLiteral("new.purpose"));
    m_purpose->setFixedHeight(px(64));
    m_purpose->setTabChangesFocus(true);
    m_purpose->setPlaceholderText(
        tr("For example: development of AI that supports the diagnosis of lung cancer"));
    m_policy->setObjectName(QStringLiteral("new.policy"));
    for (const decide::PolicyInfo& policy : decide::policies()) {
        m_policy->addItem(text::fromUtf8(policy.name), text::fromUtf8(policy.name));
    }
    m_policyNote->setWordWrap(true);
    m_folder->setObjectName(QStringLiteral("new.folder"));
    auto* folderRow = new QHBoxLayout;
    folderRow->setSpacing(8);
    auto* browseButton = style::button("", tr("Browse…"));
    browseButton->setObjectName(QStringLiteral("new.browse"));
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(browseButton);
    const auto add = [&](const QString& name, QWidget* widget, QLayout* layout = nullptr) {
        auto* caption = new QLabel(name, this);
        caption->setBuddy(widget);
        widget->setAccessibleName(name);
        layout != nullptr ? form->addRow(caption, layout) : form->addRow(caption, widget);
    };
    add(tr("Title"), m_title);
    add(tr("Purpose of use"), m_purpose);
    add(tr("Rules"), m_policy);
    form->addRow(new QLabel(this), m_policyNote);
    add(tr("Folder"), m_folder, folderRow);
    m_from->setObjectName(QStringLiteral("new.from"));
    m_from->setPlaceholderText(tr("Nothing: everybody gets new pseudonyms"));
    m_from->setClearButtonEnabled(true);
    m_passphrase->setObjectName(QStringLiteral("new.passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_reason->setObjectName(QStringLiteral("new.reason"));
    auto* sealedButton = style::button("", tr("Browse…"));
    sealedButton->setObjectName(QStringLiteral("new.browseSealed"));
    auto* fromRow = new QHBoxLayout;
    fromRow->setSpacing(8);
    fromRow->addWidget(m_from, 1);
    fromRow->addWidget(sealedButton);
    add(tr("Goes on from"), m_from, fromRow);
    add(tr("Passphrase of it"), m_passphrase);
    add(tr("Why it is opened"), m_reason);
    m_fromNote->setWordWrap(true);
    m_fromNote->setText(tr(
        "Deleted information that was kept sealed when a data set was released (3.8): with it the same "
        "people "
        "get the same pseudonyms and date shifts. That it is opened is recorded there and here. Where it was "
        "destroyed, nothing can be added consistently."));
    form->addRow(new QLabel(this), m_fromNote);
    column->addLayout(form);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("new.problem"));
    column->addWidget(m_problem);
    column->addStretch(1);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* cancel = style::button("", tr("Cancel"));
    m_create->setObjectName(QStringLiteral("new.create"));
    m_create->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    column->addLayout(buttons);

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    connect(browseButton, &QPushButton::clicked, this, &NewWorkspaceDialog::browse);
    connect(sealedButton, &QPushButton::clicked, this, &NewWorkspaceDialog::browseSealed);
    for (QLineEdit* field : {m_from, m_passphrase, m_reason}) {
        connect(field, &QLineEdit::textChanged, this, &NewWorkspaceDialog::check);
    }
    connect(m_policy, &QComboBox::currentIndexChanged, this, &NewWorkspaceDialog::describePolicy);
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_folderTyped = true; });
    connect(m_folder, &QLineEdit::textChanged, this, &NewWorkspaceDialog::check);
    connect(m_title, &QLineEdit::textChanged, this, [this](const QString& title) {
        if (!m_folderTyped) {
            m_folder->setText(QDir(Workspaces::defaultFolder()).filePath(folderName(title)));
        }
        check();
    });
    m_folder->setText(QDir(Workspaces::defaultFolder()).filePath(folderName({})));
    describePolicy();
    check();
}

QString NewWorkspaceDialog::folder() const {
    return QDir::cleanPath(m_folder->text().trimmed());
}

job::NewWorkspace NewWorkspaceDialog::what() const {
    job::NewWorkspace what;
    what.title = m_title->text().trimmed().toStdString();
    what.purpose = m_purpose->toPlainText().trimmed().toStdString();
    if (auto policy = decide::policyFromText(m_policy->currentData().toString().toStdString())) {
        what.policy = *policy;
    }
    return what;
}

NewWorkspaceDialog::~NewWorkspaceDialog() {
    // Qt keeps a copy of its own for undoing; what can be overwritten of the passphrase is.
    m_passphrase->setText(QString(m_passphrase->text().size(), QChar(u'\0')));
    m_passphrase->clear();
}

std::optional<NewWorkspaceDialog::Continued> NewWorkspaceDialog::continued() const {
    const QString file = m_from->text().trimmed();
    if (file.isEmpty()) {
        return std::nullopt;
    }
    return Continued{file, base::Redacted("passphrase", m_passphrase->text().toStdString()),
                     m_reason->text().trimmed()};
}

void NewWorkspaceDialog::browseSealed() {
    auto* dialog = new QFileDialog(this, tr("Kept deleted information"), Workspaces::defaultFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Kept deleted information (*.deleted-information)"));
    connect(dialog, &QFileDialog::fileSelected, m_from, &QLineEdit::setText);
    dialog->open();
}

void NewWorkspaceDialog::browse() {
    auto* dialog = new QFileDialog(this, tr("Folder for the new workspace"), Workspaces::defaultFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_folderTyped = true;
        // An empty folder is meant itself; in a full one the workspace gets a folder of its own.
        m_folder->setText(QDir(chosen).isEmpty() ? chosen
                                                 : QDir(chosen).filePath(folderName(m_title->text())));
    });
    dialog->open();
}

void NewWorkspaceDialog::check() {
    const QDir target(folder());
    QString problem;
    if (target.exists() && !target.isEmpty()) {
        problem = tr("There is something in this folder already. Choose a new or an empty one.");
    } else if (folder().isEmpty() || !QDir::isAbsolutePath(folder())) {
        problem = tr("Choose a folder.");
    }
    const bool from = !m_from->text().trimmed().isEmpty();
    m_passphrase->setEnabled(from);
    m_reason->setEnabled(from);
    if (problem.isEmpty() && from &&
        (m_passphrase->text().isEmpty() || m_reason->text().trimmed().isEmpty())) {
        problem = tr("Opening what was kept needs its passphrase and a reason.");
    }
    m_problem->setText(problem);
    m_create->setEnabled(problem.isEmpty() && !m_title->text().trimmed().isEmpty());
}

void NewWorkspaceDialog::describePolicy() {
    const QString name = m_policy->currentData().toString();
    if (name == QLatin1String("guideline-2024-required")) {
        m_policyNote->setText(
            tr("Only what the guideline requires; everything else is kept unless you decide otherwise."));
    } else if (name == QLatin1String("dicom-basic")) {
        m_policyNote->setText(tr("The basic profile of DICOM PS3.15 without options, for DICOM alone."));
    } else {
        m_policyNote->setText(
            tr("Required, recommended and conditional rules of the guideline of March 2024. Dates "
               "move by one amount per subject, birth dates become months, ages of 90 and over "
               "are grouped."));
    }
}

} // namespace kamei::ui::shell
