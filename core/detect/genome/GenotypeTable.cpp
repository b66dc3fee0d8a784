#include "core/detect/genome/GenotypeTable.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <set>
#include <vector>

#include "core/detect/genome/Loci.h"

namespace kamei::detect::genome {
namespace {

using intake::text::Segment;
using intake::text::TextSource;

constexpr std::size_t kSampled = 200;
constexpr double kShare = 0.6;

std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::isspace(static_cast<unsigned char>(c)) == 0) {
            out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

bool isRsNumber(std::string_view upper) {
    return upper.size() > 3 && upper.starts_with("RS") &&
           upper.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

/// AG, A/G, A|G, A, DD: two bases, or one on a chromosome of which there is one.
bool isGenotype(std::string_view upper) {
    std::string letters;
    for (const char c : upper) {
        if (c != '/' && c != '|' && c != '_' && c != ':') {
            letters += c;
        }
    }
    return !letters.empty() && letters.size() <= 2 &&
           letters.find_first_not_of("ACGT-") == std::string::npos && letters != "-" && letters != "--";
}

/// The marker without what tells its two alleles apart: "D3S1358_1", "TH01-a", "vWA allele 2".
std::string markerOf(std::string upper) {
    if (const std::size_t word = upper.find("ALLELE"); word != std::string::npos) {
        upper.resize(word);
    }
    while (!upper.empty() && (upper.back() == '_' || upper.back() == '-' || upper.back() == '.')) {
        upper.pop_back();
    }
    if (isStrMarker(upper)) {
        return upper;
    }
    const std::size_t cut = upper.find_last_of("_-.");
    if (cut != std::string::npos && isStrMarker(upper.substr(0, cut))) {
        return upper.substr(0, cut);
    }
    return {};
}

struct Column {
    std::string header;
    std::vector<const Segment*> cells;
};

std::map<std::int32_t, Column> columnsOf(const TextSource& table) {
    std::map<std::int32_t, Column> out;
    for (const Segment& cell : table.segments()) {
        Column& column = out[cell.column];
        if (table.hasHeader() && cell.row == 0) {
            column.header = plain(table.content(cell));
        } else if (cell.end > cell.start) {
            column.cells.push_back(&cell);
        }
    }
    return out;
}

template <class Is> bool mostly(const TextSource& table, const Column& column, Is is) {
    const std::size_t count = std::min(column.cells.size(), kSampled);
    std::size_t yes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        yes += is(plain(table.content(*column.cells[i]))) ? 1 : 0;
    }
    return count > 0 && static_cast<double>(yes) >= kShare * static_cast<double>(count);
}

class Judging {
public:
    explicit Judging(const TextSource& table) : m_table(table), m_columns(columnsOf(table)) {}

    std::optional<Judgement> run() {
        for (const auto& [number, column] : m_columns) {
            if (isRsNumber(column.header) && mostly(m_table, column, isGenotype)) {
                ++m_out.snps;
            } else if (const std::string marker = markerOf(column.header); !marker.empty()) {
                m_markers.insert(marker);
            } else if (mostly(m_table, column, isRsNumber)) {
                addSnps(column);
            } else if (mostly(m_table, column,
                              [](std::string v) { return !markerOf(std::move(v)).empty(); })) {
                for (const Segment* cell : column.cells) {
                    m_markers.insert(markerOf(plain(m_table.content(*cell))));
                }
                m_markers.erase("");
            }
        }
        m_out.strLoci = static_cast<std::int64_t>(m_markers.size());
        if (m_out.snps == 0 && m_out.strLoci == 0) {
            return std::nullopt;
        }
        m_loci.count(m_out);
        conclude(m_out);
        return m_out;
    }

private:
    /// SNPs named in a column, when another one tells what the person has there.
    void addSnps(const Column& snps) {
        const bool told = std::ranges::any_of(
            m_columns, [&](const auto& one) { return mostly(m_table, one.second, isGenotype); });
        if (!told) {
            return;
        }
        const auto chromosomes = byRow("CHR");
        const auto positions = byRow("POS");
        std::set<std::string> seen;
        for (const Segment* cell : snps.cells) {
            const std::string name = plain(m_table.content(*cell));
            if (!isRsNumber(name) || !seen.insert(name).second) {
                continue;
            }
            ++m_out.snps;
            const auto chromosome = chromosomes.find(cell->row);
            const auto position = positions.find(cell->row);
            std::int64_t at = 0;
            if (chromosome != chromosomes.end() && position != positions.end()) {
                const std::string& text = position->second;
                (void)std::from_chars(text.data(), text.data() + text.size(), at);
            }
            if (at > 0) {
                m_loci.add(chromosome->second, at, at, std::nullopt);
            }
        }
    }

    std::map<std::int64_t, std::string> byRow(std::string_view headerBegins) const {
        std::map<std::int64_t, std::string> out;
        for (const auto& [number, column] : m_columns) {
            if (out.empty() && column.header.starts_with(headerBegins)) {
                for (const Segment* cell : column.cells) {
                    out[cell->row] = plain(m_table.content(*cell));
                }
            }
        }
        return out;
    }

    const TextSource& m_table;
    std::map<std::int32_t, Column> m_columns;
    std::set<std::string> m_markers;
    Loci m_loci;
    Judgement m_out;
};

} // namespace

std::optional<Judgement> judgeTable(const TextSource& table) {
    return Judging(table).run();
}

} // namespace kamei::detect::genome
