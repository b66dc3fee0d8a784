#pragma once

#include <QFrame>
#include <QLabel>
#include <QList>
#include <QPushButton>
#include <QString>
#include <QToolButton>

class QAction;
class QButtonGroup;
class QHBoxLayout;
class QStyleOptionViewItem;

namespace kamei::ui::style {

/// A label with a role of the style sheet ("heading", "small", ...; see StyleSheet.h).
[[nodiscard]] QLabel* label(const char* role, const QString& text = {}, QWidget* parent = nullptr);
/// A label that shows "…" instead of being cut when there is no room; the whole text is its tool tip.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const char* role, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A button with a kind of the style sheet ("primary", "small", "flat", "link", "final", "").
[[nodiscard]] QPushButton* button(const char* kind, const QString& text = {}, const QString& icon = {},
                                  QWidget* parent = nullptr);
/// A 28 px icon button; `name` is its tool tip and accessible name.
[[nodiscard]] QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent = nullptr);
/// Sets the icon so that it follows theme changes. Buttons made here do so already.
void setThemedIcon(QAbstractButton* button, const QString& icon);
/// A button that shows an action's text and follows its enabled state.
void bind(QPushButton* button, QAction* action);

/// A frame with a surface of the style sheet ("panel", "card", "section", "bar", ...).
[[nodiscard]] QFrame* surface(const char* kind, QWidget* parent = nullptr);
/// The 28 px head of a section: bold text on the header colour. `row` gets its layout for more widgets.
[[nodiscard]] QFrame* sectionHead(QLabel* title, QHBoxLayout** row = nullptr, QWidget* parent = nullptr);
/// The 40 px head of a panel.
[[nodiscard]] QFrame* panelHead(QLabel* title, QHBoxLayout** row = nullptr, QWidget* parent = nullptr);
[[nodiscard]] QFrame* horizontalLine(QWidget* parent = nullptr);
/// An icon as a label, redrawn when the theme changes. `colour` names a token: "text", "text2", "bad",
/// "warn", "ok", "accent".
[[nodiscard]] QLabel* iconLabel(const QString& icon, const char* colour = "text", int size = 16,
                                QWidget* parent = nullptr);
/// A key as a key cap ("Enter", "Ctrl+K").
class KeyCap : public QWidget {
    Q_OBJECT

public:
    explicit KeyCap(const QString& key, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
};

/// Exclusive choices side by side ("before | after | side by side").
class Segments : public QWidget {
    Q_OBJECT

public:
    explicit Segments(QWidget* parent = nullptr);
    /// Adds a choice; ids count from 0.
    QToolButton* add(const QString& text, const QString& icon = {});
    void setText(int id, const QString& text);
    void setShown(int id, bool shown); ///< a choice that means nothing here is not offered
    [[nodiscard]] int current() const;
    void setCurrent(int id); ///< does not emit chosen

signals:
    void chosen(int id);

private:
    void shape();

    QHBoxLayout* m_row;
    QButtonGroup* m_group;
};

/// Changes a dynamic property that the style sheet asks for, and restyles.
void setProperty(QWidget* widget, const char* name, const QVariant& value);

} // namespace kamei::ui::style
