#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/Error.h"
#include "core/detect/attribute/ProfileTables.h"
#include "core/guideline/RuleTable.h"
#include "core/model/Policy.h"

namespace kamei::detect::attribute {

/// How a value that may not stay is written, so that the object stays conformant (PS3.15 E.1, Table E.1-1a).
enum class Form { Remove, Empty, Dummy };

/// What happens to one attribute under a policy.
struct Verdict {
    model::Action action = model::Action::Keep;
    Form form = Form::Remove; ///< what Delete writes
    bool descend = false;     ///< a sequence that stays: its items are judged one by one
    bool strict = false;      ///< in its items, text that no table names gives way to a dummy
    bool listed = false;      ///< the guideline's table or Table E.1-1 names it
    bool examine = false;     ///< free text that stays: the text detector must have read it
    Vr as{};                  ///< a private element that stays: the VR as which it is read and written
    bool unknown = false;     ///< no edition's dictionary that we have knows it
    Grade grade;
    std::string rule; ///< as in model::Finding::rule
};

/// How much an action takes away from an attribute: of two, the one with the greater number hides more; 0:
/// nothing.
[[nodiscard]] int strictness(model::Action action);

/// The confidentiality profile of PS3.15 under the options of a policy, with the guideline's table on top.
/// Where the two differ the stricter one acts, unless resources/profiles says otherwise with a reason, or
/// the policy names an option that keeps. Immutable and thread-safe.
class Profile {
public:
    /// Fails when a resource is missing.
    [[nodiscard]] static base::Expected<Profile> make(const model::Policy& policy);

    /// `parent` is the sequence whose item holds the attribute (0: the data set); `strict` that of the
    /// verdict on that sequence. `vr` is the VR as read, where the dictionary does not know the tag.
    [[nodiscard]] Verdict judge(Tag tag, Vr vr, Tag parent, bool strict, std::string_view sopClass) const;
    /// The same without the grade and the rule's name: for those who act and do not explain.
    [[nodiscard]] Verdict act(Tag tag, Vr vr, Tag parent, bool strict, std::string_view sopClass) const;
    /// A private element (PS3.15 E.3.10): what Table E.3.10-1 or the site's list for this device keeps stays
    /// under the option safe-private, as far as its VR allows; all else goes. `creator` is the owner of its
    /// block, empty when none is stated; `length` that of the value in bytes.
    [[nodiscard]] Verdict judgePrivate(std::string_view creator, Tag tag, Vr vr,
                                       const model::Device& device = {}, std::uint64_t length = 0) const;

    [[nodiscard]] const model::Policy& policy() const { return m_policy; }
    [[nodiscard]] const ProfileTables& tables() const { return *m_tables; }
    /// guideline-2024 and guideline-2024-required; else the profile of PS3.15 alone.
    [[nodiscard]] bool guideline() const { return m_guideline; }

    /// Whether a rule of the site keeps more than the profile under the policy's options would.
    [[nodiscard]] bool isWeakened() const { return m_weakened; }
    /// Whether a rule of the site leaves dates as they are that the policy removes or moves.
    [[nodiscard]] bool keepsDates() const { return m_keepsDates; }

    /// Whether a UID names a class, a context or a scheme of the standard rather than an instance.
    [[nodiscard]] static bool isWellKnownUid(std::string_view uid);

private:
    struct Base {
        const ConfidentialityRow* row = nullptr;
        bool keptByOption = false;
        bool cleaned = false;
    };
    Profile() = default;
    void judgeOverrides();
    [[nodiscard]] Verdict judge(Tag tag, Vr vr, Tag parent, bool strict, std::string_view sopClass,
                                bool explained) const;
    [[nodiscard]] Base baseOf(Tag tag) const;
    void applyRow(Verdict& out, const Base& base, Tag tag, Vr vr, Tag parent, bool strict,
                  std::string_view sopClass) const;
    void applyClean(Verdict& out, const ConfidentialityRow& row, Vr vr) const;
    void applyUnlisted(Verdict& out, Tag tag, Vr vr, Tag parent, bool strict) const;
    void applyGuideline(Verdict& out, const guideline::Rule& rule, bool keptByOption) const;
    void applyPolicy(Verdict& out, Vr vr) const;

    model::Policy m_policy;
    const ProfileTables* m_tables = nullptr;
    const guideline::RuleTable* m_rules = nullptr;
    std::unordered_map<Tag, const guideline::Rule*> m_ruleOf;
    bool m_guideline = false;
    bool m_requiredOnly = false;
    bool m_weakened = false;
    bool m_keepsDates = false;
};

} // namespace kamei::detect::attribute
