#include "ui/views/image/MaskBar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/style/Widgets.h"

namespace kamei::ui::views::image {

MaskBar::MaskBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("maskBar"));
    m_place = style::label("mono", {}, this);
    m_framesLabel = style::label("small", {}, this);
    m_first = new QSpinBox(this);
    m_first->setObjectName(QStringLiteral("maskFirstFrame"));
    m_to = style::label("small", QStringLiteral("–"), this);
    m_last = new QSpinBox(this);
    m_last->setObjectName(QStringLiteral("maskLastFrame"));
    m_all = style::button("small", {}, {}, this);
    m_all->setObjectName(QStringLiteral("maskAllFrames"));
    m_fillLabel = style::label("small", {}, this);
    m_fill = new QComboBox(this);
    m_fill->setObjectName(QStringLiteral("maskFill"));
    m_fill->addItems({QString(), QString(), QString()});
    m_keepInside = new QCheckBox(this);
    m_keepInside->setObjectName(QStringLiteral("maskKeepInside"));
    m_fill->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_framesLabel->setBuddy(m_first);
    m_fillLabel->setBuddy(m_fill);
    m_template = new QCheckBox(this);
    m_template->setObjectName(QStringLiteral("maskKeepTemplate"));
    m_template->setChecked(true);
    m_device = style::button("small", {}, {}, this);
    m_device->setObjectName(QStringLiteral("maskApplyToDevice"));

    auto* top = new QHBoxLayout;
    for (QWidget* widget :
         {static_cast<QWidget*>(m_place), static_cast<QWidget*>(m_framesLabel),
          static_cast<QWidget*>(m_first), static_cast<QWidget*>(m_to), static_cast<QWidget*>(m_last),
          static_cast<QWidget*>(m_all), static_cast<QWidget*>(m_fillLabel), static_cast<QWidget*>(m_fill)}) {
        top->addWidget(widget);
    }
    top->addStretch(1);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_keepInside);
    bottom->addSpacing(8);
    bottom->addWidget(m_device);
    bottom->addWidget(m_template);
    bottom->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(6);
    column->addLayout(top);
    column->addLayout(bottom);

    connect(m_first, &QSpinBox::valueChanged, this, &MaskBar::report);
    connect(m_last, &QSpinBox::valueChanged, this, &MaskBar::report);
    connect(m_fill, &QComboBox::currentIndexChanged, this, &MaskBar::report);
    connect(m_keepInside, &QCheckBox::toggled, this, &MaskBar::report);
    connect(m_all, &QPushButton::clicked, this, [this] {
        const QSignalBlocker quiet(m_first);
        m_first->setValue(1);
        m_last->setValue(m_frameCount);
        report();
    });
    connect(m_device, &QPushButton::clicked, this, [this] {
        if (m_item) {
            emit applyToDevice(m_item->finding, m_template->isChecked());
        }
    });
    retranslate();
    hide();
}

void MaskBar::retranslate() {
    const QSignalBlocker quiet(m_fill);
    m_framesLabel->setText(tr("Pictures"));
    m_first->setAccessibleName(tr("First picture of the mask"));
    m_last->setAccessibleName(tr("Last picture of the mask"));
    m_all->setText(tr("All pictures"));
    m_fillLabel->setText(tr("Fill"));
    m_fill->setItemText(0, tr("Overwrite with black"));
    m_fill->setItemText(1, tr("Overwrite with the local mean"));
    m_fill->setItemText(2, tr("Overwrite with noise"));
    m_keepInside->setText(tr("Keep only the inside"));
    m_keepInside->setToolTip(tr("Destroys everything outside the figure instead, on its pictures"));
    m_fill->setToolTip(
        tr("Destroys the pixel values; nothing is laid over them. Pixels outside stay bit for bit."));
    m_template->setText(tr("Keep as device template"));
    m_template->setToolTip(tr("Proposed from now on for images of this device and size"));
    m_device->setText(tr("Apply to all %n of the same device and size", nullptr, m_sameDevice));
}

void MaskBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void MaskBar::show(const std::optional<MaskItem>& item, int frames, std::optional<int> sameDevice) {
    m_item = item;
    m_frameCount = std::max(frames, 1);
    m_sameDevice = sameDevice.value_or(0);
    setVisible(item.has_value());
    if (!item) {
        return;
    }
    const QSignalBlocker first(m_first);
    const QSignalBlocker last(m_last);
    const QSignalBlocker fill(m_fill);
    const QSignalBlocker inside(m_keepInside);
    const model::Mask& mask = item->mask;
    m_place->setText(QStringLiteral("x %1 y %2 w %3 h %4")
                         .arg(mask.rect.x)
                         .arg(mask.rect.y)
                         .arg(mask.rect.width)
                         .arg(mask.rect.height));
    m_first->setRange(1, m_frameCount);
    m_last->setRange(1, m_frameCount);
    m_first->setValue(mask.frames.all() ? 1 : mask.frames.first);
    m_last->setValue(mask.frames.all() ? m_frameCount : mask.frames.last);
    m_fill->setCurrentIndex(static_cast<int>(mask.fill));
    m_keepInside->setChecked(mask.keepInside);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_framesLabel), static_cast<QWidget*>(m_first), static_cast<QWidget*>(m_to),
          static_cast<QWidget*>(m_last), static_cast<QWidget*>(m_all)}) {
        widget->setVisible(m_frameCount > 1);
    }
    m_device->setVisible(sameDevice.has_value());
    m_template->setVisible(sameDevice.has_value());
    m_device->setEnabled(m_sameDevice > 0);
    retranslate();
}

void MaskBar::report() {
    if (!m_item) {
        return;
    }
    model::Mask mask = m_item->mask;
    const bool all = m_first->value() == 1 && m_last->value() == m_frameCount;
    mask.frames = all ? model::FrameRange{}
                      : model::FrameRange{m_first->value(), std::max(m_first->value(), m_last->value())};
    mask.fill = static_cast<model::Mask::Fill>(m_fill->currentIndex());
    mask.keepInside = m_keepInside->isChecked();
    if (!(mask == m_item->mask)) {
        m_item->mask = mask;
        emit changed(m_item->finding, mask);
    }
}

} // namespace kamei::ui::views::image
