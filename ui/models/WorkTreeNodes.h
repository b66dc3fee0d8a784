#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "ui/models/WorkTreeModel.h"

// Inside of WorkTreeModel, shared by its source files only.
namespace kamei::ui::models {

/// Assets that are read at a time below one row.
inline constexpr std::int64_t kPage = 500;

struct WorkTreeModel::Node {
    TreeRow row;
    Node* parent = nullptr;
    int place = 0; ///< row number below the parent
    std::vector<std::unique_ptr<Node>> children;
    std::int64_t fetched = 0;
    bool complete = false;
    bool loading = false;

    void add(std::unique_ptr<Node> child) {
        child->parent = this;
        child->place = static_cast<int>(children.size());
        children.push_back(std::move(child));
    }
};

/// The top rows and the numbers below the tree.
struct WorkTreeModel::Top {
    std::vector<TreeRow> rows;
    qint64 subjects = 0;
    qint64 assets = 0;
};

/// 0: required ones open, 1: others open, 2: nothing open.
template <class Row> [[nodiscard]] int urgency(const Row& row) {
    return row.findings.openRequired > 0 ? 0 : row.findings.open() > 0 ? 1 : 2;
}

[[nodiscard]] inline std::int64_t keyOf(const TreeRow& row) {
    return row.isAsset  ? row.asset.asset.id.value
           : row.isKind ? static_cast<std::int64_t>(row.kind.kind)
                        : row.subject.id.value;
}

[[nodiscard]] inline std::int64_t assetsIn(const TreeRow& row) {
    return row.isAsset ? 0 : row.isKind ? row.kind.assets : row.subject.assets;
}

} // namespace kamei::ui::models
