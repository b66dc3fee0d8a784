#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/model/Review.h"

namespace kamei::store {

class Connection;

/// Single values of a workspace, by name: "title", "policy", "created-at", "released", "key-destroyed",
/// "audit-head" ...; and the purpose and notice sheet.
class Meta {
public:
    explicit Meta(Connection& connection) : m_connection(connection) {}

    [[nodiscard]] base::Expected<std::optional<std::string>> get(std::string_view name) const;
    [[nodiscard]] base::Expected<void> set(std::string_view name, std::string_view value);
    [[nodiscard]] base::Expected<model::PurposeSheet> sheet() const;
    [[nodiscard]] base::Expected<void> setSheet(const model::PurposeSheet& sheet);

private:
    Connection& m_connection;
};

} // namespace kamei::store
