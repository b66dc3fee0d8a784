#include "ui/screens/confirm/ContactSheet.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/RasterImage.h"

namespace kamei::ui::screens::confirm {
namespace {

constexpr int kGap = 6;
constexpr int kMargin = 8;
constexpr int kThumbnail = 480; // longest side that is kept, so that thousands of pictures fit

} // namespace

ContactSheet::ContactSheet(shell::AppContext& context, QWidget* parent)
    : QAbstractScrollArea(parent), m_context(context) {
    setObjectName(QStringLiteral("contactSheet"));
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("All pictures of this series"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void ContactSheet::show(base::AssetId asset, int frames) {
    ++m_generation;
    m_asset = asset;
    m_frames = frames;
    m_current = 1;
    m_pictures.clear();
    m_requested.clear();
    m_shown.clear();
    verticalScrollBar()->setValue(0);
    updateRange();
    viewport()->update();
}

void ContactSheet::setTileWidth(int width) {
    m_width = width;
    updateRange();
    viewport()->update();
}

void ContactSheet::setCurrent(int frame) {
    m_current = frame;
    const QRect place = tile(frame);
    if (place.top() < 0) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + place.top() - kGap);
    } else if (place.bottom() > viewport()->height()) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + place.bottom() - viewport()->height() +
                                      kGap);
    }
    viewport()->update();
}

void ContactSheet::markShown(int frame) {
    m_shown.insert(frame);
    viewport()->update(tile(frame));
}

int ContactSheet::columns() const {
    return std::max(1, (viewport()->width() - 2 * kMargin + kGap) / (m_width + kGap));
}

QRect ContactSheet::tile(int frame) const {
    const int height = static_cast<int>(m_width * m_aspect);
    const int row = (frame - 1) / columns();
    const int column = (frame - 1) % columns();
    return {kMargin + column * (m_width + kGap),
            kMargin + row * (height + kGap) - verticalScrollBar()->value(), m_width, height};
}

void ContactSheet::updateRange() {
    const int height = static_cast<int>(m_width * m_aspect) + kGap;
    const int rows = (m_frames + columns() - 1) / columns();
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(height / 2);
    verticalScrollBar()->setRange(0, std::max(0, rows * height + 2 * kMargin - viewport()->height()));
}

void ContactSheet::request(int frame) {
    auto session = m_context.session();
    if (!session || m_requested.contains(frame)) {
        return;
    }
    m_requested.insert(frame);
    m_context.runner().look(
        this,
        [session, asset = m_asset, frame] {
            QImage out;
            if (auto shown = job::pictureOf(*session, asset, frame, job::Side::After)) {
                out = views::image::toImage(shown->raster, views::image::initialWindow(shown->raster));
                if (std::max(out.width(), out.height()) > kThumbnail) {
                    out = out.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
                }
            }
            return out;
        },
        [this, frame, generation = m_generation](QImage picture) {
            if (generation != m_generation || picture.isNull()) {
                return;
            }
            if (m_pictures.isEmpty()) {
                m_aspect = std::clamp(static_cast<double>(picture.height()) / picture.width(), 0.3, 1.5);
                updateRange();
            }
            m_pictures.insert(frame, picture);
            viewport()->update();
        });
}

void ContactSheet::paintEvent(QPaintEvent*) {
    const style::ViewerTokens& look = style::Theme::instance().viewer();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), look.back);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setFont(style::Theme::instance().font(style::Type::Note));
    for (int frame = 1; frame <= m_frames; ++frame) {
        const QRect place = tile(frame);
        if (place.bottom() < 0) {
            continue;
        }
        if (place.top() > viewport()->height()) {
            break;
        }
        request(frame);
        const QImage picture = m_pictures.value(frame);
        if (!picture.isNull()) {
            const QSize fitted = picture.size().scaled(place.size(), Qt::KeepAspectRatio);
            painter.drawImage(QRect(place.center() - QPoint(fitted.width() / 2, fitted.height() / 2), fitted),
                              picture);
            if (m_width >= kCountsFrom && viewport()->rect().contains(place) && !m_shown.contains(frame)) {
                m_shown.insert(frame);
                emit tileShown(frame);
            }
        }
        painter.setPen(
            QPen(frame == m_current ? QColor(0xAB, 0xA9, 0xF2) : look.line, frame == m_current ? 2 : 1));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
        painter.setPen(look.text);
        painter.drawText(place.adjusted(4, 0, 0, -2), Qt::AlignLeft | Qt::AlignBottom,
                         QString::number(frame));
        if (m_shown.contains(frame)) {
            style::drawIcon(painter, QRectF(place.right() - 19, place.bottom() - 18, 16, 16),
                            QStringLiteral("eye"), look.text);
        }
    }
}

void ContactSheet::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateRange();
}

void ContactSheet::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    updateRange();
}

void ContactSheet::mousePressEvent(QMouseEvent* event) {
    for (int frame = 1; frame <= m_frames; ++frame) {
        if (tile(frame).contains(event->position().toPoint())) {
            emit chosen(frame);
            return;
        }
    }
}

} // namespace kamei::ui::screens::confirm
