#pragma once

#include <QAbstractListModel>
#include <array>
#include <memory>
#include <vector>

#include "core/guideline/RuleTable.h"
#include "core/job/Session.h"
#include "core/model/Finding.h"

namespace kamei::ui::models {

/// A finding as the list shows it.
struct FindingRow {
    model::Finding finding;
    QString title;    ///< what it is: the rule's item, the label's name, or the attribute's keyword in words
    QString value;    ///< what it says, on one line
    qint64 alike = 1; ///< instances of a series, or findings of this asset with the same value
};

/// What of an asset's findings is listed.
struct FindingFilter {
    bool required = true;
    bool recommended = true;
    bool judge = true;  ///< conditional ones
    bool others = true; ///< open ones for which the guideline asks nothing
    bool done = true;   ///< decided ones
    int step = 0;       ///< 4..8: only findings of that step of Guideline 4.9
    friend bool operator==(const FindingFilter&, const FindingFilter&) = default;
};

/// Numbers for the head of the list and its filters.
struct FindingCounts {
    qint64 total = 0;
    qint64 open = 0;
    qint64 required = 0; ///< open ones
    qint64 recommended = 0;
    qint64 judge = 0;
    qint64 done = 0;
};

/// The findings of one asset, filtered and ordered. Holds values only; the session is not asked.
class FindingListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Order { Document, Urgency };

    using QAbstractListModel::QAbstractListModel;

    /// `findings` in document order, as Session::findings lists them. Selections by id survive.
    void setFindings(std::vector<model::Finding> findings, const guideline::RuleTable* rules);
    void setFilter(const FindingFilter& filter);
    [[nodiscard]] const FindingFilter& filter() const { return m_filter; }
    void setOrder(Order order);
    [[nodiscard]] const FindingCounts& counts() const { return m_counts; }
    /// All findings of the asset, filtered out or not.
    [[nodiscard]] const std::vector<FindingRow>& all() const { return m_rows; }
    /// Null for an index of another model.
    [[nodiscard]] const FindingRow* at(const QModelIndex& index) const;
    [[nodiscard]] const FindingRow* find(base::FindingId id) const;
    /// Invalid when it is filtered out.
    [[nodiscard]] QModelIndex indexOf(base::FindingId id) const;
    /// The next (previous) open finding in the order shown, from `row` on, not around the end; -1 when there
    /// is none.
    [[nodiscard]] int nextOpen(int row, bool forward) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

signals:
    void countsChanged();

private:
    void arrange();

    std::vector<FindingRow> m_rows;
    std::vector<int> m_shown; ///< rows of m_rows, in the order shown
    FindingFilter m_filter;
    Order m_order = Order::Document;
    FindingCounts m_counts;
};

/// Whether an asset with these counts has something open that the filter lists, whatever the step.
[[nodiscard]] bool listsOpen(const FindingFilter& filter, const job::Counts& counts);
/// What a finding is, in the reader's words.
[[nodiscard]] QString titleOf(const model::Finding& finding, const guideline::RuleTable* rules);
/// "PatientComments" as "Patient Comments".
[[nodiscard]] QString spaced(const QString& keyword);

} // namespace kamei::ui::models
