#include "ui/shell/ActionRegistry.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include "ui/style/Icon.h"

namespace kamei::ui::shell {
namespace {

/// Whether typing goes into text at this widget.
bool takesText(const QWidget* widget) {
    if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
        return !line->isReadOnly();
    }
    if (const auto* plain = qobject_cast<const QPlainTextEdit*>(widget)) {
        return !plain->isReadOnly();
    }
    if (const auto* rich = qobject_cast<const QTextEdit*>(widget)) {
        return !rich->isReadOnly();
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(widget)) {
        return combo->isEditable();
    }
    return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

/// A shortcut that a text field needs itself: one key without Ctrl or Alt.
bool typed(const QKeyEvent& key) {
    return (key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0 &&
           key.key() < Qt::Key_F1;
}

QString screenOf(const QString& id) {
    return id.section(QLatin1Char('.'), 0, 0);
}

} // namespace

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

QAction* ActionRegistry::add(const QString& id, const QString& text, const QKeySequence& shortcut,
                             const QString& icon) {
    if (QAction* existing = m_actions.value(id)) {
        return existing;
    }
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcut(shortcut);
    action->setAutoRepeat(false);
    action->setProperty("iconName", icon);
    action->setIcon(style::icon(icon));
    m_actions.insert(id, action);
    m_order.append(action);
    emit added(action);
    return action;
}

QAction* ActionRegistry::action(const QString& id) const {
    return m_actions.value(id);
}

QStringList ActionRegistry::conflicts() const {
    QStringList result;
    for (const QAction* one : m_order) {
        for (const QAction* other : m_order) {
            // Actions of different screens are never enabled together, unless one is global ("app.").
            const QString mine = screenOf(one->objectName());
            const QString theirs = screenOf(other->objectName());
            const bool together =
                mine == theirs || mine == QLatin1String("app") || theirs == QLatin1String("app");
            if (one == other || !together || !one->isEnabled() || !other->isEnabled()) {
                continue;
            }
            for (const QKeySequence& keys : one->shortcuts()) {
                if (!keys.isEmpty() && other->shortcuts().contains(keys) &&
                    !result.contains(one->objectName())) {
                    result.append(one->objectName());
                }
            }
        }
    }
    return result;
}

bool ActionRegistry::eventFilter(QObject* watched, QEvent* event) {
    // Accepting the override gives the key to the field instead of to the action.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto* widget = qobject_cast<QWidget*>(watched);
        if (widget != nullptr && typed(*key) && takesText(widget)) {
            event->accept();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace kamei::ui::shell
