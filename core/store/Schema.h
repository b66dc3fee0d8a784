#pragma once

// Private to store.

#include <span>
#include <string_view>

namespace kamei::store {

class Connection;

/// "Kame": marks the file as ours (PRAGMA application_id).
inline constexpr int kApplicationId = 0x4B616D65;

/// One step forward; its place in the list is the schema version that it leads to. A step is never
/// changed once it was released: what comes later is a step of its own.
struct Migration {
    int version;
    std::string_view sql;
};

[[nodiscard]] std::span<const Migration> migrations();
[[nodiscard]] int latestSchema();

/// Brings the database from `version` to `target`, each step in a transaction of its own. Throws
/// SQLite::Exception; a step that fails leaves the one before.
void migrate(Connection& connection, int version, int target);

} // namespace kamei::store
