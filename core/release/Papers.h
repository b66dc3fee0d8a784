#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/guideline/Advisor.h"
#include "core/model/Review.h"

namespace kamei::release {

/// What a hospital writes beside the public notice, as complete, self-contained pages: Japanese first,
/// English after it; no network, no scripts; fit for print. NotFound when the resource with the sentences is
/// missing.

/// Number of items of the contract on joint use (Guideline 3.7.2, its three sub-items counted by themselves).
inline constexpr int kContractItems = 9;
/// Name of an item in model::PurposeSheet::notes: "contract.1".
[[nodiscard]] std::string contractKey(int item);
/// Items 1..kContractItems of which nothing is written down yet.
[[nodiscard]] std::vector<int> openContractItems(const model::PurposeSheet& sheet);

/// What the sheet's notes say of the legal basis; the defaults of guideline::Situation where they are silent
/// or name no word of it.
[[nodiscard]] guideline::Situation situationOf(const model::PurposeSheet& sheet);

/// Checklist of what the contract has to settle (3.7.2), with what was agreed.
[[nodiscard]] base::Expected<std::string> contractHtml(const model::PurposeSheet& sheet);
/// Duties for pseudonymised information that is personal information and that is not (3.6.1), what does not
/// apply (3.6.3), and what is recommended to agree on (3.6.2).
[[nodiscard]] base::Expected<std::string> dutiesHtml();
/// The situation and what the guideline says of it, section by section (2.4 to 2.6, 6.5, 6.6.2). No legal
/// advice.
[[nodiscard]] base::Expected<std::string> basisHtml(const guideline::Situation& situation,
                                                    const std::vector<guideline::Advice>& advice);
/// What is kept, and for what the purpose needs it (4.9(8)): one line an item.
struct KeptItem {
    std::string item;   ///< label or name of a column: no value of anybody
    std::string itemJa; ///< both empty: the label itself is shown
    std::string itemEn;
    std::string section;
    std::int64_t count = 0;
    std::string need; ///< empty: nobody has said
};
[[nodiscard]] base::Expected<std::string> minimisationHtml(const model::PurposeSheet& sheet,
                                                           const std::vector<KeptItem>& items);

} // namespace kamei::release
