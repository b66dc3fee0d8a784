#include "ui/screens/policy/TableLook.h"

#include <QHeaderView>
#include <QTableView>

#include "ui/style/Theme.h"

namespace kamei::ui::screens::policy {

void dress(QTableView& table, std::initializer_list<int> widthsAtStandard) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setSortingEnabled(true);
    table.setFrameShape(QFrame::NoFrame);
    table.verticalHeader()->hide();
    table.verticalHeader()->setMinimumSectionSize(px(20));
    table.verticalHeader()->setDefaultSectionSize(px(26));
    auto* header = table.horizontalHeader();
    header->setFixedHeight(px(26));
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    int column = 0;
    for (const int width : widthsAtStandard) {
        header->setSectionResizeMode(column, width == 0 ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (width > 0) {
            table.setColumnWidth(column, px(width));
        }
        ++column;
    }
}

} // namespace kamei::ui::screens::policy
