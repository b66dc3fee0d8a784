#include "ui/views/surface/SliceView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/style/Theme.h"

namespace kamei::ui::views::surface {
namespace {

constexpr int kCorners = 24; ///< of a dab
constexpr std::array<int, 3> kAmber{0xF2, 0xA7, 0x2B};

double lengthOf(const model::PointMm& axis) {
    return std::hypot(axis[0], axis[1], axis[2]);
}

/// The axis of the volume that runs most along an axis of the patient, among those left.
int nearest(const model::VolumeGeometry& geometry, std::size_t patientAxis,
            const std::array<bool, 3>& taken) {
    int best = -1;
    double most = -1;
    for (std::size_t i = 0; i < 3; ++i) {
        const double along =
            std::abs(geometry.axes[i][patientAxis]) / std::max(lengthOf(geometry.axes[i]), 1e-9);
        if (!taken[i] && along > most) {
            most = along;
            best = static_cast<int>(i);
        }
    }
    return best;
}

} // namespace

Plane planeOf(const model::VolumeGeometry& geometry, Cut cut) {
    // Patient axes (LPS) that are looked along, run to the right, and run downwards.
    struct Wanted {
        std::size_t across, right, down;
        bool downIsFeet;
    };
    const Wanted wanted = cut == Cut::Axial      ? Wanted{2, 0, 1, false}
                          : cut == Cut::Sagittal ? Wanted{0, 1, 2, true}
                                                 : Wanted{1, 0, 2, true};
    std::array<bool, 3> taken{};
    Plane plane;
    plane.across = nearest(geometry, wanted.across, taken);
    taken[static_cast<std::size_t>(plane.across)] = true;
    plane.right = nearest(geometry, wanted.right, taken);
    taken[static_cast<std::size_t>(plane.right)] = true;
    plane.down = nearest(geometry, wanted.down, taken);
    const auto& right = geometry.axes[static_cast<std::size_t>(plane.right)];
    const auto& down = geometry.axes[static_cast<std::size_t>(plane.down)];
    plane.flipRight = right[wanted.right] < 0;
    plane.flipDown = wanted.downIsFeet ? down[wanted.down] > 0 : down[wanted.down] < 0;
    plane.rightMm = lengthOf(right);
    plane.downMm = lengthOf(down);
    return plane;
}

SliceView::SliceView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    describe();
}

void SliceView::setVolume(std::shared_ptr<const model::Volume> volume) {
    const bool same = m_volume && volume && m_volume->geometry == volume->geometry;
    m_volume = std::move(volume);
    m_stale = true;
    m_marked.reset();
    if (m_volume && !same) {
        m_plane = planeOf(m_volume->geometry, m_cut);
        setSlice(slices() / 2);
    }
    update();
    describe();
}

void SliceView::setMask(std::shared_ptr<const model::VolumeMask> mask) {
    m_mask = std::move(mask);
    m_stale = true;
    update();
}

void SliceView::setCut(Cut cut) {
    m_cut = cut;
    m_stale = true;
    if (m_volume) {
        m_plane = planeOf(m_volume->geometry, cut);
        m_slice = -1;
        m_marked ? showPlace(*m_marked) : setSlice(slices() / 2);
    }
    update();
    describe();
}

int SliceView::slices() const {
    return m_volume ? m_volume->geometry.size[static_cast<std::size_t>(m_plane.across)] : 0;
}

void SliceView::setSlice(int slice) {
    const int next = std::clamp(slice, 0, std::max(0, slices() - 1));
    if (next == m_slice) {
        return;
    }
    m_slice = next;
    m_stale = true;
    update();
    describe();
    emit sliceChanged(next);
}

void SliceView::showPlace(const model::PointMm& place) {
    if (!m_volume) {
        return;
    }
    m_marked = place;
    if (const auto frame = model::VoxelFrame::of(m_volume->geometry)) {
        setSlice(
            static_cast<int>(std::lround(frame->index(place)[static_cast<std::size_t>(m_plane.across)])));
    }
    update();
}

void SliceView::setTool(SliceTool tool) {
    m_tool = tool;
    setCursor(tool == SliceTool::Look ? Qt::ArrowCursor : Qt::CrossCursor);
    update();
}

void SliceView::setRadiusMm(double radius) {
    m_radiusMm = radius;
    update();
}

void SliceView::setCaption(const QString& caption) {
    m_caption = caption;
    update();
    describe();
}

void SliceView::setWindow(double low, double high) {
    m_low = low;
    m_high = std::max(high, low + 1e-6);
    m_stale = true;
    update();
}

QRectF SliceView::pictureRect() const {
    const auto& size = m_volume->geometry.size;
    const double wide = size[static_cast<std::size_t>(m_plane.right)] * m_plane.rightMm;
    const double high = size[static_cast<std::size_t>(m_plane.down)] * m_plane.downMm;
    const double scale = std::min(width() / std::max(wide, 1e-6), height() / std::max(high, 1e-6));
    const QSizeF shown(wide * scale, high * scale);
    return {QPointF((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown};
}

void SliceView::compose() {
    m_stale = false;
    const auto& geometry = m_volume->geometry;
    const int wide = geometry.size[static_cast<std::size_t>(m_plane.right)];
    const int high = geometry.size[static_cast<std::size_t>(m_plane.down)];
    m_image = QImage(wide, high, QImage::Format_RGB32);
    std::array<std::int32_t, 3> voxel{};
    voxel[static_cast<std::size_t>(m_plane.across)] = m_slice;
    const auto columns = static_cast<std::size_t>(geometry.size[0]);
    const auto rows = static_cast<std::size_t>(geometry.size[1]);
    const bool masked = m_mask && m_mask->geometry() == geometry;
    for (int y = 0; y < high; ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        voxel[static_cast<std::size_t>(m_plane.down)] = m_plane.flipDown ? high - 1 - y : y;
        for (int x = 0; x < wide; ++x) {
            voxel[static_cast<std::size_t>(m_plane.right)] = m_plane.flipRight ? wide - 1 - x : x;
            const std::size_t index =
                (static_cast<std::size_t>(voxel[2]) * rows + static_cast<std::size_t>(voxel[1])) * columns +
                static_cast<std::size_t>(voxel[0]);
            const double share = (m_volume->value(index) - m_low) / (m_high - m_low);
            const int grey = static_cast<int>(std::clamp(share, 0.0, 1.0) * 255);
            if (masked && m_mask->test(index)) {
                const auto mix = [grey](int ink) { return (grey + ink) / 2; };
                line[x] = qRgb(mix(kAmber[0]), mix(kAmber[1]), mix(kAmber[2]));
            } else {
                line[x] = qRgb(grey, grey, grey);
            }
        }
    }
}

QPointF SliceView::toPlane(const QPointF& widget) const {
    const auto& size = m_volume->geometry.size;
    const QRectF area = pictureRect();
    const double wide = size[static_cast<std::size_t>(m_plane.right)];
    const double high = size[static_cast<std::size_t>(m_plane.down)];
    double right = (widget.x() - area.left()) / area.width() * wide - 0.5;
    double down = (widget.y() - area.top()) / area.height() * high - 0.5;
    right = m_plane.flipRight ? wide - 1 - right : right;
    down = m_plane.flipDown ? high - 1 - down : down;
    // Planes name their axes in the order of the volume (VolumeMask::plane).
    return m_plane.right < m_plane.down ? QPointF(right, down) : QPointF(down, right);
}

void SliceView::dab(const QPointF& position, bool begins) {
    const QPointF centre = toPlane(position);
    const bool rightFirst = m_plane.right < m_plane.down;
    const double firstMm = rightFirst ? m_plane.rightMm : m_plane.downMm;
    const double secondMm = rightFirst ? m_plane.downMm : m_plane.rightMm;
    std::vector<model::PointPx> outline;
    for (int i = 0; i < kCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCorners;
        outline.push_back({centre.x() + std::cos(angle) * m_radiusMm / firstMm,
                           centre.y() + std::sin(angle) * m_radiusMm / secondMm});
    }
    emit dabbed(outline, begins);
}

void SliceView::wheelEvent(QWheelEvent* event) {
    setSlice(m_slice + (event->angleDelta().y() > 0 ? 1 : -1));
    event->accept();
}

void SliceView::mousePressEvent(QMouseEvent* event) {
    if (!m_volume || event->button() != Qt::LeftButton || m_tool == SliceTool::Look) {
        return;
    }
    m_stroking = true;
    m_last = event->position();
    dab(m_last, true);
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    update();
    if (!m_stroking) {
        return;
    }
    // Dabs half a radius apart: no gaps where the hand was quick.
    const double step = std::max(
        1.0, m_radiusMm * pictureRect().width() /
                 (m_volume->geometry.size[static_cast<std::size_t>(m_plane.right)] * m_plane.rightMm) / 2);
    QPointF way = event->position() - m_last;
    while (std::hypot(way.x(), way.y()) >= step) {
        m_last += way * (step / std::hypot(way.x(), way.y()));
        dab(m_last, false);
        way = event->position() - m_last;
    }
}

void SliceView::mouseReleaseEvent(QMouseEvent*) {
    if (m_stroking) {
        m_stroking = false;
        emit strokeEnded();
    }
}

void SliceView::leaveEvent(QEvent*) {
    m_pointer.reset();
    update();
}

void SliceView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        setSlice(m_slice + 1);
        return;
    case Qt::Key_Down:
        setSlice(m_slice - 1);
        return;
    case Qt::Key_PageUp:
        setSlice(m_slice + 10);
        return;
    case Qt::Key_PageDown:
        setSlice(m_slice - 10);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_volume && m_tool != SliceTool::Look) {
            dab(m_pointer.value_or(QPointF(rect().center())), true);
            emit strokeEnded();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void SliceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
    }
    QWidget::changeEvent(event);
}

void SliceView::describe() {
    setAccessibleName(m_caption.isEmpty() ? tr("Slice") : tr("Slice, %1").arg(m_caption));
    setAccessibleDescription(slices() > 0 ? tr("slice %1 of %2").arg(m_slice + 1).arg(slices()) : QString());
}

void SliceView::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    if (m_volume) {
        if (m_stale) {
            compose();
        }
        const QRectF area = pictureRect();
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(area, m_image);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_tool != SliceTool::Look && (m_pointer || hasFocus())) {
            const double radius =
                m_radiusMm * area.width() /
                (m_volume->geometry.size[static_cast<std::size_t>(m_plane.right)] * m_plane.rightMm);
            painter.setPen(QPen(m_tool == SliceTool::Add ? QColor(kAmber[0], kAmber[1], kAmber[2])
                                                         : QColor(0x56, 0xB4, 0xE9),
                                1.5, m_tool == SliceTool::Add ? Qt::SolidLine : Qt::DashLine));
            painter.drawEllipse(m_pointer.value_or(QPointF(rect().center())), radius, radius);
        }
    }
    if (!m_caption.isEmpty()) {
        painter.setFont(theme.font(style::Type::Note));
        const int wide = std::min(width(), painter.fontMetrics().horizontalAdvance(m_caption) + 10);
        const QRect box(0, height() - theme.px(17), wide, theme.px(17));
        painter.fillRect(box, QColor(0x1A, 0x1D, 0x23, 0xE0));
        painter.setPen(theme.viewer().text);
        painter.drawText(box, Qt::AlignCenter, m_caption);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.tokensOf(true).accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

} // namespace kamei::ui::views::surface
