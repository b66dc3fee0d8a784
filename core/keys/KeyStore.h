#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"
#include "core/keys/Signing.h"

namespace kamei::keys {

/// $XDG_DATA_HOME/kamei, else ~/.local/share/kamei: what belongs to the machine's user, not to a workspace.
[[nodiscard]] std::filesystem::path userFolder();

/// The signing keys of the machine's user: one file each, "<fingerprint>.kamei-key", mode 0600, the secret
/// sealed under a passphrase (keys::seal: Argon2id). A wrong passphrase costs as much time as the right one:
/// the derivation comes first and the comparison is that of an authenticated cipher, in constant time.
class KeyStore {
public:
    explicit KeyStore(std::filesystem::path folder = userFolder() / "keys") : m_folder(std::move(folder)) {}

    struct Entry {
        Person person;
        base::TimeMs createdAt = 0;
    };
    /// By age, oldest first. Files that are no keys are left out.
    [[nodiscard]] base::Expected<std::vector<Entry>> list() const;
    /// Makes a key and keeps it. Errors: InvalidArgument ("name") for a blank name or one with line breaks,
    /// PassphraseRequired (args: the fewest characters), PermissionDenied, NoSpace.
    [[nodiscard]] base::Expected<std::shared_ptr<const Identity>>
    create(const std::string& name, Role role, const base::Redacted& passphrase) const;
    /// Errors: NotFound, PermissionDenied (wrong passphrase, or altered), Malformed (the file was edited:
    /// name, role or key are not what was sealed).
    [[nodiscard]] base::Expected<std::shared_ptr<const Identity>>
    unlock(const PublicKey& key, const base::Redacted& passphrase) const;
    /// Seals the key anew; the file with the old passphrase is overwritten. Errors: those of both above.
    [[nodiscard]] base::Expected<void> changePassphrase(const PublicKey& key, const base::Redacted& old,
                                                        const base::Redacted& fresh) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const PublicKey& key) const;
    [[nodiscard]] base::Expected<void> write(const Identity& identity, base::TimeMs createdAt,
                                             const base::Redacted& passphrase) const;
    std::filesystem::path m_folder;
};

} // namespace kamei::keys
