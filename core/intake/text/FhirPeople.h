#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/text/JsonTree.h"
#include "core/model/Subject.h"

namespace kamei::intake::text {

/// The patients of a FHIR document, and which resource is about whom.
class FhirPeople {
public:
    FhirPeople(std::string_view text, const JsonTree& tree);

    [[nodiscard]] std::vector<model::SubjectHint> take() { return std::move(m_people); }
    /// Index of the person a resource is about: its own for a Patient, else that of its subject; -1 when it
    /// does not say and there is more than one.
    [[nodiscard]] std::int32_t of(std::uint32_t resource) const;

private:
    void readPatient(std::uint32_t resource);
    void readName(std::uint32_t name, model::SubjectHint& hint) const;
    [[nodiscard]] std::string subjectOf(std::uint32_t resource) const;

    std::string_view m_text;
    const JsonTree& m_tree;
    std::vector<model::SubjectHint> m_people;
    std::map<std::string, std::int32_t> m_byId;     ///< id of the Patient resource
    std::map<std::uint32_t, std::int32_t> m_byNode; ///< Patient resources
};

} // namespace kamei::intake::text
