#include <CLI/CLI.hpp>
#include <map>

#include "app/cli/Commands.h"
#include "app/cli/Passphrase.h"
#include "app/cli/Pdf.h"
#include "app/cli/Running.h"
#include "core/job/Assessment.h"
#include "core/job/Job.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    std::string out;
    bool json = false;
    bool passphraseStdin = false;
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
            printCells({"singled-out", pseudonyms.of(person.subject), first, reason});
            continue;
        }
        Json combinations = Json::array();
        for (const auto& combination : person.combinations) {
            combinations.push_back(fieldsJson(combination));
        }
        Json out{{"singled_out", pseudonyms.of(person.subject)},
                 {"combinations", std::move(combinations)},
                 {"assets", idList(person.assets)}};
        if (!reason.empty()) {
            out["reason"] = reason;
        }
        printLine(out);
    }
    return open ? Exit::Open : Exit::Done;
}

Exit runRisk(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    const Interrupt interrupt;
    const auto analysis = job::analyseRisk(**session, interrupt.token());
    if (!analysis) {
        return report(analysis.error());
    }
    if (analysis->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    Pseudonyms pseudonyms(**session);
    for (const risk::EquivalenceClass& one : analysis->classes) {
        if (!options.json) {
            printCells({"class", std::to_string(one.size), fieldsText(one.values)});
            continue;
        }
        printLine({{"size", one.size},
                   {"fields", fieldsJson(one.values)},
                   {"subjects", pseudonyms.list(one.subjects)}});
    }
    return printSingledOut(**session, *analysis, pseudonyms, options.json);
}

Exit printGate(job::Session& session, bool json) {
    const auto points = job::evaluateGate(session);
    if (!points) {
        return report(points.error());
    }
    Pseudonyms pseudonyms(session);
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
    job::ReleaseSpec spec{options.out, kActor, readPassphrase(options.passphraseStdin)};
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

Exit runVerify(const Options& options) {
    const Interrupt interrupt;
    base::Expected<release::Verification> done;
    {
        ProgressLine progress;
        done = release::verifyRelease(options.out, interrupt.token(), progress);
    }
    if (!done) {
        return report(done.error());
    }
    if (done->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    for (const release::Difference& difference : done->differences) {
        printLine({{"difference", release::word(difference.kind)}, {"path", difference.path}});
    }
    tell(std::string(say("Files in the manifest: ", "目録のファイル数: ")) + std::to_string(done->files) +
         std::string(say(", differences: ", "、相違: ")) + std::to_string(done->differences.size()));
    return done->differences.empty() ? Exit::Done : Exit::Open;
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
    for (CLI::App* made :
         {withWorkspace(command("risk", "who is singled out by quasi-identifiers", runRisk)),
          withWorkspace(command("gate", "what is open before release; exit 1 while closed", runGate))}) {
        made->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
    }
    CLI::App* const release = withWorkspace(command(
        "release", "write the data set, manifest and report; refused while the gate is closed", runRelease));
    release->add_option("out", options->out, "folder to make")->required();
    release->add_flag("--passphrase-stdin", options->passphraseStdin,
                      "read the passphrase that seals kept deleted information from standard input, not from "
                      "KAMEI_PASSPHRASE");
    command("verify", "check a released data set against its manifest", runVerify)
        ->add_option("out", options->out, "released folder")
        ->required();
    withWorkspace(command("report", "write the report on the workspace as it stands", runReport))
        ->add_option("--out", options->out, "FILE.pdf, .html or .json")
        ->required();
}

} // namespace kamei::app::cli
