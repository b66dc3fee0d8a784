#include "ui/screens/risk/Histogram.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

/// The next of 1, 2, 5, 10, 20, 50 ... at which four grid lines end above `value`.
std::int64_t niceStep(std::int64_t value) {
    std::int64_t step = 1;
    for (;; step *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (step * factor * 4 >= value) {
                return step * factor;
            }
        }
    }
}

} // namespace

Histogram::Histogram(QWidget* parent) : QWidget(parent) {
    setMinimumHeight(150);
}

void Histogram::show(const std::array<std::int64_t, 5>& people) {
    m_people = people;
    const std::array names{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3–4"),
                           QStringLiteral("5–9"), tr("10 or more")};
    QStringList words;
    for (std::size_t at = 0; at < m_people.size(); ++at) {
        words.append(QStringLiteral("%1: %2").arg(names[at], text::number(m_people[at])));
    }
    setAccessibleName(tr("People who share a combination"));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void Histogram::paintEvent(QPaintEvent*) {
    const style::Theme& theme = style::Theme::instance();
    const style::Tokens& t = theme.tokens();
    QPainter painter(this);
    const std::int64_t most = std::max<std::int64_t>(4, *std::max_element(m_people.begin(), m_people.end()));
    const std::int64_t step = niceStep(most);
    const double top = static_cast<double>(step) * 4;
    const QRect plot = rect().adjusted(theme.px(36), theme.px(18), -4, -theme.px(22));
    const auto yOf = [&](double value) { return plot.bottom() - value / top * plot.height(); };

    painter.setFont(theme.font(style::Type::Note));
    for (int at = 0; at <= 4; ++at) {
        const auto value = static_cast<double>(step * at);
        const int y = static_cast<int>(std::round(yOf(value)));
        painter.setPen(t.line);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(t.text2);
        painter.drawText(QRect(0, y - 8, plot.left() - 6, 16), Qt::AlignRight | Qt::AlignVCenter,
                         text::number(step * at));
    }
    const std::array names{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3–4"),
                           QStringLiteral("5–9"), tr("10 or more")};
    const std::array fills{t.bad, t.warn, t.accent, t.accent, t.accent};
    const double slot = static_cast<double>(plot.width()) / static_cast<double>(m_people.size());
    for (std::size_t at = 0; at < m_people.size(); ++at) {
        const double x = plot.left() + slot * static_cast<double>(at);
        const double y = yOf(static_cast<double>(m_people[at]));
        painter.fillRect(QRectF(x + slot * 0.15, y, slot * 0.7, plot.bottom() - y), fills[at]);
        painter.setFont(theme.font(style::Type::Table, true));
        painter.setPen(t.text);
        painter.drawText(QRectF(x, y - theme.px(18), slot, theme.px(16)), Qt::AlignCenter,
                         text::number(m_people[at]));
        painter.setFont(theme.font(style::Type::Table));
        painter.setPen(t.text2);
        painter.drawText(QRectF(x, plot.bottom() + 3, slot, theme.px(18)), Qt::AlignCenter, names[at]);
    }
}

} // namespace kamei::ui::screens
