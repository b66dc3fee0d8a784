#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "core/job/PrivateElements.h"
#include "core/model/Policy.h"

namespace kamei::ui::screens::policy {

/// Private elements of the devices of a workspace, as a policy that is not saved yet would decide on them,
/// and rows of the site's list that speak of none of them.
class PrivateModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Device, Creator, Place, Vr, Name, Series, Values, Known, Now, ColumnCount };
    enum Role { DeviceRole = Qt::UserRole, DiffusionRole };
    enum class Stand { Kept, Removed, Undecided };

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::vector<job::PrivateElement> elements);
    void show(const model::Policy& policy);
    [[nodiscard]] const job::PrivateElement* element(int row) const;
    [[nodiscard]] const model::Policy& policy() const { return m_policy; }
    /// The row of the list that decides on an element under the policy shown.
    [[nodiscard]] const model::PrivateRule* rule(const job::PrivateElement& element) const;
    /// Whether it would stay: by the list, else by Table E.3.10-1.
    [[nodiscard]] bool stays(const job::PrivateElement& element) const;
    /// Devices in the order shown, each once.
    [[nodiscard]] std::vector<model::Device> devices() const;
    /// Row of an element; -1 when there is none.
    [[nodiscard]] int rowOf(const std::string& creator, const std::string& place) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void arrange();
    [[nodiscard]] QString textOf(const job::PrivateElement& element, int column) const;

    std::vector<job::PrivateElement> m_found;
    std::vector<job::PrivateElement> m_rows; ///< and rows of the list without one
    model::Policy m_policy;
};

} // namespace kamei::ui::screens::policy
