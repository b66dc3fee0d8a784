#pragma once

#include <string>
#include <string_view>

#include "core/intake/text/JsonTree.h"

namespace kamei::intake::text {

/// Whether FHIR R4 knows an element (with or without '_') or a resource type of this name.
[[nodiscard]] bool isFhirElement(std::string_view name);
[[nodiscard]] bool isFhirResource(std::string_view name);

/// Whom the elements of a resource speak of.
enum class FhirActor { None, Patient, Family, Clinician, Facility, Coverage };
/// By resource type; below Patient.contact it is Family, below Organization.contact Clinician.
[[nodiscard]] FhirActor fhirActor(std::string_view resourceType);

/// A JSON tree read as FHIR, with what roles need of the surroundings of a value.
class FhirRoles {
public:
    FhirRoles(std::string_view text, const JsonTree& tree) : m_text(text), m_tree(tree) {}

    /// What is known on the way from the root to a value.
    struct Around {
        std::string_view resource; ///< type of the innermost resource
        FhirActor actor = FhirActor::None;
        std::string_view extension; ///< role that an extension gives all its values, else empty
        bool resourceLevel = false; ///< the value is a direct member of a resource
    };

    /// Role of a string, number or literal; `name` is that of the member or of the array it stands in,
    /// `object` the innermost object around it.
    [[nodiscard]] std::string_view ofValue(std::uint32_t node, std::string_view name, std::uint32_t object,
                                           const Around& around) const;
    /// Role of all values of an extension object: "local" when its definition is not known, "text" when its
    /// values speak for themselves.
    [[nodiscard]] std::string_view ofExtension(std::uint32_t object, bool nested) const;

private:
    [[nodiscard]] std::string_view ofString(std::uint32_t node, std::string_view name, std::uint32_t object,
                                            const Around& around) const;
    [[nodiscard]] std::string_view ofIdentifier(std::uint32_t object, std::string_view name,
                                                std::string_view value, const Around& around) const;
    [[nodiscard]] std::string_view ofReference(std::uint32_t object, std::string_view name) const;
    [[nodiscard]] std::string nameOf(std::uint32_t object) const;
    [[nodiscard]] std::string holderOf(std::uint32_t object) const;
    [[nodiscard]] bool has(std::uint32_t object, std::string_view member) const;

    std::string_view m_text;
    const JsonTree& m_tree;
};

/// The id that a reference ends in ("Patient/p1", "urn:uuid:...", "https://.../Patient/p1/_history/2",
/// "#p1").
[[nodiscard]] std::string fhirIdOf(std::string_view reference);

} // namespace kamei::intake::text
