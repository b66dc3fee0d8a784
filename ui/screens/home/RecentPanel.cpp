#include "ui/screens/home/RecentPanel.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Workspaces.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"

namespace kamei::ui::screens {
namespace {

constexpr int kMost = 4;
constexpr int kRowHeight = 50;

/// One workspace: name and day, folder below. A click opens it.
class Row final : public QAbstractButton {
public:
    Row(const shell::Recent& recent, QWidget* parent) : QAbstractButton(parent) {
        const QFileInfo info(recent.folder);
        const QString parentName = info.dir().dirName();
        // The demo's folder is always called "workspace": the one above says more.
        m_name = info.fileName() == QLatin1String("workspace") ? parentName : info.fileName();
        m_folder = QDir::toNativeSeparators(recent.folder);
        if (m_folder.startsWith(QDir::homePath())) {
            m_folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
        }
        const QDate day = QDateTime::fromMSecsSinceEpoch(recent.openedAt).date();
        m_day = day.toString(day.year() == QDate::currentDate().year() ? QStringLiteral("MM/dd")
                                                                       : QStringLiteral("yyyy/MM/dd"));
        setText(m_name);
        setToolTip(recent.folder);
        setAccessibleName(m_name);
        setAccessibleDescription(m_folder);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(style::Theme::instance().px(kRowHeight));
        setProperty("focusRing", false);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const style::Theme& theme = style::Theme::instance();
        const style::Tokens& t = theme.tokens();
        QPainter painter(this);
        painter.fillRect(rect(), underMouse() ? t.hover : t.panel);
        painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
        const QRect inner = rect().adjusted(12, 6, -12, -7);
        painter.setFont(theme.font(style::Type::Note));
        painter.setPen(t.text3);
        const int wide = painter.fontMetrics().horizontalAdvance(m_day);
        const QRect top(inner.left(), inner.top(), inner.width(), inner.height() / 2);
        painter.drawText(top, Qt::AlignRight | Qt::AlignVCenter, m_day);
        painter.setFont(theme.font(style::Type::Base, true));
        painter.setPen(t.text);
        painter.drawText(top, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_name, Qt::ElideRight, top.width() - wide - 8));
        painter.setFont(theme.font(style::Type::Table));
        painter.setPen(t.text2);
        painter.drawText(top.translated(0, inner.height() / 2), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_folder, Qt::ElideMiddle, inner.width()));
    }

private:
    QString m_name;
    QString m_folder;
    QString m_day;
};

} // namespace

RecentPanel::RecentPanel(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_title(style::label("heading")), m_rows(new QVBoxLayout),
      m_new(style::button("", {}, QStringLiteral("folder"))), m_open(style::button("")),
      m_demo(style::button("")) {
    QWidget::setProperty("surface", QStringLiteral("card"));
    setObjectName(QStringLiteral("home.recent"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(style::panelHead(m_title));
    m_rows->setSpacing(0);
    column->addLayout(m_rows);
    column->addStretch(1);
    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(12, 10, 12, 12);
    buttons->setSpacing(8);
    buttons->addWidget(m_new);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(8);
    pair->addWidget(m_open, 1);
    pair->addWidget(m_demo, 1);
    buttons->addLayout(pair);
    column->addLayout(buttons);
    using Bind = std::pair<QPushButton*, const char*>;
    for (const auto& [button, id] :
         {Bind{m_new, "app.new"}, Bind{m_open, "app.open"}, Bind{m_demo, "app.demo"}}) {
        button->setObjectName(QStringLiteral("home.") + QLatin1String(id));
        connect(button, &QPushButton::clicked, context.actions().action(QLatin1String(id)),
                &QAction::trigger);
    }
    retranslate();
    refresh();
}

void RecentPanel::refresh() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto all = shell::Workspaces::recent();
    for (const shell::Recent& recent : all.mid(0, kMost)) {
        auto* row = new Row(recent, this);
        row->setObjectName(QStringLiteral("home.recent.row"));
        connect(row, &QAbstractButton::clicked, this,
                [this, folder = recent.folder] { m_context.openWorkspace(folder); });
        m_rows->addWidget(row);
    }
    QTimer::singleShot(0, this, &RecentPanel::fit);
}

void RecentPanel::fit() {
    const int room = m_new->y() - m_title->parentWidget()->height() - 12;
    for (int at = 0; at < m_rows->count(); ++at) {
        const bool fits = (at + 1) * style::Theme::instance().px(kRowHeight) <= room;
        m_rows->itemAt(at)->widget()->setVisible(fits);
    }
}

void RecentPanel::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    QTimer::singleShot(0, this, &RecentPanel::fit); // the buttons have their place then
}

void RecentPanel::retranslate() {
    m_title->setText(tr("Recent workspaces"));
    m_new->setText(tr("New from folder…"));
    m_open->setText(tr("Open…"));
    m_demo->setText(tr("Open the demo"));
}

void RecentPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
