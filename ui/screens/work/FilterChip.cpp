#include "ui/screens/work/FilterChip.h"

#include <QPainter>

#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {

using style::Type;

FilterChip::FilterChip(QWidget* parent) : QPushButton(parent) {
    setCheckable(true);
    setProperty("kind", QStringLiteral("small"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FilterChip::setContent(const QString& word, qint64 count) {
    m_word = word;
    m_count = text::number(count);
    setAccessibleName(tr("%1: %2").arg(m_word, m_count));
    updateGeometry();
    update();
}

QSize FilterChip::sizeHint() const {
    const auto& theme = style::Theme::instance();
    return {QFontMetrics(theme.font(Type::Table)).horizontalAdvance(m_word) +
                QFontMetrics(theme.font(Type::Table, true)).horizontalAdvance(m_count) + 2 * theme.px(7) +
                theme.px(4) + 2, // as painted
            theme.px(24)};
}

QSize FilterChip::minimumSizeHint() const {
    const auto& theme = style::Theme::instance();
    return {QFontMetrics(theme.font(Type::Table, true)).horizontalAdvance(m_count) + theme.px(40),
            theme.px(24)};
}

void FilterChip::paintEvent(QPaintEvent* event) {
    QPushButton::paintEvent(event); // the frame, without a text
    const auto& theme = style::Theme::instance();
    QPainter painter(this);
    QRect rest = rect().adjusted(theme.px(7), 0, -theme.px(7), 0);
    const QFont bold = theme.font(Type::Table, true);
    painter.setFont(bold);
    painter.setPen(style::tokens().text);
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter, m_count);
    rest.setRight(rest.right() - QFontMetrics(bold).horizontalAdvance(m_count) - theme.px(4));
    const QFont plain = theme.font(Type::Table);
    painter.setFont(plain);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(plain).elidedText(m_word, Qt::ElideRight, rest.width() + 1));
}

} // namespace kamei::ui::screens::work
