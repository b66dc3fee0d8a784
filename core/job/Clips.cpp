#include "core/job/Clips.h"

#include <map>
#include <mutex>

#include "core/detect/vision/Tracks.h"
#include "core/intake/Format.h"
#include "core/job/Pictures.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

using Cuts = std::vector<std::int32_t>;

/// Cuts of clips that detection did not look for, by the SHA-256 of the source: nobody has to wait twice.
class FoundCuts {
public:
    [[nodiscard]] std::optional<Cuts> of(const std::string& source) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_rows.find(source);
        return found == m_rows.end() ? std::nullopt : std::optional(found->second);
    }
    void add(const std::string& source, const Cuts& cuts) {
        const std::lock_guard lock(m_mutex);
        m_rows.insert_or_assign(source, cuts);
    }

private:
    std::mutex m_mutex;
    std::map<std::string, Cuts> m_rows;
};

FoundCuts& foundCuts() {
    static FoundCuts all;
    return all;
}

} // namespace

base::Expected<std::vector<std::int64_t>> frameTimesUs(Session& session, base::AssetId asset) {
    const auto sources = session.sources(asset);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    if (sources->size() != 1) {
        return base::fail(base::ErrorCode::NotPossible, "job.clip", {"sources"});
    }
    return intake::frameTimesUs(sources->front());
}

base::Expected<Cuts> sceneCutsOf(Session& session, base::AssetId asset, std::stop_token stop) {
    {
        const auto reading = session.internals().read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        auto known = (*reading)->cuts.of(asset);
        if (!known || *known) {
            return known ? base::Expected<Cuts>(std::move(**known)) : tl::unexpected(known.error());
        }
    }
    const auto sources = session.sources(asset);
    if (!sources || sources->size() != 1) {
        return sources ? base::fail(base::ErrorCode::NotPossible, "job.clip", {"sources"})
                       : base::Expected<Cuts>(tl::unexpected(sources.error()));
    }
    const std::string source = sources->front().sha256.hex();
    if (auto known = foundCuts().of(source)) {
        return *known;
    }
    const auto pictures = Pictures::open(session, asset, Side::Before);
    if (!pictures) {
        return tl::unexpected(pictures.error());
    }
    detect::vision::SceneCuts scenes;
    Cuts out;
    for (std::int32_t number = 1; number <= pictures->frames(); ++number) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "job.clip");
        }
        const auto shown = pictures->frame(number);
        if (shown && scenes.isNew(shown->raster)) {
            out.push_back(number);
        }
    }
    foundCuts().add(source, out);
    return out;
}

} // namespace kamei::job
