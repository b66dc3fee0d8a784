#pragma once

#include <QWidget>
#include <vector>

#include "ui/views/image/Clip.h"
#include "ui/views/image/MaskItem.h"
#include "ui/views/image/SoundItem.h"

namespace kamei::ui::views::image {

/// The masks of a clip over its frames: a row each, with its range as a bar and its key frames as diamonds,
/// under a ruler; a lane for each stream of sound below them. It holds no workspace: ImageView carries out
/// what it reports.
///
/// Ticks on the ruler tell where a new scene begins.
///
/// Mouse: click or drag anywhere on the time to go there; drag the end of the selected bar to change its
/// frames; drag over a lane of sound to silence it there; click a name to select; Ctrl and wheel to zoom,
/// wheel to move. Keys: left and right a frame, with Shift a key frame, with Ctrl a new scene,
/// up and down the rows.
class Timeline : public QWidget {
    Q_OBJECT

public:
    explicit Timeline(QWidget* parent = nullptr);

    void setClip(const Clip& clip);
    void setTimes(std::vector<std::int64_t> us); ///< Clip::timesUs, once they are known
    void setCuts(std::vector<int> frames);       ///< with which new scenes begin, rising
    void setItems(std::vector<MaskItem> items);
    void setSounds(std::vector<SoundItem> sounds);
    /// Where silence begins whose end is not said yet; 0: nowhere.
    void setSilenceBegun(int frame);
    void setFrame(int frame); ///< does not emit chosen
    void select(base::FindingId finding);

    /// Key frame of the selected mask before (-1) or behind (1) the present one; 0 when there is none.
    [[nodiscard]] int keyBeside(int direction) const;
    /// First frame of the scene before (-1) or behind (1) the present frame; going back within a scene leads
    /// to its own beginning. 0 when there is none.
    [[nodiscard]] int cutBeside(int direction) const;
    /// "00:12:47.200", or nothing when the rate is unknown.
    [[nodiscard]] static QString timeText(int frame, double rate);
    [[nodiscard]] static int heightOf(int rows);
    /// Middle of the row of a mask or a sound; -1 when it has none.
    [[nodiscard]] int yOf(base::FindingId finding) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// Left edge of a frame in the widget; may lie outside it.
    [[nodiscard]] double xOf(double frame) const;

signals:
    void chosen(int frame);
    void selected(kamei::base::FindingId finding);
    /// The frames of a mask were dragged.
    void changed(kamei::base::FindingId finding, const kamei::model::Mask& mask);
    /// Frames were dragged over on the lane of a stream of sound.
    void silenced(kamei::base::FindingId finding, int first, int last);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Time, Sound, First, Last };

    void paintRuler(QPainter& painter) const;
    void paintCuts(QPainter& painter) const;
    void paintRow(QPainter& painter, int row) const;
    void paintSound(QPainter& painter, std::size_t stream) const;
    void moveView();
    void tell();
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] int frameAt(double x) const;
    [[nodiscard]] model::FrameRange framesOf(const MaskItem& item) const;
    [[nodiscard]] const MaskItem* selectedItem() const;
    [[nodiscard]] int selectedRow() const;
    /// Rows of masks first, or the words that there is none; then the lanes of sound.
    [[nodiscard]] int rows() const;
    [[nodiscard]] int firstLane() const;
    /// What lies on a row; none for the words.
    [[nodiscard]] base::FindingId findingAt(int row) const;
    [[nodiscard]] int rowOf(base::FindingId finding) const;
    void pressSound(int row, double x);

    Clip m_clip;
    std::vector<int> m_cuts;
    std::vector<MaskItem> m_items;
    std::vector<SoundItem> m_sounds;
    int m_silenceBegun = 0;
    base::FindingId m_selected;
    int m_frame = 1;
    double m_zoom = 1.0; ///< 1: the whole clip is in view
    double m_left = 0;   ///< first frame in view, from 0
    Drag m_drag = Drag::None;
    model::FrameRange m_dragged;
    int m_pressed = 0; ///< frame on which dragging over sound began
};

} // namespace kamei::ui::views::image
