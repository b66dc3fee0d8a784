#pragma once

#include <QImage>
#include <QWidget>
#include <array>

#include "core/job/Looking.h"

namespace kamei::ui::views::image {

/// The series in four pictures: maximum, minimum, variation, mean over all frames. Characters burned into
/// every frame stand still, so they show bright in the maximum and black in the variation.
class OverviewStrip : public QWidget {
    Q_OBJECT

public:
    explicit OverviewStrip(QWidget* parent = nullptr);

    void clear(); ///< while it is being computed
    void show(const job::SeriesOverview& overview);
    [[nodiscard]] QSize sizeHint() const override { return {480, 132}; }

signals:
    /// A picture of the strip was chosen to be seen large; -1: back to the frames.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect cell(int index) const;
    void choose(int index);

    std::array<QImage, 4> m_pictures;
    int m_frames = 0;
    int m_chosen = -1;
};

} // namespace kamei::ui::views::image
