#pragma once

#include <QHash>
#include <QWidget>

#include "core/model/Policy.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace kamei::ui::screens::policy {

/// Base policy and the options of PS3.15 Annex E.3 with their codes.
class OptionsPage : public QWidget {
    Q_OBJECT

public:
    explicit OptionsPage(QWidget* parent = nullptr);
    void show(const model::Policy& policy, bool writable);

signals:
    void edited(const kamei::model::Policy& policy);

protected:
    void changeEvent(QEvent* event) override;

private:
    void choosePolicy();
    void toggle(const std::string& option, bool on);
    void retranslate();

    model::Policy m_policy;
    QComboBox* m_base;
    QLabel* m_baseLabel;
    QLabel* m_baseNote;
    QLabel* m_floor;
    QHash<QString, QCheckBox*> m_boxes;
    QHash<QString, QLabel*> m_notes;
    bool m_showing = false;
};

} // namespace kamei::ui::screens::policy
