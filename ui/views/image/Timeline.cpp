#include "ui/views/image/Timeline.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/views/image/TimelineLayout.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kGrip = 6;          // pixels to either side of the end of a bar
constexpr double kClosest = 24.0; // pixels a frame at the closest zoom

} // namespace

Timeline::Timeline(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void Timeline::setClip(const Clip& clip) {
    m_clip = clip;
    m_cuts.clear();
    m_zoom = 1.0;
    m_left = 0;
    updateGeometry();
    tell();
}

void Timeline::setTimes(std::vector<std::int64_t> us) {
    m_clip.timesUs = std::move(us);
    update();
}

void Timeline::setCuts(std::vector<int> frames) {
    m_cuts = std::move(frames);
    tell();
}

void Timeline::setItems(std::vector<MaskItem> items) {
    m_items = std::move(items);
    updateGeometry();
    tell();
}

void Timeline::setSounds(std::vector<SoundItem> sounds) {
    m_sounds = std::move(sounds);
    updateGeometry();
    tell();
}

void Timeline::setSilenceBegun(int frame) {
    m_silenceBegun = frame;
    update();
}

void Timeline::setFrame(int frame) {
    m_frame = frame;
    moveView();
    tell();
}

void Timeline::select(base::FindingId finding) {
    m_selected = finding;
    tell();
}

void Timeline::tell() {
    const QString place = m_clip.rate > 0 ? timeText(m_frame, m_clip.rate) : QString();
    setAccessibleName(tr("Timeline"));
    QStringList words{tr("Frame %1 of %2 %3, %n mask(s)", nullptr, static_cast<int>(m_items.size()))
                          .arg(m_frame)
                          .arg(m_clip.frames)
                          .arg(place)};
    if (!m_cuts.empty()) {
        words << tr("%n new scene(s)", nullptr, static_cast<int>(m_cuts.size()));
        if (std::ranges::binary_search(m_cuts, m_frame)) {
            words << tr("a new scene begins here");
        }
    }
    for (const SoundItem& sound : m_sounds) {
        words << tr("%1: %2").arg(nameOf(sound), wordsOf(sound));
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

QString Timeline::timeText(int frame, double rate) {
    if (rate <= 0) {
        return {};
    }
    return Clip::clockText(std::llround((frame - 1) * 1000.0 / rate));
}

QSize Timeline::sizeHint() const {
    return {600, heightOf(rows())};
}

int Timeline::firstLane() const {
    return std::max(static_cast<int>(m_items.size()), 1);
}

int Timeline::rows() const {
    return firstLane() + static_cast<int>(m_sounds.size());
}

base::FindingId Timeline::findingAt(int row) const {
    if (row >= firstLane() && row < rows()) {
        return m_sounds[static_cast<std::size_t>(row - firstLane())].finding;
    }
    return row >= 0 && row < static_cast<int>(m_items.size()) ? m_items[static_cast<std::size_t>(row)].finding
                                                              : base::FindingId{};
}

int Timeline::rowOf(base::FindingId finding) const {
    for (int row = 0; finding.valid() && row < rows(); ++row) {
        if (findingAt(row) == finding) {
            return row;
        }
    }
    return -1;
}

int Timeline::heightOf(int rows) {
    return timeline::rulerHeight() + rows * timeline::rowHeight() + 2;
}

QSize Timeline::minimumSizeHint() const {
    return {timeline::labelWidth() + 120, sizeHint().height()};
}

double Timeline::xOf(double frame) const {
    const double width = std::max(this->width() - timeline::labelWidth(), 1);
    return timeline::labelWidth() + (frame - 1 - m_left) * width * m_zoom / std::max(m_clip.frames, 1);
}

int Timeline::frameAt(double x) const {
    const double width = std::max(this->width() - timeline::labelWidth(), 1);
    const double frame =
        (x - timeline::labelWidth()) * std::max(m_clip.frames, 1) / (width * m_zoom) + m_left;
    return std::clamp(static_cast<int>(std::floor(frame)) + 1, 1, std::max(m_clip.frames, 1));
}

int Timeline::yOf(base::FindingId finding) const {
    const int row = rowOf(finding);
    return row < 0 ? -1 : rowRect(row).center().y();
}

QRect Timeline::rowRect(int row) const {
    return {0, timeline::rulerHeight() + row * timeline::rowHeight(), width(), timeline::rowHeight()};
}

model::FrameRange Timeline::framesOf(const MaskItem& item) const {
    if (m_drag >= Drag::First && item.finding == m_selected) {
        return m_dragged;
    }
    return item.mask.frames.all() ? model::FrameRange{1, m_clip.frames} : item.mask.frames;
}

const MaskItem* Timeline::selectedItem() const {
    const int row = selectedRow();
    return row < 0 ? nullptr : &m_items[static_cast<std::size_t>(row)];
}

int Timeline::selectedRow() const {
    const auto found = std::ranges::find(m_items, m_selected, &MaskItem::finding);
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int Timeline::keyBeside(int direction) const {
    const MaskItem* item = selectedItem();
    int best = 0;
    for (const model::TrackKey& key : item == nullptr ? std::vector<model::TrackKey>() : item->mask.track) {
        if (direction > 0 && key.frame > m_frame && best == 0) {
            best = key.frame;
        }
        if (direction < 0 && key.frame < m_frame) {
            best = key.frame;
        }
    }
    return best;
}

int Timeline::cutBeside(int direction) const {
    if (direction > 0) {
        const auto next = std::ranges::upper_bound(m_cuts, m_frame);
        return next == m_cuts.end() ? 0 : *next;
    }
    const auto here = std::ranges::lower_bound(m_cuts, m_frame);
    return here != m_cuts.begin() ? *(here - 1) : m_frame > 1 && !m_cuts.empty() ? 1 : 0;
}

// Keeps the present frame in view.
void Timeline::moveView() {
    const double seen = m_clip.frames / m_zoom;
    if (m_frame - 1 < m_left || m_frame > m_left + seen) {
        m_left = m_frame - 1 - seen / 2;
    }
    m_left = std::clamp(m_left, 0.0, std::max(m_clip.frames - seen, 0.0));
}

void Timeline::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    moveView();
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton || m_clip.frames < 1) {
        return;
    }
    const QPointF at = event->position();
    const int row = at.y() < timeline::rulerHeight()
                        ? -1
                        : static_cast<int>(at.y() - timeline::rulerHeight()) / timeline::rowHeight();
    if (row >= firstLane() && row < rows()) {
        pressSound(row, at.x());
        return;
    }
    const bool onRow = row >= 0 && row < static_cast<int>(m_items.size());
    if (onRow && m_items[static_cast<std::size_t>(row)].finding != m_selected) {
        m_selected = m_items[static_cast<std::size_t>(row)].finding;
        emit selected(m_selected);
        update();
        if (at.x() < timeline::labelWidth()) {
            return;
        }
    } else if (onRow && at.x() >= timeline::labelWidth()) {
        const model::FrameRange frames = framesOf(m_items[static_cast<std::size_t>(row)]);
        m_dragged = frames;
        if (std::abs(at.x() - xOf(frames.last + 1)) <= kGrip) {
            m_drag = Drag::Last;
            return;
        }
        if (std::abs(at.x() - xOf(frames.first)) <= kGrip) {
            m_drag = Drag::First;
            return;
        }
    }
    if (at.x() >= timeline::labelWidth()) {
        m_drag = Drag::Time;
        // On the ruler a tick takes the frame that it stands for: in long clips many share a pixel.
        const auto tick =
            std::ranges::min_element(m_cuts, {}, [&](int cut) { return std::abs(xOf(cut) - at.x()); });
        const bool onTick = row < 0 && tick != m_cuts.end() && std::abs(xOf(*tick) - at.x()) <= kGrip / 2.0;
        emit chosen(onTick ? *tick : frameAt(at.x()));
    }
}

void Timeline::pressSound(int row, double x) {
    if (findingAt(row) != m_selected) {
        m_selected = findingAt(row);
        emit selected(m_selected);
    }
    if (x >= timeline::labelWidth()) {
        m_pressed = frameAt(x);
        m_dragged = {m_pressed, m_pressed};
        m_drag = Drag::Sound;
    }
    update();
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    const int frame = frameAt(event->position().x());
    switch (m_drag) {
    case Drag::Time:
        if (frame != m_frame) {
            emit chosen(frame);
        }
        break;
    case Drag::Sound:
        m_dragged = {std::min(frame, m_pressed), std::max(frame, m_pressed)};
        update();
        break;
    case Drag::First:
        m_dragged.first = std::min(frame, m_dragged.last);
        update();
        break;
    case Drag::Last:
        m_dragged.last = std::max(frame, m_dragged.first);
        update();
        break;
    case Drag::None: {
        const MaskItem* item = selectedItem();
        const bool grips = item != nullptr && rowRect(selectedRow()).contains(event->position().toPoint()) &&
                           (std::abs(event->position().x() - xOf(framesOf(*item).last + 1)) <= kGrip ||
                            std::abs(event->position().x() - xOf(framesOf(*item).first)) <= kGrip);
        setCursor(grips ? Qt::SplitHCursor : Qt::ArrowCursor);
        break;
    }
    }
}

void Timeline::mouseReleaseEvent(QMouseEvent*) {
    const Drag drag = m_drag;
    m_drag = Drag::None;
    const MaskItem* item = selectedItem();
    if (drag == Drag::Sound) {
        if (m_dragged.first == m_dragged.last) {
            emit chosen(m_pressed); // a click goes there, as everywhere
        } else {
            emit silenced(m_selected, m_dragged.first, m_dragged.last);
        }
    } else if (drag >= Drag::First && item != nullptr) {
        model::Mask mask = item->mask;
        const bool whole = m_dragged.first == 1 && m_dragged.last == m_clip.frames;
        mask.frames = whole ? model::FrameRange{} : m_dragged;
        if (!(mask == item->mask)) {
            emit changed(item->finding, mask);
        }
    }
    update();
}

void Timeline::wheelEvent(QWheelEvent* event) {
    const QPoint by = event->angleDelta();
    const double seen = m_clip.frames / m_zoom;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const double width = std::max(this->width() - timeline::labelWidth(), 1);
        const double fixed = (event->position().x() - timeline::labelWidth()) / width;
        const double anchor = m_left + fixed * seen;
        const double closest = std::max(1.0, kClosest * m_clip.frames / width);
        m_zoom = std::clamp(m_zoom * std::pow(1.0015, by.y()), 1.0, closest);
        m_left = anchor - fixed * m_clip.frames / m_zoom;
    } else {
        m_left -= (by.x() != 0 ? by.x() : by.y()) * seen / 1200.0;
    }
    m_left = std::clamp(m_left, 0.0, std::max(m_clip.frames - m_clip.frames / m_zoom, 0.0));
    event->accept();
    update();
}

void Timeline::keyPressEvent(QKeyEvent* event) {
    const bool keys = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool cuts = event->modifiers().testFlag(Qt::ControlModifier);
    const auto go = [this](int frame) {
        if (frame >= 1 && frame <= m_clip.frames) {
            emit chosen(frame);
        }
    };
    const auto row = [this](int to) {
        if (findingAt(to).valid()) {
            m_selected = findingAt(to);
            emit selected(m_selected);
            update();
        }
    };
    switch (event->key()) {
    case Qt::Key_Left:
        go(cuts ? cutBeside(-1) : keys ? keyBeside(-1) : m_frame - 1);
        break;
    case Qt::Key_Right:
        go(cuts ? cutBeside(1) : keys ? keyBeside(1) : m_frame + 1);
        break;
    case Qt::Key_Home:
        go(1);
        break;
    case Qt::Key_End:
        go(m_clip.frames);
        break;
    case Qt::Key_Up:
        row(rowOf(m_selected) - 1);
        break;
    case Qt::Key_Down:
        // From nothing selected to the first row; past the words that there is no mask.
        row(m_items.empty() ? std::max(rowOf(m_selected), 0) + 1 : rowOf(m_selected) + 1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace kamei::ui::views::image
