#include <CLI/CLI.hpp>

#include "app/cli/Commands.h"
#include "app/cli/Passphrase.h"
#include "app/cli/Running.h"
#include "core/decide/Policies.h"
#include "core/job/Job.h"
#include "core/job/Predecessor.h"

namespace kamei::app::cli {
namespace {

namespace fs = std::filesystem;

/// How long a part of a sharded run waits for the others, and how often it looks.
constexpr std::chrono::minutes kShardWait{10};
constexpr std::chrono::milliseconds kShardPoll{200};

struct Options {
    std::string workspace;
    std::string title;
    std::string purpose;
    std::string policy;
    std::vector<std::string> paths;
    int threads = 0;
    std::string shard;
    bool again = false;
    std::string out;
    std::string from;
    std::string by = kActor;
    std::string reason;
    bool passphraseStdin = false;
};

/// Runs a job with progress and a clean Ctrl-C, and hands its report to `conclude`.
Exit runJob(job::Job& job, const std::function<Exit(const job::Report&)>& conclude) {
    const Interrupt interrupt;
    base::Expected<job::Report> outcome;
    {
        ProgressLine progress;
        outcome = job.run(interrupt.token(), progress);
    }
    if (!outcome) {
        return report(outcome.error());
    }
    if (outcome->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    return conclude(*outcome);
}

void tellCounts(const job::Report& done) {
    std::string text(say("Done: ", "完了: "));
    text += std::to_string(done.done);
    text += say(", unchanged: ", "、変更なし: ");
    text += std::to_string(done.unchanged);
    if (done.problems > 0) {
        text += say(", with a problem: ", "、問題あり: ");
        text += std::to_string(done.problems);
    }
    if (done.residuals > 0) {
        text += say(", with identifiers left: ", "、識別子の残存: ");
        text += std::to_string(done.residuals);
    }
    tell(text);
}

/// One line for every asset that has a problem, so that an exit code above 0 says what.
Exit printProblems(const job::Session& session) {
    job::AssetQuery query;
    query.includeExcluded = false;
    const auto rows = session.assets(query);
    if (!rows) {
        return report(rows.error());
    }
    for (const job::AssetRow& row : *rows) {
        if (row.asset.problem) {
            printLine({{"asset", row.asset.id.value},
                       {"kind", model::word(row.asset.kind)},
                       {"problem", problemJson(*row.asset.problem)}});
        }
        if (row.residuals > 0) {
            printLine({{"asset", row.asset.id.value},
                       {"kind", model::word(row.asset.kind)},
                       {"residuals", row.residuals}});
        }
    }
    return Exit::Done;
}

/// Says that a workspace is there, and what comes next.
Exit made(const base::Expected<std::shared_ptr<job::Session>>& session) {
    if (!session) {
        return report(session.error());
    }
    tell(say("The workspace was made. Next: kamei-cli import WORKSPACE FOLDER",
             "ワークスペースを作成しました。次: kamei-cli import ワークスペース フォルダー"));
    return Exit::Done;
}

Exit runNew(const Options& options) {
    auto policy = decide::policyFromArgument(options.policy);
    if (!policy) {
        return report(policy.error());
    }
    const job::NewWorkspace what{options.title, options.purpose, *policy};
    if (!options.from.empty()) {
        const auto passphrase = readPassphrase(options.passphraseStdin);
        auto opened = job::openPredecessor(
            options.from, passphrase.value_or(base::Redacted("passphrase", {})), options.by, options.reason);
        if (!opened) {
            return report(opened.error());
        }
        return made(job::createFrom(options.workspace, what, **opened));
    }
    return made(job::Session::create(options.workspace, what));
}

/// A path that is not there is told by its place on the command line: its name may name a patient.
bool tellMissing(const std::vector<std::string>& paths, std::vector<fs::path>& found) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
        std::error_code error;
        if (fs::symlink_status(paths[i], error).type() == fs::file_type::not_found) {
            tell(std::string(say("Not found: path number ", "見つかりません: パスの ")) +
                 std::to_string(i + 1) + std::string(say(" on the command line.", " 番目。")));
        } else {
            found.emplace_back(fs::absolute(paths[i]));
        }
    }
    return found.size() == paths.size();
}

Exit runImport(const Options& options) {
    auto session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    job::ImportSpec spec;
    spec.threads = options.threads;
    spec.by = kActor;
    const bool allThere = tellMissing(options.paths, spec.paths);
    if (spec.paths.empty()) {
        return Exit::Unreadable;
    }
    return runJob(*job::importJob(*session, std::move(spec)), [&](const job::Report& done) {
        tellCounts(done);
        if (done.problems == 0) {
            return allThere ? Exit::Done : Exit::Unreadable;
        }
        const Exit printed = printProblems(**session);
        return printed == Exit::Done ? Exit::Unreadable : printed;
    });
}

Exit runDetect(const Options& options) {
    auto session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    job::DetectSpec spec;
    spec.threads = options.threads;
    spec.again = options.again;
    spec.by = kActor;
    return runJob(*job::detectJob(*session, spec), [&](const job::Report& done) {
        tellCounts(done);
        if (done.problems == 0) {
            return Exit::Done;
        }
        const Exit printed = printProblems(**session);
        return printed == Exit::Done ? Exit::Open : printed;
    });
}

/// "I/N" with 1 <= I <= N.
bool parseShard(const std::string& text, job::StageSpec& spec) {
    if (text.empty()) {
        return true;
    }
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) {
        return false;
    }
    try {
        std::size_t usedFirst = 0;
        std::size_t usedSecond = 0;
        spec.shard = std::stoi(text.substr(0, slash), &usedFirst);
        spec.shards = std::stoi(text.substr(slash + 1), &usedSecond);
        return usedFirst == slash && usedSecond == text.size() - slash - 1 && spec.shard >= 1 &&
               spec.shard <= spec.shards;
    } catch (const std::exception&) {
        return false;
    }
}

/// Opens for writing; a part of a sharded run waits while another part writes.
base::Expected<std::shared_ptr<job::Session>> openInTurn(const fs::path& workspace, bool wait) {
    const auto until = std::chrono::steady_clock::now() + kShardWait;
    for (;;) {
        auto session = job::Session::open(workspace, job::OpenMode::ReadWrite);
        const bool locked = !session && session.error().code == base::ErrorCode::WorkspaceLocked;
        if (!wait || !locked || std::chrono::steady_clock::now() > until) {
            return session;
        }
        std::this_thread::sleep_for(kShardPoll);
    }
}

Exit runStage(const Options& options) {
    job::StageSpec spec;
    spec.threads = options.threads;
    spec.by = kActor;
    if (!parseShard(options.shard, spec)) {
        return report({base::ErrorCode::InvalidArgument, {"--shard I/N, 1 <= I <= N"}, {}});
    }
    auto session = openInTurn(options.workspace, spec.shards > 1);
    if (!session) {
        return report(session.error());
    }
    return runJob(*job::stageJob(*session, spec), [&](const job::Report& done) {
        tellCounts(done);
        if (done.problems == 0 && done.residuals == 0) {
            return Exit::Done;
        }
        const Exit printed = printProblems(**session);
        return printed == Exit::Done ? Exit::Open : printed;
    });
}

void addWorkers(CLI::App* command, Options& options) {
    command->add_option("--jobs", options.threads, "threads; 0: as many as there are cores")
        ->check(CLI::Range(0, 1024));
}

} // namespace

void addJobCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    const auto command = [&](const char* name, const char* help, Exit (*run)(const Options&)) {
        CLI::App* made = app.add_subcommand(name, help);
        made->add_option("workspace", options->workspace, "workspace folder")->required();
        made->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
        return made;
    };
    CLI::App* create = command("new", "create a workspace folder", runNew);
    create->add_option("--title", options->title, "title of the project");
    create->add_option("--purpose", options->purpose, "purpose of use (guideline 4.9, step 1)");
    create->add_option("--policy", options->policy, "NAME[+option][-option]..., or a file; see `policies`")
        ->default_val("guideline-2024");
    create->add_option(
        "--continue", options->from,
        "kept deleted information of a released workspace (its sealed file, or its folder): the same "
        "people get the same pseudonyms and date shifts. The passphrase is in KAMEI_PASSPHRASE");
    create->add_option("--by", options->by, "who opens it; recorded");
    create->add_option("--reason", options->reason, "why it is opened; its digest is recorded");
    create->add_flag("--passphrase-stdin", options->passphraseStdin,
                     "read the passphrase from standard input, not from KAMEI_PASSPHRASE");

    CLI::App* import =
        command("import", "read files, folders, zip archives; a DICOMDIR stands for its folder", runImport);
    import->add_option("paths", options->paths, "what to import")->required();
    addWorkers(import, *options);

    CLI::App* detect = command("detect", "find candidates in everything new or changed", runDetect);
    detect->add_flag("--again", options->again, "also in what has not changed; decisions are kept");
    addWorkers(detect, *options);

    CLI::App* stage = command("stage", "write staged files and search them for known identifiers", runStage);
    stage->add_option(
        "--shard", options->shard,
        "I/N: only part I of N (by source). Parts may be started together, also on several machines "
        "that share the folder: they write in turn, a part waits ten minutes for the others");
    addWorkers(stage, *options);
}

} // namespace kamei::app::cli
