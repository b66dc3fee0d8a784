#include "core/transform/text/ColumnSteps.h"

#include <algorithm>
#include <map>

#include "core/transform/pseudonym/Random.h"
#include "core/transform/table/SyntheticRecords.h"
#include "core/transform/table/Treatment.h"
#include "core/transform/text/NewValue.h"

namespace kamei::transform::text {
namespace {

using intake::text::Segment;
using intake::text::TextSource;
using model::Action;

bool concernsColumn(const Step& step) {
    return step.column >= 0 &&
           table::concernsColumn(step.action, step.method, isDate(step.label), step.label == "AGE");
}

/// The cells of a column below the header, by row.
std::map<std::int64_t, const Segment*> cellsOf(const TextSource& text, std::int32_t column) {
    std::map<std::int64_t, const Segment*> out;
    for (const Segment& cell : text.segments()) {
        if (cell.column == column && !(text.hasHeader() && cell.row == 0)) {
            out[cell.row] = &cell;
        }
    }
    return out;
}

/// Columns over the same rows, so that they can be grouped together. A row in which one of them has no cell
/// holds an empty one there.
class Columns {
public:
    Columns(const TextSource& text, const std::vector<const Step*>& steps) {
        for (const Step* step : steps) {
            m_cells.push_back(cellsOf(text, step->column));
            for (const auto& [row, cell] : m_cells.back()) {
                m_rows.push_back(row);
            }
        }
        std::ranges::sort(m_rows);
        // Not std::ranges: clang 14, which builds the fuzzers, cannot read its subrange in this library.
        m_rows.erase(std::unique(m_rows.begin(), m_rows.end()), m_rows.end());
        for (std::size_t c = 0; c < steps.size(); ++c) {
            table::Column column{{}, steps[c]->action, steps[c]->method, isDate(steps[c]->label)};
            for (const std::int64_t row : m_rows) {
                const auto cell = m_cells[c].find(row);
                column.cells.push_back(cell == m_cells[c].end() ? std::string()
                                                                : text.content(*cell->second));
            }
            values.push_back(std::move(column));
        }
    }

    /// Steps of the cells of column `c` that hold something.
    void add(std::size_t c, const Step& step, const table::Treated& treated, std::vector<Step>& out) const {
        for (std::size_t r = 0; r < m_rows.size(); ++r) {
            const auto cell = m_cells[c].find(m_rows[r]);
            if (cell == m_cells[c].end() || cell->second->end <= cell->second->start) {
                continue;
            }
            Step one = step;
            one.column = -1;
            one.start = cell->second->start;
            one.end = cell->second->end;
            one.value = treated.cells[r];
            out.push_back(std::move(one));
        }
    }

    std::vector<table::Column> values;

private:
    std::vector<std::map<std::int64_t, const Segment*>> m_cells;
    std::vector<std::int64_t> m_rows;
};

} // namespace

std::vector<Step> withColumnValues(const std::vector<Step>& steps, const TextSource& text,
                                   const pseudonym::Key& key, const std::string& source) {
    std::vector<Step> out;
    std::map<std::string, std::vector<const Step*>> together; // columns of one micro-aggregation
    for (const Step& step : steps) {
        if (!concernsColumn(step)) {
            out.push_back(step);
        } else if (step.action == Action::Microaggregate && !step.method.with.empty()) {
            together[step.method.with].push_back(&step);
        } else {
            const Columns columns(text, {&step});
            pseudonym::Random random(
                key, {"column", model::word(step.action), source, std::to_string(step.column)});
            columns.add(0, step, table::treat(columns.values.front(), random), out);
        }
    }
    for (const auto& [word, members] : together) {
        const Columns columns(text, members);
        const auto treated = table::microaggregate(columns.values);
        for (std::size_t c = 0; c < members.size(); ++c) {
            columns.add(c, *members[c], treated[c], out);
        }
    }
    return out;
}

std::vector<std::int64_t> removedRows(const std::vector<Step>& steps, const TextSource& text) {
    std::vector<std::int64_t> out;
    const auto& cells = text.segments();
    for (const Step& step : steps) {
        if (!step.method.record || step.column >= 0) {
            continue;
        }
        const auto cell = std::partition_point(cells.begin(), cells.end(),
                                               [&](const Segment& s) { return s.end <= step.start; });
        if (cell != cells.end() && cell->row >= 0) {
            out.push_back(cell->row);
        }
    }
    return out;
}

base::Expected<std::string> withSyntheticRows(std::string processed, std::string_view format,
                                              std::int64_t rows, const std::vector<Step>& steps,
                                              const pseudonym::Key& key, const std::string& source) {
    const auto text = TextSource::read(std::move(processed), format);
    if (!text) {
        return tl::unexpected(text.error());
    }
    std::size_t width = 0;
    for (const Segment& cell : text->segments()) {
        width = std::max(width, static_cast<std::size_t>(cell.column) + 1);
    }
    std::vector<std::vector<std::string>> records;
    std::int64_t last = -1;
    for (const Segment& cell : text->segments()) {
        if (text->hasHeader() && cell.row == 0) {
            continue;
        }
        if (cell.row != last) {
            records.emplace_back(width);
            last = cell.row;
        }
        records.back()[static_cast<std::size_t>(cell.column)] = text->content(cell);
    }
    pseudonym::Random random(key, {"synthetic", source});
    TextSource::RowChanges changes;
    changes.appended = table::syntheticRecords(records, rows, random);
    for (std::size_t i = 0; i < changes.appended.size(); ++i) {
        const std::string person = key.pseudonymId("synthetic\n" + source + '\n' + std::to_string(i));
        for (const Step& step : steps) {
            if (step.column >= 0 && step.action == Action::Replace &&
                static_cast<std::size_t>(step.column) < changes.appended[i].size()) {
                changes.appended[i][static_cast<std::size_t>(step.column)] = person;
            }
        }
    }
    return text->rewrite({}, changes);
}

} // namespace kamei::transform::text
