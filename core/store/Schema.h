#pragma once

// Private to store.

#include <span>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}
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

/// Everything that sqlite_master says, as text; and what it says of a new database of the latest schema, so
/// that a trigger or an index taken away by hand shows.
[[nodiscard]] std::string schemaOf(SQLite::Database& database);
[[nodiscard]] std::string expectedSchema();

/// Brings the database from `version` to `target`, each step in a transaction of its own. Throws
/// SQLite::Exception; a step that fails leaves the one before. Refusal (AuditBroken) when rows were edited.
void migrate(Connection& connection, int version, int target);

} // namespace kamei::store
