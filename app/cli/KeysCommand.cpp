#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/cli/Commands.h"
#include "app/cli/Keys.h"
#include "core/keys/KeyStore.h"

namespace kamei::app::cli {
namespace {

struct Options {
    std::string create;
    std::string role = "data-manager";
};

base::Redacted passphrase() {
    const char* const value = std::getenv("KAMEI_KEY_PASSPHRASE");
    return {"passphrase", value == nullptr ? "" : value};
}

Exit runKeys(const Options& options) {
    const keys::KeyStore store;
    if (!options.create.empty()) {
        const auto role = keys::roleFromWord(options.role);
        if (!role) {
            return report({base::ErrorCode::InvalidArgument, {"--role"}, {}});
        }
        if (const auto made = store.create(options.create, *role, passphrase()); !made) {
            return report(made.error());
        }
    }
    const auto list = store.list();
    if (!list) {
        return report(list.error());
    }
    for (const auto& entry : *list) {
        printLine({{"name", entry.person.name},
                   {"role", keys::word(entry.person.role)},
                   {"fingerprint", entry.person.key.fingerprint()},
                   {"publicKey", entry.person.key.hex()},
                   {"createdAt", base::iso8601(entry.createdAt)}});
    }
    return Exit::Done;
}

} // namespace

base::Expected<std::shared_ptr<const keys::Identity>> unlockKey(const std::string& nameOrFingerprint) {
    const keys::KeyStore store;
    const auto list = store.list();
    if (!list) {
        return tl::unexpected(list.error());
    }
    const keys::KeyStore::Entry* found = nullptr;
    for (const auto& entry : *list) { // oldest first
        if (entry.person.name == nameOrFingerprint || entry.person.key.fingerprint() == nameOrFingerprint) {
            found = &entry;
        }
    }
    if (found == nullptr) {
        return base::fail(base::ErrorCode::NotFound, "cli.key");
    }
    return store.unlock(found->person.key, passphrase());
}

void addKeysCommand(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* const made =
        app.add_subcommand("keys", "list the signing keys of the machine's user, or make one");
    made->add_option("--create", options->create,
                     "name of the person; the passphrase is in KAMEI_KEY_PASSPHRASE");
    made->add_option("--role", options->role, "data-manager, radiologist or ethics-reviewer");
    made->callback([&chosen, options] { chosen = [options] { return runKeys(*options); }; });
}

} // namespace kamei::app::cli
