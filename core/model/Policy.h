#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// What made an object, as its header states it (PS3.3 C.7.5.1): (0008,0070), (0008,1090), (0018,1020).
/// Several software versions are joined by a backslash. In a rule an empty field stands for any.
struct Device {
    std::string manufacturer;
    std::string model;
    std::string softwareVersion;
    /// Whether a device of this rule is the one given.
    [[nodiscard]] bool covers(const Device& device) const {
        return (manufacturer.empty() || manufacturer == device.manufacturer) &&
               (model.empty() || model == device.model) &&
               (softwareVersion.empty() || softwareVersion == device.softwareVersion);
    }
    friend auto operator<=>(const Device&, const Device&) = default;
};

/// One row of the site's list of private elements (PS3.15 2024b E.3.10: which private attributes are safe
/// may be known from elsewhere than Table E.3.10-1; Guideline 5.4.2: kept or removed after judgement).
struct PrivateRule {
    std::string creator;      ///< owner of the block, (gggg,00bb)
    std::uint16_t group = 0;  ///< odd
    std::uint8_t element = 0; ///< low byte: the block may lie anywhere (PS3.5 7.8.1)
    Device device;            ///< for which it was judged
    bool keep = false;        ///< else it is deleted, also where Table E.3.10-1 would keep it
    std::string reason;       ///< never empty where it is kept
    friend bool operator==(const PrivateRule&, const PrivateRule&) = default;
};

/// Which rules make suggestions and how. Names and options stand in policy files and on the command line:
/// they never change.
struct Policy {
    std::string name = "guideline-2024"; ///< guideline-2024, guideline-2024-required, dicom-basic
    /// PS3.15 Annex E option names in force: "clean-pixel-data", "modified-dates", ...
    std::set<std::string, std::less<>> options;
    /// Actions set by the site for single rules (rule id -> action), with the reason given.
    struct Override {
        Action action = Action::Keep;
        std::string reason;
        friend bool operator==(const Override&, const Override&) = default;
    };
    std::map<std::string, Override, std::less<>> overrides;
    /// The site's list; it acts under the option safe-private only.
    std::vector<PrivateRule> privateRules;

    /// Confirmations, overrulings and releases count only when they are signed with a key.
    bool signatures = false;
    /// Kinds of data that a second, different person has to confirm too.
    std::set<AssetKind> secondPerson = {};

    /// The row that decides on a private element of a device: the one that names most of it; of two alike
    /// the one that deletes. Null when the list does not speak of it. `element` is the low byte.
    [[nodiscard]] const PrivateRule* privateRule(std::string_view creator, std::uint16_t group,
                                                 std::uint8_t element, const Device& device) const;
    [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
    friend bool operator==(const Policy&, const Policy&) = default;
};

} // namespace kamei::model
