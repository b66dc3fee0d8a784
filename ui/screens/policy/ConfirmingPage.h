#pragma once

#include <QHash>
#include <QWidget>

#include "core/model/Policy.h"

class QCheckBox;
class QLabel;

namespace kamei::ui::screens::policy {

/// Who has to confirm: whether only what is signed with a key counts, and which kinds of data a second,
/// different person has to look at too.
class ConfirmingPage : public QWidget {
    Q_OBJECT

public:
    explicit ConfirmingPage(QWidget* parent = nullptr);
    void show(const model::Policy& policy, bool writable);

signals:
    void edited(const kamei::model::Policy& policy);

protected:
    void changeEvent(QEvent* event) override;

private:
    void changed();
    void retranslate();

    model::Policy m_policy;
    QCheckBox* m_signatures;
    QLabel* m_signaturesNote;
    QLabel* m_secondTitle;
    QLabel* m_secondNote;
    QLabel* m_source;
    QHash<int, QCheckBox*> m_kinds; ///< by model::AssetKind
    bool m_showing = false;
};

} // namespace kamei::ui::screens::policy
