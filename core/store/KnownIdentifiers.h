#pragma once

#include <span>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Subject.h"

namespace kamei::store {

class Connection;

/// Identifiers learned from sources, to be searched in all others and in what is staged.
class KnownIdentifiers {
public:
    explicit KnownIdentifiers(Connection& connection) : m_connection(connection) {}

    /// Adds those that are new; the same value of the same subject, kind and asset is kept once.
    [[nodiscard]] base::Expected<void> add(std::span<const model::KnownIdentifier> identifiers);
    /// Sets what is known from one asset: forgets what it said before.
    [[nodiscard]] base::Expected<void> replaceFrom(base::AssetId asset,
                                                   std::span<const model::KnownIdentifier> identifiers);
    /// What is known from an asset is known of another person from now on; what is known of the whole cohort
    /// stays so.
    [[nodiscard]] base::Expected<void> reassign(base::AssetId asset, base::SubjectId subject);
    /// Of one subject; a none id asks for those of the whole cohort. Each value once a kind, oldest first.
    [[nodiscard]] base::Expected<std::vector<model::KnownIdentifier>> of(base::SubjectId subject) const;
    /// Of the subject (when there is one) and of the cohort.
    [[nodiscard]] base::Expected<std::vector<model::KnownIdentifier>>
    forSearch(base::SubjectId subject) const;
    [[nodiscard]] base::Expected<std::int64_t> count() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
