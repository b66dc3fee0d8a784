// AssetPage: what a person wants done to columns and records of a table (Guideline 4.7.2).
#include <QInputDialog>
#include <QTableView>

#include "core/model/Method.h"
#include "ui/screens/work/AssetPage.h"
#include "ui/screens/work/MethodDialog.h"
#include "ui/views/table/TableView.h"

namespace kamei::ui::screens::work {
namespace {

constexpr int kMostRecords = 1'000'000;
constexpr int kUsualRecords = 10;

/// A finding that a person makes and decides in one.
model::Finding madeBy(const job::AssetRow& row, model::Action action, const model::Method& method) {
    model::Finding out;
    out.asset = row.asset.id;
    out.subject = row.asset.subject;
    out.detector = "person";
    out.origin = model::Origin::Person;
    out.category = model::Category::QuasiIdentifier;
    out.requirement = model::Requirement::Recommended;
    out.suggested = out.action = action;
    out.state = model::DecisionState::Accepted;
    out.method = model::toJson(method);
    return out;
}

} // namespace

void AssetPage::askMethod(int column, model::Action action) {
    const auto table = m_table->model().table();
    const models::ColumnDecision& decision = m_table->model().column(column);
    if (!table || decision.findings.empty()) {
        return;
    }
    std::vector<std::string> cells;
    cells.reserve(static_cast<std::size_t>(table->rows()));
    for (int row = 0; row < table->rows(); ++row) {
        cells.push_back(table->text(row, column).toStdString());
    }
    const model::Finding* finding = m_table->model().find(decision.findings.front());
    const bool same = finding != nullptr && finding->action == action;
    const auto before = same ? model::methodFromJson(finding->method) : model::Method{};
    auto* dialog = new MethodDialog(m_context, table->title(column), action, std::move(cells),
                                    before.value_or(model::Method{}), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, action, findings = decision.findings] {
        emit columnDecided(findings, action, model::toJson(dialog->method()));
    });
    dialog->open();
}

void AssetPage::askSyntheticRows() {
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("syntheticDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add artificial records"));
    dialog->setLabelText(
        tr("Each value is drawn by itself from its processed column; no record is a person's.\n"
           "Tell the recipients how many there are. Records to add:"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, kMostRecords);
    dialog->setIntValue(kUsualRecords);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        model::Method method;
        method.rows = dialog->intValue();
        model::Finding finding = madeBy(m_row, model::Action::Synthesise, method);
        finding.locator.kind = model::Locator::Kind::Asset;
        finding.text = tr("%1 artificial records").arg(dialog->intValue()).toStdString();
        emit findingsMade({finding});
    });
    dialog->open();
}

void AssetPage::deleteRecord() {
    const auto table = m_table->model().table();
    const QModelIndex at = m_table->table().currentIndex();
    if (!table || !at.isValid()) {
        return;
    }
    // The record is named by the first cell of the row that holds something.
    for (int column = 0; column < table->columns; ++column) {
        const std::ptrdiff_t segment = table->segmentOf(at.row(), column);
        if (segment < 0) {
            continue;
        }
        const auto& cell = table->shown->source.segments()[static_cast<std::size_t>(segment)];
        if (cell.end <= cell.start) {
            continue;
        }
        model::Method method;
        method.record = true;
        model::Finding finding = madeBy(m_row, model::Action::Delete, method);
        finding.locator.kind = model::Locator::Kind::Cell;
        finding.locator.row = cell.row;
        finding.locator.column = cell.column;
        finding.locator.start = cell.start;
        finding.locator.end = cell.end;
        finding.text = table->text(at.row(), column).toStdString();
        emit findingsMade({finding});
        return;
    }
}

} // namespace kamei::ui::screens::work
