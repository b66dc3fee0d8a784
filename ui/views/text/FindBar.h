#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace kamei::ui::views::text {

/// The line above a text in which a word is searched: Enter next, Shift+Enter previous, Esc closes.
class FindBar : public QFrame {
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);
    /// Shows the bar, takes the focus and selects what was searched last.
    void open();
    void showFound(bool found);

signals:
    void needleChanged(const QString& needle);
    void nextWanted(bool forward);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void close();
    void retranslate();
    QLineEdit* m_field;
    QLabel* m_result;
    QWidget* m_previous;
    QWidget* m_next;
    QWidget* m_close;
};

} // namespace kamei::ui::views::text
