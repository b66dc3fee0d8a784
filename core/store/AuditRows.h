#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"

namespace kamei::store {

class Connection;

/// An entry of the audit log as it is stored; audit::Log makes and verifies it.
struct AuditEntry {
    std::int64_t number = 0; ///< from 1, without gaps
    base::TimeMs at = 0;
    std::string by;
    std::string event;
    std::string details; ///< canonical JSON without identifiers
    base::Sha256 hash;
};

struct AuditFilter {
    std::string event; ///< prefix; empty: all
    bool newestFirst = true;
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

/// Rows of the log. The table refuses UPDATE and DELETE by trigger.
class AuditRows {
public:
    explicit AuditRows(Connection& connection) : m_connection(connection) {}

    [[nodiscard]] base::Expected<void> append(const AuditEntry& entry);
    [[nodiscard]] base::Expected<std::optional<AuditEntry>> last() const;
    [[nodiscard]] base::Expected<std::vector<AuditEntry>> list(const AuditFilter& filter) const;
    /// Entries after a number in ascending order, at most `limit`.
    [[nodiscard]] base::Expected<std::vector<AuditEntry>> after(std::int64_t number,
                                                                std::int64_t limit) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
