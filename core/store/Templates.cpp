#include "core/store/Templates.h"

#include "core/store/Connection.h"

namespace kamei::store {

base::Expected<void> Templates::save(const Template& value) {
    return guarded("store.templates", [&] {
        Query(m_connection,
              "INSERT INTO template(device, label, mask, hits) VALUES(?,?,?,?) "
              "ON CONFLICT(device, mask) DO UPDATE SET label=excluded.label, hits=excluded.hits")
            .bind(value.device, value.label, model::toJson(value.mask), value.hits)
            .run();
    });
}

base::Expected<std::vector<Template>> Templates::of(std::string_view device) const {
    return guarded("store.templates", [&] {
        std::vector<Template> out;
        Query query(m_connection, "SELECT device, label, mask, hits FROM template WHERE ?1='' OR device=?1 "
                                  "ORDER BY hits DESC, id");
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
