#include "core/risk/UniqueCombinations.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>

namespace kamei::risk {
namespace {

std::uint64_t bitOf(std::size_t field) {
    return std::uint64_t{1} << field;
}

// A row's values in the fields of `mask`, mixed; equality is checked by the values themselves.
std::uint64_t mixed(const CodeTable& table, std::size_t row, std::uint64_t mask) {
    std::uint64_t out = 0x9E3779B97F4A7C15U;
    for (; mask != 0; mask &= mask - 1) {
        out ^= table.at(row, static_cast<std::size_t>(std::countr_zero(mask)));
        out *= 0xFF51AFD7ED558CCDU;
        out ^= out >> 32;
    }
    return out;
}

bool equalIn(const CodeTable& table, std::size_t a, std::size_t b, std::uint64_t mask) {
    for (; mask != 0; mask &= mask - 1) {
        const auto field = static_cast<std::size_t>(std::countr_zero(mask));
        if (table.at(a, field) != table.at(b, field)) {
            return false;
        }
    }
    return true;
}

/// The search over one table; groups of rows that agree so far are ranges of one list of rows.
class Search {
public:
    Search(const CodeTable& table, std::size_t most, std::stop_token stop)
        : m_table(table), m_most(most), m_stop(std::move(stop)), m_found(table.rows) {
        std::uint32_t greatest = 0;
        for (const std::uint32_t values : table.values) {
            greatest = std::max(greatest, values);
        }
        m_counts.assign(std::size_t{greatest} + 1, 0);
    }

    std::vector<std::vector<std::uint64_t>> run() {
        std::vector<std::uint32_t> all(m_table.rows);
        for (std::size_t row = 0; row < all.size(); ++row) {
            all[row] = static_cast<std::uint32_t>(row);
        }
        Groups start;
        start.ends.push_back(all.size());
        start.rows = std::move(all);
        descend(start, 0, 0, 0);
        for (auto& sets : m_found) {
            keepMinimal(sets);
        }
        return std::move(m_found);
    }

private:
    struct Groups {
        std::vector<std::uint32_t> rows;
        std::vector<std::size_t> ends; ///< of each group in rows
    };

    void descend(const Groups& groups, std::uint64_t set, std::size_t first, std::size_t depth) {
        for (std::size_t field = first; field < m_table.fields && !m_stop.stop_requested(); ++field) {
            const std::uint64_t wider = set | bitOf(field);
            const Groups refined = refine(groups, field, wider);
            if (depth + 1 < m_most && !refined.rows.empty()) {
                descend(refined, wider, field + 1, depth + 1);
            }
        }
    }

    // Splits every group by one more field. Who is then alone is found; who has no value drops out.
    Groups refine(const Groups& groups, std::size_t field, std::uint64_t set) {
        Groups out;
        out.rows.reserve(groups.rows.size());
        std::size_t begin = 0;
        for (const std::size_t end : groups.ends) {
            const std::span<const std::uint32_t> group(groups.rows.data() + begin, end - begin);
            begin = end;
            m_seen.clear();
            for (const std::uint32_t row : group) {
                const std::uint32_t code = m_table.at(row, field);
                if (code != 0 && m_counts[code]++ == 0) {
                    m_seen.push_back(code);
                }
            }
            // Counting sort: each value gets its place behind what is there; values of one row are reported.
            std::size_t at = out.rows.size();
            m_places.clear();
            for (const std::uint32_t code : m_seen) {
                const std::uint32_t count = m_counts[code];
                m_counts[code] = count == 1 ? kAlone : static_cast<std::uint32_t>(m_places.size());
                if (count > 1) {
                    m_places.push_back(at);
                    at += count;
                    out.ends.push_back(at);
                }
            }
            out.rows.resize(at);
            for (const std::uint32_t row : group) {
                const std::uint32_t code = m_table.at(row, field);
                if (code == 0) {
                    continue;
                }
                if (m_counts[code] == kAlone) {
                    m_found[row].push_back(set);
                } else {
                    out.rows[m_places[m_counts[code]]++] = row;
                }
            }
            for (const std::uint32_t code : m_seen) {
                m_counts[code] = 0;
            }
        }
        return out;
    }

    // A set found before one of its parts is no minimal one.
    static void keepMinimal(std::vector<std::uint64_t>& sets) {
        std::ranges::sort(sets, [](std::uint64_t a, std::uint64_t b) {
            return std::popcount(a) != std::popcount(b) ? std::popcount(a) < std::popcount(b) : a < b;
        });
        std::vector<std::uint64_t> out;
        for (const std::uint64_t set : sets) {
            if (std::ranges::none_of(out, [set](std::uint64_t part) { return (set & part) == part; })) {
                out.push_back(set);
            }
        }
        sets = std::move(out);
    }

    static constexpr std::uint32_t kAlone = 0xFFFFFFFF;
    const CodeTable& m_table;
    std::size_t m_most;
    std::stop_token m_stop;
    std::vector<std::vector<std::uint64_t>> m_found;
    std::vector<std::uint32_t> m_counts; ///< by code; all 0 between groups
    std::vector<std::uint32_t> m_seen;
    std::vector<std::size_t> m_places;
};

} // namespace

std::vector<std::int64_t> matchingRows(const CodeTable& table, std::stop_token stop) {
    std::map<std::uint64_t, std::vector<std::uint32_t>> byMask;
    for (std::size_t row = 0; row < table.rows; ++row) {
        std::uint64_t mask = 0;
        for (std::size_t field = 0; field < table.fields; ++field) {
            mask |= table.at(row, field) != 0 ? bitOf(field) : 0;
        }
        byMask[mask].push_back(static_cast<std::uint32_t>(row));
    }
    std::vector<std::int64_t> out(table.rows, 0);
    for (const auto& [mask, rows] : byMask) {
        if (stop.stop_requested()) {
            break;
        }
        const auto fields = mask;
        const auto hash = [&table, fields](std::uint32_t row) { return mixed(table, row, fields); };
        const auto equal = [&table, fields](std::uint32_t a, std::uint32_t b) {
            return equalIn(table, a, b, fields);
        };
        std::unordered_map<std::uint32_t, std::int64_t, decltype(hash), decltype(equal)> counts(rows.size(),
                                                                                                hash, equal);
        for (const std::uint32_t row : rows) {
            ++counts[row];
        }
        for (const auto& [wider, others] : byMask) {
            if (wider == mask || (wider & mask) != mask) {
                continue;
            }
            for (const std::uint32_t row : others) {
                if (const auto it = counts.find(row); it != counts.end()) {
                    ++it->second;
                }
            }
        }
        for (const std::uint32_t row : rows) {
            out[row] = counts.find(row)->second;
        }
    }
    return out;
}

std::vector<std::vector<std::uint64_t>> uniqueCombinations(const CodeTable& table, std::size_t most,
                                                           std::stop_token stop) {
    return Search(table, most, std::move(stop)).run();
}

} // namespace kamei::risk
