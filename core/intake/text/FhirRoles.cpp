#include "core/intake/text/FhirRoles.h"

#include <algorithm>
#include <array>

namespace kamei::intake::text {
namespace {

using namespace std::string_view_literals;
using Type = JsonNode::Type;

template <std::size_t Size>
bool isOneOf(std::string_view name, const std::array<std::string_view, Size>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::string_view kStructure = "structure";
constexpr std::string_view kText = "text";
constexpr std::string_view kLocal = "local";

/// Bodies whose names for codes, identifiers and definitions say nothing of a hospital.
constexpr std::array kStandards{"http://hl7.org/"sv,
                                "https://hl7.org/"sv,
                                "http://terminology.hl7.org/"sv,
                                "http://loinc.org"sv,
                                "http://snomed.info/"sv,
                                "http://unitsofmeasure.org"sv,
                                "http://jpfhir.jp/"sv,
                                "https://jpfhir.jp/"sv,
                                "http://medis.or.jp/"sv,
                                "http://www.nlm.nih.gov/"sv,
                                "http://dicom.nema.org/"sv,
                                "http://nucc.org/"sv,
                                "http://www.w3.org/"sv,
                                "http://www.ama-assn.org/"sv,
                                "http://capterminology.org"sv,
                                "urn:iso:"sv,
                                "urn:ietf:"sv,
                                "http://hl7.jp/"sv,
                                "http://www.whocc.no/"sv,
                                "urn:iso-astm:"sv};
/// OIDs of JAHIS and MEDIS-DC that end in the code of an institution.
constexpr std::string_view kInstitutionArc = "urn:oid:1.2.392.100495.20.3.";

bool isStandard(std::string_view uri) {
    const bool oid = uri.starts_with("urn:oid:") && !uri.starts_with(kInstitutionArc);
    return oid || std::any_of(kStandards.begin(), kStandards.end(),
                              [&](std::string_view body) { return uri.starts_with(body); });
}

std::string_view codeRole(std::string_view value) {
    constexpr std::size_t kLongestCode = 64;
    const bool plain =
        value.size() <= kLongestCode && std::all_of(value.begin(), value.end(), [](char c) {
            return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
        });
    return plain ? kStructure : kText;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// FHIR R4 2.24.0.1: date, dateTime, instant.
bool looksLikeDate(std::string_view value, bool yearAlone) {
    static constexpr std::string_view kShape = "dddd-dd-dd";
    std::size_t at = 0;
    while (at < value.size() && at < kShape.size() &&
           (kShape[at] == 'd' ? isDigit(value[at]) : value[at] == kShape[at])) {
        ++at;
    }
    const bool whole = at == value.size() && (at == 10 || at == 7 || (at == 4 && yearAlone));
    return whole || (at == 10 && value[10] == 'T');
}

bool isDateName(std::string_view name) {
    static constexpr std::array kNames{
        "date"sv,           "issued"sv,         "start"sv,        "end"sv,          "recorded"sv,
        "authoredOn"sv,     "lastUpdated"sv,    "created"sv,      "creation"sv,     "time"sv,
        "event"sv,          "sent"sv,           "received"sv,     "timestamp"sv,    "when"sv,
        "started"sv,        "authored"sv,       "receivedTime"sv, "lastModified"sv, "lastOccurrence"sv,
        "whenPrepared"sv,   "whenHandedOver"sv, "dateAsserted"sv, "dateWritten"sv,  "dateTime"sv,
        "ifModifiedSince"sv};
    return name.ends_with("Date") || name.ends_with("DateTime") || name.ends_with("Instant") ||
           isOneOf(name, kNames);
}

std::string_view byActor(FhirActor actor, std::string_view patient, std::string_view family,
                         std::string_view clinician, std::string_view facility, std::string_view none) {
    switch (actor) {
    case FhirActor::Patient:
        return patient;
    case FhirActor::Family:
    case FhirActor::Coverage:
        return family;
    case FhirActor::Clinician:
        return clinician;
    case FhirActor::Facility:
        return facility;
    case FhirActor::None:
        break;
    }
    return none;
}

/// Elements whose codes the standard fixes (code with a required binding), and other words of the format.
constexpr std::array kCodes{"resourceType"sv,
                            "status"sv,
                            "use"sv,
                            "type"sv,
                            "mode"sv,
                            "code"sv,
                            "intent"sv,
                            "priority"sv,
                            "contentType"sv,
                            "unit"sv,
                            "language"sv,
                            "comparator"sv,
                            "currency"sv,
                            "versionId"sv,
                            "version"sv,
                            "durationUnit"sv,
                            "periodUnit"sv,
                            "dayOfWeek"sv,
                            "daysOfWeek"sv,
                            "timeOfDay"sv,
                            "when"sv,
                            "rank"sv,
                            "criticality"sv,
                            "category"sv,
                            "severity"sv,
                            "kind"sv,
                            "linkId"sv,
                            "method"sv,
                            "docStatus"sv,
                            "gender"sv,
                            "valueCode"sv,
                            "relation"sv,
                            "lotNumber"sv,
                            "availableStartTime"sv,
                            "availableEndTime"sv,
                            "valueTime"sv,
                            "confidentiality"sv,
                            "eye"sv,
                            "base"sv,
                            "outcome"sv,
                            "ifMatch"sv,
                            "ifNoneMatch"sv,
                            "etag"sv,
                            "targetFormat"sv,
                            "sigFormat"sv,
                            "orderedBy"sv,
                            "modelNumber"sv};
constexpr std::array kUris{"system"sv,          "profile"sv,        "valueUri"sv, "instantiatesCanonical"sv,
                           "instantiatesUri"sv, "valueCanonical"sv, "policy"sv,   "definition"sv,
                           "questionnaire"sv,   "implicitRules"sv,  "valueUrl"sv, "targetProfile"sv};
constexpr std::array kAddressParts{"line"sv, "city"sv, "district"sv, "state"sv, "text"sv};

struct ExtensionRow {
    std::string_view end; ///< of the URL
    std::string_view role;
};
/// Extensions whose values identify (FHIR R4 extension registry; JP Core; US Core).
constexpr std::array kExtensions{ExtensionRow{"mothersMaidenName", "family.name"},
                                 ExtensionRow{"birthPlace", "patient.address"},
                                 ExtensionRow{"birthTime", "patient.birth-date"},
                                 ExtensionRow{"-religion", "patient.trait"},
                                 ExtensionRow{"_Religion", "patient.trait"},
                                 ExtensionRow{"-nationality", "patient.trait"},
                                 ExtensionRow{"-citizenship", "patient.trait"},
                                 ExtensionRow{"-race", "patient.trait"},
                                 ExtensionRow{"_Race", "patient.trait"},
                                 ExtensionRow{"-ethnicity", "patient.trait"},
                                 ExtensionRow{"tribalAffiliation", "patient.trait"},
                                 ExtensionRow{"-disability", "patient.trait"},
                                 ExtensionRow{"geolocation", "patient.address"},
                                 ExtensionRow{"InsuredPersonSymbol", "insurance.number"},
                                 ExtensionRow{"InsuredPersonNumber", "insurance.number"},
                                 ExtensionRow{"InsuredPersonSubNumber", "insurance.number"},
                                 ExtensionRow{"InsuranceOrganizationNo", "facility.id"},
                                 ExtensionRow{"PrefectureNo", "facility.id"},
                                 ExtensionRow{"_Organization_InsuranceOrganizationCategory", "facility.id"},
                                 ExtensionRow{"MedicalInstitutionCode", "facility.id"},
                                 ExtensionRow{"-fathers-family", "patient.name"},
                                 ExtensionRow{"-own-prefix", "patient.name"},
                                 ExtensionRow{"-own-name", "patient.name"},
                                 ExtensionRow{"-partner-prefix", "family.name"},
                                 ExtensionRow{"-partner-name", "family.name"},
                                 ExtensionRow{"-mothers-family", "family.name"},
                                 ExtensionRow{"originalText", "text"}};

} // namespace

FhirActor fhirActor(std::string_view resourceType) {
    struct Row {
        std::string_view type;
        FhirActor actor;
    };
    static constexpr std::array kRows{Row{"Patient", FhirActor::Patient},
                                      Row{"Person", FhirActor::Patient},
                                      Row{"RelatedPerson", FhirActor::Family},
                                      Row{"FamilyMemberHistory", FhirActor::Family},
                                      Row{"Practitioner", FhirActor::Clinician},
                                      Row{"PractitionerRole", FhirActor::Clinician},
                                      Row{"CareTeam", FhirActor::Clinician},
                                      Row{"Organization", FhirActor::Facility},
                                      Row{"OrganizationAffiliation", FhirActor::Facility},
                                      Row{"Location", FhirActor::Facility},
                                      Row{"HealthcareService", FhirActor::Facility},
                                      Row{"Endpoint", FhirActor::Facility},
                                      Row{"Coverage", FhirActor::Coverage}};
    const auto* const row =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.type == resourceType; });
    return row == kRows.end() ? FhirActor::None : row->actor;
}

std::string FhirRoles::nameOf(std::uint32_t object) const {
    std::uint32_t node = object;
    while (node != JsonNode::kNone && m_tree.at(node).keyEnd == m_tree.at(node).begin) {
        node = m_tree.at(node).parent;
    }
    return node == JsonNode::kNone ? std::string() : m_tree.key(node, m_text);
}

/// Name of what the object's own member lies in: "maritalStatus" for one of its codings.
std::string FhirRoles::holderOf(std::uint32_t object) const {
    std::uint32_t node = object;
    while (node != JsonNode::kNone && m_tree.at(node).keyEnd == m_tree.at(node).begin) {
        node = m_tree.at(node).parent;
    }
    return node == JsonNode::kNone ? std::string() : nameOf(m_tree.at(node).parent);
}

bool FhirRoles::has(std::uint32_t object, std::string_view member) const {
    return !m_tree.members(object, member, m_text).empty();
}

std::string_view FhirRoles::ofExtension(std::uint32_t object, bool nested) const {
    const auto urls = m_tree.members(object, "url", m_text);
    if (urls.empty()) {
        return kLocal;
    }
    std::string_view role = kText;
    for (const std::uint32_t node : urls) {
        const std::string url = m_tree.content(node, m_text);
        const bool relative = nested && url.find(':') == std::string::npos && codeRole(url) == kStructure;
        if (m_tree.at(node).type != Type::String || !(relative || isStandard(url))) {
            return kLocal;
        }
        const auto* const row = std::find_if(kExtensions.begin(), kExtensions.end(),
                                             [&](const ExtensionRow& r) { return url.ends_with(r.end); });
        role = row == kExtensions.end() ? role : row->role;
    }
    return role;
}

std::string_view FhirRoles::ofValue(std::uint32_t node, std::string_view name, std::uint32_t object,
                                    const Around& around) const {
    const bool definition = name == "url" && has(object, "url") && nameOf(object).ends_with("xtension");
    if (!around.extension.empty() && around.extension != kText && !definition) {
        return around.extension;
    }
    if (m_tree.at(node).type == Type::String) {
        return definition ? kStructure : ofString(node, name, object, around);
    }
    const std::string parent = nameOf(object);
    if (name == "value" && (parent == "age" || parent.ends_with("Age"))) {
        return "patient.age";
    }
    return kStructure;
}

std::string_view FhirRoles::ofIdentifier(std::uint32_t object, std::string_view name, std::string_view value,
                                         const Around& around) const {
    if (name == "system") {
        return isStandard(value) ? kStructure : "facility.id";
    }
    if (name != "value") {
        return codeRole(value);
    }
    // HL7 table 0203 and the JP Core naming systems.
    std::string type = m_tree.text(object, "system", m_text);
    for (const std::uint32_t kind : m_tree.members(object, "type", m_text)) {
        for (const std::uint32_t codings : m_tree.members(kind, "coding", m_text)) {
            for (std::uint32_t i = m_tree.at(codings).firstChild; i != JsonNode::kNone;
                 i = m_tree.at(i).next) {
                type += '|' + m_tree.text(i, "code", m_text) + '|';
            }
        }
    }
    struct Row {
        std::string_view part;
        std::string_view role;
    };
    static constexpr std::array kRows{
        Row{"|SS|", "patient.national-id"},    Row{"|SB|", "patient.national-id"},
        Row{"us-ssn", "patient.national-id"},  Row{"|DL|", "patient.licence"},
        Row{"|PPN|", "patient.passport"},      Row{"passport", "patient.passport"},
        Row{"insurance-", "insurance.number"}, Row{"Insured", "insurance.number"},
        Row{"insured", "insurance.number"},    Row{"|NIIP|", "insurance.number"},
        Row{"|MB|", "insurance.number"}};
    const auto* const row = std::find_if(
        kRows.begin(), kRows.end(), [&](const Row& r) { return type.find(r.part) != std::string::npos; });
    if (row != kRows.end()) {
        return row->role;
    }
    const std::uint32_t parent = m_tree.at(object).parent;
    const bool ofReference = nameOf(object) == "identifier" && parent != JsonNode::kNone &&
                             has(parent, "identifier") && !has(parent, "resourceType");
    const std::string reference = ofReference ? nameOf(parent) : std::string();
    if (around.actor == FhirActor::Coverage) {
        return "insurance.number";
    }
    if (reference == "subject" || reference == "patient" || reference == "beneficiary") {
        return "patient.id";
    }
    if (ofReference && !reference.empty()) {
        return "document.id";
    }
    return byActor(around.actor, "patient.id", "family.id", "clinician.id", "facility.id", "order.id");
}

std::string_view FhirRoles::ofReference(std::uint32_t object, std::string_view name) const {
    if (name == "reference") {
        return "resource.reference";
    }
    // What is shown of it: by the type of its target, else by what it is for.
    const std::string target =
        m_tree.text(object, "type", m_text) + '/' + m_tree.text(object, "reference", m_text);
    const std::string element = nameOf(object);
    static constexpr std::array kPeople{"subject"sv, "patient"sv, "beneficiary"sv};
    static constexpr std::array kFacilities{"custodian"sv,         "managingOrganization"sv,
                                            "serviceProvider"sv,   "organization"sv,
                                            "location"sv,          "partOf"sv,
                                            "assigner"sv,          "payor"sv,
                                            "insurer"sv,           "facility"sv,
                                            "destination"sv,       "origin"sv,
                                            "locationReference"sv, "healthcareService"sv,
                                            "onBehalfOf"sv};
    static constexpr std::array kClinicians{"author"sv,
                                            "performer"sv,
                                            "requester"sv,
                                            "recorder"sv,
                                            "asserter"sv,
                                            "individual"sv,
                                            "actor"sv,
                                            "member"sv,
                                            "party"sv,
                                            "authenticator"sv,
                                            "who"sv,
                                            "sender"sv,
                                            "recipient"sv,
                                            "collector"sv,
                                            "practitioner"sv,
                                            "prescriber"sv,
                                            "enterer"sv,
                                            "provider"sv,
                                            "owner"sv,
                                            "generalPractitioner"sv,
                                            "resultsInterpreter"sv,
                                            "interpreter"sv,
                                            "referrer"sv,
                                            "informationSource"sv,
                                            "authorReference"sv,
                                            "receiver"sv,
                                            "responsibleParty"sv,
                                            "participant"sv};
    const auto of = [&](std::string_view type) { return target.find(type) != std::string::npos; };
    if (of("Patient/") || isOneOf(element, kPeople)) {
        return "patient.name";
    }
    if (of("RelatedPerson/")) {
        return "family.name";
    }
    if (of("Organization/") || of("Location/") || of("HealthcareService/") || isOneOf(element, kFacilities)) {
        return "facility.name";
    }
    return of("Practitioner") || isOneOf(element, kClinicians) ? "clinician.name" : kText;
}

std::string_view FhirRoles::ofString(std::uint32_t node, std::string_view name, std::uint32_t object,
                                     const Around& around) const {
    const std::string value = m_tree.content(node, m_text);
    const FhirActor actor = around.actor;
    const std::string parent = nameOf(object);
    if (around.resourceLevel && name == "id") {
        return "resource.id";
    }
    if (name == "fullUrl" || (parent == "request" && name == "url") ||
        (parent == "response" && name == "location")) {
        return value.find('?') != std::string::npos ? kLocal
               : isFhirResource(value)              ? kStructure
                                                    : "resource.reference";
    }
    if (name == "ifNoneExist" || (parent == "link" && name == "url") ||
        (parent == "meta" && name == "source")) {
        return kLocal;
    }
    // Attachment, Signature, Binary: files, or where they lie. SampledData.data are numbers.
    const bool samples = has(object, "origin") && has(object, "period");
    if ((name == "data" && !samples) || name == "valueBase64Binary" || name == "contentAttachment") {
        return "attachment";
    }
    const bool attached = has(object, "contentType") || parent == "photo" || parent.ends_with("ttachment");
    if (attached && (name == "url" || name == "hash")) {
        return "attachment";
    }
    if (name == "family" || name == "given" || name == "prefix" || name == "suffix" ||
        (name == "text" && (parent == "name" || parent.ends_with("HumanName")))) {
        return byActor(actor, "patient.name", "family.name", "clinician.name", "clinician.name",
                       "clinician.name");
    }
    const bool address = parent == "address" || parent.ends_with("Address");
    if (address && isOneOf(name, kAddressParts)) {
        return byActor(actor, "patient.address", "family.address", "clinician.address", "facility.address",
                       "patient.address");
    }
    if (name == "postalCode") {
        return byActor(actor, "patient.postal-code", "family.address", "clinician.address",
                       "facility.address", "patient.postal-code");
    }
    if (name == "value" && (parent == "telecom" || parent.ends_with("ContactPoint"))) {
        const bool mail = actor == FhirActor::Patient && m_tree.text(object, "system", m_text) == "email";
        return mail ? "patient.email"
                    : byActor(actor, "patient.phone", "family.phone", "clinician.phone", "facility.phone",
                              "clinician.phone");
    }
    const bool identifier = parent.ends_with("dentifier") || parent == "requisition";
    if (identifier && (name == "value" || name == "system")) {
        return ofIdentifier(object, name, value, around);
    }
    if (name == "reference" || (name == "display" && (has(object, "reference") || !has(object, "code"))) ||
        (name == "display" && has(object, "identifier"))) {
        return ofReference(object, name);
    }
    if (around.resource == "Patient" && around.resourceLevel && name == "gender") {
        return "patient.sex";
    }
    if (parent == "maritalStatus" || (parent == "coding" && holderOf(object) == "maritalStatus")) {
        return name == "system" ? kStructure : "patient.marital";
    }
    if (name == "birthDate" || name == "bornDate") {
        return actor == FhirActor::Patient ? "patient.birth-date" : "family.birth-date";
    }
    if (name == "subscriberId" || name == "dependent" ||
        (actor == FhirActor::Coverage && (name == "order" || name == "network"))) {
        return "insurance.number";
    }
    if (name == "uid" || name == "valueOid" || name == "valueUuid" || name == "serialNumber" ||
        name == "carrierHRF" || name == "deviceIdentifier" || name == "distinctIdentifier") {
        return "document.id";
    }
    if (actor == FhirActor::Facility && (name == "name" || name == "alias" || name == "description")) {
        return "facility.name";
    }
    if (name == "authorString") {
        return "clinician.name";
    }
    if (looksLikeDate(value, isDateName(name))) {
        return "document.date";
    }
    if (isOneOf(name, kUris)) {
        return isStandard(value) ? kStructure : kText;
    }
    if (isOneOf(name, kCodes) || (name == "id" && !around.resourceLevel)) {
        return codeRole(value);
    }
    return kText;
}

std::string fhirIdOf(std::string_view reference) {
    if (const std::size_t history = reference.find("/_history/"); history != std::string_view::npos) {
        reference = reference.substr(0, history);
    }
    const std::size_t last = reference.find_last_of(reference.starts_with("urn:") ? ":" : "/#");
    return std::string(last == std::string_view::npos ? reference : reference.substr(last + 1));
}

} // namespace kamei::intake::text
