#include "core/store/RowSums.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <cmath>
#include <cstring>
#include <memory>
#include <sodium.h>

// Debian's library has the hook (PRAGMA compile_options); its header shows it on request only.
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>

#include "core/base/Digest.h"

namespace kamei::store {
namespace {

constexpr std::string_view kSums = "row_sum";
constexpr std::string_view kSequence = "sqlite_sequence";

bool isWatched(std::string_view table) {
    return table != kSums && !table.starts_with("sqlite_");
}

void putNumber(std::string& row, char type, std::uint64_t value) {
    row += type;
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    row.append(bytes, sizeof value);
}

} // namespace

RowSums::RowSums(SQLite::Database& database) : m_handle(database.getHandle()) {
    sqlite3_preupdate_hook(m_handle, &RowSums::changed, this);
}

RowSums::~RowSums() {
    sqlite3_preupdate_hook(m_handle, nullptr, nullptr);
}

void RowSums::forget() noexcept {
    m_changes.clear();
    m_doubtful = false;
}

void RowSums::put(std::string& row, sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        putNumber(row, 'i', static_cast<std::uint64_t>(sqlite3_value_int64(value)));
        return;
    case SQLITE_FLOAT: {
        // A whole number in a column of reals is stored, and sometimes reported, as an integer.
        const double number = sqlite3_value_double(value);
        constexpr double kExact = 9007199254740992.0; // 2^53
        if (std::floor(number) == number && std::abs(number) < kExact) {
            putNumber(row, 'i', static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
            return;
        }
        std::uint64_t bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        putNumber(row, 'r', bits);
        return;
    }
    case SQLITE_TEXT:
    case SQLITE_BLOB: {
        const bool text = sqlite3_value_type(value) == SQLITE_TEXT;
        const void* const data =
            text ? static_cast<const void*>(sqlite3_value_text(value)) : sqlite3_value_blob(value);
        const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        putNumber(row, text ? 't' : 'b', size);
        row.append(size == 0 ? "" : static_cast<const char*>(data), size);
        return;
    }
    default:
        row += 'n';
    }
}

void RowSums::add(Sum& sum, std::string_view row, int sign) {
    unsigned char seed[crypto_stream_chacha20_ietf_KEYBYTES];
    crypto_generichash(seed, sizeof seed, reinterpret_cast<const unsigned char*>(row.data()), row.size(),
                       nullptr, 0);
    constexpr unsigned char kNonce[crypto_stream_chacha20_ietf_NONCEBYTES]{};
    std::array<std::uint16_t, 1024> lanes;
    crypto_stream_chacha20_ietf(reinterpret_cast<unsigned char*>(lanes.data()), sizeof lanes, kNonce, seed);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        sum.lanes[i] =
            static_cast<std::uint16_t>(sign > 0 ? sum.lanes[i] + lanes[i] : sum.lanes[i] - lanes[i]);
    }
    sum.rows += sign;
}

void RowSums::changed(void* self, sqlite3* handle, int operation, const char* base, const char* table,
                      long long, long long) {
    auto& me = *static_cast<RowSums*>(self);
    if (std::string_view(base) != "main" || !isWatched(table)) {
        return;
    }
    auto sum = me.m_changes.find(std::string_view(table));
    if (sum == me.m_changes.end()) {
        sum = me.m_changes.emplace(table, Sum{}).first;
    }
    const int columns = sqlite3_preupdate_count(handle);
    const auto take = [&](auto read, int sign) {
        me.m_row.assign(table);
        me.m_row += '\0';
        for (int i = 0; i < columns; ++i) {
            sqlite3_value* value = nullptr;
            if (read(handle, i, &value) != SQLITE_OK) {
                me.m_doubtful = true;
                return;
            }
            put(me.m_row, value);
        }
        add(sum->second, me.m_row, sign);
    };
    if (operation != SQLITE_INSERT) {
        take(sqlite3_preupdate_old, -1);
    }
    if (operation != SQLITE_DELETE) {
        take(sqlite3_preupdate_new, 1);
    }
}

RowSums::Sum RowSums::computed(SQLite::Database& database, const std::string& table) {
    Sum out;
    // By hand: values are wanted with their types, as the hook gives them.
    sqlite3_stmt* query = nullptr;
    const std::string sql = "SELECT * FROM \"" + table + "\"";
    int result = sqlite3_prepare_v2(database.getHandle(), sql.c_str(), -1, &query, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(query, &sqlite3_finalize);
    std::string row;
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(query);
        if (result != SQLITE_ROW) {
            break;
        }
        row.assign(table);
        row += '\0';
        for (int i = 0; i < sqlite3_column_count(query); ++i) {
            put(row, sqlite3_column_value(query, i));
        }
        add(out, row, 1);
    }
    if (result != SQLITE_DONE) {
        throw SQLite::Exception(database.getHandle(), result);
    }
    return out;
}

RowSums::Sum RowSums::stored(SQLite::Database& database, const std::string& table) {
    Sum out;
    SQLite::Statement query(database, "SELECT rows, sum FROM row_sum WHERE name=?");
    query.bind(1, table);
    if (query.executeStep() && query.getColumn(1).getBytes() == static_cast<int>(sizeof out.lanes)) {
        out.rows = query.getColumn(0).getInt64();
        std::memcpy(out.lanes.data(), query.getColumn(1).getBlob(), sizeof out.lanes);
    }
    return out;
}

void RowSums::store(SQLite::Database& database, const std::string& table, const Sum& sum) {
    SQLite::Statement query(database, "INSERT INTO row_sum VALUES(?,?,?) ON CONFLICT DO UPDATE SET "
                                      "rows=excluded.rows, sum=excluded.sum");
    query.bind(1, table);
    query.bind(2, static_cast<std::int64_t>(sum.rows));
    query.bind(3, sum.lanes.data(), static_cast<int>(sizeof sum.lanes));
    query.exec();
}

std::vector<std::string> RowSums::watched(SQLite::Database& database) {
    std::vector<std::string> out;
    SQLite::Statement query(database, "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
    while (query.executeStep()) {
        const std::string name = query.getColumn(0).getString();
        // Where numbering goes on is told by no hook; it has a row a table.
        if (isWatched(name) || name == kSequence) {
            out.push_back(name);
        }
    }
    return out;
}

void RowSums::settle(SQLite::Database& database) {
    if (m_changes.empty()) {
        forget();
        return;
    }
    for (const auto& [table, change] : m_changes) {
        Sum sum;
        if (m_doubtful) {
            sum = computed(database, table);
        } else {
            sum = stored(database, table);
            sum.rows += change.rows;
            for (std::size_t i = 0; i < sum.lanes.size(); ++i) {
                sum.lanes[i] = static_cast<std::uint16_t>(sum.lanes[i] + change.lanes[i]);
            }
        }
        store(database, table, sum);
    }
    const std::string sequence(kSequence);
    store(database, sequence, computed(database, sequence));
    forget();
}

void RowSums::rebuild(SQLite::Database& database) {
    database.exec("DELETE FROM row_sum");
    for (const std::string& table : watched(database)) {
        store(database, table, computed(database, table));
    }
    forget();
}

std::vector<std::string> RowSums::differing(SQLite::Database& database) {
    std::vector<std::string> out;
    const auto names = watched(database);
    for (const std::string& table : names) {
        if (computed(database, table) != stored(database, table)) {
            out.push_back(table);
        }
    }
    SQLite::Statement others(database, "SELECT name FROM row_sum WHERE name NOT IN (SELECT name FROM "
                                       "sqlite_master WHERE type='table')");
    while (others.executeStep()) {
        out.push_back("row_sum");
    }
    return out;
}

std::string RowSums::stateText(SQLite::Database& database) {
    std::string out;
    SQLite::Statement query(database,
                            "SELECT name, rows, sum FROM row_sum WHERE name NOT IN ('audit', "
                            "'audit_signature', 'meta', 'reviewer', 'sqlite_sequence') ORDER BY name");
    while (query.executeStep()) {
        out += query.getColumn(0).getString() + ' ' + std::to_string(query.getColumn(1).getInt64()) + ' ';
        out.append(static_cast<const char*>(query.getColumn(2).getBlob()),
                   static_cast<std::size_t>(query.getColumn(2).getBytes()));
        out += '\n';
    }
    return out;
}

} // namespace kamei::store
