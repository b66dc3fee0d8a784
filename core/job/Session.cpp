#include "core/job/Session.h"

#include <system_error>

#include "core/decide/Policies.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

base::Expected<void> writeFirstRows(Session::Internals& internals, const NewWorkspace& what) {
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    model::PurposeSheet sheet;
    sheet.purpose = what.purpose;
    store::Meta& meta = (*writing)->meta;
    const audit::Details details = audit::Details()
                                       .count("schema", internals.database->schemaVersion())
                                       .word("policy", what.policy.name)
                                       .digest("policy-digest", base::sha256(decide::toJson(what.policy)));
    for (auto done : {meta.set("title", what.title), meta.set("policy", decide::toJson(what.policy)),
                      meta.set("created-at", std::to_string(base::nowMs())), meta.setSheet(sheet),
                      internals.log(*writing, {}, "workspace.created", details)}) {
        if (!done) {
            return done;
        }
    }
    return writing->commit();
}

base::Expected<void> fill(Session::Internals& internals, const NewWorkspace& what) {
    auto lock = store::WriterLock::acquire(internals.layout.lock());
    if (!lock) {
        return tl::unexpected(lock.error());
    }
    internals.lock.emplace(std::move(*lock));
    if (auto made = store::createKey(internals.layout.key()); !made) {
        return made;
    }
    auto database = store::Database::create(internals.layout.database());
    if (!database) {
        return tl::unexpected(database.error());
    }
    internals.database = std::move(*database);
    return writeFirstRows(internals, what);
}

/// Takes back what a failed create() made, so that it can be tried again in the same place.
void takeBack(const store::Layout& layout, bool folderWasThere) {
    std::error_code ignored;
    for (const fs::path& path :
         {layout.database(), layout.key(), layout.lock(), layout.staged(), layout.temporary(),
          fs::path(layout.database().string() + "-wal"), fs::path(layout.database().string() + "-shm")}) {
        fs::remove_all(path, ignored);
    }
    if (!folderWasThere) {
        fs::remove(layout.folder, ignored);
    }
}

std::int64_t numberIn(const std::optional<std::string>& text) {
    return text ? std::strtoll(text->c_str(), nullptr, 10) : 0;
}

} // namespace

Session::Session() : m_internals(std::make_unique<Internals>()) {}
Session::~Session() {
    // Only a closing that succeeds is signed; the chain holds without it.
    if (m_internals->database) {
        static_cast<void>(signOut());
    }
}

base::Expected<std::shared_ptr<Session>> Session::create(const fs::path& folder, const NewWorkspace& what) {
    auto rules = guideline::RuleTable::load();
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    const std::shared_ptr<Session> session(new Session());
    Internals& internals = *session->m_internals;
    std::error_code error;
    internals.layout.folder = fs::absolute(folder, error);
    internals.mode = OpenMode::ReadWrite;
    internals.rules = std::move(*rules);
    const bool folderWasThere = fs::exists(internals.layout.folder, error);
    if (auto made = store::createFolders(internals.layout); !made) {
        return tl::unexpected(made.error());
    }
    if (auto filled = fill(internals, what); !filled) {
        internals.database.reset();
        takeBack(internals.layout, folderWasThere);
        return tl::unexpected(filled.error());
    }
    return session;
}

base::Expected<std::shared_ptr<Session>> Session::open(const fs::path& folder, OpenMode mode) {
    return openAt(folder, mode, false);
}

base::Expected<std::shared_ptr<Session>> Session::openAt(const fs::path& folder, OpenMode mode,
                                                         bool acceptCopy) {
    auto rules = guideline::RuleTable::load();
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    const std::shared_ptr<Session> session(new Session());
    Internals& internals = *session->m_internals;
    std::error_code error;
    internals.layout.folder = fs::absolute(folder, error);
    internals.mode = mode;
    internals.rules = std::move(*rules);
    // Before the lock, which would leave its file in a folder that is no workspace.
    if (!fs::is_regular_file(internals.layout.database(), error)) {
        return base::fail(ErrorCode::WorkspaceMissing, "job.open");
    }
    if (mode == OpenMode::ReadWrite) {
        auto lock = store::WriterLock::acquire(internals.layout.lock());
        if (!lock) {
            return tl::unexpected(lock.error());
        }
        internals.lock.emplace(std::move(*lock));
    }
    auto database = store::Database::open(internals.layout.database(),
                                          mode == OpenMode::ReadWrite ? store::Database::Access::ReadWrite
                                                                      : store::Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(database.error());
    }
    internals.database = std::move(*database);
    if (mode == OpenMode::ReadWrite) {
        auto reading = internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        if (const auto verified = audit::verify(**reading); !verified) {
            return tl::unexpected(verified.error());
        }
        if (const auto same = internals.checkSeen(); !same && !acceptCopy) {
            return tl::unexpected(same.error());
        }
    }
    if (mode == OpenMode::ReadWrite) {
        if (auto cleared = store::clearTemporary(internals.layout); !cleared) {
            return tl::unexpected(cleared.error());
        }
        if (auto finished = internals.finishDestruction(); !finished) {
            return tl::unexpected(finished.error());
        }
    }
    return session;
}

const fs::path& Session::folder() const {
    return m_internals->layout.folder;
}
bool Session::writable() const {
    return m_internals->mode == OpenMode::ReadWrite;
}
const guideline::RuleTable& Session::rules() const {
    return m_internals->rules;
}
Session::Internals& Session::internals() {
    return *m_internals;
}

base::Expected<WorkspaceInfo> Session::info() const {
    auto reading = m_internals->read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const store::Meta& meta = (*reading)->meta;
    const auto title = meta.get("title");
    const auto policyText = meta.get("policy");
    const auto createdAt = meta.get("created-at");
    const auto released = meta.get("released");
    const auto destroyed = meta.get("key-destroyed");
    const auto sheet = meta.sheet();
    for (const auto* value : {&title, &policyText, &createdAt, &released, &destroyed}) {
        if (!*value) {
            return tl::unexpected(value->error());
        }
    }
    if (!sheet) {
        return tl::unexpected(sheet.error());
    }
    auto policy = decide::policyFromJson(policyText->value_or(""));
    if (!policy) {
        return base::fail(ErrorCode::WorkspaceDamaged, "job.info");
    }
    WorkspaceInfo out;
    out.title = title->value_or("");
    out.purpose = sheet->purpose;
    out.policy = std::move(*policy);
    out.createdAt = numberIn(*createdAt);
    out.schemaVersion = m_internals->database->schemaVersion();
    out.released = released->has_value();
    out.keyDestroyed = destroyed->has_value();
    const auto kept = meta.get(kKeptUntil);
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    out.keptUntil = kept->value_or("");
    return out;
}

int Session::subscribe(std::function<void(const Change&)> listener) {
    const std::lock_guard guard(m_internals->listenersMutex);
    const int number = m_internals->nextListener++;
    m_internals->listeners.emplace(number, std::move(listener));
    return number;
}

void Session::unsubscribe(int number) {
    const std::lock_guard guard(m_internals->listenersMutex);
    m_internals->listeners.erase(number);
}

} // namespace kamei::job
