#include "core/store/KnownIdentifiers.h"

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

void addOne(Connection& connection, const model::KnownIdentifier& known) {
    Query(connection, "INSERT OR IGNORE INTO known(subject, kind, value, asset, locator) VALUES(?,?,?,?,?)")
        .bind(known.subject, known.kind, known.value, known.from, known.fromLocator)
        .run();
}

std::vector<model::KnownIdentifier> ofSubject(Connection& connection, base::SubjectId subject) {
    std::vector<model::KnownIdentifier> out;
    // min(id) makes SQLite take asset and locator from the oldest row of each group.
    Query query(connection,
                "SELECT min(id), kind, value, asset, locator FROM known WHERE coalesce(subject, 0)=? "
                "GROUP BY kind, value ORDER BY 1");
    query.bind(subject.value);
    while (query.step()) {
        out.push_back({subject, query.text(1), query.text(2), query.id<base::AssetTag>(3), query.text(4)});
    }
    return out;
}

} // namespace

base::Expected<void> KnownIdentifiers::add(std::span<const model::KnownIdentifier> identifiers) {
    return guarded("store.known", [&] {
        for (const auto& known : identifiers) {
            addOne(m_connection, known);
        }
    });
}

base::Expected<void> KnownIdentifiers::replaceFrom(base::AssetId asset,
                                                   std::span<const model::KnownIdentifier> identifiers) {
    return guarded("store.known", [&] {
        Query(m_connection, "DELETE FROM known WHERE asset=?").bind(asset).run();
        for (const auto& known : identifiers) {
            addOne(m_connection, known);
        }
    });
}

base::Expected<void> KnownIdentifiers::reassign(base::AssetId asset, base::SubjectId subject) {
    return guarded("store.known", [&] {
        Query(m_connection,
              "UPDATE OR REPLACE known SET subject=? WHERE asset=? AND kind NOT IN ('clinician', 'facility')")
            .bind(subject, asset)
            .run();
    });
}

base::Expected<std::vector<model::KnownIdentifier>> KnownIdentifiers::of(base::SubjectId subject) const {
    return guarded("store.known", [&] { return ofSubject(m_connection, subject); });
}

base::Expected<std::vector<model::KnownIdentifier>>
KnownIdentifiers::forSearch(base::SubjectId subject) const {
    return guarded("store.known", [&] {
        std::vector<model::KnownIdentifier> out = ofSubject(m_connection, {});
        if (subject.valid()) {
            std::vector<model::KnownIdentifier> own = ofSubject(m_connection, subject);
            out.insert(out.begin(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
        }
        return out;
    });
}

base::Expected<std::int64_t> KnownIdentifiers::count() const {
    return guarded("store.known", [&] {
        Query query(m_connection, "SELECT count(*) FROM known");
        return query.step() ? query.integer(0) : 0;
    });
}

} // namespace kamei::store
