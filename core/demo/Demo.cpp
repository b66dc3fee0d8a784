#include "core/demo/Demo.h"

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/FileIo.h"
#include "core/demo/DicomFiles.h"
#include "core/demo/Documents.h"
#include "core/demo/Electrocardiograms.h"
#include "core/demo/Endoscopy.h"
#include "core/demo/Glass.h"
#include "core/demo/Letter.h"
#include "core/demo/Messages.h"
#include "core/demo/People.h"
#include "core/demo/Photo.h"
#include "core/demo/Records.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;
using Writer = std::function<base::Expected<std::vector<Planted>>()>;

std::string answerKey(const std::vector<Planted>& planted) {
    nlohmann::ordered_json out;
    out["about"] = "Every identifier planted in cohort/. All people, places and numbers are invented.";
    auto& rows = out["planted"] = nlohmann::ordered_json::array();
    for (const Planted& p : planted) {
        rows.push_back({{"person", p.person},
                        {"kind", p.kind},
                        {"value", p.value},
                        {"file", p.file},
                        {"where", p.where}});
    }
    return out.dump(1) + "\n";
}

base::Expected<fs::path> emptyCohort(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
        return base::fail(base::ErrorCode::WorkspaceExists, "demo.folder");
    }
    const fs::path cohort = folder / "cohort";
    fs::create_directories(cohort / "2026-03", error);
    if (error) {
        return tl::unexpected(base::errorFromErrno(error.value(), "demo.folder"));
    }
    return cohort;
}

using Adder = base::Expected<std::vector<Planted>> (*)(const Person&, const fs::path&, const std::string&);

/// The kinds of data that invented people have, in turn.
constexpr std::array<std::pair<Adder, const char*>, 16> kKinds{{
    {writeChestXRay, "CR0312"},
    {writeDischargeSummary, "summary.txt"},
    {writeCdaReport, "report.xml"},
    {writeUltrasound, "echo.dcm"},
    {writeProgressNote, "note.txt"},
    {writeFhirBundle, "bundle.json"},
    {writePhoto, "photo.jpg"},
    {writeLaboratoryMessage, "OML-11_0077"},
    {writeStructuredReport, "SR0306"},
    {writePdfLetter, "reply.pdf"},
    {writeEeg, "eeg.edf"},
    {writeReferralLetter, "letter.txt"},
    {writeGenotypes, "genotypes.vcf"},
    {writeKneeMr, "MR0307"},
    {writeScpEcg, "ecg.scp"},
    {writeMonitorEcg, "monitor.mwf"},
}};
constexpr int kMostSubjects = 100'000;

} // namespace

base::Expected<void> writeDemo(const fs::path& folder, std::stop_token stop, base::ProgressSink& progress,
                               int subjects) {
    if (subjects < static_cast<int>(people().size()) || subjects > kMostSubjects) {
        return base::fail(base::ErrorCode::InvalidArgument, "demo.subjects");
    }
    const auto cohort = emptyCohort(folder);
    if (!cohort) {
        return tl::unexpected(cohort.error());
    }
    const std::vector<Person> all = manyPeople(subjects);
    std::vector<Writer> writers{
        [&] { return writeHeadCt(all[0], *cohort, "2026-03/CT0305", stop, progress); },
        [&] { return writeDischargeSummary(all[0], *cohort, "2026-03/summary.txt"); },
        [&] { return writeStructuredReport(all[0], *cohort, "2026-03/SR0306"); },
        [&] { return writeCdaReport(all[0], *cohort, "2026-03/report.xml"); },
        [&] { return writeUltrasound(all[1], *cohort, "2026-03/echo.dcm"); },
        [&] { return writeProgressNote(all[1], *cohort, "2026-03/note.txt"); },
        [&] { return writeKneeMr(all[1], *cohort, "2026-03/MR0307"); },
        [&] { return writePhoto(all[1], *cohort, "2026-03/photo.jpg"); },
        [&] { return writeChestXRay(all[2], *cohort, "2026-03/CR0312"); },
        [&] { return writeReferralLetter(all[2], *cohort, "2026-03/letter.txt"); },
        [&] { return writePdfLetter(all[2], *cohort, "2026-03/reply.pdf"); },
        [&] { return writeEndoscopy(all[2], *cohort, "2026-03/endoscopy.mp4"); },
        [&] { return writeSlide(all[0], *cohort, "2026-03/HE-1.svs"); },
        [&] { return writeLaboratoryTable(all, *cohort, "2026-03/labs.csv"); },
        [&] { return writeLaboratoryMessage(all[0], *cohort, "2026-03/OML-11_0077"); },
        [&] { return writeFhirBundle(all[1], *cohort, "2026-03/bundle.json"); },
        [&] { return writeEeg(all[1], *cohort, "2026-03/eeg.edf"); },
        [&] { return writeScpEcg(all[0], *cohort, "2026-03/ecg.scp"); },
        [&] { return writeMonitorEcg(all[2], *cohort, "2026-03/monitor.mwf"); },
        [&] { return writeGenePanel(all[2], *cohort, "2026-03/panel.vcf"); },
        [&] { return writeGenotypes(all[0], *cohort, "2026-03/genotypes.vcf"); },
    };
    for (std::size_t i = people().size(); i < all.size(); ++i) {
        const std::string own = "2026-03/" + all[i].id;
        std::error_code error;
        fs::create_directories(*cohort / own, error);
        // Two kinds that differ, in changing pairs.
        for (const std::size_t kind :
             {2 * i % kKinds.size(), (2 * i + 1 + i / 7 % (kKinds.size() - 1)) % kKinds.size()}) {
            writers.emplace_back([&all, &cohort, own, i, kind] {
                return kKinds.at(kind).first(all[i], *cohort, own + '/' + kKinds.at(kind).second);
            });
        }
    }
    std::vector<Planted> planted;
    progress.phase("demo");
    for (const Writer& write : writers) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "demo");
        }
        auto rows = write();
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        planted.insert(planted.end(), std::make_move_iterator(rows->begin()),
                       std::make_move_iterator(rows->end()));
    }
    return base::writeFileAtomically(folder / "answer-key.json", answerKey(planted));
}

} // namespace kamei::demo
