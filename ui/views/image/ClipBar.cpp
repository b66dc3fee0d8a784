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
        return button;
    };
    m_key = add("clipKey", QStringLiteral("keyframe"));
    m_noKey = add("clipNoKey", QStringLiteral("cross"));
    m_start = add("clipStart", QStringLiteral("first"));
    m_end = add("clipEnd", QStringLiteral("last"));
    m_track = add("clipTrack", QStringLiteral("track"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 2, 12, 2); // the buttons of the frames before it have their margin
    row->setSpacing(4);
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
    const auto say = [](QToolButton* button, const QString& name, const QString& key, const QString& what) {
        button->setText(name);
        button->setAccessibleName(name);
        button->setAccessibleDescription(what);
        const QString head = key.isEmpty() ? name : tr("%1 (%2)").arg(name, key);
        button->setToolTip(head + QLatin1Char('\n') + what); // the name is not always on the button
    };
    say(m_key, tr("Key frame"), QStringLiteral("N"),
        tr("The mask stands here on this picture; between key frames it moves evenly"));
    say(m_noKey, tr("Remove key"), {}, tr("Takes the key frame of this picture away"));
    say(m_track, tr("Follow"), QStringLiteral("T"),
        tr("The mask follows what it covers through the next pictures; look at them afterwards"));
    const bool sound = m_target == Target::Sound;
    say(m_start, tr("From here"), QStringLiteral("I"),
        sound ? tr("The sound falls silent with this picture") : tr("The mask begins on this picture"));
    say(m_end, tr("Until here"), QStringLiteral("O"),
        sound ? tr("The sound is silent up to the end of this picture")
              : tr("The mask ends on this picture"));
    measure();
}

int ClipBar::widthAs(Qt::ToolButtonStyle shown) {
    const QMargins around = layout()->contentsMargins();
    int width = around.left() + around.right() + layout()->spacing() * 5; // the stretch counts as a place
    for (QToolButton* button : {m_key, m_noKey, m_track, m_start, m_end}) {
        button->setToolButtonStyle(shown);
        width += button->sizeHint().width();
    }
    return width;
}

void ClipBar::measure() {
    m_iconWidth = widthAs(Qt::ToolButtonIconOnly);
    m_wordWidth = widthAs(Qt::ToolButtonTextBesideIcon);
    updateGeometry();
    fit();
}

void ClipBar::fit() {
    // A word that is cut says nothing: without room for all of them the signs stand alone.
    const auto shown = width() < m_wordWidth ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
    for (QToolButton* button : {m_key, m_noKey, m_track, m_start, m_end}) {
        button->setToolButtonStyle(shown);
    }
}

QSize ClipBar::sizeHint() const {
    return {m_wordWidth, QWidget::sizeHint().height()};
}

QSize ClipBar::minimumSizeHint() const {
    return {m_iconWidth, QWidget::minimumSizeHint().height()};
}

void ClipBar::resizeEvent(QResizeEvent*) {
    fit();
}

void ClipBar::showEvent(QShowEvent*) {
    measure(); // fonts and the style sheet are certain now
}

void ClipBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (isVisible() && (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)) {
        measure();
    }
    QWidget::changeEvent(event);
}

void ClipBar::show(Target target, bool onKey) {
    if (m_target != target) {
        m_target = target;
        retranslate();
    }
    const bool mask = target == Target::Mask;
    m_key->setEnabled(mask);
    m_noKey->setEnabled(mask && onKey);
    m_start->setEnabled(target != Target::None);
    m_end->setEnabled(target != Target::None);
    m_track->setEnabled(mask);
}

} // namespace kamei::ui::views::image
