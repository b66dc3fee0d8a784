#include "core/intake/text/FhirPeople.h"

#include <algorithm>
#include <array>

#include "core/intake/text/FhirRoles.h"

namespace kamei::intake::text {
namespace {

using Type = JsonNode::Type;

/// Values of a member: the elements where it is an array.
std::vector<std::uint32_t> valuesOf(const JsonTree& tree, std::string_view text, std::uint32_t object,
                                    std::string_view name) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t member : tree.members(object, name, text)) {
        if (tree.at(member).type != Type::Array) {
            out.push_back(member);
            continue;
        }
        for (std::uint32_t i = tree.at(member).firstChild; i != JsonNode::kNone; i = tree.at(i).next) {
            out.push_back(i);
        }
    }
    return out;
}

std::string sexOf(const std::string& gender) {
    return gender == "male"     ? "M"
           : gender == "female" ? "F"
           : gender == "other"  ? "O"
           : gender.empty()     ? ""
                                : "U";
}

/// Medical record number, patient internal identifier (HL7 table 0203), or the JP Core naming system of
/// patient numbers.
bool isRecordNumber(const JsonTree& tree, std::string_view text, std::uint32_t identifier) {
    if (tree.text(identifier, "system", text).starts_with("urn:oid:1.2.392.100495.20.3.51.")) {
        return true;
    }
    for (const std::uint32_t type : valuesOf(tree, text, identifier, "type")) {
        for (const std::uint32_t coding : valuesOf(tree, text, type, "coding")) {
            const std::string code = tree.text(coding, "code", text);
            if (code == "MR" || code == "PI") {
                return true;
            }
        }
    }
    return false;
}

} // namespace

FhirPeople::FhirPeople(std::string_view text, const JsonTree& tree) : m_text(text), m_tree(tree) {
    const auto& nodes = tree.nodes();
    std::vector<std::string> subjects;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].type != Type::Object) {
            continue;
        }
        const std::string type = tree.text(i, "resourceType", text);
        if (type == "Patient") {
            readPatient(i);
        } else if (!type.empty()) {
            if (std::string subject = subjectOf(i); !subject.empty()) {
                subjects.push_back(std::move(subject));
            }
        }
    }
    // Resources may come without the Patient they are about (bulk data): its id is then all that is known.
    for (std::string& subject : subjects) {
        if (m_byId.emplace(subject, static_cast<std::int32_t>(m_people.size())).second) {
            m_people.emplace_back();
            m_people.back().patientId = std::move(subject);
        }
    }
}

void FhirPeople::readName(std::uint32_t name, model::SubjectHint& hint) const {
    constexpr std::size_t kMostNames = 16;
    std::string given;
    for (const std::uint32_t part : valuesOf(m_tree, m_text, name, "given")) {
        given += (given.empty() ? "" : " ") + m_tree.content(part, m_text);
    }
    const std::string family = m_tree.text(name, "family", m_text);
    for (const std::string& whole :
         {family + (family.empty() || given.empty() ? "" : "^") + given, m_tree.text(name, "text", m_text)}) {
        if (!whole.empty() && hint.names.size() < kMostNames &&
            std::find(hint.names.begin(), hint.names.end(), whole) == hint.names.end()) {
            hint.names.push_back(whole);
        }
    }
}

void FhirPeople::readPatient(std::uint32_t resource) {
    model::SubjectHint hint;
    bool record = false;
    for (const std::uint32_t identifier : valuesOf(m_tree, m_text, resource, "identifier")) {
        const bool better = !record && isRecordNumber(m_tree, m_text, identifier);
        const std::string value = m_tree.text(identifier, "value", m_text);
        if (!value.empty() && (hint.patientId.empty() || better)) {
            hint.patientId = value;
            hint.issuer = m_tree.text(identifier, "system", m_text);
            record = better;
        }
    }
    for (const std::uint32_t name : valuesOf(m_tree, m_text, resource, "name")) {
        readName(name, hint);
    }
    std::string birth = m_tree.text(resource, "birthDate", m_text);
    std::erase(birth, '-');
    hint.birthDate = birth.size() == 8 ? birth : std::string();
    hint.sex = sexOf(m_tree.text(resource, "gender", m_text));
    const std::string id = m_tree.text(resource, "id", m_text);
    if (hint.patientId.empty()) {
        hint.patientId = id;
    }
    const auto index = static_cast<std::int32_t>(m_people.size());
    m_byNode.emplace(resource, index);
    if (!id.empty()) {
        m_byId.emplace(id, index);
    }
    // In a Bundle others refer to the entry (FHIR R4 3.1.3).
    const std::uint32_t entry = m_tree.at(resource).parent;
    if (entry != JsonNode::kNone && m_tree.at(entry).type == Type::Object) {
        if (const std::string url = m_tree.text(entry, "fullUrl", m_text); !url.empty()) {
            m_byId.emplace(fhirIdOf(url), index);
        }
    }
    m_people.push_back(std::move(hint));
}

std::string FhirPeople::subjectOf(std::uint32_t resource) const {
    static constexpr std::array<std::string_view, 5> kSubjects{"subject", "patient", "beneficiary",
                                                               "individual", "for"};
    for (const std::string_view name : kSubjects) {
        for (const std::uint32_t member : valuesOf(m_tree, m_text, resource, name)) {
            const std::string reference = m_tree.text(member, "reference", m_text);
            const bool other = reference.find("Group/") != std::string::npos ||
                               reference.find("Device/") != std::string::npos ||
                               reference.find("Location/") != std::string::npos ||
                               reference.find("Practitioner") != std::string::npos;
            if (!reference.empty() && !other && reference.find('?') == std::string::npos) {
                return fhirIdOf(reference);
            }
        }
    }
    return {};
}

std::int32_t FhirPeople::of(std::uint32_t resource) const {
    if (const auto patient = m_byNode.find(resource); patient != m_byNode.end()) {
        return patient->second;
    }
    const auto subject = m_byId.find(subjectOf(resource));
    if (subject != m_byId.end()) {
        return subject->second;
    }
    return m_byNode.size() + m_byId.size() > 0 && m_people.size() == 1 ? 0 : -1;
}

} // namespace kamei::intake::text
