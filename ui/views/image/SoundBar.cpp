#include "ui/views/image/SoundBar.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/style/Widgets.h"

namespace kamei::ui::views::image {

using Fate = SoundItem::Fate;

namespace {

/// Without hours where there are none.
QString briefly(std::int64_t ms) {
    const QString whole = Clip::clockText(ms);
    return whole.startsWith(QLatin1String("00:")) ? whole.mid(3) : whole;
}

} // namespace

SoundBar::SoundBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("soundBar"));
    m_name = style::label("smallstrong", {}, this);
    m_fate = new style::Segments(this);
    m_fate->setObjectName(QStringLiteral("soundFate"));
    for (const char* name : {"soundRemoved", "soundInParts", "soundWhole"}) {
        m_fate->add({})->setObjectName(QLatin1String(name));
    }
    m_ranges = new QComboBox(this);
    m_ranges->setObjectName(QStringLiteral("soundRanges"));
    m_ranges->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_remove = style::button("small", {}, {}, this);
    m_remove->setObjectName(QStringLiteral("soundRemoveRange"));
    m_reasonLabel = style::label("small", {}, this);
    m_reason = new QLineEdit(this);
    m_reason->setObjectName(QStringLiteral("soundReason"));
    m_reasonLabel->setBuddy(m_reason);
    m_hint = new style::ElidedLabel("small", this);
    m_hint->setObjectName(QStringLiteral("soundHint"));

    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_name);
    top->addWidget(m_fate);
    top->addWidget(m_ranges);
    top->addWidget(m_remove);
    top->addStretch(1);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    bottom->addWidget(m_reasonLabel);
    bottom->addWidget(m_reason, 3);
    bottom->addWidget(m_hint, 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(6);
    column->addLayout(top);
    column->addLayout(bottom);

    connect(m_fate, &style::Segments::chosen, this, [this](int id) { choose(static_cast<Fate>(id)); });
    connect(m_ranges, &QComboBox::activated, this, [this](int index) {
        const auto& ranges = m_draft->mute.ranges;
        if (index >= 0 && index < static_cast<int>(ranges.size())) {
            emit chosen(static_cast<int>(
                std::floor(m_clip.placeOf(ranges[static_cast<std::size_t>(index)].fromMs) + 1e-6)));
        }
    });
    connect(m_remove, &QPushButton::clicked, this, &SoundBar::removeRange);
    connect(m_reason, &QLineEdit::editingFinished, this, &SoundBar::takeReason);
    retranslate();
    hide();
}

void SoundBar::retranslate() {
    m_fate->setText(static_cast<int>(Fate::Removed), tr("Removed"));
    m_fate->setText(static_cast<int>(Fate::SilentInParts), tr("Silent in parts"));
    m_fate->setText(static_cast<int>(Fate::Whole), tr("Kept as a whole"));
    m_fate->setAccessibleName(tr("What becomes of the sound"));
    m_ranges->setAccessibleName(tr("Silent ranges"));
    m_ranges->setToolTip(tr("Silent ranges; choosing one goes there"));
    m_remove->setText(tr("Remove range"));
    m_remove->setToolTip(tr("The range is heard again; without any range the sound is removed"));
    m_reasonLabel->setText(tr("Reason"));
    m_reason->setPlaceholderText(tr("Why the rest may be heard"));
    fill();
}

void SoundBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void SoundBar::show(const std::optional<SoundItem>& item, const Clip& clip) {
    m_clip = clip;
    setVisible(item.has_value());
    if (item == m_stored && m_draft.has_value() == item.has_value()) {
        fill();
        return;
    }
    const bool other = !item || !m_stored || item->finding != m_stored->finding;
    m_stored = item;
    m_draft = item;
    m_begun = other ? 0 : m_begun;
    if (item) {
        const QSignalBlocker quiet(m_reason);
        m_reason->setText(item->reason);
    }
    fill();
}

void SoundBar::setBegun(int frame) {
    m_begun = frame;
    fill();
}

void SoundBar::fill() {
    if (!m_draft) {
        return;
    }
    m_name->setText(nameOf(*m_draft));
    m_fate->setCurrent(static_cast<int>(m_draft->fate));
    const bool inParts = m_draft->fate == Fate::SilentInParts;
    const auto& ranges = m_draft->mute.ranges;
    const int before = m_ranges->currentIndex();
    m_ranges->clear();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto& range = ranges[i];
        const QString end = range.toMs >= model::Mute::kEndMs ? tr("end") : briefly(range.toMs);
        m_ranges->addItem(QStringLiteral("%1　%2 – %3").arg(i + 1).arg(briefly(range.fromMs), end));
    }
    if (!ranges.empty()) {
        m_ranges->setCurrentIndex(std::clamp(before, 0, static_cast<int>(ranges.size()) - 1));
    }
    m_ranges->setVisible(inParts && !ranges.empty());
    m_remove->setVisible(inParts && !ranges.empty());
    const bool heard = m_draft->fate != Fate::Removed;
    m_reasonLabel->setVisible(heard);
    m_reason->setVisible(heard);
    const bool lacksReason = heard && m_draft->reason.isEmpty();
    style::setProperty(m_reason, "invalid", lacksReason && !(inParts && ranges.empty()));
    m_hint->setText(m_begun > 0 ? tr("Silent from picture %1: press O on the last one").arg(m_begun)
                    : inParts && ranges.empty() ? tr("Drag over the sound on the timeline, or press I and O")
                    : lacksReason ? tr("Without a reason it stays as it was: a voice identifies")
                    : inParts     ? tr("All of the sound is coded anew")
                    : m_draft->open && !heard
                        ? tr("Not decided yet; choose, or drag over what shall be silent")
                        : wordsOf(*m_draft));
}

void SoundBar::add(const model::Mute::Range& range) {
    if (!m_draft) {
        return;
    }
    m_begun = 0;
    m_draft->fate = Fate::SilentInParts;
    model::add(m_draft->mute, range);
    submit();
    if (m_draft->unsaid && m_draft->reason.isEmpty()) {
        m_reason->setFocus();
    }
}

void SoundBar::discard() {
    m_draft = m_stored;
    fill();
    emit drafted();
}

void SoundBar::choose(Fate fate) {
    if (!m_draft) {
        return;
    }
    m_draft->fate = fate;
    submit();
}

void SoundBar::removeRange() {
    const int index = m_ranges->currentIndex();
    if (!m_draft || index < 0 || index >= static_cast<int>(m_draft->mute.ranges.size())) {
        return;
    }
    m_draft->mute.ranges.erase(m_draft->mute.ranges.begin() + index);
    if (m_draft->mute.ranges.empty()) {
        m_draft->fate = Fate::Removed; // nobody said that all of it may be heard
    }
    submit();
}

void SoundBar::takeReason() {
    const QString reason = m_reason->text().trimmed();
    if (m_draft && m_draft->reason != reason) {
        m_draft->reason = reason;
        submit();
    }
}

void SoundBar::submit() {
    SoundItem& draft = *m_draft;
    const bool removed = draft.fate == Fate::Removed;
    const bool complete =
        removed || (!draft.reason.isEmpty() && (draft.fate == Fate::Whole || !draft.mute.ranges.empty()));
    draft.unsaid = !complete;
    const bool same = m_stored && !m_stored->open && draft.fate == m_stored->fate &&
                      (removed || (draft.reason == m_stored->reason &&
                                   (draft.fate == Fate::Whole || draft.mute == m_stored->mute)));
    fill();
    emit drafted();
    if (complete && !same) {
        emit decided(SoundItem(draft));
    }
}

} // namespace kamei::ui::views::image
