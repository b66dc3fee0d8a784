#pragma once

#include <cstdint>

#include "core/base/Error.h"

namespace kamei::store {

class Connection;

/// How many rows lost their values.
struct Destroyed {
    std::int64_t findings = 0;
    std::int64_t known = 0;
    std::int64_t subjects = 0;
    std::int64_t sources = 0;
};

/// Takes the deleted information (削除情報等, Guideline 3.8) out of the database: original values of
/// findings, known identifiers, what sources said of people, names and digests of sources, titles and
/// original UIDs of assets, notes of reviewers. Counts, rules, decisions with their reasons, staged digests,
/// confirmations and the audit log stay.
class Destruction {
public:
    explicit Destruction(Connection& connection) : m_connection(connection) {}

    /// In this transaction. Afterwards, once committed, Database::compact() removes the traces in the
    /// files and destroyKey() the key.
    [[nodiscard]] base::Expected<Destroyed> eraseValues();

private:
    Connection& m_connection;
};

} // namespace kamei::store
