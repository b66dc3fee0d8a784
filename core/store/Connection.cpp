#include "core/store/Connection.h"

#include <sqlite3.h>

namespace kamei::store {
namespace {

constexpr int kBusyTimeoutMs = 5000;

std::string immutableUri(const std::filesystem::path& file) {
    std::string out = "file:";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out + "?immutable=1";
}

std::string nameFor(const std::filesystem::path& file, Connection::Mode mode) {
    return mode == Connection::Mode::Immutable ? immutableUri(file) : file.string();
}

int flagsFor(Connection::Mode mode) {
    switch (mode) {
    case Connection::Mode::Write:
        return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    case Connection::Mode::Read:
        return SQLite::OPEN_READONLY;
    case Connection::Mode::Immutable:
        return SQLite::OPEN_READONLY | SQLite::OPEN_URI;
    }
    return SQLite::OPEN_READONLY;
}

} // namespace

base::Error errorFrom(const SQLite::Exception& exception, std::string_view place) {
    using base::ErrorCode;
    constexpr int kPrimary = 0xff;
    const auto make = [&](ErrorCode code) {
        return base::Error{code, {std::to_string(exception.getExtendedErrorCode())}, std::string(place)};
    };
    switch (exception.getErrorCode() & kPrimary) {
    case SQLITE_FULL:
        return make(ErrorCode::NoSpace);
    case SQLITE_IOERR:
        return make(ErrorCode::IoError);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return make(ErrorCode::WorkspaceDamaged);
    case SQLITE_READONLY:
        return make(ErrorCode::WorkspaceReadOnly);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::WorkspaceLocked, {"0"}, std::string(place)};
    case SQLITE_CANTOPEN:
        return make(ErrorCode::NotReadable);
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return make(ErrorCode::PermissionDenied);
    case SQLITE_NOMEM:
        return make(ErrorCode::OutOfMemory);
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
        return make(ErrorCode::InvalidArgument);
    default:
        return make(ErrorCode::Internal);
    }
}

Connection::Connection(const std::filesystem::path& file, Mode mode)
    : m_mode(mode), m_database(nameFor(file, mode), flagsFor(mode), kBusyTimeoutMs) {
    // Sorting may spill values of patients: in memory, never into a file outside the workspace.
    m_database.exec("PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;");
    if (mode == Mode::Write) {
        // FULL: a decision that was acknowledged survives a power cut. secure_delete: what is deleted is
        // overwritten, not just unlinked.
        m_database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
        sums = std::make_unique<RowSums>(m_database);
    }
}

bool Connection::inTransaction() const {
    return sqlite3_get_autocommit(m_database.getHandle()) == 0;
}

void Connection::abandon() noexcept {
    pending.clear();
    if (sums) {
        sums->forget();
    }
    // Words that were made in this transaction are gone with it.
    m_termIds.clear();
    m_terms.clear();
    if (inTransaction()) {
        sqlite3_exec(m_database.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

std::optional<std::int64_t> Connection::knownTermId(const std::string& text) {
    if (const auto found = m_termIds.find(text); found != m_termIds.end()) {
        return found->second;
    }
    Query query(*this, "SELECT id FROM term WHERE text=?");
    query.bind(text);
    if (!query.step()) {
        return std::nullopt;
    }
    const std::int64_t id = query.integer(0);
    m_termIds.emplace(text, id);
    return id;
}

std::int64_t Connection::termId(const std::string& text) {
    if (const auto known = knownTermId(text)) {
        return *known;
    }
    Query(*this, "INSERT INTO term(text) VALUES(?)").bind(text).run();
    const std::int64_t id = m_database.getLastInsertRowid();
    m_termIds.emplace(text, id);
    return id;
}

const std::string& Connection::term(std::int64_t id) {
    if (const auto found = m_terms.find(id); found != m_terms.end()) {
        return found->second;
    }
    Query query(*this, "SELECT text FROM term WHERE id=?");
    query.bind(id);
    return m_terms.emplace(id, query.step() ? query.text(0) : std::string{}).first->second;
}

void Connection::settle() {
    if (!pending.empty()) {
        settleAssets(*this, pending);
    }
    if (sums) {
        sums->settle(m_database);
    }
}

Query::Query(Connection& connection, std::string_view sql) : m_connection(connection) {
    auto found = connection.m_prepared.find(sql);
    if (found == connection.m_prepared.end()) {
        Connection::Prepared fresh{
            std::make_unique<SQLite::Statement>(connection.m_database, std::string(sql)), false};
        found = connection.m_prepared.emplace(std::string(sql), std::move(fresh)).first;
    }
    if (found->second.busy) {
        m_own = std::make_unique<SQLite::Statement>(connection.m_database, std::string(sql));
        m_statement = m_own.get();
        return;
    }
    m_prepared = &found->second;
    m_prepared->busy = true;
    m_statement = m_prepared->statement.get();
}

Query::~Query() {
    if (m_prepared != nullptr) {
        m_prepared->busy = false;
        m_statement->tryReset();
        try {
            // Values must not linger in the memory of statements that wait to be used again.
            m_statement->clearBindings();
        } catch (const SQLite::Exception&) {
            return; // sqlite3_clear_bindings() has no way to fail
        }
    }
}

bool Query::step() {
    try {
        return m_statement->executeStep();
    } catch (const SQLite::Exception&) {
        if (m_connection.sums) {
            m_connection.sums->doubt();
        }
        throw;
    }
}

std::int64_t Query::run() {
    while (step()) {
    }
    const std::int64_t changes = m_connection.m_database.getChanges();
    m_statement->reset();
    return changes;
}

base::Sha256 Query::digest(int column) const {
    base::Sha256 out;
    const SQLite::Column value = m_statement->getColumn(column);
    if (value.getBytes() == static_cast<int>(out.bytes.size())) {
        const auto* data = static_cast<const std::byte*>(value.getBlob());
        std::copy(data, data + out.bytes.size(), out.bytes.begin());
    }
    return out;
}

} // namespace kamei::store
