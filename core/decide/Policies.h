#pragma once

#include <cstdint>
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

/// Options of PS3.15 Annex E.1.1 that a policy may carry, in the order in which a policy's text names them.
struct OptionInfo {
    std::string_view name;
    std::string_view source; ///< "PS3.15 2024b E.3.1"
    std::string_view code;   ///< in DCM, PS3.16 2024b CID 7050: "113101"
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
/// (ReasonRequired, args: the rule). The site's list of private elements stands beside them:
/// "private":[{"creator":"SIEMENS MR HEADER","group":"0019","element":"0C","manufacturer":"","model":"",
/// "software":"","action":"keep","reason":"..."}]; empty or missing device fields: any.
/// Who has to confirm: "signatures":true when only what is signed with a key counts, and
/// "second-person":["dicom-series",...] for kinds that two people have to confirm.
/// Errors: Malformed, InvalidArgument (args: the unknown word).
[[nodiscard]] base::Expected<model::Policy> policyFromJson(std::string_view json);
[[nodiscard]] std::string toJson(const model::Policy& policy);

/// Whether a row of the site's list may stand: InvalidArgument ("private") without creator or odd group,
/// ReasonRequired ("private") when it keeps without saying why.
[[nodiscard]] base::Expected<void> check(const model::PrivateRule& rule);
/// "(0019,xx0C)": a private element wherever its block lies.
[[nodiscard]] std::string elementText(std::uint16_t group, std::uint8_t element);
/// Adds a row in place of the one for the same element and device; takes that one away.
void putPrivateRule(model::Policy& policy, const model::PrivateRule& rule);
void removePrivateRule(model::Policy& policy, const model::PrivateRule& rule);

/// What stands after --policy: a name with options, else the path of a JSON file (at most 1 MiB).
[[nodiscard]] base::Expected<model::Policy> policyFromArgument(const std::string& argument);

} // namespace kamei::decide
