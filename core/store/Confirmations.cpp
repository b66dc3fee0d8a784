#include "core/store/Confirmations.h"

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT asset, sha256, verdict, reviewer, note, shown, total, at, seen, "
    "COALESCE((SELECT hex(r.public_key) FROM audit_signature s JOIN reviewer r ON r.id=s.reviewer "
    "WHERE s.number=confirmation.audit_number), '') "
    "FROM confirmation ";

model::Confirmation confirmationFrom(const Query& row) {
    return {row.id<base::AssetTag>(0),
            row.digest(1),
            row.as<model::Confirmation::Verdict>(2),
            row.text(3),
            row.text(4),
            row.integer(5),
            row.integer(6),
            row.integer(7),
            row.text(8),
            row.text(9)};
}

} // namespace

base::Expected<void> Confirmations::add(const model::Confirmation& confirmation, std::int64_t auditNumber,
                                        const base::Sha256& auditHash) {
    return guarded("store.confirmations", [&] {
        Query(m_connection,
              "INSERT INTO confirmation(asset, sha256, verdict, reviewer, note, shown, total, at, "
              "audit_number, audit_hash, seen) VALUES(?,?,?,?,?,?,?,?,?,?,?)")
            .bind(confirmation.asset, confirmation.sha256, confirmation.verdict, confirmation.reviewer,
                  confirmation.note, confirmation.shown, confirmation.total, confirmation.at, auditNumber,
                  auditHash, confirmation.seen)
            .run();
        m_connection.pending.mark(confirmation.asset.value, Pending::State);
    });
}

base::Expected<std::optional<model::Confirmation>> Confirmations::last(base::AssetId asset) const {
    return guarded("store.confirmations", [&]() -> std::optional<model::Confirmation> {
        Query query(m_connection, std::string(kColumns) + "WHERE asset=? ORDER BY id DESC LIMIT 1");
        query.bind(asset);
        return query.step() ? std::optional(confirmationFrom(query)) : std::nullopt;
    });
}

base::Expected<std::optional<model::Confirmation>> Confirmations::at(std::int64_t auditNumber) const {
    return guarded("store.confirmations", [&]() -> std::optional<model::Confirmation> {
        Query query(m_connection, std::string(kColumns) + "WHERE audit_number=?");
        query.bind(auditNumber);
        return query.step() ? std::optional(confirmationFrom(query)) : std::nullopt;
    });
}

base::Expected<std::vector<model::Confirmation>> Confirmations::all() const {
    return guarded("store.confirmations", [&] {
        std::vector<model::Confirmation> out;
        Query query(m_connection, std::string(kColumns) + "ORDER BY id");
        while (query.step()) {
            out.push_back(confirmationFrom(query));
        }
        return out;
    });
}

base::Expected<std::vector<model::Confirmation>> Confirmations::of(base::AssetId asset) const {
    return guarded("store.confirmations", [&] {
        std::vector<model::Confirmation> out;
        Query query(m_connection, std::string(kColumns) + "WHERE asset=? ORDER BY id");
        query.bind(asset);
        while (query.step()) {
            out.push_back(confirmationFrom(query));
        }
        return out;
    });
}

base::Expected<std::vector<Confirmations::Anchor>> Confirmations::anchors() const {
    return guarded("store.confirmations", [&] {
        std::vector<Anchor> out;
        Query query(m_connection,
                    "SELECT audit_number, audit_hash, asset FROM confirmation ORDER BY audit_number");
        while (query.step()) {
            out.push_back({query.integer(0), query.digest(1), query.id<base::AssetTag>(2)});
        }
        return out;
    });
}

} // namespace kamei::store
