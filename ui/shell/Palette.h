#pragma once

#include <QFrame>
#include <QList>

#include "ui/shell/AppContext.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QTimer;

namespace kamei::ui::shell {

/// The command palette (Ctrl+K): any action, subject or asset by part of its name, with the keyboard
/// alone. Up and Down choose, Enter does, Escape closes.
class Palette : public QFrame {
    Q_OBJECT

public:
    Palette(AppContext& context, QWidget* window);
    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        QString icon;
        QString text;
        QString note; ///< shortcut, or what it is
        std::function<void()> run;
    };
    void retranslate();
    void search();
    void show(const QList<Entry>& entries);
    [[nodiscard]] QList<Entry> actionsLike(const QString& words) const;
    void searchWorkspace(const QString& words);
    void run();

    AppContext& m_context;
    QLineEdit* m_field;
    QListWidget* m_list;
    QLabel* m_hint;
    QTimer* m_later;
    QList<Entry> m_entries;
    quint64 m_question = 0;
};

/// Whether every word of `words` occurs in `text`, ignoring case and width (full-width letters and digits
/// match their half-width forms).
[[nodiscard]] bool matches(const QString& text, const QString& words);

} // namespace kamei::ui::shell
