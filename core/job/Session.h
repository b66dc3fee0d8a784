#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/decide/Edit.h"
#include "core/detect/Detector.h"
#include "core/guideline/RuleTable.h"
#include "core/job/Rows.h"
#include "core/keys/Signing.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"
#include "core/model/Review.h"
#include "core/model/Subject.h"

namespace kamei::job {

/// What a new workspace is made with.
struct NewWorkspace {
    std::string title;
    std::string purpose;
    model::Policy policy;
};

/// ReadOnly works beside a writer and on read-only media.
enum class OpenMode { ReadWrite, ReadOnly };

/// An open workspace: the one door through which window, command line and jobs read and change it.
/// All functions may be called from any thread. Every change is one transaction and one or more
/// entries of the audit log. Patient data never appears in errors.
class Session {
public:
    /// Errors: WorkspaceExists, PermissionDenied, NoSpace.
    [[nodiscard]] static base::Expected<std::shared_ptr<Session>> create(const std::filesystem::path& folder,
                                                                         const NewWorkspace& what);
    /// Errors: WorkspaceMissing, WorkspaceNewer (args: its version, ours), WorkspaceLocked (args: pid of
    /// the writer), WorkspaceReadOnly, WorkspaceDamaged. For writing also AuditBroken (args: number, kind, as
    /// verifyAudit): a log that does not verify is not written on; it can still be read.
    [[nodiscard]] static base::Expected<std::shared_ptr<Session>> open(const std::filesystem::path& folder,
                                                                       OpenMode mode);
    /// Opens for writing a workspace that was put back to an earlier state on purpose (AuditBroken "copy"),
    /// says so in its log, and goes on from there. Errors: ReasonRequired, NotPossible when there is nothing
    /// to accept.
    [[nodiscard]] static base::Expected<std::shared_ptr<Session>>
    openRestored(const std::filesystem::path& folder, const std::string& reason, const std::string& by);
    ~Session();

    [[nodiscard]] const std::filesystem::path& folder() const;
    [[nodiscard]] bool writable() const;
    [[nodiscard]] const guideline::RuleTable& rules() const;
    [[nodiscard]] base::Expected<WorkspaceInfo> info() const;

    // Looking things up. Lists come in the order in which the window shows them.
    [[nodiscard]] base::Expected<Overview> overview() const;
    [[nodiscard]] base::Expected<std::vector<SubjectRow>> subjects(const SubjectQuery& query) const;
    [[nodiscard]] base::Expected<std::optional<model::Subject>> subject(base::SubjectId id) const;
    [[nodiscard]] base::Expected<std::vector<AssetRow>> assets(const AssetQuery& query) const;
    [[nodiscard]] base::Expected<std::optional<AssetRow>> asset(base::AssetId id) const;
    [[nodiscard]] base::Expected<std::vector<model::Source>> sources(base::AssetId id) const;
    [[nodiscard]] base::Expected<std::vector<model::Finding>> findings(const FindingQuery& query) const;
    [[nodiscard]] base::Expected<std::int64_t> countFindings(const FindingQuery& query) const;
    [[nodiscard]] base::Expected<std::optional<model::Finding>> finding(base::FindingId id) const;
    /// Findings alike to one, itself included, undecided or not; see Scope.
    [[nodiscard]] base::Expected<std::vector<base::FindingId>> alike(base::FindingId id, Scope scope) const;
    [[nodiscard]] base::Expected<std::vector<model::KnownIdentifier>> known(base::SubjectId subject) const;
    [[nodiscard]] base::Expected<std::vector<detect::DeviceTemplate>>
    templates(const std::string& device) const;
    [[nodiscard]] base::Expected<std::vector<model::StagedFile>> staged(base::AssetId id) const;
    [[nodiscard]] base::Expected<std::optional<model::Confirmation>> confirmation(base::AssetId id) const;
    [[nodiscard]] base::Expected<model::PurposeSheet> sheet() const;
    [[nodiscard]] base::Expected<std::vector<AuditRow>> audit(const AuditQuery& query) const;
    /// Recomputes the hash chain and its signatures; AuditBroken (args: number of the first bad entry, and
    /// what is wrong with it, see audit::verify).
    [[nodiscard]] base::Expected<AuditState> verifyAudit() const;
    /// The same, and everything else that a workspace edited by other means shows: structure and schema of
    /// the database, the sums over the rows of every table, what this machine's user saw of the log before,
    /// and the state at the last signed closing. Reads every row: off the GUI thread.
    [[nodiscard]] base::Expected<AuditState> verifyAll() const;
    /// Who works, or worked, here with a key; in the order of joining.
    [[nodiscard]] base::Expected<std::vector<ReviewerRow>> reviewers() const;
    /// All that was said of an asset, oldest first.
    [[nodiscard]] base::Expected<std::vector<model::Confirmation>> confirmations(base::AssetId id) const;
    [[nodiscard]] base::Expected<std::vector<model::AuditSample>> auditSamples() const; ///< newest first
    [[nodiscard]] base::Expected<std::vector<model::AuditItem>> auditItems(std::int64_t sample) const;
    /// What a confirmation is bound to: the SHA-256 of the staged file, or, when the asset has several, the
    /// SHA-256 over theirs (32 bytes each) in the order of the sources. NotFound unless all are staged.
    [[nodiscard]] base::Expected<base::Sha256> stagedDigest(base::AssetId id) const;

    // Changing things. `by` is the name of the person, or "cli".
    /// Applies an edit and returns the edit that takes it back.
    [[nodiscard]] base::Expected<decide::Edit> apply(const decide::Edit& edit, const std::string& by);
    /// Refused (NotPossible) unless `sha256` is the asset's present staged digest, the staged files match
    /// the present decisions, and `shown` equals `total` (not asked of SentBack). Args of the error:
    /// "digest" "stale" "shown" "excluded".
    [[nodiscard]] base::Expected<void> confirm(const model::Confirmation& confirmation);
    [[nodiscard]] base::Expected<void> saveTemplate(const detect::DeviceTemplate& value,
                                                    const std::string& by);
    /// Reason why a person may stay singled out by quasi-identifiers (Guideline 5.6).
    [[nodiscard]] base::Expected<void> setRiskReason(base::SubjectId subject, const std::string& reason,
                                                     const std::string& by);

    // People with keys. Entries of the log that carry the name of the one signed in are signed.
    /// While an ethics reviewer is signed in nothing can be written but samples and judgements. Whoever was
    /// signed in before is signed out. Errors: those of writing; nothing is written to a read-only session.
    [[nodiscard]] base::Expected<void> signIn(std::shared_ptr<const keys::Identity> person);
    /// Signs the state of the whole workspace and forgets the key; done by the destructor too.
    [[nodiscard]] base::Expected<void> signOut();
    [[nodiscard]] std::optional<keys::Person> signedIn() const;

    // Examining by sample whether confirming by eye (Guideline 5.2.2) sufficed. Any person may draw; judging changes nothing else.
    /// Draws anew from what is confirmed now, stratified by kind of data; its id. Errors: InvalidArgument
    /// ("confidence", "tolerated"), NotPossible ("nothing") when nothing is confirmed.
    [[nodiscard]] base::Expected<std::int64_t> drawSample(const SampleSpec& spec, const std::string& by);
    /// Errors: NotFound, ReasonRequired for a leak without note, NotPossible ("digest") when the staged bytes
    /// are not those drawn.
    [[nodiscard]] base::Expected<void> judge(std::int64_t sample, std::int64_t position,
                                             model::Judgement judgement, const std::string& note,
                                             const std::string& by);
    /// Sends back what was judged a leak: it has to be decided, staged and confirmed again. How many.
    [[nodiscard]] base::Expected<std::int64_t> sendBackLeaks(std::int64_t sample, const std::string& by);

    /// Called after every change, on the thread that made it. Returns a number for unsubscribe().
    int subscribe(std::function<void(const Change&)> listener);
    void unsubscribe(int number);

    /// For the rooms of job/ only: the stores behind this session.
    struct Internals;
    [[nodiscard]] Internals& internals();

private:
    Session();
    [[nodiscard]] static base::Expected<std::shared_ptr<Session>> openAt(const std::filesystem::path& folder,
                                                                         OpenMode mode, bool acceptCopy);
    std::unique_ptr<Internals> m_internals;
};

} // namespace kamei::job
