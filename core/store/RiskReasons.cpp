#include "core/store/RiskReasons.h"

#include "core/store/Connection.h"

namespace kamei::store {

base::Expected<void> RiskReasons::set(base::SubjectId subject, const std::string& reason) {
    return guarded("store.risk", [&] {
        if (reason.empty()) {
            Query(m_connection, "DELETE FROM risk_reason WHERE subject=?").bind(subject).run();
            return;
        }
        Query(m_connection,
              "INSERT INTO risk_reason VALUES(?,?) ON CONFLICT DO UPDATE SET reason=excluded.reason")
            .bind(subject, reason)
            .run();
    });
}

base::Expected<std::map<base::SubjectId, std::string>> RiskReasons::all() const {
    return guarded("store.risk", [&] {
        std::map<base::SubjectId, std::string> out;
        Query query(m_connection, "SELECT subject, reason FROM risk_reason");
        while (query.step()) {
            out.emplace(query.id<base::SubjectTag>(0), query.text(1));
        }
        return out;
    });
}

} // namespace kamei::store
