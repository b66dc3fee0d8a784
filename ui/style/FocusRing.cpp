#include "ui/style/FocusRing.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QSlider>
#include <functional>
#include <memory>

#include "ui/style/Theme.h"

namespace kamei::ui::style {
namespace {

constexpr int kGap = 2;
constexpr int kWidth = 2;

bool framed(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
           qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QSlider*>(widget) != nullptr || widget->property("focusRing").toBool();
}

} // namespace

namespace {

/// Sees where the keyboard goes and why. The ring lives as a sibling of what it surrounds and goes with it; a
/// new one is made then.
class Watcher final : public QObject {
public:
    using QObject::QObject;
    std::function<void(QWidget*, Qt::FocusReason)> moved;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::FocusIn) {
            if (auto* widget = qobject_cast<QWidget*>(watched)) {
                moved(widget, static_cast<QFocusEvent*>(event)->reason());
            }
        }
        return false;
    }
};

} // namespace

void FocusRing::install(QApplication& application) {
    static bool installed = false;
    if (installed) {
        return;
    }
    installed = true;
    auto ring = std::make_shared<QPointer<FocusRing>>();
    auto* watcher = new Watcher(&application);
    watcher->moved = [ring](QWidget* widget, Qt::FocusReason reason) {
        if (!*ring) {
            *ring = new FocusRing;
        }
        // As on the web (":focus-visible"): who clicks knows where the focus is. Lists show it by their
        // current row; the frame is for who walks with Tab.
        const bool tab = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
        const bool list = qobject_cast<QAbstractScrollArea*>(widget) != nullptr;
        (*ring)->follow(tab || (!list && reason != Qt::MouseFocusReason) ? widget : nullptr);
    };
    application.installEventFilter(watcher);
    QObject::connect(&application, &QCoreApplication::aboutToQuit, &application,
                     [ring] { delete ring->data(); });
}

FocusRing::FocusRing() {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void FocusRing::follow(QWidget* widget) {
    if (m_target) {
        m_target->removeEventFilter(this);
    }
    m_target = nullptr;
    hide();
    const bool scroll = qobject_cast<QAbstractScrollArea*>(widget) != nullptr;
    if (widget == nullptr || (!scroll && !framed(widget)) || widget->isWindow()) {
        // The ring must not die with a window that is closed.
        setParent(nullptr);
        return;
    }
    m_target = widget;
    m_inside = scroll;
    setParent(scroll ? widget : widget->parentWidget());
    widget->installEventFilter(this);
    place();
    show();
    raise();
}

void FocusRing::place() {
    constexpr int kOut = kGap + kWidth;
    setGeometry(m_inside ? m_target->rect() : m_target->geometry().adjusted(-kOut, -kOut, kOut, kOut));
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_target) {
        switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
            place();
            break;
        case QEvent::Hide:
        case QEvent::ParentChange:
            follow(nullptr);
            break;
        case QEvent::ParentAboutToChange:
            follow(nullptr);
            break;
        case QEvent::ZOrderChange:
            raise();
            break;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().accent, kWidth));
    const qreal radius = m_inside ? 0 : 6;
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
}

} // namespace kamei::ui::style
