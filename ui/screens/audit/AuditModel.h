#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/job/Rows.h"

namespace kamei::ui::screens {

/// Entries of the audit log, newest first.
class AuditModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Who, Action, About, Hash, Number, Columns };
    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<job::AuditRow> rows);
    void append(std::vector<job::AuditRow> rows);
    [[nodiscard]] const std::vector<job::AuditRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Asks views to show words and dates anew after a change of language.
    void retranslate();

private:
    std::vector<job::AuditRow> m_rows;
};

/// Details of an entry (JSON of counts, ids, digests, words) as "name value · name value".
[[nodiscard]] QString detailsText(const std::string& json);

} // namespace kamei::ui::screens
