#include <CLI/CLI.hpp>

#include "app/cli/Commands.h"
#include "core/base/Clock.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    bool json = false;
    bool openOnly = false;
    bool nobody = false;
    bool verify = false;
    std::string restored;
    std::int64_t asset = 0;
};

/// Rows are read in pages, so that a workspace of a million findings is printed in flat memory.
constexpr std::int64_t kPage = 5000;

using Opened = base::Expected<std::shared_ptr<job::Session>>;

Opened openToRead(const Options& options) {
    return job::Session::open(options.workspace, job::OpenMode::ReadOnly);
}

Exit printAsset(const job::Session& session, const job::AssetRow& row, bool json) {
    const model::Asset& asset = row.asset;
    const auto sources = session.sources(asset.id);
    if (!sources) {
        return report(sources.error());
    }
    std::string subject;
    if (asset.subject.valid()) {
        const auto known = session.subject(asset.subject);
        if (!known) {
            return report(known.error());
        }
        subject = *known ? (*known)->pseudonym : std::string();
    }
    if (!json) {
        printCells({std::to_string(asset.id.value), std::string(model::word(asset.kind)), subject,
                    std::string(model::word(asset.state)), std::to_string(sources->size()),
                    asset.problem ? std::string(base::errorWord(asset.problem->code)) : std::string(),
                    sources->empty() ? std::string() : sourceText(sources->front())});
        return Exit::Done;
    }
    Json places = Json::array();
    for (const model::Source& source : *sources) {
        places.push_back(sourceText(source));
    }
    Json out{{"asset", asset.id.value},
             {"kind", model::word(asset.kind)},
             {"subject", subject.empty() ? Json() : Json(subject)},
             {"sources", std::move(places)},
             {"state", model::word(asset.state)}};
    if (asset.problem) {
        out["problem"] = problemJson(*asset.problem);
    }
    if (asset.several) {
        out["several"] = true;
    }
    if (!asset.modality.empty()) {
        out["modality"] = asset.modality;
    }
    if (asset.frames > 0) {
        out["frames"] = asset.frames;
    }
    printLine(out);
    return Exit::Done;
}

Exit runAssets(const Options& options) {
    const Opened session = openToRead(options);
    if (!session) {
        return report(session.error());
    }
    if (!options.json) {
        printCells({"asset", "kind", "subject", "state", "sources", "problem", "first source"});
    }
    job::AssetQuery query;
    query.limit = kPage;
    if (options.nobody) {
        query.subject = base::SubjectId{};
    }
    for (;; query.offset += kPage) {
        const auto rows = (*session)->assets(query);
        if (!rows) {
            return report(rows.error());
        }
        for (const job::AssetRow& row : *rows) {
            if (const Exit done = printAsset(**session, row, options.json); done != Exit::Done) {
                return done;
            }
        }
        if (static_cast<std::int64_t>(rows->size()) < kPage || outputEnded()) {
            return Exit::Done;
        }
    }
}

Exit runFindings(const Options& options) {
    const Opened session = openToRead(options);
    if (!session) {
        return report(session.error());
    }
    if (!options.json) {
        printCells(
            {"finding", "asset", "locator", "text", "category", "requirement", "rule", "action", "state"});
    }
    job::FindingQuery query;
    query.openOnly = options.openOnly;
    query.limit = kPage;
    if (options.asset > 0) {
        query.asset = base::AssetId{options.asset};
    }
    for (;; query.offset += kPage) {
        const auto rows = (*session)->findings(query);
        if (!rows) {
            return report(rows.error());
        }
        for (const model::Finding& finding : *rows) {
            if (options.json) {
                printLine(findingJson(finding));
                continue;
            }
            const bool decided = finding.state != model::DecisionState::Open;
            printCells({std::to_string(finding.id.value), std::to_string(finding.asset.value),
                        model::toText(finding.locator), finding.text,
                        std::string(model::word(finding.category)),
                        std::string(model::word(finding.requirement)), finding.rule,
                        std::string(model::word(decided ? finding.action : finding.suggested)),
                        std::string(model::word(finding.state))});
        }
        if (static_cast<std::int64_t>(rows->size()) < kPage || outputEnded()) {
            return Exit::Done;
        }
    }
}

Json residualsJson(const model::StagedFile& file) {
    Json out = Json::array();
    for (const model::Residual& residual : file.residuals) {
        Json row{{"kind", residual.kind}, {"encoding", residual.encoding}, {"offset", residual.byteOffset}};
        if (!residual.place.empty()) {
            row["place"] = residual.place;
        }
        out.push_back(std::move(row));
    }
    return out;
}

/// Prints the staged files of one asset; `open` is set when one is stale, not confirmed, or holds residuals.
Exit printStaged(const job::Session& session, const job::AssetRow& row, bool json, bool& open) {
    const auto files = session.staged(row.asset.id);
    if (!files) {
        return report(files.error());
    }
    const auto sources = session.sources(row.asset.id);
    if (!sources) {
        return report(sources.error());
    }
    std::unordered_map<std::int64_t, const model::Source*> byId;
    for (const model::Source& source : *sources) {
        byId.emplace(source.id.value, &source);
    }
    const std::filesystem::path folder = std::filesystem::absolute(session.folder());
    for (const model::StagedFile& file : *files) {
        const auto source = byId.find(file.source.value);
        const std::string from = source == byId.end() ? std::string() : sourceText(*source->second);
        open = open || row.stale || !row.confirmed || !file.residuals.empty();
        if (!json) {
            printCells({std::to_string(file.asset.value), from, pathText(folder / file.path),
                        file.sha256.hex(), std::to_string(file.residuals.size()),
                        row.confirmed ? "confirmed" : ""});
            continue;
        }
        printLine({{"asset", file.asset.value},
                   {"source", from},
                   {"staged", pathText(folder / file.path)},
                   {"sha256", file.sha256.hex()},
                   {"residual", residualsJson(file)},
                   {"notes", file.notes},
                   {"confirmed", row.confirmed},
                   {"stale", row.stale},
                   {"size", file.size}});
    }
    return Exit::Done;
}

Exit runStaged(const Options& options) {
    const Opened session = openToRead(options);
    if (!session) {
        return report(session.error());
    }
    job::AssetQuery query;
    query.includeExcluded = false;
    const auto rows = (*session)->assets(query);
    if (!rows) {
        return report(rows.error());
    }
    if (!options.json) {
        printCells({"asset", "source", "staged", "sha256", "residuals", "confirmed"});
    }
    bool open = false;
    for (const job::AssetRow& row : *rows) {
        if (const Exit done = printStaged(**session, row, options.json, open); done != Exit::Done) {
            return done;
        }
    }
    return Exit::Done;
}

Exit runAudit(const Options& options) {
    if (!options.restored.empty()) {
        const auto session = job::Session::openRestored(options.workspace, options.restored, kActor);
        if (!session) {
            return report(session.error());
        }
    }
    const Opened session = openToRead(options);
    if (!session) {
        return report(session.error());
    }
    if (options.verify) {
        const auto entries = (*session)->verifyAll();
        if (!entries) {
            return report(entries.error());
        }
        tell(
            std::string(say("The audit log verifies, and the workspace is as it was written. Entries: ",
                            "監査記録は正しくつながっており、ワークスペースは書き込まれたままです。件数: ")) +
            std::to_string(entries->entries) + std::string(say(", signed: ", "、署名あり: ")) +
            std::to_string(entries->signedEntries) +
            std::string(say(", clock set back: ", "、時計の逆行: ")) + std::to_string(entries->clockSetBack));
        if (!options.json) {
            return Exit::Done;
        }
    }
    if (!options.json) {
        printCells({"number", "at", "by", "event", "details"});
    }
    job::AuditQuery query;
    query.newestFirst = false;
    query.limit = kPage;
    for (;; query.offset += kPage) {
        const auto rows = (*session)->audit(query);
        if (!rows) {
            return report(rows.error());
        }
        for (const job::AuditRow& row : *rows) {
            if (!options.json) {
                printCells(
                    {std::to_string(row.number), base::iso8601(row.at), row.by, row.event, row.details});
                continue;
            }
            Json details = Json::parse(row.details, nullptr, false);
            printLine({{"number", row.number},
                       {"at", base::iso8601(row.at)},
                       {"by", row.by},
                       {"event", row.event},
                       {"details", details.is_discarded() ? Json(row.details) : std::move(details)},
                       {"hash", row.hash}});
        }
        if (static_cast<std::int64_t>(rows->size()) < kPage || outputEnded()) {
            return Exit::Done;
        }
    }
}

} // namespace

void addListCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    const auto command = [&](const char* name, const char* help, Exit (*run)(const Options&)) {
        CLI::App* made = app.add_subcommand(name, help);
        made->add_option("workspace", options->workspace, "workspace folder")->required();
        made->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
        made->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
        return made;
    };
    CLI::App* assets = command("assets", "list what was imported", runAssets);
    assets->add_flag("--nobody", options->nobody, "only what no one person is known of");
    CLI::App* findings = command("findings", "list candidates and what is decided on them", runFindings);
    findings->add_flag("--open", options->openOnly, "only what nobody has decided");
    findings->add_option("--asset", options->asset, "only of this asset")->check(CLI::PositiveNumber);
    command("staged", "list staged files", runStaged);
    CLI::App* audit = command("audit", "print or check the audit log", runAudit);
    audit->add_flag("--verify", options->verify,
                    "check the hash chain, its signatures, and every row of the database");
    audit->add_option("--accept-restored", options->restored,
                      "go on from an earlier state that was put back on purpose; the reason, recorded");
}

} // namespace kamei::app::cli
