#pragma once

#include <QString>
#include <utility>
#include <vector>

#include "ui/models/TableModel.h"

namespace kamei::ui::models {

/// How the values of a column are distributed: equal classes of numbers or dates, or the most frequent
/// values. Shows who stands out before anything is decided.
struct ColumnProfile {
    enum class Kind { Numbers, Dates, Values };
    Kind kind = Kind::Values;
    qint64 rows = 0;
    qint64 empty = 0;
    qint64 distinct = 0;
    QString lowest; ///< numbers and dates
    QString highest;
    std::vector<qint64> classes;                      ///< counts from lowest to highest
    std::vector<std::pair<QString, qint64>> frequent; ///< values: most frequent first, at most six

    /// Reads the whole column: any thread, not the GUI's.
    [[nodiscard]] static ColumnProfile of(const TableData& table, int column);
    [[nodiscard]] static ColumnProfile of(const std::vector<std::string>& cells);
};

} // namespace kamei::ui::models
