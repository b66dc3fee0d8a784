#pragma once

#include <QWidget>
#include <array>

#include "core/model/Review.h"
#include "ui/shell/AppContext.h"

namespace kamei::ui::screens {

class StepCard;

/// The eight steps of Guideline 4.9 (figure 8): a road with a node for each, and a card under each node.
class StepRoad : public QWidget {
    Q_OBJECT

public:
    explicit StepRoad(QWidget* parent = nullptr);
    void show(const job::Overview& overview, const model::PurposeSheet& sheet, std::int64_t singledOut,
              int now);
    [[nodiscard]] StepCard& card(int step) { return *m_cards[static_cast<std::size_t>(step - 1)]; }

signals:
    void opened(int step);
    void papersWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int roadHeight() const;
    void paintGroups(QPainter& painter);
    void paintNodes(QPainter& painter);

    std::array<StepCard*, 8> m_cards{};
    std::array<bool, 8> m_done{};
    int m_now = 1;
};

} // namespace kamei::ui::screens
