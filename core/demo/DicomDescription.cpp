#include "core/demo/DicomDescription.h"

#include <array>
#include <cstdio>

namespace kamei::demo {
namespace {

constexpr std::string_view kRoot = "1.2.826.0.1.3680043.10.999";
constexpr std::string_view kStudyDate = "20260305";

} // namespace

std::string uid(const Person& person, int study, int series, int instance) {
    std::string out =
        std::string(kRoot) + "." + std::to_string(std::stol(person.id)) + "." + std::to_string(study);
    if (series > 0) {
        out += "." + std::to_string(series);
    }
    return instance > 0 ? out + "." + std::to_string(instance) : out;
}

std::string decimal(double value) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value);
    return text.data();
}

void describe(DicomWriter& out, const Person& person, const std::string& accession, const std::string& file,
              std::vector<Planted>& planted) {
    const auto plant = [&](const std::string& kind, const std::string& value, const std::string& where,
                           bool ofPerson = true) {
        planted.push_back({ofPerson ? person.id : std::string{}, kind, value, file, where});
    };
    out.setName("0010,0010", person.familyRomaji + "^" + person.givenRomaji,
                person.familyKanji + "^" + person.givenKanji, person.familyKana + "^" + person.givenKana);
    plant("patient-name", person.familyRomaji + "^" + person.givenRomaji, "(0010,0010)");
    plant("patient-name", person.familyKanji + "^" + person.givenKanji, "(0010,0010)");
    plant("patient-name", person.familyKana + "^" + person.givenKana, "(0010,0010)");
    const std::array<std::array<std::string, 3>, 7> values{{
        {"0010,0020", person.id, "patient-id"},
        {"0010,0021", "MINATO-H", "issuer"},
        {"0010,0030", person.birthDate, "birth-date"},
        {"0010,1040", person.address, "address"},
        {"0010,2154", person.phone, "phone"},
        {"0008,0050", accession, "accession"},
        {"0008,0020", std::string(kStudyDate), "date"},
    }};
    for (const auto& [tag, value, kind] : values) {
        out.set(tag, value);
        plant(kind, value, "(" + tag + ")");
    }
    out.set("0010,0040", person.sex);
    out.set("0010,1010", person.age);
    out.set("0008,0030", "103000");
    out.set("0020,0010", "S" + accession.substr(1));
    out.set("0008,0080", hospital().name);
    plant("facility", hospital().name, "(0008,0080)", false);
    out.set("0008,0081", hospital().address);
    plant("address", hospital().address, "(0008,0081)", false);
    out.set("0008,0090", hospital().physicianRomaji + "=佐久間^亮");
    plant("clinician", hospital().physicianRomaji, "(0008,0090)", false);
    plant("clinician", "佐久間^亮", "(0008,0090)", false);
    out.set("0008,1070", hospital().radiographer);
    plant("clinician", hospital().radiographer, "(0008,1070)", false);
    out.set("0010,4000", "長男 " + person.relative + "さん同席、造影同意あり。TEL " + person.phone);
    plant("family", person.relative, "(0010,4000)");
    plant("phone", person.phone, "(0010,4000)");
    out.set("0040,0007", "Dr佐久間 依頼", "0040,0275");
    plant("clinician", "佐久間", "(0040,0275)[0].(0040,0007)", false);
}

void describeSeries(DicomWriter& out, const Person& person, int study, int instance,
                    const std::string& sopClass, std::vector<Planted>* planted, const std::string& file) {
    out.set("0008,0016", sopClass);
    out.set("0008,0018", uid(person, study, 1, instance));
    out.set("0020,000d", uid(person, study));
    out.set("0020,000e", uid(person, study, 1));
    out.set("0020,0011", "1");
    out.set("0020,0013", std::to_string(instance));
    out.set("0020,0020", "");
    if (planted != nullptr) {
        planted->push_back({person.id, "uid", uid(person, study), file, "(0020,000D)"});
    }
}

void describePixels(DicomWriter& out, std::uint16_t rows, std::uint16_t columns, std::uint16_t bits,
                    bool isSigned) {
    out.setNumber("0028,0002", 1);
    out.set("0028,0004", "MONOCHROME2");
    out.setNumber("0028,0010", rows);
    out.setNumber("0028,0011", columns);
    out.setNumber("0028,0100", bits > 8 ? 16 : 8);
    out.setNumber("0028,0101", bits);
    out.setNumber("0028,0102", static_cast<std::uint16_t>(bits - 1));
    out.setNumber("0028,0103", isSigned ? 1 : 0);
}

} // namespace kamei::demo
