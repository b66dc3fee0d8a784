#include "core/store/AssetStates.h"

#include "core/base/Digest.h"
#include "core/model/Review.h"
#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr int kRequirements = 4;
constexpr int kFirstStep = 4;

int stepOfRow(int row) {
    return row == 0 ? 0 : row + kFirstStep - 1;
}
int rowOfStep(int step) {
    return step == 0 ? 0 : step - kFirstStep + 1;
}

void settleTally(Connection& connection, std::int64_t asset, const Pending::Tally& tally) {
    bool excluded = false;
    {
        Query query(connection, "SELECT excluded FROM asset WHERE id=?");
        query.bind(asset);
        if (!query.step()) {
            return; // removed in the same transaction
        }
        excluded = query.flag(0);
    }
    std::int64_t total = 0;
    std::array<std::int64_t, kRequirements> open{};
    for (std::size_t i = 0; i < tally.size(); ++i) {
        const Pending::Cell& cell = tally[i];
        if (cell.total == 0 && cell.open == 0) {
            continue;
        }
        const int step = stepOfRow(static_cast<int>(i) / kRequirements);
        const int requirement = static_cast<int>(i) % kRequirements;
        Query(connection, "INSERT INTO asset_step VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE SET "
                          "total=total+excluded.total, open=open+excluded.open")
            .bind(asset, step, requirement, cell.total, cell.open)
            .run();
        if (!excluded) {
            Query(connection, "INSERT INTO step_total VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET "
                              "total=total+excluded.total, open=open+excluded.open")
                .bind(step, requirement, cell.total, cell.open)
                .run();
        }
        total += cell.total;
        open[static_cast<std::size_t>(requirement)] += cell.open;
    }
    Query(connection,
          "UPDATE asset SET total=total+?, open0=open0+?, open1=open1+?, open2=open2+?, open3=open3+? "
          "WHERE id=?")
        .bind(total, open[0], open[1], open[2], open[3], asset)
        .run();
}

void settleSources(Connection& connection, std::int64_t asset) {
    Query(connection,
          "UPDATE asset SET (sources, frames) = (SELECT count(*), coalesce(sum(frames), 0) FROM source "
          "WHERE asset=?1) WHERE id=?1")
        .bind(asset)
        .run();
}

/// Present means: every source has a row. The digest is the file's own SHA-256 when there is one file.
void settleStaged(Connection& connection, std::int64_t asset) {
    std::int64_t sources = 0;
    std::int64_t revision = 0;
    {
        Query query(connection, "SELECT sources, revision FROM asset WHERE id=?");
        query.bind(asset);
        if (!query.step()) {
            return;
        }
        sources = query.integer(0);
        revision = query.integer(1);
    }
    std::int64_t files = 0;
    std::int64_t current = 0;
    std::int64_t residuals = 0;
    base::Sha256 only;
    base::Sha256Hasher hasher;
    {
        Query query(connection, "SELECT t.sha256, t.revision, t.residual_count FROM source s JOIN staged t "
                                "ON t.source=s.id WHERE s.asset=? ORDER BY s.ord, s.id");
        query.bind(asset);
        while (query.step()) {
            only = query.digest(0);
            hasher.update(only.bytes);
            ++files;
            current += query.integer(1) == revision ? 1 : 0;
            residuals += query.integer(2) > 0 ? 1 : 0;
        }
    }
    std::optional<base::Sha256> digest;
    if (files > 0 && files == sources) {
        digest = files == 1 ? only : hasher.finish();
    }
    Query(connection, "UPDATE asset SET current=?, residuals=?, staged_digest=? WHERE id=?")
        .bind(digest.has_value() && current == sources, residuals, digest, asset)
        .run();
}

model::AssetState stateOf(Connection& connection, std::int64_t asset) {
    Query query(connection, "SELECT excluded, detected, open0+open1+open2+open3, current, staged_digest "
                            "FROM asset WHERE id=?");
    query.bind(asset);
    if (!query.step() || query.flag(0)) {
        return model::AssetState::Excluded;
    }
    if (!query.flag(1)) {
        return model::AssetState::Imported;
    }
    const bool current = query.flag(3);
    if (!query.isNull(4)) {
        Query last(connection,
                   "SELECT sha256, verdict FROM confirmation WHERE asset=? ORDER BY id DESC LIMIT 1");
        last.bind(asset);
        if (last.step() && last.digest(0) == query.digest(4)) {
            // Sent back stays until other bytes are staged, so that it is not lost among the rest.
            if (last.as<model::Confirmation::Verdict>(1) == model::Confirmation::Verdict::SentBack) {
                return model::AssetState::SentBack;
            }
            if (current) {
                return model::AssetState::Confirmed;
            }
        }
    }
    if (current) {
        return model::AssetState::Staged;
    }
    return query.integer(2) == 0 ? model::AssetState::Decided : model::AssetState::Detected;
}

} // namespace

void Pending::count(std::int64_t asset, int step, model::Requirement requirement, bool open,
                    std::int64_t sign) {
    Cell& cell =
        tallies[asset]
               [static_cast<std::size_t>(rowOfStep(step) * kRequirements + static_cast<int>(requirement))];
    cell.total += sign;
    cell.open += open ? sign : 0;
    dirty[asset] |= State;
}

void settleAssets(Connection& connection, Pending& pending) {
    for (const auto& [asset, tally] : pending.tallies) {
        settleTally(connection, asset, tally);
    }
    for (const auto& [asset, parts] : pending.dirty) {
        if ((parts & Pending::Sources) != 0) {
            settleSources(connection, asset);
        }
        if ((parts & (Pending::Sources | Pending::Staged)) != 0) {
            settleStaged(connection, asset);
        }
        Query(connection, "UPDATE asset SET state=? WHERE id=?")
            .bind(stateOf(connection, asset), asset)
            .run();
    }
    pending.clear();
}

void addToTotals(Connection& connection, std::int64_t asset, std::int64_t sign) {
    Query(connection,
          "INSERT INTO step_total SELECT step, requirement, ?1*total, ?1*open FROM asset_step "
          "WHERE asset=?2 ON CONFLICT DO UPDATE SET total=total+excluded.total, open=open+excluded.open")
        .bind(sign, asset)
        .run();
}

void showProblem(Connection& connection, std::int64_t asset) {
    Query(connection,
          "UPDATE asset SET problem=(SELECT error FROM problem WHERE asset=?1 ORDER BY origin, id LIMIT 1), "
          "troubled=(kind=?2 OR EXISTS(SELECT 1 FROM problem WHERE asset=?1)) WHERE id=?1")
        .bind(asset, model::AssetKind::Unreadable)
        .run();
}

void touchAsset(Connection& connection, std::int64_t asset) {
    Query(connection, "UPDATE asset SET revision=revision+1, current=0 WHERE id=?").bind(asset).run();
    connection.pending.mark(asset, Pending::State);
}

} // namespace kamei::store
