#pragma once

#include <QAction>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

namespace kamei::ui::shell {

/// The one list of everything that can be done in the window: menus, buttons, shortcuts and the palette
/// (Ctrl+K) take their actions from here. Ids are stable ("decide.accept"); object names equal the ids.
class ActionRegistry : public QObject {
    Q_OBJECT

public:
    explicit ActionRegistry(QObject* parent = nullptr);

    /// Adds an action. Single-letter shortcuts act only while no text field has focus. Returns the action;
    /// connect to it, enable and disable it. An id is added once. A key that is held down acts once: nobody
    /// decides or confirms by leaning on a key. What only moves may be told to repeat (repeat()).
    QAction* add(const QString& id, const QString& text, const QKeySequence& shortcut = {},
                 const QString& icon = {});
    /// Lets an action that changes nothing repeat while its key is held down.
    static void repeat(QAction* action) { action->setAutoRepeat(true); }
    /// Null for an unknown id.
    [[nodiscard]] QAction* action(const QString& id) const;
    [[nodiscard]] QList<QAction*> all() const { return m_order; }
    /// Ids that share a shortcut with another enabled action of the same screen; empty when there is no
    /// conflict.
    [[nodiscard]] QStringList conflicts() const;

signals:
    void added(QAction* action);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QHash<QString, QAction*> m_actions;
    QList<QAction*> m_order;
};

} // namespace kamei::ui::shell
