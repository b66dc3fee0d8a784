#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "core/job/Rows.h"

namespace kamei::ui::screens::confirm {

/// One asset that waits for, or has had, a person's look.
struct ConfirmRow {
    enum class Status { Waiting, Confirmed, SentBack, Stale };
    job::AssetRow row;
    QString subject; ///< "P-0007"; empty when nobody is known
    Status status = Status::Waiting;
    QString note;      ///< second line
    bool forMe = true; ///< what is waited for is not a person other than the one who looks
};

/// Assets to be confirmed, unconfirmed first.
class ConfirmListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        AssetRole = Qt::UserRole + 1,
        StatusRole,
        NoteRole,
        TitleRole,
        SubjectRole,
        KindRole,
        ForMeRole
    };
    explicit ConfirmListModel(QObject* parent = nullptr);

    void setRows(std::vector<ConfirmRow> rows);
    [[nodiscard]] const std::vector<ConfirmRow>& rows() const { return m_rows; }
    [[nodiscard]] QModelIndex indexOf(base::AssetId asset) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<ConfirmRow> m_rows;
};

/// Paints a row: sign, kind, subject and title, and the second line.
class ConfirmDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace kamei::ui::screens::confirm
