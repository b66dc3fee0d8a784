#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Vocabulary.h"

namespace kamei::guideline {

/// One processing rule of the guideline (resources/guideline/rules.tsv).
struct Rule {
    std::string id;       ///< stable, for example "dicom.patient-name", "any.my-number"
    std::string dataType; ///< clinical_text physiology dicom image_content genetic any multimodal
    std::string itemJa;
    std::string itemEn;
    std::string locator; ///< "(gggg,eeee)" for DICOM attributes, else empty
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
    std::string viewpoint; ///< standalone harm prohibition leak purpose, joined by '+'; empty when none
    std::string actionText; ///< what the guideline asks, in English
    std::string section;    ///< "5.4.2"
};

/// All rules, in the order of the guideline. Immutable; safe to share between threads.
class RuleTable {
  public:
    [[nodiscard]] static base::Expected<RuleTable> load();
    [[nodiscard]] static base::Expected<RuleTable> parse(std::string_view tsv);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    /// Null for an unknown id.
    [[nodiscard]] const Rule* find(std::string_view id) const;
    /// The rule for a DICOM attribute "(gggg,eeee)", upper-case hexadecimal; null when there is none.
    [[nodiscard]] const Rule* findAttribute(std::string_view tag) const;

  private:
    std::vector<Rule> m_rules;
    std::unordered_map<std::string, std::size_t> m_byId;
    std::unordered_map<std::string, std::size_t> m_byTag;
};

} // namespace kamei::guideline
