#pragma once

#include <QWidget>

#include "ui/screens/face/FaceData.h"
#include "ui/screens/face/MaskEditor.h"
#include "ui/views/surface/SliceView.h"
#include "ui/views/surface/SurfacePair.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace kamei::ui::style {
class ElidedLabel;
class KeyHints;
class Segments;
} // namespace kamei::ui::style
namespace kamei::ui::tasks {
class TaskRunner;
}
namespace kamei::ui::views::surface {
class ViewStrip;
}
namespace kamei::ui::screens::face {

/// The middle of the Face screen: the surface before and after, threshold and depth, the standard views, and
/// the slices with the region that is taken. Places touched on one show on the others.
class FaceViewer : public QWidget {
    Q_OBJECT

public:
    FaceViewer(tasks::TaskRunner& runner, MaskEditor* editor, QWidget* parent = nullptr);

    /// Nothing to see yet, or nothing that can be seen: why.
    void clear(const QString& title, const QString& notice);
    void setTitle(const QString& title, const QString& facts);
    /// `score`: of the face detector; none where it looked at no view.
    void setBefore(const HeadData& head, std::optional<double> score);
    /// `processed`: the processed file itself, else how it would be. No head: the face stays.
    void setAfter(const std::optional<HeadData>& head, bool processed = false,
                  std::optional<double> score = {});
    void setBusy(); ///< the side after is being computed
    void setDepth(double mm, bool enabled);
    void setEditable(bool editable);
    void setNote(const QString& note); ///< at the right of the key hints

    void setCamera(const views::surface::Camera& camera) { m_pair->setCamera(camera); }
    void turnTable() { m_pair->setTurning(!m_pair->turning()); }
    void stepThreshold(int steps);
    void nextMode();
    void takeFocus();
    [[nodiscard]] views::surface::SurfacePair& pair() const { return *m_pair; }
    [[nodiscard]] const std::optional<HeadData>& before() const { return m_before; }

signals:
    void depthChanged(double mm);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    QWidget* buildBar();
    QWidget* buildLower();
    void connectAll();
    void retranslate();
    void setThreshold(double value);
    void showMask();
    void showSides();
    void setTool(int tool);
    void showSliceTitle();
    void showCaptions();

    MaskEditor* m_editor;
    views::surface::SurfaceModel* m_beforeModel;
    views::surface::SurfaceModel* m_afterModel;
    views::surface::SurfaceModel* m_boneModel;
    views::surface::SurfaceModel* m_boneAfter;
    views::surface::SurfacePair* m_pair;
    views::surface::ViewStrip* m_strip;
    views::surface::SliceView* m_sliceBefore;
    views::surface::SliceView* m_sliceAfter;
    style::ElidedLabel* m_title;
    QLabel* m_facts;
    style::Segments* m_modes;
    QPushButton* m_link;
    QLabel* m_thresholdLabel;
    QSlider* m_slider;
    QDoubleSpinBox* m_threshold;
    QLabel* m_depthLabel;
    QDoubleSpinBox* m_depth;
    QToolButton* m_region;
    QToolButton* m_inside;
    QToolButton* m_skin;
    QToolButton* m_distance;
    QPushButton* m_turn;
    QLabel* m_stripTitle;
    QLabel* m_sliceTitle;
    QComboBox* m_cut;
    style::Segments* m_tools;
    QList<QToolButton*> m_toolButtons;
    QDoubleSpinBox* m_radius;
    style::KeyHints* m_hints;
    std::optional<HeadData> m_before;
    std::optional<HeadData> m_after;
    std::optional<double> m_scoreBefore;
    std::optional<double> m_scoreAfter;
    bool m_processed = false;
    bool m_computing = false;
    QString m_note;
    bool m_editable = false;
    bool m_setting = false;
};

} // namespace kamei::ui::screens::face
