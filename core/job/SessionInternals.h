#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/audit/Log.h"
#include "core/base/Redacted.h"
#include "core/job/Session.h"
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

    std::mutex listenersMutex;
    std::map<int, std::function<void(const Change&)>> listeners;
    int nextListener = 1;

    [[nodiscard]] base::Expected<store::Reading> read() const { return database->read(); }
    /// WorkspaceReadOnly for a read-only session.
    [[nodiscard]] base::Expected<store::Writing> write() { return database->write(); }
    /// Appends to the audit log within the transaction.
    [[nodiscard]] base::Expected<void> log(store::Writing& writing, std::string_view by,
                                           std::string_view event, const audit::Details& details) const;
    /// The workspace's key; NotFound once it was destroyed.
    [[nodiscard]] base::Expected<base::SecretBytes> key() const { return store::loadKey(layout.key()); }
    /// Calls the listeners on this thread. Not while a Writing lives: listeners read.
    void notify(const Change& change);

    /// Destroys the deleted information after a release: values in the database, the key, and what is
    /// left in the files (Guideline 3.8, Ordinance 31). Logs "deleted-information.destroyed". Can be
    /// called again after a crash; it then finishes.
    [[nodiscard]] base::Expected<store::Destroyed> destroyDeletedInformation(const std::string& by);
    /// Goes on with a destruction that was cut off; does nothing when none was begun.
    [[nodiscard]] base::Expected<void> finishDestruction();
};

} // namespace kamei::job
