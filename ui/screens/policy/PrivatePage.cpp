#include "ui/screens/policy/PrivatePage.h"

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

#include "core/decide/Policies.h"
#include "ui/screens/policy/PolicyWords.h"
#include "ui/screens/policy/PrivateModel.h"
#include "ui/screens/policy/TableLook.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {

using job::PrivateElement;

/// Rows of one device that hold the words looked for.
class PrivatePage::Shown : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setDevice(const QString& device) {
        m_device = device;
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const QString device = sourceModel()->index(row, 0, parent).data(PrivateModel::DeviceRole).toString();
        return (m_device.isEmpty() || device == m_device) &&
               QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }

private:
    QString m_device; ///< empty: all
};

PrivatePage::PrivatePage(QWidget* parent)
    : QWidget(parent), m_model(new PrivateModel(this)), m_shown(new Shown(this)), m_device(new QComboBox),
      m_search(new QLineEdit), m_diffusion(style::button("small")), m_table(new QTableView),
      m_empty(style::label("muted")), m_title(style::label("strong")), m_detail(style::label("smalltext")),
      m_where(style::button("link")), m_scopeLabel(style::label("smalltext")), m_scope(new QComboBox),
      m_reasonLabel(style::label("smalltext")), m_reason(new QLineEdit), m_keep(style::button("primary")),
      m_remove(style::button("")), m_none(style::button("")), m_warning(style::label("warn")) {
    m_shown->setSourceModel(m_model);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    build();
    connect(m_device, &QComboBox::currentIndexChanged, this, &PrivatePage::filter);
    connect(m_search, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_diffusion, &QPushButton::clicked, this, &PrivatePage::selectDiffusion);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PrivatePage::showSelected);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &PrivatePage::showSelected);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        fillDevices();
        showSelected();
    });
    connect(m_reason, &QLineEdit::textChanged, this, &PrivatePage::check);
    connect(m_keep, &QPushButton::clicked, this, [this] { decide(Decision::Keep); });
    connect(m_remove, &QPushButton::clicked, this, [this] { decide(Decision::Remove); });
    connect(m_none, &QPushButton::clicked, this, [this] { decide(Decision::None); });
    connect(m_where, &QPushButton::clicked, this, [this] {
        if (const auto rows = selected(); !rows.empty()) {
            emit findingWanted(rows.front()->firstAsset, rows.front()->firstFinding);
        }
    });
    retranslate();
}

PrivatePage::~PrivatePage() = default;

void PrivatePage::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    m_device->setObjectName(QStringLiteral("policy.device"));
    m_device->setMinimumWidth(px(280));
    m_search->setObjectName(QStringLiteral("policy.privateSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(px(240));
    m_diffusion->setObjectName(QStringLiteral("policy.diffusion"));
    m_table->setObjectName(QStringLiteral("policy.private"));
    m_table->setModel(m_shown);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    dress(*m_table, {200, 150, 96, 36, 170, 56, 0, 150, 92});
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_where->setObjectName(QStringLiteral("policy.privateWhere"));
    m_scope->setObjectName(QStringLiteral("policy.privateScope"));
    m_reason->setObjectName(QStringLiteral("policy.privateReason"));
    m_keep->setObjectName(QStringLiteral("policy.privateKeep"));
    m_remove->setObjectName(QStringLiteral("policy.privateRemove"));
    m_none->setObjectName(QStringLiteral("policy.privateNone"));
    m_scopeLabel->setBuddy(m_scope);
    m_reasonLabel->setBuddy(m_reason);
    m_detail->setWordWrap(true);
    m_warning->setWordWrap(true);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = style::surface("bar");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 5, 16, 5);
    row->setSpacing(8);
    row->addWidget(m_device);
    row->addWidget(m_search);
    row->addStretch(1);
    row->addWidget(m_diffusion);
    column->addWidget(bar);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    auto* panel = style::surface("section");
    auto* inside = new QVBoxLayout(panel);
    inside->setContentsMargins(16, 8, 16, 10);
    inside->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_where);
    inside->addLayout(head);
    inside->addWidget(m_detail);
    inside->addWidget(m_warning);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_scopeLabel);
    line->addWidget(m_scope);
    line->addWidget(m_reasonLabel);
    line->addWidget(m_reason, 1);
    line->addWidget(m_keep);
    line->addWidget(m_remove);
    line->addWidget(m_none);
    inside->addLayout(line);
    column->addWidget(panel);
}

void PrivatePage::show(std::vector<PrivateElement> elements) {
    m_model->show(std::move(elements));
    fillDevices();
    showSelected();
}

void PrivatePage::show(const model::Policy& policy, bool writable) {
    m_writable = writable;
    m_model->show(policy);
    showSelected();
}

void PrivatePage::reveal(const std::string& creator, const std::string& place) {
    const int row = m_model->rowOf(creator, place);
    if (row < 0) {
        return;
    }
    m_search->clear();
    m_device->setCurrentIndex(0);
    const QModelIndex at = m_shown->mapFromSource(m_model->index(row, PrivateModel::Place));
    m_table->setCurrentIndex(at);
    m_table->scrollTo(at, QAbstractItemView::PositionAtCenter);
    m_table->setFocus(Qt::OtherFocusReason);
}

void PrivatePage::fillDevices() {
    const QString chosen = m_device->currentData().toString();
    m_device->clear();
    const auto devices = m_model->devices();
    m_device->addItem(tr("All devices (%1)").arg(text::number(static_cast<qint64>(devices.size()))),
                      QString());
    for (const model::Device& device : devices) {
        m_device->addItem(deviceName(device), deviceName(device));
    }
    m_device->setCurrentIndex(qMax(0, m_device->findData(chosen)));
    const bool none = m_model->rowCount() == 0;
    m_table->setVisible(!none);
    m_empty->setVisible(none);
}

void PrivatePage::filter() {
    m_shown->setDevice(m_device->currentData().toString());
    m_table->setColumnHidden(PrivateModel::Device, m_device->currentIndex() > 0);
}

std::vector<const PrivateElement*> PrivatePage::selected() const {
    std::vector<const PrivateElement*> out;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : rows) {
        if (const PrivateElement* element = m_model->element(m_shown->mapToSource(index).row())) {
            out.push_back(element);
        }
    }
    return out;
}

void PrivatePage::showSelected() {
    const auto rows = selected();
    QString detail;
    QString title = rows.empty() ? tr("Choose elements to decide on them for their device.")
                                 : tr("%n elements", nullptr, static_cast<int>(rows.size()));
    if (rows.size() == 1) {
        const PrivateElement& element = *rows.front();
        title = QStringLiteral("%1  %2  %3")
                    .arg(text::fromUtf8(element.place), text::fromUtf8(element.creator),
                         text::fromUtf8(element.name));
        QStringList values;
        for (const std::string& value : element.examples) {
            values.append(QStringLiteral("“%1”").arg(text::fromUtf8(value)));
        }
        detail = element.series == 0
                     ? tr("No data of this workspace has it; the row stands in the site's list.")
                     : tr("%1 — in %2 series, %3 instances. Values: %4")
                           .arg(deviceName(element.device), text::number(element.series),
                                text::number(element.instances), values.join(QStringLiteral(", ")));
        if (const model::PrivateRule* rule = m_model->rule(element)) {
            detail += QLatin1Char('\n') +
                      tr("The site's list: %1, for %2. Reason: %3")
                          .arg(rule->keep ? tr("keep") : tr("remove"), deviceName(rule->device),
                               rule->reason.empty() ? QStringLiteral("–") : text::fromUtf8(rule->reason));
            const QSignalBlocker quiet(m_reason);
            m_reason->setText(text::fromUtf8(rule->reason));
        }
    }
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_where->setVisible(rows.size() == 1 && rows.front()->firstFinding.valid());
    check();
}

void PrivatePage::check() {
    const auto rows = selected();
    const bool option = m_model->policy().has("safe-private");
    const bool owned =
        std::ranges::all_of(rows, [](const PrivateElement* element) { return !element->creator.empty(); });
    const bool any = m_writable && !rows.empty() && owned;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_scope, m_reason, m_remove}) {
        widget->setEnabled(any);
    }
    m_keep->setEnabled(any && option && !m_reason->text().trimmed().isEmpty());
    m_none->setEnabled(any && std::ranges::any_of(rows, [this](const PrivateElement* element) {
                           return m_model->rule(*element) != nullptr;
                       }));
    m_warning->setText(!option
                           ? tr("The policy has not the option 113111 (retain safe private): every private "
                                "element is removed, whatever the list says.")
                       : !owned ? tr("An element whose block has no owner cannot be kept (PS3.5 7.8.1).")
                                : QString());
    m_warning->setVisible(!m_warning->text().isEmpty());
}

void PrivatePage::selectDiffusion() {
    QItemSelection selection;
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        if (m_shown->index(row, 0).data(PrivateModel::DiffusionRole).toBool()) {
            selection.select(m_shown->index(row, 0), m_shown->index(row, PrivateModel::ColumnCount - 1));
        }
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!selection.isEmpty()) {
        m_table->scrollTo(selection.indexes().front());
        m_reason->setText(
            tr("Diffusion parameters (b-values, gradients): needed to read the images, no person in "
               "them (Guideline 5.4.2)"));
        m_reason->setFocus(Qt::OtherFocusReason);
        m_reason->selectAll();
    }
}

model::Device PrivatePage::scoped(const model::Device& device) const {
    switch (m_scope->currentIndex()) {
    case 0:
        return device;
    case 1:
        return {device.manufacturer, device.model, {}};
    default:
        return {};
    }
}

void PrivatePage::decide(Decision decision) {
    model::Policy policy = m_model->policy();
    for (const PrivateElement* element : selected()) {
        if (decision == Decision::None) {
            if (const model::PrivateRule* rule =
                    policy.privateRule(element->creator, element->group, element->element, element->device)) {
                decide::removePrivateRule(policy, model::PrivateRule(*rule));
            }
            continue;
        }
        const model::Device device = scoped(element->device);
        // What was said of a part of these devices gives way to what is said of all of them.
        std::erase_if(policy.privateRules, [&](const model::PrivateRule& rule) {
            return rule.creator == element->creator && rule.group == element->group &&
                   rule.element == element->element && device.covers(rule.device);
        });
        decide::putPrivateRule(policy,
                               {element->creator, element->group, element->element, device,
                                decision == Decision::Keep, m_reason->text().trimmed().toStdString()});
    }
    emit edited(policy);
}

void PrivatePage::retranslate() {
    m_device->setAccessibleName(tr("Device"));
    m_search->setPlaceholderText(tr("Owner, element, name, value"));
    m_search->setAccessibleName(tr("Search private elements"));
    m_diffusion->setText(tr("Choose diffusion parameters"));
    m_table->setAccessibleName(tr("Private elements by device"));
    m_empty->setText(
        tr("No private elements are recorded. They are listed once candidates have been looked for."));
    m_where->setText(tr("Show in the data"));
    m_scopeLabel->setText(tr("For"));
    m_scope->setAccessibleName(tr("For which devices"));
    const int scope = qMax(0, m_scope->currentIndex());
    m_scope->clear();
    m_scope->addItems({tr("this device, this software"), tr("this device, any software"), tr("any device")});
    m_scope->setCurrentIndex(scope);
    m_reasonLabel->setText(tr("Reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Needed to keep"));
    m_keep->setText(tr("Keep"));
    m_remove->setText(tr("Remove"));
    m_none->setText(tr("No decision"));
    fillDevices();
    showSelected();
}

void PrivatePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
