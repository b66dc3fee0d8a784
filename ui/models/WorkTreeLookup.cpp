// WorkTreeModel: reading the top rows, finding the way to an asset, and the model's plain interface.
#include <algorithm>

#include "ui/models/WorkLists.h"
#include "ui/models/WorkTreeNodes.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::models {
namespace {

bool matches(const QString& text, const QString& filter) {
    return filter.isEmpty() || text.contains(filter, Qt::CaseInsensitive);
}

} // namespace

std::function<base::Expected<WorkTreeModel::Top>()> WorkTreeModel::topReader() const {
    return [session = m_session, query = m_query]() -> base::Expected<Top> {
        const auto overview = session->overview();
        if (!overview) {
            return tl::unexpected(overview.error());
        }
        Top top;
        top.subjects = overview->subjects;
        top.assets = overview->assets;
        const QString filter = query.filter.trimmed();
        if (query.group == TreeQuery::Group::Subject) {
            job::SubjectQuery wanted;
            wanted.openOnly = query.openOnly;
            wanted.text = filter.toStdString();
            auto subjects = session->subjects(wanted);
            if (!subjects) {
                return tl::unexpected(subjects.error());
            }
            if (query.openFirst) {
                std::stable_sort(subjects->begin(), subjects->end(),
                                 [](const auto& a, const auto& b) { return urgency(a) < urgency(b); });
            }
            for (auto& subject : *subjects) {
                TreeRow row;
                row.subject = std::move(subject);
                top.rows.push_back(std::move(row));
            }
            return top;
        }
        if (query.group == TreeQuery::Group::Kind) {
            for (const auto& kind : overview->kinds) {
                TreeRow row;
                row.isKind = true;
                row.kind = kind;
                if (kind.assets > 0 && (!query.openOnly || row.open() > 0) &&
                    matches(text::kindName(kind.kind), filter)) {
                    top.rows.push_back(std::move(row));
                }
            }
            if (query.openFirst) {
                std::stable_sort(top.rows.begin(), top.rows.end(), [](const TreeRow& a, const TreeRow& b) {
                    return std::pair(a.required() == 0, a.open() == 0) <
                           std::pair(b.required() == 0, b.open() == 0);
                });
            }
            return top;
        }
        auto assets = listed(*session, query.group);
        if (!assets) {
            return tl::unexpected(assets.error());
        }
        for (auto& asset : *assets) {
            if (matches(text::assetTitle(asset.asset), filter)) {
                TreeRow row;
                row.isAsset = true;
                row.asset = std::move(asset);
                top.rows.push_back(std::move(row));
            }
        }
        return top;
    };
}

void WorkTreeModel::reveal(base::AssetId asset, base::SubjectId subject, model::AssetKind kind) {
    m_revealing = Revealing{asset, subject, kind};
    continueReveal();
}

void WorkTreeModel::continueReveal() {
    if (!m_revealing) {
        return;
    }
    if (const QModelIndex index = indexOf(m_revealing->asset); index.isValid()) {
        m_revealing.reset();
        emit revealed(index);
        return;
    }
    for (const auto& top : m_root->children) {
        const TreeRow& row = top->row;
        const bool here = !row.isAsset && (row.isKind ? row.kind.kind == m_revealing->kind
                                                      : row.subject.id == m_revealing->subject);
        if (here && !top->complete) {
            fetchMore(indexFor(top.get())); // comes back here when the rows are there
            return;
        }
    }
}

void WorkTreeModel::nextOpen(base::AssetId from, bool forward, std::function<void(base::AssetId)> found,
                             Wanted wanted) {
    const QModelIndex index = indexOf(from);
    const Node* at = index.isValid() ? node(index) : nullptr;
    const int step = forward ? 1 : -1;
    int top = forward ? 0 : static_cast<int>(m_root->children.size()) - 1;
    if (at != nullptr) {
        const Node* parent = at->parent;
        for (int i = at->place + step; i >= 0 && i < static_cast<int>(parent->children.size()); i += step) {
            const TreeRow& row = parent->children[static_cast<std::size_t>(i)]->row;
            if (row.isAsset && (m_query.isList() || wanted(row.asset.findings))) {
                found(row.asset.asset.id);
                return;
            }
        }
        top = parent == m_root.get() ? -1 : parent->place + (parent->complete || !forward ? step : 0);
    }
    searchParents(top, forward, std::move(found), std::move(wanted));
}

void WorkTreeModel::searchParents(int from, bool forward, std::function<void(base::AssetId)> found,
                                  Wanted wanted) {
    const int step = forward ? 1 : -1;
    for (int i = from; i >= 0 && i < static_cast<int>(m_root->children.size()); i += step) {
        const Node& parent = *m_root->children[static_cast<std::size_t>(i)];
        if (parent.row.isAsset) {
            found(parent.row.asset.asset.id); // a list, from its end
            return;
        }
        // Rows of kinds do not count everything that may be wanted; there are few of them.
        if (!parent.row.isKind && !wanted(parent.row.subject.findings)) {
            continue;
        }
        job::AssetQuery query = assetsOf(parent);
        query.openOnly = true;
        m_runner.look(
            this, [session = m_session, query] { return session->assets(query); },
            [this, i, step, forward, openFirst = m_query.openFirst, generation = m_generation, found,
             wanted](base::Expected<std::vector<job::AssetRow>> rows) mutable {
                if (generation != m_generation) {
                    return;
                }
                if (rows) {
                    std::erase_if(*rows, [&wanted](const auto& row) { return !wanted(row.findings); });
                }
                if (!rows || rows->empty()) {
                    // its counts were out of date
                    searchParents(i + step, forward, std::move(found), std::move(wanted));
                    return;
                }
                if (openFirst) {
                    std::stable_sort(rows->begin(), rows->end(),
                                     [](const auto& a, const auto& b) { return urgency(a) < urgency(b); });
                }
                found(forward ? rows->front().asset.id : rows->back().asset.id);
            });
        return;
    }
    found({});
}

WorkTreeModel::Node* WorkTreeModel::node(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex WorkTreeModel::indexFor(const Node* node) const {
    return node == m_root.get() ? QModelIndex() : createIndex(node->place, 0, node);
}

const TreeRow* WorkTreeModel::row(const QModelIndex& index) const {
    return index.isValid() ? &node(index)->row : nullptr;
}

QModelIndex WorkTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* at = node(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(at->children.size())) {
        return {};
    }
    return createIndex(row, 0, at->children[static_cast<std::size_t>(row)].get());
}

QModelIndex WorkTreeModel::parent(const QModelIndex& child) const {
    const Node* at = node(child);
    return at == m_root.get() ? QModelIndex() : indexFor(at->parent);
}

int WorkTreeModel::rowCount(const QModelIndex& parent) const {
    return static_cast<int>(node(parent)->children.size());
}

int WorkTreeModel::columnCount(const QModelIndex&) const {
    return 1;
}

bool WorkTreeModel::hasChildren(const QModelIndex& parent) const {
    const Node* at = node(parent);
    return at == m_root.get() ? !at->children.empty() : !at->row.isAsset;
}

bool WorkTreeModel::canFetchMore(const QModelIndex& parent) const {
    const Node* at = node(parent);
    return at != m_root.get() && !at->complete && !at->loading;
}

QVariant WorkTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const TreeRow& row = node(index)->row;
    switch (role) {
    case RowRole:
        return QVariant::fromValue(row);
    case AssetRole:
        return row.isAsset ? QVariant::fromValue<qlonglong>(row.asset.asset.id.value) : QVariant();
    case SubjectRole:
        return QVariant::fromValue<qlonglong>(row.isAsset ? row.asset.asset.subject.value
                                                          : row.subject.id.value);
    default:
        return {};
    }
}

} // namespace kamei::ui::models
