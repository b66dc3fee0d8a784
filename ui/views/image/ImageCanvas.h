#pragma once

#include <QImage>
#include <QPointF>
#include <QPointer>
#include <QTransform>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/views/image/MaskItem.h"

namespace kamei::ui::views::image {

class DeepZoom;

/// What the mouse does on the picture.
enum class Tool { Select, Pan, Window, Zoom, Box, Ellipse, Polygon, Brush, Erase };

/// How the processed picture is shown beside the original.
enum class Compare { Before, After, Swipe, Flicker, SideBySide };

/// The picture with its masks: zoom, pan, and drawing. All positions that it reports are pixels of the
/// stored picture. It holds no workspace: ImageView feeds it and carries out what it reports.
class ImageCanvas : public QWidget {
    Q_OBJECT

public:
    explicit ImageCanvas(QWidget* parent = nullptr);

    /// Either may be null. The view is kept when the size of the picture stays the same.
    void setPictures(const QImage& before, const QImage& after);
    /// The same for the scan of a slide: positions are pixels of its base level, the pictures only its
    /// backdrop. Set before the pictures; both null: pictures as they are.
    void setDeep(DeepZoom* before, DeepZoom* after);
    void setMasks(std::vector<MaskItem> items);
    void setFrame(int frame);
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    void setCompare(Compare mode);
    [[nodiscard]] Compare compare() const { return m_compare; }
    void select(base::FindingId finding);
    void setMasksVisible(bool visible);
    void setEditable(bool editable) { m_editable = editable; }

    void fit();
    void setScale(double scale, const QPointF& anchor);
    [[nodiscard]] double scale() const { return m_scale; }
    [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }

    /// From pixels of the picture to the widget.
    [[nodiscard]] QTransform toWidget() const;
    [[nodiscard]] QSize pictureSize() const;

signals:
    void drawn(const kamei::model::Mask& mask);
    /// `mask`: the figure as it shall stand on the present frame, at rest.
    void reshaped(kamei::base::FindingId finding, const kamei::model::Mask& mask);
    void erased(kamei::base::FindingId finding);
    void selected(kamei::base::FindingId finding);
    void stepped(int frames);
    /// The window tool was dragged: change of width and centre in thirds of a percent of the present width.
    void windowDragged(double widthSteps, double centerSteps);
    void viewChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QPointF toPicture(const QPointF& widget) const;
    [[nodiscard]] const MaskItem* itemAt(const QPointF& picture) const;
    [[nodiscard]] const MaskItem* selectedItem() const;
    [[nodiscard]] model::Mask draft() const;
    void finishDraft();
    void paintPictures(QPainter& painter);
    void paintSide(QPainter& painter, bool after, double shift, const QRectF& clip);
    void paintDraft(QPainter& painter) const;
    void placeMasks();
    void moveSelected(int dx, int dy, bool resize);
    void beginAdjust(const QPointF& position);
    void adjust(const QPointF& position);

    QImage m_before;
    QImage m_after;
    QPointer<DeepZoom> m_deepBefore;
    QPointer<DeepZoom> m_deepAfter;
    std::vector<MaskItem> m_items;
    std::vector<MaskItem> m_placed; ///< those on the present frame, where they stand on it
    base::FindingId m_selected;
    int m_frame = 1;
    Tool m_tool = Tool::Select;
    Compare m_compare = Compare::Before;
    bool m_masksVisible = true;
    bool m_editable = true;
    bool m_fitted = true;
    double m_scale = 1.0;
    QPointF m_origin; ///< of the picture's top left corner, in widget coordinates
    double m_swipe = 0.5;

    std::vector<model::PointPx> m_points; ///< of the figure being drawn
    QPointF m_pressed;
    QPointF m_last;
    bool m_dragging = false;
    bool m_swiping = false;
    double m_brushRadius = 8;
    std::optional<model::Mask> m_adjusting;
    int m_handle = -1; ///< 0..8 by row and column of the box, 4: move
};

} // namespace kamei::ui::views::image
