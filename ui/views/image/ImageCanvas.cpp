#include "ui/views/image/ImageCanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/views/image/DeepZoom.h"

namespace kamei::ui::views::image {
namespace {

constexpr double kMinScale = 0.02;
constexpr double kMaxScale = 64.0;
constexpr double kHandleReach = 7.0;

bool drawsArea(Tool tool) {
    return tool == Tool::Box || tool == Tool::Ellipse;
}

QRectF boxOf(const model::Mask& mask) {
    const model::RectPx box = model::boundsOf(mask);
    return QRectF(box.x, box.y, box.width, box.height);
}

void setBounds(model::Mask& mask) {
    if (!mask.points.empty()) {
        mask.rect = model::boundsOf(mask);
    }
}

} // namespace

ImageCanvas::ImageCanvas(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("imageCanvas"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(200, 160);
}

QSize ImageCanvas::pictureSize() const {
    const DeepZoom* const deep = m_deepBefore != nullptr ? m_deepBefore.data() : m_deepAfter.data();
    return deep != nullptr ? deep->size() : m_before.isNull() ? m_after.size() : m_before.size();
}

void ImageCanvas::setPictures(const QImage& before, const QImage& after) {
    const QSize old = pictureSize();
    m_before = before;
    m_after = after;
    if (old != pictureSize() || m_fitted) {
        fit();
    }
    update();
}

void ImageCanvas::setDeep(DeepZoom* before, DeepZoom* after) {
    const QSize old = pictureSize();
    for (DeepZoom* const gone : {m_deepBefore.data(), m_deepAfter.data()}) {
        if (gone != nullptr) {
            disconnect(gone, nullptr, this, nullptr);
        }
    }
    m_deepBefore = before;
    m_deepAfter = after;
    for (DeepZoom* const deep : {before, after}) {
        if (deep != nullptr) {
            connect(deep, &DeepZoom::loaded, this, qOverload<>(&QWidget::update), Qt::UniqueConnection);
        }
    }
    if (old != pictureSize()) {
        fit();
    }
    update();
}

void ImageCanvas::setMasks(std::vector<MaskItem> items) {
    m_items = std::move(items);
    placeMasks();
}

void ImageCanvas::setFrame(int frame) {
    m_frame = frame;
    placeMasks();
}

void ImageCanvas::placeMasks() {
    m_placed.clear();
    for (const MaskItem& item : m_items) {
        if (item.mask.frames.contains(m_frame)) {
            m_placed.push_back(item);
            m_placed.back().mask = model::figureAt(item.mask, m_frame);
        }
    }
    update();
}

void ImageCanvas::setTool(Tool tool) {
    m_tool = tool;
    m_points.clear();
    m_dragging = false;
    setCursor(tool == Tool::Pan ? Qt::OpenHandCursor
                                : (tool == Tool::Select ? Qt::ArrowCursor : Qt::CrossCursor));
    update();
}

void ImageCanvas::setCompare(Compare mode) {
    m_compare = mode;
    update();
}

void ImageCanvas::select(base::FindingId finding) {
    m_selected = finding;
    update();
}

void ImageCanvas::setMasksVisible(bool visible) {
    m_masksVisible = visible;
    update();
}

void ImageCanvas::fit() {
    const QSize size = pictureSize();
    if (size.isEmpty()) {
        return;
    }
    const double available = m_compare == Compare::SideBySide ? width() / 2.0 : width();
    m_scale = std::min(available / size.width(), static_cast<double>(height()) / size.height()) * 0.98;
    m_origin = {(available - size.width() * m_scale) / 2, (height() - size.height() * m_scale) / 2};
    m_fitted = true;
    update();
    emit viewChanged();
}

void ImageCanvas::setScale(double scale, const QPointF& anchor) {
    const QSize size = pictureSize();
    // A slide as a whole is smaller than any picture is usefully made.
    const double whole = size.isEmpty()
                             ? kMinScale
                             : std::min(double(width()) / size.width(), double(height()) / size.height());
    const double next = std::clamp(scale, std::min(kMinScale, whole * 0.5), kMaxScale);
    const QPointF fixed = toPicture(anchor);
    m_scale = next;
    m_origin = anchor - fixed * next;
    m_fitted = false;
    update();
    emit viewChanged();
}

QTransform ImageCanvas::toWidget() const {
    return QTransform::fromTranslate(m_origin.x(), m_origin.y()).scale(m_scale, m_scale);
}

QPointF ImageCanvas::toPicture(const QPointF& widget) const {
    return (widget - m_origin) / m_scale;
}

const MaskItem* ImageCanvas::itemAt(const QPointF& picture) const {
    const MaskItem* best = nullptr;
    double smallest = 0;
    for (const MaskItem& item : m_placed) {
        const QRectF box = boxOf(item.mask).adjusted(-3 / m_scale, -3 / m_scale, 3 / m_scale, 3 / m_scale);
        if (box.contains(picture)) {
            const double area = box.width() * box.height();
            if (best == nullptr || area < smallest) {
                best = &item;
                smallest = area;
            }
        }
    }
    return best;
}

const MaskItem* ImageCanvas::selectedItem() const {
    const auto found = std::ranges::find(m_placed, m_selected, &MaskItem::finding);
    return found == m_placed.end() ? nullptr : &*found;
}

model::Mask ImageCanvas::draft() const {
    model::Mask mask;
    mask.frames = {};
    if (drawsArea(m_tool)) {
        const QRect box = QRectF(toPicture(m_pressed), toPicture(m_last))
                              .normalized()
                              .intersected(QRectF(QPointF(0, 0), pictureSize()))
                              .toAlignedRect();
        mask.shape = m_tool == Tool::Box ? model::Mask::Shape::Rectangle : model::Mask::Shape::Ellipse;
        mask.rect = {box.x(), box.y(), box.width(), box.height()};
        return mask;
    }
    mask.shape = m_tool == Tool::Brush ? model::Mask::Shape::Brush : model::Mask::Shape::Polygon;
    mask.points = m_points;
    mask.radiusPx = m_tool == Tool::Brush ? m_brushRadius : 0;
    setBounds(mask);
    return mask;
}

void ImageCanvas::finishDraft() {
    const model::Mask mask = draft();
    m_points.clear();
    m_dragging = false;
    update();
    const bool polygon = mask.shape == model::Mask::Shape::Polygon;
    if (mask.rect.width >= 2 && mask.rect.height >= 2 && (!polygon || mask.points.size() >= 3)) {
        emit drawn(mask);
    }
}

void ImageCanvas::beginAdjust(const QPointF& position) {
    const MaskItem* item = selectedItem();
    m_adjusting.reset();
    if (item == nullptr || !m_editable) {
        return;
    }
    const QRectF box = toWidget().mapRect(boxOf(item->mask));
    m_handle = -1;
    if (item->mask.points.empty()) {
        for (int i = 0; i < 9; ++i) {
            const QPointF p(box.left() + box.width() * (i % 3) / 2.0,
                            box.top() + box.height() * (i / 3) / 2.0);
            if (i != 4 && std::hypot(p.x() - position.x(), p.y() - position.y()) <= kHandleReach) {
                m_handle = i;
            }
        }
    }
    if (m_handle < 0 && box.contains(position)) {
        m_handle = 4;
    }
    if (m_handle >= 0) {
        m_adjusting = item->mask;
    }
}

void ImageCanvas::adjust(const QPointF& position) {
    const MaskItem* item = selectedItem();
    if (!m_adjusting || item == nullptr) {
        return;
    }
    const QPointF delta = toPicture(position) - toPicture(m_pressed);
    const int dx = static_cast<int>(std::lround(delta.x()));
    const int dy = static_cast<int>(std::lround(delta.y()));
    model::Mask next = item->mask;
    if (m_handle == 4) {
        next.rect.x += dx;
        next.rect.y += dy;
        for (auto& p : next.points) {
            p.x += dx;
            p.y += dy;
        }
    } else {
        QRect box(next.rect.x, next.rect.y, next.rect.width, next.rect.height);
        const int column = m_handle % 3;
        const int row = m_handle / 3;
        box.adjust(column == 0 ? dx : 0, row == 0 ? dy : 0, column == 2 ? dx : 0, row == 2 ? dy : 0);
        box = box.normalized();
        next.rect = {box.x(), box.y(), std::max(box.width(), 2), std::max(box.height(), 2)};
    }
    m_adjusting = next;
    update();
}

void ImageCanvas::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    m_pressed = m_last = event->position();
    if (m_compare == Compare::Swipe && std::abs(event->position().x() - m_swipe * width()) < 10) {
        m_swiping = true;
        return;
    }
    if (event->button() == Qt::MiddleButton || m_tool == Tool::Pan || m_tool == Tool::Window) {
        m_dragging = true;
        return;
    }
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const QPointF picture = toPicture(event->position());
    switch (m_tool) {
    case Tool::Zoom:
        setScale(m_scale * (event->modifiers().testFlag(Qt::AltModifier) ? 0.5 : 2.0), event->position());
        break;
    case Tool::Erase:
        if (const MaskItem* item = itemAt(picture); item != nullptr && m_editable) {
            emit erased(item->finding);
        }
        break;
    case Tool::Polygon:
        if (m_editable) {
            m_points.push_back({picture.x(), picture.y()});
        }
        break;
    case Tool::Brush:
        m_dragging = m_editable;
        m_points.assign(1, {picture.x(), picture.y()});
        break;
    case Tool::Box:
    case Tool::Ellipse:
        m_dragging = m_editable;
        break;
    default:
        beginAdjust(event->position());
        if (!m_adjusting) {
            const MaskItem* item = itemAt(picture);
            m_selected = item != nullptr ? item->finding : base::FindingId{};
            emit selected(m_selected);
            beginAdjust(event->position());
        }
        m_dragging = m_adjusting.has_value();
        break;
    }
    update();
}

void ImageCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    if (m_swiping) {
        m_swipe = std::clamp(position.x() / std::max(width(), 1), 0.0, 1.0);
        update();
        return;
    }
    if (!m_dragging) {
        m_last = position;
        if (m_tool == Tool::Polygon && !m_points.empty()) {
            update();
        }
        return;
    }
    if (m_tool == Tool::Pan || event->buttons().testFlag(Qt::MiddleButton)) {
        m_origin += position - m_last;
        m_fitted = false;
        emit viewChanged();
    } else if (m_tool == Tool::Window) {
        emit windowDragged(position.x() - m_last.x(), position.y() - m_last.y());
    } else if (m_tool == Tool::Brush) {
        const QPointF picture = toPicture(position);
        m_points.push_back({picture.x(), picture.y()});
    } else if (m_tool == Tool::Select) {
        adjust(position);
    }
    m_last = position;
    update();
}

void ImageCanvas::mouseReleaseEvent(QMouseEvent* event) {
    m_last = event->position();
    m_swiping = false;
    if (!m_dragging) {
        return;
    }
    if (drawsArea(m_tool) || m_tool == Tool::Brush) {
        finishDraft();
        return;
    }
    m_dragging = false;
    const MaskItem* item = selectedItem();
    if (m_adjusting && item != nullptr && !(*m_adjusting == item->mask)) {
        emit reshaped(item->finding, *m_adjusting);
    }
    m_adjusting.reset();
    update();
}

void ImageCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_tool == Tool::Polygon && m_points.size() >= 3) {
        finishDraft();
    } else if (m_tool == Tool::Select && itemAt(toPicture(event->position())) == nullptr) {
        fit();
    }
}

void ImageCanvas::wheelEvent(QWheelEvent* event) {
    const int notches = event->angleDelta().y();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setScale(m_scale * std::pow(1.0015, notches), event->position());
    } else if (event->modifiers().testFlag(Qt::ShiftModifier) && m_tool == Tool::Brush) {
        m_brushRadius = std::clamp(m_brushRadius * std::pow(1.0015, notches), 1.0, 400.0);
        update();
    } else if (notches != 0) {
        emit stepped(notches < 0 ? 1 : -1);
    }
    event->accept();
}

void ImageCanvas::moveSelected(int dx, int dy, bool resize) {
    const MaskItem* item = selectedItem();
    if (item == nullptr || !m_editable) {
        return;
    }
    model::Mask next = item->mask;
    if (resize && next.points.empty()) {
        next.rect.width = std::max(next.rect.width + dx, 2);
        next.rect.height = std::max(next.rect.height + dy, 2);
    } else {
        next.rect.x += dx;
        next.rect.y += dy;
        for (auto& p : next.points) {
            p.x += dx;
            p.y += dy;
        }
    }
    emit reshaped(item->finding, next);
}

void ImageCanvas::keyPressEvent(QKeyEvent* event) {
    const bool resize = event->modifiers().testFlag(Qt::ControlModifier);
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    const bool chosen = m_selected.valid() && selectedItem() != nullptr;
    switch (event->key()) {
    case Qt::Key_Escape:
        m_points.clear();
        m_dragging = false;
        update();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_tool == Tool::Polygon && m_points.size() >= 3) {
            finishDraft();
        } else if (drawsArea(m_tool) && m_editable) {
            // Without a mouse: a box in the middle, to be moved and sized with the arrow keys.
            const QPointF centre =
                toWidget().map(QPointF(pictureSize().width() / 2.0, pictureSize().height() / 2.0));
            const QPointF half(pictureSize().width() * m_scale / 8, pictureSize().height() * m_scale / 16);
            m_pressed = centre - half;
            m_last = centre + half;
            finishDraft();
        } else {
            event->ignore();
        }
        break;
    case Qt::Key_Delete:
        chosen ? emit erased(m_selected) : event->ignore();
        break;
    case Qt::Key_Left:
        chosen ? moveSelected(-step, 0, resize) : emit stepped(-1);
        break;
    case Qt::Key_Right:
        chosen ? moveSelected(step, 0, resize) : emit stepped(1);
        break;
    case Qt::Key_Up:
        chosen ? moveSelected(0, -step, resize) : event->ignore();
        break;
    case Qt::Key_Down:
        chosen ? moveSelected(0, step, resize) : event->ignore();
        break;
    case Qt::Key_Plus:
        setScale(m_scale * 1.25, rect().center());
        break;
    case Qt::Key_Minus:
        setScale(m_scale / 1.25, rect().center());
        break;
    case Qt::Key_0:
        fit();
        break;
    case Qt::Key_1:
        setScale(1.0 / devicePixelRatioF(), rect().center());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ImageCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_fitted) {
        fit();
    }
}

} // namespace kamei::ui::views::image
