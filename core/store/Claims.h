#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/model/Subject.h"

namespace kamei::store {

class Connection;

/// What the sources of one asset state of the person they are about.
struct Claim {
    base::AssetId asset;
    base::SubjectId subject; ///< to whom the asset is assigned now; none: nobody
    model::SubjectHint hint;
};

/// Statements of sources about people, and what people judged of two of the workspace's subjects.
class Claims {
public:
    explicit Claims(Connection& connection) : m_connection(connection) {}

    /// The same statement of the same asset is kept once; an empty one not at all.
    [[nodiscard]] base::Expected<void> add(base::AssetId asset, const model::SubjectHint& hint);
    /// Of assets that are not excluded; by subject, then asset.
    [[nodiscard]] base::Expected<std::vector<Claim>> all() const;
    [[nodiscard]] base::Expected<std::vector<Claim>> ofAsset(base::AssetId asset) const;
    [[nodiscard]] base::Expected<std::vector<Claim>> ofSubject(base::SubjectId subject) const;

    /// Judged to be two people (or, with one id twice, to be one in spite of what is stated); the smaller
    /// id first. An empty reason takes it back.
    using Pair = std::pair<base::SubjectId, base::SubjectId>;
    [[nodiscard]] base::Expected<void> settle(Pair pair, const std::string& reason);
    [[nodiscard]] base::Expected<std::map<Pair, std::string>> settled() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
