#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Review.h"

namespace kamei::store {

class Connection;

/// What is staged, one row a source. A row belongs to the revision of the asset it was made with.
class StagedFiles {
public:
    explicit StagedFiles(Connection& connection) : m_connection(connection) {}

    /// Adds or replaces the rows of these sources. `revision`: model::Asset::revision when the plan was
    /// compiled; rows of a revision that has passed since count as stale.
    [[nodiscard]] base::Expected<void> upsert(std::span<const model::StagedFile> files,
                                              std::int64_t revision);
    /// The decisions came out the same again: rows of the asset made with `plan` now stand for `revision`.
    /// Returns how many.
    [[nodiscard]] base::Expected<std::int64_t> refresh(base::AssetId asset, const base::Sha256& plan,
                                                       std::int64_t revision);
    /// In the order of the sources.
    [[nodiscard]] base::Expected<std::vector<model::StagedFile>> ofAsset(base::AssetId asset) const;
    /// Whether an object in staged/ is still in use by any row.
    [[nodiscard]] base::Expected<bool> uses(std::string_view path) const;
    [[nodiscard]] base::Expected<std::int64_t> count() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
