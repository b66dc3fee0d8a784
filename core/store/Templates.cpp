#include "core/store/Templates.h"

#include "core/store/Connection.h"

namespace kamei::store {

base::Expected<void> Templates::save(const Template& value) {
    return guarded("store.templates", [&] {
        Query(m_connection, "INSERT INTO template(device, label, mask, hits) VALUES(?,?,?,0) "
                            "ON CONFLICT(device, mask) DO UPDATE SET label=excluded.label")
            .bind(value.device, value.label, model::toJson(value.mask))
            .run();
    });
}

base::Expected<std::vector<Template>> Templates::of(std::string_view device) const {
    return guarded("store.templates", [&] {
        std::vector<Template> out;
        // Counted from the decisions and not kept beside them, so that an undone one no longer counts. The
        // proposals that a template makes carry its mask as their detail until a person moves them.
        Query query(m_connection,
                    "SELECT t.device, t.label, t.mask, (SELECT count(DISTINCT f.asset) FROM finding f "
                    "JOIN asset a ON a.id=f.asset WHERE a.device=t.device AND f.state IN (1,2) "
                    "AND f.detector=(SELECT id FROM term WHERE text='mask.template') "
                    "AND f.detail='{\"mask\":'||t.mask||'}') AS taken "
                    "FROM template t WHERE ?1='' OR t.device=?1 ORDER BY taken DESC, t.id");
        query.bind(device);
        while (query.step()) {
            auto mask = model::maskFromJson(query.text(2));
            if (!mask) {
                throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.templates"}};
            }
            out.push_back({query.text(0), query.text(1), std::move(*mask), query.integer(3)});
        }
        return out;
    });
}

} // namespace kamei::store
