#include "core/job/StagedSources.h"

#include <filesystem>

namespace kamei::job {

base::Expected<std::vector<model::Source>> stagedSources(const Session& session, base::AssetId asset,
                                                         std::vector<model::Source> sources) {
    const auto files = session.staged(asset);
    if (!files) {
        return tl::unexpected(files.error());
    }
    if (files->size() != sources.size()) {
        return std::vector<model::Source>();
    }
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const model::StagedFile& file = (*files)[i];
        std::error_code error;
        sources[i].path = session.folder() / file.path;
        sources[i].member.clear();
        sources[i].stamp = {}; // that of the original says nothing here
        sources[i].sha256 = file.sha256;
        if (file.source != sources[i].id || !std::filesystem::exists(sources[i].path, error)) {
            return std::vector<model::Source>();
        }
    }
    return sources;
}

} // namespace kamei::job
