#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace kamei::base {

/// A row number of the workspace that cannot be mixed up with one of another table. 0 is "none".
template <class Tag> struct Id {
    std::int64_t value = 0;

    [[nodiscard]] constexpr bool valid() const { return value > 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using SubjectId = Id<struct SubjectTag>;
using AssetId = Id<struct AssetTag>;
using SourceId = Id<struct SourceTag>;
using FindingId = Id<struct FindingTag>;
using MaskId = Id<struct MaskTag>;

} // namespace kamei::base

template <class Tag> struct std::hash<kamei::base::Id<Tag>> {
    std::size_t operator()(kamei::base::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
