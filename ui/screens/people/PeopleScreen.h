#pragma once

#include <QTimer>
#include <optional>

#include "ui/screens/Screen.h"
#include "ui/screens/people/PeopleData.h"

class QLabel;
class QLineEdit;
class QStandardItemModel;
class QSortFilterProxyModel;
class QTableView;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens {

class PersonDetail;

/// Whose data they are: what is doubtful, with the evidence, and everybody; merging and splitting by hand.
class PeopleScreen : public Screen {
    Q_OBJECT

public:
    explicit PeopleScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void read();
    void showRows();
    void showChosen();

    QLabel* m_title;
    QLabel* m_totals;
    style::Segments* m_which;
    QLineEdit* m_words;
    QTableView* m_table;
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_shown;
    PersonDetail* m_detail;
    QLabel* m_nothing; ///< said in the place of an empty table
    std::optional<PeopleData> m_data;
    QTimer m_later;
    bool m_busy = false;
    bool m_stale = true;
};

} // namespace kamei::ui::screens
