#include "core/job/Job.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <unordered_set>

#include "core/job/Assessment.h"
#include "core/job/KeptPlaces.h"
#include "core/job/Preview.h"
#include "core/job/ReleaseFileSet.h"
#include "core/job/ReleaseIntent.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"
#include "core/job/StagePlanner.h"
#include "core/keys/Sealed.h"
#include "core/release/DeletedInformation.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::job {
namespace {

namespace fs = std::filesystem;

/// The ReleaseIntent of a run that may have been killed.
constexpr std::string_view kIntent = "release-intent";
/// Set once the sealed file beside the workspace is ours: from then on it may be written again.
constexpr std::string_view kSealing = "sealing";
/// Set when the destruction of the deleted information begins: from then on there is nothing left to seal.
constexpr std::string_view kDestruction = "destruction";

class ReleaseJob final : public Job {
public:
    ReleaseJob(std::shared_ptr<Session> session, ReleaseSpec spec)
        : m_session(std::move(session)), m_internals(m_session->internals()), m_spec(std::move(spec)) {}

    [[nodiscard]] std::string_view word() const override { return "release"; }

    [[nodiscard]] base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) override {
        try {
            return runGuarded(stop, progress);
        } catch (const std::bad_alloc&) {
            return base::fail(base::ErrorCode::OutOfMemory, "job.release");
        }
    }

private:
    base::Expected<Report> runGuarded(const std::stop_token& stop, base::ProgressSink& progress) {
        m_out = fs::absolute(m_spec.out).lexically_normal();
        m_out = m_out.has_filename() ? m_out : m_out.parent_path(); // as writeRelease() takes it
        m_intent.folder = base::sha256(m_out.string());
        Report out;
        if (auto ready = checkSealing(); !ready) {
            return tl::unexpected(ready.error());
        }
        auto resumed = adopt(stop, progress);
        if (!resumed) {
            return tl::unexpected(resumed.error());
        }
        if (*resumed) {
            out.unchanged = (*resumed)->files;
        } else {
            auto written = write(stop, progress);
            if (!written || written->cancelled) {
                if (auto done = forgetIntent(); written && !done) {
                    return tl::unexpected(done.error());
                }
            }
            if (!written) {
                return tl::unexpected(written.error());
            }
            if (written->cancelled) {
                out.cancelled = true;
                return out;
            }
            out.done = written->files;
            if (auto done = record(written->files, written->manifest, written->unlisted); !done) {
                return tl::unexpected(done.error());
            }
        }
        if (auto done = settleDeletedInformation(); !done) {
            return tl::unexpected(done.error());
        }
        m_internals.notify({Change::Kind::Released, {}});
        return out;
    }

    /// Whether what is to be kept can be sealed; asked before anything is written.
    base::Expected<void> checkSealing() {
        const auto sheet = m_session->sheet();
        const auto destruction = metaValue(kDestruction);
        const auto sealing = metaValue(kSealing);
        if (!sheet || !destruction || !sealing) {
            return tl::unexpected(!sheet         ? sheet.error()
                                  : !destruction ? destruction.error()
                                                 : sealing.error());
        }
        if (!sheet->keepDeletedInformation || destruction->has_value()) {
            return {};
        }
        if (!m_spec.passphrase || !keys::passphraseSuffices(*m_spec.passphrase)) {
            return base::fail(base::ErrorCode::PassphraseRequired, "job.release",
                              {std::to_string(keys::kLeastPassphrase)});
        }
        const fs::path target = sealedFile(*m_session);
        std::error_code error;
        if (!sealing->has_value() && fs::exists(fs::symlink_status(target, error))) {
            return base::fail(base::ErrorCode::WorkspaceExists, "job.release.seal");
        }
        return store::folderWritable(target.parent_path())
                   ? base::Expected<void>()
                   : base::fail(base::ErrorCode::PermissionDenied, "job.release.seal");
    }

    /// A release that an earlier, killed run of this workspace completed in this folder: it is whole, because
    /// it appeared by one rename, it has the manifest that this run was about to rename, and it verifies;
    /// what remains is to record it and to destroy the deleted information. As long as it is not recorded the
    /// gate has to be open for the same files still.
    base::Expected<std::optional<release::Verification>> adopt(const std::stop_token& stop,
                                                               base::ProgressSink& progress) {
        const auto text = metaValue(kIntent);
        if (!text) {
            return tl::unexpected(text.error());
        }
        const auto intent = intentFrom(text->value_or(""));
        if (!intent || intent->folder != m_intent.folder) {
            return std::optional<release::Verification>();
        }
        removePartial(m_out, *intent);
        std::error_code error;
        if (fs::symlink_status(m_out, error).type() == fs::file_type::not_found) {
            const auto forgotten = setMeta(kIntent, "");
            return forgotten ? base::Expected<std::optional<release::Verification>>()
                             : tl::unexpected(forgotten.error());
        }
        auto verified = release::verifyRelease(m_out, stop, progress);
        const auto manifest = base::readFile(m_out / "manifest.json", std::uint64_t{1} << 32);
        const std::string signer = verified && verified->signer ? verified->signer->key.hex() : std::string();
        if (!verified || !verified->differences.empty() || verified->cancelled || !manifest ||
            intent->manifest.isZero() || base::sha256(*manifest) != intent->manifest ||
            signer != intent->signer) {
            return base::fail(base::ErrorCode::WorkspaceExists, "job.release");
        }
        const auto info = m_session->info();
        if (!info) {
            return tl::unexpected(info.error());
        }
        if (!info->released) {
            const auto files = passed();
            if (!files) {
                return tl::unexpected(files.error());
            }
            if (digestOf(*files) != intent->files) {
                return base::fail(base::ErrorCode::GateClosed, "job.release", {"1"});
            }
            if (auto done = record(verified->files, intent->manifest); !done) {
                return tl::unexpected(done.error());
            }
        }
        return std::optional(*verified);
    }

    /// A run that ended without its folder means nothing any more: what comes to stand there is not its own.
    base::Expected<void> forgetIntent() {
        std::error_code error;
        const auto there = fs::symlink_status(m_out, error);
        return m_intended && there.type() == fs::file_type::not_found ? setMeta(kIntent, "")
                                                                      : base::Expected<void>();
    }

    base::Expected<std::optional<std::string>> metaValue(std::string_view name) {
        auto reading = m_internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        return (*reading)->meta.get(name);
    }

    base::Expected<release::Written> write(const std::stop_token& stop, base::ProgressSink& progress) {
        std::error_code error;
        if (fs::exists(m_out, error)) {
            return base::fail(base::ErrorCode::WorkspaceExists, "job.release");
        }
        const auto files = passed();
        if (!files) {
            return tl::unexpected(files.error());
        }
        const auto report = reportData(*m_session, stop);
        if (!report) {
            if (report.error().code == base::ErrorCode::Cancelled) {
                release::Written cancelled;
                cancelled.cancelled = true;
                return cancelled;
            }
            return tl::unexpected(report.error());
        }
        const auto who = m_internals.signedIn();
        const bool signs = who && who->person().name == m_spec.by;
        m_intent.files = digestOf(*files);
        m_intent.signer = signs ? who->person().key.hex() : std::string();
        release::Milestones milestones;
        milestones.begun = [this](const fs::path& partial) {
            m_intent.partial = partialEnd(m_out, partial);
            m_intended = true;
            return setMeta(kIntent, toText(m_intent));
        };
        milestones.ready = [this](const base::Sha256& manifest) {
            m_intent.manifest = manifest;
            return intendUnlessChanged();
        };
        if (m_fileSet) {
            auto search = directorySearch(*m_session, m_kept, m_pseudonyms);
            if (!search) {
                return tl::unexpected(search.error());
            }
            milestones.directory = std::move(*search);
        }
        progress.phase("copy");
        return release::writeRelease(m_out, *files, *report, stop, progress, signs ? who.get() : nullptr,
                                     milestones);
    }

    /// What may go out: the gate is open for exactly these files. Whatever is written into the workspace from
    /// now on is seen by intendUnlessChanged().
    base::Expected<std::vector<release::ReleaseFile>> passed() {
        // More than the gate asks each time: every row of the workspace is as the product wrote it.
        if (const auto sound = m_session->verifyAll(); !sound) {
            return tl::unexpected(sound.error());
        }
        if (auto allowed = maySign(); !allowed) {
            return tl::unexpected(allowed.error());
        }
        auto head = auditHead();
        if (!head) {
            return tl::unexpected(head.error());
        }
        m_head = *head;
        const auto points = evaluateGate(*m_session);
        if (!points) {
            return tl::unexpected(points.error());
        }
        if (!points->empty()) {
            return base::fail(base::ErrorCode::GateClosed, "job.release", {std::to_string(points->size())});
        }
        const auto fileSet = wantsFileSet(*m_session, m_spec.fileSet);
        if (!fileSet) {
            return tl::unexpected(fileSet.error());
        }
        m_fileSet = *fileSet;
        return gather();
    }

    base::Expected<base::Sha256> auditHead() {
        auto reading = m_internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        const auto last = (*reading)->audit.last();
        if (!last) {
            return tl::unexpected(last.error());
        }
        return *last ? (*last)->hash : base::Sha256{};
    }

    /// Every change of the workspace is an entry of its log. One since the gate was asked may close it (sent
    /// back, staged anew, another decision): then nothing goes out.
    base::Expected<void> intendUnlessChanged() {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        const auto last = (*writing)->audit.last();
        if (!last) {
            return tl::unexpected(last.error());
        }
        if ((*last ? (*last)->hash : base::Sha256{}) != m_head) {
            return base::fail(base::ErrorCode::GateClosed, "job.release.changed", {"1"});
        }
        if (auto done = (*writing)->meta.set(kIntent, toText(m_intent)); !done) {
            return done;
        }
        return writing->commit();
    }

    base::Expected<void> maySign() {
        auto reading = m_internals.read();
        return reading ? m_internals.maySign(**reading, m_spec.by) : tl::unexpected(reading.error());
    }

    base::Expected<std::vector<release::ReleaseFile>> gather() {
        AssetQuery query;
        query.includeExcluded = false;
        const auto rows = m_session->assets(query);
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        m_kept.clear();
        std::vector<release::ReleaseFile> out;
        for (const AssetRow& row : *rows) {
            if (row.asset.kind == model::AssetKind::Unreadable) {
                continue;
            }
            if (auto done = gatherAsset(row, out); !done) {
                return tl::unexpected(done.error());
            }
        }
        return out;
    }

    base::Expected<void> gatherAsset(const AssetRow& row, std::vector<release::ReleaseFile>& out) {
        const model::Asset& asset = row.asset;
        const auto sources = m_session->sources(asset.id);
        const auto staged = m_session->staged(asset.id);
        const auto confirmation = m_session->confirmation(asset.id);
        const auto digest = m_session->stagedDigest(asset.id);
        if (!sources || !staged || !confirmation || !digest) {
            return tl::unexpected(!sources        ? sources.error()
                                  : !staged       ? staged.error()
                                  : !confirmation ? confirmation.error()
                                                  : digest.error());
        }
        // The gate was open a moment ago; whatever changed since closes it.
        if (!*confirmation || (*confirmation)->verdict != model::Confirmation::Verdict::Confirmed ||
            digest->isZero() || (*confirmation)->sha256 != *digest || !row.confirmed || row.stale ||
            staged->size() != sources->size()) {
            return base::fail(base::ErrorCode::GateClosed, "job.release", {"1"});
        }
        FindingQuery query;
        query.asset = asset.id;
        const auto findings =
            m_fileSet ? m_session->findings(query) : base::Expected<std::vector<model::Finding>>();
        if (!findings) {
            return tl::unexpected(findings.error());
        }
        std::ranges::move(keptInDirectory(asStaged(*findings)), std::back_inserter(m_kept));
        std::unique_ptr<Compiled> compiled;
        std::string format;
        for (std::size_t i = 0; i < sources->size(); ++i) {
            const model::Source& source = (*sources)[i];
            const model::StagedFile& file = (*staged)[i];
            if (file.source != source.id) {
                return base::fail(base::ErrorCode::GateClosed, "job.release", {"1"});
            }
            if (compiled == nullptr || format != source.format) {
                format = source.format;
                auto made = compileFor(*m_session, asset, format);
                if (!made) {
                    return tl::unexpected(made.error());
                }
                compiled = std::move(*made);
            }
            m_pseudonyms.insert(compiled->subject.pseudonym);
            const bool dicom =
                compiled->transform->extension() == "dcm" && compiled->transform->deletedUnder().empty();
            out.push_back({.staged = m_session->folder() / file.path,
                           .sha256 = file.sha256,
                           .size = file.size,
                           .kind = asset.kind,
                           .asset = asset.id,
                           .pseudonym = compiled->subject.pseudonym,
                           .name = compiled->transform->outputName(source),
                           .extension = std::string(compiled->transform->extension()),
                           .deletedUnder = std::string(compiled->transform->deletedUnder()),
                           .inFileSet = m_fileSet && dicom,
                           .reviewer = (*confirmation)->reviewer,
                           .confirmedAt = (*confirmation)->at,
                           .confirmedDigest = (*confirmation)->sha256});
        }
        return {};
    }

    base::Expected<void> record(std::int64_t files, const base::Sha256& manifest, std::int64_t unlisted = 0) {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto done = (*writing)->meta.set("released", "1"); !done) {
            return done;
        }
        auto details = audit::Details().count("files", files).digest("manifest", manifest);
        if (unlisted > 0) { // in the file-set, and of a kind that its directory cannot name
            details.count("not-in-dicomdir", unlisted);
        }
        if (auto logged = m_internals.log(*writing, m_spec.by, "release.written", details); !logged) {
            return logged;
        }
        return writing->commit();
    }

    base::Expected<void> settleDeletedInformation() {
        const auto sheet = m_session->sheet();
        if (!sheet) {
            return tl::unexpected(sheet.error());
        }
        const auto fate = release::fateOf(*sheet, release::dayOf(base::nowMs()));
        if (!fate) {
            return tl::unexpected(fate.error());
        }
        if (*fate == release::Fate::Keep) {
            if (auto sealed = seal(*sheet); !sealed) {
                return sealed;
            }
        }
        const auto destroyed = m_internals.destroyDeletedInformation(m_spec.by);
        return destroyed ? base::Expected<void>() : tl::unexpected(destroyed.error());
    }

    /// Seals what is destroyed next. Nothing to do when an earlier run got that far: what it sealed is whole.
    base::Expected<void> seal(const model::PurposeSheet& sheet) {
        const auto destruction = metaValue(kDestruction);
        if (!destruction) {
            return tl::unexpected(destruction.error());
        }
        if (destruction->has_value()) {
            return {};
        }
        if (!m_spec.passphrase) { // the sheet changed since checkSealing()
            return base::fail(base::ErrorCode::PassphraseRequired, "job.release",
                              {std::to_string(keys::kLeastPassphrase)});
        }
        if (auto done = setMeta(kSealing, "begun"); !done) {
            return done;
        }
        const auto sealed = sealDeletedInformation(*m_session, *m_spec.passphrase);
        if (!sealed) {
            return tl::unexpected(sealed.error());
        }
        m_spec.passphrase.reset();
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto done = (*writing)->meta.set(kKeptUntil, sheet.keepUntil); !done) {
            return done;
        }
        const auto details = audit::Details().word("until", sheet.keepUntil).digest("sealed", *sealed);
        if (auto logged = m_internals.log(*writing, m_spec.by, "deleted-information.kept", details);
            !logged) {
            return logged;
        }
        return writing->commit();
    }

    base::Expected<void> setMeta(std::string_view name, std::string_view value) {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto done = (*writing)->meta.set(name, value); !done) {
            return done;
        }
        return writing->commit();
    }

    std::shared_ptr<Session> m_session;
    Session::Internals& m_internals;
    ReleaseSpec m_spec;
    fs::path m_out;
    ReleaseIntent m_intent;
    bool m_intended = false; ///< the workspace holds the intent of this run
    base::Sha256 m_head;     ///< end of the log when the gate was asked
    bool m_fileSet = false;
    /// What people left in and the directory tells, where there is a file-set.
    std::vector<stage::ResidualSearch::Kept> m_kept;
    std::unordered_set<std::string> m_pseudonyms; ///< of all files
};

} // namespace

std::unique_ptr<Job> releaseJob(std::shared_ptr<Session> session, ReleaseSpec spec) {
    return std::make_unique<ReleaseJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
