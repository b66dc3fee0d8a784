#include "core/decide/Policies.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/Blank.h"
#include "core/base/FileIo.h"

namespace kamei::decide {
namespace {

using namespace std::string_view_literals;
using base::ErrorCode;

constexpr std::string_view kGuideline = "MHLW guideline on pseudonymised medical information";
constexpr std::string_view kGuidelineEdition = "2024";
constexpr std::string_view kProfile = "DICOM PS3.15 Annex E, Basic Application Level Confidentiality Profile";
constexpr std::string_view kProfileEdition = "2024b";
constexpr std::string_view kFullDates = "full-dates";
constexpr std::string_view kModifiedDates = "modified-dates";
constexpr std::uint64_t kLongestPolicy = 1U << 20U;

// Sections of PS3.15 2024b, Annex E.3.
constexpr std::array kOptions{
    OptionInfo{"clean-pixel-data", "PS3.15 2024b E.3.1", "113101"},
    OptionInfo{"clean-visual-features", "PS3.15 2024b E.3.2", "113102"},
    OptionInfo{"clean-graphics", "PS3.15 2024b E.3.3", "113103"},
    OptionInfo{"clean-structured-content", "PS3.15 2024b E.3.4", "113104"},
    OptionInfo{"clean-descriptors", "PS3.15 2024b E.3.5", "113105"},
    OptionInfo{"full-dates", "PS3.15 2024b E.3.6", "113106"},
    OptionInfo{"modified-dates", "PS3.15 2024b E.3.6", "113107"},
    OptionInfo{"patient-characteristics", "PS3.15 2024b E.3.7", "113108"},
    OptionInfo{"device-identity", "PS3.15 2024b E.3.8", "113109"},
    OptionInfo{"uids", "PS3.15 2024b E.3.9", "113110"},
    OptionInfo{"safe-private", "PS3.15 2024b E.3.10", "113111"},
    OptionInfo{"institution-identity", "PS3.15 2024b E.3.11", "113112"},
};

const std::array<PolicyInfo, 3>& table() {
    static const std::vector<std::string_view> kDefault{
        "clean-pixel-data",         "clean-visual-features", "clean-graphics",
        "clean-structured-content", "clean-descriptors",     "modified-dates",
        "patient-characteristics",  "device-identity",       "safe-private"};
    static const std::array<PolicyInfo, 3> kTable{{
        {"guideline-2024", kGuideline, kGuidelineEdition, kDefault},
        {"guideline-2024-required", kGuideline, kGuidelineEdition, kDefault},
        {"dicom-basic", kProfile, kProfileEdition, {}},
    }};
    return kTable;
}

const PolicyInfo* findPolicy(std::string_view name) {
    const auto found = std::ranges::find(table(), name, &PolicyInfo::name);
    return found == table().end() ? nullptr : &*found;
}

bool isOption(std::string_view name) {
    return std::ranges::find(kOptions, name, &OptionInfo::name) != kOptions.end();
}

tl::unexpected<base::Error> refuse(std::string_view word) {
    // What was typed goes back to who typed it; a file's content never stands here.
    return base::fail(ErrorCode::InvalidArgument, "decide.policy", {std::string(word)});
}

std::set<std::string, std::less<>> defaultsOf(const PolicyInfo& info) {
    return {info.options.begin(), info.options.end()};
}

/// Asking for one way of treating dates takes the other one back.
void putOption(std::set<std::string, std::less<>>& options, std::string_view name) {
    if (name == kFullDates) {
        options.erase(std::string(kModifiedDates));
    } else if (name == kModifiedDates) {
        options.erase(std::string(kFullDates));
    }
    options.emplace(name);
}

/// A word with its sign and what follows it: names hold '-' too, so the longest option that fits is taken.
std::string_view takeWord(std::string_view rest) {
    std::string_view best;
    for (const OptionInfo& option : kOptions) {
        const bool fits = rest.starts_with(option.name) &&
                          (rest.size() == option.name.size() || rest[option.name.size()] == '+' ||
                           rest[option.name.size()] == '-');
        if (fits && option.name.size() > best.size()) {
            best = option.name;
        }
    }
    return best;
}

const PolicyInfo* takeName(std::string_view text) {
    const PolicyInfo* best = nullptr;
    for (const PolicyInfo& info : table()) {
        const bool fits =
            text.starts_with(info.name) && (text.size() == info.name.size() ||
                                            text[info.name.size()] == '+' || text[info.name.size()] == '-');
        if (fits && (best == nullptr || info.name.size() > best->name.size())) {
            best = &info;
        }
    }
    return best;
}

base::Expected<model::Policy> namedPolicyFrom(const nlohmann::json& in) {
    model::Policy out;
    out.name = in.at("name").get<std::string>();
    const PolicyInfo* info = findPolicy(out.name);
    if (info == nullptr) {
        return refuse(out.name);
    }
    out.options = defaultsOf(*info);
    if (in.contains("options")) {
        out.options.clear();
        for (const auto& option : in.at("options")) {
            const auto name = option.get<std::string>();
            if (!isOption(name)) {
                return refuse(name);
            }
            out.options.insert(name);
        }
    }
    if (out.has(kFullDates) && out.has(kModifiedDates)) {
        return refuse(kFullDates);
    }
    const auto overrides = in.value("overrides", nlohmann::json::object());
    for (const auto& [rule, value] : overrides.items()) {
        const auto word = value.at("action").get<std::string>();
        const auto action = model::actionFromWord(word);
        if (!action) {
            return refuse(word);
        }
        const auto reason = value.value("reason", std::string{});
        if (*action == model::Action::Keep && base::isBlank(reason)) {
            return base::fail(ErrorCode::ReasonRequired, "decide.policy", {rule});
        }
        out.overrides.emplace(rule, model::Policy::Override{*action, reason});
    }
    return out;
}

/// A hexadecimal number of exactly `digits` digits.
base::Expected<std::uint16_t> hexOf(const std::string& text, std::size_t digits) {
    std::uint16_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    if (text.size() != digits || error != std::errc{} || end != text.data() + text.size()) {
        return base::fail(ErrorCode::Malformed, "decide.policy");
    }
    return out;
}

std::string hexText(unsigned value, int digits) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out(static_cast<std::size_t>(digits), '0');
    for (auto at = out.rbegin(); at != out.rend(); ++at, value >>= 4U) {
        *at = kDigits[value & 0xFU];
    }
    return out;
}

base::Expected<model::PrivateRule> privateRuleFrom(const nlohmann::json& in) {
    model::PrivateRule out;
    out.creator = in.at("creator").get<std::string>();
    const auto group = hexOf(in.at("group").get<std::string>(), 4);
    const auto element = hexOf(in.at("element").get<std::string>(), 2);
    if (!group || !element) {
        return base::fail(ErrorCode::Malformed, "decide.policy");
    }
    out.group = *group;
    out.element = static_cast<std::uint8_t>(*element);
    out.device = {in.value("manufacturer", ""), in.value("model", ""), in.value("software", "")};
    const auto action = in.at("action").get<std::string>();
    if (action != "keep" && action != "delete") {
        return refuse(action);
    }
    out.keep = action == "keep";
    out.reason = in.value("reason", "");
    if (auto checked = check(out); !checked) {
        return tl::unexpected(checked.error());
    }
    return out;
}

base::Expected<model::Policy> policyFrom(const nlohmann::json& in) {
    auto out = namedPolicyFrom(in);
    if (!out) {
        return out;
    }
    out->signatures = in.value("signatures", false);
    for (const auto& word : in.value("second-person", nlohmann::json::array())) {
        const auto kind = model::assetKindFromWord(word.get<std::string>());
        if (!kind || *kind == model::AssetKind::Unreadable) {
            return base::fail(ErrorCode::InvalidArgument, "decide.policy", {"second-person"});
        }
        out->secondPerson.insert(*kind);
    }
    if (!in.contains("private")) {
        return out;
    }
    for (const auto& row : in.at("private")) {
        auto rule = privateRuleFrom(row);
        if (!rule) {
            return tl::unexpected(rule.error());
        }
        out->privateRules.push_back(std::move(*rule));
    }
    return out;
}

nlohmann::json toJsonRow(const model::PrivateRule& rule) {
    return {{"creator", rule.creator},
            {"group", hexText(rule.group, 4)},
            {"element", hexText(rule.element, 2)},
            {"manufacturer", rule.device.manufacturer},
            {"model", rule.device.model},
            {"software", rule.device.softwareVersion},
            {"action", rule.keep ? "keep" : "delete"},
            {"reason", rule.reason}};
}

} // namespace

base::Expected<void> check(const model::PrivateRule& rule) {
    if (base::isBlank(rule.creator) || (rule.group & 1U) == 0 || rule.group <= 7) {
        return base::fail(ErrorCode::InvalidArgument, "decide.policy", {"private"});
    }
    if (rule.keep && base::isBlank(rule.reason)) {
        return base::fail(ErrorCode::ReasonRequired, "decide.policy", {"private"});
    }
    return {};
}

std::string elementText(std::uint16_t group, std::uint8_t element) {
    return '(' + hexText(group, 4) + ",xx" + hexText(element, 2) + ')';
}

void putPrivateRule(model::Policy& policy, const model::PrivateRule& rule) {
    removePrivateRule(policy, rule);
    policy.privateRules.push_back(rule);
}

void removePrivateRule(model::Policy& policy, const model::PrivateRule& rule) {
    std::erase_if(policy.privateRules, [&](const model::PrivateRule& other) {
        return other.creator == rule.creator && other.group == rule.group && other.element == rule.element &&
               other.device == rule.device;
    });
}

std::span<const PolicyInfo> policies() {
    return table();
}
std::span<const OptionInfo> options() {
    return kOptions;
}

base::Expected<model::Policy> policyFromText(std::string_view text) {
    const PolicyInfo* info = takeName(text);
    if (info == nullptr) {
        return refuse(text);
    }
    model::Policy out{std::string(info->name), defaultsOf(*info), {}, {}};
    std::string_view rest = text.substr(info->name.size());
    while (!rest.empty()) {
        const char sign = rest.front();
        const std::string_view option = takeWord(rest.substr(1));
        if (option.empty()) {
            return refuse(rest);
        }
        if (sign == '+') {
            putOption(out.options, option);
        } else {
            out.options.erase(std::string(option));
        }
        rest.remove_prefix(1 + option.size());
    }
    return out;
}

std::string toText(const model::Policy& policy) {
    std::string out = policy.name;
    const PolicyInfo* info = findPolicy(policy.name);
    const auto defaults = info == nullptr ? std::set<std::string, std::less<>>{} : defaultsOf(*info);
    for (const OptionInfo& option : kOptions) {
        const bool wanted = policy.has(option.name);
        if (wanted != defaults.contains(option.name)) {
            out += (wanted ? '+' : '-') + std::string(option.name);
        }
    }
    return out;
}

base::Expected<model::Policy> policyFromJson(std::string_view json) {
    try {
        return policyFrom(nlohmann::json::parse(json));
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, "decide.policy");
    }
}

std::string toJson(const model::Policy& policy) {
    nlohmann::json out{{"name", policy.name}, {"options", policy.options}};
    auto& overrides = out["overrides"] = nlohmann::json::object();
    for (const auto& [rule, value] : policy.overrides) {
        overrides[rule] = {{"action", model::word(value.action)}, {"reason", value.reason}};
    }
    // Left out while it is empty: digests of workspaces that have none stay what they were.
    for (const model::PrivateRule& rule : policy.privateRules) {
        out["private"].push_back(toJsonRow(rule));
    }
    if (policy.signatures) {
        out["signatures"] = true;
    }
    for (const model::AssetKind kind : policy.secondPerson) {
        out["second-person"].push_back(model::word(kind));
    }
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::Expected<model::Policy> policyFromArgument(const std::string& argument) {
    auto policy = policyFromText(argument);
    std::error_code error;
    if (policy || !std::filesystem::exists(argument, error)) {
        return policy;
    }
    auto content = base::readFile(argument, kLongestPolicy);
    if (!content) {
        return tl::unexpected(content.error());
    }
    return policyFromJson(*content);
}

} // namespace kamei::decide
