#pragma once

#include <QFrame>
#include <optional>

#include "core/base/Error.h"

class QLabel;
class QToolButton;

namespace kamei::ui::shell {

/// An error above the screen, without taking the keyboard away: what happened, what is safe, what to do.
/// Stays until it is closed or another one takes its place.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    void showError(const base::Error& error);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    std::optional<base::Error> m_error;
    QLabel* m_what;
    QLabel* m_rest;
    QToolButton* m_close;
};

} // namespace kamei::ui::shell
