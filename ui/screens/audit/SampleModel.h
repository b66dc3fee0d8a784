#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <vector>

#include "core/job/Rows.h"
#include "core/model/Review.h"

namespace kamei::ui::screens {

/// One thing of a sample with what names it in the window.
struct SampleRow {
    model::AuditItem item;
    model::AssetKind kind = model::AssetKind::Unreadable;
    QString subject; ///< "P-0007"
    QString title;
    bool changed = false; ///< the staged bytes are no longer those that were drawn
};

[[nodiscard]] QString judgementName(model::Judgement judgement);

/// The things of a sample in the order in which they are looked at.
class SampleModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Subject, Data, Hash, Judged, Columns };
    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<SampleRow> rows);
    [[nodiscard]] const std::vector<SampleRow>& rows() const { return m_rows; }
    [[nodiscard]] const SampleRow* row(const QModelIndex& index) const;
    /// The first after `from` that nobody judged, around the end; -1 for none.
    [[nodiscard]] int nextOpen(int from) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void retranslate();

private:
    std::vector<SampleRow> m_rows;
};

} // namespace kamei::ui::screens
