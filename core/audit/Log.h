#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/audit/Details.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/keys/Signing.h"
#include "core/store/Repositories.h"

namespace kamei::audit {

/// Where the chain ends.
struct Head {
    std::int64_t number = 0; ///< entries; 0 for an empty log
    base::Sha256 hash;       ///< of the last entry; zero for an empty log
};

/// For what an entry's hash is signed (keys::Identity::sign).
inline constexpr std::string_view kSigned = "audit-entry";

/// The hash of an entry: SHA-256 over the 32 bytes of the hash before it (zero for the first) and the
/// canonical JSON of number, at, by, event and details (keys sorted, no blanks, UTF-8).
[[nodiscard]] base::Sha256 entryHash(const base::Sha256& previous, const store::AuditEntry& entry);

/// Appends an entry in the transaction of the change that it records, so that there is never one
/// without the other. The head is kept in the workspace's single values too: a cut tail shows.
/// With a `signer` of that name the entry is signed: over its hash, and so over everything before it; the
/// signer is put down as a reviewer of the workspace the first time ("reviewer.joined"), and as the same
/// person with a new key ("reviewer.key-renewed") when the name is known already.
/// A clock that stands more than two minutes before the last entry is logged first ("clock.set-back").
[[nodiscard]] base::Expected<Head> append(store::Repositories& repositories, std::string_view by,
                                          std::string_view event, const Details& details,
                                          const keys::Identity* signer = nullptr);

[[nodiscard]] base::Expected<Head> head(const store::Repositories& repositories);

/// What verify() counted.
struct Verified {
    std::int64_t entries = 0;
    std::int64_t signedEntries = 0;
    std::int64_t lastSigned =
        0; ///< number of the last signed entry; 0: none. What follows it rests on the chain.
    std::int64_t clockSetBack = 0; ///< how often the clock was found set back
    Head head;
};
/// Recomputes the chain and the signatures and compares them with the stored head, the heads noted at each
/// confirmation, and what else an entry vouches for: the reviewers, and the confirmations themselves.
/// AuditBroken otherwise; args: number of the first bad or missing entry, and what is wrong with it:
/// "changed" "removed" "inserted" "reordered" "signature" "head" "confirmation" "reviewer".
[[nodiscard]] base::Expected<Verified> verify(const store::Repositories& repositories);

/// Whether the log still holds this earlier head: not so for a workspace that was put back to an earlier
/// state, or a copy in which others went on. AuditBroken (args: number, "copy").
[[nodiscard]] base::Expected<void> holds(const store::Repositories& repositories, const Head& earlier);

} // namespace kamei::audit
