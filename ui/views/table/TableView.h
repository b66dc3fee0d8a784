#pragma once

#include <QWidget>
#include <functional>

#include "ui/models/ColumnProfile.h"
#include "ui/models/TableModel.h"

class QLabel;
class QSplitter;
class QTableView;

namespace kamei::ui::views::text {
class TextView;
}
namespace kamei::ui::views::table {

class ColumnHeader;
class ProfileView;

/// A table as rows and columns: a column has one category and one action, chosen in its head; the cell
/// under the cursor is read as text below, beside the distribution of its column.
class TableView : public QWidget {
    Q_OBJECT

public:
    explicit TableView(QWidget* parent = nullptr);

    void setTable(std::shared_ptr<const models::TableData> table, std::vector<model::Finding> findings,
                  bool keepPlace);
    void clear();
    void setCurrent(base::FindingId finding);
    void setProfile(int column, const models::ColumnProfile& profile);
    /// Tells which actions a finding can have, for the menu of a column.
    void setActions(std::function<std::vector<model::Action>(const model::Finding&)> actions);
    [[nodiscard]] models::TableModel& model() { return *m_model; }
    [[nodiscard]] QTableView& table() { return *m_table; }

signals:
    void findingSelected(kamei::base::FindingId finding);
    /// A person chose an action for a whole column.
    void columnDecided(int column, kamei::model::Action action);
    /// A person wants to say how a column is processed, beyond the action.
    void methodWanted(int column, kamei::model::Action action);
    /// A person wants the column as a finding of a category.
    void columnAdded(int column, kamei::model::Category category);
    /// A stretch of a cell was selected to add a finding: code points of the decoded file.
    void selectionMade(qint64 start, qint64 end, qint64 row, int column, const QRect& globalRect);
    void profileWanted(int column);

protected:
    void changeEvent(QEvent* event) override;

private:
    void currentChanged();
    void openColumnMenu(int column, const QPoint& at);
    void retranslate();

    models::TableModel* m_model;
    QTableView* m_table;
    ColumnHeader* m_header;
    QSplitter* m_detail;
    text::TextView* m_cell;
    ProfileView* m_profile;
    QLabel* m_cellTitle;
    std::function<std::vector<model::Action>(const model::Finding&)> m_actions;
    base::FindingId m_current;
    int m_profiled = -1;
    bool m_setting = false;
};

} // namespace kamei::ui::views::table
