#include "ui/screens/work/TreePanel.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {

using Group = models::TreeQuery::Group;

TreePanel::TreePanel(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_model(new models::WorkTreeModel(context.runner(), this)), m_tree(new SubjectTree),
      m_filter(new QLineEdit), m_order(new QComboBox), m_group(new QComboBox), m_totals(style::label("note")),
      m_typing(new QTimer(this)) {
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(200);
    m_tree->setModel(m_model);
    m_tree->setObjectName(QStringLiteral("workTree"));
    m_filter->setObjectName(QStringLiteral("workTreeFilter"));
    m_order->setObjectName(QStringLiteral("workTreeOrder"));
    m_group->setObjectName(QStringLiteral("workTreeGroup"));
    m_filter->setClearButtonEnabled(true);
    addFilterIcon();
    m_order->setProperty("kind", QStringLiteral("small"));
    m_group->setProperty("kind", QStringLiteral("small"));
    m_order->addItems({QString(), QString()});
    m_group->addItems(QStringList(6, QString()));
    for (QComboBox* combo : {m_order, m_group}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(4);
    }
    const auto& theme = style::Theme::instance();
    auto* head = style::surface("bar");
    head->setFixedHeight(theme.px(40));
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(8, 0, 8, 0);
    headRow->addWidget(m_filter);
    auto* tools = style::surface("bar");
    auto* toolRow = new QHBoxLayout(tools);
    toolRow->setContentsMargins(8, 6, 8, 6);
    toolRow->setSpacing(6);
    toolRow->addWidget(m_order, 1);
    toolRow->addWidget(m_group, 1);
    auto* foot = style::surface("footer");
    foot->setFixedHeight(theme.px(28));
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(12, 0, 12, 0);
    footRow->addWidget(m_totals);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(tools);
    column->addWidget(m_tree, 1);
    column->addWidget(foot);

    m_typing->setSingleShot(true);
    m_typing->setInterval(200);
    connect(m_typing, &QTimer::timeout, this, &TreePanel::applyQuery);
    connect(m_filter, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_order, &QComboBox::activated, this, &TreePanel::applyQuery);
    connect(m_group, &QComboBox::activated, this, &TreePanel::applyQuery);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &TreePanel::choose);
    connect(m_tree, &QTreeView::activated, this, &TreePanel::choose);
    connect(m_model, &models::WorkTreeModel::revealed, this, [this](const QModelIndex& index) {
        m_setting = true;
        m_tree->expand(index.parent());
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
        m_setting = false;
    });
    connect(m_model, &models::WorkTreeModel::totalsChanged, this, [this](qint64 subjects, qint64 assets) {
        m_subjects = subjects;
        m_assets = assets;
        showTotals();
    });
    connect(m_model, &models::WorkTreeModel::loaded, this, &TreePanel::loaded);
    retranslate();
}

void TreePanel::addFilterIcon() {
    const auto& theme = style::Theme::instance();
    auto* row = new QHBoxLayout(m_filter);
    row->setContentsMargins(theme.px(8), 0, 0, 0);
    row->addWidget(style::iconLabel(QStringLiteral("filter"), "text2"));
    row->addStretch(1);
    m_filter->setTextMargins(theme.px(20), 0, 0, 0);
}

void TreePanel::setQuery(const models::TreeQuery& query) {
    m_setting = true;
    m_filter->setText(query.filter);
    m_order->setCurrentIndex(query.openFirst ? 0 : 1);
    m_group->setCurrentIndex(static_cast<int>(query.group));
    m_setting = false;
    m_typing->stop();
    m_model->setQuery(query);
}

void TreePanel::applyQuery() {
    if (m_setting) {
        return;
    }
    models::TreeQuery query;
    query.filter = m_filter->text();
    query.openFirst = m_order->currentIndex() == 0;
    query.group = static_cast<Group>(m_group->currentIndex());
    m_model->setQuery(query);
}

void TreePanel::choose(const QModelIndex& index) {
    const models::TreeRow* row = m_model->row(index);
    if (!m_setting && row != nullptr && row->isAsset) {
        emit assetChosen(row->asset.asset.id);
    }
}

void TreePanel::show(base::AssetId asset, base::SubjectId subject, model::AssetKind kind) {
    m_model->reveal(asset, subject, kind);
}

void TreePanel::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TreePanel::showTotals() {
    m_totals->setText(tr("%1 subjects · %2 assets").arg(text::number(m_subjects), text::number(m_assets)));
}

void TreePanel::retranslate() {
    m_filter->setPlaceholderText(tr("Filter subjects, kinds"));
    m_filter->setAccessibleName(tr("Filter subjects, kinds"));
    m_order->setAccessibleName(tr("Order"));
    m_order->setItemText(0, tr("Open first"));
    m_order->setItemText(1, tr("By number"));
    m_group->setAccessibleName(tr("Grouping"));
    m_group->setItemText(0, tr("By subject"));
    m_group->setItemText(1, tr("By kind"));
    m_group->setItemText(2, tr("Unreadable"));
    m_group->setItemText(3, tr("Sent back"));
    m_group->setItemText(4, tr("Residuals"));
    m_group->setItemText(5, tr("Sources changed"));
    m_tree->setAccessibleName(tr("Subjects and assets"));
    showTotals();
}

void TreePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::work
