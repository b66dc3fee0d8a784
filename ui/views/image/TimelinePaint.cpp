// How the timeline looks; what it does stands in Timeline.cpp.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/views/image/Timeline.h"
#include "ui/views/image/TimelineLayout.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kTickGap = 76; // pixels that a written tick needs

// Frames between written ticks: round numbers of frames, or of seconds where the rate is known.
double tickStep(double framesPerPixel, double rate) {
    constexpr std::array<double, 9> kSeconds{1, 2, 5, 10, 30, 60, 300, 600, 3600};
    const double needed = framesPerPixel * kTickGap;
    if (rate > 0 && needed > rate / 2) {
        for (const double seconds : kSeconds) {
            if (seconds * rate >= needed) {
                return seconds * rate;
            }
        }
        return std::ceil(needed / (3600 * rate)) * 3600 * rate;
    }
    double step = 1;
    for (int i = 0; step < needed; ++i) {
        step *= i % 3 == 1 ? 2.5 : 2; // 1 2 5 10 20 50
    }
    return step;
}

QPainterPath diamond(double x, double y, double half) {
    QPainterPath path;
    path.moveTo(x, y - half);
    path.lineTo(x + half, y);
    path.lineTo(x, y + half);
    path.lineTo(x - half, y);
    path.closeSubpath();
    return path;
}

} // namespace

void Timeline::paintRuler(QPainter& painter) const {
    const auto& look = style::Theme::instance().viewer();
    const int height = timeline::rulerHeight();
    painter.fillRect(QRect(0, 0, width(), height), look.bar);
    painter.setFont(style::Theme::instance().font(style::Type::Note));
    painter.setPen(look.text2);
    const QString place = m_clip.rate > 0 ? timeText(m_frame, m_clip.rate)
                                          : QStringLiteral("%1 / %2").arg(m_frame).arg(m_clip.frames);
    painter.drawText(QRect(8, 0, timeline::labelWidth() - 16, height), Qt::AlignVCenter | Qt::AlignLeft,
                     place);
    const double framesPerPixel = m_clip.frames / m_zoom / std::max(width() - timeline::labelWidth(), 1);
    const double step = tickStep(framesPerPixel, m_clip.rate);
    painter.setClipRect(QRect(timeline::labelWidth(), 0, width(), height));
    for (double at = std::floor(m_left / step) * step; at <= m_left + m_clip.frames / m_zoom; at += step) {
        const double x = xOf(at + 1);
        painter.drawLine(QPointF(x, height - 7), QPointF(x, height));
        const int frame = static_cast<int>(std::lround(at)) + 1;
        QString words = m_clip.rate > 0 ? timeText(frame, m_clip.rate) : QString::number(frame);
        if (m_clip.rate > 0 && step >= m_clip.rate) {
            words = words.left(8); // whole seconds
        }
        painter.drawText(QPointF(x + 4, height - 9), words);
    }
    painter.setClipping(false);
}

void Timeline::paintCuts(QPainter& painter) const {
    const auto& look = style::Theme::instance().viewer();
    const int ruler = timeline::rulerHeight();
    painter.save();
    painter.setClipRect(QRect(timeline::labelWidth(), 0, width(), height()));
    QColor thin = look.text2;
    thin.setAlphaF(0.55F);
    double last = -1e9;
    constexpr double kLeastGap = 2; // pixels: closer ones are one line
    for (const int cut : m_cuts) {
        const double x = xOf(cut);
        if (x - last < kLeastGap || x < timeline::labelWidth() - 4 || x > width() + 4) {
            continue;
        }
        last = x;
        painter.setPen(QPen(thin, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, ruler), QPointF(x, height()));
        const bool present = cut == m_frame;
        painter.setPen(QPen(present ? look.text : look.text2, present ? 2.5 : 1.5));
        painter.drawLine(QPointF(x, 1), QPointF(x, 8));
        painter.drawLine(QPointF(x - 3, 1), QPointF(x + 3, 1));
    }
    painter.restore();
}

void Timeline::paintRow(QPainter& painter, int row) const {
    const MaskItem& item = m_items[static_cast<std::size_t>(row)];
    const QRect area = rowRect(row);
    const auto& look = style::Theme::instance().viewer();
    const style::CategoryLook category = style::Theme::instance().viewerCategory(item.category);
    const bool chosen = item.finding == m_selected;
    painter.fillRect(area, chosen ? QColor(0x35, 0x33, 0x60) : look.back);
    painter.setPen(look.line);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setPen(look.text);
    painter.setFont(style::Theme::instance().font(style::Type::Note, chosen));
    const QRect label(8, area.top(), timeline::labelWidth() - 16, area.height());
    painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(item.tag, Qt::ElideRight, label.width()));
    painter.setClipRect(QRect(timeline::labelWidth(), area.top(), width(), area.height()));
    const model::FrameRange frames = framesOf(item);
    const QRectF bar(xOf(frames.first), area.top() + 4.5,
                     std::max(xOf(frames.last + 1) - xOf(frames.first), 3.0), area.height() - 9);
    QColor tint = category.line;
    tint.setAlphaF(item.state == model::DecisionState::Rejected ? 0.0F : 0.28F);
    painter.fillRect(bar, tint);
    painter.setPen(style::categoryPen(category, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    if (item.state == model::DecisionState::Rejected) {
        painter.drawLine(bar.topLeft(), bar.bottomRight());
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::black, 1));
    for (const model::TrackKey& key : item.mask.track) {
        const bool present = key.frame == m_frame;
        painter.setBrush(present && chosen ? category.line : QColor(Qt::white));
        painter.drawPath(diamond(xOf(key.frame + 0.5), area.center().y() + 0.5, present ? 6.5 : 5));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipping(false);
}

void Timeline::paintSound(QPainter& painter, std::size_t stream) const {
    const SoundItem& sound = m_sounds[stream];
    const QRect area = rowRect(firstLane() + static_cast<int>(stream));
    const auto& look = style::Theme::instance().viewer();
    const bool chosen = sound.finding == m_selected;
    const auto silentBetween = [&](double from, double to, bool certain) {
        const QRectF bar(xOf(from), area.top() + 4.5, std::max(xOf(to) - xOf(from), 3.0), area.height() - 9);
        painter.fillRect(bar, QColor(0, 0, 0, 130));
        painter.fillRect(bar, QBrush(look.text2, Qt::BDiagPattern));
        painter.setPen(QPen(look.text, 1.5, certain ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar);
    };
    painter.fillRect(area, chosen ? QColor(0x35, 0x33, 0x60) : look.back);
    painter.setPen(look.text);
    painter.setFont(style::Theme::instance().font(style::Type::Note, chosen));
    painter.drawText(QRect(8, area.top(), timeline::labelWidth() - 16, area.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, nameOf(sound));
    painter.setFont(style::Theme::instance().font(style::Type::Note));
    painter.setClipRect(QRect(timeline::labelWidth(), area.top(), width(), area.height()));
    const bool inParts = sound.fate == SoundItem::Fate::SilentInParts;
    if (sound.fate == SoundItem::Fate::Removed) {
        painter.fillRect(area.adjusted(timeline::labelWidth(), 4, 0, -4),
                         QBrush(look.line, Qt::BDiagPattern));
    }
    for (const model::Mute::Range& range : sound.mute.ranges) {
        if (inParts) {
            silentBetween(m_clip.placeOf(range.fromMs), m_clip.placeOf(range.toMs), !sound.unsaid);
        }
    }
    if (chosen && m_silenceBegun > 0) {
        painter.setPen(QPen(look.text, 2));
        const double x = xOf(m_silenceBegun);
        painter.drawLine(QPointF(x, area.top() + 3), QPointF(x, area.bottom() - 3));
    }
    if (chosen && m_drag == Drag::Sound && m_dragged.first < m_dragged.last) {
        silentBetween(m_dragged.first, m_dragged.last + 1, false);
    }
    if (!inParts) { // there the ranges say it
        const QRect words = area.adjusted(timeline::labelWidth() + 8, 4, -8, -4);
        const int width = painter.fontMetrics().horizontalAdvance(wordsOf(sound)) + 12;
        painter.fillRect(QRect(words.topLeft(), QSize(std::min(width, words.width()), words.height())),
                         chosen ? QColor(0x35, 0x33, 0x60) : look.back);
        painter.setPen(chosen ? look.text : look.text2);
        painter.drawText(words.adjusted(6, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, wordsOf(sound));
    }
    painter.setClipping(false);
    painter.setPen(look.line);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

void Timeline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& look = style::Theme::instance().viewer();
    painter.fillRect(rect(), look.back);
    if (m_clip.frames < 1) {
        return;
    }
    paintRuler(painter);
    for (int row = 0; row < static_cast<int>(m_items.size()); ++row) {
        paintRow(painter, row);
    }
    if (m_items.empty()) {
        painter.setPen(look.text2);
        painter.drawText(rowRect(0).adjusted(8, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("No masks yet: draw one on the picture (B)"));
    }
    for (std::size_t stream = 0; stream < m_sounds.size(); ++stream) {
        paintSound(painter, stream);
    }
    paintCuts(painter);
    painter.setPen(look.line);
    painter.drawLine(timeline::labelWidth(), 0, timeline::labelWidth(), height());
    const double x = xOf(m_frame + 0.5);
    if (x >= timeline::labelWidth()) {
        painter.setPen(QPen(Qt::white, 2));
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        painter.fillRect(QRectF(x - 5, 0, 10, 8), Qt::white);
    }
    if (hasFocus()) {
        painter.setPen(QPen(style::tokens().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace kamei::ui::views::image
