#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Review.h"

namespace kamei::store {

class Connection;

/// Samples drawn to be examined, and what was judged of each thing in them.
class Samples {
public:
    explicit Samples(Connection& connection) : m_connection(connection) {}

    /// Keeps a sample with its items; their `sample` is set. Its id.
    [[nodiscard]] base::Expected<std::int64_t>
    add(const model::AuditSample& sample, std::vector<model::AuditItem> items, std::int64_t auditNumber);
    /// Newest first.
    [[nodiscard]] base::Expected<std::vector<model::AuditSample>> all() const;
    /// In the order in which they are to be looked at.
    [[nodiscard]] base::Expected<std::vector<model::AuditItem>> items(std::int64_t sample) const;
    [[nodiscard]] base::Expected<std::optional<model::AuditItem>> item(std::int64_t sample,
                                                                       std::int64_t position) const;
    [[nodiscard]] base::Expected<void> update(const model::AuditItem& item);

private:
    Connection& m_connection;
};

} // namespace kamei::store
