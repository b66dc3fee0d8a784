#include "core/audit/Log.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/Clock.h"

namespace kamei::audit {
namespace {

constexpr std::string_view kHeadName = "audit-head";
constexpr std::int64_t kBatch = 1000;

base::Error broken(std::int64_t number) {
    return {base::ErrorCode::AuditBroken, {std::to_string(number)}, "audit.verify"};
}

/// "NUMBER HASH"; an unreadable head is one that was tampered with.
base::Expected<Head> headFrom(const std::string& text) {
    Head out;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.number);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || used >= text.size() || out.number < 0) {
        return tl::unexpected(broken(0));
    }
    const auto hash = base::Sha256::fromHex(std::string_view(text).substr(used + 1));
    if (!hash) {
        return tl::unexpected(broken(0));
    }
    out.hash = *hash;
    return out;
}

/// Details that cannot be parsed are hashed as the text that they are, so that the entry shows as changed.
nlohmann::json parsed(const std::string& details) {
    auto out = nlohmann::json::parse(details, nullptr, false);
    return out.is_discarded() ? nlohmann::json(details) : out;
}

} // namespace

base::Sha256 entryHash(const base::Sha256& previous, const store::AuditEntry& entry) {
    const nlohmann::json canonical{{"number", entry.number},
                                   {"at", entry.at},
                                   {"by", entry.by},
                                   {"event", entry.event},
                                   {"details", parsed(entry.details)}};
    base::Sha256Hasher hasher;
    hasher.update(previous.bytes);
    hasher.update(canonical.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return hasher.finish();
}

base::Expected<Head> head(const store::Repositories& repositories) {
    const auto stored = repositories.meta.get(kHeadName);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    return *stored ? headFrom(**stored) : base::Expected<Head>(Head{});
}

base::Expected<Head> append(store::Repositories& repositories, std::string_view by, std::string_view event,
                            const Details& details) {
    const auto before = head(repositories);
    if (!before) {
        return before;
    }
    store::AuditEntry entry{before->number + 1, base::nowMs(),  std::string(by),
                            std::string(event), details.json(), {}};
    entry.hash = entryHash(before->hash, entry);
    if (auto stored = repositories.audit.append(entry); !stored) {
        return tl::unexpected(stored.error());
    }
    const Head after{entry.number, entry.hash};
    if (auto stored = repositories.meta.set(kHeadName, std::to_string(after.number) + ' ' + after.hash.hex());
        !stored) {
        return tl::unexpected(stored.error());
    }
    return after;
}

base::Expected<std::int64_t> verify(const store::Repositories& repositories) {
    const auto expected = head(repositories);
    const auto anchors = repositories.confirmations.anchors();
    if (!expected || !anchors) {
        return tl::unexpected(expected ? anchors.error() : expected.error());
    }
    auto anchor = anchors->begin();
    Head seen;
    for (;;) {
        const auto entries = repositories.audit.after(seen.number, kBatch);
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        for (const auto& entry : *entries) {
            if (entry.number != seen.number + 1 || entry.hash != entryHash(seen.hash, entry)) {
                return tl::unexpected(broken(seen.number + 1));
            }
            seen = {entry.number, entry.hash};
            for (; anchor != anchors->end() && anchor->number <= seen.number; ++anchor) {
                if (anchor->number == seen.number && anchor->hash != seen.hash) {
                    return tl::unexpected(broken(seen.number));
                }
            }
        }
        if (static_cast<std::int64_t>(entries->size()) < kBatch) {
            break;
        }
    }
    // A cut tail: the head, or a confirmation, knows of more entries than there are.
    if (anchor != anchors->end() || seen.number != expected->number || seen.hash != expected->hash) {
        return tl::unexpected(broken(seen.number + 1));
    }
    return seen.number;
}

} // namespace kamei::audit
