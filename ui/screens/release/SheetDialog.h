#pragma once

#include <QDialog>
#include <QList>

#include "core/model/Review.h"

class QLabel;
class QPlainTextEdit;

namespace kamei::ui::screens {

/// Edits purpose and notice. Saving is possible at any time: what is missing keeps the gate closed.
class SheetDialog : public QDialog {
    Q_OBJECT

public:
    explicit SheetDialog(const model::PurposeSheet& sheet, QWidget* parent = nullptr);
    [[nodiscard]] model::PurposeSheet sheet() const;

private:
    void count();

    model::PurposeSheet m_sheet;
    QList<QPlainTextEdit*> m_fields;
    QLabel* m_missing;
};

} // namespace kamei::ui::screens
