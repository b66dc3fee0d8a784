#pragma once

#include <map>
#include <string>

#include "core/base/Error.h"
#include "core/base/Ids.h"

namespace kamei::store {

class Connection;

/// Why a person may stay singled out by a combination of quasi-identifiers (Guideline 5.6).
class RiskReasons {
public:
    explicit RiskReasons(Connection& connection) : m_connection(connection) {}

    /// An empty reason takes it back.
    [[nodiscard]] base::Expected<void> set(base::SubjectId subject, const std::string& reason);
    [[nodiscard]] base::Expected<std::map<base::SubjectId, std::string>> all() const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
