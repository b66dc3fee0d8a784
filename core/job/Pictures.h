#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Looking.h"
#include "core/job/Preview.h"
#include "core/model/Asset.h"

namespace kamei::job {

/// The pictures of one asset on one side, looked up once. frame() is thread-safe.
class Pictures {
public:
    [[nodiscard]] static base::Expected<Pictures> open(Session& session, base::AssetId asset, Side side);

    [[nodiscard]] std::int32_t frames() const { return m_frames; }
    /// Frames are counted from 1 over all sources in order. NotPossible when there is no such frame.
    [[nodiscard]] base::Expected<ShownPicture> frame(std::int32_t number) const;

private:
    std::vector<model::Source> m_sources; ///< those of the workspace, or their staged files
    std::unique_ptr<Compiled> m_compiled; ///< set when processed pixels have to be made from the sources
    bool m_preview = false;
    std::int32_t m_frames = 0;
};

} // namespace kamei::job
