#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/Commands.h"
#include "app/cli/Passphrase.h"
#include "core/base/FileIo.h"
#include "core/job/Sealing.h"

namespace kamei::app::cli {
namespace {

/// More than any workspace seals; a disk image given by mistake is refused before it is read into memory.
constexpr std::uint64_t kLargest = std::uint64_t{4} << 30;

struct Options {
    std::string file;
    std::string by = kActor;
    std::string reason;
    bool passphraseStdin = false;
};

/// Why a file was not opened, in words that say what to try; nothing of its content.
std::string_view refusal(base::ErrorCode code) {
    if (code == base::ErrorCode::PermissionDenied) {
        return say("The passphrase is not the one under which this file was sealed, or the file is damaged. "
                   "Nothing was opened.",
                   "パスフレーズが封印時のものと異なるか、ファイルが壊れています。開いていません。");
    }
    return say("This is not a file of sealed deleted information, or it is damaged. Nothing was opened.",
               "封印された削除情報等のファイルではないか、ファイルが壊れています。開いていません。");
}

Exit runUnseal(const Options& options) {
    if (const auto there = base::readFile(options.file, kLargest); !there) {
        tell(sentence(there.error()));
        return Exit::Unreadable; // also where permission is denied: here it is the input that failed
    }
    const auto passphrase = readPassphrase(options.passphraseStdin);
    if (!passphrase) {
        tell(say("Give the passphrase under which the file was sealed, in KAMEI_PASSPHRASE or with "
                 "--passphrase-stdin. Nothing was opened.",
                 "封印時のパスフレーズを KAMEI_PASSPHRASE または --passphrase-stdin で指定してください。"
                 "開いていません。"));
        return exitFor(base::ErrorCode::PassphraseRequired);
    }
    const auto opened = job::openSealed(options.file, *passphrase, options.by, options.reason);
    if (!opened) {
        const base::ErrorCode code = opened.error().code;
        if (code != base::ErrorCode::PermissionDenied && code != base::ErrorCode::Malformed) {
            return report(opened.error());
        }
        tell(refusal(code));
        return Exit::Unreadable;
    }
    printBytes({reinterpret_cast<const char*>(opened->span().data()), opened->size()});
    printBytes("\n");
    return Exit::Done;
}

} // namespace

void addUnsealCommand(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* const unseal =
        app.add_subcommand("unseal", "print kept deleted information as JSON; it identifies people");
    unseal->add_option("file", options->file, "file of sealed deleted information")->required();
    unseal->add_option("--by", options->by, "who opens it; recorded");
    unseal->add_option("--reason", options->reason, "why; its digest is recorded");
    unseal->add_flag("--passphrase-stdin", options->passphraseStdin,
                     "read the passphrase from standard input, not from KAMEI_PASSPHRASE");
    unseal->callback([&chosen, options] { chosen = [options] { return runUnseal(*options); }; });
}

} // namespace kamei::app::cli
