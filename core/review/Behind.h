#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>

#include "core/base/Digest.h"
#include "core/model/Review.h"

namespace kamei::review {

/// How many different people stand behind the present bytes of an asset.
struct Behind {
    /// Told by name without regard to white space, and by key where they signed. Neither a key under a second
    /// name nor a second key under one name is a second person: two people of one name have to write theirs
    /// apart.
    std::size_t people = 0;
    std::size_t signers = 0;             ///< those of them who signed
    std::set<std::string> names{};       ///< as they wrote them
    std::set<std::string> signerNames{}; ///< of those who signed
};
/// Of all confirmations of one asset in their order. What was sent back has to be looked at by everybody
/// again; confirmations of other bytes than `present` do not count.
[[nodiscard]] Behind peopleBehind(std::span<const model::Confirmation> all, const base::Sha256& present);

} // namespace kamei::review
