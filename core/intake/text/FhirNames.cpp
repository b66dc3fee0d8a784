#include <algorithm>
#include <set>

#include "core/intake/text/FhirRoles.h"

namespace kamei::intake::text {
namespace {

// HL7 FHIR R4 (4.0.1): names of the elements of the clinical, administrative and financial resources and of
// their data types, with those that release 3 alone has. What bears another name is no part of the standard.
constexpr std::string_view kElements =
    "accessionIdentifier accident account achievementStatus action active activity actor actual "
    "actuality addItem additionalInstruction additive additiveProductName additiveType address "
    "addresses adjudication adjudicationAmount administration administrationInstruction admitSource "
    "adverseEvent age agent alias allDay allergyIntolerance allowedMoney altitude amount answer "
    "appliesTo appointment appointmentType arm asNeeded assertedDate asserter assessment assigner "
    "assurance attachment attended attester authenticator author authorReference authorString authored "
    "authoredOn authority authorizingPrescription availability availabilityExceptions availableEndTime "
    "availableStartTime availableTime axis backCurve base baseFormulaProductName baseFormulaType "
    "basedOn basis batch beneficiary benefitBalance benefitPeriod billable billablePeriod birthDate "
    "bodySite bodyStructure born brand businessStatus caloricDensity cancelationReason capacity "
    "careTeam careTeamLinkId careTeamSequence carrierAIDC carrierHRF caseSensitive category causality "
    "characteristic city claim claimResponse class classCode classHistory clinicalStatus closingTime "
    "code coding collectedDateTime collection collector color comment comments communication "
    "comparator complication complicationDetail component compositional concept conclusion "
    "conclusionCode condition confidentiality consent contact contained container content "
    "contentString contentType context contract contributedToDeath contributor controller copyright "
    "costToBeneficiary count countMax country courseOfTherapyType coverage created creation "
    "criticality currency custodian cylinder dailyAmount data dataAbsentReason date dateAsserted "
    "dateTime dateWritten dayOfWeek daysOfWeek daysSupply deceased deceasedBoolean definition "
    "denominator dependent derivedFrom description designation destination detail detailSequence "
    "detected detectedIssue device deviceIdentifier deviceName diagnosis diagnosisCodeableConcept "
    "diagnosisLinkId diagnosisReference diagnosisSequence diagnostics diameter dietPreference "
    "dimensions dischargeDisposition dispenseInterval dispenseRequest display disposition "
    "distinctIdentifier district div doNotPerform docStatus documentType dosage dosageInstruction dose "
    "doseAndRate doseNumber doseQuantity doseSequence due duration durationMax durationUnit during "
    "education emptyReason encounter end endpoint enteralFormula enterer entity entry entryType "
    "episodeOfCare estimatedAge etag event eventHistory evidence exception exclude excludeFoodModifier "
    "excluded executionPeriod expectedSupplyDuration expirationDate exposureRoute expressedBy "
    "expression extension eye facility facilityType factor family fastingStatusCodeableConcept "
    "financial fluidConsistencyType focal focalDevice focus followUp food foodPreferenceModifier for "
    "form formCode format frames frequency frequencyMax fullUrl function fundingSource gender "
    "generalPractitioner given goal groupIdentifier hasMember hash healthcareService height "
    "hierarchyMeaning high hospitalization hoursOfOperation id identifier ifMatch ifModifiedSince "
    "ifNoneExist ifNoneMatch image imagingStudy implicitRules inResponseTo inactive indexed individual "
    "information informationLinkId informationSequence informationSource ingredient initial "
    "initialFill input instance instantiatesCanonical instantiatesUri instruction insurance insurer "
    "intent interpretation interpreter isActive isSubpotent issue issueSeverity issued issuer item "
    "itemSequence jurisdiction kind language lastModified lastOccurrence lastUpdated laterality "
    "latitude length lens lensSpecification lifecycleStatus line link linkId location locationCode "
    "locationCodeableConcept locationQualifier locationReference longitude lotNumber low lowerLimit "
    "managingOrganization manifestation manipulated manufactureDate manufacturer maritalStatus "
    "masterIdentifier maxDosePerAdministration maxDosePerLifetime maxDosePerPeriod maxVolumeToDeliver "
    "measure media medium member meta method minutesDuration mitigation modality mode modelNumber "
    "modifier modifierExtension morphology multipleBirth name net network notAvailable notDone "
    "notDoneReason notGiven note noteNumber number numberOfInstances numberOfRepeatsAllowed "
    "numberOfSeries numerator nutrient occurredDateTime occurredPeriod occurrence offset onAdmission "
    "onBehalfOf onset openingTime operationalStatus oralDiet order orderDetail orderedBy organization "
    "origin originalPrescription other outcome outcomeCode outcomeMeasure outcomeReference output "
    "owner oxygen packageCode parent partNumber partOf participant party patient patientInstruction "
    "patientOrientation payee payload payment payor performer performerType period periodMax "
    "periodUnit person photo physicalType plannedActivityReference policy policyHolder position "
    "postalCode power practiceSetting practitioner preAdmissionIdentifier preAuthRef preAuthRefPeriod "
    "precedence prediction preferred prefix prescriber prescription presentationDate presentedForm "
    "primarySource priorPrescription priority prism probability procedure procedureCode "
    "procedureLinkId procedureReference procedureSequence processNote processing product productName "
    "productOrService profile programCode programEligibility progress prohibited property "
    "protocolApplied provider provision publicationDate publisher purpose purposeOfEvent qualification "
    "qualitativeRisk quantity questionnaire rank rate rateRatio rating rationale reAdmission reaction "
    "reason reasonCode reasonNotGiven reasonNotTaken reasonReference received receivedTime receiver "
    "recipient recorded recordedDate recordedRelease recorder reference referenceDocument "
    "referenceRange referral referrer related relatesTo relation relationship relevantHistory repeat "
    "repetitions replaces replayed report reportedReference request requestedPeriod requester required "
    "requisition resource resourceType response responsible responsibleParty restriction result "
    "resultingCondition resultsInterpreter revenue role route routeofAdministration rule safety "
    "schedule scheduled scope score search section security securityLabel sender sent sequence "
    "serialNumber series seriesDoses seriousness service serviceProvider serviceType serviced severity "
    "sex sigFormat signature site size slot sopClass source sourceAttachment sourcePatientInfo "
    "specialArrangement specialCourtesy specialization specialty specimen sphere stage start "
    "startCodeableConcept startDate started state status statusHistory statusReason strength studies "
    "study subDetail subDetailSequence subSite subject subjectMedicalHistory subjectState "
    "submissionDate subpotentReason subrogation subscriber subscriberId substance substitution suffix "
    "summary supplement supportingInfo supportingInformation suspectEntity system tag taken target "
    "targetDisease targetFormat telecom text texture time timeOfDay timestamp timing title topic total "
    "totalCost type udi udiCarrier uid unit unitPrice upperLimit url use useContext usedCode usedMoney "
    "usedReference userSelected vaccinationProtocol vaccineCode validityPeriod value valueSet "
    "verification verificationDate verificationStatus verified verifiedWith version versionId "
    "versionNeeded view volume wasNotGiven wasSubstituted what when whenHandedOver whenPrepared "
    "whenRange who width ";

// 2.6.5: elements of several types are named by one of these and the type.
constexpr std::string_view kChoices =
    "abatement age allowed asNeeded author born chargeItem collected content deceased defaultValue "
    "detail diagnosis dose doseNumber due effective entity event fastingStatus indication item "
    "legallyBinding location medication minimum multipleBirth occurrence onset performed procedure "
    "product rate reported scheduled seriesDoses serviced source start statusReason subject substance "
    "target time timing topic used value ";
constexpr std::string_view kTypes =
    "Address Age Annotation Attachment Base64Binary Boolean Canonical Code CodeableConcept Coding "
    "ContactPoint Count Date DateTime Decimal Distance Dosage Duration HumanName Id Identifier Instant "
    "Integer Markdown Meta Money Oid Period PositiveInt Quantity Range Ratio Reference SampledData "
    "Signature String Time Timing UnsignedInt Uri Url Uuid ";

// 2.1: resource types whose instances speak of patients, or of those who treat them.
constexpr std::string_view kResources =
    "Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse "
    "AuditEvent Basic Binary BodyStructure Bundle CarePlan CareTeam ChargeItem Claim ClaimResponse "
    "ClinicalImpression CodeSystem Communication CommunicationRequest Composition Condition Consent "
    "Coverage DetectedIssue Device DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest "
    "DocumentReference Encounter Endpoint EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag "
    "Goal Group HealthcareService ImagingStudy Immunization ImmunizationEvaluation "
    "ImmunizationRecommendation List Location Media Medication MedicationAdministration "
    "MedicationDispense MedicationRequest MedicationStatement MessageHeader NutritionOrder Observation "
    "OperationOutcome Organization OrganizationAffiliation Parameters Patient Person Practitioner "
    "PractitionerRole Procedure Provenance QuestionnaireResponse RelatedPerson RequestGroup "
    "ResearchStudy ResearchSubject RiskAssessment Schedule ServiceRequest Slot Specimen Substance "
    "SupplyDelivery SupplyRequest Task VisionPrescription ";

using Names = std::set<std::string_view>;

/// Words with a space behind each.
Names split(std::string_view words) {
    Names out;
    for (std::size_t end = words.find(' '); end != std::string_view::npos; end = words.find(' ')) {
        out.insert(words.substr(0, end));
        words.remove_prefix(end + 1);
    }
    return out;
}

} // namespace

bool isFhirElement(std::string_view name) {
    static const Names elements = split(kElements);
    static const Names choices = split(kChoices);
    static const Names types = split(kTypes);
    name.remove_prefix(name.starts_with('_') ? 1 : 0); // 2.6.2.3: id and extensions of a primitive element
    return elements.contains(name) || std::any_of(choices.begin(), choices.end(), [&](std::string_view base) {
               return name.starts_with(base) && types.contains(name.substr(base.size()));
           });
}

bool isFhirResource(std::string_view name) {
    static const Names resources = split(kResources);
    return resources.contains(name);
}

} // namespace kamei::intake::text
