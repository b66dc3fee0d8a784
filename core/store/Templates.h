#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Mask.h"

namespace kamei::store {

class Connection;

/// A mask that was drawn for a device before; job turns it into detect::DeviceTemplate.
struct Template {
    std::string device;
    std::string label;
    model::Mask mask;
    std::int64_t hits = 0; ///< assets on which a person took its proposal; counted when looked up
};

class Templates {
public:
    explicit Templates(Connection& connection) : m_connection(connection) {}

    /// Adds it, or gives the same mask of the same device another label.
    [[nodiscard]] base::Expected<void> save(const Template& value);
    /// Of one device, most hits first; an empty device: all.
    [[nodiscard]] base::Expected<std::vector<Template>> of(std::string_view device) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
