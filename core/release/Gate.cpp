#include "core/release/Gate.h"

#include "core/base/Blank.h"

#include <algorithm>
#include <utility>

namespace kamei::release {
namespace {

constexpr std::size_t kMostIds = 100;

bool isDay(std::string_view text) {
    constexpr std::string_view kPattern = "dddd-dd-dd";
    return text.size() == kPattern.size() && std::ranges::equal(text, kPattern, [](char c, char p) {
               return p == 'd' ? c >= '0' && c <= '9' : c == p;
           });
}

} // namespace

std::string_view word(Condition condition) {
    static constexpr std::array<std::string_view, kConditions.size()> kWords{
        "required-decided",   "conditional-judged", "unreadable-decided",   "staged-current",
        "confirmed",          "second-person",      "confirmations-signed", "residuals-clear",
        "nobody-singled-out", "subjects-settled",   "sheet-complete",       "sources-unchanged",
        "audit-verifies"};
    return kWords[static_cast<std::size_t>(condition)];
}

std::vector<std::string> missingFields(const model::PurposeSheet& sheet, std::string_view today) {
    const std::array<std::pair<const char*, const std::string*>, 8> wanted{{
        {"purpose", &sheet.purpose},
        {"dataItems", &sheet.dataItems},
        {"newPurpose", &sheet.newPurpose},
        {"jointUse", &sheet.jointUse},
        {"jointItems", &sheet.jointItems},
        {"jointUsers", &sheet.jointUsers},
        {"jointPurpose", &sheet.jointPurpose},
        {"responsible", &sheet.responsible},
    }};
    std::vector<std::string> out;
    for (const auto& [name, value] : wanted) {
        if (base::isBlank(*value)) {
            out.emplace_back(name);
        }
    }
    if (sheet.keepDeletedInformation) {
        if (base::isBlank(sheet.keepReason)) {
            out.emplace_back("keepReason");
        }
        if (!isDay(sheet.keepUntil) || sheet.keepUntil < today) {
            out.emplace_back("keepUntil");
        }
    }
    return out;
}

std::vector<GatePoint> evaluate(const GateFacts& facts) {
    std::vector<GatePoint> out;
    const auto add = [&out](Condition condition, const GateFacts::Open& open) {
        // Ids without a count would be a mistake of the caller: fail closed.
        const auto named = static_cast<std::int64_t>(std::max(open.assets.size(), open.subjects.size()));
        if (open.count <= 0 && named == 0) {
            return;
        }
        GatePoint point{condition, std::max(open.count, named), open.assets, open.subjects, {}};
        point.assets.resize(std::min(point.assets.size(), kMostIds));
        point.subjects.resize(std::min(point.subjects.size(), kMostIds));
        out.push_back(std::move(point));
    };
    add(Condition::RequiredDecided, facts.required);
    add(Condition::ConditionalJudged, facts.conditional);
    add(Condition::UnreadableDecided, facts.unreadable);
    add(Condition::StagedCurrent, facts.stale);
    if (facts.files <= 0 && (out.empty() || out.back().condition != Condition::StagedCurrent)) {
        out.push_back({Condition::StagedCurrent, 0, {}, {}, {}});
    }
    add(Condition::Confirmed, facts.unconfirmed);
    add(Condition::SecondPerson, facts.secondPerson);
    add(Condition::ConfirmationsSigned, facts.unsignedOnes);
    add(Condition::ResidualsClear, facts.residuals);
    add(Condition::NobodySingledOut, facts.singledOut);
    add(Condition::SubjectsSettled, facts.unsettled);
    if (auto missing = missingFields(facts.sheet, facts.today); !missing.empty()) {
        const auto count = static_cast<std::int64_t>(missing.size());
        out.push_back({Condition::SheetComplete, count, {}, {}, std::move(missing)});
    }
    add(Condition::SourcesUnchanged, facts.changedSources);
    if (!facts.auditVerifies) {
        out.push_back({Condition::AuditVerifies, 1, {}, {}, {}});
    }
    return out;
}

} // namespace kamei::release
