#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "ui/screens/face/FaceData.h"

namespace kamei::ui::screens::face {

/// Heads whose surface may be recognised, those to be judged first.
class FaceListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Order { OpenFirst, BySubject, ByScore };
    enum Role { AssetRole = Qt::UserRole + 1, StandingRole, TitleRole, NoteRole };
    explicit FaceListModel(QObject* parent = nullptr);

    void setRows(std::vector<FaceRow> rows);
    void setOrder(Order order);
    void retranslate();
    [[nodiscard]] const std::vector<FaceRow>& rows() const { return m_rows; }
    [[nodiscard]] QModelIndex indexOf(base::AssetId asset) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void sort();

    std::vector<FaceRow> m_rows;
    Order m_order = Order::OpenFirst;
};

/// Paints a row: sign, subject and title, and what was found or decided below.
class FaceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace kamei::ui::screens::face
