#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "ui/views/surface/Camera.h"
#include "ui/views/surface/SurfaceModel.h"

namespace kamei::ui::views::surface {

/// What dragging on the surface does. Add and Cut report the places touched; with the keyboard Enter touches
/// the middle of the picture.
enum class SurfaceTool { Turn, Add, Cut };

/// A surface, to be turned and looked at from all sides. Left drag turns, right drag or Shift moves, the
/// wheel zooms; arrow keys turn by 15 degrees, 1 to 6 are the standard views, 0 fits, R turns round, [ and ]
/// step the threshold. Turning is drawn coarse, rest in full detail. Works without a display; where there is
/// no OpenGL it says so.
class SurfaceView : public QWidget {
    Q_OBJECT

public:
    explicit SurfaceView(QWidget* parent = nullptr);

    void setModel(SurfaceModel* model);
    [[nodiscard]] SurfaceModel* model() const { return m_model; }
    /// A second surface seen through the first while `inside` is set (bone), may be null.
    void setInside(bool inside, SurfaceModel* core = nullptr);
    [[nodiscard]] bool inside() const { return m_inside; }
    void setStance(const Stance& stance);
    void setCamera(const Camera& camera); ///< emits cameraChanged when it is another
    [[nodiscard]] const Camera& camera() const { return m_camera; }
    void setTurning(bool turning); ///< the turntable
    [[nodiscard]] bool turning() const { return m_spin.isActive(); }
    void setTool(SurfaceTool tool);
    void setRadiusMm(double radius);
    /// Words at the upper left and right ("before", "detected 0.91"), and what is shown while there is no
    /// surface.
    void setCaptions(const QString& left, const QString& right);
    void setNotice(const QString& notice);
    /// The scale of distances is shown at the lower edge.
    void setScaleMm(double farMm);

    /// The picture that was last drawn, device pixels; null while none was.
    [[nodiscard]] const QImage& picture() const { return m_image; }
    /// The present camera, threshold and surface are drawn in full detail.
    [[nodiscard]] bool isSettled() const;
    /// The place of the surface under a position of the widget.
    [[nodiscard]] std::optional<PointMm> placeAt(const QPointF& position) const;
    [[nodiscard]] QSize sizeHint() const override { return {420, 420}; }

signals:
    void cameraChanged(const kamei::ui::views::surface::Camera& camera);
    void turningChanged(bool turning);
    /// One touch of Add or Cut; `begins` at the first of a drag, `ends` when the button went up.
    void touched(const kamei::model::PointMm& place, bool begins);
    void touchEnded();
    void thresholdStepped(int steps);
    void drawn();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void moving(); ///< draws coarse now, full when it rests
    void redraw();
    void arrived(const QImage& image, Detail detail);
    void touch(const QPointF& position, bool begins);
    void turn(double azimuthDeg, double elevationDeg);
    void describe(); ///< for screen readers
    void paintBrush(QPainter& painter) const;
    void paintScale(QPainter& painter) const;
    [[nodiscard]] QSize deviceSize() const;

    QPointer<SurfaceModel> m_model;
    QPointer<SurfaceModel> m_core;
    bool m_inside = false;
    Stance m_stance;
    Camera m_camera;
    SurfaceTool m_tool = SurfaceTool::Turn;
    double m_radiusMm = 8;
    double m_scaleMm = 0;
    QString m_left;
    QString m_right;
    QString m_notice;

    QImage m_image;
    Detail m_drawn = Detail::Coarse;
    quint64 m_wanted = 0; ///< number of the newest request
    quint64 m_shown = 0;
    bool m_failed = false;
    bool m_moving = false;
    double m_share = 1; ///< of the pixels that a moving picture has on each side
    QTimer m_rest;
    QTimer m_spin;
    QElapsedTimer m_sinceSpin;
    QElapsedTimer m_asked;
    QPointF m_last;
    std::optional<QPointF> m_pointer;
    bool m_touching = false;
};

} // namespace kamei::ui::views::surface
