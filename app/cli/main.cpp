#include <CLI/CLI.hpp>
#include <clocale>
#include <csignal>
#include <exception>

#include "app/cli/Commands.h"

namespace {

namespace cli = kamei::app::cli;

int runCommand(int argc, char** argv) {
    CLI::App app{"Kamei: medical records into pseudonymised information (仮名加工情報)", "kamei-cli"};
    app.footer(
        "Exit: 0 done, 1 done but something is open or refused, 2 usage, 3 an input could not be read,\n"
        "4 the workspace is damaged or locked, 5 no space or I/O error.\n"
        "Confirming is not here: a person looks and confirms in the window.");
    app.require_subcommand(1);
    cli::Chosen chosen;
    cli::addJobCommands(app, chosen);
    cli::addListCommands(app, chosen);
    cli::addReviewCommands(app, chosen);
    cli::addDecideCommands(app, chosen);
    cli::addSubjectCommands(app, chosen);
    cli::addPaperCommands(app, chosen);
    cli::addVerifyCommand(app, chosen);
    cli::addMaskCommand(app, chosen);
    cli::addPolicyCommands(app, chosen);
    cli::addUnsealCommand(app, chosen);
    cli::addKeysCommand(app, chosen);
    cli::addTextCommand(app, chosen);
    cli::addAboutCommands(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 has a code for each mistake; the contract has one for all. --help is none.
        return app.exit(error) == 0 ? 0 : static_cast<int>(cli::Exit::Usage);
    }
    return static_cast<int>(cli::flushed(chosen()));
}

} // namespace

int main(int argc, char** argv) {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    // A reader that has seen enough (head) must not end a command in the middle of its work.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return runCommand(argc, argv);
    } catch (const std::bad_alloc&) {
        return static_cast<int>(cli::report({kamei::base::ErrorCode::OutOfMemory, {}, "cli"}));
    } catch (const std::exception&) {
        // what() of a library may quote content.
        return static_cast<int>(cli::report({kamei::base::ErrorCode::Internal, {}, "cli"}));
    }
}
