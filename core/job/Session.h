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
    /// the writer), WorkspaceReadOnly, WorkspaceDamaged.
    [[nodiscard]] static base::Expected<std::shared_ptr<Session>> open(const std::filesystem::path& folder,
                                                                       OpenMode mode);
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
    /// Recomputes the hash chain; the number of entries, or AuditBroken (args: first bad entry).
    [[nodiscard]] base::Expected<std::int64_t> verifyAudit() const;
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

    /// Called after every change, on the thread that made it. Returns a number for unsubscribe().
    int subscribe(std::function<void(const Change&)> listener);
    void unsubscribe(int number);

    /// For the rooms of job/ only: the stores behind this session.
    struct Internals;
    [[nodiscard]] Internals& internals();

private:
    Session();
    std::unique_ptr<Internals> m_internals;
};

} // namespace kamei::job
