#include "core/intake/archive/Archive.h"

#include <algorithm>
#include <set>

#include "core/base/FileIo.h"
#include "core/intake/archive/MemberName.h"
#include "core/intake/archive/ZipReader.h"

namespace kamei::intake::archive {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kPlace = "intake.archive";

bool isZip(std::string_view head) {
    return head.starts_with("PK\x03\x04");
}

/// Office documents are zip files too, but documents to their readers: their first member tells.
bool isOffice(std::string_view head) {
    constexpr std::size_t kNameAt = 30;
    const std::string_view name = head.size() > kNameAt ? head.substr(kNameAt) : std::string_view();
    return name.starts_with("[Content_Types].xml") || name.starts_with("_rels/") ||
           name.starts_with("docProps/") || name.starts_with("word/") || name.starts_with("xl/") ||
           name.starts_with("ppt/") || name.starts_with("mimetype");
}

/// Lists one archive and those in it, keeping count of what all of them would expand to.
class Lister {
public:
    Lister(std::uint64_t archiveBytes, std::stop_token stop)
        : m_archiveBytes(archiveBytes), m_stop(std::move(stop)) {}

    base::Expected<void> list(ZipReader& reader, const std::string& prefix, int depth) {
        std::set<std::string, std::less<>> seen;
        for (;;) {
            if (m_stop.stop_requested()) {
                return base::fail(ErrorCode::Cancelled, kPlace);
            }
            auto entry = reader.next();
            if (!entry) {
                // The directory stands at the end of the file: without it, the end is missing.
                const bool cut = m_members.empty() && entry.error().code == ErrorCode::Malformed;
                return cut ? base::fail(ErrorCode::Truncated, kPlace, {"zip"})
                           : tl::unexpected(entry.error());
            }
            if (!*entry) {
                return {};
            }
            if ((*entry)->isFolder) {
                continue;
            }
            if (m_members.size() >= kMaxMembers) {
                return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxMembers)});
            }
            const bool again = !seen.insert((*entry)->name).second;
            if (auto done = add(reader, **entry, again, prefix, depth); !done) {
                return done;
            }
        }
    }

    std::vector<Member> take() { return std::move(m_members); }

private:
    static std::optional<Error> problemOf(const ZipReader::Entry& entry, bool again) {
        const auto problem = [](ErrorCode code) { return Error{code, {"zip"}, std::string(kPlace)}; };
        if (isRefused(entry.name)) {
            return problem(ErrorCode::PathRefused);
        }
        if (!entry.isRegular) {
            return problem(ErrorCode::NotRegularFile);
        }
        if (entry.isEncrypted) {
            return problem(ErrorCode::Encrypted);
        }
        if (entry.size.value_or(0) > kMaxMemberBytes) {
            return problem(ErrorCode::TooLarge);
        }
        return again ? std::optional(problem(ErrorCode::Malformed)) : std::nullopt;
    }

    base::Expected<void> count(std::uint64_t bytes) {
        m_total += bytes;
        const bool ratio = m_total > kRatioFreeBytes && m_total / kMaxRatio > m_archiveBytes;
        if (ratio || m_total > kMaxTotalBytes) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxRatio)});
        }
        return {};
    }

    base::Expected<void> add(ZipReader& reader, const ZipReader::Entry& entry, bool again,
                             const std::string& prefix, int depth) {
        Member member;
        member.name = prefix + entry.name;
        member.size = entry.size.value_or(0);
        member.problem = problemOf(entry, again);
        if (member.problem) {
            m_members.push_back(std::move(member));
            return {};
        }
        auto content = reader.read(64);
        if (content && isZip(*content) && !isOffice(*content)) {
            return inner(reader, std::move(*content), entry, std::move(member), depth);
        }
        if (!content) {
            member.problem = content.error();
        }
        if (auto done = count(member.size); !done) {
            return done;
        }
        m_members.push_back(std::move(member));
        return {};
    }

    base::Expected<void> inner(ZipReader& reader, std::string head, const ZipReader::Entry& entry,
                               Member member, int depth) {
        if (depth >= kMaxDepth) {
            member.problem = Error{ErrorCode::TooDeep, {std::to_string(kMaxDepth)}, std::string(kPlace)};
            m_members.push_back(std::move(member));
            return {};
        }
        if (auto done = count(member.size); !done) {
            return done;
        }
        auto rest = reader.read(entry.size.value_or(kMaxMemberBytes));
        const std::string bytes = rest ? head + *rest : std::string();
        auto opened = ZipReader::open(std::string_view(bytes));
        const std::size_t before = m_members.size();
        auto listed = opened ? list(*opened, member.name + std::string(kInner), depth + 1)
                             : base::Expected<void>(tl::unexpected(opened.error()));
        if (listed) {
            return listed;
        }
        const ErrorCode code = listed.error().code;
        if (code == ErrorCode::Cancelled || code == ErrorCode::TooManyEntries ||
            code == ErrorCode::TooLarge) {
            return listed;
        }
        // A damaged inner archive is one row with its reason; the rest goes on.
        m_members.resize(before);
        member.problem = rest ? listed.error() : rest.error();
        m_members.push_back(std::move(member));
        return {};
    }

    std::uint64_t m_archiveBytes;
    std::stop_token m_stop;
    std::uint64_t m_total = 0;
    std::vector<Member> m_members;
};

/// The archive that a thread read last, so that members asked for in order cost one pass.
struct Position {
    std::filesystem::path path;
    base::FileStamp stamp;
    std::optional<ZipReader> reader;
};

/// Moves on to a member. False when the archive has no such member from here on.
base::Expected<bool> advanceTo(ZipReader& reader, std::string_view name, std::optional<std::uint64_t>& size) {
    for (;;) {
        auto entry = reader.next();
        if (!entry) {
            return tl::unexpected(entry.error());
        }
        if (!*entry) {
            return false;
        }
        if ((*entry)->name == name && (*entry)->isRegular) {
            if ((*entry)->isEncrypted) {
                return base::fail(ErrorCode::Encrypted, kPlace, {"zip"});
            }
            size = (*entry)->size;
            return true;
        }
    }
}

base::Expected<std::string> readHere(ZipReader& reader, std::optional<std::uint64_t> size,
                                     std::uint64_t limit) {
    // One byte more than the directory promises shows an entry that lies about its size.
    auto bytes = reader.read(std::min(limit, size.value_or(kMaxMemberBytes) + 1));
    if (bytes && size && (bytes->size() > *size || (bytes->size() < *size && bytes->size() < limit))) {
        return base::fail(ErrorCode::Malformed, kPlace, {"zip"});
    }
    if (bytes && bytes->size() > kMaxMemberBytes) {
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxMemberBytes)});
    }
    return bytes;
}

base::Expected<std::string> readFromMemory(std::string_view bytes, std::string_view member,
                                           std::uint64_t limit) {
    auto reader = ZipReader::open(bytes);
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    std::optional<std::uint64_t> size;
    auto found = advanceTo(*reader, member, size);
    if (!found || !*found) {
        return found ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(found.error());
    }
    return readHere(*reader, size, limit);
}

base::Expected<std::string> readFromFile(const std::filesystem::path& path, std::string_view member,
                                         std::uint64_t limit) {
    thread_local Position position;
    const auto stamp = base::fileStamp(path);
    if (!stamp) {
        return tl::unexpected(stamp.error());
    }
    std::optional<std::uint64_t> size;
    const bool same = position.reader && position.path == path && position.stamp == *stamp;
    auto found = same ? advanceTo(*position.reader, member, size) : base::Expected<bool>(false);
    if (!found || !*found) {
        auto reader = ZipReader::open(path);
        if (!reader) {
            return tl::unexpected(reader.error());
        }
        position = Position{path, *stamp, std::move(*reader)};
        found = advanceTo(*position.reader, member, size);
    }
    if (!found || !*found) {
        position.reader.reset();
        return found ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(found.error());
    }
    return readHere(*position.reader, size, limit);
}

} // namespace

base::Expected<std::vector<Member>> list(const std::filesystem::path& path, std::stop_token stop) {
    const auto stamp = base::fileStamp(path);
    if (!stamp) {
        return tl::unexpected(stamp.error());
    }
    auto reader = ZipReader::open(path);
    if (!reader) {
        const bool cut = reader.error().code == ErrorCode::Malformed;
        return cut ? base::fail(ErrorCode::Truncated, kPlace, {"zip"}) : tl::unexpected(reader.error());
    }
    Lister lister(stamp->size, std::move(stop));
    if (auto done = lister.list(*reader, {}, 1); !done) {
        return tl::unexpected(done.error());
    }
    return lister.take();
}

base::Expected<std::string> readMember(const std::filesystem::path& path, std::string_view member,
                                       std::uint64_t limit) {
    const std::size_t separator = member.find(kInner);
    if (separator == std::string_view::npos) {
        return readFromFile(path, member, limit);
    }
    auto inner = readFromFile(path, member.substr(0, separator), kMaxMemberBytes);
    if (!inner) {
        return inner;
    }
    return readFromMemory(*inner, member.substr(separator + kInner.size()), limit);
}

} // namespace kamei::intake::archive
