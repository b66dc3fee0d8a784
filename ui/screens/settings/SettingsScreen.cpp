#include "ui/screens/settings/SettingsScreen.h"

#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <array>

#include "ui/shell/Workspaces.h"
#include "ui/style/Widgets.h"

namespace kamei::ui::screens {
namespace {

enum RowOf { Name, LanguageRow, ThemeRow, FontRow, FolderRow, Rows };

} // namespace

SettingsScreen::SettingsScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_title(style::label("page")), m_name(new QLineEdit),
      m_language(new QComboBox), m_theme(new style::Segments), m_fontSize(new QSpinBox),
      m_folder(new QLineEdit), m_browse(style::button("")), m_privacy(style::label("small")),
      m_preferences(Preferences::load()) {
    setObjectName(QStringLiteral("settings"));
    build();
    connect(m_name, &QLineEdit::editingFinished, this,
            [this] { this->context().setReviewer(m_name->text()); });
    connect(m_language, &QComboBox::activated, this, [this] {
        m_preferences.language = m_language->currentData().toString();
        m_preferences.save();
        applyNow();
    });
    connect(m_theme, &style::Segments::chosen, this, [this](int id) {
        m_preferences.theme = static_cast<style::Mode>(id);
        m_preferences.save();
        applyNow();
    });
    connect(m_fontSize, &QSpinBox::editingFinished, this, [this] {
        if (m_preferences.basePx != m_fontSize->value()) {
            m_preferences.basePx = m_fontSize->value();
            m_preferences.save();
            this->context().say(tr("The font size applies everywhere after the next start."));
        }
    });
    connect(m_folder, &QLineEdit::editingFinished, this,
            [this] { QSettings().setValue(QStringLiteral("defaultFolder"), m_folder->text().trimmed()); });
    connect(m_browse, &QPushButton::clicked, this, &SettingsScreen::browse);
    retranslate();
}

void SettingsScreen::applyNow() const {
    // A new font size waits for the next start: rows and columns are laid out for the present one.
    Preferences now = m_preferences;
    now.basePx = style::Theme::instance().basePx();
    now.apply(*qApp);
}

void SettingsScreen::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 0, 24, 24);
    outer->setSpacing(0);
    m_title->setFixedHeight(px(52));
    outer->addWidget(m_title);
    auto* card = style::surface("card");
    card->setMaximumWidth(px(820));
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(24, 20, 24, 20);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, px(200));
    grid->setColumnStretch(1, 1);

    m_name->setObjectName(QStringLiteral("settings.name"));
    m_name->setMaxLength(80);
    m_language->setObjectName(QStringLiteral("settings.language"));
    m_language->addItem({}, QString());
    m_language->addItem(QStringLiteral("日本語"), QStringLiteral("ja"));
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->setFixedWidth(px(220));
    m_theme->setObjectName(QStringLiteral("settings.theme"));
    for (int at = 0; at < 3; ++at) {
        m_theme->add({});
    }
    m_fontSize->setObjectName(QStringLiteral("settings.fontSize"));
    m_fontSize->setRange(11, 20);
    m_fontSize->setSuffix(QStringLiteral(" px"));
    m_fontSize->setFixedWidth(px(100));
    m_folder->setObjectName(QStringLiteral("settings.folder"));
    m_browse->setObjectName(QStringLiteral("settings.browse"));
    auto* folder = new QWidget;
    auto* folderRow = new QHBoxLayout(folder);
    folderRow->setContentsMargins(0, 0, 0, 0);
    folderRow->setSpacing(8);
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(m_browse);

    const std::array<QWidget*, Rows> widgets{m_name, m_language, m_theme, m_fontSize, folder};
    for (int row = 0; row < Rows; ++row) {
        auto* caption = style::label("strong");
        auto* note = style::label("small");
        note->setWordWrap(true);
        grid->addWidget(caption, row * 3, 0, Qt::AlignLeft | Qt::AlignVCenter);
        QWidget* widget = widgets[static_cast<std::size_t>(row)];
        caption->setBuddy(row == FolderRow ? m_folder : widget);
        grid->addWidget(widget, row * 3, 1,
                        row == LanguageRow || row == ThemeRow || row == FontRow
                            ? Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter)
                            : Qt::Alignment());
        grid->addWidget(note, row * 3 + 1, 1);
        grid->setRowMinimumHeight(row * 3 + 2, row + 1 < Rows ? px(12) : 0);
        m_captions.append(caption);
        m_notes.append(note);
    }
    outer->addWidget(card);
    outer->addSpacing(12);
    m_privacy->setWordWrap(true);
    m_privacy->setMaximumWidth(px(820));
    outer->addWidget(m_privacy);
    outer->addStretch(1);
}

void SettingsScreen::enter(const shell::Route&) {
    load();
    if (m_name->text().isEmpty()) {
        m_name->setFocus(Qt::OtherFocusReason); // what most people come here for first
    }
}

void SettingsScreen::load() {
    m_preferences = Preferences::load();
    m_name->setText(context().reviewer());
    m_language->setCurrentIndex(qMax(0, m_language->findData(m_preferences.language)));
    m_theme->setCurrent(static_cast<int>(m_preferences.theme));
    m_fontSize->setValue(m_preferences.basePx);
    m_folder->setText(shell::Workspaces::defaultFolder());
}

void SettingsScreen::browse() {
    auto* dialog = new QFileDialog(this, tr("Folder for new workspaces"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_folder->setText(chosen);
        QSettings().setValue(QStringLiteral("defaultFolder"), chosen);
    });
    dialog->open();
}

void SettingsScreen::retranslate() {
    m_title->setText(tr("Settings"));
    const std::array captions{tr("Your name"), tr("Language"), tr("Look"), tr("Font size"),
                              tr("Folder for new workspaces")};
    const std::array notes{tr("Recorded with every decision and confirmation, and shown in the report."),
                           tr("Applies at once."), tr("Image viewers are always dark."),
                           tr("Applies after the next start."), QString()};
    for (int row = 0; row < Rows; ++row) {
        m_captions[row]->setText(captions[static_cast<std::size_t>(row)]);
        m_notes[row]->setText(notes[static_cast<std::size_t>(row)]);
        m_notes[row]->setVisible(!m_notes[row]->text().isEmpty());
    }
    m_name->setAccessibleName(captions[Name]);
    m_language->setAccessibleName(captions[LanguageRow]);
    m_theme->setAccessibleName(captions[ThemeRow]);
    m_fontSize->setAccessibleName(captions[FontRow]);
    m_folder->setAccessibleName(captions[FolderRow]);
    m_language->setItemText(0, tr("As the system"));
    m_theme->setText(0, tr("As the system"));
    m_theme->setText(1, tr("Light"));
    m_theme->setText(2, tr("Dark"));
    m_browse->setText(tr("Browse…"));
    m_privacy->setText(
        tr("Settings hold no data of patients and no titles of workspaces, only their folders."));
    load();
}

void SettingsScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
