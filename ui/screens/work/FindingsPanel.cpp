#include "ui/screens/work/FindingsPanel.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>

#include "core/guideline/Steps.h"
#include "ui/screens/work/FilterChip.h"
#include "ui/screens/work/FlowLayout.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {200, style::Theme::instance().px(26)};
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto* list = qobject_cast<const models::FindingListModel*>(index.model());
    const models::FindingRow* row = list == nullptr ? nullptr : list->at(index);
    if (row == nullptr) {
        return;
    }
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    const model::Finding& finding = row->finding;
    painter->save();
    if ((option.state & QStyle::State_Selected) != 0) {
        painter->fillRect(option.rect, t.selection);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    } else if ((option.state & QStyle::State_MouseOver) != 0) {
        painter->fillRect(option.rect, t.hover);
    }
    QRect rest = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0);
    rest.setRight(rest.right() - style::drawPill(*painter, rest, finding.requirement) - theme.px(6));
    if (row->alike > 1) {
        const QString times = QStringLiteral("×%1").arg(text::number(row->alike));
        const QFont note = theme.font(style::Type::Note);
        painter->setFont(note);
        painter->setPen(t.text3);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, times);
        rest.setRight(rest.right() - QFontMetrics(note).horizontalAdvance(times) - theme.px(6));
    }
    style::drawSign(*painter, rest, style::signOf(finding.state, finding.requirement));
    rest.setLeft(rest.left() + style::signSize() + theme.px(6));
    style::drawCategory(*painter, rest, finding.category);
    rest.setLeft(rest.left() + style::categorySize() + theme.px(6));
    const QFont font = theme.font(style::Type::Table);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    painter->setPen(t.text);
    QString words = row->title;
    if (finding.state == model::DecisionState::Changed && !finding.replacement.empty()) {
        words += QStringLiteral(" → ") + text::fromUtf8(finding.replacement);
    } else if (!row->value.isEmpty()) {
        words += QStringLiteral("　") + row->value;
    }
    const QString shown = metrics.elidedText(words, Qt::ElideRight, rest.width());
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (finding.state == model::DecisionState::Rejected) {
        painter->setPen(QPen(t.text2, 1));
        painter->drawLine(rest.left(), rest.center().y() + 1, rest.left() + metrics.horizontalAdvance(shown),
                          rest.center().y() + 1);
    }
    painter->restore();
}

FindingsPanel::FindingsPanel(QWidget* parent)
    : QWidget(parent), m_model(new models::FindingListModel(this)), m_list(new QListView),
      m_title(style::label("heading")), m_count(new style::ElidedLabel("small")), m_order(new QComboBox),
      m_required(new FilterChip), m_recommended(new FilterChip), m_judge(new FilterChip),
      m_done(new FilterChip), m_step(new FilterChip) {
    m_list->setObjectName(QStringLiteral("findingList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FindingDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setMinimumHeight(style::Theme::instance().px(78));
    m_order->setObjectName(QStringLiteral("findingOrder"));
    m_order->setProperty("kind", QStringLiteral("small"));
    m_order->addItems({QString(), QString()});

    QHBoxLayout* headRow = nullptr;
    QFrame* head = style::panelHead(m_title, &headRow);
    headRow->insertWidget(1, m_count);
    headRow->addWidget(m_order);
    auto* chips = style::surface("bar");
    auto* chipRow = new FlowLayout(chips, 4);
    chipRow->setContentsMargins(12, 6, 12, 6);
    const std::pair<FilterChip*, const char*> all[] = {{m_required, "filterRequired"},
                                                       {m_recommended, "filterRecommended"},
                                                       {m_judge, "filterJudge"},
                                                       {m_done, "filterDone"},
                                                       {m_step, "filterStep"}};
    for (const auto& [chip, name] : all) {
        chip->setObjectName(QLatin1String(name));
        chip->setCheckable(true);
        chip->setChecked(true);
        chipRow->addWidget(chip);
        connect(chip, &FilterChip::toggled, this, &FindingsPanel::applyFilter);
    }
    m_step->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(chips);
    column->addWidget(m_list, 1);

    connect(m_order, &QComboBox::activated, this, [this](int index) {
        const models::FindingRow* now = m_model->at(m_list->currentIndex());
        const base::FindingId id = now == nullptr ? base::FindingId{} : now->finding.id;
        m_setting = true;
        m_model->setOrder(index == 0 ? models::FindingListModel::Order::Document
                                     : models::FindingListModel::Order::Urgency);
        m_setting = false;
        select(id);
    });
    connect(m_model, &models::FindingListModel::countsChanged, this, &FindingsPanel::showCounts);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (const models::FindingRow* row = m_model->at(index); row != nullptr && !m_setting) {
                    emit selected(row->finding.id);
                }
            });
    retranslate();
}

void FindingsPanel::setFindings(std::vector<model::Finding> findings, const guideline::RuleTable* rules) {
    m_setting = true;
    m_model->setFindings(std::move(findings), rules);
    m_setting = false;
}

void FindingsPanel::setFilter(const models::FindingFilter& filter) {
    m_setting = true;
    m_required->setChecked(filter.required);
    m_recommended->setChecked(filter.recommended);
    m_judge->setChecked(filter.judge);
    m_done->setChecked(filter.done);
    m_step->setVisible(filter.step != 0);
    m_step->setChecked(filter.step != 0);
    m_step->setProperty("step", filter.step);
    m_model->setFilter(filter);
    m_setting = false;
    showCounts();
}

void FindingsPanel::applyFilter() {
    if (m_setting) {
        return;
    }
    const models::FindingRow* now = m_model->at(m_list->currentIndex());
    const base::FindingId id = now == nullptr ? base::FindingId{} : now->finding.id;
    models::FindingFilter filter;
    filter.required = m_required->isChecked();
    filter.recommended = m_recommended->isChecked();
    filter.judge = m_judge->isChecked();
    filter.done = m_done->isChecked();
    // They have no chip of their own: away with a route's filter, back when all chips are on.
    filter.others = m_model->filter().others || (filter.required && filter.recommended && filter.judge);
    filter.step = m_step->isChecked() ? m_step->property("step").toInt() : 0;
    m_setting = true;
    m_model->setFilter(filter);
    m_setting = false;
    select(id);
}

void FindingsPanel::select(base::FindingId finding) {
    m_setting = true;
    const QModelIndex index = m_model->indexOf(finding);
    m_list->setCurrentIndex(index);
    if (index.isValid()) {
        m_list->scrollTo(index);
    }
    m_setting = false;
}

bool FindingsPanel::move(bool forward) {
    const QModelIndex now = m_list->currentIndex();
    const int row = now.isValid() ? now.row() + (forward ? 1 : -1) : forward ? 0 : m_model->rowCount() - 1;
    if (row < 0 || row >= m_model->rowCount()) {
        return false;
    }
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row));
    return true;
}

base::FindingId FindingsPanel::nextOpen(const std::vector<base::FindingId>& without) const {
    const int count = m_model->rowCount();
    const int from = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    for (int step = 1; step <= count; ++step) {
        const models::FindingRow* row = m_model->at(m_model->index((from + step) % count));
        if (row->finding.state == model::DecisionState::Open &&
            std::find(without.begin(), without.end(), row->finding.id) == without.end()) {
            return row->finding.id;
        }
    }
    return {};
}

base::FindingId FindingsPanel::start(bool forward) const {
    const int last = m_model->rowCount() - 1;
    if (last < 0) {
        return {};
    }
    int row = m_model->nextOpen(forward ? 0 : last, forward);
    if (row < 0) {
        row = forward ? 0 : last;
    }
    return m_model->at(m_model->index(row))->finding.id;
}

void FindingsPanel::showCounts() {
    const models::FindingCounts& counts = m_model->counts();
    m_count->setText(tr("%1 · %2 open").arg(text::number(counts.total), text::number(counts.open)));
    m_required->setContent(tr("Required"), counts.required);
    m_recommended->setContent(tr("Recommended"), counts.recommended);
    m_judge->setContent(tr("Judge"), counts.judge);
    m_done->setContent(tr("Done"), counts.done);
    const int step = m_step->property("step").toInt();
    qint64 inStep = 0;
    for (const models::FindingRow& row : m_model->all()) {
        inStep += guideline::stepOf(row.finding.category, row.finding.requirement) == step ? 1 : 0;
    }
    m_step->setContent(step == 0 ? QString() : text::stepNumber(step), inStep);
    m_step->setToolTip(step == 0 ? QString() : text::stepName(step));
}

void FindingsPanel::retranslate() {
    m_title->setText(tr("Findings"));
    m_list->setAccessibleName(tr("Findings"));
    m_order->setAccessibleName(tr("Order of findings"));
    m_order->setItemText(0, tr("In text order"));
    m_order->setItemText(1, tr("Most urgent first"));
    m_required->setToolTip(tr("Show required findings that are open"));
    m_recommended->setToolTip(tr("Show recommended findings that are open"));
    m_judge->setToolTip(tr("Show findings to be judged"));
    m_done->setToolTip(tr("Show findings that are decided"));
    showCounts();
}

void FindingsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::work
