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
    std::size_t people = 0;  ///< told by key where they signed, else by name without regard to white space
    std::size_t signers = 0; ///< those of them who signed, told by key
    std::set<std::string> names{};       ///< as they wrote them
    std::set<std::string> signerNames{}; ///< of those who signed
};
/// Of all confirmations of one asset in their order. What was sent back has to be looked at by everybody again;
/// confirmations of other bytes than `present` do not count.
[[nodiscard]] Behind peopleBehind(std::span<const model::Confirmation> all, const base::Sha256& present);

} // namespace kamei::review
