#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/Element.h"
#include "core/model/Vocabulary.h"

namespace kamei::detect::attribute {

using intake::dicom::Tag;
using intake::dicom::Vr;

/// One row of PS3.15 Table E.1-1; the edition is named in resources/dicom/confidentiality.tsv.
struct ConfidentialityRow {
    std::string basic;                             ///< "X", "Z/D", "X/Z/U*", ...
    std::unordered_map<std::string, char> options; ///< option name -> K or C
};

/// What resources/profiles/categories.tsv says of an attribute.
struct Grade {
    model::Category category = model::Category::None;
    model::Requirement requirement = model::Requirement::None;
};

/// What a rule of the guideline does (resources/profiles/guideline-dicom.tsv).
struct GuidelineAction {
    model::Action action = model::Action::Keep;
    bool overProfile = false; ///< acts although the profile would be stricter
};

/// An attribute whose value is known of the subject or of the cohort.
struct KnownKind {
    std::string kind;
    bool cohort = false;
};

/// The tables of resources/dicom and resources/profiles that DICOM attributes are judged by. Immutable,
/// loaded once.
class ProfileTables {
public:
    /// NotFound or Malformed (args: the resource) when one of the tables is not there or not sound.
    [[nodiscard]] static base::Expected<const ProfileTables*> shared();

    [[nodiscard]] const ConfidentialityRow* find(Tag tag) const; ///< null when Table E.1-1 does not name it
    /// The strictest type (1, 2, 3; PS3.5 7.4) of an attribute in the IOD of a SOP class, directly under
    /// `parent` (0: the data set), macros and functional groups included. 3 for what the IOD does not name
    /// (Standard Extended classes, PS3.4 B.3.1.4); 1 when the IOD is not known: a dummy, never nothing.
    [[nodiscard]] int typeOf(std::string_view sopClass, Tag parent, Tag tag) const;
    /// Whether the tables have the IOD of a SOP class.
    [[nodiscard]] bool knowsClass(std::string_view sopClass) const { return m_iodOfClass.contains(sopClass); }
    [[nodiscard]] bool isSafePrivate(std::string_view creator, Tag tag) const;
    [[nodiscard]] Grade gradeOf(Tag tag) const;
    [[nodiscard]] const GuidelineAction* guidelineAction(std::string_view rule) const;
    [[nodiscard]] const KnownKind* knownKind(Tag tag) const;
    /// Whether pictures of a modality need a look when Burned In Annotation is missing.
    [[nodiscard]] bool burnedInWhenSilent(std::string_view modality) const;

private:
    struct Selector {
        enum class Kind { ByTag, ByVr, ByKeyword, Any } kind = Kind::Any;
        Tag tag = 0;
        Vr vr{};
        std::string pattern;
        Grade grade;
    };
    [[nodiscard]] static base::Expected<ProfileTables> load();
    [[nodiscard]] base::Expected<void> loadConfidentiality();
    [[nodiscard]] base::Expected<void> loadIods();
    [[nodiscard]] base::Expected<void> loadSafePrivate();
    [[nodiscard]] base::Expected<void> loadCategories();
    [[nodiscard]] base::Expected<void> loadGuideline();
    [[nodiscard]] base::Expected<void> loadKnown();
    [[nodiscard]] base::Expected<void> loadBurnedIn();

    std::unordered_map<Tag, ConfidentialityRow> m_rows;
    using Types = std::unordered_map<std::uint64_t, int>; ///< parent << 32 | tag -> type
    struct Iod {
        Types types;       ///< the strictest over its modules
        bool whole = true; ///< every module of it is known
    };
    std::map<std::string, std::string, std::less<>> m_iodOfClass;
    std::map<std::string, Iod, std::less<>> m_iods;
    Types m_strictest; ///< in any module, of attributes under a parent
    std::map<std::string, std::set<std::uint32_t>, std::less<>>
        m_safePrivate; ///< creator -> group and element's low byte
    std::vector<Selector> m_selectors;
    std::unordered_map<std::string, GuidelineAction> m_guideline;
    std::unordered_map<Tag, KnownKind> m_known;
    std::set<std::string, std::less<>> m_burnedIn;
};

} // namespace kamei::detect::attribute
