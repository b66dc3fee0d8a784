#include "ui/style/KeyHints.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/Theme.h"

namespace kamei::ui::style {

KeyHints::KeyHints(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("keyHints"));
}

void KeyHints::setHints(const QList<std::pair<QString, QString>>& hints, const QString& note) {
    m_hints = hints;
    m_note = note;
    QStringList words;
    for (const auto& [key, what] : hints) {
        words << key + QLatin1Char(' ') + what;
    }
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QSize KeyHints::sizeHint() const {
    return {400, style::Theme::instance().px(32)};
}

QSize KeyHints::minimumSizeHint() const {
    return {80, style::Theme::instance().px(32)};
}

void KeyHints::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    const auto& colours = theme.viewer();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), colours.bar);
    const QFont words = theme.font(style::Type::Table);
    const QFont caps = theme.font(style::Type::Note, true);
    const QFontMetrics wordMetrics(words);
    const QFontMetrics capMetrics(caps);
    int x = theme.px(12);
    for (const auto& [key, what] : m_hints) {
        const int cap = std::max(theme.px(18), capMetrics.horizontalAdvance(key) + theme.px(8));
        const int text = wordMetrics.horizontalAdvance(what);
        if (x + cap + theme.px(5) + text > width() - theme.px(8)) {
            return;
        }
        const QRectF box(x + 0.5, (height() - theme.px(18)) / 2 + 0.5, cap - 1, theme.px(18) - 1);
        painter.setPen(QPen(QColor(0x7F, 0x89, 0x97), 1)); // control border of the dark theme
        painter.setBrush(colours.back);
        painter.drawRoundedRect(box, 3, 3);
        painter.setFont(caps);
        painter.setPen(colours.text);
        painter.drawText(box, Qt::AlignCenter, key);
        x += cap + theme.px(5);
        painter.setFont(words);
        painter.drawText(QRect(x, 0, text + 1, height()), Qt::AlignVCenter, what);
        x += text + theme.px(14);
    }
    if (!m_note.isEmpty() && x + wordMetrics.horizontalAdvance(m_note) + theme.px(12) <= width()) {
        painter.setFont(words);
        painter.setPen(colours.text2);
        painter.drawText(rect().adjusted(0, 0, -theme.px(12), 0), Qt::AlignRight | Qt::AlignVCenter, m_note);
    }
}

} // namespace kamei::ui::style
