#include "ui/models/WorkLists.h"

#include <algorithm>

#include "core/base/FileIo.h"

namespace kamei::ui::models {
namespace {

using Group = TreeQuery::Group;

bool isExcluded(const job::AssetRow& row) {
    return row.asset.state == model::AssetState::Excluded;
}

/// Compares stamps as the gate does. The gate's own list ends at a hundred sources, which one series fills.
class Stamps {
public:
    [[nodiscard]] bool changed(const model::Source& source) {
        // Members of one archive follow each other.
        if (source.path != m_path) {
            m_path = source.path;
            m_stamp = base::fileStamp(source.path);
        }
        return !m_stamp || !(*m_stamp == source.stamp); // gone is changed
    }

private:
    std::filesystem::path m_path;
    base::Expected<base::FileStamp> m_stamp;
};

base::Expected<bool> sourcesChanged(const job::Session& session, base::AssetId asset, Stamps& stamps) {
    const auto sources = session.sources(asset);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    return std::any_of(sources->begin(), sources->end(),
                       [&stamps](const model::Source& source) { return stamps.changed(source); });
}

base::Expected<bool> belongs(const job::Session& session, const job::AssetRow& row, Group group,
                             Stamps& stamps) {
    switch (group) {
    case Group::Unreadable:
        return row.asset.kind == model::AssetKind::Unreadable || row.asset.problem.has_value();
    case Group::SentBack:
        return row.asset.state == model::AssetState::SentBack;
    case Group::Residual:
        return row.residuals > 0;
    case Group::Changed:
        return sourcesChanged(session, row.asset.id, stamps);
    case Group::Subject:
    case Group::Kind:
        break;
    }
    return false;
}

} // namespace

base::Expected<std::vector<job::AssetRow>> listed(const job::Session& session, Group group) {
    job::AssetQuery query;
    query.includeExcluded = group == Group::Unreadable;
    if (group == Group::SentBack) {
        query.state = model::AssetState::SentBack;
    }
    auto all = session.assets(query);
    if (!all) {
        return tl::unexpected(all.error());
    }
    Stamps stamps;
    std::vector<job::AssetRow> rows;
    for (job::AssetRow& row : *all) {
        const auto here = belongs(session, row, group, stamps);
        if (!here) {
            return tl::unexpected(here.error());
        }
        if (*here) {
            rows.push_back(std::move(row));
        }
    }
    std::stable_partition(rows.begin(), rows.end(), [](const auto& row) { return !isExcluded(row); });
    return rows;
}

} // namespace kamei::ui::models
