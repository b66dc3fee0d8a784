#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/keys/KeyStore.h"

namespace kamei::keys {

/// How far this machine's user saw the audit log of each workspace. It lies outside the workspace, so that a
/// workspace that was put back to an earlier state, or a copy that went another way, shows when it is opened.
class Witness {
public:
    explicit Witness(std::filesystem::path folder = userFolder() / "seen") : m_folder(std::move(folder)) {}

    struct Seen {
        std::int64_t number = 0; ///< entries of the log
        base::Sha256 hash;       ///< of the last of them
        friend bool operator==(const Seen&, const Seen&) = default;
    };
    /// Nothing when this workspace was never seen. `workspace`: its id, hexadecimal.
    [[nodiscard]] base::Expected<std::optional<Seen>> lastSeen(const std::string& workspace) const;
    [[nodiscard]] base::Expected<void> note(const std::string& workspace, const Seen& seen) const;

private:
    [[nodiscard]] base::Expected<std::filesystem::path> fileOf(const std::string& workspace) const;
    std::filesystem::path m_folder;
};

} // namespace kamei::keys
