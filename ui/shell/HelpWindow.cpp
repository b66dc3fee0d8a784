#include "ui/shell/HelpWindow.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QTextBrowser>
#include <array>

#include "core/base/Resources.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/text/Language.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

constexpr std::array kPages{"start", "steps", "keys", "later", "about"};

QString group(const QString& id) {
    return id.section(QLatin1Char('.'), 0, 0);
}

} // namespace

HelpWindow::HelpWindow(const ActionRegistry& actions, QWidget* parent)
    : QDialog(parent), m_actions(actions), m_pages(new QListWidget(this)), m_text(new QTextBrowser(this)) {
    setObjectName(QStringLiteral("help"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    resize(px(860), px(600));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    m_pages->setFixedWidth(px(190));
    m_pages->setObjectName(QStringLiteral("help.pages"));
    m_text->setObjectName(QStringLiteral("help.text"));
    m_text->setOpenLinks(false);
    row->addWidget(m_pages);
    row->addWidget(m_text, 1);
    for (const char* page : kPages) {
        auto* item = new QListWidgetItem(m_pages);
        item->setData(Qt::UserRole, QString::fromLatin1(page));
        item->setSizeHint(QSize(0, px(30)));
    }
    connect(m_pages, &QListWidget::currentRowChanged, this, [this](int at) {
        if (auto* item = m_pages->item(at)) {
            m_text->setHtml(html(item->data(Qt::UserRole).toString()));
        }
    });
    connect(&style::Theme::instance(), &style::Theme::changed, this, &HelpWindow::retranslate);
    retranslate();
    m_pages->setCurrentRow(0);
}

void HelpWindow::showPage(const QString& page) {
    for (int at = 0; at < m_pages->count(); ++at) {
        if (m_pages->item(at)->data(Qt::UserRole).toString() == page) {
            m_pages->setCurrentRow(at);
        }
    }
    m_text->setHtml(html(page)); // the shortcuts may have grown since
    show();
    raise();
    activateWindow();
}

QString HelpWindow::html(const QString& page) const {
    const style::Tokens& t = style::tokens();
    const QString sheet = QStringLiteral("<style>body{color:%1} h1{font-size:18px} h2{font-size:14px} "
                                         "th{text-align:left;background:%2} td,th{padding:4px 10px} "
                                         "p,li{line-height:150%} .note{color:%3}</style>")
                              .arg(t.text.name(), t.header.name(), t.text2.name());
    if (page == QLatin1String("keys")) {
        return sheet + shortcuts();
    }
    const auto source = base::readResource("help/" + text::code(text::current()).toStdString() + "/" +
                                           page.toStdString() + ".html");
    QString body = source ? text::fromUtf8(*source) : tr("This page is missing from the installation.");
    body.replace(QLatin1String("{version}"), QLatin1String(KAMEI_VERSION));
    return sheet + body;
}

QString HelpWindow::shortcuts() const {
    QString rows;
    QString lastGroup;
    for (const QAction* action : m_actions.all()) {
        QString name = action->text();
        name.remove(QLatin1Char('&'));
        if (action->shortcuts().isEmpty() || name.isEmpty()) {
            continue;
        }
        const QString here = group(action->objectName());
        if (here != lastGroup) {
            lastGroup = here;
            rows += QStringLiteral("<tr><td colspan=2>&nbsp;</td></tr>");
        }
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) {
            keys.append(key.toString(QKeySequence::NativeText).toHtmlEscaped());
        }
        rows += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>")
                    .arg(keys.join(QStringLiteral(", ")), name.toHtmlEscaped());
    }
    return QStringLiteral("<h1>%1</h1><p class=note>%2</p><table cellspacing=0>%3</table>")
        .arg(tr("Keyboard shortcuts"), tr("Single letters act only while no text field has the focus."),
             rows);
}

void HelpWindow::retranslate() {
    setWindowTitle(tr("Kamei help"));
    m_pages->setAccessibleName(tr("Pages"));
    const std::array names{tr("First steps"), tr("The eight steps"), tr("Keyboard shortcuts"),
                           tr("What comes later"), tr("About Kamei")};
    for (int at = 0; at < m_pages->count(); ++at) {
        m_pages->item(at)->setText(names[static_cast<std::size_t>(at)]);
    }
    if (auto* item = m_pages->currentItem()) {
        m_text->setHtml(html(item->data(Qt::UserRole).toString()));
    }
}

void HelpWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QDialog::changeEvent(event);
}

} // namespace kamei::ui::shell
