#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::archive {

/// Limits against archives that are small on disk and huge when opened.
inline constexpr std::size_t kMaxMembers = 100'000;
inline constexpr std::uint64_t kMaxMemberBytes = 2ULL << 30;
inline constexpr std::uint64_t kMaxTotalBytes = 256ULL << 30;
inline constexpr std::uint64_t kMaxRatio = 200;               ///< of all members to the archive
inline constexpr std::uint64_t kRatioFreeBytes = 64ULL << 20; ///< below this total the ratio is not asked
inline constexpr int kMaxDepth = 2;                           ///< an archive in an archive, no more

/// Separates the name of an inner archive from that of its member: "a.zip!/b.dcm".
inline constexpr std::string_view kInner = "!/";

/// A member of an archive that is not a folder.
struct Member {
    std::string
        name; ///< UTF-8; names in Japanese encodings are decoded, members of inner archives as "a.zip!/b"
    std::uint64_t size = 0;
    /// Why it cannot be read: PathRefused (absolute, "..", drive letters, "!/"), Encrypted, NotRegularFile
    /// (links), TooLarge, TooDeep, Malformed (a name that comes twice, damage).
    std::optional<base::Error> problem;
};

/// Everything a zip archive holds, members of inner archives included, in the archive's order.
/// Truncated or Malformed when its directory cannot be read, TooManyEntries, TooLarge (see the limits).
[[nodiscard]] base::Expected<std::vector<Member>> list(const std::filesystem::path& path,
                                                       std::stop_token stop = {});

/// The bytes of a member, at most `limit` of them from its beginning. NotFound when there is no such
/// member; TooLarge above kMaxMemberBytes; Malformed when it does not hold what the directory says.
/// Members asked for in the archive's order by one thread cost one pass over the archive.
[[nodiscard]] base::Expected<std::string>
readMember(const std::filesystem::path& path, std::string_view member, std::uint64_t limit = kMaxMemberBytes);

} // namespace kamei::intake::archive
