#include "core/detect/Findings.h"

#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"
#include "core/intake/text/DateNotation.h"

namespace kamei::detect {
namespace {

using model::Action;
using text::Label;

constexpr int kTopAge = 90; // policy guideline-2024: "ages of 90 and over top-coded"

int yearsOf(std::string_view age) {
    const std::u32string plain = japanese::normalise(age).text;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (const auto number = japanese::readNumeral(plain, i)) {
            return static_cast<int>(number->value);
        }
    }
    return 0;
}

// The action of Guideline 5.2.3 as the policy narrows it: options of PS3.15 say what may stay.
Action actionOf(Label label, const text::LabelRule& rule, const model::Finding& finding,
                const Context& context) {
    const model::Policy& policy = context.policy;
    if (const auto found = policy.overrides.find(rule.rule); found != policy.overrides.end()) {
        return found->second.action;
    }
    if (policy.name == "guideline-2024-required" && finding.requirement != model::Requirement::Required) {
        return Action::Keep;
    }
    const bool profileOnly = policy.name == "dicom-basic";
    switch (label) {
    case Label::Date:
        return policy.has("full-dates")                       ? Action::Keep
               : profileOnly && !policy.has("modified-dates") ? Action::Delete
                                                              : rule.action;
    case Label::BirthDate:
        return profileOnly ? Action::Delete : rule.action;
    case Label::Age:
        if (profileOnly && !policy.has("patient-characteristics")) {
            return Action::Delete;
        }
        return yearsOf(finding.text) >= kTopAge ? Action::TopCode : Action::Keep;
    case Label::Sex:
        return profileOnly && !policy.has("patient-characteristics") ? Action::Delete : rule.action;
    case Label::Facility:
        return policy.has("institution-identity") ? Action::Keep : rule.action;
    default:
        return rule.action;
    }
}

model::Origin originOf(std::string_view source) {
    return source.starts_with("known.")   ? model::Origin::Known
           : source.starts_with("model.") ? model::Origin::Model
                                          : model::Origin::Rule;
}

} // namespace

void grade(model::Finding& finding, Label label, const text::LabelRule& rule, const Context& context) {
    const guideline::Rule* const row = context.rules.find(rule.rule);
    finding.label = text::labelWord(label);
    finding.rule = rule.rule;
    finding.category = row == nullptr ? rule.category : row->category;
    finding.requirement = row == nullptr ? rule.requirement : row->requirement;
    finding.suggested = finding.action = actionOf(label, rule, finding, context);
}

model::Finding findingOf(const text::Span& span, std::string_view text, const Context& context) {
    model::Finding out;
    out.text = shortened(text);
    grade(out, span.label, text::ruleFor(span.label), context);
    out.detector =
        span.source.starts_with("known.") ? "known:" + span.source.substr(6) : "text." + span.source;
    out.confidence = span.confidence;
    out.origin = originOf(span.source);
    return out;
}

std::string preview(const model::Finding& finding, bool structured) {
    if (finding.suggested == Action::TopCode && finding.label == "AGE") {
        return structured ? std::string() : "90歳以上";
    }
    if (finding.suggested == Action::Generalise && finding.label == "BIRTH_DATE") {
        const auto date = intake::text::DateNotation::parse(finding.text);
        return date ? date->toMonth(structured) : std::string();
    }
    return {};
}

std::string shortened(std::string_view utf8) {
    constexpr std::size_t kMost = 2000;
    std::size_t points = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
        if (begins && points++ == kMost) {
            return std::string(utf8.substr(0, i));
        }
    }
    return std::string(utf8);
}

} // namespace kamei::detect
