#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include "ui/screens/risk/RiskData.h"
#include "ui/style/Badges.h"

namespace kamei::ui::screens {

/// Classes of people who show the same values, smallest first. Columns: size, one a field, people, state.
class RiskModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { SizeRole = Qt::UserRole + 1, SignRole };
    using QAbstractTableModel::QAbstractTableModel;

    void show(const risk::Analysis& analysis, const std::map<base::SubjectId, Person>& people,
              bool smallOnly);
    [[nodiscard]] const risk::EquivalenceClass& group(int row) const {
        return m_groups[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int stateColumn() const { return static_cast<int>(m_fields.size()) + 2; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString peopleOf(const risk::EquivalenceClass& group) const;
    [[nodiscard]] bool reasonsFor(const risk::EquivalenceClass& group) const;

    std::vector<risk::EquivalenceClass> m_groups;
    std::vector<std::string> m_fields;
    std::map<base::SubjectId, Person> m_people;
};

/// Paints sizes of one in red and the state with its sign.
class RiskDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace kamei::ui::screens
