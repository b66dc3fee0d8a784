#include "ui/shell/Rail.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <array>

#include "ui/shell/Pulse.h"
#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Rail)
};

struct Entry {
    ScreenId screen;
    const char* icon;
};
constexpr std::array kEntries{Entry{ScreenId::Home, "home"},       Entry{ScreenId::People, "user"},
                              Entry{ScreenId::Work, "work"},       Entry{ScreenId::Face, "face"},
                              Entry{ScreenId::Risk, "risk"},       Entry{ScreenId::Confirm, "eye"},
                              Entry{ScreenId::Release, "release"}, Entry{ScreenId::Audit, "audit"},
                              Entry{ScreenId::Policy, "seal"},     Entry{ScreenId::Settings, "settings"}};

} // namespace

QString screenName(ScreenId screen) {
    switch (screen) {
    case ScreenId::Home:
        return Names::tr("Home");
    case ScreenId::People:
        return Names::tr("People");
    case ScreenId::Work:
        return Names::tr("Decide");
    case ScreenId::Face:
        return Names::tr("Face");
    case ScreenId::Risk:
        return Names::tr("Risk");
    case ScreenId::Confirm:
        return Names::tr("Confirm");
    case ScreenId::Release:
        return Names::tr("Release");
    case ScreenId::Audit:
        return Names::tr("Audit");
    case ScreenId::Policy:
        return Names::tr("Policy");
    case ScreenId::Settings:
        return Names::tr("Settings");
    }
    return {};
}

RailButton::RailButton(ScreenId screen, const QString& icon, QWidget* parent)
    : QAbstractButton(parent), m_screen(screen), m_icon(icon) {
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void RailButton::setCount(qint64 count, bool blocking) {
    m_count = count;
    m_blocking = blocking;
    setAccessibleDescription(count > 0 ? text::number(count) : QString());
    update();
}

QSize RailButton::sizeHint() const {
    const int side = style::Theme::instance().px(60);
    return {style::Theme::instance().px(72), side};
}

void RailButton::paintEvent(QPaintEvent*) {
    const style::Theme& theme = style::Theme::instance();
    const style::Tokens& t = theme.tokens();
    QPainter painter(this);
    if (isChecked()) {
        painter.fillRect(rect(), t.panel);
        painter.fillRect(QRect(0, 0, 3, height()), t.accent);
    } else if (underMouse() && isEnabled()) {
        painter.fillRect(rect(), t.hover);
    }
    const QColor ink = !isEnabled() ? t.disabled : isChecked() ? t.accent : t.text2;
    const int icon = theme.px(22);
    const QRectF iconRect((width() - icon) / 2.0, theme.px(11), icon, icon);
    style::drawIcon(painter, iconRect, m_icon, ink);
    painter.setPen(ink);
    painter.setFont(theme.font(style::Type::Note, isChecked()));
    painter.drawText(QRect(0, theme.px(36), width(), theme.px(16)), Qt::AlignCenter, text());
    if (m_count > 0) {
        const int wide = style::countWidth(m_count);
        const QRectF place(iconRect.center().x() + 1, theme.px(5), wide, theme.px(16));
        style::drawCount(painter, place, m_count,
                         m_blocking ? style::CountKind::Bad : style::CountKind::Neutral);
    }
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.drawRect(rect().adjusted(2, 2, -2, -2));
    }
}

Rail::Rail(AppContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
    setObjectName(QStringLiteral("rail"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 1, 0);
    column->setSpacing(0);
    for (const Entry& entry : kEntries) {
        auto* button = new RailButton(entry.screen, QString::fromLatin1(entry.icon), this);
        button->setObjectName(QStringLiteral("rail.") + QString::fromLatin1(entry.icon));
        if (entry.screen == ScreenId::Policy) {
            column->addStretch(1);
        }
        column->addWidget(button);
        m_buttons.append(button);
        connect(button, &QAbstractButton::clicked, this,
                [this, screen = entry.screen] { emit chosen(screen); });
    }
    connect(&context.pulse(), &Pulse::updated, this, &Rail::showCounts);
    connect(&context.pulse(), &Pulse::gateUpdated, this, &Rail::showCounts);
    connect(&style::Theme::instance(), &style::Theme::changed, this, [this] { updateGeometry(); });
    retranslate();
}

void Rail::setCurrent(ScreenId screen) {
    for (RailButton* button : m_buttons) {
        button->setChecked(button->screen() == screen);
    }
}

void Rail::setOpen(bool open) {
    for (RailButton* button : m_buttons) {
        button->setEnabled(open || button->screen() == ScreenId::Home ||
                           button->screen() == ScreenId::Settings);
    }
}

void Rail::retranslate() {
    setAccessibleName(tr("Places"));
    constexpr std::array kKeys{1, 0, 2, 9, 3, 4, 5, 6, 8, 7}; // who came later took the next free key
    std::size_t at = 0;
    for (RailButton* button : m_buttons) {
        const int key = kKeys.at(at++);
        button->setText(screenName(button->screen()));
        button->setAccessibleName(button->text());
        button->setToolTip(QStringLiteral("%1 (Alt+%2)").arg(button->text()).arg(key));
    }
}

void Rail::showCounts() {
    const auto& overview = m_context.pulse().overview();
    const auto& gate = m_context.pulse().gate();
    std::int64_t singledOut = 0;
    std::int64_t unsettled = 0;
    if (gate) {
        for (const release::GatePoint& point : *gate) {
            if (point.condition == release::Condition::NobodySingledOut) {
                singledOut = point.count;
            }
            if (point.condition == release::Condition::SubjectsSettled) {
                unsettled = point.count;
            }
        }
    }
    for (RailButton* button : m_buttons) {
        switch (button->screen()) {
        case ScreenId::Work:
            button->setCount(overview ? overview->findings.openRequired : 0, true);
            break;
        case ScreenId::Face:
            button->setCount(m_context.pulse().openFaces(), false);
            break;
        case ScreenId::People:
            button->setCount(unsettled, true);
            break;
        case ScreenId::Risk:
            button->setCount(singledOut, true);
            break;
        case ScreenId::Confirm:
            button->setCount(overview ? overview->assets - overview->confirmed : 0, false);
            break;
        default:
            break;
        }
    }
}

void Rail::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), style::tokens().header);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), style::tokens().line);
}

} // namespace kamei::ui::shell
