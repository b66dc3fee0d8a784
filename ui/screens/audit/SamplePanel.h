#pragma once

#include <QWidget>
#include <optional>

#include "core/job/SampleBound.h"
#include "ui/screens/audit/SampleModel.h"
#include "ui/shell/AppContext.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QTableView;

namespace kamei::ui::screens {

class BoundPlot;

/// The sample: how it was drawn, what it shows so far, and its things to look at. Drawing a new one, and
/// sending back what failed.
class SamplePanel : public QWidget {
    Q_OBJECT

public:
    explicit SamplePanel(shell::AppContext& context, QWidget* parent = nullptr);
    void reload();
    /// Chooses the next thing that nobody judged; stays where there is none.
    void goOn();

signals:
    /// Null when there is nothing to look at.
    void chosen(const kamei::ui::screens::SampleRow* row);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Loaded;
    void build();
    void retranslate();
    void draw();
    void sendBack();
    void showFacts();

    shell::AppContext& m_context;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_confidenceName;
    QLabel* m_toleratedName;
    QDoubleSpinBox* m_confidence;
    QDoubleSpinBox* m_tolerated;
    QPushButton* m_draw;
    QLabel* m_boundTitle;
    QLabel* m_bound;
    QLabel* m_boundNote;
    BoundPlot* m_plot;
    QLabel* m_listTitle;
    QLabel* m_left;
    SampleModel* m_model;
    QTableView* m_table;
    QPushButton* m_sendBack;
    std::optional<model::AuditSample> m_sample;
    std::optional<job::SampleBound> m_result;
    quint64 m_question = 0;
};

} // namespace kamei::ui::screens
