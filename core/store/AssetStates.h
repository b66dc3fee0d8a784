#pragma once

// Private to store: what has to be brought up to date about assets before a transaction ends.

#include <array>
#include <cstdint>
#include <unordered_map>

#include "core/model/Vocabulary.h"

namespace kamei::store {

class Connection;

/// Changes that were noted in a transaction and are written once an asset, instead of once a row.
struct Pending {
    enum Part : unsigned { State = 1, Staged = 2, Sources = 4 };

    struct Cell {
        std::int64_t total = 0;
        std::int64_t open = 0;
    };
    /// index: step (0, 4..8 as 0..5) * 4 + requirement
    using Tally = std::array<Cell, 24>;

    std::unordered_map<std::int64_t, Tally> tallies;  ///< by asset
    std::unordered_map<std::int64_t, unsigned> dirty; ///< by asset: parts

    [[nodiscard]] bool empty() const { return tallies.empty() && dirty.empty(); }
    void clear() {
        tallies.clear();
        dirty.clear();
    }
    void mark(std::int64_t asset, unsigned parts) { dirty[asset] |= parts; }
    /// A finding comes (sign 1) or goes (sign -1).
    void count(std::int64_t asset, int step, model::Requirement requirement, bool open, std::int64_t sign);
};

/// Writes what is pending. Throws SQLite::Exception.
void settleAssets(Connection& connection, Pending& pending);

/// Adds (sign 1) or takes away (sign -1) an asset's findings to and from the sums over the workspace.
void addToTotals(Connection& connection, std::int64_t asset, std::int64_t sign);

/// The first problem that is left, as the asset's row shows it.
void showProblem(Connection& connection, std::int64_t asset);

/// One more decision touches the asset: its staged files are older than it from now on.
void touchAsset(Connection& connection, std::int64_t asset);

} // namespace kamei::store
