#pragma once

// Private to store: the only header that shows SQLite.

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/store/AssetStates.h"
#include "core/store/RowSums.h"

namespace kamei::store {

/// Thrown inside store only, caught by guarded().
struct Refusal {
    base::Error error;
};

/// The error that belongs to a failure of SQLite; its text is dropped, since it may quote values.
[[nodiscard]] base::Error errorFrom(const SQLite::Exception& exception, std::string_view place);

/// Runs a body that may throw and turns what it throws into an error of `place`.
template <class Body>
auto guarded(std::string_view place, Body&& body) -> base::Expected<std::invoke_result_t<Body>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
            body();
            return {};
        } else {
            return body();
        }
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected(errorFrom(exception, place));
    } catch (const Refusal& refusal) {
        return tl::unexpected(refusal.error);
    } catch (const std::bad_alloc&) {
        return base::fail(base::ErrorCode::OutOfMemory, place);
    }
}

/// A connection with its prepared statements. One thread at a time.
class Connection {
public:
    enum class Mode { Write, Read, Immutable };

    /// Throws SQLite::Exception.
    Connection(const std::filesystem::path& file, Mode mode);

    [[nodiscard]] SQLite::Database& raw() { return m_database; }
    [[nodiscard]] bool writes() const { return m_mode == Mode::Write; }
    [[nodiscard]] bool inTransaction() const;
    /// Rolls back what is open; never throws.
    void abandon() noexcept;

    /// Number of a word of the product that stands in many rows; made when new.
    std::int64_t termId(const std::string& text);
    /// Number of a word, or nothing when no row has it.
    std::optional<std::int64_t> knownTermId(const std::string& text);
    const std::string& term(std::int64_t id);

    /// Counters and states that wait for settle().
    Pending pending;
    /// Watches what is changed; null where nothing can be.
    std::unique_ptr<RowSums> sums;
    /// Brings counters and states of the assets touched in this transaction up to date, and the sums of rows.
    void settle();

private:
    friend class Query;
    struct Prepared {
        std::unique_ptr<SQLite::Statement> statement;
        bool busy = false;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Mode m_mode;
    SQLite::Database m_database;
    std::unordered_map<std::string, Prepared, Hash, std::equal_to<>> m_prepared;
    std::unordered_map<std::string, std::int64_t> m_termIds;
    std::unordered_map<std::int64_t, std::string> m_terms;
};

/// A statement in use: prepared once a connection, reset when the Query goes.
class Query {
public:
    Query(Connection& connection, std::string_view sql);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Binds all parameters in order. An invalid id is NULL.
    template <class... Values> Query& bind(const Values&... values) {
        int index = 0;
        (set(++index, values), ...);
        return *this;
    }
    void set(int index, std::int64_t value) { m_statement->bind(index, value); }
    void set(int index, int value) { m_statement->bind(index, static_cast<std::int64_t>(value)); }
    void set(int index, bool value) { m_statement->bind(index, static_cast<std::int64_t>(value)); }
    void set(int index, double value) { m_statement->bind(index, value); }
    void set(int index, const std::string& value) { m_statement->bind(index, value); }
    void set(int index, std::string_view value) { m_statement->bind(index, std::string(value)); }
    void set(int index, const char* value) { m_statement->bind(index, value); }
    void set(int index, std::nullopt_t) { m_statement->bind(index); }
    void set(int index, const base::Sha256& value) {
        m_statement->bind(index, value.bytes.data(), static_cast<int>(value.bytes.size()));
    }
    void setBlob(int index, const std::string& bytes) {
        m_statement->bind(index, bytes.data(), static_cast<int>(bytes.size()));
    }
    void set(int index, std::span<const std::byte> value) {
        m_statement->bind(index, value.data(), static_cast<int>(value.size()));
    }
    template <class Tag> void set(int index, base::Id<Tag> id) {
        id.valid() ? m_statement->bind(index, id.value) : m_statement->bind(index);
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void set(int index, Enum value) { m_statement->bind(index, static_cast<std::int64_t>(value)); }
    template <class Value> void set(int index, const std::optional<Value>& value) {
        value ? set(index, *value) : m_statement->bind(index);
    }

    /// True while there is a row.
    bool step();
    /// Carries it out and makes it ready for other values; the number of rows changed.
    std::int64_t run();

    [[nodiscard]] bool isNull(int column) const { return m_statement->getColumn(column).isNull(); }
    [[nodiscard]] std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
    [[nodiscard]] std::int32_t integer32(int column) const { return m_statement->getColumn(column).getInt(); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] double real(int column) const { return m_statement->getColumn(column).getDouble(); }
    [[nodiscard]] std::string text(int column) const { return m_statement->getColumn(column).getString(); }
    [[nodiscard]] base::Sha256 digest(int column) const;
    template <class Enum> [[nodiscard]] Enum as(int column) const {
        return static_cast<Enum>(integer(column));
    }
    template <class Tag> [[nodiscard]] base::Id<Tag> id(int column) const { return {integer(column)}; }

private:
    Connection& m_connection;
    Connection::Prepared* m_prepared = nullptr;
    std::unique_ptr<SQLite::Statement> m_own; ///< when the prepared one is in use further up
    SQLite::Statement* m_statement = nullptr;
};

} // namespace kamei::store
