#pragma once

#include <QFrame>
#include <vector>

#include "ui/screens/people/PeopleData.h"
#include "ui/shell/AppContext.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace kamei::ui::screens {

class AssignBox;

/// One person or several with what is stated of them, the data they are told by, and what can be done: merge,
/// keep apart, say that it is one person, say whose some of the data are instead.
class PersonDetail : public QFrame {
    Q_OBJECT

public:
    explicit PersonDetail(shell::AppContext& context, QWidget* parent = nullptr);
    /// `doubt` may be null; nothing chosen: an empty list.
    void show(const PeopleData* known, const std::vector<base::SubjectId>& people,
              const job::SubjectDoubt* doubt);
    void retranslate();

private:
    void showEvidence();
    void showAssets();
    void enableButtons();
    [[nodiscard]] QString nameOf(base::SubjectId id) const;
    [[nodiscard]] std::vector<base::AssetId> ticked() const;
    void merge();
    void settle();
    void assign();

    shell::AppContext& m_context;
    const PeopleData* m_data = nullptr;
    std::vector<base::SubjectId> m_people;
    const job::SubjectDoubt* m_doubt = nullptr;
    QLabel* m_title;
    QLabel* m_what;
    QLabel* m_evidenceHead;
    QTableWidget* m_evidence;
    QLabel* m_assetsHead;
    QListWidget* m_assets;
    QLabel* m_reasonHead;
    QPlainTextEdit* m_reason;
    QLabel* m_note;
    QPushButton* m_merge;
    QPushButton* m_settle;
    AssignBox* m_assign;
    quint64 m_question = 0;
};

} // namespace kamei::ui::screens
