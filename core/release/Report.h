#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/model/Policy.h"
#include "core/model/Review.h"
#include "core/model/Vocabulary.h"

namespace kamei::release {

/// Findings of one rule that share category, requirement and what was done with them.
struct RuleCount {
    std::string rule; ///< id of the rule table, or "PS3.15 E.1-1 (gggg,eeee)"
    std::string itemJa;
    std::string itemEn;
    std::string section; ///< "5.4.2"
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
    model::DecisionState state = model::DecisionState::Open;
    model::Action action = model::Action::Keep; ///< effective action
    std::int64_t count = 0;
};

/// What the report says (Guideline 4.9, figure 8). Holds counts and no identifiers: reasons that people wrote
/// stay in the workspace. Filled by the job.
struct ReportData {
    struct Step {
        std::int64_t done = 0;
        std::int64_t total = 0;
        std::int64_t openRequired = 0;
        std::int64_t openRecommended = 0;
    };
    struct KindCount {
        model::AssetKind kind = model::AssetKind::Unreadable;
        std::int64_t assets = 0;
        std::int64_t files = 0;
    };
    struct Reviewer {
        std::string name;
        std::int64_t assets = 0; ///< confirmed by this person
        std::int64_t signedAssets = 0;   ///< of them with a signature
        std::string fingerprint = {};    ///< of the signing key that the workspace knows last of this name
    };
    /// The newest sample that was examined.
    struct Sample {
        std::int64_t population = 0;
        std::int64_t drawn = 0;
        std::int64_t judged = 0;
        std::int64_t leaks = 0; ///< and unsure ones
        std::int64_t bound = 0; ///< most leaks in the population at this confidence
        double confidence = 0;
        double rate = 1; ///< Clopper-Pearson, for data made in the same way
    };

    std::string title;
    model::PurposeSheet sheet;
    model::Policy policy;
    std::string rulesEdition; ///< "2024-03"
    std::string toolVersion;
    base::TimeMs createdAt = 0;
    std::string auditHead; ///< hash of the last entry, hexadecimal
    std::int64_t auditEntries = 0;

    std::int64_t subjects = 0;
    std::int64_t assets = 0;
    std::int64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<KindCount> kinds;
    std::array<Step, 8> steps;
    /// Every finding of released assets. What is unfinished (recommended and conditional, open) and what
    /// was overruled (rejected, or kept against the suggestion) is worked out from it.
    std::vector<RuleCount> rules;

    /// What people left in with a reason (the residual search expects it there): findings, and the places at
    /// which they stand (instances of a series, cells of a column).
    std::int64_t leftIn = 0;
    std::int64_t leftInPlaces = 0;

    std::int64_t searchedFiles = 0; ///< staged files that went through the residual search
    std::int64_t searchedIdentifiers = 0;
    std::int64_t residuals = 0; ///< found and not resolved; 0 in every release

    std::vector<Reviewer> reviewers;
    std::int64_t secondConfirmed = 0; ///< assets that two different people confirmed
    std::optional<Sample> sample = std::nullopt;
    std::int64_t confirmedAssets = 0;
    base::TimeMs firstConfirmedAt = 0;
    base::TimeMs lastConfirmedAt = 0;

    std::int64_t singledOut = 0;           ///< subjects singled out by quasi-identifiers (5.6)
    std::int64_t singledOutWithReason = 0; ///< of them with a recorded reason
    std::int64_t excludedAssets = 0;
    std::int64_t unreadableAssets = 0; ///< of the excluded ones, unreadable
    std::int64_t deletedAssets = 0;    ///< of the released ones: deleted as a whole, only the record left (5.5)
};

/// Complete, self-contained pages: Japanese first, English after it; no network, no scripts; fit for print.
/// Errors: NotFound when the resource with the sentences is missing.
[[nodiscard]] base::Expected<std::string> reportHtml(const ReportData& data);
/// The same as JSON, UTF-8, indented.
[[nodiscard]] std::string reportJson(const ReportData& data);
/// What a receiver has to know of the data set, with nothing of persons: neither of subjects nor of those who
/// worked on it.
[[nodiscard]] base::Expected<std::string> cardHtml(const ReportData& data);
/// Terms for the receiver: ban on collation and on contact, no circulation without the hospital (3.4),
/// duties (3.6.1, 3.6.2), contract items (3.7.2).
[[nodiscard]] base::Expected<std::string> termsHtml(const ReportData& data);
/// The six items that a hospital makes public (3.7.1).
[[nodiscard]] base::Expected<std::string> noticeHtml(const ReportData& data);

} // namespace kamei::release
