#pragma once

#include <QAbstractTableModel>
#include <string>
#include <vector>

#include "core/guideline/RuleTable.h"
#include "core/model/Policy.h"

namespace kamei::ui::screens::policy {

/// Rules of the guideline with what the site says of them, and rules of PS3.15 that the policy names.
class RuleModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Item, Data, Need, Section, Site, Reason, ColumnCount };
    struct Row {
        std::string id;
        const guideline::Rule* rule = nullptr; ///< null for rules of PS3.15
    };

    using QAbstractTableModel::QAbstractTableModel;
    /// `rules` outlives the model's content.
    void show(const guideline::RuleTable* rules, const model::Policy& policy);
    [[nodiscard]] const Row* row(int at) const;
    [[nodiscard]] const model::Policy& policy() const { return m_policy; }
    /// Whether the site may not keep it: the guideline requires it.
    [[nodiscard]] static bool locked(const Row& row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const Row& row, int column) const;

    std::vector<Row> m_rows;
    model::Policy m_policy;
    const guideline::RuleTable* m_rules = nullptr;
};

} // namespace kamei::ui::screens::policy
