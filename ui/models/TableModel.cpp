#include "ui/models/TableModel.h"

#include <QStringList>
#include <algorithm>

#include "ui/text/Words.h"

namespace kamei::ui::models {
namespace {

using model::DecisionState;
using model::Locator;

/// Open and required ones before others.
int weight(const model::Finding& finding) {
    return (finding.state == DecisionState::Open ? 10 : 0) + 4 - static_cast<int>(finding.requirement);
}

model::Action actionOf(const model::Finding& finding) {
    return finding.state == DecisionState::Open ? finding.suggested : finding.effective();
}

} // namespace

std::shared_ptr<const TableData> TableData::make(std::shared_ptr<const job::ShownText> shown) {
    auto table = std::make_shared<TableData>();
    table->shown = std::move(shown);
    table->header = table->shown->source.hasHeader();
    const auto& segments = table->shown->source.segments();
    std::int64_t row = -1;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].row < 0) {
            continue;
        }
        while (row < segments[i].row) { // blank lines are rows without cells
            table->rowStart.push_back(i);
            ++row;
        }
        table->columns = std::max(table->columns, segments[i].column + 1);
    }
    table->rowStart.push_back(segments.size());
    return table;
}

std::ptrdiff_t TableData::segmentOf(int row, int column) const {
    const auto at = static_cast<std::size_t>(row + (header ? 1 : 0));
    if (row < (header ? -1 : 0) || at + 1 >= rowStart.size()) {
        return -1;
    }
    const std::size_t segment = rowStart[at] + static_cast<std::size_t>(column);
    return segment < rowStart[at + 1] ? static_cast<std::ptrdiff_t>(segment) : -1;
}

QString TableData::text(int row, int column) const {
    const std::ptrdiff_t segment = segmentOf(row, column);
    return segment < 0 ? QString()
                       : QString::fromStdString(shown->source.content(
                             shown->source.segments()[static_cast<std::size_t>(segment)]));
}

QString TableData::title(int column) const {
    const QString name = header ? text(-1, column).simplified() : QString();
    return name.isEmpty() ? TableModel::tr("Column %1").arg(column + 1) : name;
}

std::string TableData::role(int column) const {
    const std::ptrdiff_t segment = segmentOf(0, column);
    return segment < 0 ? std::string() : shown->source.segments()[static_cast<std::size_t>(segment)].role;
}

void TableModel::setTable(std::shared_ptr<const TableData> data, std::vector<model::Finding> findings) {
    beginResetModel();
    m_data = std::move(data);
    m_findings = std::move(findings);
    m_cells.clear();
    m_columns.assign(static_cast<std::size_t>(columnCount()), {});
    for (std::size_t i = 0; i < m_findings.size(); ++i) {
        const model::Finding& finding = m_findings[i];
        const bool whole = finding.locator.kind == Locator::Kind::Column;
        const int at = finding.locator.column;
        if ((!whole && finding.locator.kind != Locator::Kind::Cell) || at < 0 || at >= columnCount()) {
            continue;
        }
        ColumnDecision& column = m_columns[static_cast<std::size_t>(at)];
        if (column.findings.empty() || whole) {
            column.category = finding.category;
            column.requirement = finding.requirement;
            column.action = actionOf(finding);
        } else if (!column.whole) {
            column.mixed =
                column.mixed || column.category != finding.category || column.action != actionOf(finding);
            column.requirement = std::min(column.requirement, finding.requirement);
        }
        column.whole = column.whole || whole;
        column.findings.push_back(finding.id);
        column.open += finding.state == DecisionState::Open ? 1 : 0;
        if (!whole) {
            const auto [cell, fresh] = m_cells.emplace(key(finding.locator.row, at), i);
            if (!fresh && weight(finding) > weight(m_findings[cell->second])) {
                cell->second = i;
            }
        }
    }
    endResetModel();
}

const ColumnDecision& TableModel::column(int column) const {
    static const ColumnDecision none;
    return column < 0 || column >= static_cast<int>(m_columns.size())
               ? none
               : m_columns[static_cast<std::size_t>(column)];
}

const model::Finding* TableModel::findingAt(const QModelIndex& index) const {
    if (!index.isValid() || !m_data) {
        return nullptr;
    }
    const auto cell = m_cells.find(key(index.row() + (m_data->header ? 1 : 0), index.column()));
    if (cell != m_cells.end()) {
        return &m_findings[cell->second];
    }
    const ColumnDecision& whole = column(index.column());
    return whole.whole ? find(whole.findings.front()) : nullptr;
}

const model::Finding* TableModel::find(base::FindingId id) const {
    const auto found = std::find_if(m_findings.begin(), m_findings.end(),
                                    [id](const model::Finding& finding) { return finding.id == id; });
    return found == m_findings.end() ? nullptr : &*found;
}

QModelIndex TableModel::indexOf(base::FindingId id) const {
    const model::Finding* finding = find(id);
    if (finding == nullptr || !m_data) {
        return {};
    }
    if (finding->locator.kind == Locator::Kind::Column) {
        return index(0, finding->locator.column);
    }
    if (finding->locator.kind != Locator::Kind::Cell) {
        return {};
    }
    return index(static_cast<int>(finding->locator.row) - (m_data->header ? 1 : 0), finding->locator.column);
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_data ? 0 : std::max(0, m_data->rows());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_data ? 0 : m_data->columns;
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_data) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return m_data->text(index.row(), index.column()).left(300).simplified();
    }
    const model::Finding* finding =
        role == FindingRole || role == Qt::AccessibleTextRole ? findingAt(index) : nullptr;
    if (role == FindingRole) {
        return finding == nullptr ? QVariant() : QVariant::fromValue<qlonglong>(finding->id.value);
    }
    if (role == Qt::AccessibleTextRole) {
        QStringList words{m_data->text(index.row(), index.column()).left(300).simplified()};
        if (finding != nullptr) {
            words << text::categoryName(finding->category) << text::requirementName(finding->requirement)
                  << text::stateName(finding->state);
        }
        return words.join(QStringLiteral(", "));
    }
    return {};
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_data) {
        return {};
    }
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(section + 1 + (m_data->header ? 1 : 0)) : QVariant();
    }
    if (role == Qt::DisplayRole) {
        return m_data->title(section);
    }
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        const ColumnDecision& decision = column(section);
        QStringList words{m_data->title(section)};
        if (!decision.findings.empty()) {
            words << text::categoryName(decision.category) << text::requirementName(decision.requirement)
                  << text::actionName(decision.action)
                  << tr("%n open", nullptr, static_cast<int>(decision.open));
        }
        return words.join(QStringLiteral(", "));
    }
    return {};
}

} // namespace kamei::ui::models
