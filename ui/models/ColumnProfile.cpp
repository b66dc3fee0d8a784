#include "ui/models/ColumnProfile.h"

#include <QDate>
#include <QHash>
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace kamei::ui::models {
namespace {

constexpr int kClasses = 16;

std::optional<QDate> dateOf(const QString& text) {
    for (const auto* form : {"yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "yyyy/M/d", "yyyy-M-d"}) {
        const QDate date = QDate::fromString(text.left(10), QString::fromLatin1(form));
        if (date.isValid() && date.year() > 1850 && date.year() < 2200) {
            return date;
        }
    }
    return std::nullopt;
}

/// `text`: value of a row, counted from 0.
ColumnProfile profileOf(int rows, const std::function<QString(int)>& text) {
    using Kind = ColumnProfile::Kind;
    ColumnProfile profile;
    QHash<QString, qint64> values;
    std::vector<double> numbers;
    std::vector<double> days;
    for (int row = 0; row < rows; ++row) {
        const QString value = text(row).simplified();
        ++profile.rows;
        if (value.isEmpty()) {
            ++profile.empty;
            continue;
        }
        ++values[value];
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        if (const auto date = dateOf(value)) {
            days.push_back(static_cast<double>(date->toJulianDay()));
        } else if (isNumber && std::isfinite(number)) {
            numbers.push_back(number);
        }
    }
    profile.distinct = values.size();
    const auto filled = static_cast<std::size_t>(profile.rows - profile.empty);
    // Mostly numbers or dates; a few "<0.1" or "n.d." among them do not change what the column is.
    const bool dates = filled > 0 && days.size() * 10 >= filled * 9;
    const bool numeric = !dates && filled > 0 && numbers.size() * 10 >= filled * 9;
    if (dates || numeric) {
        const std::vector<double>& all = dates ? days : numbers;
        const auto [low, high] = std::minmax_element(all.begin(), all.end());
        profile.kind = dates ? Kind::Dates : Kind::Numbers;
        const auto word = [dates](double value) {
            return dates ? QDate::fromJulianDay(static_cast<qint64>(value)).toString(Qt::ISODate)
                         : QString::number(value);
        };
        profile.lowest = word(*low);
        profile.highest = word(*high);
        profile.classes.assign(*low == *high ? 1 : kClasses, 0);
        for (const double each : all) {
            const auto place = *low == *high ? 0.0 : (each - *low) / (*high - *low) * kClasses;
            ++profile.classes[static_cast<std::size_t>(
                std::min<double>(place, static_cast<double>(profile.classes.size()) - 1))];
        }
        return profile;
    }
    for (auto entry = values.constBegin(); entry != values.constEnd(); ++entry) {
        profile.frequent.emplace_back(entry.key(), entry.value());
    }
    std::sort(profile.frequent.begin(), profile.frequent.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    profile.frequent.resize(std::min<std::size_t>(profile.frequent.size(), 6));
    return profile;
}

} // namespace

ColumnProfile ColumnProfile::of(const TableData& table, int column) {
    return profileOf(table.rows(), [&](int row) { return table.text(row, column); });
}

ColumnProfile ColumnProfile::of(const std::vector<std::string>& cells) {
    return profileOf(static_cast<int>(cells.size()),
                     [&](int row) { return QString::fromStdString(cells[static_cast<std::size_t>(row)]); });
}

} // namespace kamei::ui::models
