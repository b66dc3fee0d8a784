#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "core/decide/Edit.h"
#include "ui/screens/people/PeopleData.h"

class QComboBox;
class QPushButton;

namespace kamei::ui::screens {

/// Whose chosen data are: a person of the workspace (found by typing number, name or birth date), a new one,
/// or nobody known. The button says what it will do; it does nothing by itself.
class AssignBox : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names of its parts ("people.assign" gives "people.assign.person").
    explicit AssignBox(const QString& name, QWidget* parent = nullptr);
    /// `from` is whose the data are now, a none id for nobody: not offered. What is chosen stays where it
    /// can.
    void setPeople(const PeopleData* known, base::SubjectId from);
    /// How many data are chosen, and whether they may be changed.
    void setAssets(int count, bool writable);
    [[nodiscard]] decide::Assign edit(std::vector<base::AssetId> assets, std::string reason) const;
    void retranslate();

signals:
    void asked();

private:
    [[nodiscard]] int chosen() const; ///< row of the list, -1 while it is not clear who is meant
    void showButton();

    QComboBox* m_person;
    QPushButton* m_assign;
    const PeopleData* m_data = nullptr;
    base::SubjectId m_from;
    int m_count = 0;
    bool m_writable = false;
};

} // namespace kamei::ui::screens
