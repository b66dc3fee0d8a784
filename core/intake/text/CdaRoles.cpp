#include "core/intake/text/XmlSegments.h"

#include <algorithm>
#include <span>

namespace kamei::intake::text {
namespace {

using Names = std::span<const std::string_view>;

bool isOneOf(std::string_view name, Names names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whom the nearest role element speaks of (CDA R2, 4.2.2 header participants).
enum class Actor { None, Patient, Family, Clinician, Facility, Coverage };

constexpr std::string_view kFacilities[] = {"providerOrganization",
                                            "representedOrganization",
                                            "representedCustodianOrganization",
                                            "scopingOrganization",
                                            "serviceProviderOrganization",
                                            "healthCareFacility",
                                            "manufacturerOrganization",
                                            "asOrganizationPartOf",
                                            "wholeOrganization",
                                            "receivedOrganization",
                                            "location",
                                            "serviceProvider",
                                            "representedCustodian",
                                            // HL7 aECG (PORT_MT020001)
                                            "trialSite",
                                            "testingSite",
                                            "representedAuthoringOrganization",
                                            "responsibleOrganization",
                                            "sponsorOrganization",
                                            "clinicalTrialSponsor"};
constexpr std::string_view kFamilies[] = {"guardian", "relatedEntity", "relatedSubject"};
constexpr std::string_view kClinicians[] = {"assignedAuthor",
                                            "assignedEntity",
                                            "intendedRecipient",
                                            "assignedCustodian",
                                            "participantRole",
                                            "informationRecipient",
                                            "author",
                                            "dataEnterer",
                                            "legalAuthenticator",
                                            "authenticator",
                                            "responsibleParty",
                                            "encounterParticipant",
                                            "performer",
                                            "informant",
                                            // HL7 aECG
                                            "trialInvestigator",
                                            "investigator",
                                            "responsibleParty",
                                            "studyEventPerformer",
                                            "seriesAuthor",
                                            "secondaryPerformer",
                                            "seriesPerformer"};
/// RoleClass of HL7 v3: next of kin, personal relationship, emergency contact, guardian, caregiver,
/// dependant.
constexpr std::string_view kFamilyClasses[] = {"NOK", "PRS", "ECON", "GUARD", "CAREGIVER", "DEPEN"};
/// Policy holder, covered party, beneficiary, payer, underwriter.
constexpr std::string_view kCoverageClasses[] = {"POLHOLD", "COVPTY", "PAYOR", "UNDWRT", "BENEF"};
constexpr std::string_view kCoverageTypes[] = {"HLD", "COV"};

Actor actorOf(const XmlElement& element) {
    if (isOneOf(element.name, kFacilities)) {
        return Actor::Facility;
    }
    if (isOneOf(element.name, kFamilies) || isOneOf(element.classCode, kFamilyClasses)) {
        return Actor::Family;
    }
    if (isOneOf(element.classCode, kCoverageClasses) || isOneOf(element.typeCode, kCoverageTypes)) {
        return Actor::Coverage;
    }
    if (element.name == "patient" || element.name == "patientRole" || element.name == "recordTarget" ||
        element.name == "trialSubject" || element.name == "subjectDemographicPerson") {
        return Actor::Patient;
    }
    if (isOneOf(element.name, kClinicians) || element.name == "associatedEntity") {
        return Actor::Clinician;
    }
    return Actor::None;
}

constexpr std::string_view kTimes[] = {"effectiveTime",    "time",      "low",          "high",
                                       "center",           "birthTime", "deceasedTime", "signedTime",
                                       "availabilityTime", "width"};
constexpr std::string_view kStructural[] = {"code",
                                            "codeSystem",
                                            "codeSystemName",
                                            "codeSystemVersion",
                                            "typeCode",
                                            "classCode",
                                            "moodCode",
                                            "use",
                                            "unit",
                                            "nullFlavor",
                                            "mediaType",
                                            "representation",
                                            "determinerCode",
                                            "ID",
                                            "styleCode",
                                            "contextControlCode",
                                            "contextConductionInd",
                                            "inversionInd",
                                            "negationInd",
                                            "independentInd",
                                            "operator",
                                            "qualifier",
                                            "root",
                                            "extension",
                                            "assigningAuthorityName",
                                            "border",
                                            "width",
                                            "align",
                                            "colspan",
                                            "rowspan",
                                            "valign",
                                            "partType",
                                            "institutionSpecified",
                                            "schemaLocation",
                                            "institution",
                                            "language",
                                            "listType",
                                            "version",
                                            "cellpadding",
                                            "cellspacing",
                                            "rules",
                                            "frame",
                                            "summary",
                                            "scope",
                                            "headers",
                                            "href",
                                            "integrityCheckAlgorithm"};

std::string_view nameRole(Actor actor, std::string_view use) {
    switch (actor) {
    case Actor::Patient:
        return use == "SYL" || use == "PHON" ? "patient.kana" : "patient.name";
    case Actor::Family:
        return "family.name";
    case Actor::Facility:
        return "facility.name";
    case Actor::Coverage:
        return "family.name"; // the holder of the policy: the patient or a relative
    case Actor::Clinician:
        return "clinician.name";
    case Actor::None:
        break;
    }
    return "text";
}

std::string_view fieldRole(Actor actor, std::string_view patient, std::string_view family,
                           std::string_view clinician, std::string_view facility) {
    switch (actor) {
    case Actor::Patient:
        return patient;
    case Actor::Family:
    case Actor::Coverage:
        return family;
    case Actor::Clinician:
        return clinician;
    case Actor::Facility:
        return facility;
    case Actor::None:
        break;
    }
    return "text";
}

/// Issuers below this arc carry the ten-digit code of the institution in their OID (JAHIS data exchange, OIDs
/// of MEDIS-DC).
constexpr std::string_view kInstitutionArc = "1.2.392.100495.20.3.";

std::string_view idRole(Actor actor, const XmlElement& element, std::string_view attribute,
                        std::string_view value) {
    if (attribute == "root" && element.hasExtension) {
        return value.starts_with(kInstitutionArc) ? "facility.id" : "structure";
    }
    if (attribute != "root" && attribute != "extension") {
        return attribute == "assigningAuthorityName" ? "facility.name" : "structure";
    }
    if (actor == Actor::Coverage) {
        return "insurance.number";
    }
    const std::string_view role = fieldRole(actor, "patient.id", "family.id", "clinician.id", "facility.id");
    return role == "text" ? "document.id" : role;
}

std::string_view timeRole(const XmlElement& element, Actor actor) {
    if (element.name == "birthTime") {
        return actor == Actor::Patient ? "patient.birth-date" : "family.birth-date";
    }
    return "document.date";
}

struct Place {
    Actor actor = Actor::None;
    bool inName = false;
    bool inAddress = false;
    bool inNarrative = false;
    bool inBody = false;
    std::string_view nameUse;
};

/// Looks outward from the innermost element to the nearest actor.
Place placeOf(const std::vector<XmlElement>& open) {
    Place place;
    for (auto element = open.rbegin(); element != open.rend(); ++element) {
        if (element->name == "text" || element->name == "title") {
            place.inNarrative = true;
        }
        if (element->name == "structuredBody" || element->name == "nonXMLBody") {
            place.inBody = true;
        }
        if (place.actor != Actor::None) {
            continue;
        }
        if (element->name == "name" || element->name == "desc") {
            place.inName = true;
            place.nameUse = element->use;
        }
        if (element->name == "addr") {
            place.inAddress = true;
        }
        place.actor = actorOf(*element);
    }
    return place;
}

/// Samples of a waveform (HL7 v3 SLIST): numbers alone.
bool isSamples(const XmlElement& inner, std::string_view value) {
    return inner.name == "digits" && value.find_first_not_of("0123456789+-.eE \t\r\n") == std::string_view::npos;
}

/// The beginning of a list of moments (HL7 v3 GLIST_TS); that of other lists is a number.
bool isMoment(const XmlElement& inner, std::string_view value) {
    return inner.name == "head" && value.size() >= 8 &&
           value.substr(0, 8).find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view textRole(const std::vector<XmlElement>& open, const Place& place, std::string_view value) {
    const XmlElement& inner = open.back();
    if (isSamples(inner, value)) {
        return "structure";
    }
    if (inner.representation == "B64") {
        return "binary";
    }
    if (place.inName && place.actor != Actor::None) {
        return nameRole(place.actor, place.nameUse);
    }
    if (place.inAddress) {
        if (inner.name == "postalCode" && place.actor == Actor::Patient) {
            return "patient.postal-code";
        }
        return fieldRole(place.actor, "patient.address", "family.address", "clinician.address",
                         "facility.address");
    }
    return "text";
}

} // namespace

std::string_view cdaRole(const std::vector<XmlElement>& open, std::string_view attribute,
                         std::string_view value) {
    const Place place = placeOf(open);
    if (attribute.empty()) {
        return textRole(open, place, value);
    }
    const XmlElement& inner = open.back();
    if (inner.name == "id" || inner.name == "setId") {
        return idRole(inner.name == "setId" ? Actor::None : place.actor, inner, attribute, value);
    }
    if (attribute == "value") {
        if (inner.name == "telecom") {
            const bool mail = value.starts_with("mailto:") && place.actor == Actor::Patient;
            return mail ? "patient.email"
                        : fieldRole(place.actor, "patient.phone", "family.phone", "clinician.phone",
                                    "facility.phone");
        }
        if (inner.hasUnit) {
            return "structure"; // a width of time, a voltage
        }
        if (isOneOf(inner.name, kTimes) || isMoment(inner, value)) {
            return timeRole(inner, place.actor);
        }
        return "structure";
    }
    if (inner.name == "administrativeGenderCode" && (attribute == "code" || attribute == "displayName")) {
        return place.actor == Actor::Patient ? "patient.sex" : "structure";
    }
    return isOneOf(attribute, kStructural) ? "structure" : "text";
}

} // namespace kamei::intake::text
