#pragma once

#include <QWidget>

#include "core/model/Deface.h"

class QCheckBox;
class QLabel;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::screens::face {

/// How the face is taken off: shell or plane, and which parts go with it.
class RemovalBox : public QWidget {
    Q_OBJECT

public:
    explicit RemovalBox(QWidget* parent = nullptr);
    void show(const model::Deface& removal);
    [[nodiscard]] const model::Deface& removal() const { return m_removal; }
    /// What the proposal could not do as asked; empty: nothing to say.
    void setNotes(const QStringList& sentences);

signals:
    void changed(const kamei::model::Deface& removal);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void take();

    model::Deface m_removal;
    style::Segments* m_kind;
    QCheckBox* m_ears;
    QCheckBox* m_eyes;
    QCheckBox* m_teeth;
    QLabel* m_notes;
    bool m_filling = false;
};

} // namespace kamei::ui::screens::face
