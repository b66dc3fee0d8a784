#include "ui/models/WorkTreeModel.h"

#include <algorithm>

#include "ui/models/WorkTreeNodes.h"
#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::models {

std::int64_t TreeRow::required() const {
    return isAsset ? asset.findings.openRequired : isKind ? kind.openRequired : subject.findings.openRequired;
}

std::int64_t TreeRow::recommended() const {
    if (isKind) {
        return kind.openRecommended;
    }
    const job::Counts& counts = isAsset ? asset.findings : subject.findings;
    return counts.openRecommended + counts.openConditional;
}

std::int64_t TreeRow::open() const {
    if (isKind) {
        return kind.openRequired + kind.openRecommended;
    }
    return (isAsset ? asset.findings : subject.findings).open();
}

WorkTreeModel::WorkTreeModel(tasks::TaskRunner& runner, QObject* parent)
    : QAbstractItemModel(parent), m_runner(runner), m_root(std::make_unique<Node>()) {
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(250);
    connect(&m_refresh, &QTimer::timeout, this, &WorkTreeModel::refreshAll);
}

WorkTreeModel::~WorkTreeModel() = default;

void WorkTreeModel::setSession(std::shared_ptr<job::Session> session) {
    m_session = std::move(session);
    reload();
}

void WorkTreeModel::setQuery(const TreeQuery& query) {
    if (query == m_query) {
        return;
    }
    m_query = query;
    reload();
}

void WorkTreeModel::reload() {
    ++m_generation;
    m_refresh.stop();
    if (!m_session) {
        takeTop({});
        return;
    }
    m_runner.look(this, topReader(), [this, generation = m_generation](base::Expected<Top> top) {
        if (generation == m_generation && top) {
            takeTop(std::move(*top));
        }
    });
}

void WorkTreeModel::takeTop(Top top) {
    beginResetModel();
    ++m_generation; // answers on their way belong to rows that are gone
    m_assets.clear();
    m_root = std::make_unique<Node>();
    for (auto& row : top.rows) {
        auto child = std::make_unique<Node>();
        child->row = std::move(row);
        child->complete = child->row.isAsset;
        if (child->row.isAsset) {
            m_assets.emplace(child->row.asset.asset.id.value, child.get());
        }
        m_root->add(std::move(child));
    }
    endResetModel();
    emit totalsChanged(top.subjects, top.assets);
    emit loaded();
    continueReveal();
}

job::AssetQuery WorkTreeModel::assetsOf(const Node& parent) const {
    job::AssetQuery query;
    if (parent.row.isKind) {
        query.kind = parent.row.kind.kind;
    } else {
        query.subject = parent.row.subject.id;
    }
    query.openOnly = m_query.openOnly;
    return query;
}

void WorkTreeModel::fetchMore(const QModelIndex& parent) {
    Node* at = node(parent);
    if (at == m_root.get() || at->complete || at->loading || !m_session) {
        return;
    }
    at->loading = true;
    job::AssetQuery query = assetsOf(*at);
    query.offset = at->fetched;
    query.limit = kPage;
    m_runner.look(
        this, [session = m_session, query] { return session->assets(query); },
        [this, generation = m_generation, at](base::Expected<std::vector<job::AssetRow>> rows) {
            if (generation != m_generation) {
                return; // the node is gone with the tree it was in
            }
            at->loading = false;
            if (rows) {
                addAssets(*at, std::move(*rows), kPage);
            }
        });
}

void WorkTreeModel::addAssets(Node& parent, std::vector<job::AssetRow> rows, std::int64_t asked) {
    parent.fetched += static_cast<std::int64_t>(rows.size());
    parent.complete = static_cast<std::int64_t>(rows.size()) < asked;
    if (m_query.openFirst) {
        std::stable_sort(rows.begin(), rows.end(), [](const job::AssetRow& a, const job::AssetRow& b) {
            return urgency(a) < urgency(b);
        });
    }
    if (!rows.empty()) {
        const int first = static_cast<int>(parent.children.size());
        beginInsertRows(indexFor(&parent), first, first + static_cast<int>(rows.size()) - 1);
        for (auto& row : rows) {
            auto child = std::make_unique<Node>();
            child->row.isAsset = true;
            child->row.asset = std::move(row);
            child->complete = true;
            m_assets.insert_or_assign(child->row.asset.asset.id.value, child.get());
            parent.add(std::move(child));
        }
        endInsertRows();
    }
    continueReveal();
}

void WorkTreeModel::refresh(base::AssetId asset) {
    if (!m_session) {
        return;
    }
    if (!asset.valid()) {
        m_refresh.start();
        return;
    }
    m_runner.look(
        this, [session = m_session, asset] { return session->asset(asset); },
        [this, generation = m_generation](base::Expected<std::optional<job::AssetRow>> row) {
            if (generation == m_generation && row && *row) {
                takeAsset(**row);
            }
        });
}

void WorkTreeModel::takeAsset(const job::AssetRow& row) {
    const QModelIndex index = indexOf(row.asset.id);
    if (!index.isValid()) {
        m_refresh.start();
        return;
    }
    Node* at = node(index);
    at->row.asset = row;
    emit dataChanged(index, index);
    if (at->parent != m_root.get()) {
        if (at->parent->complete && !m_query.openOnly) {
            recount(*at->parent);
        } else {
            m_refresh.start();
        }
    }
}

void WorkTreeModel::recount(Node& parent) {
    job::Counts sum;
    for (const auto& child : parent.children) {
        const job::Counts& counts = child->row.asset.findings;
        sum.total += counts.total;
        sum.openRequired += counts.openRequired;
        sum.openRecommended += counts.openRecommended;
        sum.openConditional += counts.openConditional;
        sum.openNone += counts.openNone;
    }
    parent.row.subject.findings = sum;
    parent.row.kind.openRequired = sum.openRequired;
    parent.row.kind.openRecommended = sum.openRecommended;
    const QModelIndex index = indexFor(&parent);
    emit dataChanged(index, index);
}

void WorkTreeModel::refreshAll() {
    if (!m_session) {
        return;
    }
    m_runner.look(this, topReader(), [this, generation = m_generation](base::Expected<Top> top) {
        if (generation == m_generation && top) {
            updateTop(*top);
        }
    });
}

void WorkTreeModel::updateTop(const Top& top) {
    std::unordered_map<std::int64_t, const TreeRow*> fresh;
    for (const TreeRow& row : top.rows) {
        fresh.emplace(keyOf(row), &row);
    }
    const bool same =
        fresh.size() == m_root->children.size() &&
        std::all_of(m_root->children.begin(), m_root->children.end(), [&fresh](const auto& child) {
            const auto found = fresh.find(keyOf(child->row));
            // A subject that gained or lost assets is read anew.
            return found != fresh.end() && assetsIn(*found->second) == assetsIn(child->row);
        });
    if (!same) {
        takeTop(top);
        return;
    }
    for (const auto& child : m_root->children) {
        child->row = *fresh.at(keyOf(child->row));
    }
    if (!m_root->children.empty()) {
        emit dataChanged(index(0, 0), index(static_cast<int>(m_root->children.size()) - 1, 0));
    }
    emit totalsChanged(top.subjects, top.assets);
    for (const auto& child : m_root->children) {
        if (child->children.empty()) {
            continue;
        }
        job::AssetQuery query = assetsOf(*child);
        query.limit = std::max<std::int64_t>(child->fetched, 1);
        m_runner.look(
            this, [session = m_session, query] { return session->assets(query); },
            [this, generation = m_generation,
             at = child.get()](base::Expected<std::vector<job::AssetRow>> rows) {
                if (generation != m_generation || !rows) {
                    return;
                }
                for (auto& row : *rows) {
                    if (const auto found = m_assets.find(row.asset.id.value); found != m_assets.end()) {
                        found->second->row.asset = std::move(row);
                    }
                }
                const QModelIndex parent = indexFor(at);
                emit dataChanged(index(0, 0, parent),
                                 index(static_cast<int>(at->children.size()) - 1, 0, parent));
            });
    }
}

QModelIndex WorkTreeModel::indexOf(base::AssetId asset) const {
    const auto found = m_assets.find(asset.value);
    return found == m_assets.end() ? QModelIndex() : indexFor(found->second);
}

} // namespace kamei::ui::models
