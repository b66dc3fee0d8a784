// How the viewer of the Face screen is laid out and what it says; what it does stands in FaceViewer.cpp.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/screens/face/FaceViewer.h"
#include "ui/style/KeyHints.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/views/surface/ViewStrip.h"

namespace kamei::ui::screens::face {

QWidget* FaceViewer::buildHead() {
    QHBoxLayout* row = nullptr;
    auto* head = style::panelHead(m_title, &row, this);
    row->insertWidget(0, style::iconLabel(QStringLiteral("volume")));
    row->insertWidget(2, m_facts);
    row->addStretch(1);
    m_modes->setObjectName(QStringLiteral("face.modes"));
    for (int i = 0; i < 3; ++i) {
        m_modes->add({});
    }
    m_link->setObjectName(QStringLiteral("face.link"));
    m_link->setCheckable(true);
    m_link->setChecked(true);
    row->addWidget(m_modes);
    row->addWidget(m_link);
    return head;
}

QWidget* FaceViewer::buildLower() {
    const auto& theme = style::Theme::instance();
    auto* lower = style::surface("viewer");
    auto* row = new QHBoxLayout(lower);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(10);
    auto* views = new QVBoxLayout;
    views->setSpacing(4);
    m_stripTitle->setMinimumHeight(theme.px(24));
    views->addWidget(m_stripTitle);
    views->addWidget(m_strip, 1);
    row->addLayout(views, 3);
    auto* slices = new QVBoxLayout;
    slices->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(6);
    m_cut->setObjectName(QStringLiteral("face.cut"));
    m_cut->setProperty("kind", QStringLiteral("small"));
    for (int i = 0; i < 3; ++i) {
        m_cut->addItem({});
    }
    m_tools->setObjectName(QStringLiteral("face.tools"));
    for (const char* icon : {"select", "brush", "erase"}) {
        m_toolButtons.append(m_tools->add({}, QString::fromLatin1(icon)));
    }
    m_radius->setSuffix(QStringLiteral(" mm"));
    m_radius->setValue(8);
    m_radius->setFixedWidth(theme.px(64));
    head->addWidget(m_sliceTitle, 1);
    head->addWidget(m_cut);
    head->addWidget(m_tools);
    head->addWidget(m_radius);
    slices->addLayout(head);
    auto* pictures = new QHBoxLayout;
    pictures->setSpacing(6);
    pictures->addWidget(m_sliceBefore, 1);
    pictures->addWidget(m_sliceAfter, 1);
    slices->addLayout(pictures, 1);
    row->addLayout(slices, 2);
    lower->setFixedHeight(theme.px(206));
    return lower;
}

void FaceViewer::showSliceTitle() {
    m_sliceTitle->setText(
        m_before ? tr("%1 / %2").arg(m_sliceBefore->slice() + 1).arg(m_sliceBefore->slices()) : QString());
}

void FaceViewer::showCaptions() {
    const auto detected = [](const std::optional<double>& score) {
        return score ? tr("detected %1").arg(*score, 0, 'f', 2) : QString();
    };
    auto& before = m_pair->before();
    auto& after = m_pair->after();
    before.setCaptions(m_before ? tr("Before") : QString(), m_before ? detected(m_scoreBefore) : QString());
    after.setNotice(m_computing ? tr("Computing what the removal takes…") : QString());
    after.setCaptions(m_computing   ? tr("After")
                      : !m_after    ? QString()
                      : m_processed ? tr("After processing")
                                    : tr("After (if the face is removed)"),
                      m_after && !m_computing ? detected(m_scoreAfter) : QString());
}

void FaceViewer::retranslate() {
    m_modes->setText(0, tr("Side by side"));
    m_modes->setText(1, tr("Swipe"));
    m_modes->setText(2, tr("Flicker"));
    m_link->setText(tr("Link views"));
    m_link->setToolTip(tr("Both sides are seen from the same place."));
    m_thresholdLabel->setText(tr("Skin threshold"));
    m_slider->setAccessibleName(m_thresholdLabel->text());
    m_threshold->setAccessibleName(m_thresholdLabel->text());
    m_depthLabel->setText(tr("Depth"));
    m_depth->setAccessibleName(tr("Depth of the removal in millimetres"));
    m_depth->setToolTip(tr("How far below the skin the face is taken off."));
    m_region->setText(tr("Region"));
    m_region->setToolTip(tr("What is removed is shown in colour on the surface."));
    m_inside->setText(tr("Inside"));
    m_inside->setToolTip(tr("The skin is seen through."));
    m_skin->setText(tr("Skin tone"));
    m_skin->setToolTip(tr("Skin tone instead of a neutral grey."));
    m_distance->setText(tr("Distance"));
    m_distance->setToolTip(tr("Colours show how far the new surface lies from the old one."));
    m_turn->setText(tr("Turn"));
    m_turn->setToolTip(tr("Turns the head round (R)"));
    showCaptions();
    m_stripTitle->setText(tr("Standard views, large by keys 1 to 6"));
    m_cut->setAccessibleName(tr("Direction of the slices"));
    {
        const QSignalBlocker quiet(m_cut);
        m_cut->setItemText(0, tr("Axial"));
        m_cut->setItemText(1, tr("Sagittal"));
        m_cut->setItemText(2, tr("Coronal"));
    }
    const QStringList tools{tr("Look and turn"), tr("Add to what is removed"),
                            tr("Cut from what is removed")};
    for (qsizetype i = 0; i < m_toolButtons.size(); ++i) {
        m_toolButtons[i]->setToolTip(tools.at(i));
        m_toolButtons[i]->setAccessibleName(tools.at(i));
    }
    m_tools->setAccessibleName(tr("Editing the region that is removed"));
    m_radius->setAccessibleName(tr("Radius of the brush"));
    m_sliceBefore->setCaption(tr("Before"));
    m_sliceAfter->setCaption(tr("After"));
    QList<std::pair<QString, QString>> hints{
        {QStringLiteral("J K"), tr("next, previous")}, {QStringLiteral("H"), tr("keep")},
        {QStringLiteral("D"), tr("remove")},           {QStringLiteral("A"), tr("confirm")},
        {QStringLiteral("← →"), tr("turn by 15°")},    {QStringLiteral("[ ]"), tr("threshold")},
        {QStringLiteral("\\"), tr("comparison")}};
    if (m_editable && m_tools->current() > 0) {
        hints.prepend({tr("Enter"), tr("paint in the middle")});
    }
    m_hints->setHints(hints, m_note);
}

void FaceViewer::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::face
