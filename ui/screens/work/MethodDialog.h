#pragma once

#include <QDialog>
#include <memory>
#include <string>
#include <vector>

#include "core/model/Method.h"
#include "core/transform/table/ColumnLoss.h"
#include "ui/shell/AppContext.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTimer;

namespace kamei::ui::views::table {
class ProfileView;
}

namespace kamei::ui::screens::work {

/// How a column is processed by a method of Guideline 4.7.2: its parameters, the distribution before and
/// after, and what is lost, shown while a person tries.
class MethodDialog : public QDialog {
    Q_OBJECT

public:
    /// `cells`: of the column, below the header. `method`: as decided before, or the usual one.
    MethodDialog(shell::AppContext& context, const QString& column, model::Action action,
                 std::vector<std::string> cells, const model::Method& method, QWidget* parent = nullptr);

    [[nodiscard]] model::Method method() const;

private:
    void buildForm(const model::Method& method);
    QDoubleSpinBox* number(double value, double least, double most, const QString& name);
    void change(); ///< waits until a person has finished typing
    void tryIt();
    void showLoss(const transform::table::ColumnLoss& loss);
    void showFields();

    shell::AppContext& m_context;
    QString m_column;
    model::Action m_action;
    std::shared_ptr<const std::vector<std::string>> m_cells;
    QFormLayout* m_form;
    QComboBox* m_choice = nullptr; ///< what to, or the distribution
    QDoubleSpinBox* m_number = nullptr;
    QSpinBox* m_size = nullptr;
    QLineEdit* m_with = nullptr;
    views::table::ProfileView* m_before;
    views::table::ProfileView* m_after;
    QLabel* m_loss;
    QPushButton* m_ok;
    QTimer* m_wait;
    quint64 m_generation = 0;
};

} // namespace kamei::ui::screens::work
