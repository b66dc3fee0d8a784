#include "core/store/Database.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sys/stat.h>
#include <system_error>
#include <vector>

#include "core/store/Connection.h"
#include "core/store/Layout.h"
#include "core/store/Repositories.h"
#include "core/store/Schema.h"

namespace kamei::store {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::chrono::seconds kCompactPatience{10};

fs::path beside(const fs::path& file, const char* suffix) {
    return fs::path(file.string() + suffix);
}

/// A connection with its repositories.
struct Station {
    Station(const fs::path& file, Connection::Mode mode) : connection(file, mode), repositories(connection) {}
    Connection connection;
    Repositories repositories;
};

/// The version of the schema; refuses what is not ours, is newer, or is cut off.
int checkedVersion(Connection& connection, const fs::path& file) {
    SQLite::Database& database = connection.raw();
    const int application = database.execAndGet("PRAGMA application_id").getInt();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (application != kApplicationId || version < 1) {
        throw Refusal{{ErrorCode::WorkspaceDamaged, {}, "store.open"}};
    }
    if (version > latestSchema()) {
        throw Refusal{{ErrorCode::WorkspaceNewer,
                       {std::to_string(version), std::to_string(latestSchema())},
                       "store.open"}};
    }
    std::error_code error;
    const auto log = fs::file_size(beside(file, "-wal"), error);
    if (error || log == 0) {
        const auto pages = static_cast<std::uint64_t>(database.execAndGet("PRAGMA page_count").getInt64());
        const auto size = static_cast<std::uint64_t>(database.execAndGet("PRAGMA page_size").getInt64());
        const auto present = fs::file_size(file, error);
        if (!error && present < pages * size) {
            throw Refusal{{ErrorCode::WorkspaceDamaged, {}, "store.open"}};
        }
    }
    return version;
}

} // namespace

struct Database::State {
    fs::path file;
    Connection::Mode readMode = Connection::Mode::Read;
    int version = 0;

    std::mutex writing;
    std::unique_ptr<Station> writer; ///< null when read-only

    std::mutex pool;
    std::condition_variable returned;
    std::vector<std::unique_ptr<Station>> idle;
    int leased = 0;
    bool compacting = false;
};

struct Reading::State {
    Database::State* database;
    std::unique_ptr<Station> station;
};

struct Writing::State {
    std::unique_lock<std::mutex> lock;
    Station* station;
};

Reading::Reading(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Reading::Reading(Reading&& other) noexcept = default;
const Repositories* Reading::operator->() const {
    return &m_state->station->repositories;
}
const Repositories& Reading::operator*() const {
    return m_state->station->repositories;
}

Reading::~Reading() {
    if (!m_state) {
        return;
    }
    m_state->station->connection.abandon();
    const std::lock_guard guard(m_state->database->pool);
    m_state->database->idle.push_back(std::move(m_state->station));
    --m_state->database->leased;
    m_state->database->returned.notify_all();
}

Writing::Writing(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Writing::Writing(Writing&& other) noexcept = default;
Repositories* Writing::operator->() {
    return &m_state->station->repositories;
}
Repositories& Writing::operator*() {
    return m_state->station->repositories;
}

Writing::~Writing() {
    if (m_state) {
        m_state->station->connection.abandon();
    }
}

base::Expected<base::Sha256> Reading::stateDigest() const {
    return guarded("store.digest",
                   [&] { return base::sha256(RowSums::stateText(m_state->station->connection.raw())); });
}

base::Expected<base::Sha256> Writing::stateDigest() {
    return guarded("store.digest", [&] {
        Connection& connection = m_state->station->connection;
        connection.settle();
        return base::sha256(RowSums::stateText(connection.raw()));
    });
}

base::Expected<void> Writing::commit() {
    Connection& connection = m_state->station->connection;
    auto done = guarded("store.commit", [&] {
        connection.settle();
        Query(connection, "COMMIT").run();
    });
    if (!done) {
        connection.abandon();
    }
    return done;
}

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::~Database() = default;

base::Expected<std::unique_ptr<Database>> Database::create(const fs::path& file) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(file, error))) {
        return base::fail(ErrorCode::WorkspaceExists, "store.create");
    }
    return guarded("store.create", [&] {
        auto state = std::make_unique<State>();
        state->file = file;
        state->writer = std::make_unique<Station>(file, Connection::Mode::Write);
        // SQLite gives its log files the mode of the database.
        ::chmod(file.c_str(), 0600);
        migrate(state->writer->connection, 0, latestSchema());
        state->version = latestSchema();
        return std::unique_ptr<Database>(new Database(std::move(state)));
    });
}

base::Expected<std::unique_ptr<Database>> Database::open(const fs::path& file, Access access) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        return base::fail(ErrorCode::WorkspaceMissing, "store.open");
    }
    return guarded("store.open", [&] {
        auto state = std::make_unique<State>();
        state->file = file;
        if (access == Access::ReadWrite) {
            state->writer = std::make_unique<Station>(file, Connection::Mode::Write);
            state->version = checkedVersion(state->writer->connection, file);
            if (state->version < latestSchema()) {
                migrate(state->writer->connection, state->version, latestSchema());
                state->version = latestSchema();
            }
            return std::unique_ptr<Database>(new Database(std::move(state)));
        }
        // Where nothing can be written and no log is left, the file cannot change either: SQLite may skip
        // locks and shared memory, which it could not make there.
        const bool fixed = !folderWritable(file.parent_path());
        std::error_code ignored;
        if (fixed && !fs::exists(beside(file, "-wal"), ignored)) {
            state->readMode = Connection::Mode::Immutable;
        }
        std::unique_ptr<Station> station;
        try {
            station = std::make_unique<Station>(file, state->readMode);
            state->version = checkedVersion(station->connection, file);
        } catch (const SQLite::Exception& exception) {
            // An unfinished log without its index, where the index cannot be made.
            const auto code = errorFrom(exception, "store.open").code;
            if (!fixed || (code != ErrorCode::NotReadable && code != ErrorCode::WorkspaceReadOnly)) {
                throw;
            }
            const auto log = fs::file_size(beside(file, "-wal"), ignored);
            if (ignored || log != 0) {
                throw Refusal{{ErrorCode::WorkspaceReadOnly, {}, "store.open"}};
            }
            state->readMode = Connection::Mode::Immutable;
            station = std::make_unique<Station>(file, state->readMode);
            state->version = checkedVersion(station->connection, file);
        }
        if (state->version < latestSchema()) {
            throw Refusal{{ErrorCode::WorkspaceReadOnly, {}, "store.open"}};
        }
        state->idle.push_back(std::move(station));
        return std::unique_ptr<Database>(new Database(std::move(state)));
    });
}

base::Expected<Reading> Database::read() const {
    return guarded("store.read", [&] {
        auto reading = std::make_unique<Reading::State>();
        reading->database = m_state.get();
        {
            std::unique_lock lock(m_state->pool);
            m_state->returned.wait(lock, [&] { return !m_state->compacting; });
            if (!m_state->idle.empty()) {
                reading->station = std::move(m_state->idle.back());
                m_state->idle.pop_back();
            }
            ++m_state->leased;
        }
        try {
            if (!reading->station) {
                reading->station = std::make_unique<Station>(m_state->file, m_state->readMode);
            }
            Query(reading->station->connection, "BEGIN").run();
        } catch (const SQLite::Exception&) {
            const std::lock_guard guard(m_state->pool);
            --m_state->leased;
            m_state->returned.notify_all();
            throw;
        }
        return Reading(std::move(reading));
    });
}

base::Expected<Writing> Database::write() {
    if (!m_state->writer) {
        return base::fail(ErrorCode::WorkspaceReadOnly, "store.write");
    }
    return guarded("store.write", [&] {
        auto writing = std::make_unique<Writing::State>();
        writing->lock = std::unique_lock(m_state->writing);
        writing->station = m_state->writer.get();
        Query(writing->station->connection, "BEGIN IMMEDIATE").run();
        return Writing(std::move(writing));
    });
}

base::Expected<void> Database::quickCheck() const {
    auto reading = read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    return guarded("store.check", [&] {
        Query query(reading->m_state->station->connection, "PRAGMA quick_check(1)");
        if (!query.step() || query.text(0) != "ok") {
            throw Refusal{{ErrorCode::WorkspaceDamaged, {}, "store.check"}};
        }
    });
}

base::Expected<void> Database::check() const {
    auto reading = read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    return guarded("store.check", [&] {
        Connection& connection = reading->m_state->station->connection;
        Query structure(connection, "PRAGMA integrity_check(1)");
        if (!structure.step() || structure.text(0) != "ok") {
            throw Refusal{{ErrorCode::WorkspaceDamaged, {}, "store.check"}};
        }
        if (schemaOf(connection.raw()) != expectedSchema()) {
            throw Refusal{{ErrorCode::AuditBroken, {"0", "schema"}, "store.check"}};
        }
        const auto tables = RowSums::differing(connection.raw());
        if (!tables.empty()) {
            throw Refusal{{ErrorCode::AuditBroken, {"0", "rows", tables.front()}, "store.check"}};
        }
    });
}

base::Expected<void> Database::compact() {
    if (!m_state->writer) {
        return base::fail(ErrorCode::WorkspaceReadOnly, "store.compact");
    }
    const std::lock_guard writing(m_state->writing);
    {
        std::unique_lock lock(m_state->pool);
        m_state->compacting = true;
        if (!m_state->returned.wait_for(lock, kCompactPatience, [&] { return m_state->leased == 0; })) {
            m_state->compacting = false;
            m_state->returned.notify_all();
            return base::fail(ErrorCode::WorkspaceLocked, "store.compact", {"0"});
        }
        m_state->idle.clear();
    }
    auto done = guarded("store.compact", [&] {
        SQLite::Database& database = m_state->writer->connection.raw();
        const auto fold = [&] {
            Query query(m_state->writer->connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            if (!query.step() || query.integer(0) != 0) {
                throw Refusal{{ErrorCode::WorkspaceLocked, {"0"}, "store.compact"}};
            }
        };
        fold();
        database.exec("VACUUM");
        fold();
        m_state->writer->connection.sums->forget();
    });
    const std::lock_guard lock(m_state->pool);
    m_state->compacting = false;
    m_state->returned.notify_all();
    return done;
}

int Database::schemaVersion() const {
    return m_state->version;
}

} // namespace kamei::store
