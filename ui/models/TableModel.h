#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/guideline/RuleTable.h"
#include "core/job/Looking.h"
#include "core/model/Finding.h"

namespace kamei::ui::models {

/// A table as it stands in its file: where each row begins among the segments. Made off the GUI thread.
struct TableData {
    std::shared_ptr<const job::ShownText> shown;
    std::vector<std::size_t> rowStart; ///< first segment of each row; one more at the end
    int columns = 0;
    bool header = false; ///< row 0 names the columns

    [[nodiscard]] static std::shared_ptr<const TableData> make(std::shared_ptr<const job::ShownText> shown);
    [[nodiscard]] int rows() const { return static_cast<int>(rowStart.size()) - 1 - (header ? 1 : 0); }
    /// Segment of a cell; -1 where a row is shorter. `row` counts from 0 below the header.
    [[nodiscard]] std::ptrdiff_t segmentOf(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString title(int column) const; ///< from the header, else "Column 3"
    [[nodiscard]] std::string role(int column) const;
};

/// What is decided on a column: one category and one action, over the finding of the column or those of
/// its cells.
struct ColumnDecision {
    std::vector<base::FindingId> findings;
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
    model::Action action = model::Action::Keep; ///< decided, else suggested
    qint64 open = 0;
    bool mixed = false; ///< its cells have different categories or actions (free text)
    bool whole = false; ///< one finding stands for the column
};

/// A table as rows and columns; cells are read from the decoded file as they are asked for.
class TableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { FindingRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(std::shared_ptr<const TableData> data, std::vector<model::Finding> findings);
    [[nodiscard]] const std::shared_ptr<const TableData>& table() const { return m_data; }
    [[nodiscard]] const ColumnDecision& column(int column) const;
    /// The most pressing finding of a cell, or of its column; null when there is none.
    [[nodiscard]] const model::Finding* findingAt(const QModelIndex& index) const;
    [[nodiscard]] const model::Finding* find(base::FindingId id) const;
    [[nodiscard]] QModelIndex indexOf(base::FindingId id) const;
    [[nodiscard]] const std::vector<model::Finding>& findings() const { return m_findings; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static qint64 key(std::int64_t row, int column) { return row * 65536 + column; }

    std::shared_ptr<const TableData> m_data;
    std::vector<model::Finding> m_findings;
    std::vector<ColumnDecision> m_columns;
    std::unordered_map<qint64, std::size_t> m_cells; ///< most pressing finding of a cell
};

} // namespace kamei::ui::models
