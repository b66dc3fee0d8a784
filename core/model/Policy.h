#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// Which rules make suggestions and how. Names and options are those of the command line's contract.
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

    [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
    friend bool operator==(const Policy&, const Policy&) = default;
};

} // namespace kamei::model
