#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Review.h"

namespace kamei::store {

class Connection;

/// What people said after looking; never changed, only added to. The last one of an asset counts.
class Confirmations {
public:
    explicit Confirmations(Connection& connection) : m_connection(connection) {}

    /// `auditNumber`, `auditHash`: the head of the audit log at that moment, so that cutting off the
    /// log's tail shows (see audit::Log).
    [[nodiscard]] base::Expected<void> add(const model::Confirmation& confirmation, std::int64_t auditNumber,
                                           const base::Sha256& auditHash);
    /// The last one, whichever digest it was for.
    [[nodiscard]] base::Expected<std::optional<model::Confirmation>> last(base::AssetId asset) const;
    /// Those of one asset, oldest first.
    [[nodiscard]] base::Expected<std::vector<model::Confirmation>> of(base::AssetId asset) const;
    /// The one that was recorded with this entry of the audit log.
    [[nodiscard]] base::Expected<std::optional<model::Confirmation>> at(std::int64_t auditNumber) const;
    /// All of them, oldest first.
    [[nodiscard]] base::Expected<std::vector<model::Confirmation>> all() const;

    struct Anchor {
        std::int64_t number = 0;
        base::Sha256 hash;
        base::AssetId asset;
    };
    /// Heads of the audit log noted with each confirmation.
    [[nodiscard]] base::Expected<std::vector<Anchor>> anchors() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
