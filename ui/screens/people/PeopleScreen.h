#pragma once

#include <QTimer>
#include <optional>

#include "ui/screens/Screen.h"
#include "ui/screens/people/PeopleData.h"

class QLabel;
class QLineEdit;
class QStackedWidget;
class QStandardItemModel;
class QSortFilterProxyModel;
class QTableView;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens {

class NobodyDetail;
class PersonDetail;

/// Whose data they are: what is doubtful, with the evidence, everybody, and data of nobody known;
/// merging people and saying by hand whose data are.
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
    void fillDoubts();
    void fillEverybody();
    void fillNobodys();
    void addRow(const QStringList& cells, qlonglong key);
    void showChosen();

    QLabel* m_title;
    QLabel* m_totals;
    style::Segments* m_which;
    QLineEdit* m_words;
    QTableView* m_table;
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_shown;
    QStackedWidget* m_side;
    PersonDetail* m_detail;
    NobodyDetail* m_nobody;
    QLabel* m_nothing; ///< said in the place of an empty table
    std::optional<PeopleData> m_data;
    QTimer m_later;
    bool m_busy = false;
    bool m_stale = true;
};

} // namespace kamei::ui::screens
