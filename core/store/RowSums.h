#pragma once

// Private to store.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}
struct sqlite3;
struct sqlite3_value;

namespace kamei::store {

/// A sum over the rows of each table that is kept up to date with every change made through a connection and
/// stored with it (table row_sum), so that rows that somebody changed, removed or inserted by other means
/// show. The sum is LtHash (Lewi, Kim, Maykov, Weis: Securing Update Propagation with Homomorphic Hashing,
/// 2019, with n=1024, d=16): the digest of a row, stretched to 1024 numbers of 16 bits, added and taken away
/// by vector. Order and number of the changes do not matter, and none can be undone without being known.
///
/// It holds fast what the product wrote. Who also knows how to compute it is found by the signed entries of
/// the audit log. One thread at a time, like its connection.
class RowSums {
public:
    /// Watches a connection for as long as it lives.
    explicit RowSums(SQLite::Database& database);
    ~RowSums();
    RowSums(const RowSums&) = delete;
    RowSums& operator=(const RowSums&) = delete;

    /// Forgets changes that are not settled: they were rolled back.
    void forget() noexcept;
    /// A statement failed half-way: what it reported and what it undid cannot be told apart any more.
    void doubt() noexcept { m_doubtful = true; }
    /// Writes the sums of what changed, in the present transaction. Throws SQLite::Exception.
    void settle(SQLite::Database& database);
    /// Computes all sums from the rows and writes them. Throws SQLite::Exception.
    void rebuild(SQLite::Database& database);

    /// Tables whose rows do not give the stored sum. Throws SQLite::Exception.
    [[nodiscard]] static std::vector<std::string> differing(SQLite::Database& database);
    /// Digest over the stored sums of the tables that hold the data (not of the log and of single values).
    [[nodiscard]] static std::string stateText(SQLite::Database& database);

private:
    struct Sum {
        std::int64_t rows = 0;
        std::array<std::uint16_t, 1024> lanes{};
        friend bool operator==(const Sum&, const Sum&) = default;
    };
    static void changed(void* self, sqlite3* handle, int operation, const char* base, const char* table,
                        long long before, long long after);
    static void add(Sum& sum, std::string_view row, int sign);
    static void put(std::string& row, sqlite3_value* value);
    static Sum computed(SQLite::Database& database, const std::string& table);
    static Sum stored(SQLite::Database& database, const std::string& table);
    static void store(SQLite::Database& database, const std::string& table, const Sum& sum);
    static std::vector<std::string> watched(SQLite::Database& database);

    sqlite3* m_handle;
    std::map<std::string, Sum, std::less<>> m_changes;
    bool m_doubtful = false;
    std::string m_row; ///< of the row at hand; kept for its memory
};

} // namespace kamei::store
