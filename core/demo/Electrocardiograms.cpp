#include "core/demo/Electrocardiograms.h"

#include <cstdint>

#include "core/base/FileIo.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

constexpr int kRate = 250;          ///< samples a second
constexpr int kSeconds = 4;         ///< of both recordings
constexpr std::size_t kNumber = 20; ///< bytes of the field of a chart number, as devices keep it

constexpr const char* kExamination = "ECG-2026-0388";

std::string little(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
    return out;
}

std::string day(int year, int month, int date) {
    return little(static_cast<std::uint64_t>(year), 2) + static_cast<char>(month) + static_cast<char>(date);
}

std::string day(const std::string& yyyymmdd) {
    return day(std::stoi(yyyymmdd.substr(0, 4)), std::stoi(yyyymmdd.substr(4, 2)),
               std::stoi(yyyymmdd.substr(6, 2)));
}

std::string padded(std::string text, std::size_t size) {
    text.resize(size, '\0');
    return text;
}

std::string ended(const std::string& text) {
    return text + '\0';
}

/// Beats of a regular heart in whole numbers: the same bytes on every machine.
std::string beats(int lead) {
    std::string out;
    for (int i = 0; i < kRate * kSeconds; ++i) {
        const int at = i % 200;
        int value = (i * 13 + lead * 5) % 7;
        if (at >= 20 && at < 40) { // P
            value += 30 - 3 * (at < 30 ? 30 - at : at - 30);
        } else if (at >= 52 && at < 60) { // QRS
            value += (at < 56 ? 250 * (at - 51) : 1000 - 300 * (at - 55)) / (lead + 1);
        } else if (at >= 90 && at < 130) { // T
            value += 100 - 5 * (at < 110 ? 110 - at : at - 110);
        }
        out += little(static_cast<std::uint64_t>(static_cast<std::uint16_t>(value)), 2);
    }
    return out;
}

/// CRC-CCITT from 0xFFFF (EN 1064 5.2.5).
std::uint16_t checksum(const std::string& bytes) {
    std::uint32_t out = 0xFFFF;
    for (const char c : bytes) {
        out ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
        for (int bit = 0; bit < 8; ++bit) {
            out = ((out << 1) ^ ((out & 0x8000) != 0 ? 0x1021U : 0U)) & 0xFFFF;
        }
    }
    return static_cast<std::uint16_t>(out);
}

std::string tag(int number, const std::string& value) {
    return static_cast<char>(number) + little(value.size(), 2) + value;
}

std::string section(int id, const std::string& data) {
    const std::string body = little(static_cast<std::uint64_t>(id), 2) + little(16 + data.size(), 4) +
                             "\x14\x14" + (id == 0 ? std::string("SCPECG") : std::string(6, '\0')) + data;
    return little(checksum(body), 2) + body;
}

std::string identification(const Person& p, const std::string& technician) {
    const Hospital& h = hospital();
    std::string device = little(77, 2) + little(5, 2) + little(901, 2) + '\0' + '\xFF';
    device += padded("ECG-9", 6) + '\x14' + '\xA0' + std::string(3, '\0');
    device = padded(device, 35) + '\x01' + '\0' + ended("SN-ECG-3307") + ended("SW 7") + ended("SCP 3") +
             ended("demo");
    std::string out =
        tag(0, ended(p.familyRomaji)) + tag(1, ended(p.givenRomaji)) + tag(2, padded(p.id, kNumber)) +
        tag(5, day(p.birthDate)) + tag(8, std::string(1, p.sex == "M" ? '\1' : '\2')) + tag(14, device) +
        tag(16, ended("Minatobashi General Hospital")) + tag(20, ended(h.physicianRomaji)) +
        tag(22, ended(technician)) + tag(25, day(2026, 3, 5)) + tag(26, std::string("\x0B\x1E\x00", 3)) +
        tag(31, padded(kExamination, kNumber)) + std::string("\xFF\0\0", 3);
    return out.size() % 2 == 0 ? out : out + '\0';
}

std::string report(const std::string& statement) {
    return '\1' + day(2026, 3, 5) + std::string("\x0B\x28\x00\x02", 4) + '\1' +
           little(ended("Sinus rhythm").size(), 2) + ended("Sinus rhythm") + '\2' +
           little(ended(statement).size(), 2) + ended(statement);
}

std::string record(const std::vector<std::pair<int, std::string>>& sections) {
    constexpr std::size_t kHeader = 6;
    const std::size_t first = 16 + 10 * (sections.size() + 1);
    std::string pointers = little(0, 2) + little(first, 4) + little(kHeader + 1, 4);
    std::string rest;
    for (const auto& [id, data] : sections) {
        pointers += little(static_cast<std::uint64_t>(id), 2) + little(data.size(), 4) +
                    little(kHeader + first + rest.size() + 1, 4);
        rest += data;
    }
    std::string out = section(0, pointers) + rest;
    out = little(out.size() + kHeader, 4) + out;
    return little(checksum(out), 2) + out;
}

std::string definition(int kind, const std::string& value) {
    std::string out(1, static_cast<char>(kind));
    if (value.size() < 0x80) {
        return out + static_cast<char>(value.size()) + value;
    }
    return out + '\x82' + static_cast<char>(value.size() >> 8) + static_cast<char>(value.size() & 0xFF) +
           value;
}

} // namespace

base::Expected<std::vector<Planted>> writeScpEcg(const Person& p, const fs::path& cohort,
                                                 const std::string& file) {
    const std::string technician = "TOGAWA RIE";
    const std::string statement = "compared with 2025 of " + p.familyRomaji;
    // Section 3: two leads (I, II), simultaneous; section 6: 2500 nV, 4 ms, as they are.
    const std::string leads = std::string("\x02\x04", 2) + little(1, 4) + little(kRate * kSeconds, 4) + '\1' +
                              little(1, 4) + little(kRate * kSeconds, 4) + '\2';
    const std::string samples = little(2500, 2) + little(1'000'000 / kRate, 2) + std::string(2, '\0') +
                                little(2 * kRate * kSeconds, 2) + little(2 * kRate * kSeconds, 2) + beats(0) +
                                beats(1);
    const std::string out = record({{1, section(1, identification(p, technician))},
                                    {3, section(3, leads)},
                                    {6, section(6, samples)},
                                    {8, section(8, report(statement))}});
    if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "section 1"},
                                {p.id, "patient-name", p.familyRomaji, file, "section 1"},
                                {p.id, "patient-name", p.givenRomaji, file, "section 1"},
                                {p.id, "patient-name", p.familyRomaji, file, "section 8"},
                                {p.id, "accession", kExamination, file, "section 1"},
                                {"", "facility", "Minatobashi General Hospital", file, "section 1"},
                                {"", "clinician", hospital().physicianRomaji, file, "section 1"},
                                {"", "clinician", technician, file, "section 1"}};
}

base::Expected<std::vector<Planted>> writeMonitorEcg(const Person& p, const fs::path& cohort,
                                                     const std::string& file) {
    const std::string name = p.familyKanji + '^' + p.familyKana + '^' + p.givenKanji + '^' + p.givenKana;
    const std::string note = p.familyKanji + "さん 体動あり、" + p.relative + "さん面会中";
    std::string samples;
    for (int lead = 0; lead < 2; ++lead) {
        samples += beats(lead);
    }
    const auto channel = [](int index, const std::string& definitions) {
        return std::string(1, '\x3F') + static_cast<char>(index) + static_cast<char>(definitions.size()) +
               definitions;
    };
    const std::string out =
        definition(0x40, padded("MFR Monitor", 32)) + definition(0x01, "\1") + definition(0x03, "UTF-8") +
        definition(0x17, "demo^MON-4^01^SN-MON-2210") + definition(0x85, day(2026, 3, 12) + "\x0A\x05\x09") +
        definition(0x82, padded(p.id, kNumber)) + definition(0x81, name) +
        definition(0x83, little(std::stoul(p.age), 1) + little(0, 2) + day(p.birthDate)) +
        definition(0x84, std::string(1, p.sex == "M" ? '\1' : '\2')) + definition(0x16, note) +
        definition(0x0B, std::string("\x01\xFD", 2) + little(4, 4)) + definition(0x0A, std::string(1, '\0')) +
        definition(0x04, little(kRate * kSeconds, 4)) + definition(0x05, "\2") + definition(0x06, "\1") +
        channel(0, definition(0x09, little(1, 2))) + channel(1, definition(0x09, little(2, 2))) +
        definition(0x1E, samples) + '\x80' + '\0';
    if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "patient/code"},
                                {p.id, "patient-name", p.familyKanji, file, "patient/name"},
                                {p.id, "patient-name", p.givenKanji, file, "patient/name"},
                                {p.id, "patient-name", p.familyKana, file, "patient/name"},
                                {p.id, "patient-name", p.givenKana, file, "patient/name"},
                                {p.id, "family", p.relative, file, "note"}};
}

} // namespace kamei::demo
