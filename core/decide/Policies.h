#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Policy.h"

namespace kamei::decide {

/// A policy that comes with the product, for `kamei-cli policies`.
struct PolicyInfo {
    std::string_view name;
    std::string_view source;               ///< document that it follows
    std::string_view edition;              ///< edition of that document
    std::vector<std::string_view> options; ///< in force unless taken away with -option
};

/// Options of PS3.15 Annex E.1.1 that a policy may carry, in the order of the command line's contract.
struct OptionInfo {
    std::string_view name;
    std::string_view source; ///< "PS3.15 2024b E.3.1"
};

[[nodiscard]] std::span<const PolicyInfo> policies();
[[nodiscard]] std::span<const OptionInfo> options();

/// Reads `NAME[+option][-option]...`. Later words win. Errors: InvalidArgument (args: the unknown word),
/// also when full-dates and modified-dates would both be in force (PS3.15 E.3.6: they exclude each other).
[[nodiscard]] base::Expected<model::Policy> policyFromText(std::string_view text);
/// The shortest text that policyFromText reads back to the same name and options; overrides are not in it.
[[nodiscard]] std::string toText(const model::Policy& policy);

/// JSON: {"name":"guideline-2024","options":["clean-pixel-data",...],"overrides":{"RULE":{"action":"keep",
/// "reason":"..."}}}; "options" missing: those of the name. An override to keep needs a reason
/// (ReasonRequired, args: the rule). Errors: Malformed, InvalidArgument (args: the unknown word).
[[nodiscard]] base::Expected<model::Policy> policyFromJson(std::string_view json);
[[nodiscard]] std::string toJson(const model::Policy& policy);

/// What stands after --policy: a name with options, else the path of a JSON file (at most 1 MiB).
[[nodiscard]] base::Expected<model::Policy> policyFromArgument(const std::string& argument);

} // namespace kamei::decide
