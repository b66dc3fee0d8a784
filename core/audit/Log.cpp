#include "core/audit/Log.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <span>

#include "core/base/Clock.h"

namespace kamei::audit {
namespace {

constexpr std::string_view kHeadName = "audit-head";
/// Clocks are corrected by seconds all the time.
constexpr base::TimeMs kClockTolerance = 2 * 60 * 1000;

base::Error broken() {
    return {base::ErrorCode::AuditBroken, {"0", "head"}, "audit.head"};
}

/// "NUMBER HASH"; an unreadable head is one that was tampered with.
base::Expected<Head> headFrom(const std::string& text) {
    Head out;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.number);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || used >= text.size() || out.number < 0) {
        return tl::unexpected(broken());
    }
    const auto hash = base::Sha256::fromHex(std::string_view(text).substr(used + 1));
    if (!hash) {
        return tl::unexpected(broken());
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

namespace {

base::Expected<Head> put(store::Repositories& repositories, const Head& before, std::string_view by,
                         std::string_view event, const Details& details) {
    store::AuditEntry entry{before.number + 1,  base::nowMs(),  std::string(by),
                            std::string(event), details.json(), {}};
    entry.hash = entryHash(before.hash, entry);
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

base::Expected<Head> noteClock(store::Repositories& repositories, const Head& before) {
    const auto last = repositories.audit.last();
    if (!last) {
        return tl::unexpected(last.error());
    }
    const base::TimeMs behind = *last ? (*last)->at - base::nowMs() : 0;
    if (behind <= kClockTolerance) {
        return before;
    }
    return put(repositories, before, {}, "clock.set-back", Details().count("seconds", behind / 1000));
}

base::Expected<Head> putSigned(store::Repositories& repositories, const Head& before, std::int64_t reviewer,
                               std::string_view event, Details details, const keys::Identity& signer) {
    // Named in the entry itself: a signature taken away shows.
    details.word("signed-with", signer.person().key.fingerprint());
    const auto after = put(repositories, before, signer.person().name, event, details);
    if (!after) {
        return after;
    }
    const keys::Signature signature = signer.sign(kSigned, std::span<const std::byte>(after->hash.bytes));
    if (auto done = repositories.reviewers.sign({after->number, reviewer, signature}); !done) {
        return tl::unexpected(done.error());
    }
    return after;
}

struct Joined {
    Head head;
    std::int64_t reviewer = 0;
};

base::Expected<Joined> join(store::Repositories& repositories, const Head& before,
                            const keys::Identity& signer) {
    const keys::Person& person = signer.person();
    const auto row = repositories.reviewers.find(person.key);
    const auto known = repositories.reviewers.known(person.name);
    if (!row || !known) {
        return tl::unexpected(row ? known.error() : row.error());
    }
    if (*row) {
        return Joined{before, (*row)->id};
    }
    const auto id = repositories.reviewers.add(person, base::nowMs(), before.number + 1);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto head = putSigned(
        repositories, before, *id, *known ? "reviewer.key-renewed" : "reviewer.joined",
        Details().word("role", keys::word(person.role)).digest("person", keys::digestOf(person)), signer);
    return head ? base::Expected<Joined>(Joined{*head, *id}) : tl::unexpected(head.error());
}

} // namespace

base::Expected<Head> append(store::Repositories& repositories, std::string_view by, std::string_view event,
                            const Details& details, const keys::Identity* signer) {
    auto before = head(repositories);
    if (before) {
        before = noteClock(repositories, *before);
    }
    if (!before || signer == nullptr || signer->person().name != by) {
        return before ? put(repositories, *before, by, event, details) : before;
    }
    const auto joined = join(repositories, *before, *signer);
    return joined ? putSigned(repositories, joined->head, joined->reviewer, event, details, *signer)
                  : tl::unexpected(joined.error());
}

} // namespace kamei::audit
