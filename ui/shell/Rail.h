#pragma once

#include <QAbstractButton>
#include <QList>
#include <QWidget>

#include "ui/shell/AppContext.h"

namespace kamei::ui::shell {

/// One place of the rail: icon, word, and a count of what waits there.
class RailButton : public QAbstractButton {
    Q_OBJECT

public:
    RailButton(ScreenId screen, const QString& icon, QWidget* parent);
    void setCount(qint64 count, bool blocking);
    [[nodiscard]] ScreenId screen() const { return m_screen; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ScreenId m_screen;
    QString m_icon;
    qint64 m_count = 0;
    bool m_blocking = false;
};

/// The navigation at the left edge.
class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(AppContext& context, QWidget* parent = nullptr);
    void setCurrent(ScreenId screen);
    /// Without a workspace only Home and Settings can be entered.
    void setOpen(bool open);

signals:
    void chosen(kamei::ui::shell::ScreenId screen);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    void showCounts();

    AppContext& m_context;
    QList<RailButton*> m_buttons;
};

/// Name of a place in the reader's language.
[[nodiscard]] QString screenName(ScreenId screen);

} // namespace kamei::ui::shell
