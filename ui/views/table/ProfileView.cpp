#include "ui/views/table/ProfileView.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::views::table {

ProfileView::ProfileView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("columnProfile"));
}

void ProfileView::setProfile(const QString& title, const models::ColumnProfile& profile) {
    m_title = title;
    m_profile = profile;
    m_shown = true;
    setAccessibleName(tr("Distribution of %1").arg(title));
    setAccessibleDescription(tr("%1 values, %2 different, %3 empty")
                                 .arg(text::number(profile.rows - profile.empty),
                                      text::number(profile.distinct), text::number(profile.empty)));
    update();
}

void ProfileView::clear() {
    m_shown = false;
    update();
}

void ProfileView::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    if (!m_shown) {
        return;
    }
    const QRect area = rect().adjusted(theme.px(12), theme.px(6), -theme.px(12), -theme.px(6));
    const int line = theme.px(18);
    const auto words = [&](int y, const QString& text, const QFont& font, const QColor& colour,
                           Qt::Alignment align = Qt::AlignLeft) {
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(QRect(area.left(), y, area.width(), line), align | Qt::AlignVCenter,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width()));
    };
    const QFont small = theme.font(style::Type::Note);
    words(area.top(), m_title, theme.font(style::Type::Table, true), t.text);
    words(area.top() + line, accessibleDescription(), small, t.text2);
    const int top = area.top() + 2 * line + theme.px(4);
    if (m_profile.kind != models::ColumnProfile::Kind::Values && !m_profile.classes.empty()) {
        const int bottom = area.bottom() - line;
        const qint64 most =
            std::max<qint64>(1, *std::max_element(m_profile.classes.begin(), m_profile.classes.end()));
        const qreal width = static_cast<qreal>(area.width()) / static_cast<qreal>(m_profile.classes.size());
        for (std::size_t i = 0; i < m_profile.classes.size(); ++i) {
            const qint64 count = m_profile.classes[i];
            // A class with one value must be seen: it is who stands out.
            const qreal height = count == 0 ? 0
                                            : std::max<qreal>(2, (bottom - top) * static_cast<qreal>(count) /
                                                                     static_cast<qreal>(most));
            painter.fillRect(
                QRectF(area.left() + width * static_cast<qreal>(i), bottom - height, width - 2, height),
                t.accent);
        }
        painter.fillRect(QRect(area.left(), bottom, area.width(), 1), t.control);
        words(bottom + 1, m_profile.lowest, small, t.text2);
        words(bottom + 1, m_profile.highest, small, t.text2, Qt::AlignRight);
        return;
    }
    const qint64 most =
        m_profile.frequent.empty() ? 1 : std::max<qint64>(1, m_profile.frequent.front().second);
    int y = top;
    for (const auto& [value, count] : m_profile.frequent) {
        if (y + line > area.bottom()) {
            break;
        }
        const qreal share = static_cast<qreal>(count) / static_cast<qreal>(most);
        painter.fillRect(QRectF(area.left(), y + 2, (area.width() - theme.px(44)) * share, line - 4),
                         t.selection);
        painter.setFont(small);
        painter.setPen(t.text);
        painter.drawText(QRect(area.left() + 4, y, area.width() - theme.px(52), line),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(small).elidedText(value, Qt::ElideRight, area.width() - theme.px(52)));
        painter.setPen(t.text2);
        painter.drawText(QRect(area.left(), y, area.width(), line), Qt::AlignRight | Qt::AlignVCenter,
                         text::number(count));
        y += line;
    }
}

} // namespace kamei::ui::views::table
