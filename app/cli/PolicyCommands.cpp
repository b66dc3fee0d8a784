#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/Commands.h"
#include "core/decide/Policies.h"
#include "core/intake/dicom/Element.h"
#include "core/job/PrivateElements.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string workspace;
    std::string set;
    std::string from;
    bool json = false;
};

using Opened = base::Expected<std::shared_ptr<job::Session>>;

Json elementJson(const job::PrivateElement& row) {
    Json out{{"manufacturer", row.device.manufacturer},
             {"model", row.device.model},
             {"software", row.device.softwareVersion},
             {"creator", row.creator},
             {"element", row.place},
             {"vr", row.vr},
             {"name", row.name},
             {"series", row.series},
             {"instances", row.instances},
             {"distinct", row.distinct},
             {"more", row.distinctAtLeast},
             {"examples", row.examples},
             {"safe-list", row.safeListed},
             {"diffusion", row.diffusion},
             {"kept", row.kept},
             {"removed", row.removed},
             {"open", row.open}};
    if (row.advice != job::PrivateElement::Advice::None) {
        out["tcia"] = row.advice == job::PrivateElement::Advice::Keep ? "keep" : "remove";
    }
    if (row.rule) {
        out["action"] = row.rule->keep ? "keep" : "delete";
        out["reason"] = row.rule->reason;
    }
    return out;
}

Exit listElements(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    const auto rows = job::privateElements(**session);
    if (!rows) {
        return report(rows.error());
    }
    if (!options.json) {
        printCells({"manufacturer", "model", "software", "creator", "element", "vr", "name", "series",
                    "distinct", "examples", "safe-list", "action"});
    }
    for (const job::PrivateElement& row : *rows) {
        if (options.json) {
            printLine(elementJson(row));
            continue;
        }
        std::string examples;
        for (const std::string& value : row.examples) {
            examples += (examples.empty() ? "" : "; ") + value;
        }
        printCells({row.device.manufacturer, row.device.model, row.device.softwareVersion, row.creator,
                    row.place, row.vr, row.name, std::to_string(row.series),
                    (row.distinctAtLeast ? ">=" : "") + std::to_string(row.distinct), examples,
                    row.safeListed ? "yes" : "",
                    row.kept > 0 ? (row.removed > 0 ? "mixed" : "keep") : "delete"});
    }
    return Exit::Done;
}

/// A row of the site's list from a line in the shape of the listing; "action": keep, delete, or none, which
/// takes the row away.
base::Expected<void> putLine(model::Policy& policy, const Json& line) {
    constexpr std::size_t kPlaceLength = 11; // "(0019,xx0C)"
    model::PrivateRule rule;
    rule.creator = line.at("creator").get<std::string>();
    const auto place = line.at("element").get<std::string>();
    const auto tag = place.size() == kPlaceLength && place.substr(6, 2) == "xx"
                         ? intake::dicom::tagFromText(place.substr(0, 6) + "00" + place.substr(8))
                         : std::nullopt;
    const auto action = line.value("action", std::string());
    if (!tag || (action != "keep" && action != "delete" && action != "none")) {
        return base::fail(base::ErrorCode::Malformed, "cli.private");
    }
    rule.group = intake::dicom::groupOf(*tag);
    rule.element = static_cast<std::uint8_t>(*tag & 0xFFU);
    rule.device = {line.value("manufacturer", std::string()), line.value("model", std::string()),
                   line.value("software", std::string())};
    rule.keep = action == "keep";
    rule.reason = line.value("reason", std::string());
    if (action == "none") {
        decide::removePrivateRule(policy, rule);
        return {};
    }
    if (auto sound = decide::check(rule); !sound) {
        return sound;
    }
    decide::putPrivateRule(policy, rule);
    return {};
}

Exit setPolicy(job::Session& session, const model::Policy& policy) {
    if (const auto done = session.apply(decide::SetPolicy{policy, {}}, kActor); !done) {
        return report(done.error());
    }
    tell(say("The policy is changed. Run detect: what it concerns has to be examined again.",
             "処理方針を変更しました。detect を実行してください。関係するデータを調べ直します。"));
    return Exit::Done;
}

Exit decideFrom(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    const auto info = (*session)->info();
    if (!info) {
        return report(info.error());
    }
    std::ifstream file;
    if (options.from != "-") {
        file.open(options.from);
        if (!file) {
            return report({base::ErrorCode::NotReadable, {}, "cli.private"});
        }
    }
    std::istream& in = options.from == "-" ? std::cin : file;
    model::Policy policy = info->policy;
    bool refused = false;
    std::string text;
    for (std::int64_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        base::Expected<void> done;
        try {
            const Json line = Json::parse(text);
            if (!line.contains("action")) {
                continue; // a row of the listing that nobody has decided
            }
            done = putLine(policy, line);
        } catch (const Json::exception&) {
            done = base::fail(base::ErrorCode::Malformed, "cli.private");
        }
        if (!done) {
            refused = true;
            printLine({{"line", number}, {"refused", problemJson(done.error())}});
        }
    }
    const Exit done = setPolicy(**session, policy);
    return done == Exit::Done && refused ? Exit::Open : done;
}

Exit runPrivate(const Options& options) {
    return options.from.empty() ? listElements(options) : decideFrom(options);
}

Exit runPolicy(const Options& options) {
    const Opened session = job::Session::open(
        options.workspace, options.set.empty() ? job::OpenMode::ReadOnly : job::OpenMode::ReadWrite);
    if (!session) {
        return report(session.error());
    }
    if (!options.set.empty()) {
        const auto policy = decide::policyFromArgument(options.set);
        return policy ? setPolicy(**session, *policy) : report(policy.error());
    }
    const auto info = (*session)->info();
    if (!info) {
        return report(info.error());
    }
    printLine(Json::parse(decide::toJson(info->policy)));
    return Exit::Done;
}

} // namespace

void addPolicyCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* elements = app.add_subcommand(
        "private", "list the private DICOM elements of each device, or decide on them once for the device");
    elements->add_option("workspace", options->workspace, "workspace folder")->required();
    elements->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
    elements->add_option(
        "--from", options->from,
        "FILE in the shape of `private --json`, - for stdin: action keep (with a reason), delete, "
        "or none, which takes the decision back; manufacturer, model, software empty: any");
    elements->callback([&chosen, options] { chosen = [options] { return runPrivate(*options); }; });
    CLI::App* policy = app.add_subcommand("policy", "print the policy of a workspace, or replace it");
    policy->add_option("workspace", options->workspace, "workspace folder")->required();
    policy->add_option("--set", options->set,
                       "NAME[+option][-option]... or a file in the shape that is printed");
    policy->callback([&chosen, options] { chosen = [options] { return runPolicy(*options); }; });
}

} // namespace kamei::app::cli
