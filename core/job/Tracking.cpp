#include "core/job/Tracking.h"

#include <algorithm>
#include <utility>

#include "core/detect/vision/Tracks.h"
#include "core/job/Pictures.h"

namespace kamei::job {
namespace {

/// The part of a box that lies in the picture.
model::RectPx inside(const model::RectPx& box, const model::Raster& raster) {
    const std::int32_t left = std::max(0, box.x);
    const std::int32_t top = std::max(0, box.y);
    return {left, top, std::min(raster.width, box.x + box.width) - left,
            std::min(raster.height, box.y + box.height) - top};
}

class TrackJob final : public Job {
public:
    TrackJob(std::shared_ptr<Session> session, TrackSpec spec, std::shared_ptr<std::optional<Tracked>> out)
        : m_session(std::move(session)), m_spec(std::move(spec)), m_out(std::move(out)) {}

    [[nodiscard]] std::string_view word() const override { return "track"; }

    [[nodiscard]] base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) override {
        const auto pictures = Pictures::open(*m_session, m_spec.asset, Side::Before);
        if (!pictures) {
            return tl::unexpected(pictures.error());
        }
        const model::Mask& before = m_spec.mask;
        const std::int32_t last =
            before.frames.all() ? pictures->frames() : std::min(before.frames.last, pictures->frames());
        if (m_spec.from >= last) {
            return base::fail(base::ErrorCode::NotPossible, "job.track", {"last"});
        }
        auto first = pictures->frame(m_spec.from);
        if (!first) {
            return tl::unexpected(first.error());
        }
        progress.phase("track");
        const auto total = static_cast<std::uint64_t>(last - m_spec.from);
        const auto frame = [&](std::int32_t number) -> base::Expected<model::Raster> {
            progress.progress(static_cast<std::uint64_t>(number - m_spec.from), total);
            auto shown = pictures->frame(number);
            return shown ? base::Expected<model::Raster>(std::move(shown->raster))
                         : tl::unexpected(shown.error());
        };
        const model::RectPx box =
            inside(model::boundsOf(model::figureAt(before, m_spec.from)), first->raster);
        const auto followed = detect::vision::trackBox(frame, m_spec.from, box, last, stop);
        if (!followed) {
            if (followed.error().code == base::ErrorCode::Cancelled) {
                Report cancelled;
                cancelled.cancelled = true;
                return cancelled;
            }
            return tl::unexpected(followed.error());
        }
        Tracked out{before, followed->track.back().frame, followed->track.back().frame < last};
        std::erase_if(out.mask.track, [&](const model::TrackKey& key) { return key.frame >= m_spec.from; });
        out.mask.track.insert(out.mask.track.end(), followed->track.begin(), followed->track.end());
        *m_out = std::move(out);
        Report report;
        report.done = (*m_out)->reached - m_spec.from;
        return report;
    }

private:
    std::shared_ptr<Session> m_session;
    TrackSpec m_spec;
    std::shared_ptr<std::optional<Tracked>> m_out;
};

} // namespace

std::unique_ptr<Job> trackJob(std::shared_ptr<Session> session, TrackSpec spec,
                              std::shared_ptr<std::optional<Tracked>> out) {
    return std::make_unique<TrackJob>(std::move(session), std::move(spec), std::move(out));
}

} // namespace kamei::job
