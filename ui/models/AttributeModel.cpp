#include "ui/models/AttributeModel.h"

#include <algorithm>
#include <map>

#include "ui/models/FindingListModel.h"
#include "ui/text/Language.h"
#include "ui/text/Words.h"

namespace kamei::ui::models {
namespace {

using job::AttributeLine;

QString shortSource(const std::string& rule, const guideline::RuleTable* rules) {
    if (const guideline::Rule* row = rules == nullptr ? nullptr : rules->find(rule)) {
        return text::fromUtf8(row->section);
    }
    const QString name = text::fromUtf8(rule);
    // "PS3.15 E.1-1 (0040,0007)": table and number are enough beside the tag.
    return name.startsWith(QLatin1String("PS3.15")) ? name.section(QLatin1Char(' '), 1, 1) : name;
}

QString nameOf(const AttributeLine& line, const guideline::RuleTable* rules) {
    if (line.isItem) {
        const bool file = line.path.starts_with('#');
        const auto open = line.path.rfind('[');
        const int number = open == std::string::npos ? 0 : std::atoi(line.path.c_str() + open + 1);
        return (file ? AttributeModel::tr("File %1") : AttributeModel::tr("Item %1")).arg(number + 1);
    }
    if (text::japanese() && rules != nullptr && !line.isPrivate) {
        if (const guideline::Rule* rule = rules->findAttribute(line.tag)) {
            return text::ruleName(*rule);
        }
    }
    if (!line.name.empty()) {
        return text::fromUtf8(line.name);
    }
    if (line.isPrivate) {
        return AttributeModel::tr("(not known)");
    }
    return line.keyword.empty() ? AttributeModel::tr("(not defined)") : spaced(text::fromUtf8(line.keyword));
}

/// The element that reserves a block of private elements: "(gggg,00bb)".
bool isCreator(const AttributeLine& line) {
    return line.isPrivate && line.tag.size() == 11 && line.tag.compare(6, 2, "00") == 0 &&
           line.tag.compare(8, 2, "10") >= 0;
}

/// "(gggg,bb" of a private element in the block that the creator "(gggg,00bb)" reserves.
std::string blockOf(const AttributeLine& line) {
    return isCreator(line) ? line.tag.substr(0, 6) + line.tag.substr(8, 2) : line.tag.substr(0, 8);
}

} // namespace

struct AttributeModel::Node {
    int row = -1; ///< of m_rows
    Node* parent = nullptr;
    int place = 0;
    std::vector<std::unique_ptr<Node>> children;

    Node& add(int index) {
        auto child = std::make_unique<Node>();
        child->row = index;
        child->parent = this;
        children.push_back(std::move(child));
        return *children.back();
    }
    void number() {
        for (std::size_t i = 0; i < children.size(); ++i) {
            children[i]->place = static_cast<int>(i);
            children[i]->number();
        }
    }
};

AttributeModel::AttributeModel(QObject* parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}
AttributeModel::~AttributeModel() = default;

void AttributeModel::setLines(std::vector<AttributeLine> lines, std::vector<model::Finding> findings,
                              const guideline::RuleTable* rules) {
    beginResetModel();
    m_findings = std::move(findings);
    std::unordered_map<std::int64_t, const model::Finding*> byId;
    for (const auto& finding : m_findings) {
        byId.emplace(finding.id.value, &finding);
    }
    m_rows.clear();
    m_counts = {};
    m_rows.reserve(lines.size());
    for (auto& line : lines) {
        AttributeRow row;
        const auto found = byId.find(line.finding.value);
        row.finding = found == byId.end() ? nullptr : found->second;
        row.name = nameOf(line, rules);
        row.isBlock = isCreator(line);
        if (row.isBlock) {
            row.name = tr("Private: %1").arg(text::fromUtf8(line.before));
        }
        m_counts.attributes += line.isItem ? 0 : 1;
        m_counts.privateOnes += line.isPrivate && !row.isBlock ? 1 : 0;
        m_counts.changed += line.changed || line.removed || line.added ? 1 : 0;
        m_counts.removed += line.removed || (line.changed && line.after.empty()) ? 1 : 0;
        m_counts.written += (line.changed || line.added) && !line.removed && !line.after.empty() ? 1 : 0;
        if (row.finding != nullptr) {
            row.source = shortSource(row.finding->rule, rules);
            ++m_counts.categories[static_cast<int>(row.finding->category)];
            if (row.finding->state == model::DecisionState::Open) {
                ++m_counts.open;
                row.mark = row.finding->requirement == model::Requirement::Required
                               ? AttributeRow::Mark::OpenRequired
                               : AttributeRow::Mark::Open;
            }
        }
        if (row.mark == AttributeRow::Mark::None && (line.changed || line.removed || line.added)) {
            row.mark = AttributeRow::Mark::Changed;
        }
        row.line = std::move(line);
        m_rows.push_back(std::move(row));
    }
    arrange();
    endResetModel();
}

void AttributeModel::setFilter(const AttributeFilter& filter) {
    if (filter == m_filter) {
        return;
    }
    beginResetModel();
    m_filter = filter;
    arrange();
    endResetModel();
}

void AttributeModel::arrange() {
    m_root = std::make_unique<Node>();
    std::vector<Node*> path{m_root.get()}; // the node at each depth
    std::map<std::string, Node*, std::less<>> blocks;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const AttributeLine& line = m_rows[i].line;
        const auto depth = std::min(static_cast<std::size_t>(std::max(0, line.depth)), path.size() - 1);
        path.resize(depth + 1);
        Node* parent = path[depth];
        if (line.isPrivate && !line.isItem) {
            const std::string key = std::to_string(reinterpret_cast<std::uintptr_t>(parent)) + blockOf(line);
            if (isCreator(line)) {
                blocks[key] = &parent->add(static_cast<int>(i));
                path.push_back(blocks[key]);
                continue;
            }
            if (const auto block = blocks.find(key); block != blocks.end()) {
                path.push_back(&block->second->add(static_cast<int>(i)));
                continue;
            }
        }
        path.push_back(&parent->add(static_cast<int>(i)));
    }
    keep(*m_root);
    m_root->number();
}

bool AttributeModel::keep(Node& node) const {
    std::erase_if(node.children, [this](const auto& child) { return !keep(*child); });
    if (node.row < 0 || !node.children.empty()) {
        return true;
    }
    const AttributeRow& row = m_rows[static_cast<std::size_t>(node.row)];
    if (m_filter.changedOnly && !(row.line.changed || row.line.removed || row.line.added)) {
        return false;
    }
    if (m_filter.openOnly && (row.finding == nullptr || row.finding->state != model::DecisionState::Open)) {
        return false;
    }
    if (m_filter.privateOnly && !row.line.isPrivate) {
        return false;
    }
    if (!m_filter.categories.isEmpty() &&
        (row.finding == nullptr || !m_filter.categories.contains(static_cast<int>(row.finding->category)))) {
        return false;
    }
    const QString& text = m_filter.text;
    return text.isEmpty() || row.name.contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.tag).contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.name).contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.keyword).contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.creator).contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.before).contains(text, Qt::CaseInsensitive) ||
           text::fromUtf8(row.line.after).contains(text, Qt::CaseInsensitive);
}

const AttributeRow* AttributeModel::row(const QModelIndex& index) const {
    if (!index.isValid()) {
        return nullptr;
    }
    return &m_rows[static_cast<std::size_t>(static_cast<const Node*>(index.internalPointer())->row)];
}

QModelIndex AttributeModel::indexOf(base::FindingId finding) const {
    QModelIndex found;
    const auto visit = [&](const auto& self, const QModelIndex& parent) -> bool {
        for (int i = 0; i < rowCount(parent); ++i) {
            const QModelIndex at = index(i, 0, parent);
            if (row(at)->finding != nullptr && row(at)->finding->id == finding) {
                found = at;
                return true;
            }
            if (self(self, at)) {
                return true;
            }
        }
        return false;
    };
    visit(visit, {});
    return found;
}

QModelIndex AttributeModel::nextMarked(const QModelIndex& from) const {
    bool passed = !from.isValid();
    QModelIndex found;
    const auto visit = [&](const auto& self, const QModelIndex& parent) -> bool {
        for (int i = 0; i < rowCount(parent); ++i) {
            const QModelIndex at = index(i, 0, parent);
            if (passed && row(at)->mark != AttributeRow::Mark::None && !row(at)->isBlock) {
                found = at;
                return true;
            }
            passed = passed || at == from.siblingAtColumn(0);
            if (self(self, at)) {
                return true;
            }
        }
        return false;
    };
    visit(visit, {});
    return found;
}

QString AttributeModel::afterText(const AttributeRow& row) {
    const AttributeLine& line = row.line;
    if (line.isItem || line.isSequence || row.isBlock) {
        return line.removed ? tr("(deleted)") : QString();
    }
    if (row.finding != nullptr && row.finding->state == model::DecisionState::Open) {
        return tr("Open; suggested: %1").arg(text::actionName(row.finding->suggested));
    }
    if (line.removed) {
        return tr("(deleted)");
    }
    if (line.after.empty() && !line.before.empty()) {
        return tr("(empty)");
    }
    return text::fromUtf8(line.after) + (line.varies ? QStringLiteral(" ≠") : QString());
}

QModelIndex AttributeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* at = parent.isValid() ? static_cast<const Node*>(parent.internalPointer()) : m_root.get();
    if (row < 0 || row >= static_cast<int>(at->children.size()) || column < 0 || column >= ColumnCount) {
        return {};
    }
    return createIndex(row, column, at->children[static_cast<std::size_t>(row)].get());
}

QModelIndex AttributeModel::parent(const QModelIndex& child) const {
    const Node* at = static_cast<const Node*>(child.internalPointer());
    if (!child.isValid() || at->parent == m_root.get()) {
        return {};
    }
    return createIndex(at->parent->place, 0, at->parent);
}

int AttributeModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) {
        return 0;
    }
    const Node* at = parent.isValid() ? static_cast<const Node*>(parent.internalPointer()) : m_root.get();
    return static_cast<int>(at->children.size());
}

int AttributeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant AttributeModel::data(const QModelIndex& index, int role) const {
    const AttributeRow* at = row(index);
    if (at == nullptr) {
        return {};
    }
    const AttributeLine& line = at->line;
    const model::Finding* finding = at->finding;
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case Tag:
            return line.isItem ? at->name : text::fromUtf8(line.tag);
        case Vr:
            return line.isItem || at->isBlock ? QString() : text::fromUtf8(line.vr);
        case Name:
            return line.isItem ? QString() : at->name;
        case Before:
            return at->isBlock ? QString()
                               : text::fromUtf8(line.before).simplified() +
                                     (line.varies ? QStringLiteral(" ≠") : QString());
        case After:
            return afterText(*at);
        case Source:
            return at->source;
        default:
            return {};
        }
    }
    if (role == Qt::ToolTipRole && (index.column() == Before || index.column() == After)) {
        return index.column() == Before ? text::fromUtf8(line.before) : afterText(*at);
    }
    if (role == Qt::AccessibleTextRole || (role == Qt::ToolTipRole && index.column() >= Category)) {
        switch (index.column()) {
        case Category:
            return finding == nullptr ? QString() : text::categoryName(finding->category);
        case Need:
            return finding == nullptr ? QString() : text::requirementName(finding->requirement);
        case State:
            return finding == nullptr ? QString() : text::stateName(finding->state);
        default:
            return data(index, Qt::DisplayRole);
        }
    }
    return {};
}

QVariant AttributeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) {
        return {};
    }
    const bool spoken = role == Qt::AccessibleTextRole;
    switch (section) {
    case Tag:
        return tr("Tag");
    case Vr:
        return tr("VR");
    case Name:
        return tr("Name");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    case Category:
        return spoken ? tr("Category") : QString();
    case Need:
        return tr("Need");
    case State:
        return spoken ? tr("State") : QString();
    case Source:
        return tr("Source");
    default:
        return {};
    }
}

} // namespace kamei::ui::models
