#include "tests/journeys/Attacks.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <fstream>
#include <random>

#include "tests/journeys/CliRunner.h"

namespace journeys {
namespace {

namespace fs = std::filesystem;
using Random = std::mt19937;

struct Column {
    const char* table;
    const char* key; ///< by which a row is told
    const char* name;
    bool text;
};
constexpr std::array<Column, 16> kColumns{{
    {"asset", "id", "imported_at", false},
    {"asset", "id", "revision", false},
    {"source", "id", "size", false},
    {"source", "id", "modified_ns", false},
    {"finding", "id", "state", false},
    {"finding", "id", "action", false},
    {"finding", "id", "reason", true},
    {"finding", "id", "decided_by", true},
    {"staged", "source", "size", false},
    {"staged", "source", "staged_at", false},
    {"confirmation", "id", "shown", false},
    {"confirmation", "id", "reviewer", true},
    {"confirmation", "id", "at", false},
    {"subject", "id", "pseudonym", true},
    {"meta", "name", "value", true},
    {"risk_reason", "subject", "reason", true},
}};

/// Whether there was a row to edit.
bool editRow(const fs::path& file, const Column& column, Random& random) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    const std::string table(column.table);
    const int count = database.execAndGet("SELECT count(*) FROM " + table);
    if (count == 0) {
        return false;
    }
    const std::string name(column.name);
    const std::string key(column.key);
    database.exec("UPDATE " + table + " SET " + name + "=" + (column.text ? name + "||'x'" : name + "+1") +
                  " WHERE " + key + "=(SELECT " + key + " FROM " + table + " LIMIT 1 OFFSET " +
                  std::to_string(random() % static_cast<unsigned>(count)) + ")");
    return true;
}

void editByte(const fs::path& file, Random& random) {
    const auto size = static_cast<unsigned>(fs::file_size(file));
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    std::streamoff at = 0;
    int old = 0;
    while (old == 0) { // free space is zero (secure_delete)
        at = static_cast<std::streamoff>(random() % size);
        bytes.seekg(at);
        old = bytes.get();
    }
    bytes.seekp(at);
    bytes.put(static_cast<char>(static_cast<unsigned>(old) ^ (1U << (random() % 8U))));
}

void flipBit(const fs::path& file) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(fs::file_size(file) / 2);
    bytes.seekg(at);
    const auto old = static_cast<unsigned>(bytes.get());
    bytes.seekp(at);
    bytes.put(static_cast<char>(old ^ 1U));
}

} // namespace

std::string editRelease(const fs::path& release, const QString& key) {
    const auto verifies = [&] {
        return run({"verify", QString::fromStdString(release.string()), "--key", key}).exit == 0;
    };
    std::string out = verifies() ? "" : "does not verify before it is edited ";
    fs::path first;
    for (const auto& entry : fs::recursive_directory_iterator(release / "data")) {
        first = entry.is_regular_file() && (first.empty() || entry.path() < first) ? entry.path() : first;
    }
    for (const fs::path& file : {first, release / "manifest.json"}) {
        flipBit(file);
        out += verifies() ? "a bit of " + file.filename().string() + ' ' : "";
        flipBit(file);
    }
    const fs::path more = release / "data" / "one-more.txt";
    std::ofstream(more) << "x";
    out += verifies() ? "a file more " : "";
    fs::remove(more);
    return out + (verifies() ? "" : "does not verify after it is put back");
}

DatabaseEdits editDatabase(const fs::path& database, const fs::path& copy) {
    constexpr int kEach = 25;
    Random random(20240329);
    const fs::path file = copy / "workspace.kamei";
    const auto restore = [&] {
        fs::remove_all(copy);
        fs::create_directories(copy);
        fs::copy_file(database, file);
    };
    const auto verifies = [&] {
        return run({"audit", QString::fromStdString(copy.string()), "--verify"}).exit == 0;
    };
    DatabaseEdits out;
    restore();
    if (!verifies()) {
        out.missed = "the copy does not verify before it is edited";
        return out;
    }
    while (out.rows < kEach) {
        restore();
        const Column& column = kColumns.at(random() % kColumns.size());
        if (!editRow(file, column, random)) {
            continue;
        }
        ++out.rows;
        if (verifies()) {
            out.missed += std::string(column.table) + '.' + column.name + ' ';
        }
    }
    for (; out.bytes < kEach; ++out.bytes) {
        restore();
        editByte(file, random);
        out.bytesFound += verifies() ? 0 : 1;
    }
    return out;
}

} // namespace journeys
