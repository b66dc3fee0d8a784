#include "ui/style/KeyButton.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <algorithm>

#include "ui/style/Theme.h"

namespace kamei::ui::style {

KeyButton::KeyButton(const char* kind, QString key, QWidget* parent)
    : QPushButton(parent), m_key(std::move(key)) {
    setProperty("kind", QLatin1String(kind));
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed); // may lose its key
}

int KeyButton::capWidth() const {
    const auto& theme = style::Theme::instance();
    return std::max(theme.px(18),
                    QFontMetrics(theme.font(style::Type::Note, true)).horizontalAdvance(m_key) + theme.px(8));
}

QSize KeyButton::sizeHint() const {
    const auto& theme = style::Theme::instance();
    QFont bold = font();
    bold.setBold(property("kind").toString() == QLatin1String("final"));
    const int text = QFontMetrics(bold).horizontalAdvance(this->text());
    return {text + capWidth() + theme.px(6) + theme.px(26), theme.px(36)};
}

QSize KeyButton::minimumSizeHint() const {
    const auto& theme = style::Theme::instance();
    return {sizeHint().width() - capWidth() - theme.px(24), theme.px(36)};
}

void KeyButton::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    const auto& t = tokens();
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    QPainter painter(this);
    style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);
    const bool primary = property("kind").toString() == QLatin1String("final");
    const QColor ink = !isEnabled() ? t.disabled : primary ? t.onAccent : t.text;
    QFont words = font();
    words.setBold(primary && isEnabled());
    const int textWidth = QFontMetrics(words).horizontalAdvance(text());
    const bool withKey = textWidth + theme.px(6) + capWidth() + theme.px(8) <= width();
    const int all = textWidth + (withKey ? theme.px(6) + capWidth() : 0);
    int x = (width() - all) / 2;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(words);
    painter.setPen(ink);
    painter.drawText(QRect(x, 0, textWidth + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (!withKey) {
        return;
    }
    x += textWidth + theme.px(6);
    const QRectF cap(x + 0.5, (height() - theme.px(18)) / 2 + 0.5, capWidth() - 1, theme.px(18) - 1);
    painter.setPen(QPen(primary || !isEnabled() ? ink : t.control, 1));
    painter.setBrush(primary || !isEnabled() ? QBrush(Qt::NoBrush) : QBrush(t.panel));
    painter.drawRoundedRect(cap, 3, 3);
    painter.setFont(theme.font(style::Type::Note, true));
    painter.setPen(ink);
    painter.drawText(cap, Qt::AlignCenter, m_key);
}

} // namespace kamei::ui::style
