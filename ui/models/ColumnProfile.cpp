#include "ui/models/ColumnProfile.h"

#include <QDate>
#include <QHash>
#include <algorithm>
#include <cmath>
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

} // namespace

ColumnProfile ColumnProfile::of(const TableData& table, int column) {
    ColumnProfile profile;
    QHash<QString, qint64> values;
    std::vector<double> numbers;
    std::vector<double> days;
    for (int row = 0; row < table.rows(); ++row) {
        const QString text = table.text(row, column).simplified();
        ++profile.rows;
        if (text.isEmpty()) {
            ++profile.empty;
            continue;
        }
        ++values[text];
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        if (const auto date = dateOf(text)) {
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
        for (const double value : all) {
            const auto place = *low == *high ? 0.0 : (value - *low) / (*high - *low) * kClasses;
            ++profile.classes[static_cast<std::size_t>(
                std::min<double>(place, static_cast<double>(profile.classes.size()) - 1))];
        }
        return profile;
    }
    for (auto value = values.constBegin(); value != values.constEnd(); ++value) {
        profile.frequent.emplace_back(value.key(), value.value());
    }
    std::sort(profile.frequent.begin(), profile.frequent.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    profile.frequent.resize(std::min<std::size_t>(profile.frequent.size(), 6));
    return profile;
}

} // namespace kamei::ui::models
