#pragma once

#include <QWidget>
#include <optional>

#include "core/job/SampleBound.h"

namespace kamei::ui::screens {

/// How the bound on the share of leaks fell with every judgement, and where it ends if nothing more is found.
class BoundPlot : public QWidget {
    Q_OBJECT

public:
    explicit BoundPlot(QWidget* parent = nullptr);
    void show(std::optional<job::SampleBound> bound, double tolerated);
    [[nodiscard]] QSize sizeHint() const override { return {280, 150}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 96}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<job::SampleBound> m_bound;
    double m_tolerated = 0.01;
};

/// "1.64 %"
[[nodiscard]] QString percent(double share);

} // namespace kamei::ui::screens
