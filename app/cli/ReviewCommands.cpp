#include <CLI/CLI.hpp>
#include <map>

#include "app/cli/Commands.h"
#include "app/cli/Keys.h"
#include "app/cli/Passphrase.h"
#include "app/cli/Pdf.h"
#include "app/cli/Running.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"
#include "core/job/Predecessor.h"
#include "core/job/Sealing.h"
#include "core/release/DeletedInformation.h"
#include "core/release/ReleaseWriter.h"
#include "core/risk/Trial.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    std::string out;
    std::string sign;
    std::string dicomdir;
    bool destroy = false;
    bool json = false;
    bool passphraseStdin = false;
    std::vector<std::string> trials;
    std::int64_t population = 0;
};

using Opened = base::Expected<std::shared_ptr<job::Session>>;

/// Pseudonyms of subjects: what may be printed of a person.
class Pseudonyms {
public:
    explicit Pseudonyms(const job::Session& session) : m_session(session) {}

    std::string of(base::SubjectId id) {
        auto [entry, isNew] = m_known.try_emplace(id);
        if (isNew) {
            const auto subject = m_session.subject(id);
            if (subject && *subject) {
                entry->second = (*subject)->pseudonym;
            }
        }
        return entry->second;
    }
    Json list(const std::vector<base::SubjectId>& ids) {
        Json out = Json::array();
        for (const base::SubjectId id : ids) {
            out.push_back(of(id));
        }
        return out;
    }

private:
    const job::Session& m_session;
    std::map<base::SubjectId, std::string> m_known;
};

template <class Tag> Json idList(const std::vector<base::Id<Tag>>& ids) {
    Json out = Json::array();
    for (const auto id : ids) {
        out.push_back(id.value);
    }
    return out;
}

Json fieldsJson(const std::vector<risk::FieldValue>& values) {
    Json out = Json::object();
    for (const risk::FieldValue& value : values) {
        out[value.field] = value.value;
    }
    return out;
}

std::string fieldsText(const std::vector<risk::FieldValue>& values) {
    std::string out;
    for (const risk::FieldValue& value : values) {
        out += (out.empty() ? "" : ", ") + value.field + '=' + value.value;
    }
    return out;
}

Exit printSingledOut(const job::Session& session, const risk::Analysis& analysis, Pseudonyms& pseudonyms,
                     bool json) {
    const auto rows = session.subjects({});
    if (!rows) {
        return report(rows.error());
    }
    std::map<base::SubjectId, std::string> reasons;
    for (const job::SubjectRow& row : *rows) {
        reasons.emplace(row.id, row.riskReason);
    }
    bool open = false;
    for (const risk::SingledOut& person : analysis.singledOut) {
        const std::string& reason = reasons[person.subject];
        open = open || reason.empty();
        if (!json) {
            const std::string first =
                person.combinations.empty() ? std::string() : fieldsText(person.combinations.front());
            printCells({"singled-out", pseudonyms.of(person.subject), "1", first, reason});
            continue;
        }
        Json combinations = Json::array();
        for (const auto& combination : person.combinations) {
            combinations.push_back(fieldsJson(combination));
        }
        Json out{{"singled_out", pseudonyms.of(person.subject)},
                 {"combinations", std::move(combinations)},
                 {"assets", idList(person.assets)}};
        if (!person.undecided.empty()) {
            out["undecided"] = person.undecided;
        }
        if (!reason.empty()) {
            out["reason"] = reason;
        }
        printLine(out);
    }
    return open ? Exit::Open : Exit::Done;
}

std::string fromTo(auto before, auto after) {
    return std::to_string(before) + " -> " + std::to_string(after);
}

/// Methods of 4.7.2 tried on what the cohort shows: what it takes, and whom it leaves singled out.
Exit printTrial(const job::Session& session, const Options& options, const std::stop_token& stop) {
    std::vector<risk::Trial> trials;
    for (const std::string& text : options.trials) {
        auto trial = risk::trialFromText(text);
        if (!trial) {
            return report(trial.error());
        }
        trials.push_back(std::move(*trial));
    }
    const auto subjects = job::cohortTraits(session, stop);
    const auto tried = subjects ? risk::tried(*subjects, trials) : tl::unexpected(subjects.error());
    if (!tried) {
        return report(tried.error());
    }
    const auto before = risk::analyse(*subjects, {}, stop);
    const auto after = risk::analyse(tried->subjects, {}, stop);
    if (!before || !after) {
        return report(before ? after.error() : before.error());
    }
    if (!options.json) {
        printCells({"row", "field", "changed", "values"});
    }
    for (const risk::FieldLoss& loss : tried->losses) {
        if (options.json) {
            printLine({{"field", loss.field},
                       {"filled", loss.filled},
                       {"changed", loss.changed},
                       {"distinct_before", loss.distinctBefore},
                       {"distinct_after", loss.distinctAfter},
                       {"entropy_lost", loss.lost}});
        } else {
            printCells({"field", loss.field, std::to_string(loss.changed) + "/" + std::to_string(loss.filled),
                        fromTo(loss.distinctBefore, loss.distinctAfter)});
        }
    }
    const auto people = std::ranges::count_if(
        after->singledOut, [](const risk::SingledOut& one) { return one.subject.valid(); });
    if (options.json) {
        printLine({{"singled_out_before", before->singledOut.size()},
                   {"singled_out_after", people},
                   {"classes_before", before->classes.size()},
                   {"classes_after", after->classes.size()},
                   {"records_deleted", tried->recordsDeleted},
                   {"records_added", tried->recordsAdded}});
    } else {
        printCells({"singled-out", {}, {}, fromTo(before->singledOut.size(), people)});
        printCells({"classes", {}, {}, fromTo(before->classes.size(), after->classes.size())});
    }
    return people > 0 ? Exit::Open : Exit::Done;
}

Exit printPopulation(const risk::Analysis& analysis, const Options& options) {
    const auto risk = job::analysePopulation(analysis, options.population);
    if (!risk) {
        return report(risk.error());
    }
    if (options.json) {
        printLine({{"population", risk->population},
                   {"people", risk->people},
                   {"sample_uniques", risk->sampleUniques},
                   {"population_uniques", risk->populationUniques},
                   {"share_unique", risk->shareUnique},
                   {"model", risk->fitted ? "pitman" : "none"}});
    } else {
        printCells({"population",
                    {},
                    std::to_string(risk->population),
                    "sample-uniques=" + std::to_string(risk->sampleUniques) +
                        ", share-unique=" + std::to_string(risk->shareUnique)});
    }
    return Exit::Done;
}

Exit runRisk(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    const Interrupt interrupt;
    if (!options.trials.empty()) {
        return printTrial(**session, options, interrupt.token());
    }
    const auto analysis = job::analyseRisk(**session, interrupt.token());
    if (!analysis) {
        return report(analysis.error());
    }
    if (analysis->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    Pseudonyms pseudonyms(**session);
    if (!options.json) {
        printCells({"row", "subject", "size", "values", "reason"});
    }
    for (const risk::EquivalenceClass& one : analysis->classes) {
        if (!options.json) {
            printCells({"class", {}, std::to_string(one.size), fieldsText(one.values)});
            continue;
        }
        Json out{{"size", one.size},
                 {"fields", fieldsJson(one.values)},
                 {"subjects", pseudonyms.list(one.subjects)}};
        if (!one.undecided.empty()) {
            out["undecided"] = one.undecided;
        }
        printLine(out);
    }
    if (const Exit done = printPopulation(*analysis, options); done != Exit::Done) {
        return done;
    }
    return printSingledOut(**session, *analysis, pseudonyms, options.json);
}

Exit printGate(job::Session& session, bool json) {
    const auto points = job::evaluateGate(session);
    if (!points) {
        return report(points.error());
    }
    Pseudonyms pseudonyms(session);
    if (!json && !points->empty()) { // nothing at all is printed while the gate is open
        printCells({"condition", "open"});
    }
    for (const release::GatePoint& point : *points) {
        if (!json) {
            printCells({std::string(release::word(point.condition)), std::to_string(point.count)});
            continue;
        }
        Json out{{"condition", release::word(point.condition)}, {"count", point.count}};
        if (!point.assets.empty()) {
            out["assets"] = idList(point.assets);
        }
        if (!point.subjects.empty()) {
            out["subjects"] = pseudonyms.list(point.subjects);
        }
        if (!point.fields.empty()) {
            out["fields"] = point.fields;
        }
        printLine(out);
    }
    return points->empty() ? Exit::Done : Exit::Open;
}

Exit runGate(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    return session ? printGate(**session, options.json) : report(session.error());
}

Exit runRelease(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    const auto before = (*session)->info();
    if (!before) {
        return report(before.error());
    }
    std::string by = kActor;
    if (!options.sign.empty()) {
        const auto identity = unlockKey(options.sign);
        const auto done = identity ? (*session)->signIn(*identity) : tl::unexpected(identity.error());
        if (!done) {
            return report(done.error());
        }
        by = (*identity)->person().name;
    }
    job::ReleaseSpec spec{options.out, by, readPassphrase(options.passphraseStdin)};
    spec.fileSet = options.dicomdir == "yes"  ? job::FileSet::Yes
                   : options.dicomdir == "no" ? job::FileSet::No
                                              : job::FileSet::AsImported;
    const Interrupt interrupt;
    base::Expected<job::Report> done;
    {
        ProgressLine progress;
        done = job::releaseJob(*session, std::move(spec))->run(interrupt.token(), progress);
    }
    if (!done) {
        const Exit exit = report(done.error());
        if (done.error().code != base::ErrorCode::GateClosed) {
            return exit;
        }
        const Exit printed = printGate(**session, true);
        return printed == Exit::Done ? exit : printed;
    }
    if (done->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    tell(std::string(say("Released files: ", "書き出したファイル: ")) +
         std::to_string(done->done + done->unchanged));
    const auto sheet = (*session)->sheet();
    if (sheet && sheet->keepDeletedInformation && !before->keyDestroyed) {
        tell(say("The deleted information is sealed beside the workspace, in the file that has its name and "
                 "ends in .deleted-information; it is destroyed in the workspace.",
                 "削除情報等はワークスペースの隣に封印して保存しました (同じ名前で末尾が "
                 ".deleted-information のファイル)。ワークスペース内のものは消去しました。"));
    }
    return Exit::Done;
}

Exit runDeleted(const Options& options) {
    const Opened session = job::Session::open(options.workspace, options.destroy ? job::OpenMode::ReadWrite
                                                                                 : job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    if (options.destroy) {
        std::string by = kActor;
        if (!options.sign.empty()) {
            const auto identity = unlockKey(options.sign);
            const auto done = identity ? (*session)->signIn(*identity) : tl::unexpected(identity.error());
            if (!done) {
                return report(done.error());
            }
            by = (*identity)->person().name;
        }
        if (const auto done = job::destroySealed(**session, by); !done) {
            return report(done.error());
        }
    }
    const auto info = (*session)->info();
    if (!info) {
        return report(info.error());
    }
    const bool due = !info->keptUntil.empty() && info->keptUntil < release::dayOf(base::nowMs());
    const char* const state = !info->keptUntil.empty() ? "kept"
                              : info->keyDestroyed     ? "destroyed"
                                                       : "in-workspace";
    Json out{{"state", state}};
    if (!info->keptUntil.empty()) {
        out["until"] = info->keptUntil;
        out["due"] = due;
    }
    const auto continues = job::continuesUntil(**session);
    if (!continues) {
        return report(continues.error());
    }
    if (!continues->empty()) {
        out["continuesUntil"] = *continues; // of the workspace that this one goes on from
    }
    printLine(out);
    if (due) {
        tell(say("The day until which the deleted information is kept has passed: destroy it (--destroy).",
                 "削除情報等の保存期限を過ぎています。--destroy で消去してください。"));
    }
    return due ? Exit::Open : Exit::Done;
}

base::Expected<std::string> render(const release::ReportData& data, const std::filesystem::path& extension) {
    if (extension == ".json") {
        return release::reportJson(data);
    }
    auto html = release::reportHtml(data);
    return !html || extension == ".html" ? html : pdfFromHtml(*html);
}

Exit runReport(const Options& options) {
    const std::filesystem::path out(options.out);
    const std::filesystem::path extension = out.extension();
    if (extension != ".html" && extension != ".json" && extension != ".pdf") {
        return report({base::ErrorCode::InvalidArgument, {"--out FILE.pdf|.html|.json"}, {}});
    }
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    const auto data = job::reportData(**session);
    if (!data) {
        return report(data.error());
    }
    const auto content = render(*data, extension);
    if (!content && content.error().code == base::ErrorCode::NotPossible) {
        tell(say("This program was built without PDF. Use a file that ends in .html, and print it.",
                 "このプログラムは PDF に対応していません。.html で書き出し、印刷してください。"));
        return Exit::Usage;
    }
    if (!content) {
        return report(content.error());
    }
    const auto written = base::writeFileAtomically(std::filesystem::absolute(out), *content);
    if (!written) {
        // A folder that is not there is a matter of the output, not of an input.
        return std::max(report(written.error()), Exit::Io);
    }
    tell(say("The report was written.", "報告書を書き出しました。"));
    return Exit::Done;
}

} // namespace

void addReviewCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    const auto command = [&](const char* name, const char* help, Exit (*run)(const Options&)) {
        CLI::App* made = app.add_subcommand(name, help);
        made->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
        return made;
    };
    const auto withWorkspace = [&](CLI::App* made) {
        made->add_option("workspace", options->workspace, "workspace folder")->required();
        return made;
    };
    CLI::App* const risk = withWorkspace(command("risk", "who is singled out by quasi-identifiers", runRisk));
    risk->add_option(
        "--try", options->trials,
        "a method of Guideline 4.7.2 on a field, tried in order, nothing is changed: age=generalise:10 "
        "municipality=generalise occupation=delete-field age=top-code:85 age=microaggregate:3 "
        "age=swap:0.2 age=noise:2 occupation=delete-cells delete-records synthesise:50");
    risk->add_option(
            "--population", options->population,
            "people the cohort comes from; left out: those of the municipalities it names (2020 census)")
        ->check(CLI::PositiveNumber);
    for (CLI::App* made :
         {risk,
          withWorkspace(command("gate", "what is open before release; exit 1 while closed", runGate))}) {
        made->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
    }
    CLI::App* const release = withWorkspace(command(
        "release", "write the data set, manifest and report; refused while the gate is closed", runRelease));
    release->add_option("out", options->out, "folder to make")->required();
    release->add_flag("--passphrase-stdin", options->passphraseStdin,
                      "read the passphrase that seals kept deleted information from standard input, not from "
                      "KAMEI_PASSPHRASE");
    release
        ->add_option("--dicomdir", options->dicomdir,
                     "DICOM files as a file-set with a DICOMDIR: yes, no; else where one was imported")
        ->check(CLI::IsMember({"yes", "no"}));
    release->add_option("--sign", options->sign,
                        "name or fingerprint of the signing key; its passphrase is in "
                        "KAMEI_KEY_PASSPHRASE");
    CLI::App* const deleted = withWorkspace(
        command("deleted", "what became of the deleted information; exit 1 when it is due", runDeleted));
    deleted->add_flag("--destroy", options->destroy, "destroy what was kept sealed beside the workspace");
    deleted->add_option("--sign", options->sign, "name or fingerprint of the signing key");
    withWorkspace(command("report", "write the report on the workspace as it stands", runReport))
        ->add_option("--out", options->out, "FILE.pdf, .html or .json")
        ->required();
}

} // namespace kamei::app::cli
