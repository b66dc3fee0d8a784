#include "core/model/Mute.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.mute";
constexpr std::size_t kMostRanges = 10'000;

} // namespace

void add(Mute& mute, Mute::Range range) {
    std::vector<Mute::Range> apart;
    for (const Mute::Range& one : mute.ranges) {
        if (one.toMs < range.fromMs || one.fromMs > range.toMs) {
            apart.push_back(one);
        } else {
            range = {std::min(one.fromMs, range.fromMs), std::max(one.toMs, range.toMs)};
        }
    }
    apart.push_back(range);
    std::ranges::sort(apart, {}, &Mute::Range::fromMs);
    mute.ranges = std::move(apart);
}

std::string toJson(const Mute& mute) {
    nlohmann::json rows = nlohmann::json::array();
    for (const Mute::Range& range : mute.ranges) {
        rows.push_back({{"fromMs", range.fromMs}, {"toMs", range.toMs}});
    }
    return nlohmann::json{{"mute", std::move(rows)}}.dump();
}

base::Expected<Mute> muteFromJson(std::string_view json) {
    Mute out;
    if (json.empty()) { // nobody has said which
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"mute"});
    }
    try {
        const auto rows = nlohmann::json::parse(json).at("mute");
        if (!rows.is_array() || rows.empty() || rows.size() > kMostRanges) {
            return base::fail(ErrorCode::InvalidArgument, kPlace, {"mute"});
        }
        for (const auto& row : rows) {
            const Mute::Range range{row.at("fromMs").get<std::int64_t>(), row.at("toMs").get<std::int64_t>()};
            if (range.fromMs < 0 || range.toMs <= range.fromMs || range.toMs > Mute::kEndMs) {
                return base::fail(ErrorCode::InvalidArgument, kPlace, {"mute"});
            }
            add(out, range);
        }
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

} // namespace kamei::model
