#include "core/store/AuditRows.h"

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns = "SELECT number, at, by, event, details, hash FROM audit ";

AuditEntry entryFrom(const Query& row) {
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.digest(5)};
}

std::vector<AuditEntry> many(Query& query) {
    std::vector<AuditEntry> out;
    while (query.step()) {
        out.push_back(entryFrom(query));
    }
    return out;
}

} // namespace

base::Expected<void> AuditRows::append(const AuditEntry& entry) {
    return guarded("store.audit", [&] {
        Query(m_connection, "INSERT INTO audit VALUES(?,?,?,?,?,?)")
            .bind(entry.number, entry.at, entry.by, entry.event, entry.details, entry.hash)
            .run();
    });
}

base::Expected<std::optional<AuditEntry>> AuditRows::last() const {
    return guarded("store.audit", [&]() -> std::optional<AuditEntry> {
        Query query(m_connection, std::string(kColumns) + "ORDER BY number DESC LIMIT 1");
        return query.step() ? std::optional(entryFrom(query)) : std::nullopt;
    });
}

base::Expected<std::vector<AuditEntry>> AuditRows::list(const AuditFilter& filter) const {
    return guarded("store.audit", [&] {
        Query query(m_connection, std::string(kColumns) +
                                      "WHERE substr(event, 1, length(?1))=?1 ORDER BY number " +
                                      (filter.newestFirst ? "DESC" : "ASC") + " LIMIT ?2 OFFSET ?3");
        query.bind(filter.event, filter.limit, filter.offset);
        return many(query);
    });
}

base::Expected<std::vector<AuditEntry>> AuditRows::after(std::int64_t number, std::int64_t limit) const {
    return guarded("store.audit", [&] {
        Query query(m_connection, std::string(kColumns) + "WHERE number>? ORDER BY number LIMIT ?");
        query.bind(number, limit);
        return many(query);
    });
}

} // namespace kamei::store
