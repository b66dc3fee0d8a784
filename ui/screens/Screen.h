#pragma once

#include <QWidget>

#include "ui/shell/AppContext.h"

namespace kamei::ui::screens {

/// One place of the navigation rail. A screen loads only while it is visible, off the GUI thread
/// where it can take longer than a frame, and keeps its state when left.
class Screen : public QWidget {
    Q_OBJECT

  public:
    explicit Screen(shell::AppContext& context, QWidget* parent = nullptr) : QWidget(parent), m_context(context) {}

    /// Shows what the route asks for. Called whenever the screen is entered.
    virtual void enter(const shell::Route& route) = 0;

  protected:
    [[nodiscard]] shell::AppContext& context() const { return m_context; }

  private:
    shell::AppContext& m_context;
};

} // namespace kamei::ui::screens
