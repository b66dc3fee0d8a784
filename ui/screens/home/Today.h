#pragma once

#include <QWidget>
#include <memory>

#include "ui/shell/AppContext.h"

class QLabel;

namespace kamei::ui::screens {

/// What was done today, counted in the audit log.
class Today : public QWidget {
    Q_OBJECT

public:
    explicit Today(shell::AppContext& context, QWidget* parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Figures {
        qint64 decided = 0;
        qint64 confirmed = 0;
        qint64 sentBack = 0;
        base::TimeMs last = 0;
    };
    void retranslate();

    shell::AppContext& m_context;
    Figures m_figures;
    QLabel* m_title;
    QLabel* m_decided;
    QLabel* m_confirmed;
    QLabel* m_sentBack;
    QLabel* m_last;
    bool m_busy = false;
};

} // namespace kamei::ui::screens
