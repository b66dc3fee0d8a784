#include "ui/views/surface/SurfacePair.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/style/Theme.h"

namespace kamei::ui::views::surface {
namespace {

constexpr int kFlickerMs = 700;
constexpr int kGrip = 12; ///< width of what is dragged
constexpr double kStep = 0.05;

} // namespace

/// The line between the two when one is wiped over the other.
class SurfacePair::Divider : public QWidget {
public:
    explicit Divider(SurfacePair* pair) : QWidget(pair), m_pair(pair) {
        setObjectName(QStringLiteral("surfaceDivider"));
        setCursor(Qt::SplitHCursor);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(SurfacePair::tr("Line between before and after"));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QColor ink = hasFocus() ? style::Theme::tokensOf(true).accent : QColor(0xDE, 0xE3, 0xEA);
        painter.fillRect(QRect(kGrip / 2 - 1, 0, 2, height()), ink);
        painter.fillRect(QRect(0, height() / 2 - 16, kGrip, 32), ink);
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        m_pair->swipeTo(double(mapToParent(event->position().toPoint()).x()) / std::max(1, m_pair->width()));
    }
    void mousePressEvent(QMouseEvent*) override {}
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
            m_pair->swipeTo(m_pair->m_swipe + (event->key() == Qt::Key_Left ? -kStep : kStep));
        } else {
            QWidget::keyPressEvent(event);
        }
    }

private:
    SurfacePair* m_pair;
};

SurfacePair::SurfacePair(QWidget* parent)
    : QWidget(parent), m_before(new SurfaceView(this)), m_after(new SurfaceView(this)),
      m_divider(new Divider(this)) {
    m_before->setObjectName(QStringLiteral("surfaceBefore"));
    m_after->setObjectName(QStringLiteral("surfaceAfter"));
    m_flicker.setInterval(kFlickerMs);
    connect(&m_flicker, &QTimer::timeout, this, [this] {
        m_showsAfter = !m_showsAfter;
        arrange();
    });
    for (SurfaceView* view : {m_before, m_after}) {
        SurfaceView* other = view == m_before ? m_after : m_before;
        connect(view, &SurfaceView::cameraChanged, this, [this, other](const Camera& camera) {
            if (m_linked) {
                other->setCamera(camera);
            }
            emit cameraChanged(camera);
        });
        connect(view, &SurfaceView::turningChanged, this, [this, other](bool turning) {
            if (!turning) {
                other->setTurning(false);
            }
            emit turningChanged(turning);
        });
    }
    arrange();
}

void SurfacePair::setMode(Mode mode) {
    m_mode = mode;
    m_showsAfter = false;
    mode == Mode::Flicker&& isVisible() ? m_flicker.start() : m_flicker.stop();
    arrange();
}

void SurfacePair::setLinked(bool linked) {
    m_linked = linked;
    if (linked) {
        m_after->setCamera(m_before->camera());
    }
}

void SurfacePair::setHasAfter(bool has) {
    m_hasAfter = has;
    arrange();
}

void SurfacePair::setCamera(const Camera& camera) {
    m_before->setCamera(camera);
    m_after->setCamera(camera);
}

void SurfacePair::setTurning(bool turning) {
    m_before->setTurning(turning); // the other follows by its camera
    if (!m_linked) {
        m_after->setTurning(turning);
    }
}

void SurfacePair::swipeTo(double share) {
    m_swipe = std::clamp(share, 0.05, 0.95);
    arrange();
}

void SurfacePair::arrange() {
    const bool both = m_hasAfter;
    m_divider->setVisible(both && m_mode == Mode::Swipe);
    m_after->clearMask();
    if (!both) {
        m_before->setGeometry(rect());
        m_before->show();
        m_after->hide();
        return;
    }
    switch (m_mode) {
    case Mode::SideBySide: {
        const int half = (width() - 2) / 2;
        m_before->setGeometry(0, 0, half, height());
        m_after->setGeometry(width() - half, 0, half, height());
        m_before->show();
        m_after->show();
        break;
    }
    case Mode::Swipe: {
        const int at = qRound(m_swipe * width());
        m_before->setGeometry(rect());
        m_after->setGeometry(rect());
        m_before->show();
        m_after->show();
        m_after->raise();
        m_after->setMask(QRect(at, 0, std::max(1, width() - at), height()));
        m_divider->setGeometry(at - kGrip / 2, 0, kGrip, height());
        m_divider->raise();
        break;
    }
    case Mode::Flicker:
        m_before->setGeometry(rect());
        m_after->setGeometry(rect());
        m_before->setVisible(!m_showsAfter);
        m_after->setVisible(m_showsAfter);
        break;
    }
}

void SurfacePair::resizeEvent(QResizeEvent*) {
    arrange();
}

void SurfacePair::showEvent(QShowEvent*) {
    if (m_mode == Mode::Flicker) {
        m_flicker.start();
    }
}

void SurfacePair::hideEvent(QHideEvent*) {
    m_flicker.stop();
}

} // namespace kamei::ui::views::surface
