#pragma once

#include <QList>
#include <QTimer>
#include <optional>

#include "ui/screens/Screen.h"
#include "ui/screens/risk/RiskData.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QTableView;
class QVBoxLayout;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens {

class Histogram;
class PersonPanel;
class RiskModel;

/// Combinations of quasi-identifiers across data types (Guideline 5.6): how many people share each, who is
/// singled out and by what, and the reasons recorded.
class RiskScreen : public Screen {
    Q_OBJECT

public:
    explicit RiskScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void read();
    void narrow();
    void showFields();
    void showAnalysis();
    void showPopulation();
    void fitColumns();
    void showChosen();

    QLabel* m_fieldsHead;
    QLabel* m_fieldsCount;
    QVBoxLayout* m_fields;
    QList<QCheckBox*> m_boxes;
    QList<QComboBox*> m_trials;
    QComboBox* m_records;
    QLabel* m_population;
    QLabel* m_fieldsNote;
    QLabel* m_title;
    QLabel* m_totals;
    style::Segments* m_which;
    QLabel* m_chartTitle;
    QLabel* m_chartNote;
    Histogram* m_chart;
    QTableView* m_table;
    RiskModel* m_model;
    PersonPanel* m_person;
    std::optional<RiskData> m_data; ///< over all fields, as the gate sees it
    RiskData m_shown;               ///< over the fields that are ticked
    QTimer m_later;
    quint64 m_question = 0;
    bool m_busy = false;
    bool m_stale = true;
};

} // namespace kamei::ui::screens
