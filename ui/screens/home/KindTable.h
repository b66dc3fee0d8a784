#pragma once

#include <QFrame>
#include <vector>

#include "core/job/Rows.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace kamei::ui::screens {

/// How the data stand by kind. A double click or Enter opens the kind's list.
class KindTable : public QFrame {
    Q_OBJECT

public:
    explicit KindTable(QWidget* parent = nullptr);
    void show(const std::vector<job::Overview::KindRow>& rows);

signals:
    void opened(kamei::model::AssetKind kind);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();

    QLabel* m_title;
    QPushButton* m_openOnly;
    QTableWidget* m_table;
    QLabel* m_hint;
    std::vector<job::Overview::KindRow> m_rows;
};

} // namespace kamei::ui::screens
