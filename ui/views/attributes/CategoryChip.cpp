#include "ui/views/attributes/CategoryChip.h"

#include <QEvent>
#include <QPainter>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::views::attributes {

CategoryChip::CategoryChip(model::Category category, QWidget* parent)
    : QPushButton(parent), m_category(category) {
    setCheckable(true);
    setProperty("kind", "small");
    retranslate();
}

void CategoryChip::setCount(int count) {
    m_count = count;
    setEnabled(count > 0);
    retranslate();
}

void CategoryChip::retranslate() {
    const QString name = tr("%1: %2").arg(text::categoryName(m_category), text::number(m_count));
    setToolTip(name);
    setAccessibleName(name);
    updateGeometry();
    update();
}

QSize CategoryChip::sizeHint() const {
    const QFontMetrics metrics(style::Theme::instance().font(style::Type::Table, true));
    return {style::categorySize() + metrics.horizontalAdvance(QString::number(m_count)) +
                style::Theme::instance().px(14),
            style::Theme::instance().px(24)};
}

void CategoryChip::paintEvent(QPaintEvent* event) {
    QPushButton::paintEvent(event); // the frame, without a text
    QPainter painter(this);
    const int pad = style::Theme::instance().px(4);
    if (!isEnabled()) {
        painter.setOpacity(0.45);
    }
    style::drawCategory(painter, rect().adjusted(pad, 0, 0, 0), m_category);
    painter.setFont(style::Theme::instance().font(style::Type::Table, true));
    painter.setPen(style::tokens().text);
    painter.drawText(rect().adjusted(pad + style::categorySize() + pad, 0, -pad, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, QString::number(m_count));
}

void CategoryChip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QPushButton::changeEvent(event);
}

} // namespace kamei::ui::views::attributes
