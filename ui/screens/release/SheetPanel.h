#pragma once

#include <QList>
#include <QWidget>
#include <string>
#include <vector>

#include "core/model/Review.h"

class QLabel;

namespace kamei::ui::style {
class Badge;
}
namespace kamei::ui::screens {

/// The texts of the purpose and notice sheet, one a row (Guideline 4.9(1)(2), 3.7.1).
struct SheetField {
    const char* name; ///< as in model::PurposeSheet
    std::string model::PurposeSheet::*value;
};
[[nodiscard]] const std::vector<SheetField>& sheetFields();

/// Purpose and notice at a glance: what is written, what is missing.
class SheetPanel : public QWidget {
    Q_OBJECT

public:
    explicit SheetPanel(QWidget* parent = nullptr);
    void show(const model::PurposeSheet& sheet);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        style::Badge* sign;
        QLabel* name;
        QLabel* value;
    };
    QList<Row> m_rows;
    model::PurposeSheet m_sheet;
};

} // namespace kamei::ui::screens
