// The sound of a clip in the image view: which ranges of it are silent, and whether it stays at all.
#include <algorithm>

#include "ui/style/Widgets.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/image/SoundBar.h"
#include "ui/views/image/Timeline.h"

namespace kamei::ui::views::image {

void ImageView::addSoundBar() {
    m_clip = std::make_shared<const Clip>();
    m_soundBar = new SoundBar(this);
    style::setProperty(m_soundBar, "surface", QStringLiteral("panel"));
    m_soundBar->setAttribute(Qt::WA_StyledBackground);
    connect(m_soundBar, &SoundBar::decided, this, &ImageView::decideSound);
    connect(m_soundBar, &SoundBar::drafted, this, &ImageView::updateClip);
    connect(m_soundBar, &SoundBar::chosen, this, &ImageView::setFrame);
}

bool ImageView::soundSelected() const {
    return m_soundBar->item().has_value();
}

void ImageView::showSounds() {
    auto sounds = m_isClip ? soundItems(m_findings) : std::vector<SoundItem>();
    const auto selected = std::ranges::find(sounds, m_selected, &SoundItem::finding);
    const bool shown = selected != sounds.end() && m_selected.valid();
    m_soundBar->show(shown ? std::optional(*selected) : std::nullopt, *m_clip);
    m_soundBar->setBegun(m_silenceBegun);
    if (shown) {
        *selected = *m_soundBar->item();
    }
    m_timeline->setSounds(std::move(sounds));
    m_timeline->setSilenceBegun(m_silenceBegun);
}

void ImageView::silence(base::FindingId finding, int first, int last) {
    if (!soundSelected() || m_soundBar->item()->finding != finding) {
        return;
    }
    if (!m_clip->timed()) {
        m_context.say(tr("When each picture is shown is not known yet; no part of the sound can be told."));
        return;
    }
    m_silenceBegun = 0;
    m_soundBar->add(m_clip->soundOf(first, last));
}

void ImageView::setSilenceEnd(bool first) {
    if (first) {
        m_silenceBegun = m_frame;
        updateClip();
    } else if (m_silenceBegun == 0) {
        m_context.say(tr("Press I on the picture where the silence begins first."));
    } else {
        silence(m_selected, std::min(m_silenceBegun, m_frame), std::max(m_silenceBegun, m_frame));
    }
}

void ImageView::decideSound(const SoundItem& sound) {
    using Fate = SoundItem::Fate;
    decide::Decide edit;
    edit.findings = {sound.finding};
    edit.state = sound.fate == Fate::Removed && sound.removalSuggested ? model::DecisionState::Accepted
                                                                       : model::DecisionState::Changed;
    edit.action = sound.fate == Fate::Removed ? model::Action::Delete
                  : sound.fate == Fate::Whole ? model::Action::Keep
                                              : model::Action::Clean;
    if (sound.fate != Fate::Removed) {
        edit.reason = sound.reason.toStdString();
    }
    if (sound.fate == Fate::SilentInParts) {
        edit.method = model::toJson(sound.mute);
    }
    if (!m_context.push(edit, sound.fate == Fate::Removed         ? tr("Remove the sound")
                              : sound.fate == Fate::SilentInParts ? tr("Silence parts of the sound")
                                                                  : tr("Keep the sound"))) {
        m_soundBar->discard();
        return;
    }
    // At once, so that the next range is added to this decision; the list is read again behind it.
    const auto now = m_context.session()->finding(sound.finding);
    const auto found = std::ranges::find(m_findings, sound.finding, &model::Finding::id);
    if (now && *now && found != m_findings.end()) {
        *found = **now;
        updateClip();
    }
    reloadMasks();
}

} // namespace kamei::ui::views::image
