#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/Digest.h"
#include "core/base/Error.h"

namespace kamei::store {

class Connection;
struct Repositories;

/// A consistent view of the workspace as of the moment it was taken, beside any writer. Cheap; let it
/// go soon, since the log of the database cannot be folded back while it lives. One thread at a time.
class Reading {
public:
    ~Reading();
    Reading(Reading&& other) noexcept;
    Reading& operator=(Reading&&) = delete;
    [[nodiscard]] const Repositories* operator->() const;
    [[nodiscard]] const Repositories& operator*() const;
    /// As Writing::stateDigest, of what was committed.
    [[nodiscard]] base::Expected<base::Sha256> stateDigest() const;

private:
    friend class Database;
    struct State;
    explicit Reading(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// A transaction. Other writers of this process wait for it, so keep it short; nothing of it stays
/// unless commit() succeeded. After commit() the change survives a power cut (synchronous=FULL).
class Writing {
public:
    ~Writing();
    Writing(Writing&& other) noexcept;
    Writing& operator=(Writing&&) = delete;
    [[nodiscard]] Repositories* operator->();
    [[nodiscard]] Repositories& operator*();
    /// Digest of everything that is stored but the log and single values, as it stands in this transaction.
    [[nodiscard]] base::Expected<base::Sha256> stateDigest();
    /// Brings counters and states up to date, then commits. Errors: NoSpace, IoError, WorkspaceDamaged.
    [[nodiscard]] base::Expected<void> commit();

private:
    friend class Database;
    struct State;
    explicit Writing(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The SQLite database of a workspace: one connection for writing, a pool of connections for reading.
/// All functions may be called from any thread.
class Database {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// Makes a new database with the present schema. WorkspaceExists when the file is there.
    [[nodiscard]] static base::Expected<std::unique_ptr<Database>> create(const std::filesystem::path& file);
    /// ReadWrite migrates an older schema forward; the caller holds the WriterLock. ReadOnly works beside
    /// a writer and, where the folder cannot be written, without touching it. Errors: WorkspaceMissing,
    /// WorkspaceNewer (args: its version, ours), WorkspaceDamaged, WorkspaceReadOnly (an older schema,
    /// or an unfinished log, that cannot be brought up to date without writing).
    [[nodiscard]] static base::Expected<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                                        Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] base::Expected<Reading> read() const;
    /// WorkspaceReadOnly when opened so.
    [[nodiscard]] base::Expected<Writing> write();

    /// Reads every page; WorkspaceDamaged when the structure is broken. Seconds for a big workspace.
    [[nodiscard]] base::Expected<void> quickCheck() const;
    /// Everything that a file edited by other means shows: the structure with its indexes (WorkspaceDamaged),
    /// the schema (AuditBroken, args "0" "schema"), and for each table the sum over its rows (AuditBroken,
    /// args "0" "rows" and the table's name). Reads every row: microseconds a row.
    [[nodiscard]] base::Expected<void> check() const;
    /// Rewrites the file without free pages and empties the log, so that nothing deleted remains in the
    /// folder. Waits for readings to end, at most a few seconds (WorkspaceLocked).
    [[nodiscard]] base::Expected<void> compact();
    [[nodiscard]] int schemaVersion() const;

private:
    friend class Reading;
    friend class Writing;
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace kamei::store
