#include "ui/views/table/TableView.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "core/transform/table/Treatment.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"
#include "ui/views/table/ColumnHeader.h"
#include "ui/views/table/ProfileView.h"
#include "ui/views/text/TextView.h"

namespace kamei::ui::views::table {

TableView::TableView(QWidget* parent)
    : QWidget(parent), m_model(new models::TableModel(this)), m_table(new QTableView),
      m_header(new ColumnHeader), m_detail(new QSplitter(Qt::Horizontal)), m_cell(new text::TextView),
      m_profile(new ProfileView), m_cellTitle(style::label("small")) {
    m_table->setObjectName(QStringLiteral("tableView"));
    m_table->setModel(m_model);
    m_table->setHorizontalHeader(m_header);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(style::Theme::instance().px(26));
    m_cell->setObjectName(QStringLiteral("cellText"));

    auto* cell = new QWidget;
    auto* cellColumn = new QVBoxLayout(cell);
    cellColumn->setContentsMargins(0, 0, 0, 0);
    cellColumn->setSpacing(0);
    auto* head = style::sectionHead(m_cellTitle);
    cellColumn->addWidget(head);
    cellColumn->addWidget(m_cell, 1);
    m_detail->addWidget(cell);
    m_detail->addWidget(m_profile);
    m_detail->setStretchFactor(0, 3);
    m_detail->setStretchFactor(1, 2);
    m_detail->setChildrenCollapsible(false);

    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(m_table);
    both->addWidget(m_detail);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(both);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TableView::currentChanged);
    connect(m_header, &ColumnHeader::menuWanted, this, &TableView::openColumnMenu);
    connect(m_cell, &text::TextView::findingClicked, this, &TableView::findingSelected);
    connect(m_cell, &text::TextView::selectionMade, this, [this](int start, int end) {
        const QModelIndex at = m_table->currentIndex();
        if (const auto range = m_cell->paper()->toSource(start, end); range && at.isValid()) {
            const QRect here = m_cell->characterRect(end);
            emit selectionMade(range->first, range->second, at.row() + (m_model->table()->header ? 1 : 0),
                               at.column(),
                               QRect(m_cell->viewport()->mapToGlobal(here.topLeft()), here.size()));
        }
    });
    connect(&style::Theme::instance(), &style::Theme::changed, this,
            [this] { m_table->viewport()->update(); });
    setFocusProxy(m_table);
    retranslate();
}

void TableView::setActions(std::function<std::vector<model::Action>(const model::Finding&)> actions) {
    m_actions = std::move(actions);
}

void TableView::setTable(std::shared_ptr<const models::TableData> table, std::vector<model::Finding> findings,
                         bool keepPlace) {
    const QModelIndex before = m_table->currentIndex();
    const int row = before.row();
    const int at = before.column();
    const int vertical = m_table->verticalScrollBar()->value();
    const int horizontal = m_table->horizontalScrollBar()->value();
    m_setting = true;
    m_model->setTable(std::move(table), std::move(findings));
    if (keepPlace) {
        m_table->setCurrentIndex(m_model->index(row, at));
        m_table->verticalScrollBar()->setValue(vertical);
        m_table->horizontalScrollBar()->setValue(horizontal);
    } else {
        m_profiled = -1;
        m_profile->clear();
    }
    m_setting = false;
    currentChanged();
}

void TableView::clear() {
    setTable({}, {}, false);
}

void TableView::setCurrent(base::FindingId finding) {
    m_current = finding;
    static_cast<CellDelegate*>(m_table->itemDelegate())->setCurrent(finding.value);
    const QModelIndex index = m_model->indexOf(finding);
    m_setting = true;
    // A finding of a column lies in all of its cells: who stands in one of them stays there.
    const model::Finding* here = m_model->findingAt(m_table->currentIndex());
    if (index.isValid() && index != m_table->currentIndex() && !(here != nullptr && here->id == finding)) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
    m_setting = false;
    m_cell->setCurrent(finding);
    m_table->viewport()->update();
}

void TableView::currentChanged() {
    const QModelIndex at = m_table->currentIndex();
    const auto& shown = m_model->table();
    if (!at.isValid() || !shown) {
        m_cell->clear();
        m_cellTitle->setText(tr("Cell"));
        return;
    }
    m_cellTitle->setText(
        tr("%1, row %2")
            .arg(shown->title(at.column()), ui::text::number(at.row() + (shown->header ? 2 : 1))));
    if (const std::ptrdiff_t segment = shown->segmentOf(at.row(), at.column()); segment >= 0) {
        auto paper = text::PaperText::ofSegment(shown->shown, static_cast<std::size_t>(segment));
        auto highlights = text::highlightsOf(*paper, m_model->findings());
        m_cell->setPaper(std::move(paper), std::move(highlights));
    } else {
        m_cell->clear();
    }
    m_cell->setCurrent(m_current, false);
    if (at.column() != m_profiled) {
        m_profiled = at.column();
        m_profile->clear();
        emit profileWanted(m_profiled);
    }
    if (const model::Finding* finding = m_model->findingAt(at); finding != nullptr && !m_setting) {
        emit findingSelected(finding->id);
    }
}

void TableView::setProfile(int column, const models::ColumnProfile& profile) {
    if (column == m_profiled && m_model->table()) {
        m_profile->setProfile(m_model->table()->title(column), profile);
    }
}

void TableView::openColumnMenu(int column, const QPoint& at) {
    const models::ColumnDecision& decision = m_model->column(column);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (decision.findings.empty()) {
        menu->addSection(tr("This column holds"));
        for (const auto category :
             {model::Category::Identifier, model::Category::QuasiIdentifier, model::Category::Code2,
              model::Category::Financial, model::Category::LinkingCode, model::Category::Contact}) {
            menu->addAction(ui::text::categoryName(category), this,
                            [this, column, category] { emit columnAdded(column, category); });
        }
    } else if (const model::Finding* first = m_model->find(decision.findings.front())) {
        menu->addSection(tr("Whole column"));
        const bool dates = first->label == "DATE" || first->label == "BIRTH_DATE";
        for (const model::Action action : m_actions ? m_actions(*first) : std::vector{first->suggested}) {
            QString word = ui::text::actionName(action);
            if (action == first->suggested) {
                word = tr("%1 (suggested)").arg(word);
            }
            // A column that is processed as a whole needs to be told how; ages and dates have their rule.
            const bool asks =
                decision.whole && transform::table::concernsColumn(action, {}, dates, first->label == "AGE");
            QAction* entry =
                menu->addAction(asks ? tr("%1…").arg(word) : word, this, [this, column, action, asks] {
                    asks ? emit methodWanted(column, action) : emit columnDecided(column, action);
                });
            entry->setCheckable(true);
            entry->setChecked(!decision.mixed && decision.open == 0 && decision.action == action);
        }
        if (decision.whole) {
            menu->addSection(tr("By a method of your choice"));
            for (const model::Action action : {model::Action::Generalise, model::Action::TopCode}) {
                menu->addAction(tr("%1…").arg(ui::text::actionName(action)), this,
                                [this, column, action] { emit methodWanted(column, action); });
            }
        }
    }
    menu->popup(at);
}

void TableView::retranslate() {
    m_table->setAccessibleName(tr("Table"));
    m_cell->setAccessibleName(tr("Text of the cell"));
    m_header->setAccessibleName(tr("Columns"));
}

void TableView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        currentChanged();
        m_header->viewport()->update();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::views::table
