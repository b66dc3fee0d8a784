#include "ui/shell/TopBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Pulse.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

/// Looks like a field and opens the palette: icon, words, key.
class SearchButton final : public QPushButton {
public:
    explicit SearchButton(QWidget* parent) : QPushButton(parent) {
        setCursor(Qt::IBeamCursor);
        setFocusPolicy(Qt::TabFocus);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const style::Theme& theme = style::Theme::instance();
        const style::Tokens& t = theme.tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(t.control);
        painter.setBrush(t.field);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        const int icon = theme.px(16);
        style::drawIcon(painter, QRectF(9, (height() - icon) / 2.0, icon, icon), QStringLiteral("search"),
                        t.text);

        const QString key = QStringLiteral("Ctrl+K");
        const QFont keyFont = theme.font(style::Type::Note, true);
        const int wide = QFontMetrics(keyFont).horizontalAdvance(key) + 10;
        const int tall = theme.px(18);
        const QRectF cap(width() - wide - 6, (height() - tall) / 2.0, wide, tall);
        painter.setPen(t.control);
        painter.setBrush(t.panel);
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setPen(t.text);
        painter.setFont(keyFont);
        painter.drawText(cap, Qt::AlignCenter, key);

        painter.setFont(theme.font());
        painter.setPen(t.text3);
        const QRectF words(9 + icon + 8, 0, cap.left() - 9 - icon - 14, height());
        painter.drawText(words, Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(words.width())));
    }
};

QFrame* verticalLine() {
    auto* line = new QFrame;
    line->setProperty("line", QStringLiteral("v"));
    line->setFixedHeight(20);
    return line;
}

class Logo final : public QWidget {
public:
    explicit Logo(QWidget* parent) : QWidget(parent) { setFixedWidth(style::Theme::instance().px(72)); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const int side = 24;
        style::drawIcon(painter, QRectF((width() - side) / 2.0, (height() - side) / 2.0, side, side),
                        style::Theme::instance().dark() ? QStringLiteral("theme/logo-dark")
                                                        : QStringLiteral("theme/logo-light"),
                        style::tokens().accent);
    }
};

} // namespace

TopBar::TopBar(AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_menus(new QMenuBar(this)),
      m_workspace(new style::ElidedLabel("strong")), m_undo(style::iconButton(QStringLiteral("undo"), {})),
      m_redo(style::iconButton(QStringLiteral("redo"), {})), m_search(new SearchButton(this)),
      m_user(style::button("flat", {}, QStringLiteral("user"))) {
    setObjectName(QStringLiteral("topBar"));
    m_menus->setNativeMenuBar(false);
    m_menus->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 1);
    row->setSpacing(0);
    row->addWidget(new Logo(this));
    row->addWidget(m_menus, 0, Qt::AlignVCenter);
    row->addSpacing(16);
    row->addWidget(verticalLine());
    row->addSpacing(16);
    m_workspace->setObjectName(QStringLiteral("top.workspace"));
    row->addWidget(m_workspace, 1);
    row->addSpacing(8);
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    row->addSpacing(8);
    m_search->setObjectName(QStringLiteral("top.search"));
    m_search->setFixedSize(style::Theme::instance().px(272), style::Theme::instance().px(28));
    row->addWidget(m_search);
    row->addSpacing(4);
    m_user->setObjectName(QStringLiteral("top.user"));
    row->addWidget(m_user);

    ActionRegistry& actions = context.actions();
    for (const auto& [button, id] :
         {std::pair{m_undo, QStringLiteral("app.undo")}, std::pair{m_redo, QStringLiteral("app.redo")}}) {
        QAction* action = actions.action(id);
        button->setObjectName(QStringLiteral("top.") + id);
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        const auto follow = [b = button, action] {
            b->setEnabled(action->isEnabled());
            b->setToolTip(action->toolTip());
            b->setAccessibleName(action->text());
        };
        connect(action, &QAction::changed, button, follow);
        follow();
    }
    connect(m_search, &QPushButton::clicked, actions.action(QStringLiteral("app.search")), &QAction::trigger);
    connect(m_user, &QPushButton::clicked, actions.action(QStringLiteral("app.sign-in")), &QAction::trigger);
    connect(&context, &AppContext::sessionChanged, this, &TopBar::showWorkspace);
    connect(&context.pulse(), &Pulse::updated, this, &TopBar::showWorkspace);
    connect(&context, &AppContext::reviewerChanged, this, &TopBar::showReviewer);
    retranslate();
}

void TopBar::retranslate() {
    m_search->setText(tr("Search actions, subjects, data"));
    m_search->setAccessibleName(m_search->text());
    m_menus->setAccessibleName(tr("Menus"));
    showWorkspace();
    showReviewer();
}

void TopBar::showWorkspace() {
    const auto& info = m_context.pulse().info();
    if (!m_context.session()) {
        m_workspace->setText({});
        return;
    }
    QString name = info ? text::fromUtf8(info->title) : QString();
    if (name.isEmpty()) {
        name = text::fromUtf8(m_context.session()->folder().filename().string());
    }
    m_workspace->setText(m_context.session()->writable() ? name : tr("%1 (read only)").arg(name));
    m_workspace->setAccessibleName(tr("Workspace: %1").arg(m_workspace->text()));
}

void TopBar::showReviewer() {
    const auto& identity = m_context.identity();
    m_user->setText(m_context.reviewer().isEmpty() ? tr("Sign in") : m_context.reviewerWithRole());
    m_user->setToolTip(
        identity ? tr("Signed in with the key %1").arg(text::fromUtf8(identity->person().key.fingerprint()))
                 : tr("Recorded with every decision; sign in with a key to sign them"));
    m_user->setAccessibleName(m_user->text());
}

void TopBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), style::tokens().panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), style::tokens().line);
}

} // namespace kamei::ui::shell
