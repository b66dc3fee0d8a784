#pragma once

#include <QPointer>
#include <QWidget>

class QApplication;

namespace kamei::ui::style {

/// The visible keyboard focus: 2 px in the accent colour with a gap of 2 px around buttons, fields and
/// switches, inside the border of lists and views. Follows QApplication::focusChanged.
class FocusRing : public QWidget {
    Q_OBJECT

public:
    /// Once for the application; further calls do nothing.
    static void install(QApplication& application);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    FocusRing();
    void follow(QWidget* widget);
    void place();

    QPointer<QWidget> m_target;
    bool m_inside = false;
};

} // namespace kamei::ui::style
