#include "tests/ui/screens/Clipped.h"

#include <QAbstractButton>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

#include "ui/style/Widgets.h"

namespace kamei::tests {
namespace {

/// One pixel may be lost to rounding of font metrics.
constexpr int kSlack = 1;

bool inScrollArea(const QWidget* widget) {
    for (const QWidget* up = widget->parentWidget(); up != nullptr; up = up->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea*>(up) != nullptr) {
            return true;
        }
    }
    return false;
}

QString named(const QWidget& widget, const QString& text) {
    return QStringLiteral("%1 “%2” %3x%4, needs %5x%6")
        .arg(widget.objectName().isEmpty() ? QLatin1String(widget.metaObject()->className())
                                           : widget.objectName(),
             text)
        .arg(widget.width())
        .arg(widget.height())
        .arg(widget.sizeHint().width())
        .arg(widget.sizeHint().height());
}

} // namespace

QStringList clipped(const QWidget& root) {
    QStringList found;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible()) {
            continue;
        }
        if (const auto* label = qobject_cast<const QLabel*>(widget);
            label != nullptr && !label->text().isEmpty()) {
            if (qobject_cast<const ui::style::ElidedLabel*>(label) == nullptr) {
                const int tall =
                    label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
                const bool wide = !label->wordWrap() && label->sizeHint().width() > label->width() + kSlack;
                if (wide || tall > label->height() + kSlack) {
                    found.append(named(*label, label->text()));
                }
            }
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget);
                   button != nullptr && !button->text().isEmpty() &&
                   button->objectName() != QLatin1String("top.search")) {
            // A least width of the style sheet stands in the minimum of a tool button: its words need more.
            const auto* tool = qobject_cast<const QToolButton*>(button);
            const bool worded = tool != nullptr && tool->toolButtonStyle() != Qt::ToolButtonIconOnly;
            const QSize needs = worded ? button->sizeHint() : button->minimumSizeHint();
            if (needs.width() > button->width() + kSlack ||
                button->fontMetrics().height() > button->height() + kSlack) {
                found.append(named(*button, button->text()));
            }
        }
        const QWidget* parent = widget->parentWidget();
        if (parent != nullptr && !widget->isWindow() && !inScrollArea(widget) && widget->width() > 0 &&
            !parent->rect().adjusted(-4, -4, 4, 4).contains(widget->geometry())) {
            found.append(QStringLiteral("outside of %1: %2")
                             .arg(QLatin1String(parent->metaObject()->className()), named(*widget, {})));
        }
    }
    return found;
}

} // namespace kamei::tests
