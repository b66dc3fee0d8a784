#pragma once

#include <QList>
#include <QWidget>

#include "core/job/Rows.h"

class QLabel;

namespace kamei::ui::screens {

/// What a release writes: the folder, its files, and what each is.
class OutputTable : public QWidget {
    Q_OBJECT

public:
    explicit OutputTable(QWidget* parent = nullptr);
    void showFolder(const QString& name);
    void showCounts(std::int64_t subjects, std::int64_t assets);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QLabel* m_folder;
    QList<QLabel*> m_notes;
    QLabel* m_hint;
    std::int64_t m_subjects = 0;
    std::int64_t m_assets = 0;
};

} // namespace kamei::ui::screens
