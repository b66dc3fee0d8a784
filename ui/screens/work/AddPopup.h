#pragma once

#include <QFrame>
#include <vector>

#include "core/model/Finding.h"

class QCheckBox;
class QListWidget;

namespace kamei::ui::screens::work {

/// What a person marked to become a finding: place and text, without category and rule.
struct Marked {
    model::Finding draft;
    std::vector<model::Locator> elsewhere; ///< other places of the same text in this document
    QRect globalAt;                        ///< where the popup is put beside
};

/// Chooses what a marked stretch is. In text: a label with its rule; elsewhere: a category. Arrow keys and
/// Enter, or a click; Esc closes without a finding.
class AddPopup : public QFrame {
    Q_OBJECT

public:
    AddPopup(Marked marked, QWidget* parent);
    void openHere();

signals:
    /// Findings to add; decided as accepted, because a person says so.
    void chosen(const std::vector<kamei::model::Finding>& findings);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void choose(int row);

    Marked m_marked;
    QListWidget* m_list;
    QCheckBox* m_everywhere;
};

} // namespace kamei::ui::screens::work
