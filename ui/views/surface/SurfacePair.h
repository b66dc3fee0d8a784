#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/views/surface/SurfaceView.h"

namespace kamei::ui::views::surface {

/// Two surfaces of one head, before and after: side by side, one wiped over the other, or in turn. Their
/// cameras go together unless they are unlinked. While there is no second surface the first has all the room.
class SurfacePair : public QWidget {
    Q_OBJECT

public:
    enum class Mode { SideBySide, Swipe, Flicker };
    explicit SurfacePair(QWidget* parent = nullptr);

    [[nodiscard]] SurfaceView& before() const { return *m_before; }
    [[nodiscard]] SurfaceView& after() const { return *m_after; }
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    void setLinked(bool linked);
    [[nodiscard]] bool linked() const { return m_linked; }
    void setHasAfter(bool has);
    void setCamera(const Camera& camera); ///< of both
    void setTurning(bool turning);
    [[nodiscard]] bool turning() const { return m_before->turning(); }
    void swipeTo(double share); ///< 0..1 of the width shows the first

signals:
    void cameraChanged(const kamei::ui::views::surface::Camera& camera);
    void turningChanged(bool turning);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    class Divider;
    void arrange();

    SurfaceView* m_before;
    SurfaceView* m_after;
    Divider* m_divider;
    Mode m_mode = Mode::SideBySide;
    bool m_linked = true;
    bool m_hasAfter = true;
    bool m_showsAfter = false; ///< of the flicker
    double m_swipe = 0.5;
    QTimer m_flicker;
};

} // namespace kamei::ui::views::surface
