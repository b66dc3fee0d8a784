#include "core/transform/text/Plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/transform/text/Placeholder.h"

namespace kamei::transform::text {
namespace {

using base::ErrorCode;
using intake::text::Segment;
using intake::text::TextSource;
using model::Action;
using Kind = model::Locator::Kind;

constexpr std::string_view kPlace = "transform.text.compile";

/// How much an action takes away; 0: text cannot undergo it.
int strictness(Action action) {
    switch (action) {
    case Action::Delete:
        return 6;
    case Action::Clean:
        return 5;
    case Action::Replace:
        return 4;
    case Action::Generalise:
        return 3;
    case Action::TopCode:
    case Action::BottomCode:
    case Action::Microaggregate:
    case Action::Swap:
        return 2;
    case Action::Shift:
    case Action::Noise:
        return 1;
    default:
        return 0;
    }
}

base::Expected<std::vector<Step::Cleaned>> cleanedOf(const std::string& detail) {
    std::vector<Step::Cleaned> out;
    const auto json = nlohmann::json::parse(detail, nullptr, false);
    if (detail.empty() || !json.is_object() || !json.contains("clean")) {
        return out;
    }
    try {
        for (const auto& value : json.at("clean")) {
            Step::Cleaned entry;
            entry.value = value.at("value").get<std::string>();
            for (const auto& span : value.at("spans")) {
                Step step;
                step.label = labelOf(span.at("label").get<std::string>());
                step.start = span.at("start").get<std::int64_t>();
                step.end = span.at("end").get<std::int64_t>();
                entry.spans.push_back(std::move(step));
            }
            out.push_back(std::move(entry));
        }
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

bool isStricter(const Step& a, const Step& b) {
    const int left = strictness(a.action);
    const int right = strictness(b.action);
    return left != right ? left > right : a.end - a.start > b.end - b.start;
}

/// Steps of one cell of a column.
void addCell(const Step& step, const Segment& cell, const TextSource& source, std::vector<Step>& out) {
    Step whole = step;
    whole.column = -1;
    whole.start = cell.start;
    whole.end = cell.end;
    whole.cleaned.clear();
    if (!step.cleans) {
        out.push_back(std::move(whole));
        return;
    }
    const std::string content = source.content(cell);
    const auto listed = std::find_if(step.cleaned.begin(), step.cleaned.end(),
                                     [&](const Step::Cleaned& entry) { return entry.value == content; });
    if (listed == step.cleaned.end()) {
        whole.action = Action::Delete;
        out.push_back(std::move(whole));
        return;
    }
    for (Step span : listed->spans) {
        span.start = source.toDocument(cell, span.start);
        span.end = source.toDocument(cell, span.end);
        out.push_back(std::move(span));
    }
}

} // namespace

base::Expected<std::vector<Step>> stepsOf(std::span<const model::Finding> findings) {
    std::vector<Step> out;
    for (const model::Finding& finding : findings) {
        const Action action = finding.effective();
        const Kind kind = finding.locator.kind;
        // The output never carries the source's name, and text has no metadata of its own.
        if (action == Action::Keep || kind == Kind::FileName || kind == Kind::Metadata ||
            kind == Kind::Asset) {
            continue;
        }
        if (kind != Kind::Text && kind != Kind::Cell && kind != Kind::Column) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
        const bool overColumns =
            action == Action::BottomCode || action == Action::Microaggregate || action == Action::Swap;
        if (strictness(action) == 0 || (overColumns && kind != Kind::Column)) {
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(model::word(action))});
        }
        auto method = model::methodFromJson(finding.method);
        if (!method) {
            return tl::unexpected(method.error());
        }
        Step step;
        step.action = action;
        step.method = std::move(*method);
        step.label = labelOf(finding.label);
        step.start = finding.locator.start;
        step.end = finding.locator.end;
        step.column = kind == Kind::Column ? finding.locator.column : -1;
        step.cleans = kind == Kind::Column && action == Action::Clean;
        if (step.cleans) {
            auto cleaned = cleanedOf(finding.detail);
            if (!cleaned) {
                return tl::unexpected(cleaned.error());
            }
            step.cleaned = std::move(*cleaned);
        } else if (action == Action::Clean) {
            step.action = Action::Delete; // a range of identifiers, cleaned, is the range deleted
        }
        if (step.column < 0 && (step.start < 0 || step.end <= step.start)) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
        out.push_back(std::move(step));
    }
    return out;
}

std::int64_t syntheticRowsOf(std::span<const model::Finding> findings) {
    std::int64_t out = 0;
    for (const model::Finding& finding : findings) {
        const auto method = model::methodFromJson(finding.method);
        if (finding.effective() == Action::Synthesise && finding.locator.kind == Kind::Asset && method) {
            out += method->rows;
        }
    }
    return out;
}

std::vector<Step> rangesOf(const std::vector<Step>& steps, const TextSource& source) {
    std::vector<Step> all;
    for (const Step& step : steps) {
        if (step.column < 0) {
            all.push_back(step);
            continue;
        }
        for (const Segment& cell : source.segments()) {
            const bool header = source.hasHeader() && cell.row == 0;
            if (cell.column == step.column && !header && cell.end > cell.start) {
                addCell(step, cell, source, all);
            }
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Step& a, const Step& b) { return a.start < b.start; });
    std::vector<Step> out;
    for (Step& step : all) {
        if (out.empty() || step.start >= out.back().end) {
            out.push_back(std::move(step));
            continue;
        }
        Step& last = out.back();
        const std::int64_t start = last.start;
        const std::int64_t end = std::max(last.end, step.end);
        if (isStricter(step, last)) {
            last = std::move(step);
        }
        last.start = start;
        last.end = end;
    }
    return out;
}

std::string description(const std::vector<Step>& steps) {
    std::string out;
    for (const Step& step : steps) {
        out += std::string(model::word(step.action)) + '\t' + step.label + '\t' + std::to_string(step.start) +
               '\t' + std::to_string(step.end) + '\t' + std::to_string(step.column) + '\t' +
               (step.cleans ? "c" : "") + '\t' + model::toJson(step.method) + '\n';
        for (const Step::Cleaned& entry : step.cleaned) {
            out += std::to_string(entry.value.size()) + ':' + entry.value + '\n' + description(entry.spans);
        }
    }
    return out;
}

} // namespace kamei::transform::text
