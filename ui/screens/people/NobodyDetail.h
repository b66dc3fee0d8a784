#pragma once

#include <QFrame>
#include <vector>

#include "ui/screens/people/PeopleData.h"
#include "ui/shell/AppContext.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace kamei::ui::screens {

class AssignBox;

/// Data of nobody known that are chosen: what they are, a look at them, and the person they are given to.
class NobodyDetail : public QFrame {
    Q_OBJECT

public:
    explicit NobodyDetail(shell::AppContext& context, QWidget* parent = nullptr);
    void setPeople(const PeopleData* known);
    void show(const std::vector<const PeopleData::Unassigned*>& chosen);
    /// Opens the data where they are worked on.
    void look(base::AssetId asset);
    void retranslate();

private:
    void assign();

    shell::AppContext& m_context;
    std::vector<base::AssetId> m_assets;
    QLabel* m_title;
    QLabel* m_what;
    QLabel* m_chosenHead;
    QListWidget* m_chosen;
    QPushButton* m_look;
    QLabel* m_reasonHead;
    QPlainTextEdit* m_reason;
    QLabel* m_note;
    AssignBox* m_assign;
};

} // namespace kamei::ui::screens
