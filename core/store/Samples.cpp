#include "core/store/Samples.h"

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns = "SELECT sample, position, asset, sha256, judgement, note, judged_by, "
                                      "judged_at, sent_back FROM audit_item WHERE sample=? ";

model::AuditItem itemFrom(const Query& row) {
    return {row.integer(0),
            row.integer(1),
            row.id<base::AssetTag>(2),
            row.digest(3),
            row.as<model::Judgement>(4),
            row.text(5),
            row.text(6),
            row.integer(7),
            row.flag(8)};
}

} // namespace

base::Expected<std::int64_t> Samples::add(const model::AuditSample& sample,
                                          std::vector<model::AuditItem> items, std::int64_t auditNumber) {
    return guarded("store.samples", [&] {
        Query(m_connection, "INSERT INTO audit_sample(seed, confidence, tolerated, drawn_by, drawn_at, "
                            "audit_number) VALUES(?,?,?,?,?,?)")
            .bind(sample.seed, sample.confidence, sample.tolerated, sample.drawnBy, sample.drawnAt,
                  auditNumber)
            .run();
        const auto id = static_cast<std::int64_t>(m_connection.raw().getLastInsertRowid());
        for (const auto& stratum : sample.strata) {
            Query(m_connection, "INSERT INTO audit_stratum VALUES(?,?,?,?)")
                .bind(id, stratum.kind, stratum.population, stratum.drawn)
                .run();
        }
        for (const auto& item : items) {
            Query(m_connection, "INSERT INTO audit_item(sample, position, asset, sha256) VALUES(?,?,?,?)")
                .bind(id, item.position, item.asset, item.sha256)
                .run();
        }
        return id;
    });
}

base::Expected<std::vector<model::AuditSample>> Samples::all() const {
    return guarded("store.samples", [&] {
        std::vector<model::AuditSample> out;
        Query query(m_connection,
                    "SELECT id, seed, confidence, tolerated, drawn_by, drawn_at FROM audit_sample "
                    "ORDER BY id DESC");
        while (query.step()) {
            out.push_back({query.integer(0),
                           query.digest(1),
                           query.real(2),
                           query.real(3),
                           query.text(4),
                           query.integer(5),
                           {}});
        }
        for (model::AuditSample& sample : out) {
            Query strata(m_connection,
                         "SELECT kind, population, drawn FROM audit_stratum WHERE sample=? ORDER BY kind");
            strata.bind(sample.id);
            while (strata.step()) {
                sample.strata.push_back(
                    {strata.as<model::AssetKind>(0), strata.integer(1), strata.integer(2)});
            }
        }
        return out;
    });
}

base::Expected<std::vector<model::AuditItem>> Samples::items(std::int64_t sample) const {
    return guarded("store.samples", [&] {
        std::vector<model::AuditItem> out;
        Query query(m_connection, std::string(kColumns) + "ORDER BY position");
        query.bind(sample);
        while (query.step()) {
            out.push_back(itemFrom(query));
        }
        return out;
    });
}

base::Expected<std::optional<model::AuditItem>> Samples::item(std::int64_t sample,
                                                              std::int64_t position) const {
    return guarded("store.samples", [&]() -> std::optional<model::AuditItem> {
        Query query(m_connection, std::string(kColumns) + "AND position=?");
        query.bind(sample, position);
        return query.step() ? std::optional(itemFrom(query)) : std::nullopt;
    });
}

base::Expected<void> Samples::update(const model::AuditItem& item) {
    return guarded("store.samples", [&] {
        Query(m_connection,
              "UPDATE audit_item SET judgement=?, note=?, judged_by=?, judged_at=?, sent_back=? "
              "WHERE sample=? AND position=?")
            .bind(item.judgement, item.note, item.judgedBy, item.judgedAt, item.sentBack, item.sample,
                  item.position)
            .run();
    });
}

} // namespace kamei::store
