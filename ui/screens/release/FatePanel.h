#pragma once

#include <QWidget>

#include "core/model/Review.h"

class QDateEdit;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace kamei::ui::screens {

/// What becomes of the deleted information after release (Guideline 3.8): destroyed, or kept with a reason
/// until a day.
class FatePanel : public QWidget {
    Q_OBJECT

public:
    explicit FatePanel(QWidget* parent = nullptr);
    void show(const model::PurposeSheet& sheet, bool changeable);

signals:
    void changed(bool keep, const QString& reason, const QString& until);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void tell();

    QRadioButton* m_destroy;
    QLabel* m_destroyNote;
    QRadioButton* m_keep;
    QLabel* m_keepNote;
    QLabel* m_reasonName;
    QLineEdit* m_reason;
    QLabel* m_untilName;
    QDateEdit* m_until;
    bool m_showing = false;
};

} // namespace kamei::ui::screens
