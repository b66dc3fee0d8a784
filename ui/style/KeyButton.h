#pragma once

#include <QPushButton>

namespace kamei::ui::style {

/// A push button with the key that does the same, drawn as a key cap after its text.
class KeyButton : public QPushButton {
    Q_OBJECT

public:
    /// `kind` as in style::button ("final", "large").
    KeyButton(const char* kind, QString key, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    /// Without the key: it is left out before the word is cut.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int capWidth() const;
    QString m_key;
};

} // namespace kamei::ui::style
