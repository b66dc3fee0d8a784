#include "ui/views/image/FrameBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kCineMs = 66; // about 15 frames a second: fast enough to see motion, slow enough to read

} // namespace

FrameBar::FrameBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("frameBar"));
    style::setProperty(this, "surface",
                       QStringLiteral("viewerbar")); // before the icons, which take its colours
    m_first = style::iconButton(QStringLiteral("first"), {}, this);
    m_back = style::iconButton(QStringLiteral("previous"), {}, this);
    m_play = style::iconButton(QStringLiteral("play"), {}, this);
    m_on = style::iconButton(QStringLiteral("next"), {}, this);
    m_last = style::iconButton(QStringLiteral("last"), {}, this);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(QStringLiteral("frameSlider"));
    m_slider->setMinimum(1);
    m_slider->setPageStep(10);
    m_range = style::label("note", {}, this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(4);
    for (QToolButton* button : {m_first, m_back, m_play, m_on, m_last}) {
        row->addWidget(button);
    }
    row->addSpacing(8);
    row->addWidget(m_slider, 1);
    row->addSpacing(8);
    row->addWidget(m_range);
    connect(m_first, &QToolButton::clicked, this, [this] { m_slider->setValue(1); });
    connect(m_last, &QToolButton::clicked, this, [this] { m_slider->setValue(m_slider->maximum()); });
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_on, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_play, &QToolButton::clicked, this, &FrameBar::togglePlay);
    connect(m_slider, &QSlider::valueChanged, this, &FrameBar::chosen);
    m_timer.setInterval(kCineMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_slider->setValue(m_slider->value() >= m_slider->maximum() ? 1 : m_slider->value() + 1);
    });
    retranslate();
}

void FrameBar::retranslate() {
    const auto name = [](QWidget* widget, const QString& text) {
        widget->setToolTip(text);
        widget->setAccessibleName(text);
    };
    name(m_first, tr("First picture"));
    name(m_back, tr("Previous picture"));
    name(m_play, m_timer.isActive() ? tr("Stop") : tr("Play"));
    name(m_on, tr("Next picture"));
    name(m_last, tr("Last picture"));
    name(m_slider, tr("Picture"));
    setRange(m_rangeFirst, m_rangeLast);
}

void FrameBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void FrameBar::setFrames(int count) {
    stop();
    const QSignalBlocker quiet(m_slider);
    m_slider->setMaximum(std::max(count, 1));
    setVisible(count > 1);
}

void FrameBar::setFrame(int frame) {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(frame);
}

int FrameBar::frame() const {
    return m_slider->value();
}

void FrameBar::setRange(int first, int last) {
    m_rangeFirst = first;
    m_rangeLast = last;
    m_range->setText(last < first ? tr("Mask: all pictures") : tr("Mask: %1–%2").arg(first).arg(last));
}

void FrameBar::setSliding(bool sliding) {
    m_slider->setVisible(sliding);
    m_range->setVisible(sliding);
}

void FrameBar::clearRange() {
    m_range->clear();
}

void FrameBar::setRate(double framesPerSecond) {
    m_timer.setInterval(framesPerSecond > 0 ? std::max(static_cast<int>(1000 / framesPerSecond), 10)
                                            : kCineMs);
}

void FrameBar::step(int by) {
    m_slider->setValue(m_slider->value() + by);
}

void FrameBar::togglePlay() {
    m_timer.isActive() ? stop() : m_timer.start();
    retranslate();
}

void FrameBar::stop() {
    m_timer.stop();
    retranslate();
}

} // namespace kamei::ui::views::image
