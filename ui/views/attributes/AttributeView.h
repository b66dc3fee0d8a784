#pragma once

#include <QWidget>

#include "ui/models/AttributeModel.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace kamei::ui::views::attributes {

/// The DICOM attributes of one instance as a tree, before and after side by side: nested sequences and
/// private blocks, search, only what changes, open, private, and by category.
class AttributeView : public QWidget {
    Q_OBJECT

public:
    explicit AttributeView(QWidget* parent = nullptr);
    ~AttributeView() override;

    /// `keepPlace`: the same instance after a decision; what is unfolded and scrolled stays.
    void setLines(std::vector<job::AttributeLine> lines, std::vector<model::Finding> findings,
                  const guideline::RuleTable* rules, bool keepPlace);
    void clear();
    /// Selects the row of a finding and brings it into view, if it is shown.
    void setCurrent(base::FindingId finding);
    void nextChange(); ///< the next row that is changed or open, around the end
    void focusSearch();
    [[nodiscard]] models::AttributeModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& tree() { return *m_tree; }

signals:
    void findingSelected(kamei::base::FindingId finding);
    /// The row without a finding that a person wants to decide on: its path, tag, keyword and value.
    void lineActivated(const kamei::job::AttributeLine& line);
    /// A private element whose decision for the whole device a person wants to see.
    void deviceWanted(const kamei::job::AttributeLine& line);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTools();
    void applyFilter();
    void showCounts();
    void showCategories();
    void openMenu(const QPoint& at);
    void retranslate();

    models::AttributeModel* m_model;
    QTreeView* m_tree;
    QWidget* m_tools;
    QWidget* m_footer;
    QLineEdit* m_search;
    QCheckBox* m_changedOnly;
    QPushButton* m_open;
    QPushButton* m_private;
    std::vector<std::pair<model::Category, QPushButton*>> m_categories;
    QLabel* m_numbers;
    class Legend;
    Legend* m_legend;
    QLabel* m_nextHint;
    bool m_setting = false;
};

} // namespace kamei::ui::views::attributes
