#include "core/job/SlideRegions.h"

#include <optional>

#include "core/intake/slide/Slide.h"
#include "core/job/Preview.h"
#include "core/transform/Transform.h"

namespace kamei::job {

using intake::slide::Slide;

struct SlideRegions::State {
    std::vector<Level> levels;
    std::size_t plane = 0;
    bool preview = false;
    std::optional<Slide> slide;
    std::unique_ptr<Compiled> compiled; ///< what `processed` refers to
    std::unique_ptr<transform::Regions> processed;
};

SlideRegions::SlideRegions() : m_state(std::make_unique<State>()) {}
SlideRegions::~SlideRegions() = default;

base::Expected<std::shared_ptr<const SlideRegions>> SlideRegions::open(Session& session, base::AssetId asset,
                                                                       std::int32_t frame, Side side) {
    const auto row = session.asset(asset);
    const auto sources = session.sources(asset);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    if (!*row || sources->empty()) {
        return base::fail(base::ErrorCode::NotFound, "job.slide");
    }
    model::Source source = sources->front();
    if (source.format != "slide" || sources->size() != 1) {
        return std::shared_ptr<const SlideRegions>();
    }
    std::shared_ptr<SlideRegions> out(new SlideRegions);
    State& state = *out->m_state;
    if (side == Side::After) {
        const auto staged = session.staged(asset);
        if (!staged) {
            return tl::unexpected(staged.error());
        }
        if (!(*row)->stale && staged->size() == 1 && staged->front().source == source.id) {
            source.path = session.folder() / staged->front().path;
            source.member.clear();
        } else {
            state.preview = true;
        }
    }
    auto slide = Slide::open(source);
    if (!slide) {
        return tl::unexpected(slide.error());
    }
    if (frame < 1 || static_cast<std::size_t>(frame) > slide->pages().planes.size()) {
        return std::shared_ptr<const SlideRegions>();
    }
    state.plane = static_cast<std::size_t>(frame) - 1;
    for (const auto& level : slide->levels(state.plane)) {
        state.levels.push_back({static_cast<std::int32_t>(level.width),
                                static_cast<std::int32_t>(level.height), level.downsample});
    }
    state.slide = std::move(*slide);
    if (state.preview) {
        auto compiled = compileFor(session, (*row)->asset, source.format);
        if (!compiled) {
            return tl::unexpected(compiled.error());
        }
        state.compiled = std::move(*compiled);
        auto regions = state.compiled->transform->regions(source, frame);
        if (!regions) {
            return tl::unexpected(regions.error());
        }
        if (*regions == nullptr) { // what deletes the asset as a whole has no picture to show
            return base::fail(base::ErrorCode::NotPossible, "job.slide");
        }
        state.processed = std::move(*regions);
    }
    return out;
}

const std::vector<SlideRegions::Level>& SlideRegions::levels() const {
    return m_state->levels;
}
bool SlideRegions::isPreview() const {
    return m_state->preview;
}

base::Expected<model::Raster> SlideRegions::region(std::size_t level, std::int64_t x, std::int64_t y,
                                                   std::uint32_t width, std::uint32_t height) const {
    return m_state->processed != nullptr
               ? m_state->processed->region(level, x, y, width, height)
               : m_state->slide->readRegion(m_state->plane, level, x, y, width, height);
}

} // namespace kamei::job
