#pragma once

#include <initializer_list>

class QTableView;

namespace kamei::ui::screens::policy {

/// The look that the tables of this screen share: whole rows, no grid, the column of width 0 takes the rest.
void dress(QTableView& table, std::initializer_list<int> widthsAtStandard);

} // namespace kamei::ui::screens::policy
