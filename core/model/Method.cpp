#include "core/model/Method.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.method";
constexpr std::array<std::string_view, 4> kCoarser{"multiple", "band", "month", "year"};
constexpr std::array<std::string_view, 3> kDistributions{"normal", "laplace", "uniform"};
constexpr std::int64_t kMostRows = 1'000'000;
constexpr std::int32_t kLargestGroup = 1'000;

/// The field that is out of range; empty when all is well.
std::string_view outOfRange(const Method& method) {
    const bool numeric =
        method.coarser == Method::Coarser::Multiple || method.coarser == Method::Coarser::Band;
    if (!std::isfinite(method.width) || method.width < 0 || (numeric && method.width <= 0)) {
        return "width";
    }
    if (method.bound && !std::isfinite(*method.bound)) {
        return "bound";
    }
    if (method.size < 2 || method.size > kLargestGroup) {
        return "size";
    }
    if (!(method.window > 0 && method.window <= 100)) {
        return "window";
    }
    if (method.scale && !(std::isfinite(*method.scale) && *method.scale > 0)) {
        return "scale";
    }
    if (method.rows < 0 || method.rows > kMostRows) {
        return "rows";
    }
    return {};
}

template <typename Value, std::size_t N>
base::Expected<Value> wordOf(const nlohmann::json& json, const std::array<std::string_view, N>& words) {
    const auto found = std::ranges::find(words, json.get<std::string>());
    if (found == words.end()) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return static_cast<Value>(found - words.begin());
}

} // namespace

std::string toJson(const Method& method) {
    const Method usual;
    nlohmann::ordered_json out;
    if (method.coarser) {
        out["to"] = kCoarser.at(static_cast<std::size_t>(*method.coarser));
    }
    if (method.width != usual.width) {
        out["width"] = method.width;
    }
    if (method.bound) {
        out["bound"] = *method.bound;
    }
    if (method.size != usual.size) {
        out["size"] = method.size;
    }
    if (!method.with.empty()) {
        out["with"] = method.with;
    }
    if (method.window != usual.window) {
        out["window"] = method.window;
    }
    if (method.distribution != usual.distribution) {
        out["distribution"] = kDistributions.at(static_cast<std::size_t>(method.distribution));
    }
    if (method.scale) {
        out["scale"] = *method.scale;
    }
    if (method.rows != usual.rows) {
        out["rows"] = method.rows;
    }
    if (method.record) {
        out["record"] = true;
    }
    return out.is_null() ? std::string() : out.dump();
}

base::Expected<Method> methodFromJson(std::string_view json) {
    Method out;
    if (json.empty()) {
        return out;
    }
    try {
        const auto in = nlohmann::json::parse(json);
        if (in.contains("to")) {
            const auto coarser = wordOf<Method::Coarser>(in.at("to"), kCoarser);
            if (!coarser) {
                return tl::unexpected(coarser.error());
            }
            out.coarser = *coarser;
        }
        if (in.contains("distribution")) {
            const auto distribution = wordOf<Method::Distribution>(in.at("distribution"), kDistributions);
            if (!distribution) {
                return tl::unexpected(distribution.error());
            }
            out.distribution = *distribution;
        }
        const auto number = [&](const char* key) {
            return in.contains(key) ? std::optional(in.at(key).get<double>()) : std::nullopt;
        };
        out.width = number("width").value_or(out.width);
        out.bound = number("bound");
        out.size = in.value("size", out.size);
        out.with = in.value("with", std::string());
        out.window = number("window").value_or(out.window);
        out.scale = number("scale");
        out.rows = in.value("rows", out.rows);
        out.record = in.value("record", false);
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (const auto field = outOfRange(out); !field.empty()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {std::string(field)});
    }
    return out;
}

bool hasMethod(Action action) {
    switch (action) {
    case Action::Generalise:
    case Action::TopCode:
    case Action::BottomCode:
    case Action::Microaggregate:
    case Action::Swap:
    case Action::Noise:
        return true;
    default:
        return false;
    }
}

} // namespace kamei::model
