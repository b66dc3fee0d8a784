#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/Commands.h"
#include "core/decide/Rules.h"
#include "core/job/Faces.h"
#include "core/model/Vocabulary.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    bool acceptSuggested = false;
    std::vector<std::int64_t> findings;
    std::string action;
    std::string reason;
    std::string method;
    std::string from;
};

using Opened = base::Expected<std::shared_ptr<job::Session>>;

/// Decisions are applied in steps of this many, so that one refusal does not undo the others.
constexpr std::size_t kBatch = 20000;

/// What a run of decisions came to.
struct Tally {
    std::int64_t applied = 0;
    std::int64_t refused = 0;
    std::int64_t left = 0;       ///< rows that decide nothing
    std::int64_t unreasoned = 0; ///< left open: accepting in bulk gives no reason, and they need one
};

Exit conclude(const Tally& tally) {
    std::string text(say("Decided: ", "判断済み: "));
    text += std::to_string(tally.applied);
    if (tally.refused > 0) {
        text += say(", refused: ", "、受け付けなかったもの: ");
        text += std::to_string(tally.refused);
    }
    if (tally.unreasoned > 0) {
        text += say(", left open: ", "、未判断のまま: ");
        text += std::to_string(tally.unreasoned);
        text += say(" (they need a reason, --reason)", "（理由が必要です。--reason）");
        printLine(
            {{"leftOpen", tally.unreasoned}, {"error", base::errorWord(base::ErrorCode::ReasonRequired)}});
    }
    tell(text);
    return tally.refused + tally.unreasoned > 0 ? Exit::Open : Exit::Done;
}

void refuse(Tally& tally, base::FindingId finding, const base::Error& error) {
    ++tally.refused;
    printLine({{"finding", finding.value}, {"refused", problemJson(error)}});
}

/// Whether an error concerns the one decision and not the workspace.
bool concernsRow(const base::Error& error) {
    const Exit exit = exitFor(error.code);
    return exit != Exit::Workspace && exit != Exit::Io;
}

/// Applies one kind of decision to many findings; when the whole is refused, one by one.
base::Expected<void> decideAll(job::Session& session, decide::Decide edit, Tally& tally) {
    const auto whole = session.apply(edit, kActor);
    if (whole) {
        tally.applied += static_cast<std::int64_t>(edit.findings.size());
        return {};
    }
    if (!concernsRow(whole.error())) {
        return tl::unexpected(whole.error());
    }
    if (edit.findings.size() == 1) {
        refuse(tally, edit.findings.front(), whole.error());
        return {};
    }
    const auto middle = edit.findings.begin() + static_cast<std::ptrdiff_t>(edit.findings.size() / 2);
    decide::Decide second = edit;
    second.findings.assign(middle, edit.findings.end());
    edit.findings.erase(middle, edit.findings.end());
    if (auto first = decideAll(session, std::move(edit), tally); !first) {
        return first;
    }
    return decideAll(session, std::move(second), tally);
}

/// What is decided in bulk waits where the guideline wants a reason of its own: it is told of, not refused.
void leaveOpen(Tally& tally, base::FindingId finding) {
    ++tally.unreasoned;
    printLine({{"finding", finding.value},
               {"refused", problemJson({base::ErrorCode::ReasonRequired, {}, "cli.decide"})},
               {"left", model::word(model::DecisionState::Open)}});
}

Exit acceptSuggested(job::Session& session, const std::string& reason) {
    const auto info = session.info();
    if (!info) {
        return report(info.error());
    }
    Tally tally;
    std::int64_t after = 0;
    for (;;) {
        job::FindingQuery query;
        query.openOnly = true;
        query.limit = static_cast<std::int64_t>(kBatch);
        query.offset = after;
        const auto rows = session.findings(query);
        if (!rows) {
            return report(rows.error());
        }
        if (rows->empty()) {
            return conclude(tally);
        }
        decide::Decide edit;
        edit.reason = reason;
        const std::int64_t openBefore = tally.refused + tally.unreasoned;
        for (const model::Finding& finding : *rows) {
            if (decide::lacksReason(finding, edit, info->policy)) {
                leaveOpen(tally, finding.id);
            } else {
                edit.findings.push_back(finding.id);
            }
        }
        if (!edit.findings.empty()) {
            if (auto done = decideAll(session, std::move(edit), tally); !done) {
                return report(done.error());
            }
        }
        // Decided ones leave the list of open ones; only these stay in it, and are stepped over.
        after += tally.refused + tally.unreasoned - openBefore;
    }
}

/// The decision that an action means for a finding: the suggestion accepted, or changed to another.
decide::Decide decisionFor(const model::Finding& finding, model::Action action, const std::string& reason,
                           const std::string& method) {
    decide::Decide out;
    out.method = method;
    out.findings = {finding.id};
    out.state = action == finding.suggested ? model::DecisionState::Accepted : model::DecisionState::Changed;
    out.action = action;
    out.reason = reason;
    return out;
}

std::string actionWords() {
    std::string out;
    for (int action = 0; action <= static_cast<int>(model::Action::Synthesise); ++action) {
        out += (out.empty() ? "" : "|") + std::string(model::word(static_cast<model::Action>(action)));
    }
    return out;
}

/// Faces are judged for all series of their frame of reference, as in the window (Guideline 5.4.4).
bool isFace(const model::Finding& finding, model::Action action) {
    return decide::isFaceSurface(finding) &&
           (action == model::Action::Keep || action == model::Action::Deface);
}

base::Expected<void> judgeFace(job::Session& session, const model::Finding& finding, model::Action action,
                               const Options& options, Tally& tally) {
    job::FaceJudgement judgement;
    judgement.action = action;
    judgement.reason = options.reason;
    const auto method = model::defaceFromJson(options.method);
    if (!method) {
        refuse(tally, finding.id, method.error());
        return {};
    }
    judgement.method = *method;
    auto edit = job::judge(session, finding.id, judgement);
    if (!edit) {
        return tl::unexpected(edit.error());
    }
    const auto* together = std::get_if<decide::Together>(&*edit);
    const auto count = static_cast<std::int64_t>(together == nullptr ? 1 : together->steps.size());
    if (const auto done = session.apply(std::move(*edit), kActor); done) {
        tally.applied += count;
    } else if (concernsRow(done.error())) {
        refuse(tally, finding.id, done.error());
    } else {
        return tl::unexpected(done.error());
    }
    return {};
}

Exit decideFindings(job::Session& session, const Options& options) {
    const auto action = model::actionFromWord(options.action);
    if (!action) {
        return report({base::ErrorCode::InvalidArgument, {"--action " + actionWords()}, {}});
    }
    Tally tally;
    for (const std::int64_t id : options.findings) {
        const auto finding = session.finding(base::FindingId{id});
        if (!finding) {
            return report(finding.error());
        }
        if (!*finding) {
            refuse(tally, base::FindingId{id}, {base::ErrorCode::NotFound, {}, "cli.decide"});
            continue;
        }
        auto done =
            isFace(**finding, *action)
                ? judgeFace(session, **finding, *action, options, tally)
                : decideAll(session, decisionFor(**finding, *action, options.reason, options.method), tally);
        if (!done) {
            return report(done.error());
        }
    }
    return conclude(tally);
}

/// The finding that a row of a file speaks of: by number, else by asset and locator.
base::Expected<std::optional<model::Finding>> findingOf(job::Session& session, const Json& row) {
    if (row.contains("finding")) {
        return session.finding(base::FindingId{row.at("finding").get<std::int64_t>()});
    }
    auto locator = locatorFromJson(row.at("locator"));
    if (!locator) {
        return tl::unexpected(locator.error());
    }
    job::FindingQuery query;
    query.asset = base::AssetId{row.at("asset").get<std::int64_t>()};
    auto rows = session.findings(query);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    for (model::Finding& finding : *rows) {
        if (finding.locator == *locator) {
            return std::optional(std::move(finding));
        }
    }
    return std::optional<model::Finding>();
}

/// How a column is processed, as an object; see model::Method.
std::string methodOf(const Json& row) {
    return row.contains("method") ? row.at("method").dump() : std::string();
}

/// A finding that a person adds because no detector saw it.
base::Expected<model::Finding> addedFinding(const Json& row) {
    model::Finding out;
    auto locator = locatorFromJson(row.at("locator"));
    const auto action = model::actionFromWord(row.value("action", std::string()));
    if (!locator || !action) {
        return base::fail(base::ErrorCode::Malformed, "cli.decide");
    }
    out.asset = base::AssetId{row.at("asset").get<std::int64_t>()};
    out.locator = *locator;
    out.text = row.value("text", std::string());
    out.label = row.value("label", std::string());
    out.rule = row.value("rule", std::string());
    out.detector = "person";
    out.category =
        model::categoryFromWord(row.value("category", std::string())).value_or(model::Category::Identifier);
    out.requirement = model::requirementFromWord(row.value("requirement", std::string()))
                          .value_or(model::Requirement::Required);
    out.suggested = out.action = *action;
    out.origin = model::Origin::Person;
    out.state = model::DecisionState::Accepted;
    out.reason = row.value("reason", std::string());
    out.method = methodOf(row);
    return out;
}

base::Expected<void> decideRow(job::Session& session, const Json& row, Tally& tally) {
    auto found = findingOf(session, row);
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (!*found) {
        if (row.contains("finding")) {
            return base::fail(base::ErrorCode::NotFound, "cli.decide");
        }
        auto added = addedFinding(row);
        if (!added) {
            return tl::unexpected(added.error());
        }
        const auto done = session.apply(decide::Add{{std::move(*added)}}, kActor);
        if (!done) {
            return tl::unexpected(done.error());
        }
        ++tally.applied;
        return {};
    }
    const model::Finding& finding = **found;
    const auto action =
        model::actionFromWord(row.value("action", std::string(model::word(finding.suggested))));
    const auto state = model::decisionStateFromWord(row.value("state", std::string("accepted")));
    if (!action || !state) {
        return base::fail(base::ErrorCode::Malformed, "cli.decide");
    }
    // An untouched row of `findings --open` decides nothing; one whose action was edited does.
    if (*state == model::DecisionState::Open && *action == finding.suggested && !row.contains("method")) {
        ++tally.left;
        return {};
    }
    decide::Decide edit = decisionFor(finding, *action, row.value("reason", std::string()), methodOf(row));
    if (*state == model::DecisionState::Rejected) {
        edit.state = model::DecisionState::Rejected;
    }
    const auto done = session.apply(edit, kActor);
    if (!done) {
        return tl::unexpected(done.error());
    }
    ++tally.applied;
    return {};
}

Exit decideFrom(job::Session& session, const std::string& name) {
    std::ifstream file;
    if (name != "-") {
        file.open(name);
        if (!file) {
            return report({base::ErrorCode::NotReadable, {}, "cli.decide"});
        }
    }
    std::istream& in = name == "-" ? std::cin : file;
    Tally tally;
    std::string line;
    for (std::int64_t number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        base::Expected<void> done;
        try {
            done = decideRow(session, Json::parse(line), tally);
        } catch (const Json::exception&) {
            done = base::fail(base::ErrorCode::Malformed, "cli.decide");
        }
        if (!done) {
            if (!concernsRow(done.error())) {
                return report(done.error());
            }
            ++tally.refused;
            printLine({{"line", number}, {"refused", problemJson(done.error())}});
        }
    }
    return conclude(tally);
}

Exit runDecide(const Options& options) {
    const int ways = (options.acceptSuggested ? 1 : 0) + (options.findings.empty() ? 0 : 1) +
                     (options.from.empty() ? 0 : 1);
    if (ways != 1) {
        return report({base::ErrorCode::InvalidArgument,
                       {"--accept-suggested | --finding ID --action A | --from FILE"},
                       {}});
    }
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    const Exit done = options.acceptSuggested ? acceptSuggested(**session, options.reason)
                      : options.from.empty()  ? decideFindings(**session, options)
                                              : decideFrom(**session, options.from);
    // Faces that are to be removed get their masks now, so that `findings` tells of them before anything is
    // staged.
    const auto proposed = job::proposeMissing(**session, kActor);
    return proposed ? done : report(proposed.error());
}

} // namespace

void addDecideCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* decide = app.add_subcommand("decide", "decide on candidates");
    decide->add_option("workspace", options->workspace, "workspace folder")->required();
    decide->add_flag(
        "--accept-suggested", options->acceptSuggested,
        "accept the suggestion of everything open; without --reason what needs one is left open and "
        "told of: the surface of a face that is to be kept (Guideline 5.4.4), and what is required");
    decide->add_option("--finding", options->findings, "number of a candidate; may be repeated");
    decide->add_option("--action", options->action, "what is done with it: " + actionWords());
    decide->add_option(
        "--method", options->method,
        "how a column is processed (Guideline 4.7.2), JSON: {\"to\":\"multiple\"|\"band\",\"width\":5} "
        "{\"to\":\"month\"|\"year\"} {\"bound\":90} {\"size\":3,\"with\":\"group\"} {\"window\":5} "
        "{\"distribution\":\"normal\"|\"laplace\"|\"uniform\",\"scale\":1} {\"rows\":100} "
        "{\"record\":true}; which parts of the sound of a video are silenced (with --action clean and a "
        "reason): "
        "{\"mute\":[{\"fromMs\":1500,\"toMs\":3000}]}");
    decide->add_option("--reason", options->reason,
                       "needed to keep what is required to be processed, and the surface of a face; with "
                       "--accept-suggested of everything that it accepts");
    decide->add_option(
        "--from", options->from,
        "FILE in the shape of `findings --json`, - for stdin: state accepted, changed, or rejected, and "
        "action; a line without \"finding\" adds what was missed at its asset and locator");
    decide->callback([&chosen, options] { chosen = [options] { return runDecide(*options); }; });
}

} // namespace kamei::app::cli
