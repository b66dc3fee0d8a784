#include "ui/style/Badges.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/style/Icon.h"
#include "ui/text/Words.h"

namespace kamei::ui::style {
namespace {

QFont smallBold() {
    return Theme::instance().font(Type::Note, true);
}

QRectF leftSquare(const QRectF& rect, int size) {
    return {rect.left(), std::round(rect.center().y() - size / 2.0), static_cast<qreal>(size),
            static_cast<qreal>(size)};
}

QRectF rightPill(const QRectF& rect, int width, int height) {
    return {rect.right() - width, std::round(rect.center().y() - height / 2.0), static_cast<qreal>(width),
            static_cast<qreal>(height)};
}

int pillHeight() {
    return Theme::instance().px(18);
}

QString countText(qint64 count) {
    return count > 99999 ? QStringLiteral("99999+") : QString::number(count);
}

} // namespace

Sign signOf(model::DecisionState state, model::Requirement requirement) {
    switch (state) {
    case model::DecisionState::Accepted:
        return Sign::Accepted;
    case model::DecisionState::Changed:
        return Sign::Changed;
    case model::DecisionState::Rejected:
        return Sign::Rejected;
    case model::DecisionState::Open:
        break;
    }
    return requirement == model::Requirement::Required ? Sign::OpenRequired : Sign::Open;
}

QString signName(Sign sign) {
    switch (sign) {
    case Sign::Open:
        return text::stateName(model::DecisionState::Open);
    case Sign::OpenRequired:
        return text::stateName(model::DecisionState::Open) + QLatin1String(", ") +
               text::requirementName(model::Requirement::Required);
    case Sign::Accepted:
        return text::stateName(model::DecisionState::Accepted);
    case Sign::Changed:
        return text::stateName(model::DecisionState::Changed);
    case Sign::Rejected:
        return text::stateName(model::DecisionState::Rejected);
    case Sign::Confirmed:
        return text::assetStateName(model::AssetState::Confirmed);
    case Sign::SentBack:
        return text::assetStateName(model::AssetState::SentBack);
    case Sign::Blocked:
        return QCoreApplication::translate("Badges", "blocks release");
    case Sign::Seen:
        return QCoreApplication::translate("Badges", "shown");
    }
    return {};
}

int categorySize() {
    return Theme::instance().px(18);
}

int signSize() {
    return Theme::instance().px(16);
}

void drawCategory(QPainter& painter, const QRectF& rect, model::Category category) {
    const CategoryLook look = Theme::instance().category(category);
    const QRectF square = leftSquare(rect, categorySize());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallBold());
    if (category == model::Category::None) {
        painter.setPen(tokens().control);
        painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setPen(tokens().text2);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.fill);
        painter.drawRoundedRect(square, 3, 3);
        painter.setPen(look.letter);
    }
    painter.drawText(square, Qt::AlignCenter, text::categoryLetter(category));
    painter.restore();
}

void drawSign(QPainter& painter, const QRectF& rect, Sign sign) {
    const Tokens& t = tokens();
    struct Look {
        QColor fill, line, mark;
        const char* icon;
        qreal width;
    };
    const auto look = [&]() -> Look {
        switch (sign) {
        case Sign::Open:
            return {Qt::transparent, t.text2, t.text2, nullptr, 1.5};
        case Sign::OpenRequired:
            return {Qt::transparent, t.bad, t.bad, "sign-bang", 2};
        case Sign::Accepted:
            return {t.ok, t.ok, t.panel, "sign-check", 1.5};
        case Sign::Changed:
            return {t.accent, t.accent, t.onAccent, "sign-pencil", 1.5};
        case Sign::Rejected:
            return {Qt::transparent, t.text2, t.text, "sign-cross", 1.5};
        case Sign::Confirmed:
            return {t.ok, t.ok, t.panel, "sign-eye", 1.5};
        case Sign::SentBack:
            return {t.warnBack, t.warn, t.warn, "sign-return", 1.5};
        case Sign::Blocked:
            return {t.bad, t.bad, t.panel, "sign-lock", 1.5};
        case Sign::Seen:
            return {Qt::transparent, Qt::transparent, t.text2, "sign-eye", 1.5};
        }
        return {};
    }();
    const QRectF circle = leftSquare(rect, signSize());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(look.fill);
    painter.setPen(look.line == QColor(Qt::transparent) ? QPen(Qt::NoPen) : QPen(look.line, look.width));
    const qreal inset = look.width / 2;
    const QRectF ring = circle.adjusted(inset, inset, -inset, -inset);
    if (sign == Sign::Confirmed) {
        painter.drawRoundedRect(ring, 3, 3);
    } else {
        painter.drawEllipse(ring);
    }
    if (look.icon != nullptr) {
        const qreal mark = circle.width() * 10.0 / 16.0;
        drawIcon(painter, QRectF(circle.center() - QPointF(mark, mark) / 2, QSizeF(mark, mark)),
                 QString::fromLatin1(look.icon), look.mark);
    }
    painter.restore();
}

int pillWidth(model::Requirement requirement) {
    return QFontMetrics(smallBold()).horizontalAdvance(text::requirementPill(requirement)) +
           Theme::instance().px(15);
}

int drawPill(QPainter& painter, const QRectF& rect, model::Requirement requirement) {
    const Tokens& t = tokens();
    const int width = pillWidth(requirement);
    const QRectF pill = rightPill(rect, width, pillHeight());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallBold());
    QColor ink = t.text;
    QPen pen(t.text2, 1);
    switch (requirement) {
    case model::Requirement::Required:
        painter.setBrush(t.text);
        pen.setColor(t.text);
        ink = t.panel;
        break;
    case model::Requirement::Recommended:
        break;
    case model::Requirement::Conditional:
        pen.setDashPattern({3, 2});
        break;
    case model::Requirement::None:
        pen = QPen(Qt::NoPen);
        ink = t.text3;
        painter.setFont(Theme::instance().font(Type::Note));
        break;
    }
    painter.setPen(pen);
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2 - 0.5,
                            pill.height() / 2 - 0.5);
    painter.setPen(ink);
    painter.drawText(pill, Qt::AlignCenter, text::requirementPill(requirement));
    painter.restore();
    return width;
}

int countWidth(qint64 count) {
    return std::max(Theme::instance().px(18),
                    QFontMetrics(smallBold()).horizontalAdvance(countText(count)) + Theme::instance().px(11));
}

int drawCount(QPainter& painter, const QRectF& rect, qint64 count, CountKind kind) {
    const Tokens& t = tokens();
    const int width = countWidth(count);
    const int height = Theme::instance().px(16);
    const QRectF pill = rightPill(rect, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallBold());
    const qreal radius = pill.height() / 2;
    if (kind == CountKind::Outline) {
        painter.setPen(QPen(t.text2, 1));
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
        painter.setPen(t.text2);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(kind == CountKind::Bad ? t.bad : t.text2);
        painter.drawRoundedRect(pill, radius, radius);
        painter.setPen(t.panel);
    }
    painter.drawText(pill, Qt::AlignCenter, countText(count));
    painter.restore();
    return width;
}

void drawMeter(QPainter& painter, const QRectF& rect, double fraction, bool complete) {
    const Tokens& t = tokens();
    const QRectF bar(rect.left(), std::round(rect.center().y() - 4), rect.width(), 8);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(bar, 2, 2);
    painter.setClipPath(shape);
    painter.fillRect(bar, t.line);
    QRectF filled = bar;
    filled.setWidth(bar.width() * std::clamp(fraction, 0.0, 1.0));
    painter.fillRect(filled, complete ? t.ok : t.accent);
    painter.restore();
}

void drawCategoryLine(QPainter& painter, const QRectF& rect, const CategoryLook& look) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal y = rect.bottom() - 2;
    if (look.style == CategoryLook::Line::Double) {
        painter.setPen(QPen(look.line, 1.2));
        painter.drawLine(QPointF(rect.left(), y - 1.4), QPointF(rect.right(), y - 1.4));
        painter.drawLine(QPointF(rect.left(), y + 1.4), QPointF(rect.right(), y + 1.4));
    } else if (look.style == CategoryLook::Line::Wave) {
        QPainterPath wave(QPointF(rect.left(), y));
        bool up = true;
        for (qreal x = rect.left(); x < rect.right(); x += 4, up = !up) {
            wave.quadTo(QPointF(x + 2, up ? y - 2.8 : y + 2.8), QPointF(x + 4, y));
        }
        painter.setClipRect(rect.adjusted(0, 0, 0, 2));
        painter.setPen(QPen(look.line, 1.5));
        painter.drawPath(wave);
    } else if (look.style == CategoryLook::Line::Dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.line);
        for (qreal x = rect.left() + 1.5; x < rect.right(); x += 5) {
            painter.drawEllipse(QPointF(x, y), 1.5, 1.5);
        }
    } else {
        painter.setPen(categoryPen(look, 2.4));
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    }
    painter.restore();
}

Badge::Badge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::show(Shape shape) {
    m_shape = shape;
    switch (shape) {
    case Shape::None:
        break;
    case Shape::Category:
        setAccessibleName(text::categoryName(m_category));
        break;
    case Shape::Sign:
        setAccessibleName(signName(m_sign));
        break;
    case Shape::Pill:
        setAccessibleName(text::requirementName(m_requirement));
        break;
    case Shape::Count:
        setAccessibleName(QLocale().toString(m_count));
        break;
    }
    setToolTip(shape == Shape::Count ? QString() : accessibleName());
    updateGeometry();
    update();
}

void Badge::showCategory(model::Category category) {
    m_category = category;
    show(Shape::Category);
}

void Badge::showSign(Sign sign) {
    m_sign = sign;
    show(Shape::Sign);
}

void Badge::showPill(model::Requirement requirement) {
    m_requirement = requirement;
    show(Shape::Pill);
}

void Badge::showCount(qint64 count, CountKind kind) {
    m_count = count;
    m_kind = kind;
    show(Shape::Count);
}

QSize Badge::sizeHint() const {
    switch (m_shape) {
    case Shape::None:
        break;
    case Shape::Category:
        return {categorySize(), categorySize()};
    case Shape::Sign:
        return {signSize(), signSize()};
    case Shape::Pill:
        return {pillWidth(m_requirement), pillHeight()};
    case Shape::Count:
        return {countWidth(m_count), Theme::instance().px(16)};
    }
    return {0, 0};
}

void Badge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    switch (m_shape) {
    case Shape::None:
        break;
    case Shape::Category:
        drawCategory(painter, rect(), m_category);
        break;
    case Shape::Sign:
        drawSign(painter, rect(), m_sign);
        break;
    case Shape::Pill:
        drawPill(painter, rect(), m_requirement);
        break;
    case Shape::Count:
        drawCount(painter, rect(), m_count, m_kind);
        break;
    }
}

void Badge::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        show(m_shape);
    }
    QWidget::changeEvent(event);
}

Meter::Meter(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(8);
}

void Meter::setValue(qint64 done, qint64 total) {
    m_done = done;
    m_total = total;
    setAccessibleName(QStringLiteral("%1 / %2").arg(QLocale().toString(done), QLocale().toString(total)));
    update();
}

void Meter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double fraction = m_total > 0 ? static_cast<double>(m_done) / static_cast<double>(m_total) : 0.0;
    drawMeter(painter, rect(), fraction, m_total > 0 && m_done >= m_total);
}

} // namespace kamei::ui::style
