#include "ui/screens/policy/RulesPage.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>
#include <array>

#include "ui/screens/policy/RuleModel.h"
#include "ui/screens/policy/TableLook.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {
namespace {

using model::Action;

constexpr std::array kActions{Action::Keep,       Action::Delete, Action::Replace, Action::Clean,
                              Action::Generalise, Action::Shift,  Action::TopCode};
constexpr int kAsPolicy = -1;
/// Decided by the list of private elements, never as a whole.
constexpr auto kPrivateRule = "dicom.private-attributes";

} // namespace

RulesPage::RulesPage(QWidget* parent)
    : QWidget(parent), m_model(new RuleModel(this)), m_shown(new QSortFilterProxyModel(this)),
      m_search(new QLineEdit), m_table(new QTableView), m_title(style::label("strong")),
      m_note(style::label("small")), m_actionLabel(style::label("smalltext")), m_action(new QComboBox),
      m_reasonLabel(style::label("smalltext")), m_reason(new QLineEdit), m_apply(style::button("primary")) {
    m_shown->setSourceModel(m_model);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("policy.rules"));
    m_table->setModel(m_shown);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    dress(*m_table, {0, 120, 170, 80, 150, 240});
    m_table->sortByColumn(-1, Qt::AscendingOrder); // the order of the guideline
    m_search->setObjectName(QStringLiteral("policy.ruleSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(style::Theme::instance().px(240));
    m_action->setObjectName(QStringLiteral("policy.ruleAction"));
    m_reason->setObjectName(QStringLiteral("policy.ruleReason"));
    m_apply->setObjectName(QStringLiteral("policy.ruleApply"));
    m_actionLabel->setBuddy(m_action);
    m_reasonLabel->setBuddy(m_reason);
    m_note->setWordWrap(true);
    m_title->setWordWrap(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = style::surface("bar");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 5, 16, 5);
    row->addWidget(m_search);
    row->addStretch(1);
    column->addWidget(bar);
    column->addWidget(m_table, 1);
    auto* panel = style::surface("section");
    auto* inside = new QVBoxLayout(panel);
    inside->setContentsMargins(16, 8, 16, 10);
    inside->setSpacing(6);
    inside->addWidget(m_title);
    inside->addWidget(m_note);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_actionLabel);
    line->addWidget(m_action);
    line->addWidget(m_reasonLabel);
    line->addWidget(m_reason, 1);
    line->addWidget(m_apply);
    inside->addLayout(line);
    column->addWidget(panel);

    connect(m_search, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &RulesPage::showSelected);
    connect(m_action, &QComboBox::currentIndexChanged, this, &RulesPage::check);
    connect(m_reason, &QLineEdit::textChanged, this, &RulesPage::check);
    connect(m_reason, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
    connect(m_apply, &QPushButton::clicked, this, &RulesPage::apply);
    retranslate();
}

void RulesPage::show(const guideline::RuleTable* rules, const model::Policy& policy, bool writable) {
    m_writable = writable;
    m_model->show(rules, policy);
    if (!m_table->currentIndex().isValid() && m_shown->rowCount() > 0) {
        m_table->setCurrentIndex(m_shown->index(0, 0));
    }
    showSelected();
}

void RulesPage::showSelected() {
    const RuleModel::Row* row = m_model->row(m_shown->mapToSource(m_table->currentIndex()).row());
    const bool isPrivate = row != nullptr && row->id == kPrivateRule;
    m_action->clear();
    m_action->addItem(tr("as the policy"), kAsPolicy);
    for (const Action action : kActions) {
        if (row != nullptr && !(action == Action::Keep && RuleModel::locked(*row))) {
            m_action->addItem(text::actionName(action), static_cast<int>(action));
        }
    }
    m_reason->clear();
    if (row != nullptr) {
        const auto& overrides = m_model->policy().overrides;
        if (const auto found = overrides.find(row->id); found != overrides.end()) {
            const int at = m_action->findData(static_cast<int>(found->second.action));
            if (at < 0) { // of a file: it is shown as it stands
                m_action->addItem(text::actionName(found->second.action),
                                  static_cast<int>(found->second.action));
            }
            m_action->setCurrentIndex(at < 0 ? m_action->count() - 1 : at);
            m_reason->setText(text::fromUtf8(found->second.reason));
        }
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{m_action, m_reason}) {
        widget->setEnabled(m_writable && row != nullptr && !isPrivate);
    }
    m_title->setText(row == nullptr         ? QString()
                     : row->rule == nullptr ? text::fromUtf8(row->id)
                                            : text::ruleName(*row->rule));
    m_note->setText(isPrivate ? tr("Private elements are decided on one by one, for each device.")
                    : row != nullptr && RuleModel::locked(*row)
                        ? tr("The guideline requires this item: it cannot be switched off. A single finding "
                             "can be kept with a "
                             "reason where it is decided on.")
                        : tr("To keep an item a reason is needed; it is recorded with every decision that "
                             "follows from it."));
    check();
}

void RulesPage::check() {
    const bool keeps = m_action->currentData().toInt() == static_cast<int>(Action::Keep);
    m_apply->setEnabled(m_action->isEnabled() && (!keeps || !m_reason->text().trimmed().isEmpty()));
}

void RulesPage::apply() {
    const RuleModel::Row* row = m_model->row(m_shown->mapToSource(m_table->currentIndex()).row());
    if (row == nullptr) {
        return;
    }
    model::Policy policy = m_model->policy();
    const int action = m_action->currentData().toInt();
    if (action == kAsPolicy) {
        policy.overrides.erase(row->id);
    } else {
        policy.overrides[row->id] = {static_cast<Action>(action), m_reason->text().trimmed().toStdString()};
    }
    emit edited(policy);
}

void RulesPage::retranslate() {
    m_search->setPlaceholderText(tr("Item, section, reason"));
    m_search->setAccessibleName(tr("Search rules"));
    m_table->setAccessibleName(tr("Rules of the guideline and of the site"));
    m_actionLabel->setText(tr("Processing"));
    m_action->setAccessibleName(tr("Processing"));
    m_reasonLabel->setText(tr("Reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_apply->setText(tr("Put into the policy"));
    showSelected();
}

void RulesPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
