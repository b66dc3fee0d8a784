#include "ui/views/surface/SurfaceView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/style/Theme.h"
#include "ui/views/surface/Renderer.h"

namespace kamei::ui::views::surface {
namespace {

constexpr double kStepDeg = 15;
constexpr double kDegPerPixel = 0.45;
constexpr int kRestMs = 220;
constexpr int kSpinMs = 33;
constexpr double kSpinDegPerSecond = 40;
constexpr qint64 kSlowMs = 55; ///< a moving picture that takes longer gets fewer pixels
constexpr double kSeenThrough = 0.35;
const QColor kBack(0x0F, 0x11, 0x15);
const QColor kBackTop(0x17, 0x1A, 0x20);
const QColor kBone(0xE8, 0xE2, 0xD2);

} // namespace

SurfaceView::SurfaceView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("surfaceView"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(120, 120);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    m_spin.setInterval(kSpinMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        m_moving = false;
        redraw();
    });
    connect(&m_spin, &QTimer::timeout, this,
            [this] { turn(kSpinDegPerSecond * static_cast<double>(m_sinceSpin.restart()) / 1000.0, 0); });
    describe();
}

void SurfaceView::setModel(SurfaceModel* model) {
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    if (m_model) {
        connect(m_model, &SurfaceModel::changed, this, &SurfaceView::redraw);
    }
    redraw();
}

void SurfaceView::setInside(bool inside, SurfaceModel* core) {
    if (m_core) {
        m_core->disconnect(this);
    }
    m_inside = inside;
    m_core = core;
    if (m_core) {
        connect(m_core, &SurfaceModel::changed, this, &SurfaceView::redraw);
    }
    redraw();
}

void SurfaceView::setStance(const Stance& stance) {
    if (!(stance == m_stance)) {
        m_stance = stance;
        redraw();
    }
}

void SurfaceView::setCamera(const Camera& camera) {
    if (camera == m_camera) {
        return;
    }
    m_camera = camera;
    moving();
    describe();
    emit cameraChanged(camera);
}

void SurfaceView::setTurning(bool turning) {
    if (turning == m_spin.isActive()) {
        return;
    }
    m_sinceSpin.restart();
    turning ? m_spin.start() : m_spin.stop();
    emit turningChanged(turning);
}

void SurfaceView::setTool(SurfaceTool tool) {
    m_tool = tool;
    setCursor(tool == SurfaceTool::Turn ? Qt::ArrowCursor : Qt::CrossCursor);
    update();
}

void SurfaceView::setRadiusMm(double radius) {
    m_radiusMm = radius;
    update();
}

void SurfaceView::setCaptions(const QString& left, const QString& right) {
    m_left = left;
    m_right = right;
    update();
    describe();
}

void SurfaceView::setNotice(const QString& notice) {
    m_notice = notice;
    update();
    describe();
}

void SurfaceView::setScaleMm(double farMm) {
    m_scaleMm = farMm;
    update();
}

bool SurfaceView::isSettled() const {
    return m_model && m_model->settled() && !m_moving && !m_rest.isActive() && m_shown == m_wanted &&
           m_drawn == Detail::Full && !m_image.isNull();
}

QSize SurfaceView::deviceSize() const {
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

void SurfaceView::moving() {
    m_moving = true;
    m_rest.start();
    redraw();
}

void SurfaceView::redraw() {
    if (!isVisible() || !m_model || !m_model->source()) {
        if (!m_model || !m_model->source()) {
            m_image = {};
            update();
        }
        return;
    }
    const auto shown = m_model->shown(m_moving ? Detail::Coarse : Detail::Full);
    if (!shown.surface) {
        return;
    }
    Picture picture;
    picture.size = m_moving && m_share < 1 ? (QSizeF(deviceSize()) * m_share).toSize() : deviceSize();
    picture.pose = poseOf(m_camera, m_stance, picture.size);
    picture.back = kBack;
    picture.backTop = kBackTop;
    if (m_inside && m_core) {
        const auto core = m_core->shown(m_moving ? Detail::Coarse : Detail::Full);
        if (core.surface) {
            picture.parts.push_back({core.surface, core.colours, kBone, 1});
        }
    }
    picture.parts.push_back({shown.surface, shown.colours, m_model->tone(), m_inside ? kSeenThrough : 1.0});
    picture.instead = [source = m_model->source(), threshold = m_model->threshold(), pose = picture.pose,
                       size = picture.size, back = picture.back] {
        return castRays(source->volume(), threshold, pose, size, back);
    };
    m_asked.restart();
    const quint64 number = ++m_wanted;
    Renderer::instance().draw(this, 0, std::move(picture),
                              [this, number, detail = shown.detail](const QImage& image) {
                                  m_shown = number;
                                  arrived(image, detail);
                              });
}

void SurfaceView::arrived(const QImage& image, Detail detail) {
    m_failed = image.isNull();
    if (m_moving && m_asked.isValid()) {
        // A slow machine gets coarser pictures while it turns, a quick one the whole.
        const qint64 took = m_asked.elapsed();
        m_share = took > kSlowMs       ? std::max(0.4, m_share * 0.8)
                  : took < kSlowMs / 3 ? std::min(1.0, m_share * 1.1)
                                       : m_share;
    }
    m_image = image;
    m_drawn = detail;
    update();
    emit drawn();
}

std::optional<PointMm> SurfaceView::placeAt(const QPointF& position) const {
    if (!m_model || !m_model->source()) {
        return std::nullopt;
    }
    const Pose pose = poseOf(m_camera, m_stance, size());
    return firstHit(m_model->source()->volume(), m_model->threshold(), pose.eye,
                    rayThrough(pose, position, size()));
}

void SurfaceView::touch(const QPointF& position, bool begins) {
    if (const auto place = placeAt(position)) {
        emit touched(*place, begins);
    }
}

void SurfaceView::turn(double azimuthDeg, double elevationDeg) {
    Camera next = m_camera;
    next.azimuthDeg = std::remainder(next.azimuthDeg + azimuthDeg, 360.0);
    next.elevationDeg = std::clamp(next.elevationDeg + elevationDeg, -90.0, 90.0);
    setCamera(next);
}

void SurfaceView::resizeEvent(QResizeEvent*) {
    redraw();
}

void SurfaceView::showEvent(QShowEvent*) {
    redraw();
}

void SurfaceView::hideEvent(QHideEvent*) {
    setTurning(false);
}

void SurfaceView::leaveEvent(QEvent*) {
    m_pointer.reset();
    update();
}

void SurfaceView::mousePressEvent(QMouseEvent* event) {
    m_last = event->position();
    if (m_tool != SurfaceTool::Turn && event->button() == Qt::LeftButton) {
        m_touching = true;
        touch(m_last, true);
    } else {
        setTurning(false);
    }
}

void SurfaceView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF by = event->position() - m_last;
    m_pointer = event->position();
    if (m_touching) {
        // Half a radius apart is enough for an even stroke.
        const double pixelMm = 2 * std::tan(11 * std::numbers::pi / 180) / std::max(height(), 1) * 600;
        if (std::hypot(by.x(), by.y()) * pixelMm < m_radiusMm / 2) {
            return;
        }
        touch(event->position(), false);
    } else if (event->buttons() == Qt::NoButton) {
        if (m_tool != SurfaceTool::Turn) {
            update();
        }
        return;
    } else if (event->buttons() == Qt::LeftButton && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        turn(-by.x() * kDegPerPixel, by.y() * kDegPerPixel);
    } else {
        Camera next = m_camera;
        next.panRight += by.x() / std::max(height(), 1);
        next.panUp -= by.y() / std::max(height(), 1);
        setCamera(next);
    }
    m_last = event->position();
}

void SurfaceView::mouseReleaseEvent(QMouseEvent*) {
    if (m_touching) {
        m_touching = false;
        emit touchEnded();
    }
}

void SurfaceView::wheelEvent(QWheelEvent* event) {
    Camera next = m_camera;
    next.zoom = std::clamp(next.zoom * std::pow(1.0015, event->angleDelta().y()), 0.4, 8.0);
    setCamera(next);
    event->accept();
}

void SurfaceView::keyPressEvent(QKeyEvent* event) {
    Camera next = m_camera;
    switch (event->key()) {
    case Qt::Key_Left:
        turn(-kStepDeg, 0);
        return;
    case Qt::Key_Right:
        turn(kStepDeg, 0);
        return;
    case Qt::Key_Up:
        turn(0, kStepDeg);
        return;
    case Qt::Key_Down:
        turn(0, -kStepDeg);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        next.zoom = std::min(8.0, next.zoom * 1.2);
        setCamera(next);
        return;
    case Qt::Key_Minus:
        next.zoom = std::max(0.4, next.zoom / 1.2);
        setCamera(next);
        return;
    case Qt::Key_0:
        next.zoom = 1;
        next.panRight = next.panUp = 0;
        setCamera(next);
        return;
    case Qt::Key_R:
        setTurning(!turning());
        return;
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
        emit thresholdStepped(event->key() == Qt::Key_BracketLeft ? -1 : 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_tool != SurfaceTool::Turn) {
            touch(rect().center(), true);
            emit touchEnded();
            return;
        }
        break;
    default:
        if (event->key() >= Qt::Key_1 && event->key() <= Qt::Key_6 && event->modifiers() == Qt::NoModifier) {
            setTurning(false);
            setCamera(cameraOf(kStandardViews.at(static_cast<std::size_t>(event->key() - Qt::Key_1))));
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void SurfaceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QWidget::changeEvent(event);
}

void SurfaceView::describe() {
    setAccessibleName(m_left.isEmpty() ? tr("Surface") : tr("Surface, %1").arg(m_left));
    const double turn = std::round(m_camera.azimuthDeg);
    const QString from = turn == 0               ? tr("Seen from the front")
                         : std::abs(turn) == 180 ? tr("Seen from behind")
                                                 : (turn < 0 ? tr("Seen %1 degrees from the patient's right")
                                                             : tr("Seen %1 degrees from the patient's left"))
                                                       .arg(std::abs(turn));
    QStringList words{from};
    if (!m_right.isEmpty()) {
        words << m_right;
    }
    if (!m_notice.isEmpty()) {
        words << m_notice;
    }
    setAccessibleDescription(words.join(tr(", ")));
}

void SurfaceView::paintBrush(QPainter& painter) const {
    const Pose pose = poseOf(m_camera, m_stance, size());
    const QPointF at = m_pointer.value_or(QPointF(rect().center()));
    double away = 0;
    const auto place = placeAt(at);
    for (std::size_t i = 0; i < 3; ++i) {
        const double d = (place ? (*place)[i] : pose.focus[i]) - pose.eye[i];
        away += d * d;
    }
    const double shownMm = 2 * std::sqrt(away) * std::tan(pose.viewAngleDeg / 2 * std::numbers::pi / 180);
    const double radius = m_radiusMm * height() / std::max(shownMm, 1.0);
    painter.setPen(QPen(m_tool == SurfaceTool::Add ? QColor(0xF2, 0xA7, 0x2B) : QColor(0x56, 0xB4, 0xE9), 1.5,
                        m_tool == SurfaceTool::Add ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, radius, radius);
    if (m_tool == SurfaceTool::Add) {
        painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0));
        painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4));
    } else {
        painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0));
    }
}

void SurfaceView::paintScale(QPainter& painter) const {
    const auto& theme = style::Theme::instance();
    const QRectF bar(12, height() - theme.px(22), std::min(160, width() - 24), 8);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= 8; ++i) {
        gradient.setColorAt(i / 8.0, distanceColour(i / 8.0));
    }
    painter.fillRect(bar, gradient);
    painter.setFont(theme.font(style::Type::Note));
    painter.setPen(theme.viewer().text);
    painter.drawText(bar.adjusted(0, -theme.px(18), theme.px(120), -10), Qt::AlignLeft | Qt::AlignBottom,
                     tr("Moved: 0 to %1 mm and more").arg(m_scaleMm));
}

void SurfaceView::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_image.isNull()) {
        painter.fillRect(rect(), theme.viewer().back);
        QString words = m_notice;
        if (m_failed && words.isEmpty()) {
            words = tr("Surfaces cannot be drawn on this machine: there is neither EGL without a surface nor "
                       "an EGL device.");
        }
        painter.setPen(theme.viewer().text2);
        painter.setFont(theme.font());
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, words);
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(rect(), m_image);
        if (m_scaleMm > 0) {
            paintScale(painter);
        }
        if (m_tool != SurfaceTool::Turn && (m_pointer || hasFocus())) {
            paintBrush(painter);
        }
    }
    const auto chip = [&](const QString& words, bool right) {
        if (words.isEmpty()) {
            return;
        }
        painter.setFont(theme.font(style::Type::Table, !right));
        const int wide = std::min(painter.fontMetrics().horizontalAdvance(words) + 14, width() - 12);
        const QRect box(right ? width() - wide - 6 : 6, 6, wide, theme.px(22));
        painter.fillRect(box, QColor(0x1A, 0x1D, 0x23, 0xD8));
        painter.setPen(theme.viewer().text);
        painter.drawText(box, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, wide - 8));
    };
    chip(m_left, false);
    chip(m_right, true);
    if (hasFocus()) {
        painter.setPen(QPen(theme.tokensOf(true).accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

} // namespace kamei::ui::views::surface
