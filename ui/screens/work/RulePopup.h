#pragma once

#include <QFrame>

#include "core/guideline/RuleTable.h"

namespace kamei::ui::screens::work {

/// One row of the rule table as a card: section, item, category, requirement, viewpoint, what is asked.
/// Closes when something else is clicked, or with Esc.
class RulePopup : public QFrame {
    Q_OBJECT

public:
    explicit RulePopup(const guideline::Rule& rule, QWidget* parent);
    void openAt(const QPoint& globalAt);
};

/// Keeps a popup of the given size inside the screen that holds the point.
[[nodiscard]] QPoint insideScreen(const QPoint& globalAt, const QSize& size);

} // namespace kamei::ui::screens::work
