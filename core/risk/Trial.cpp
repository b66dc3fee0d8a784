#include "core/risk/Trial.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <unordered_map>

namespace kamei::risk {
namespace {

using Method = Trial::Method;

constexpr std::array<std::string_view, 10> kWords{
    "delete-field", "delete-cells",   "delete-records", "generalise", "top-code",
    "bottom-code",  "microaggregate", "swap",           "noise",      "synthesise"};

std::optional<double> numberOf(std::string_view text) {
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(out) ? std::optional(out)
                                                                                          : std::nullopt;
}

std::string written(double value) {
    std::array<char, 40> text{};
    const double rounded = std::round(value * 100) / 100;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), rounded + 0.0);
    return {text.data(), end};
}

bool isNumeric(std::string_view field) {
    return field == "age" || field == "height" || field == "weight";
}

/// One step coarser; nothing when the field has no coarser form.
std::optional<std::string> coarser(std::string_view field, const std::string& value, double width) {
    if (isNumeric(field)) {
        const auto number = numberOf(value);
        if (!number || width <= 0) {
            return width > 0 ? std::optional(value) : std::nullopt;
        }
        const double low = std::floor(*number / width) * width;
        return written(low) + "-" + written(low + width - 1);
    }
    if (field == "birth-date" || field == "birth-month" || field == "examination-date") {
        const std::size_t dash = value.rfind('-');
        return dash == std::string::npos ? value : value.substr(0, dash);
    }
    if (field == "municipality") {
        constexpr std::size_t kCharacter = 3;
        for (const std::string_view end : {"都", "道", "府", "県"}) {
            const std::size_t at = value.find(end);
            if (at != std::string::npos && at >= 2 * kCharacter && at <= 3 * kCharacter) {
                return value.substr(0, at + kCharacter);
            }
        }
        return value;
    }
    if (field == "postal-code") {
        return value.substr(0, 3);
    }
    return std::nullopt;
}

/// A field of everybody, changed in place.
class Column {
public:
    Column(std::vector<SubjectTraits>& subjects, std::string field) : m_field(std::move(field)) {
        for (SubjectTraits& subject : subjects) {
            for (Trait& trait : subject.traits) {
                if (trait.field == m_field && !trait.value.empty()) {
                    m_traits.push_back(&trait);
                    m_before.push_back(trait.value);
                }
            }
        }
    }
    [[nodiscard]] bool empty() const { return m_traits.empty(); }

    bool apply(const Trial& trial, std::mt19937& random) {
        switch (trial.method) {
        case Method::DeleteField:
            std::ranges::for_each(m_traits, [](Trait* trait) { trait->value.clear(); });
            return true;
        case Method::Generalise:
            for (Trait* trait : m_traits) {
                auto value = coarser(m_field, trait->value, trial.amount);
                if (!value) {
                    return false;
                }
                trait->value = std::move(*value);
            }
            return true;
        case Method::Swap:
            return swap(trial.amount, random);
        case Method::TopCode:
        case Method::BottomCode:
        case Method::Microaggregate:
        case Method::Noise:
            return numeric(trial, random);
        default:
            return false;
        }
    }

    [[nodiscard]] FieldLoss loss() const {
        FieldLoss out{m_field, static_cast<std::int64_t>(m_traits.size()), 0, 0, 0, 0};
        std::map<std::string, std::int64_t> before;
        std::map<std::string, std::int64_t> after;
        std::map<std::pair<std::string, std::string>, std::int64_t> both;
        for (std::size_t i = 0; i < m_traits.size(); ++i) {
            ++before[m_before[i]];
            ++both[{m_before[i], m_traits[i]->value}];
            if (!m_traits[i]->value.empty()) {
                ++after[m_traits[i]->value];
            }
            out.changed += m_traits[i]->value != m_before[i] ? 1 : 0;
        }
        out.distinctBefore = static_cast<std::int64_t>(before.size());
        out.distinctAfter = static_cast<std::int64_t>(after.size());
        // What the value after processing no longer tells of the one before: H(before | after) / H(before).
        after[""] += static_cast<std::int64_t>(m_traits.size()) -
                     std::accumulate(after.begin(), after.end(), std::int64_t{0},
                                     [](std::int64_t sum, const auto& row) { return sum + row.second; });
        const auto total = static_cast<double>(m_traits.size());
        double whole = 0;
        for (const auto& [value, count] : before) {
            whole -= static_cast<double>(count) / total * std::log(static_cast<double>(count) / total);
        }
        double left = 0;
        for (const auto& [pair, count] : both) {
            left -= static_cast<double>(count) / total *
                    std::log(static_cast<double>(count) / static_cast<double>(after.at(pair.second)));
        }
        out.lost = whole > 0 ? std::clamp(left / whole, 0.0, 1.0) : 0;
        return out;
    }

private:
    bool swap(double share, std::mt19937& random) {
        if (share <= 0 || share > 1) {
            return false;
        }
        std::vector<std::size_t> chosen(m_traits.size());
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
        std::ranges::shuffle(chosen, random);
        chosen.resize(static_cast<std::size_t>(std::ceil(share * static_cast<double>(chosen.size()))));
        for (std::size_t i = 1; i < chosen.size(); ++i) {
            std::swap(m_traits[chosen[i - 1]]->value, m_traits[chosen[i]]->value);
        }
        return true;
    }

    bool numeric(const Trial& trial, std::mt19937& random) {
        std::vector<double> values;
        for (const Trait* trait : m_traits) {
            const auto number = numberOf(trait->value);
            if (!number) {
                return false;
            }
            values.push_back(*number);
        }
        if (trial.method == Method::TopCode || trial.method == Method::BottomCode) {
            const bool top = trial.method == Method::TopCode;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (top ? values[i] >= trial.amount : values[i] <= trial.amount) {
                    m_traits[i]->value = (top ? ">=" : "<=") + written(trial.amount);
                }
            }
            return true;
        }
        if (trial.method == Method::Noise) {
            if (trial.amount <= 0) {
                return false;
            }
            std::normal_distribution<double> noise(0, trial.amount);
            for (std::size_t i = 0; i < values.size(); ++i) {
                m_traits[i]->value = written(std::round(values[i] + noise(random)));
            }
            return true;
        }
        // Fixed-size groups of neighbours, the last one longer (univariate micro-aggregation).
        const auto size = static_cast<std::size_t>(std::max(0.0, trial.amount));
        if (size < 2 || values.size() < size) {
            return false;
        }
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
        for (std::size_t first = 0; first < order.size();) {
            const std::size_t end = order.size() - first < 2 * size ? order.size() : first + size;
            double sum = 0;
            for (std::size_t i = first; i < end; ++i) {
                sum += values[order[i]];
            }
            for (std::size_t i = first; i < end; ++i) {
                m_traits[order[i]]->value = written(sum / static_cast<double>(end - first));
            }
            first = end;
        }
        return true;
    }

    std::string m_field;
    std::vector<Trait*> m_traits;
    std::vector<std::string> m_before;
};

/// Whom the present values single out, and by which fields.
base::Expected<std::map<base::SubjectId, std::set<std::string>>>
alone(std::span<const SubjectTraits> subjects) {
    const auto analysis = analyse(subjects, {});
    if (!analysis) {
        return tl::unexpected(analysis.error());
    }
    std::map<base::SubjectId, std::set<std::string>> out;
    for (const SingledOut& person : analysis->singledOut) {
        auto& fields = out[person.subject];
        for (const auto& combination : person.combinations) {
            for (const FieldValue& value : combination) {
                fields.insert(value.field);
            }
        }
    }
    return out;
}

void synthesise(std::vector<SubjectTraits>& subjects, std::size_t rows, std::mt19937& random) {
    std::map<std::string, std::vector<const Trait*>> values;
    for (const SubjectTraits& subject : subjects) {
        for (const Trait& trait : subject.traits) {
            if (!trait.value.empty()) {
                values[trait.field].push_back(&trait);
            }
        }
    }
    std::vector<SubjectTraits> made;
    for (std::size_t row = 0; row < rows; ++row) {
        SubjectTraits subject;
        subject.subject = base::SubjectId{-static_cast<std::int64_t>(row) - 1};
        for (const auto& [field, traits] : values) {
            const Trait& drawn = *traits[random() % traits.size()];
            subject.traits.push_back({field, drawn.value, {}, drawn.structured});
        }
        made.push_back(std::move(subject));
    }
    std::ranges::move(made, std::back_inserter(subjects));
}

} // namespace

std::string_view word(Method method) {
    return kWords.at(static_cast<std::size_t>(method));
}

base::Expected<Trial> trialFromText(std::string_view text) {
    Trial out;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
        out.field = std::string(text.substr(0, equals));
        text.remove_prefix(equals + 1);
    }
    const std::size_t colon = text.find(':');
    const auto method = std::ranges::find(kWords, text.substr(0, colon));
    std::optional<double> amount = 0.0;
    if (colon != std::string_view::npos) {
        amount = numberOf(text.substr(colon + 1));
    }
    if (method == kWords.end() || !amount) {
        return base::fail(base::ErrorCode::InvalidArgument, "risk.trial");
    }
    out.method = static_cast<Method>(method - kWords.begin());
    out.amount = *amount;
    return out;
}

base::Expected<Tried> tried(std::span<const SubjectTraits> subjects, std::span<const Trial> trials,
                            std::uint32_t seed) {
    const auto refused = [] { return base::fail(base::ErrorCode::InvalidArgument, "risk.trial"); };
    Tried out{{subjects.begin(), subjects.end()}, {}, 0, 0};
    std::mt19937 random(seed);
    for (const Trial& trial : trials) {
        if (trial.method == Method::Synthesise) {
            if (trial.amount < 1 || trial.amount > 1'000'000) {
                return refused();
            }
            synthesise(out.subjects, static_cast<std::size_t>(trial.amount), random);
            out.recordsAdded += static_cast<std::int64_t>(trial.amount);
            continue;
        }
        if (trial.method == Method::DeleteRecords || trial.method == Method::DeleteCells) {
            const auto single = alone(out.subjects);
            if (!single) {
                return tl::unexpected(single.error());
            }
            if (trial.method == Method::DeleteRecords) {
                const auto before = out.subjects.size();
                std::erase_if(out.subjects,
                              [&](const SubjectTraits& one) { return single->contains(one.subject); });
                out.recordsDeleted += static_cast<std::int64_t>(before - out.subjects.size());
                continue;
            }
            FieldLoss loss{trial.field, 0, 0, 0, 0, 0};
            std::set<std::string> before;
            std::set<std::string> after;
            for (SubjectTraits& subject : out.subjects) {
                const auto person = single->find(subject.subject);
                for (Trait& trait : subject.traits) {
                    if (trait.field != trial.field || trait.value.empty()) {
                        continue;
                    }
                    ++loss.filled;
                    before.insert(trait.value);
                    if (person != single->end() &&
                        (person->second.empty() || person->second.contains(trial.field))) {
                        trait.value.clear();
                        ++loss.changed;
                    } else {
                        after.insert(trait.value);
                    }
                }
            }
            if (loss.filled == 0) {
                return refused();
            }
            loss.distinctBefore = static_cast<std::int64_t>(before.size());
            loss.distinctAfter = static_cast<std::int64_t>(after.size());
            loss.lost = static_cast<double>(loss.changed) / static_cast<double>(loss.filled);
            out.losses.push_back(std::move(loss));
            continue;
        }
        Column column(out.subjects, trial.field);
        if (column.empty() || !column.apply(trial, random)) {
            return refused();
        }
        out.losses.push_back(column.loss());
    }
    return out;
}

} // namespace kamei::risk
