#include "ui/views/image/OverviewStrip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/style/Theme.h"
#include "ui/views/image/RasterImage.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kCaption = 24;
constexpr int kGap = 8;

} // namespace

OverviewStrip::OverviewStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("overviewStrip"));
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(132);
}

void OverviewStrip::clear() {
    m_pictures = {};
    m_frames = 0;
    m_chosen = -1;
    update();
}

void OverviewStrip::show(const job::SeriesOverview& overview) {
    const std::array<const model::Raster*, 4> rasters{&overview.maximum, &overview.minimum,
                                                      &overview.variation, &overview.mean};
    for (std::size_t i = 0; i < rasters.size(); ++i) {
        m_pictures[i] = toImage(*rasters[i], initialWindow(*rasters[i]));
    }
    m_frames = overview.frames;
    setAccessibleName(tr("Series overview: all %n pictures in one", nullptr, m_frames));
    update();
}

QRect OverviewStrip::cell(int index) const {
    const int height = this->height() - kCaption - 6;
    const QImage& picture = m_pictures[static_cast<std::size_t>(index)];
    const int width =
        picture.isNull() ? height * 4 / 3 : height * picture.width() / std::max(picture.height(), 1);
    const int step = std::min(width, (this->width() - 24 - 3 * kGap) / 4);
    return {12 + index * (step + kGap), kCaption, step, height};
}

void OverviewStrip::choose(int index) {
    m_chosen = m_chosen == index ? -1 : index;
    update();
    emit chosen(m_chosen);
}

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < 4; ++i) {
        if (cell(i).contains(event->position().toPoint()) && m_frames > 0) {
            choose(i);
        }
    }
}

void OverviewStrip::keyPressEvent(QKeyEvent* event) {
    if (m_frames > 0 && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_4) {
        choose(event->key() - Qt::Key_1);
        return;
    }
    QWidget::keyPressEvent(event);
}

void OverviewStrip::paintEvent(QPaintEvent*) {
    const style::ViewerTokens& look = style::Theme::instance().viewer();
    QPainter painter(this);
    painter.fillRect(rect(), look.bar);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setFont(style::Theme::instance().font(style::Type::Table, true));
    painter.setPen(look.text);
    const QString head = tr("Series overview");
    painter.drawText(QRect(12, 0, width() - 24, kCaption), Qt::AlignVCenter | Qt::AlignLeft, head);
    const int after = 12 + painter.fontMetrics().horizontalAdvance(head) + 12;
    painter.setFont(style::Theme::instance().font(style::Type::Table));
    painter.setPen(look.text2);
    const QString text =
        m_frames == 0 ? tr("computing…")
                      : tr("all %n pictures in one; characters that do not move are black in “variation”",
                           nullptr, m_frames);
    painter.drawText(QRect(after, 0, width() - after - 12, kCaption), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, width() - after - 12));
    const std::array<QString, 4> captions{tr("Maximum"), tr("Minimum"), tr("Variation"), tr("Mean")};
    for (int i = 0; i < 4; ++i) {
        const QRect place = cell(i);
        const auto index = static_cast<std::size_t>(i);
        painter.fillRect(place, look.back);
        if (!m_pictures[index].isNull()) {
            const QSize fitted = m_pictures[index].size().scaled(place.size(), Qt::KeepAspectRatio);
            painter.drawImage(QRect(place.center() - QPoint(fitted.width() / 2, fitted.height() / 2), fitted),
                              m_pictures[index]);
        }
        painter.setPen(
            QPen(i == m_chosen ? style::Theme::instance().viewer().text : look.line, i == m_chosen ? 2 : 1));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
        painter.setPen(look.text);
        QRect caption(place.left() + 1, place.bottom() - 18,
                      painter.fontMetrics().horizontalAdvance(captions[index]) + 10, 18);
        painter.fillRect(caption, look.back);
        painter.drawText(caption, Qt::AlignCenter, captions[index]);
    }
}

} // namespace kamei::ui::views::image
