#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Ids.h"

namespace kamei::store {

class Connection;

/// What belongs to the judgement of faces: masks over volumes, checks of what was staged, views that people
/// judged on.
class Faces {
public:
    explicit Faces(Connection& connection) : m_connection(connection) {}

    /// A mask under the digest of its bytes; one that is there already stays.
    [[nodiscard]] base::Expected<void> putMask(const base::Sha256& digest, const std::string& bytes);
    [[nodiscard]] base::Expected<std::optional<std::string>> mask(const base::Sha256& digest) const;

    struct Check {
        base::Sha256 staged; ///< digest of the staged files that were measured
        std::string result;  ///< JSON without identifiers
        base::TimeMs at = 0;
        std::string overruledBy;
        std::string reason;
    };
    /// The check of an asset, in place of an earlier one.
    [[nodiscard]] base::Expected<void> setCheck(base::AssetId asset, const Check& check);
    [[nodiscard]] base::Expected<std::optional<Check>> check(base::AssetId asset) const;

    struct Evidence {
        base::FindingId finding;
        base::AssetId asset;
        std::string view; ///< which side, as the window names it
        base::Sha256 sha256;
        std::string path; ///< relative to the workspace; empty once it was destroyed
        std::string by;
        base::TimeMs at = 0;
    };
    [[nodiscard]] base::Expected<void> addEvidence(const Evidence& evidence);
    [[nodiscard]] base::Expected<std::vector<Evidence>> evidence(base::FindingId finding) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
