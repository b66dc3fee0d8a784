#include <CLI/CLI.hpp>

#include "app/cli/Commands.h"
#include "app/cli/Keys.h"
#include "app/cli/Running.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string out;
    std::string key;
};

Exit runVerify(const Options& options) {
    const Interrupt interrupt;
    base::Expected<release::Verification> done;
    {
        ProgressLine progress;
        done = release::verifyRelease(options.out, interrupt.token(), progress);
    }
    if (!done && done.error().code == base::ErrorCode::NotFound) {
        tell(say("This is no released data set: there is no manifest.json in the folder.",
                 "書き出されたデータセットではありません。フォルダーに manifest.json がありません。"));
        return Exit::Unreadable;
    }
    if (!done) {
        return report(done.error());
    }
    if (done->cancelled) {
        return report({base::ErrorCode::Cancelled, {}, {}});
    }
    bool wanted = true;
    if (done->signer) {
        tell(std::string(say("Signed by ", "署名者: ")) + done->signer->name + " (" +
             std::string(keys::word(done->signer->role)) + "), " + done->signer->key.fingerprint());
    }
    if (!options.key.empty() && (!done->signer || done->signer->key.fingerprint() != options.key)) {
        wanted = false;
        tell(say("The data set is not signed with this key.",
                 "このデータセットの署名は指定の鍵のものではありません。"));
    }
    for (const release::Difference& difference : done->differences) {
        printLine({{"difference", release::word(difference.kind)}, {"path", difference.path}});
    }
    tell(std::string(say("Files in the manifest: ", "目録のファイル数: ")) + std::to_string(done->files) +
         std::string(say(", differences: ", "、相違: ")) + std::to_string(done->differences.size()));
    return done->differences.empty() && wanted ? Exit::Done : Exit::Open;
}

} // namespace

void addVerifyCommand(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* verify =
        app.add_subcommand("verify", "check a released data set against its manifest and its signature");
    verify->add_option("out", options->out, "released folder")->required();
    verify->add_option("--key", options->key, "fingerprint of the key that must have signed it");
    verify->callback([&chosen, options] { chosen = [options] { return runVerify(*options); }; });
}

} // namespace kamei::app::cli
