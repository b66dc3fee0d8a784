#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/detect/attribute/Profile.h"
#include "core/intake/dicom/Element.h"
#include "core/model/Finding.h"
#include "core/model/Mask.h"
#include "core/transform/Transform.h"

namespace kamei::transform::dicom {

using detect::attribute::Form;
using detect::attribute::Profile;
using intake::dicom::Tag;
using intake::dicom::Vr;

/// Looks strings up by views without making a copy.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value> using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// What is done with one attribute.
struct Decision {
    model::Action action = model::Action::Keep;
    Form form = Form::Remove;
    bool descend = false;
    bool strict = false;
    /// Clean: decoded value -> what stays of it. A value that is not here was never examined.
    const TextMap<std::string>* cleaned = nullptr;
    Vr as{}; ///< private elements: the VR as which they are written
};

struct PlanItem;

/// What the findings say at one path.
struct PlanNode {
    std::optional<model::Action> action;
    std::string creator; ///< private elements: owner of the block when it was decided
    std::string vr;      ///< private elements: as which they were understood then; empty when not known
    TextMap<std::string> cleaned;
    std::map<std::int32_t, std::unique_ptr<PlanItem>> items; ///< PathStep::kAnyItem for every item
};
struct PlanItem {
    std::unordered_map<Tag, PlanNode> nodes;
    [[nodiscard]] const PlanNode* find(Tag tag) const;
};

/// The decisions of one asset in the form in which headers are rewritten: a tree of paths from the
/// findings, and the profile for whatever no finding speaks of (fail closed). Immutable, thread-safe.
class Plan {
public:
    /// NotPossible (args: the action's word) for a decision that a DICOM file cannot undergo at its place.
    [[nodiscard]] static base::Expected<Plan> make(std::span<const model::Finding> findings,
                                                   const Context& context);

    [[nodiscard]] const PlanItem& root() const { return *m_root; }
    /// What the plan knows of an item of a sequence; null when nothing.
    [[nodiscard]] static const PlanItem* itemOf(const PlanNode* sequence, std::int32_t index);
    /// What the profile says, unless a finding says otherwise.
    [[nodiscard]] static Decision decide(const PlanNode* node, const detect::attribute::Verdict& verdict);
    /// The same for a private element of the block that `creator` owns, in an instance of `device`.
    [[nodiscard]] Decision decidePrivate(const PlanNode* node, std::string_view creator,
                                         const intake::dicom::Element& element,
                                         const model::Device& device) const;

    [[nodiscard]] const Profile& profile() const { return *m_profile; }
    /// Masks to destroy pixels with, frames counted over the asset.
    [[nodiscard]] const std::vector<model::Mask>& masks() const { return m_masks; }
    /// Burned-in characters were judged: masked, or a person saw that there are none (PS3.3 C.7.6.1).
    [[nodiscard]] bool burnedInCleaned() const { return m_burnedInCleaned; }
    /// No face can be recognised: a person said so, or it is taken off (PS3.3 C.7.6.1, Recognizable Visual
    /// Features; PS3.15 2024b E.3.2).
    [[nodiscard]] bool faceJudgedAbsent() const { return m_faceJudgedAbsent; }
    /// A face is taken off the volume.
    [[nodiscard]] bool faceRemoved() const { return m_faceRemoved; }
    /// No required finding is open, rejected or kept, and name and ID are processed.
    [[nodiscard]] bool identityRemoved() const { return m_identityRemoved; }
    /// Neither a site rule nor a person keeps what the profile and its options would not.
    [[nodiscard]] bool profileApplied() const { return m_profileApplied; }
    /// A date that the policy removes or moves was kept by a site rule or a person.
    [[nodiscard]] bool datesKept() const { return m_datesKept; }
    /// Over all that shapes the output.
    [[nodiscard]] const base::Sha256& digest() const { return m_digest; }

private:
    Plan() = default;
    /// What the detail of a finding on an attribute says.
    struct Reading {
        std::string vr;
        TextMap<std::string> cleaned;
    };
    [[nodiscard]] static base::Expected<Reading> readDetail(const model::Finding& finding, Tag tag);
    [[nodiscard]] base::Expected<void> addAttribute(const model::Finding& finding);
    [[nodiscard]] base::Expected<void> addMasks(std::span<const model::Finding> findings);
    void judgeMarkers(std::span<const model::Finding> findings);
    void digestOf(std::span<const model::Finding> findings, const Context& context);

    std::unique_ptr<PlanItem> m_root = std::make_unique<PlanItem>();
    std::unique_ptr<Profile> m_profile;
    std::vector<model::Mask> m_masks;
    bool m_burnedInCleaned = false;
    bool m_faceJudgedAbsent = false;
    bool m_faceRemoved = false;
    bool m_identityRemoved = false;
    bool m_profileApplied = false;
    bool m_datesKept = false;
    base::Sha256 m_digest;
};

} // namespace kamei::transform::dicom
