#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/audit/Details.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/store/Repositories.h"

namespace kamei::audit {

/// Where the chain ends.
struct Head {
    std::int64_t number = 0; ///< entries; 0 for an empty log
    base::Sha256 hash;       ///< of the last entry; zero for an empty log
};

/// The hash of an entry: SHA-256 over the 32 bytes of the hash before it (zero for the first) and the
/// canonical JSON of number, at, by, event and details (keys sorted, no blanks, UTF-8).
[[nodiscard]] base::Sha256 entryHash(const base::Sha256& previous, const store::AuditEntry& entry);

/// Appends an entry in the transaction of the change that it records, so that there is never one
/// without the other. The head is kept in the workspace's single values too: a cut tail shows.
[[nodiscard]] base::Expected<Head> append(store::Repositories& repositories, std::string_view by,
                                          std::string_view event, const Details& details);

[[nodiscard]] base::Expected<Head> head(const store::Repositories& repositories);

/// Recomputes the chain and compares it with the stored head and with the heads noted at each
/// confirmation. The number of entries, or AuditBroken (args: number of the first bad or missing entry).
[[nodiscard]] base::Expected<std::int64_t> verify(const store::Repositories& repositories);

} // namespace kamei::audit
