#include <CLI/CLI.hpp>

#include "app/cli/Commands.h"
#include "app/cli/Libraries.h"
#include "app/cli/Running.h"
#include "core/decide/Policies.h"
#include "core/demo/Demo.h"
#include "core/detect/Detector.h"
#include "core/intake/Format.h"
#include "core/transform/Transform.h"

namespace kamei::app::cli {
namespace {

Exit runDemo(const std::string& folder, int subjects) {
    const Interrupt interrupt;
    base::Expected<void> done;
    {
        ProgressLine progress;
        done = demo::writeDemo(folder, interrupt.token(), progress, subjects);
    }
    return done ? Exit::Done : report(done.error());
}

Exit runPolicies() {
    for (const decide::PolicyInfo& policy : decide::policies()) {
        Json options = Json::array();
        for (const std::string_view option : policy.options) {
            options.push_back(option);
        }
        printLine({{"policy", policy.name},
                   {"source", policy.source},
                   {"edition", policy.edition},
                   {"options", std::move(options)}});
    }
    for (const decide::OptionInfo& option : decide::options()) {
        printLine({{"option", option.name}, {"source", option.source}, {"code", option.code}});
    }
    return Exit::Done;
}

Exit runFormats() {
    for (const intake::Format& format : intake::formats()) {
        Json out{{"format", format.id},
                 {"title", say(format.titleEn, format.titleJa)},
                 {"detected", detect::detectorFor(format.id) != nullptr},
                 {"processed", transform::transformFor(format.id) != nullptr}};
        if (!format.limits.empty()) {
            out["limits"] = format.limits;
        }
        printLine(out);
    }
    return Exit::Done;
}

Exit runVersion() {
    Json libraries = Json::object();
    for (const auto& [name, version] : kLibraries) {
        libraries[std::string(name)] = version;
    }
    Json rules = Json::object();
    for (const decide::PolicyInfo& policy : decide::policies()) {
        rules[std::string(policy.name)] = Json{{"source", policy.source}, {"edition", policy.edition}};
    }
    printLine({{"kamei", KAMEI_VERSION}, {"rules", std::move(rules)}, {"libraries", std::move(libraries)}});
    return Exit::Done;
}

} // namespace

void addAboutCommands(CLI::App& app, Chosen& chosen) {
    auto folder = std::make_shared<std::string>();
    CLI::App* demo =
        app.add_subcommand("demo", "write a synthetic cohort with planted identifiers and answer key");
    demo->add_option("folder", *folder, "folder to make")->required();
    auto subjects = std::make_shared<int>(3);
    demo->add_option("--subjects", *subjects, "how many people; above 3, invented ones are added")
        ->check(CLI::Range(3, 100'000));
    demo->callback(
        [&chosen, folder, subjects] { chosen = [folder, subjects] { return runDemo(*folder, *subjects); }; });
    app.add_subcommand("policies", "list policies and options with their sources")->callback([&chosen] {
        chosen = runPolicies;
    });
    app.add_subcommand("formats", "list formats and what is done with them")->callback([&chosen] {
        chosen = runFormats;
    });
    app.add_subcommand("version", "print versions of the program, its libraries and its rules")
        ->callback([&chosen] { chosen = runVersion; });
}

} // namespace kamei::app::cli
