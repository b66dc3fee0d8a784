#include "core/transform/table/Treatment.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/intake/text/DateNotation.h"
#include "core/transform/table/Microaggregation.h"
#include "core/transform/table/Numbers.h"

namespace kamei::transform::table {
namespace {

using intake::text::DateNotation;
using model::Action;
using model::Method;

constexpr double kNoiseShare = 0.1;
constexpr double kTail = 0.01; // of the values, beyond the usual bound

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::vector<std::optional<Number>> numbersOf(std::span<const std::string> cells) {
    std::vector<std::optional<Number>> out;
    out.reserve(cells.size());
    for (const std::string& cell : cells) {
        out.push_back(numberOf(cell));
    }
    return out;
}

/// Applies `change` to every number; what is none and not blank is emptied.
template <typename Change> Treated eachNumber(const std::vector<std::string>& cells, const Change& change) {
    Treated out{cells, 0};
    for (std::string& cell : out.cells) {
        if (isBlank(cell)) {
            continue;
        }
        const auto number = numberOf(cell);
        out.removed += number ? 0 : 1;
        cell = number ? change(*number, cell) : std::string();
    }
    return out;
}

std::string band(double value, double width) {
    const int decimals = decimalsOf(width);
    const double low = std::floor(value / width + 1e-9) * width;
    const double step = decimals == 0 ? 1 : std::pow(10.0, -decimals);
    return written(low, decimals) + "-" + written(low + width - step, decimals);
}

std::string coarserDate(const std::string& cell, Method::Coarser to) {
    const auto date = DateNotation::parse(cell);
    if (!date || date->date().year <= 0) {
        return {};
    }
    return to == Method::Coarser::Month ? date->toMonth(true) : std::to_string(date->date().year);
}

Treated generalise(const Column& column) {
    const Method::Coarser to = column.method.coarser.value_or(Method::Coarser::Multiple);
    const double width = column.method.width;
    switch (to) {
    case Method::Coarser::Multiple:
        return eachNumber(column.cells, [width](const Number& number, const std::string&) {
            return written(std::round(number.value / width) * width, decimalsOf(width));
        });
    case Method::Coarser::Band:
        return eachNumber(column.cells, [width](const Number& number, const std::string&) {
            return band(number.value, width);
        });
    case Method::Coarser::Month:
    case Method::Coarser::Year:
        break;
    }
    Treated out{column.cells, 0};
    for (std::string& cell : out.cells) {
        if (!isBlank(cell)) {
            cell = coarserDate(cell, to);
            out.removed += cell.empty() ? 1 : 0;
        }
    }
    return out;
}

Treated code(const Column& column) {
    const auto bound = column.method.bound ? column.method.bound : usualBound(column.cells, column.action);
    const bool top = column.action == Action::TopCode;
    return eachNumber(column.cells, [&](const Number& number, const std::string& cell) {
        const bool beyond = top ? number.value > *bound : number.value < *bound;
        return beyond ? written(*bound, std::max(number.decimals, decimalsOf(*bound))) : cell;
    });
}

Treated swapRanks(const Column& column, pseudonym::Random& random) {
    const auto numbers = numbersOf(column.cells);
    std::vector<std::size_t> ranked; // of the numbers
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i]) {
            ranked.push_back(i);
        } else if (!isBlank(column.cells[i])) {
            others.push_back(i);
        }
    }
    Treated out{column.cells, 0};
    std::ranges::stable_sort(ranked, {}, [&](std::size_t i) { return numbers[i]->value; });
    const auto reach =
        static_cast<std::size_t>(std::ceil(column.method.window / 100 * static_cast<double>(ranked.size())));
    std::vector<bool> done(ranked.size());
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        if (done[i]) {
            continue;
        }
        std::vector<std::size_t> free;
        for (std::size_t j = i + 1; j < ranked.size() && j <= i + std::max<std::size_t>(reach, 1); ++j) {
            if (!done[j]) {
                free.push_back(j);
            }
        }
        if (!free.empty()) {
            const std::size_t j = free[random.below(free.size())];
            std::swap(out.cells[ranked[i]], out.cells[ranked[j]]);
            done[j] = true;
        }
    }
    for (std::size_t i = others.size(); i > 1; --i) {
        std::swap(out.cells[others[i - 1]], out.cells[others[random.below(i)]]);
    }
    return out;
}

Treated addNoise(const Column& column, pseudonym::Random& random) {
    const auto scale = column.method.scale ? column.method.scale : usualScale(column.cells);
    return eachNumber(column.cells, [&](const Number& number, const std::string&) {
        const double deviation = scale.value_or(0);
        double noise = 0;
        switch (column.method.distribution) {
        case Method::Distribution::Normal:
            noise = random.normal(deviation);
            break;
        case Method::Distribution::Laplace:
            noise = random.laplace(deviation);
            break;
        case Method::Distribution::Uniform:
            noise = random.evenly(deviation);
            break;
        }
        return written(number.value + noise, number.decimals);
    });
}

} // namespace

bool concernsColumn(Action action, const Method& method, bool dates, bool age) {
    switch (action) {
    case Action::BottomCode:
    case Action::Microaggregate:
    case Action::Swap:
        return true;
    case Action::Noise:
        return !dates; // dates of a person move together, see Key::dateShiftDays
    case Action::TopCode:
        return method.bound.has_value() || (!age && !dates);
    case Action::Generalise:
        return method.coarser.has_value();
    default:
        return false;
    }
}

Treated treat(const Column& column, pseudonym::Random& random) {
    switch (column.action) {
    case Action::Generalise:
        return generalise(column);
    case Action::TopCode:
    case Action::BottomCode:
        return code(column);
    case Action::Microaggregate:
        return microaggregate({&column, 1}).front();
    case Action::Swap:
        return swapRanks(column, random);
    case Action::Noise:
        return addNoise(column, random);
    default: // nothing that this room does: nothing passes
        return {std::vector<std::string>(column.cells.size()),
                static_cast<std::int64_t>(column.cells.size())};
    }
}

std::vector<Treated> microaggregate(std::span<const Column> columns) {
    std::vector<Treated> out;
    std::vector<std::vector<std::optional<Number>>> numbers;
    for (const Column& column : columns) {
        out.push_back({column.cells, 0});
        numbers.push_back(numbersOf(column.cells));
    }
    std::vector<std::size_t> rows; // in which every column holds a number
    for (std::size_t r = 0; r < columns.front().cells.size(); ++r) {
        if (std::ranges::all_of(numbers, [r](const auto& column) { return column[r].has_value(); })) {
            rows.push_back(r);
        }
    }
    std::vector<std::vector<double>> values(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (const std::size_t r : rows) {
            values[c].push_back(numbers[c][r]->value);
        }
    }
    const auto groups = groupRecords(values, static_cast<std::size_t>(columns.front().method.size));
    std::vector<bool> grouped(columns.front().cells.size());
    const std::size_t count = groups.empty() ? 0 : *std::ranges::max_element(groups) + 1;
    for (std::size_t c = 0; c < columns.size() && !groups.empty(); ++c) {
        std::vector<double> sum(count);
        std::vector<std::size_t> members(count);
        int decimals = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            sum[groups[i]] += values[c][i];
            ++members[groups[i]];
            decimals = std::max(decimals, numbers[c][rows[i]]->decimals);
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out[c].cells[rows[i]] =
                written(sum[groups[i]] / static_cast<double>(members[groups[i]]), decimals);
            grouped[rows[i]] = true;
        }
    }
    for (Treated& treated : out) {
        for (std::size_t r = 0; r < grouped.size(); ++r) {
            if (!grouped[r] && !isBlank(treated.cells[r])) {
                treated.cells[r].clear();
                ++treated.removed;
            }
        }
    }
    return out;
}

std::optional<double> usualBound(std::span<const std::string> cells, Action action) {
    std::vector<double> values;
    for (const auto& number : numbersOf(cells)) {
        if (number) {
            values.push_back(number->value);
        }
    }
    if (values.empty()) {
        return std::nullopt;
    }
    const double share = action == Action::BottomCode ? kTail : 1 - kTail;
    const double rank = std::ceil(share * static_cast<double>(values.size())); // nearest rank
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

std::optional<double> usualScale(std::span<const std::string> cells) {
    std::vector<double> values;
    for (const auto& number : numbersOf(cells)) {
        if (number) {
            values.push_back(number->value);
        }
    }
    if (values.size() < 2) {
        return std::nullopt;
    }
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
    return deviation > 0 ? std::optional(deviation * kNoiseShare) : std::nullopt;
}

} // namespace kamei::transform::table
