#include "core/demo/Messages.h"

#include "core/demo/Draft.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;
using intake::encoding::Encoding;

constexpr const char* kPatient = "urn:uuid:5b0d9a4e-7c1f-4f0a-9a57-3f2f5e9c1a01";
constexpr const char* kPractitioner = "urn:uuid:5b0d9a4e-7c1f-4f0a-9a57-3f2f5e9c1a02";

/// Surname and given name in one script, as JP Core writes them (iso21090-EN-representation).
void name(Draft& out, const char* representation, const std::string& family, const std::string& given) {
    out << "{\"extension\": [{\"url\": "
           "\"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation\", "
           "\"valueCode\": \""
        << representation << "\"}], \"use\": \"official\", \"family\": \"";
    out.plant("patient-name", family) << "\", \"given\": [\"";
    out.plant("patient-name", given) << "\"]}";
}

} // namespace

base::Expected<std::vector<Planted>> writeLaboratoryMessage(const Person& p, const fs::path& cohort,
                                                            const std::string& file) {
    Draft out(p.id, file);
    out << "MSH|^~\\&|LIS|";
    out.plant("facility", hospital().name, false) << "|HIS||";
    out.plant("date", "20260309101500") << "||OUL^R22^OUL_R22|";
    out.plant("document-id", "M20260309000077")
        << "|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO\r";
    out << "PID|0001||";
    out.plant("patient-id", p.id) << "^^^^PI||";
    out.plant("patient-name", p.familyKanji) << "^";
    out.plant("patient-name", p.givenKanji) << "^^^^^L^I~";
    out.plant("patient-name", p.familyKana) << "^";
    out.plant("patient-name", p.givenKana) << "^^^^^L^P||";
    out.plant("birth-date", p.birthDate) << "|" << p.sex << "|||^^^^";
    out.plant("postal-code", p.postalCode) << "^JPN^H^";
    out.plant("address", p.address) << "||^PRN^PH^^^^^^^^^";
    out.plant("phone", p.phone) << "\rNK1|1|";
    out.plant("patient-name", p.familyKanji) << "^";
    out.plant("family", p.relative) << "|SON^息子^HL70063||^PRN^CP^^^^^^^^^";
    out.plant("phone", "090-0123-4567") << "\rPV1|0001|I|03E^0312^2|||||";
    out.plant("clinician", "D-0442", false) << "^";
    out.plant("clinician", "佐久間", false) << "^";
    out.plant("clinician", "亮", false) << "\rORC|SC|";
    out.plant("order-number", "026030912345678") << "||||||||20260309\rOBR|1|";
    out.plant("order-number", "026030912345678")
        << "||E001^生化学検査^99ZZZ|||202603090830\r"
           "OBX|1|NM|3B035000002327201^AST(GOT)^JC10||24|U/L^U/L^UCUM|13-30|N|||F|||202603090915\r"
           "OBX|2|NM|5C070000002306201^CRP^JC10||0.71|mg/dL^mg/dL^UCUM|-0.30|H|||F|||202603090915\r"
           "OBX|3|TX|99Z01^検体コメント^L||";
    out.plant("patient-name", p.familyKanji) << "様 溶血なし\\.br\\";
    out.plant("clinician", "佐久間", false) << "先生へ電話連絡 \\T\\ 長男 ";
    out.plant("family", p.relative) << "様に説明済||||||F\rZLB|1|";
    out.plant("insurance", "記号 12-34 番号 567890") << "|院内\r";
    return out.save(cohort, Encoding::Iso2022Jp, false);
}

base::Expected<std::vector<Planted>> writeFhirBundle(const Person& p, const fs::path& cohort,
                                                     const std::string& file) {
    Draft out(p.id, file);
    out << "{\n  \"resourceType\": \"Bundle\",\n  \"type\": \"collection\",\n  \"entry\": [\n    "
           "{\"fullUrl\": \"";
    out.plant("resource-id", kPatient)
        << "\", \"resource\": {\n      \"resourceType\": \"Patient\",\n      \"text\": "
           "{\"status\": \"generated\", \"div\": \"<div xmlns=\\\"http://www.w3.org/1999/"
           "xhtml\\\">氏名：";
    out.plant("patient-name", p.kanji()) << "</div>\"},\n      \"identifier\": [{\"system\": "
                                            "\"urn:oid:1.2.392.100495.20.3.51.12210199999\", \"value\": \"";
    out.plant("patient-id", p.id) << "\"}],\n      \"name\": [";
    name(out, "IDE", p.familyKanji, p.givenKanji);
    out << ", ";
    name(out, "SYL", p.familyKana, p.givenKana);
    out << "],\n      \"telecom\": [{\"system\": \"phone\", \"value\": \"";
    out.plant("phone", p.phone) << "\"}],\n      \"gender\": \"" << (p.sex == "F" ? "female" : "male")
                                << "\",\n      \"birthDate\": \"";
    out.plant("birth-date",
              p.birthDate.substr(0, 4) + "-" + p.birthDate.substr(4, 2) + "-" + p.birthDate.substr(6))
        << "\",\n      \"address\": [{\"text\": \"";
    out.plant("address", p.address) << "\", \"postalCode\": \"";
    out.plant("postal-code", p.postalCode)
        << "\", \"country\": \"JP\"}],\n      \"contact\": [{\"name\": {\"family\": \"";
    out.plant("patient-name", p.familyKanji) << "\", \"given\": [\"";
    out.plant("family", p.relative) << "\"]}}],\n      \"extension\": [{\"url\": "
                                       "\"http://minatobashi.example/card\", \"valueString\": \"";
    out.plant("card", "KC-88120456") << "\"}]\n    }},\n    {\"fullUrl\": \"";
    out.plant("resource-id", kPractitioner, false)
        << "\", \"resource\": {\"resourceType\": \"Practitioner\", \"name\": [{\"text\": \"";
    out.plant("clinician", hospital().physician, false)
        << "\"}]}},\n    {\"resource\": {\n      \"resourceType\": \"Observation\",\n      \"status\": "
           "\"final\",\n"
           "      \"code\": {\"coding\": [{\"system\": \"urn:oid:1.2.392.200119.4.504\", \"code\": "
           "\"4Z271000002301101\", "
           "\"display\": \"BNP\"}]},\n      \"subject\": {\"reference\": \""
        << kPatient << "\", \"display\": \"";
    out.plant("patient-name", p.kanji()) << "\"},\n      \"performer\": [{\"reference\": \"" << kPractitioner
                                         << "\"}],\n      \"effectiveDateTime\": \"";
    out.plant("date", "2026-03-10T09:20:00+09:00") << "\",\n      \"valueQuantity\": {\"value\": 412.50, "
                                                      "\"unit\": \"pg/mL\"},\n      \"note\": [{\"text\": \"";
    out.plant("patient-name", p.familyKanji) << "さんの妻 ";
    out.plant("family", p.relative)
        << "さんへ説明\"}]\n    }},\n    {\"resource\": {\n      \"resourceType\": \"DocumentReference\",\n  "
           "    "
           "\"status\": \"current\",\n      \"subject\": {\"reference\": \""
        << kPatient
        << "\"},\n      \"content\": [{\"attachment\": {\"contentType\": \"text/plain\", \"data\": \"";
    // "患者 野田 和夫", which no search of bytes would see.
    out.plant("attachment", "5oKj6ICFIOmHjueUsCDlkozlpKs=") << "\"}}]\n    }}\n  ]\n}\n";
    return out.save(cohort, Encoding::Utf8, false);
}

} // namespace kamei::demo
