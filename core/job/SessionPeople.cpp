// Who works here with a key, and whether the workspace is as they left it.
#include <set>
#include <utility>

#include "core/base/Blank.h"
#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "core/keys/Witness.h"

namespace kamei::job {

using base::ErrorCode;

namespace {

constexpr std::string_view kSignedOut = "reviewer.signed-out";

base::Expected<std::string> workspaceId(const store::Repositories& rows) {
    const auto id = rows.meta.get("workspace-id");
    if (!id) {
        return tl::unexpected(id.error());
    }
    return id->value_or("");
}

AuditState stateOf(const audit::Verified& verified) {
    return {verified.entries, verified.signedEntries, verified.lastSigned, verified.clockSetBack,
            verified.head.hash.hex()};
}

/// Whether the data are as they were when somebody signed out, as long as nothing was logged since.
base::Expected<void> sameAsSigned(const store::Reading& reading) {
    const auto last = reading->audit.last();
    if (!last) {
        return tl::unexpected(last.error());
    }
    if (!*last || (*last)->event != kSignedOut) {
        return {};
    }
    const auto state = reading.stateDigest();
    if (!state) {
        return tl::unexpected(state.error());
    }
    return (*last)->details.find("\"" + state->hex() + "\"") != std::string::npos
               ? base::Expected<void>{}
               : base::fail(ErrorCode::AuditBroken, "job.verify", {std::to_string((*last)->number), "state"});
}

} // namespace

std::shared_ptr<const keys::Identity> Session::Internals::signedIn() const {
    const std::lock_guard guard(peopleMutex);
    return person;
}

base::Expected<void> Session::Internals::maySign(const store::Repositories& rows,
                                                 const std::string& by) const {
    const auto text = rows.meta.get("policy");
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto policy = decide::policyFromJson(text->value_or(""));
    if (!policy) {
        return base::fail(ErrorCode::WorkspaceDamaged, "job.policy");
    }
    const auto who = signedIn();
    return !policy->signatures || (who && who->person().name == by)
               ? base::Expected<void>{}
               : base::fail(ErrorCode::NotPossible, "job.sign", {"unsigned"});
}

void Session::Internals::noteSeen() {
    if (!signedIn()) {
        return;
    }
    const auto reading = read();
    if (!reading) {
        return;
    }
    const auto id = workspaceId(**reading);
    const auto head = audit::head(**reading);
    if (id && head) {
        // A folder of the user that cannot be written takes nothing from what was done.
        static_cast<void>(keys::Witness().note(*id, {head->number, head->hash}));
    }
}

base::Expected<void> Session::Internals::checkSeen() const {
    const auto reading = read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto id = workspaceId(**reading);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto seen = keys::Witness().lastSeen(*id);
    // A witness that cannot be read says nothing.
    return seen && *seen ? audit::holds(**reading, {(*seen)->number, (*seen)->hash}) : base::Expected<void>{};
}

base::Expected<void> Session::signIn(std::shared_ptr<const keys::Identity> person) {
    if (auto done = signOut(); !done) {
        return done;
    }
    {
        const std::lock_guard guard(m_internals->peopleMutex);
        m_internals->person = person;
    }
    if (!writable()) {
        return {};
    }
    const auto undo = [&](const base::Error& error) -> base::Expected<void> {
        const std::lock_guard guard(m_internals->peopleMutex);
        m_internals->person.reset();
        return tl::unexpected(error);
    };
    {
        auto writing = m_internals->write(Internals::Purpose::Judgement);
        if (!writing) {
            return undo(writing.error());
        }
        const auto details = audit::Details().word("role", keys::word(person->person().role));
        if (auto logged = m_internals->log(*writing, person->person().name, "reviewer.signed-in", details);
            !logged) {
            return undo(logged.error());
        }
        if (auto done = writing->commit(); !done) {
            return undo(done.error());
        }
    }
    m_internals->noteSeen();
    m_internals->notify({Change::Kind::Confirmations, {}});
    return {};
}

base::Expected<void> Session::signOut() {
    const auto who = m_internals->signedIn();
    if (!who) {
        return {};
    }
    base::Expected<void> done;
    if (writable()) {
        auto writing = m_internals->write(Internals::Purpose::Judgement);
        done = writing ? base::Expected<void>{} : tl::unexpected(writing.error());
        if (writing) {
            const auto state = writing->stateDigest();
            done = state ? m_internals->log(*writing, who->person().name, kSignedOut,
                                            audit::Details().digest("state-digest", *state))
                         : tl::unexpected(state.error());
            if (done) {
                done = writing->commit();
            }
        }
    }
    m_internals->noteSeen();
    const std::lock_guard guard(m_internals->peopleMutex);
    m_internals->person.reset();
    return done;
}

std::optional<keys::Person> Session::signedIn() const {
    const auto who = m_internals->signedIn();
    return who ? std::optional(who->person()) : std::nullopt;
}

base::Expected<std::vector<ReviewerRow>> Session::reviewers() const {
    const auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    auto rows = (*reading)->reviewers.all();
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<ReviewerRow> out;
    std::set<std::string> names;
    for (auto& row : *rows) {
        const bool isNew = names.insert(row.person.name).second;
        out.push_back({std::move(row.person), row.joinedAt, !isNew});
    }
    return out;
}

base::Expected<AuditState> Session::verifyAudit() const {
    if (auto sound = m_internals->database->quickCheck(); !sound) {
        return tl::unexpected(sound.error());
    }
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto verified = audit::verify(**reading);
    return verified ? base::Expected<AuditState>(stateOf(*verified)) : tl::unexpected(verified.error());
}

base::Expected<AuditState> Session::verifyAll() const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    // The log first: it names the entry.
    const auto verified = audit::verify(**reading);
    if (!verified) {
        return tl::unexpected(verified.error());
    }
    for (const auto& done :
         {m_internals->database->check(), sameAsSigned(*reading), m_internals->checkSeen()}) {
        if (!done) {
            return tl::unexpected(done.error());
        }
    }
    return stateOf(*verified);
}

base::Expected<std::shared_ptr<Session>>
Session::openRestored(const std::filesystem::path& folder, const std::string& reason, const std::string& by) {
    if (base::isBlank(reason)) {
        return base::fail(ErrorCode::ReasonRequired, "job.restore");
    }
    auto session = openAt(folder, OpenMode::ReadWrite, true);
    if (!session) {
        return session;
    }
    Internals& internals = (*session)->internals();
    const auto same = internals.checkSeen();
    if (same || same.error().code != ErrorCode::AuditBroken) {
        return base::fail(ErrorCode::NotPossible, "job.restore", {"copy"});
    }
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    const auto id = workspaceId(**writing);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto seen = keys::Witness().lastSeen(*id);
    audit::Details details = audit::Details().digest("reason", base::sha256(reason));
    if (seen && *seen) {
        details.count("seen", (*seen)->number).digest("seen-hash", (*seen)->hash);
    }
    if (auto logged = internals.log(*writing, by, "workspace.restored", details); !logged) {
        return tl::unexpected(logged.error());
    }
    const auto head = audit::head(**writing);
    if (!head) {
        return tl::unexpected(head.error());
    }
    if (auto done = writing->commit(); !done) {
        return tl::unexpected(done.error());
    }
    if (auto noted = keys::Witness().note(*id, {head->number, head->hash}); !noted) {
        return tl::unexpected(noted.error());
    }
    return session;
}

} // namespace kamei::job
