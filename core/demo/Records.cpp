#include "core/demo/Records.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/FileIo.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

constexpr int kRecords = 10;  ///< of one second
constexpr int kSamples = 100; ///< a second
constexpr int kAnnotationBytes = 160;

std::string field(std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text;
}

/// EDF+: no blanks inside a part of an identification.
std::string joined(std::string text) {
    std::ranges::replace(text, ' ', '_');
    std::ranges::replace(text, '^', '_');
    return text;
}

std::string edfDate(const std::string& yyyymmdd) {
    static constexpr std::array kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const auto month = static_cast<std::size_t>(std::stoi(yyyymmdd.substr(4, 2)) - 1);
    return yyyymmdd.substr(6, 2) + '-' + kMonths.at(month) + '-' + yyyymmdd.substr(0, 4);
}

/// A rhythm of 10 Hz that waxes and wanes, in whole numbers: the same bytes on every machine.
std::string samples(int record, int channel) {
    std::string out;
    for (int i = 0; i < kSamples; ++i) {
        const int phase = (i + 3 * channel) % 10;
        const int triangle = phase < 5 ? phase * 2 - 5 : 15 - phase * 2;
        const int value = triangle * (20 + (record * 7 + channel * 5) % 30) + (i * 37 + record * 11) % 13;
        out += static_cast<char>(value & 0xFF);
        out += static_cast<char>((value >> 8) & 0xFF);
    }
    return out;
}

std::string annotations(int record, const std::string& text) {
    std::string out = '+' + std::to_string(record) + "\x14\x14" + std::string(1, '\0');
    if (!text.empty()) {
        out += '+' + std::to_string(record) + ".4\x14" + text + "\x14" + std::string(1, '\0');
    }
    out.resize(kAnnotationBytes, '\0');
    return out;
}

std::string vcfHeader(const std::string& more, const std::string& sample) {
    return "##fileformat=VCFv4.2\n" + more +
           "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Total depth\">\n"
           "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
           "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
           sample + "\n";
}

std::string variant(const std::string& chromosome, long position, int number) {
    static constexpr std::array kBases{"A\tG", "C\tT", "G\tA", "T\tC"};
    return chromosome + '\t' + std::to_string(position) + "\t.\t" +
           kBases.at(static_cast<std::size_t>(number) % kBases.size()) +
           "\t60\tPASS\tDP=" + std::to_string(30 + number % 7) + "\tGT\t" +
           (number % 3 == 0 ? "1/1" : "0/1") + '\n';
}

} // namespace

base::Expected<std::vector<Planted>> writeEeg(const Person& p, const fs::path& cohort,
                                              const std::string& file) {
    const std::string name = joined(p.familyRomaji + ' ' + p.givenRomaji);
    const std::string technician = joined(hospital().physicianRomaji);
    const std::string examination = "EEG-2026-0117";
    const std::string patient = p.id + ' ' + p.sex + ' ' + edfDate(p.birthDate) + ' ' + name;
    const std::string recording = "Startdate 07-MAR-2026 " + examination + ' ' + technician + " EEG-1250";
    std::string out = field("0", 8) + field(patient, 80) + field(recording, 80) + "07.03.2610.15.00" +
                      field("1024", 8) + field("EDF+C", 44) + field(std::to_string(kRecords), 8) +
                      field("1", 8) + field("3", 4);
    const auto three = [&](const char* channels, const char* second, const char* last, std::size_t width) {
        out += field(channels, width) + field(second, width) + field(last, width);
    };
    three("EEG Fp1-A1", "EEG C3-A1", "EDF Annotations", 16);
    three("AgCl electrode", "AgCl electrode", "", 80);
    three("uV", "uV", "", 8);
    three("-3276.8", "-3276.8", "-1", 8);
    three("3276.7", "3276.7", "1", 8);
    three("-32768", "-32768", "-32768", 8);
    three("32767", "32767", "32767", 8);
    three("HP:0.5Hz LP:60Hz", "HP:0.5Hz LP:60Hz", "", 80);
    three("100", "100", "80", 8);
    three("", "", "", 32);
    for (int record = 0; record < kRecords; ++record) {
        const std::string text = record == 2   ? "閉眼"
                                 : record == 5 ? "過換気開始、" + p.familyKanji + "さん 緊張あり"
                                               : std::string();
        out += samples(record, 0) + samples(record, 1) + annotations(record, text);
    }
    if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "header"},
                                {p.id, "patient-name", name, file, "header"},
                                {p.id, "birth-date", edfDate(p.birthDate), file, "header"},
                                {p.id, "patient-name", p.familyKanji, file, "annotation"},
                                {"", "clinician", technician, file, "header"},
                                {p.id, "accession", examination, file, "header"},
                                {p.id, "date", "07-MAR-2026", file, "header"}};
}

base::Expected<std::vector<Planted>> writeGenePanel(const Person& p, const fs::path& cohort,
                                                    const std::string& file) {
    const std::string clinician = joined(hospital().physicianRomaji);
    std::string out = vcfHeader("##fileDate=20260312\n##source=panel-caller-2.1\n"
                                "##commandline=\"call --sample " +
                                    p.id + " --out /srv/genetics/" + p.id + ".vcf\"\n##contact=" + clinician +
                                    "\n##reference=file:///srv/genetics/ref/GRCh38.fa\n"
                                    "##SAMPLE=<ID=" +
                                    p.id + ",Description=\"blood\">\n",
                                p.id);
    for (int i = 0; i < 6; ++i) {
        out += variant("chr7", 55'174'700L + 211L * i, i); // one gene
    }
    if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "text"},
                                {"", "clinician", clinician, file, "text"},
                                {"", "facility", "/srv/genetics/", file, "text"},
                                {p.id, "date", "20260312", file, "text"}};
}

base::Expected<std::vector<Planted>> writeGenotypes(const Person& p, const fs::path& cohort,
                                                    const std::string& file) {
    std::string out = vcfHeader("##fileDate=20260310\n", p.id);
    for (int i = 0; i < 48; ++i) {
        out += variant("chr" + std::to_string(1 + i / 6), 5'000'000L + 9'000'000L * (i % 6), i);
    }
    if (auto written = base::writeFileAtomically(cohort / file, out); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{p.id, "patient-id", p.id, file, "text"},
                                {p.id, "date", "20260310", file, "text"},
                                {p.id, "genotype", "chr8\t50000000\t", file, "text"}};
}

} // namespace kamei::demo
