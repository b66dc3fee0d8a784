#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>
#include <QWidget>

#include "ui/models/WorkTreeModel.h"
#include "ui/shell/AppContext.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QTimer;

namespace kamei::ui::screens::work {

/// Paints a row of the tree: state circle, kind icon, title, what is open (required in red, the rest
/// outlined).
class TreeDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The same as the painted signs, in words.
    [[nodiscard]] static QString spoken(const models::TreeRow& row);
};

/// The tree itself, with the bar at the left of the selected row.
class SubjectTree : public QTreeView {
    Q_OBJECT

public:
    explicit SubjectTree(QWidget* parent = nullptr);

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
};

/// Subjects and assets: filter, order, grouping, tree, totals.
class TreePanel : public QWidget {
    Q_OBJECT

public:
    explicit TreePanel(shell::AppContext& context, QWidget* parent = nullptr);

    [[nodiscard]] models::WorkTreeModel& model() { return *m_model; }
    [[nodiscard]] SubjectTree& tree() { return *m_tree; }
    void setQuery(const models::TreeQuery& query);
    /// Selects an asset, reading its subject first when needed; does not emit assetChosen.
    void show(base::AssetId asset, base::SubjectId subject, model::AssetKind kind);
    void focusFilter();

signals:
    void assetChosen(kamei::base::AssetId asset);
    /// The first asset with something open was asked for and none is shown yet.
    void loaded();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addFilterIcon();
    void applyQuery();
    void choose(const QModelIndex& index);
    void retranslate();
    void showTotals();

    models::WorkTreeModel* m_model;
    SubjectTree* m_tree;
    QLineEdit* m_filter;
    QComboBox* m_order;
    QComboBox* m_group;
    QLabel* m_totals;
    QTimer* m_typing;
    qint64 m_subjects = 0;
    qint64 m_assets = 0;
    bool m_setting = false;
};

} // namespace kamei::ui::screens::work
