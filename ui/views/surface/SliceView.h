#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/model/Volume.h"
#include "core/model/VolumeMask.h"

namespace kamei::ui::views::surface {

/// Directions to cut a volume in; those of the patient that come nearest to its own axes.
enum class Cut { Axial, Sagittal, Coronal };

/// How a plane of voxels lies in a picture: which axis of the volume runs which way.
struct Plane {
    int across = 0; ///< axis of the volume that the plane stands on
    int right = 0;  ///< axis that runs to the right
    int down = 1;   ///< axis that runs downwards
    bool flipRight = false;
    bool flipDown = false;
    double rightMm = 1; ///< spacing along it
    double downMm = 1;
};
/// Axial and coronal: the patient's right is at the left; sagittal: front at the left; the head is up.
[[nodiscard]] Plane planeOf(const model::VolumeGeometry& geometry, Cut cut);

/// What the mouse does on a slice. Add and Cut report strokes; turning the wheel goes through the slices.
enum class SliceTool { Look, Add, Cut };

/// One plane of a volume with the region that is taken. Up and Down (Page keys) go through the slices.
class SliceView : public QWidget {
    Q_OBJECT

public:
    explicit SliceView(QWidget* parent = nullptr);

    void setVolume(std::shared_ptr<const model::Volume> volume);
    /// Of the same geometry as the volume, or null.
    void setMask(std::shared_ptr<const model::VolumeMask> mask);
    void setCut(Cut cut);
    [[nodiscard]] Cut cut() const { return m_cut; }
    void setSlice(int slice);
    [[nodiscard]] int slice() const { return m_slice; }
    [[nodiscard]] int slices() const;
    /// Goes to the slice of a place in the patient, and marks the place.
    void showPlace(const model::PointMm& place);
    void setTool(SliceTool tool);
    void setRadiusMm(double radius);
    void setCaption(const QString& caption);
    /// Values (slope applied) from black to white.
    void setWindow(double low, double high);

    [[nodiscard]] const Plane& plane() const { return m_plane; }
    [[nodiscard]] QSize sizeHint() const override { return {150, 170}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 80}; }

signals:
    void sliceChanged(int slice);
    /// A dab of the brush: its outline on the present plane, as VolumeMask::paintPolygon takes it.
    void dabbed(const std::vector<kamei::model::PointPx>& outline, bool begins);
    void strokeEnded();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF pictureRect() const;
    [[nodiscard]] QPointF toPlane(const QPointF& widget) const; ///< voxels of (first, second) plane axis
    void compose();
    void dab(const QPointF& position, bool begins);
    void describe();

    std::shared_ptr<const model::Volume> m_volume;
    std::shared_ptr<const model::VolumeMask> m_mask;
    Cut m_cut = Cut::Axial;
    Plane m_plane;
    int m_slice = 0;
    SliceTool m_tool = SliceTool::Look;
    double m_radiusMm = 6;
    QString m_caption;
    double m_low = 0;
    double m_high = 1;
    QImage m_image; ///< one pixel a voxel, mask drawn in
    bool m_stale = true;
    std::optional<QPointF> m_pointer;
    std::optional<model::PointMm> m_marked;
    QPointF m_last;
    bool m_stroking = false;
};

} // namespace kamei::ui::views::surface
