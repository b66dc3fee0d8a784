#include "ui/screens/home/WelcomePage.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Workspaces.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"

namespace kamei::ui::screens {
namespace {

constexpr std::array kActions{"app.demo", "app.new", "app.open"};
constexpr int kMostRecent = 5;

} // namespace

WelcomePage::WelcomePage(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_title(style::label("page")), m_words(style::label("muted")),
      m_drop(style::label("small")), m_recentBox(new QWidget), m_recentTitle(style::label("smallstrong")),
      m_context(context), m_recentRows(new QVBoxLayout) {
    setObjectName(QStringLiteral("welcome"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto* card = style::surface("card");
    card->setFixedWidth(px(640));
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(32, 28, 32, 24);
    column->setSpacing(12);
    column->addWidget(m_title);
    m_words->setWordWrap(true);
    m_words->setMinimumWidth(px(560));
    column->addWidget(m_words);
    column->addSpacing(8);
    const std::array icons{"sample", "folder", "open"};
    for (std::size_t at = 0; at < kActions.size(); ++at) {
        auto* row = new QHBoxLayout;
        row->setSpacing(16);
        auto* button = style::button(at == 0 ? "primary" : "", {}, QLatin1String(icons[at]));
        button->setObjectName(QStringLiteral("welcome.") + QLatin1String(kActions[at]));
        button->setFixedWidth(px(184));
        button->setAutoDefault(true);
        auto* note = style::label("small");
        note->setWordWrap(true);
        row->addWidget(button);
        row->addWidget(note, 1);
        column->addLayout(row);
        connect(button, &QPushButton::clicked, context.actions().action(QLatin1String(kActions[at])),
                &QAction::trigger);
        m_buttons.append(button);
        m_notes.append(note);
    }
    auto* recent = new QVBoxLayout(m_recentBox);
    recent->setContentsMargins(0, 8, 0, 0);
    recent->setSpacing(4);
    recent->addWidget(style::horizontalLine());
    recent->addSpacing(4);
    recent->addWidget(m_recentTitle);
    m_recentRows->setSpacing(2);
    recent->addLayout(m_recentRows);
    column->addWidget(m_recentBox);
    column->addSpacing(4);
    column->addWidget(style::horizontalLine());
    auto* hint = new QHBoxLayout;
    hint->setSpacing(8);
    hint->addWidget(style::iconLabel(QStringLiteral("info"), "text2"));
    m_drop->setWordWrap(true);
    hint->addWidget(m_drop, 1);
    column->addLayout(hint);
    // Not by alignment: the card must be as tall as its wrapped texts need at its width.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(card);
    middle->addStretch(1);
    outer->addLayout(middle);
    outer->addStretch(3);
    retranslate();
    refresh();
}

void WelcomePage::refresh() {
    while (QLayoutItem* item = m_recentRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto all = shell::Workspaces::recent();
    for (const shell::Recent& recent : all.mid(0, kMostRecent)) {
        auto* link = style::button("link", QDir::toNativeSeparators(recent.folder));
        link->setObjectName(QStringLiteral("welcome.recent"));
        m_recentRows->addWidget(link, 0, Qt::AlignLeft);
        connect(link, &QPushButton::clicked, this,
                [this, folder = recent.folder] { m_context.openWorkspace(folder); });
    }
    m_recentBox->setVisible(!all.isEmpty());
}

void WelcomePage::focusFirst() {
    m_buttons.front()->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::retranslate() {
    m_title->setText(tr("Pseudonymised information from medical records"));
    m_words->setText(
        tr("Kamei leads through the eight steps of the guideline: find what identifies people, decide, "
           "process, look at the result, release. What you confirmed is, byte for byte, what leaves."));
    const std::array names{tr("Open the demo"), tr("New from folder…"), tr("Open…")};
    const std::array notes{
        tr("Three fictional people with CT, ultrasound, X-ray, letters and laboratory values."),
        tr("Makes a workspace; your files stay where they are and are never changed."),
        tr("Goes on with a workspace that exists.")};
    for (qsizetype at = 0; at < m_buttons.size(); ++at) {
        m_buttons[at]->setText(names[static_cast<std::size_t>(at)]);
        m_notes[at]->setText(notes[static_cast<std::size_t>(at)]);
    }
    m_recentTitle->setText(tr("Recent workspaces"));
    m_drop->setText(tr("Files and folders can be dropped anywhere. Sources are never changed."));
}

void WelcomePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
