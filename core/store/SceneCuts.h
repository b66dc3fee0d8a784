#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Ids.h"

namespace kamei::store {

class Connection;

/// Where new scenes of clips begin: looking for them means decoding every frame, so it is kept.
class SceneCuts {
public:
    explicit SceneCuts(Connection& connection) : m_connection(connection) {}

    /// Frames from 2 on, rising, in place of what was known; nothing: it is not known any more.
    [[nodiscard]] base::Expected<void> set(base::AssetId asset,
                                           const std::optional<std::vector<std::int32_t>>& frames);
    [[nodiscard]] base::Expected<std::optional<std::vector<std::int32_t>>> of(base::AssetId asset) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
