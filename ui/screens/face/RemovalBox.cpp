#include "ui/screens/face/RemovalBox.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/style/Widgets.h"

namespace kamei::ui::screens::face {
RemovalBox::RemovalBox(QWidget* parent)
    : QWidget(parent), m_kind(new style::Segments), m_ears(new QCheckBox), m_eyes(new QCheckBox),
      m_teeth(new QCheckBox), m_notes(style::label("smallwarn")) {
    setObjectName(QStringLiteral("face.removal"));
    m_kind->setObjectName(QStringLiteral("face.kind"));
    m_kind->add({});
    m_kind->add({});
    m_ears->setObjectName(QStringLiteral("face.ears"));
    m_eyes->setObjectName(QStringLiteral("face.eyes"));
    m_teeth->setObjectName(QStringLiteral("face.teeth"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    auto* first = new QHBoxLayout;
    first->addWidget(m_kind);
    first->addStretch(1);
    column->addLayout(first);
    auto* parts = new QHBoxLayout;
    parts->setSpacing(12);
    for (QCheckBox* box : {m_ears, m_eyes, m_teeth}) {
        parts->addWidget(box);
    }
    parts->addStretch(1);
    column->addLayout(parts);
    m_notes->setObjectName(QStringLiteral("face.regionNotes"));
    m_notes->setWordWrap(true);
    column->addWidget(m_notes);
    connect(m_kind, &style::Segments::chosen, this, &RemovalBox::take);
    for (QCheckBox* box : {m_ears, m_eyes, m_teeth}) {
        connect(box, &QCheckBox::toggled, this, &RemovalBox::take);
    }
    setNotes({});
    retranslate();
    fill();
}

void RemovalBox::show(const model::Deface& removal) {
    m_removal = removal;
    fill();
}

void RemovalBox::setNotes(const QStringList& sentences) {
    m_notes->setText(sentences.join(QLatin1Char('\n')));
    m_notes->setVisible(!sentences.isEmpty());
}

void RemovalBox::fill() {
    m_filling = true;
    m_kind->setCurrent(m_removal.shape == model::Deface::Shape::Plane ? 1 : 0);
    m_ears->setChecked(m_removal.ears);
    m_eyes->setChecked(m_removal.eyes);
    m_teeth->setChecked(m_removal.teeth);
    for (QWidget* part : std::initializer_list<QWidget*>{m_ears, m_eyes, m_teeth}) {
        part->setVisible(m_removal.shape == model::Deface::Shape::Shell);
    }
    m_filling = false;
}

void RemovalBox::take() {
    if (m_filling) {
        return;
    }
    m_removal.shape = m_kind->current() == 1 ? model::Deface::Shape::Plane : model::Deface::Shape::Shell;
    m_removal.ears = m_ears->isChecked();
    m_removal.eyes = m_eyes->isChecked();
    m_removal.teeth = m_teeth->isChecked();
    fill();
    emit changed(m_removal);
}

void RemovalBox::retranslate() {
    m_kind->setText(0, tr("Outer skin"));
    m_kind->setText(1, tr("Plane"));
    m_kind->setAccessibleName(tr("How the face is taken off"));
    m_ears->setText(tr("Ears"));
    m_ears->setToolTip(tr("The ears are taken off too."));
    m_eyes->setText(tr("Eyes"));
    m_eyes->setToolTip(tr("Eyeballs and orbits go too; off: they stay behind 3 mm of lid."));
    m_teeth->setText(tr("Teeth and mouth"));
    m_teeth->setToolTip(tr("The mouth goes too; off: what lies deeper than lips and cheeks stays."));
}

void RemovalBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::face
