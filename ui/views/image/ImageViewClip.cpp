// Clips in the image view: the timeline, key frames of masks and the frames they are there on.
#include <QPointer>
#include <QScrollArea>
#include <algorithm>

#include "core/job/Clips.h"
#include "core/job/Tracking.h"
#include "core/model/Finding.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/ClipBar.h"
#include "ui/views/image/FrameBar.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/image/OverviewStrip.h"
#include "ui/views/image/Timeline.h"

namespace kamei::ui::views::image {
void ImageView::addTimeline() {
    m_timeline = new Timeline(this);
    m_timelineArea = new QScrollArea(this);
    m_timelineArea->setObjectName(QStringLiteral("timelineArea"));
    m_timelineArea->setWidget(m_timeline);
    m_timelineArea->setWidgetResizable(true);
    m_timelineArea->setFrameShape(QFrame::NoFrame);
    m_timelineArea->setFocusPolicy(Qt::NoFocus);
    m_timelineArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_clipBar = new ClipBar(this);
    connect(m_timeline, &Timeline::chosen, this, &ImageView::setFrame);
    connect(m_timeline, &Timeline::changed, this, &ImageView::changeMask);
    connect(m_timeline, &Timeline::silenced, this, &ImageView::silence);
    connect(m_timeline, &Timeline::selected, this, [this](base::FindingId finding) {
        m_silenceBegun = 0;
        m_selected = finding; // the picture stays: the timeline is for going through time
        m_canvas->select(finding);
        updateClip();
        emit findingSelected(finding);
    });
    connect(m_clipBar, &ClipBar::keyWanted, this, &ImageView::setKey);
    connect(m_clipBar, &ClipBar::keyRemoved, this, &ImageView::removeKey);
    connect(m_clipBar, &ClipBar::trackWanted, this, &ImageView::trackMask);
    connect(m_clipBar, &ClipBar::startWanted, this, [this] { setRangeEnd(true); });
    connect(m_clipBar, &ClipBar::endWanted, this, [this] { setRangeEnd(false); });
    m_timelineArea->hide();
    m_clipBar->hide();
}

void ImageView::showClip(bool isClip, const Clip& clip) {
    m_isClip = isClip && !m_readOnly && clip.frames > 1;
    m_clip = std::make_shared<const Clip>(clip);
    m_timelineArea->setVisible(m_isClip);
    m_clipBar->setVisible(m_isClip);
    m_frames->setSliding(!m_isClip); // the timeline is its slider
    m_frames->setRate(clip.rate);
    m_timeline->setClip(clip);
    updateClip();
}

void ImageView::loadTimes() {
    m_context.runner().look(
        this, [session = m_context.session(), asset = m_asset] { return job::frameTimesUs(*session, asset); },
        [this, generation = m_generation](const base::Expected<std::vector<std::int64_t>>& times) {
            if (generation == m_generation && times) {
                Clip clip = *m_clip;
                clip.timesUs = *times;
                m_clip = std::make_shared<const Clip>(std::move(clip));
                m_timeline->setTimes(m_clip->timesUs);
                showSounds();
            }
        });
}

void ImageView::loadCuts() {
    stopCuts();
    m_cutsStop = std::stop_source();
    m_context.runner().look(
        this,
        [session = m_context.session(), asset = m_asset, stop = m_cutsStop.get_token()] {
            return job::sceneCutsOf(*session, asset, stop);
        },
        [this, generation = m_generation](const base::Expected<std::vector<std::int32_t>>& cuts) {
            if (generation == m_generation && cuts) {
                m_cutsWanted = false;
                m_timeline->setCuts(*cuts);
            }
        });
}

void ImageView::stopCuts() {
    m_cutsStop.request_stop();
}

void ImageView::goToCut(int direction) {
    if (const int frame = m_timeline->cutBeside(direction); frame > 0) {
        setFrame(frame);
    } else if (!m_cutsWanted) {
        m_context.say(tr("No other scene begins there."));
    } else {
        m_context.say(tr("Scenes are still being looked for."));
    }
}

void ImageView::updateClip() {
    if (!m_isClip) {
        return;
    }
    m_timeline->setItems(m_items);
    showSounds();
    m_timeline->select(m_selected);
    if (const int y = m_timeline->yOf(m_selected); m_scrolledTo != m_selected && y >= 0) {
        m_scrolledTo = m_selected; // once: afterwards a person scrolls
        QMetaObject::invokeMethod(
            m_timelineArea, // behind its layout, which may just have got the row
            [this, y] { m_timelineArea->ensureVisible(0, y, 0, Timeline::heightOf(1) / 2); },
            Qt::QueuedConnection);
    }
    m_timeline->setFrame(m_frame);
    constexpr int kMostRows = 5;
    const int most = Timeline::heightOf(kMostRows);
    m_timelineArea->setFixedHeight(std::min(m_timeline->sizeHint().height(), most));
    const auto item = itemOf(m_selected);
    const bool onKey = item && std::ranges::any_of(item->mask.track, [this](const model::TrackKey& key) {
                           return key.frame == m_frame;
                       });
    m_clipBar->show(item              ? ClipBar::Target::Mask
                    : soundSelected() ? ClipBar::Target::Sound
                                      : ClipBar::Target::None,
                    onKey);
    m_overview->setVisible(!item &&
                           !soundSelected()); // the picture needs the height while a mask is worked on
}

void ImageView::reshapeFigure(base::FindingId finding, const model::Mask& figure) {
    const auto item = itemOf(finding);
    if (!item || item->mask.track.empty()) {
        changeMask(finding, figure);
        return;
    }
    model::Mask mask = item->mask;
    putKey(mask, {m_frame, model::boundsOf(figure)});
    changeMask(finding, mask);
}

void ImageView::putKey(model::Mask& mask, const model::TrackKey& key) {
    const auto at = std::ranges::lower_bound(mask.track, key.frame, {}, &model::TrackKey::frame);
    if (at != mask.track.end() && at->frame == key.frame) {
        *at = key;
    } else {
        mask.track.insert(at, key);
    }
}

void ImageView::setKey() {
    const auto item = itemOf(m_selected);
    if (!m_isClip || !item) {
        return;
    }
    model::Mask mask = item->mask;
    putKey(mask, {m_frame, model::boundsOf(model::figureAt(item->mask, m_frame))});
    changeMaskAs(m_selected, mask, tr("Set a key frame of the mask"));
}

void ImageView::removeKey() {
    const auto item = itemOf(m_selected);
    if (!m_isClip || !item) {
        return;
    }
    model::Mask mask = item->mask;
    std::erase_if(mask.track, [this](const model::TrackKey& key) { return key.frame == m_frame; });
    if (mask.track.empty()) { // it rests where it stood last
        mask = model::figureAt(item->mask, m_frame);
    }
    if (!(mask == item->mask)) {
        changeMaskAs(m_selected, mask, tr("Remove a key frame of the mask"));
    }
}

void ImageView::setRangeEnd(bool first) {
    if (m_isClip && soundSelected()) {
        setSilenceEnd(first);
        return;
    }
    const auto item = itemOf(m_selected);
    if (!m_isClip || !item) {
        return;
    }
    model::Mask mask = item->mask;
    model::FrameRange frames = mask.frames.all() ? model::FrameRange{1, m_frameCount} : mask.frames;
    (first ? frames.first : frames.last) = m_frame;
    if (frames.last < frames.first) {
        (first ? frames.last : frames.first) = m_frame;
    }
    mask.frames = frames.first == 1 && frames.last == m_frameCount ? model::FrameRange{} : frames;
    if (!(mask == item->mask)) {
        changeMaskAs(m_selected, mask, tr("Change the frames of the mask"));
    }
}

void ImageView::trackMask() {
    const auto item = itemOf(m_selected);
    const auto session = m_context.session();
    if (!m_isClip || !item || !session || m_readOnly) {
        return;
    }
    auto out = std::make_shared<std::optional<job::Tracked>>();
    const auto finished = [view = QPointer(this), out, asset = m_asset, finding = m_selected,
                           before = item->mask](const base::Expected<job::Report>& report) {
        if (view.isNull()) {
            return;
        }
        if (!report) {
            view->m_context.showError(report.error());
            return;
        }
        // What a person changed meanwhile counts more.
        const auto now = view->m_asset == asset ? view->itemOf(finding) : std::nullopt;
        if (!*out || !now || !(now->mask == before)) {
            return;
        }
        view->changeMaskAs(finding, (*out)->mask, tr("Let the mask follow what it covers"));
        if ((*out)->lost) {
            view->setFrame((*out)->reached);
            view->m_context.say(tr("Followed up to picture %1, then lost. The mask stays there: look at the "
                                   "pictures behind it and set a key frame or the end.")
                                    .arg((*out)->reached));
        } else {
            view->m_context.say(
                tr("Followed up to picture %1. Look at every picture of it.").arg((*out)->reached));
        }
    };
    m_context.runner().start(job::trackJob(session, {m_asset, item->mask, m_frame}, out), finished);
}

} // namespace kamei::ui::views::image
