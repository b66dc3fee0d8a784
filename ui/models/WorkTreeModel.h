#pragma once

#include <QAbstractItemModel>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/job/Session.h"

namespace kamei::ui::tasks {
class TaskRunner;
}
namespace kamei::ui::models {

/// What the tree of the Work screen lists, and how.
struct TreeQuery {
    /// Subjects and kinds hold assets; the others are lists of assets that need somebody.
    enum class Group { Subject, Kind, Unreadable, SentBack, Residual, Changed };
    Group group = Group::Subject;
    bool openFirst = true;
    bool openOnly = false;
    QString filter; ///< part of a subject's number, or of a kind or title
    [[nodiscard]] bool isList() const { return group != Group::Subject && group != Group::Kind; }
    friend bool operator==(const TreeQuery&, const TreeQuery&) = default;
};

/// One row of the tree, as the delegate paints it.
struct TreeRow {
    bool isAsset = false;
    job::SubjectRow subject;     ///< rows of subjects
    job::Overview::KindRow kind; ///< rows of kinds
    job::AssetRow asset;         ///< rows of assets
    bool isKind = false;
    [[nodiscard]] std::int64_t required() const;
    [[nodiscard]] std::int64_t recommended() const; ///< recommended and conditional ones
    [[nodiscard]] std::int64_t open() const;
};

/// Subjects (or kinds) with their assets; children are read when a row is opened, large kinds page by
/// page, everything off the GUI thread. Counts are refreshed in place so that rows do not jump while
/// someone works; a new query sorts anew.
class WorkTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    using Wanted = std::function<bool(const job::Counts&)>;
    enum Role { RowRole = Qt::UserRole + 1, AssetRole, SubjectRole };

    explicit WorkTreeModel(tasks::TaskRunner& runner, QObject* parent = nullptr);
    ~WorkTreeModel() override;

    void setSession(std::shared_ptr<job::Session> session);
    void setQuery(const TreeQuery& query);
    [[nodiscard]] const TreeQuery& query() const { return m_query; }
    /// Reads everything anew.
    void reload();
    /// Brings counts up to date: of one asset, or (none) of all that is shown.
    void refresh(base::AssetId asset);

    /// Where an asset stands; invalid while its row is not read yet.
    [[nodiscard]] QModelIndex indexOf(base::AssetId asset) const;
    /// Reads what is needed to show an asset of a subject; revealed() tells when its row is there.
    void reveal(base::AssetId asset, base::SubjectId subject, model::AssetKind kind);
    /// Finds the asset with open findings that follows (or precedes) one, over the borders of subjects;
    /// `found` gets a none id when there is none. `wanted` says which counts are looked for. In a list every
    /// asset is one to look at.
    void nextOpen(
        base::AssetId from, bool forward, std::function<void(base::AssetId)> found,
        Wanted wanted = [](const job::Counts& counts) { return counts.open() > 0; });
    [[nodiscard]] const TreeRow* row(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    void loaded();                           ///< the top rows are there
    void revealed(const QModelIndex& index); ///< after reveal()
    void totalsChanged(qint64 subjects, qint64 assets);

private:
    struct Node;
    struct Top;
    [[nodiscard]] Node* node(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexFor(const Node* node) const;
    [[nodiscard]] job::AssetQuery assetsOf(const Node& parent) const;
    void takeTop(Top top);
    void refreshAll();
    void updateTop(const Top& top);
    void takeAsset(const job::AssetRow& row);
    void addAssets(Node& parent, std::vector<job::AssetRow> rows, std::int64_t asked);
    void recount(Node& parent);
    void continueReveal();
    void searchParents(int from, bool forward, std::function<void(base::AssetId)> found, Wanted wanted);
    [[nodiscard]] std::function<base::Expected<Top>()> topReader() const;

    tasks::TaskRunner& m_runner;
    std::shared_ptr<job::Session> m_session;
    TreeQuery m_query;
    std::unique_ptr<Node> m_root;
    std::unordered_map<std::int64_t, Node*> m_assets; ///< rows of assets by id
    std::uint64_t m_generation = 0;
    QTimer m_refresh;
    struct Revealing {
        base::AssetId asset;
        base::SubjectId subject;
        model::AssetKind kind = model::AssetKind::Unreadable;
    };
    std::optional<Revealing> m_revealing;
};

} // namespace kamei::ui::models

Q_DECLARE_METATYPE(kamei::ui::models::TreeRow)
