#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/Commands.h"
#include "app/cli/Running.h"
#include "core/decide/Edit.h"
#include "core/job/SubjectDoubts.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    bool json = false;
    bool doubts = false;
    bool nobody = false;
    std::int64_t into = 0;
    std::int64_t other = 0;
    std::vector<std::int64_t> ids;
    std::string reason;
};

using Opened = base::Expected<std::shared_ptr<job::Session>>;

std::string numberText(const job::Session& session, base::SubjectId id) {
    const auto subject = id.valid() ? session.subject(id) : std::optional<model::Subject>();
    if (!subject || !*subject) {
        return {};
    }
    const std::string number = std::to_string((*subject)->number);
    return "P-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

Exit printDoubts(const job::Session& session, bool json) {
    const Interrupt interrupt;
    const auto found = job::subjectDoubts(session, interrupt.token());
    if (!found) {
        return report(found.error());
    }
    if (!json) {
        printCells({"kind", "subject", "other", "state"});
    }
    for (const job::SubjectDoubt& doubt : found->doubts) {
        if (!json) {
            printCells({std::string(job::word(doubt.kind)), numberText(session, doubt.one),
                        numberText(session, doubt.other),
                        !doubt.settled.empty() ? "settled"
                        : doubt.blocks         ? "open"
                                               : "note"});
            continue;
        }
        Json evidence = Json::array();
        for (const auto& row : doubt.evidence) {
            Json assets = Json::array();
            for (const base::AssetId asset : row.assets) {
                assets.push_back(asset.value);
            }
            evidence.push_back({{"subject", numberText(session, row.subject)},
                                {"field", row.field},
                                {"value", row.value},
                                {"assets", std::move(assets)}});
        }
        Json out{{"doubt", job::word(doubt.kind)},
                 {"id", doubt.one.value},
                 {"subject", numberText(session, doubt.one)},
                 {"blocks", doubt.blocks},
                 {"evidence", std::move(evidence)}};
        if (doubt.other.valid()) {
            out["other"] = numberText(session, doubt.other);
            out["other_id"] = doubt.other.value;
        }
        if (!doubt.settled.empty()) {
            out["settled"] = doubt.settled;
        }
        printLine(out);
    }
    return found->open() + found->notCompared > 0 ? Exit::Open : Exit::Done;
}

/// The data of nobody known, and of several people: no person, so without number and pseudonym.
void printNobody(const job::SubjectRow& row, bool json) {
    if (json) {
        printLine({{"id", Json()},
                   {"subject", Json()},
                   {"pseudonym", Json()},
                   {"assets", row.assets},
                   {"open", row.findings.open()}});
    } else {
        printCells({"", "", "", std::to_string(row.assets), std::to_string(row.findings.open())});
    }
}

Exit runSubjects(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    if (options.doubts) {
        return printDoubts(**session, options.json);
    }
    const auto rows = (*session)->subjects({});
    if (!rows) {
        return report(rows.error());
    }
    if (!options.json) {
        printCells({"id", "subject", "pseudonym", "assets", "open"});
    }
    for (const job::SubjectRow& row : *rows) {
        if (!row.id.valid()) {
            printNobody(row, options.json);
            continue;
        }
        const auto subject = (*session)->subject(row.id);
        if (!subject || !*subject) {
            return report(subject ? base::Error{base::ErrorCode::NotFound, {}, "cli.subjects"}
                                  : subject.error());
        }
        const std::string number = numberText(**session, row.id);
        if (options.json) {
            printLine({{"id", row.id.value},
                       {"subject", number},
                       {"pseudonym", (*subject)->pseudonym},
                       {"assets", row.assets},
                       {"open", row.findings.open()}});
        } else {
            printCells({std::to_string(row.id.value), number, (*subject)->pseudonym,
                        std::to_string(row.assets), std::to_string(row.findings.open())});
        }
    }
    return Exit::Done;
}

/// Of an option that takes a person: `subjects` prints two names of them.
std::string idFault(const std::string& text) {
    const bool number = !text.empty() && text.size() < 19 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return number && text.find_first_not_of('0') != std::string::npos
               ? std::string()
               : std::string(
                     say("a person is named by the number in the first column of `kamei-cli subjects`",
                         "対象者は `kamei-cli subjects` の先頭列の番号で指定してください"));
}

Exit applyEdit(const Options& options, const decide::Edit& edit) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    const auto done = (*session)->apply(edit, kActor);
    if (!done) {
        return report(done.error());
    }
    tell(say("Done. Run detect and stage again for what this concerns.",
             "反映しました。関係するデータは detect と stage をもう一度実行してください。"));
    return Exit::Done;
}

Exit runMerge(const Options& options) {
    decide::MergeSubjects edit{{}, base::SubjectId{options.into}, options.reason};
    for (const std::int64_t id : options.ids) {
        edit.from.push_back(base::SubjectId{id});
    }
    return applyEdit(options, edit);
}

Exit runAssign(const Options& options) {
    decide::Assign edit{{}, {}, options.reason};
    if (options.nobody || options.into > 0) {
        edit.to = base::SubjectId{options.nobody ? 0 : options.into};
    }
    for (const std::int64_t id : options.ids) {
        edit.assets.push_back(base::AssetId{id});
    }
    return applyEdit(options, edit);
}

Exit runSettle(const Options& options) {
    const base::SubjectId one{options.into};
    return applyEdit(options,
                     decide::SettleSubjects{one, options.other > 0 ? base::SubjectId{options.other} : one,
                                            options.reason});
}

} // namespace

void addSubjectCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    const auto command = [&](const char* name, const char* help, Exit (*run)(const Options&)) {
        CLI::App* made = app.add_subcommand(name, help);
        made->add_option("workspace", options->workspace, "workspace folder")->required();
        made->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
        return made;
    };
    CLI::App* const list =
        command("subjects", "list people, or what is doubtful about whose data they are", runSubjects);
    list->add_flag("--doubts", options->doubts,
                   "conflicts and look-alikes with their evidence; exit 1 while open");
    list->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
    CLI::App* const merge = command("merge", "say that people are one; undone by assign", runMerge);
    merge->add_option("--into", options->into, "id of the person who stays")->required()->check(idFault);
    merge->add_option("--from", options->ids, "id of a person who is the same; may be repeated")->required();
    merge->add_option("--reason", options->reason, "why");
    CLI::App* const assign =
        command("assign", "say whose data are: of nobody known, or taken to be another person's", runAssign);
    assign->alias("split");
    assign->add_option("--asset", options->ids, "number of an asset; may be repeated")->required();
    CLI::Option* const into =
        assign->add_option("--into", options->into, "id of that person; left out: a new person made for them")
            ->check(idFault);
    assign->add_flag("--nobody", options->nobody, "back to nobody known")->excludes(into);
    assign->add_option("--reason", options->reason, "why");
    CLI::App* const settle = command(
        "settle", "judge two people to be two, or one to be one, in spite of what is stated", runSettle);
    settle->add_option("--subject", options->into, "id of a person")->required()->check(idFault);
    settle->add_option("--other", options->other, "id of the other, where there are two");
    settle->add_option("--reason", options->reason, "why; empty takes it back");
}

} // namespace kamei::app::cli
