#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Asset.h"

namespace kamei::store {

class Connection;

/// The imported files. Adding one to an asset makes its detection and staging due again.
class Sources {
public:
    explicit Sources(Connection& connection) : m_connection(connection) {}

    /// Adds a source to `source.asset`; the id is given here.
    [[nodiscard]] base::Expected<base::SourceId> insert(const model::Source& source);
    /// Replaces everything but id and asset (a source that moved, or was read again).
    [[nodiscard]] base::Expected<void> update(const model::Source& source);
    [[nodiscard]] base::Expected<void> remove(base::SourceId id);
    [[nodiscard]] base::Expected<std::optional<model::Source>> find(base::SourceId id) const;
    /// The first source with this content.
    [[nodiscard]] base::Expected<std::optional<model::Source>> findByDigest(const base::Sha256& digest) const;
    /// The source that was read from this place, whatever its content.
    [[nodiscard]] base::Expected<std::optional<model::Source>> findByPath(const std::filesystem::path& path,
                                                                          std::string_view member) const;
    /// Sources of an asset by `order`, then id.
    [[nodiscard]] base::Expected<std::vector<model::Source>> ofAsset(base::AssetId asset) const;
    /// A page over all sources by id, after `after`: for walks over the whole workspace.
    [[nodiscard]] base::Expected<std::vector<model::Source>> page(base::SourceId after,
                                                                  std::int64_t limit) const;
    [[nodiscard]] base::Expected<std::int64_t> count() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
