#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/audit/Log.h"

namespace kamei::audit {
namespace {

using store::AuditEntry;

constexpr std::int64_t kBatch = 1000;

tl::unexpected<base::Error> broken(std::int64_t number, std::string_view what) {
    return base::fail(base::ErrorCode::AuditBroken, "audit.verify",
                      {std::to_string(number), std::string(what)});
}

bool follows(const base::Sha256& previous, AuditEntry entry, std::int64_t number) {
    entry.number = number;
    return entry.hash == entryHash(previous, entry);
}

/// What was done to the log where `number` does not follow: told from the entries at hand, the first of which
/// is the one that stands there now. A guess of the kind; that something was done is certain.
std::string_view kindOfBreak(const base::Sha256& previous, std::int64_t number,
                             std::span<const AuditEntry> rest) {
    if (rest.empty() || rest.front().number > number) {
        // A gap. When what comes next fits into it under another number, something was put aside.
        return "removed";
    }
    const AuditEntry& here = rest.front();
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (!follows(previous, rest[i], number)) {
            continue;
        }
        // What belongs here stands further on: it was moved, or something was put before it.
        for (const AuditEntry& other : rest.subspan(1)) {
            if (follows(other.hash, here, rest[i].number)) {
                return "reordered";
            }
        }
        return "inserted";
    }
    // One is missing and those behind it moved up: they still follow each other by their former numbers.
    if (rest.size() > 1 && !follows(here.hash, rest[1], rest[1].number) &&
        follows(here.hash, rest[1], rest[1].number + 1)) {
        return "removed";
    }
    return "changed";
}

/// Reads signatures and confirmations beside the entries, in their order.
class Verifier {
public:
    explicit Verifier(const store::Repositories& repositories) : m_rows(repositories) {}

    base::Expected<Verified> run() {
        const auto expected = head(m_rows);
        const auto anchors = m_rows.confirmations.anchors();
        const auto reviewers = m_rows.reviewers.all();
        if (!expected || !anchors || !reviewers) {
            return tl::unexpected(!expected  ? expected.error()
                                  : !anchors ? anchors.error()
                                             : reviewers.error());
        }
        for (const auto& anchor : *anchors) {
            m_anchors.emplace(anchor.number, anchor);
        }
        for (const auto& row : *reviewers) {
            m_reviewers.emplace(row.id, row);
            m_joining.emplace(row.auditNumber, row.id);
        }
        for (;;) {
            const auto entries = m_rows.audit.after(m_out.entries, kBatch);
            if (!entries) {
                return tl::unexpected(entries.error());
            }
            for (std::size_t i = 0; i < entries->size(); ++i) {
                if (auto done = take(std::span(*entries).subspan(i)); !done) {
                    return tl::unexpected(done.error());
                }
            }
            if (static_cast<std::int64_t>(entries->size()) < kBatch) {
                break;
            }
        }
        return end(*expected);
    }

private:
    base::Expected<void> take(std::span<const AuditEntry> rest) {
        const AuditEntry& entry = rest.front();
        const std::int64_t number = m_out.entries + 1;
        if (entry.number != number || !follows(m_out.head.hash, entry, number)) {
            return broken(number, kindOfBreak(m_out.head.hash, number, rest));
        }
        m_out.entries = number;
        m_out.head = {number, entry.hash};
        m_out.clockSetBack += entry.event == "clock.set-back" ? 1 : 0;
        const auto details = nlohmann::json::parse(entry.details, nullptr, false);
        for (const auto& done :
             {signature(entry, details), confirmation(entry, details), joining(entry, details)}) {
            if (!done) {
                return done;
            }
        }
        return {};
    }

    static std::string wordIn(const nlohmann::json& details, const char* name) {
        const auto found = details.is_object() ? details.find(name) : details.end();
        return found != details.end() && found->is_string() ? found->get<std::string>() : std::string{};
    }
    static std::int64_t countIn(const nlohmann::json& details, const char* name) {
        const auto found = details.is_object() ? details.find(name) : details.end();
        return found != details.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
    }

    base::Expected<void> signature(const AuditEntry& entry, const nlohmann::json& details) {
        if (m_signatures.empty() && !m_signaturesEnded) {
            auto more = m_rows.reviewers.signaturesAfter(entry.number - 1, kBatch);
            if (!more) {
                return tl::unexpected(more.error());
            }
            m_signaturesEnded = static_cast<std::int64_t>(more->size()) < kBatch;
            for (const auto& row : *more) {
                m_signatures.emplace(row.number, row);
            }
        }
        const auto found = m_signatures.find(entry.number);
        const std::string named = wordIn(details, "signed-with");
        if (found == m_signatures.end()) {
            return named.empty() ? base::Expected<void>{} : broken(entry.number, "signature");
        }
        const auto row = found->second;
        m_signatures.erase(found);
        const auto reviewer = m_reviewers.find(row.reviewer);
        if (reviewer == m_reviewers.end() || reviewer->second.person.name != entry.by ||
            reviewer->second.person.key.fingerprint() != named ||
            !keys::verify(reviewer->second.person.key, kSigned, std::span<const std::byte>(entry.hash.bytes),
                          row.signature)) {
            return broken(entry.number, "signature");
        }
        ++m_out.signedEntries;
        m_out.lastSigned = entry.number;
        return {};
    }

    /// A confirmation notes the entry that was made with it; each says what the other says.
    base::Expected<void> confirmation(const AuditEntry& entry, const nlohmann::json& details) {
        const bool confirming = entry.event == "asset.confirmed" || entry.event == "asset.sent-back";
        const auto found = m_anchors.find(entry.number);
        if (found == m_anchors.end()) {
            return confirming ? broken(entry.number, "confirmation") : base::Expected<void>{};
        }
        const auto& anchor = found->second;
        if (anchor.hash != entry.hash || !confirming || countIn(details, "asset") != anchor.asset.value) {
            return broken(entry.number, "confirmation");
        }
        const auto stored = m_rows.confirmations.at(entry.number);
        if (!stored) {
            return tl::unexpected(stored.error());
        }
        const bool confirmed = *stored && (*stored)->verdict == model::Confirmation::Verdict::Confirmed;
        const bool same =
            *stored && (*stored)->reviewer == entry.by && confirmed == (entry.event == "asset.confirmed") &&
            wordIn(details, "sha256") == (*stored)->sha256.hex() &&
            countIn(details, "shown") == (*stored)->shown && countIn(details, "total") == (*stored)->total;
        m_anchors.erase(found);
        return same ? base::Expected<void>{} : broken(entry.number, "confirmation");
    }

    base::Expected<void> joining(const AuditEntry& entry, const nlohmann::json& details) {
        const bool joins = entry.event == "reviewer.joined" || entry.event == "reviewer.key-renewed";
        const auto found = m_joining.find(entry.number);
        if (found == m_joining.end()) {
            return joins ? broken(entry.number, "reviewer") : base::Expected<void>{};
        }
        const auto& person = m_reviewers.at(found->second).person;
        m_joining.erase(found);
        return joins && wordIn(details, "person") == keys::digestOf(person).hex()
                   ? base::Expected<void>{}
                   : broken(entry.number, "reviewer");
    }

    base::Expected<Verified> end(const Head& expected) {
        // A cut tail: the head, a confirmation, a signature or a reviewer knows of more entries than there
        // are.
        std::set<std::int64_t> known;
        for (const auto& [number, ignored] : m_anchors) {
            known.insert(number);
        }
        for (const auto& [number, ignored] : m_signatures) {
            known.insert(number);
        }
        for (const auto& [number, ignored] : m_joining) {
            known.insert(number);
        }
        if (!known.empty() || m_out.entries < expected.number) {
            return broken(m_out.entries + 1, "removed");
        }
        if (m_out.entries != expected.number || m_out.head.hash != expected.hash) {
            return broken(m_out.entries + 1, "head");
        }
        return m_out;
    }

    const store::Repositories& m_rows;
    std::multimap<std::int64_t, store::Confirmations::Anchor> m_anchors; ///< by entry
    std::map<std::int64_t, store::Reviewers::Row> m_reviewers;
    std::multimap<std::int64_t, std::int64_t> m_joining; ///< entry -> reviewer
    std::map<std::int64_t, store::Reviewers::Signed> m_signatures;
    bool m_signaturesEnded = false;
    Verified m_out;
};

} // namespace

base::Expected<Verified> verify(const store::Repositories& repositories) {
    return Verifier(repositories).run();
}

base::Expected<void> holds(const store::Repositories& repositories, const Head& earlier) {
    if (earlier.number <= 0) {
        return {};
    }
    const auto entry = repositories.audit.after(earlier.number - 1, 1);
    if (!entry) {
        return tl::unexpected(entry.error());
    }
    if (entry->empty() || entry->front().number != earlier.number || entry->front().hash != earlier.hash) {
        return broken(earlier.number, "copy");
    }
    return {};
}

} // namespace kamei::audit
