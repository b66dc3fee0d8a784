#include "core/store/SceneCuts.h"

#include <nlohmann/json.hpp>

#include "core/store/Connection.h"

namespace kamei::store {

using Frames = std::vector<std::int32_t>;

base::Expected<void> SceneCuts::set(base::AssetId asset, const std::optional<Frames>& frames) {
    return guarded("store.cuts", [&] {
        if (!frames) {
            Query(m_connection, "DELETE FROM scene_cuts WHERE asset=?").bind(asset).run();
            return;
        }
        Query(m_connection,
              "INSERT INTO scene_cuts VALUES(?,?) ON CONFLICT DO UPDATE SET frames=excluded.frames")
            .bind(asset, nlohmann::json(*frames).dump())
            .run();
    });
}

base::Expected<std::optional<Frames>> SceneCuts::of(base::AssetId asset) const {
    return guarded("store.cuts", [&]() -> std::optional<Frames> {
        Query query(m_connection, "SELECT frames FROM scene_cuts WHERE asset=?");
        query.bind(asset);
        if (!query.step()) {
            return std::nullopt;
        }
        const auto rows = nlohmann::json::parse(query.text(0), nullptr, false);
        Frames out;
        for (const auto& row : rows) {
            if (!row.is_number_integer()) {
                throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.cuts"}};
            }
            out.push_back(row.get<std::int32_t>());
        }
        return out;
    });
}

} // namespace kamei::store
