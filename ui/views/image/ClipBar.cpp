#include "ui/views/image/ClipBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include "ui/style/Widgets.h"

namespace kamei::ui::views::image {

ClipBar::ClipBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("clipBar"));
    style::setProperty(this, "surface",
                       QStringLiteral("viewerbar")); // before the icons, which take its colours
    const auto add = [this](const char* name, const QString& icon) {
        QToolButton* button = style::iconButton(icon, {}, this);
        button->setObjectName(QLatin1String(name));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        return button;
    };
    m_key = add("clipKey", QStringLiteral("keyframe"));
    m_noKey = add("clipNoKey", QStringLiteral("cross"));
    m_start = add("clipStart", QStringLiteral("first"));
    m_end = add("clipEnd", QStringLiteral("last"));
    m_track = add("clipTrack", QStringLiteral("track"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 2, 12, 2);
    row->setSpacing(6);
    row->addStretch(1);
    for (QToolButton* button : {m_key, m_noKey, m_track, m_start, m_end}) {
        row->addWidget(button);
    }
    connect(m_key, &QToolButton::clicked, this, &ClipBar::keyWanted);
    connect(m_noKey, &QToolButton::clicked, this, &ClipBar::keyRemoved);
    connect(m_start, &QToolButton::clicked, this, &ClipBar::startWanted);
    connect(m_end, &QToolButton::clicked, this, &ClipBar::endWanted);
    connect(m_track, &QToolButton::clicked, this, &ClipBar::trackWanted);
    retranslate();
}

void ClipBar::retranslate() {
    m_key->setText(tr("Key frame (N)"));
    m_key->setToolTip(tr("The mask stands here on this picture; between key frames it moves evenly"));
    m_noKey->setText(tr("Remove key"));
    m_noKey->setToolTip(tr("Takes the key frame of this picture away"));
    m_track->setText(tr("Follow (T)"));
    m_track->setToolTip(
        tr("The mask follows what it covers through the next pictures; look at them afterwards"));
    m_start->setText(tr("From here (I)"));
    m_start->setToolTip(tr("The mask begins on this picture"));
    m_end->setText(tr("Until here (O)"));
    m_end->setToolTip(tr("The mask ends on this picture"));
    for (QToolButton* button : {m_key, m_noKey, m_track, m_start, m_end}) {
        button->setAccessibleName(button->text());
        button->setAccessibleDescription(button->toolTip());
    }
}

void ClipBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void ClipBar::show(bool hasMask, bool onKey) {
    m_key->setEnabled(hasMask);
    m_noKey->setEnabled(hasMask && onKey);
    m_start->setEnabled(hasMask);
    m_end->setEnabled(hasMask);
    m_track->setEnabled(hasMask);
}

} // namespace kamei::ui::views::image
