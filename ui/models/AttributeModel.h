#pragma once

#include <QAbstractItemModel>
#include <QSet>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/guideline/RuleTable.h"
#include "core/job/Looking.h"
#include "core/model/Finding.h"

namespace kamei::ui::models {

/// What of the attributes is shown; parents of what is shown stay.
struct AttributeFilter {
    QString text; ///< part of tag, name or value
    bool changedOnly = false;
    bool openOnly = false;
    bool privateOnly = false;
    QSet<int> categories; ///< of model::Category; empty for all
    friend bool operator==(const AttributeFilter&, const AttributeFilter&) = default;
};

/// One row: a line of job::attributes, or the head of a private block.
struct AttributeRow {
    job::AttributeLine line;
    const model::Finding* finding = nullptr; ///< what is decided on it; null when nothing
    QString name;                            ///< in the reader's language where the guideline names it
    QString source;                          ///< short source of the rule: "5.4.2", "E.1-1"
    bool isBlock = false;                    ///< head of a private block
    enum class Mark { None, Changed, OpenRequired, Open };
    Mark mark = Mark::None; ///< the bar at the left
};

struct AttributeCounts {
    int attributes = 0;
    int changed = 0;
    int written = 0; ///< new values
    int removed = 0; ///< deleted or emptied
    int open = 0;
    int privateOnes = 0;
    std::unordered_map<int, int> categories; ///< findings by model::Category
};

/// The attributes of one instance as a tree: sequences with their items, private elements below their
/// block; before and after side by side.
class AttributeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Tag, Vr, Name, Before, After, Category, Need, State, Source, ColumnCount };

    explicit AttributeModel(QObject* parent = nullptr);
    ~AttributeModel() override;

    void setLines(std::vector<job::AttributeLine> lines, std::vector<model::Finding> findings,
                  const guideline::RuleTable* rules);
    void setFilter(const AttributeFilter& filter);
    [[nodiscard]] const AttributeFilter& filter() const { return m_filter; }
    [[nodiscard]] const AttributeCounts& counts() const { return m_counts; }
    [[nodiscard]] const AttributeRow* row(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(base::FindingId finding) const;
    /// The next row that is changed or open, in the order shown; invalid when there is none.
    [[nodiscard]] QModelIndex nextMarked(const QModelIndex& from) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// What stands after processing: the value, "(deleted)", "(empty)", or what is suggested while open.
    [[nodiscard]] static QString afterText(const AttributeRow& row);

private:
    struct Node;
    void arrange();
    bool keep(Node& node) const;

    std::vector<AttributeRow> m_rows;
    std::vector<model::Finding> m_findings;
    std::unique_ptr<Node> m_root;
    AttributeFilter m_filter;
    AttributeCounts m_counts;
};

} // namespace kamei::ui::models
