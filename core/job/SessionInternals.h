#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/audit/Log.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"
#include "core/keys/Signing.h"
#include "core/risk/Risk.h"
#include "core/store/Database.h"
#include "core/store/KeyFile.h"
#include "core/store/Layout.h"
#include "core/store/Repositories.h"
#include "core/store/WriterLock.h"

namespace kamei::job {

/// What stands behind a session; for the files of job/ only. Pattern of a change:
///
///     auto writing = internals.write();               // waits for other writers of this process
///     ... (*writing)->assets.insert(...) ...
///     internals.log(*writing, by, "import.finished", audit::Details().count("sources", n));
///     writing->commit();
///     internals.notify({Change::Kind::Assets, {}});   // after the Writing is gone
///
/// Never take a second write() while one lives on the same thread.
struct Session::Internals {
    store::Layout layout;
    OpenMode mode = OpenMode::ReadOnly;
    std::optional<store::WriterLock> lock; ///< outlives the database
    std::unique_ptr<store::Database> database;
    guideline::RuleTable rules;

    /// What processed tables say of their people, by revision of the asset; see tableTraits().
    std::mutex tableTraitsMutex;
    std::map<base::AssetId, std::pair<std::int64_t, std::vector<risk::SubjectTraits>>> tableTraits;

    /// Who is signed in; their entries of the log are signed. See signedIn().
    mutable std::mutex peopleMutex;
    std::shared_ptr<const keys::Identity> person;

    std::mutex listenersMutex;
    std::map<int, std::function<void(const Change&)>> listeners;
    int nextListener = 1;

    [[nodiscard]] base::Expected<store::Reading> read() const { return database->read(); }
    /// What a transaction is for. Who examines may write judgements only.
    enum class Purpose { Change, Judgement };
    /// WorkspaceReadOnly for a read-only session; NotPossible ("examiner") while an ethics reviewer is signed
    /// in.
    [[nodiscard]] base::Expected<store::Writing> write(Purpose purpose = Purpose::Change);
    [[nodiscard]] std::shared_ptr<const keys::Identity> signedIn() const;
    /// NotPossible ("unsigned") when the policy asks for signatures and `by` is not the one signed in.
    [[nodiscard]] base::Expected<void> maySign(const store::Repositories& rows, const std::string& by) const;
    /// Notes beside the workspace how far the log goes, when somebody is signed in.
    void noteSeen();
    /// Whether the log still holds what this machine's user saw of it: AuditBroken (args: number, "copy").
    [[nodiscard]] base::Expected<void> checkSeen() const;
    /// Appends to the audit log within the transaction.
    [[nodiscard]] base::Expected<void> log(store::Writing& writing, std::string_view by,
                                           std::string_view event, const audit::Details& details) const;
    /// Writes a confirmation or a sending back with its entry of the log; see Session::confirm.
    [[nodiscard]] base::Expected<void> record(store::Writing& writing,
                                              const model::Confirmation& confirmation);
    /// The workspace's key; NotFound once it was destroyed.
    [[nodiscard]] base::Expected<base::SecretBytes> key() const { return store::loadKey(layout.key()); }
    /// Calls the listeners on this thread. Not while a Writing lives: listeners read.
    void notify(const Change& change);

    /// Destroys the deleted information after a release: values in the database, the key, and what is
    /// left in the files (Guideline 3.8, Ordinance 31). Logs "deleted-information.destroyed". Can be
    /// called again after a crash; it then finishes.
    [[nodiscard]] base::Expected<store::Destroyed> destroyDeletedInformation(const std::string& by);
    /// Writes a record of a destruction into the workspace: what, when, by whom, under which entry of the
    /// log, and signed where somebody is signed in. It proves itself by the log; holds no values.
    [[nodiscard]] base::Expected<void> recordDestruction(const std::string& name, const std::string& by,
                                                         const std::string& what,
                                                         const audit::Head& entry) const;
    /// Goes on with a destruction that was cut off; does nothing when none was begun.
    [[nodiscard]] base::Expected<void> finishDestruction();
};

} // namespace kamei::job
