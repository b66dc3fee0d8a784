#pragma once

#include <string_view>

#include "core/detect/Detector.h"

namespace kamei::detect {

/// Puts rule, category, requirement and the action that the policy wants into a finding: `action` unless the
/// policy says otherwise. A rule that the table does not know counts as a required one (fail closed). Here
/// and not in a source, since the rooms inside detect grade too.
inline void gradeByRule(model::Finding& finding, std::string_view rule, model::Action action,
                        const Context& context) {
    const guideline::Rule* const row = context.rules.find(rule);
    finding.rule = rule;
    finding.category = row == nullptr ? model::Category::Identifier : row->category;
    finding.requirement = row == nullptr ? model::Requirement::Required : row->requirement;
    const auto site = context.policy.overrides.find(rule);
    const bool requiredOnly = context.policy.name == "guideline-2024-required";
    if (site != context.policy.overrides.end()) {
        action = site->second.action;
    } else if (requiredOnly && finding.requirement != model::Requirement::Required) {
        action = model::Action::Keep;
    }
    finding.suggested = finding.action = action;
}

} // namespace kamei::detect
