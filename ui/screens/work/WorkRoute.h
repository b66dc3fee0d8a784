#pragma once

#include <QString>
#include <optional>

#include "ui/models/FindingListModel.h"
#include "ui/models/WorkTreeModel.h"
#include "ui/shell/AppContext.h"

namespace kamei::ui::screens::work {

/// What a route of another screen asks of the Work screen.
struct WorkRoute {
    /// What is opened: only what the route names, the first finding that fits, the first row of a list, or
    /// the first asset of a kind.
    enum class Opens { Named, Finding, Row, OfKind };
    Opens opens = Opens::Named;
    models::TreeQuery tree;                        ///< what the tree shows from now on
    std::optional<models::FindingFilter> findings; ///< what of findings is listed; unset: as before
    job::FindingQuery first;                       ///< the finding that is looked for
    std::optional<model::AssetKind> kind;          ///< the kind whose first asset opens
};
/// `now`: what the tree shows at present. Words of the filter: "required" "recommended" "conditional"
/// (findings), "unreadable" "sent-back" "residual" "changed" (lists of assets), "kind:" with the word of a
/// kind; others are ignored.
[[nodiscard]] WorkRoute workRoute(const shell::Route& route, const models::TreeQuery& now);

/// Where a route leads; none ids when there is nothing.
struct WorkPlace {
    base::AssetId asset;
    base::FindingId finding;
};
/// For Opens::Finding and Opens::OfKind. Any thread but the GUI's.
[[nodiscard]] WorkPlace placeOf(const job::Session& session, const WorkRoute& route);
/// Says that a route leads nowhere; empty for one that asks for nothing special.
[[nodiscard]] QString nothingAt(const shell::Route& route);

} // namespace kamei::ui::screens::work
