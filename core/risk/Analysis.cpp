#include <algorithm>
#include <bit>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/risk/Risk.h"
#include "core/risk/UniqueCombinations.h"

namespace kamei::risk {
namespace {

constexpr std::size_t kMostFields = 60; // bits of a set, with room
constexpr int kWidestCombination = 5;

/// A subject's traits with one value a field.
struct Row {
    base::SubjectId subject;
    std::map<std::string, std::string> values;
    std::map<std::string, std::vector<base::AssetId>> assets;
    std::set<std::string> undecided; ///< fields
};

bool speaksOfRelatives(std::string_view field) {
    return field == "age" || field == "sex";
}

Row merged(const SubjectTraits& subject) {
    Row out{subject.subject, {}, {}, {}};
    const auto hasStructured = [&subject](const Trait& trait) {
        return std::ranges::any_of(subject.traits, [&trait](const Trait& other) {
            return other.structured && other.field == trait.field && !other.value.empty();
        });
    };
    std::map<std::string, std::set<std::string>> structured;
    std::map<std::string, std::set<std::string>> free;
    for (const Trait& trait : subject.traits) {
        if (!trait.value.empty()) {
            (trait.structured ? structured : free)[trait.field].insert(trait.value);
            auto& assets = out.assets[trait.field];
            if (std::ranges::find(assets, trait.asset) == assets.end()) {
                assets.push_back(trait.asset);
            }
            const bool shown = trait.structured || !speaksOfRelatives(trait.field) || !hasStructured(trait);
            if (!trait.decided && shown) {
                out.undecided.insert(trait.field);
            }
        }
    }
    for (auto& [field, values] : free) {
        if (!speaksOfRelatives(field) || !structured.contains(field)) {
            structured[field].merge(values);
        }
    }
    for (const auto& [field, values] : structured) {
        std::string& text = out.values[field];
        for (const std::string& value : values) {
            text += (text.empty() ? "" : " / ") + value;
        }
    }
    return out;
}

struct Table {
    std::vector<std::string> fields;
    CodeTable codes;
};

bool isUsed(const std::string& field, const Options& options) {
    if (!options.fields.empty()) {
        return std::ranges::find(options.fields, field) != options.fields.end();
    }
    return field != "height" && field != "weight";
}

Table tableOf(std::vector<Row>& rows, const Options& options, std::vector<FieldSummary>& summaries) {
    std::set<std::string> all;
    for (const Row& row : rows) {
        for (const auto& [field, value] : row.values) {
            all.insert(field);
        }
    }
    Table out;
    std::vector<std::vector<std::uint32_t>> columns;
    for (const std::string& field : all) {
        std::unordered_map<std::string_view, std::uint32_t> codes;
        std::vector<std::uint32_t> column(rows.size(), 0);
        FieldSummary summary{field, 0, 0, isUsed(field, options)};
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (const auto it = rows[row].values.find(field); it != rows[row].values.end()) {
                const auto next = static_cast<std::uint32_t>(codes.size() + 1);
                column[row] = codes.try_emplace(it->second, next).first->second;
                ++summary.subjects;
            }
        }
        summary.values = static_cast<std::int64_t>(codes.size());
        if (summary.used) {
            out.fields.push_back(field);
            out.codes.values.push_back(static_cast<std::uint32_t>(codes.size()));
            columns.push_back(std::move(column));
        } else {
            codes.clear(); // its keys look into the values that go now
            std::ranges::for_each(rows, [&field](Row& row) { row.values.erase(field); });
        }
        summaries.push_back(std::move(summary));
    }
    out.codes.rows = rows.size();
    out.codes.fields = out.fields.size();
    out.codes.codes.resize(rows.size() * columns.size());
    for (std::size_t field = 0; field < columns.size(); ++field) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            out.codes.codes[row * columns.size() + field] = columns[field][row];
        }
    }
    return out;
}

std::vector<FieldValue> valuesOf(const Row& row, const std::vector<std::string>& fields, std::uint64_t set) {
    std::vector<FieldValue> out;
    for (; set != 0; set &= set - 1) {
        const std::string& field = fields[static_cast<std::size_t>(std::countr_zero(set))];
        if (const auto it = row.values.find(field); it != row.values.end()) {
            out.push_back({field, it->second});
        }
    }
    return out;
}

std::vector<base::AssetId> assetsOf(const Row& row, const std::vector<FieldValue>& values) {
    std::set<base::AssetId> out;
    for (const FieldValue& value : values) {
        const auto& assets = row.assets.at(value.field);
        out.insert(assets.begin(), assets.end());
    }
    return {out.begin(), out.end()};
}

std::vector<EquivalenceClass> classesOf(const std::vector<Row>& rows, const Table& table,
                                        const std::vector<std::int64_t>& sizes) {
    const std::size_t width = table.fields.size();
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto codes = [&](std::size_t row) {
        return std::span(table.codes.codes).subspan(row * width, width);
    };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        if (sizes[a] != sizes[b]) {
            return sizes[a] < sizes[b];
        }
        const auto compared = std::lexicographical_compare_three_way(codes(a).begin(), codes(a).end(),
                                                                     codes(b).begin(), codes(b).end());
        return compared != 0 ? compared < 0 : rows[a].subject < rows[b].subject;
    });
    std::vector<EquivalenceClass> out;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t row = order[i];
        if (i == 0 || !std::ranges::equal(codes(order[i - 1]), codes(row))) {
            EquivalenceClass next;
            next.values = valuesOf(rows[row], table.fields, (std::uint64_t{1} << width) - 1);
            next.size = sizes[row];
            next.assets = assetsOf(rows[row], next.values);
            out.push_back(std::move(next));
        }
        out.back().subjects.push_back(rows[row].subject);
        for (const std::string& field : rows[row].undecided) {
            auto& fields = out.back().undecided;
            if (std::ranges::find(fields, field) == fields.end()) {
                fields.push_back(field);
            }
        }
    }
    return out;
}

} // namespace

base::Expected<Analysis> analyse(std::span<const SubjectTraits> subjects, const Options& options,
                                 std::stop_token stop) {
    if (options.maxCombination < 1 || options.maxCombination > kWidestCombination) {
        return base::fail(base::ErrorCode::InvalidArgument, "risk.analyse", {"maxCombination"});
    }
    std::vector<Row> rows;
    rows.reserve(subjects.size());
    for (const SubjectTraits& subject : subjects) {
        rows.push_back(merged(subject));
    }
    std::ranges::sort(rows, {}, &Row::subject);
    Analysis out;
    out.subjects = static_cast<std::int64_t>(rows.size());
    const Table table = tableOf(rows, options, out.fields);
    if (table.fields.size() > kMostFields) {
        return base::fail(base::ErrorCode::TooManyEntries, "risk.analyse",
                          {std::to_string(table.fields.size())});
    }
    const std::vector<std::int64_t> sizes = matchingRows(table.codes, stop);
    const auto combinations =
        uniqueCombinations(table.codes, static_cast<std::size_t>(options.maxCombination), stop);
    if (stop.stop_requested()) {
        out.cancelled = true;
        return out;
    }
    out.classes = classesOf(rows, table, sizes);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (sizes[row] != 1 || rows[row].values.empty()) {
            continue;
        }
        SingledOut person{
            rows[row].subject, {}, {}, {rows[row].undecided.begin(), rows[row].undecided.end()}};
        std::set<base::AssetId> assets;
        for (const std::uint64_t set : combinations[row]) {
            if (person.combinations.size() < options.maxPerSubject) {
                person.combinations.push_back(valuesOf(rows[row], table.fields, set));
                std::ranges::copy(assetsOf(rows[row], person.combinations.back()),
                                  std::inserter(assets, assets.end()));
            }
        }
        person.assets.assign(assets.begin(), assets.end());
        out.singledOut.push_back(std::move(person));
    }
    return out;
}

} // namespace kamei::risk
