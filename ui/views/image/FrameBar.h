#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace kamei::ui::views::image {

/// First, back, play, on, last, and a slider over the frames of a series; the range of the selected mask
/// is drawn under it. Frames count from 1.
class FrameBar : public QWidget {
    Q_OBJECT

public:
    explicit FrameBar(QWidget* parent = nullptr);

    void setFrames(int count);
    void setFrame(int frame); ///< does not emit chosen
    [[nodiscard]] int frame() const;
    /// Frames first..last of the selected mask; last < first: all.
    void setRange(int first, int last);
    void clearRange(); ///< no mask is selected
    /// Without slider and range, where a timeline shows both.
    void setSliding(bool sliding);
    /// Frames a second while playing; 0: the slow default for series.
    void setRate(double framesPerSecond);
    void togglePlay();
    void stop();

signals:
    void chosen(int frame);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void step(int by);

    QToolButton* m_first;
    QToolButton* m_back;
    QToolButton* m_play;
    QToolButton* m_on;
    QToolButton* m_last;
    QSlider* m_slider;
    QLabel* m_range;
    QTimer m_timer;
    int m_rangeFirst = 1;
    int m_rangeLast = 0;
};

} // namespace kamei::ui::views::image
