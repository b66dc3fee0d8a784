#pragma once

#include <QListView>
#include <QStyledItemDelegate>
#include <QWidget>

#include "ui/models/FindingListModel.h"

class QComboBox;
class QLabel;

namespace kamei::ui::screens::work {

class FilterChip;

/// Paints a finding: state circle, category square, what it is and says, how many are alike, requirement.
class FindingDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The findings of the shown asset: counts, order, filters, list.
class FindingsPanel : public QWidget {
    Q_OBJECT

public:
    explicit FindingsPanel(QWidget* parent = nullptr);

    void setFindings(std::vector<model::Finding> findings, const guideline::RuleTable* rules);
    void setFilter(const models::FindingFilter& filter);
    /// Selects without emitting selected; a finding that is filtered out is selected in no row.
    void select(base::FindingId finding);
    /// Moves to the next (previous) finding in the order shown; false at the end. None selected: the first.
    bool move(bool forward);
    /// The next open finding after the current one, around the end, `without` left out; none when there is
    /// none.
    [[nodiscard]] base::FindingId nextOpen(const std::vector<base::FindingId>& without) const;
    /// The first (last) open finding of the list, else the first (last) one.
    [[nodiscard]] base::FindingId start(bool forward) const;
    [[nodiscard]] models::FindingListModel& model() { return *m_model; }
    [[nodiscard]] QListView& list() { return *m_list; }

signals:
    void selected(kamei::base::FindingId finding);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showCounts();
    void applyFilter();
    void retranslate();

    models::FindingListModel* m_model;
    QListView* m_list;
    QLabel* m_title;
    QLabel* m_count;
    QComboBox* m_order;
    FilterChip* m_required;
    FilterChip* m_recommended;
    FilterChip* m_judge;
    FilterChip* m_done;
    FilterChip* m_step;
    bool m_setting = false;
};

} // namespace kamei::ui::screens::work
