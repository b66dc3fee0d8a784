#include "ui/screens/people/NobodyDetail.h"

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/screens/people/AssignBox.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kId = Qt::UserRole;

} // namespace

NobodyDetail::NobodyDetail(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_title(style::label("heading")), m_what(style::label("smalltext")),
      m_chosenHead(style::label("section")), m_chosen(new QListWidget), m_look(style::button("")),
      m_reasonHead(style::label("section")), m_reason(new QPlainTextEdit), m_note(style::label("small")),
      m_assign(new AssignBox(QStringLiteral("people.nobody"))) {
    QWidget::setProperty("surface", QStringLiteral("panel"));
    setObjectName(QStringLiteral("people.nobody"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(style::panelHead(m_title));
    m_what->setWordWrap(true);
    m_what->setContentsMargins(12, 8, 12, 8);
    column->addWidget(m_what);
    column->addWidget(style::sectionHead(m_chosenHead));
    m_chosen->setObjectName(QStringLiteral("people.nobody.chosen"));
    m_chosen->setWordWrap(true);
    column->addWidget(m_chosen, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    m_look->setObjectName(QStringLiteral("people.nobody.look"));
    foot->addWidget(m_look);
    column->addLayout(foot);
    column->addWidget(style::sectionHead(m_reasonHead));
    auto* end = new QVBoxLayout;
    end->setContentsMargins(12, 8, 12, 12);
    end->setSpacing(8);
    m_reason->setObjectName(QStringLiteral("people.nobody.reason"));
    m_reason->setFixedHeight(style::Theme::instance().px(52));
    m_reason->setTabChangesFocus(true);
    end->addWidget(m_reason);
    m_note->setWordWrap(true);
    end->addWidget(m_note);
    end->addWidget(m_assign);
    column->addLayout(end);
    connect(m_look, &QPushButton::clicked, this, [this] {
        const QListWidgetItem* current = m_chosen->currentItem();
        look(current != nullptr ? base::AssetId{current->data(kId).toLongLong()} : m_assets.front());
    });
    connect(m_chosen, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { look({item->data(kId).toLongLong()}); });
    connect(m_assign, &AssignBox::asked, this, &NobodyDetail::assign);
    retranslate();
}

void NobodyDetail::setPeople(const PeopleData* known) {
    m_assign->setPeople(known, {});
}

void NobodyDetail::show(const std::vector<const PeopleData::Unassigned*>& chosen) {
    m_assets.clear();
    m_chosen->clear();
    for (const PeopleData::Unassigned* one : chosen) {
        m_assets.push_back(one->row.asset.id);
        const QString words = text::kindName(one->row.asset.kind) + QStringLiteral("  ") +
                              text::fromUtf8(one->row.asset.title) + QLatin1Char('\n') + one->place;
        auto* item = new QListWidgetItem(words, m_chosen);
        item->setData(kId, static_cast<qlonglong>(one->row.asset.id.value));
        item->setToolTip(words);
    }
    const auto session = m_context.session();
    m_look->setEnabled(!m_assets.empty());
    m_assign->setAssets(static_cast<int>(m_assets.size()), session != nullptr && session->writable());
    m_title->setText(m_assets.empty() ? tr("Nothing chosen")
                                      : tr("%n items chosen", nullptr, static_cast<int>(m_assets.size())));
}

void NobodyDetail::look(base::AssetId asset) {
    shell::Route route{shell::ScreenId::Work};
    route.asset = asset;
    m_context.go(route);
}

void NobodyDetail::assign() {
    if (m_context.push(m_assign->edit(m_assets, m_reason->toPlainText().trimmed().toStdString()),
                       tr("Say whose data are"))) {
        m_reason->clear(); // it was said of these
    }
}

void NobodyDetail::retranslate() {
    m_title->setText(m_assets.empty() ? tr("Nothing chosen")
                                      : tr("%n items chosen", nullptr, static_cast<int>(m_assets.size())));
    m_what->setText(
        tr("These data name nobody. They are searched for what is known of everybody, and released "
           "apart from all people, until somebody says whose they are."));
    m_chosenHead->setText(tr("Chosen data"));
    m_chosen->setAccessibleName(m_chosenHead->text());
    m_look->setText(tr("Look at it (Enter)"));
    m_reasonHead->setText(tr("Reason"));
    m_reason->setAccessibleName(m_reasonHead->text());
    m_note->setText(tr("From then on they have the person's pseudonymous ID and date shift. They and the "
                       "person's other data are examined and processed again. It can be undone."));
    m_assign->retranslate();
}

} // namespace kamei::ui::screens
