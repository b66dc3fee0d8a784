#include "core/job/Job.h"

#include <new>

#include "core/job/Assessment.h"
#include "core/job/Preview.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"
#include "core/release/DeletedInformation.h"
#include "core/release/ReleaseWriter.h"

namespace kamei::job {
namespace {

namespace fs = std::filesystem;

/// Digest of the folder into which a release was being written, so that a killed run can be finished.
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
        m_intent = base::sha256(m_out.string()).hex();
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
            if (!written) {
                return tl::unexpected(written.error());
            }
            if (written->cancelled) {
                out.cancelled = true;
                return out;
            }
            out.done = written->files;
            if (auto done = record(written->files, written->manifest); !done) {
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
        if (!m_spec.passphrase || !release::passphraseSuffices(*m_spec.passphrase)) {
            return base::fail(base::ErrorCode::PassphraseRequired, "job.release",
                              {std::to_string(release::kLeastPassphrase)});
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
    /// it appeared by one rename, and it verifies; what remains is to record it and to destroy the deleted
    /// information.
    base::Expected<std::optional<release::Verification>> adopt(const std::stop_token& stop,
                                                               base::ProgressSink& progress) {
        auto intent = metaValue(kIntent);
        if (!intent) {
            return tl::unexpected(intent.error());
        }
        if (*intent != m_intent) {
            return std::optional<release::Verification>();
        }
        removePartial();
        std::error_code error;
        if (!fs::exists(m_out, error)) {
            return std::optional<release::Verification>();
        }
        auto verified = release::verifyRelease(m_out, stop, progress);
        if (!verified || !verified->differences.empty() || verified->cancelled) {
            return base::fail(base::ErrorCode::WorkspaceExists, "job.release");
        }
        const auto manifest = base::readFile(m_out / "manifest.json", std::uint64_t{1} << 32);
        if (!manifest) {
            return tl::unexpected(manifest.error());
        }
        const auto info = m_session->info();
        if (!info) {
            return tl::unexpected(info.error());
        }
        if (!info->released) {
            if (auto done = record(verified->files, base::sha256(*manifest)); !done) {
                return tl::unexpected(done.error());
            }
        }
        return std::optional(*verified);
    }

    /// What a killed run left beside the folder; its name is ours because the intent is.
    void removePartial() const {
        std::error_code error;
        const std::string prefix = m_out.filename().string() + ".partial-";
        for (const auto& entry : fs::directory_iterator(m_out.parent_path(), error)) {
            if (entry.path().filename().string().starts_with(prefix)) {
                std::error_code ignored;
                fs::remove_all(entry.path(), ignored);
            }
        }
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
        const auto points = evaluateGate(*m_session);
        if (!points) {
            return tl::unexpected(points.error());
        }
        if (!points->empty()) {
            return base::fail(base::ErrorCode::GateClosed, "job.release", {std::to_string(points->size())});
        }
        const auto files = gather();
        const auto report = reportData(*m_session, stop);
        if (!files || !report) {
            return tl::unexpected(files ? report.error() : files.error());
        }
        if (auto done = setMeta(kIntent, m_intent); !done) {
            return tl::unexpected(done.error());
        }
        progress.phase("copy");
        return release::writeRelease(m_out, *files, *report, stop, progress);
    }

    base::Expected<std::vector<release::ReleaseFile>> gather() {
        AssetQuery query;
        query.includeExcluded = false;
        const auto rows = m_session->assets(query);
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        std::vector<release::ReleaseFile> out;
        for (const AssetRow& row : *rows) {
            if (row.asset.kind == model::AssetKind::Unreadable) {
                continue;
            }
            if (auto done = gatherAsset(row.asset, out); !done) {
                return tl::unexpected(done.error());
            }
        }
        return out;
    }

    base::Expected<void> gatherAsset(const model::Asset& asset, std::vector<release::ReleaseFile>& out) {
        const auto sources = m_session->sources(asset.id);
        const auto staged = m_session->staged(asset.id);
        const auto confirmation = m_session->confirmation(asset.id);
        if (!sources || !staged || !confirmation) {
            return tl::unexpected(!sources  ? sources.error()
                                  : !staged ? staged.error()
                                            : confirmation.error());
        }
        // The gate was open a moment ago; whatever changed since closes it.
        if (!*confirmation || staged->size() != sources->size()) {
            return base::fail(base::ErrorCode::GateClosed, "job.release", {"1"});
        }
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
            out.push_back({.staged = m_session->folder() / file.path,
                           .sha256 = file.sha256,
                           .size = file.size,
                           .kind = asset.kind,
                           .asset = asset.id,
                           .pseudonym = compiled->subject.pseudonym,
                           .name = compiled->transform->outputName(source),
                           .extension = std::string(compiled->transform->extension()),
                           .deletedUnder = std::string(compiled->transform->deletedUnder()),
                           .reviewer = (*confirmation)->reviewer,
                           .confirmedAt = (*confirmation)->at,
                           .confirmedDigest = (*confirmation)->sha256});
        }
        return {};
    }

    base::Expected<void> record(std::int64_t files, const base::Sha256& manifest) {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        if (auto done = (*writing)->meta.set("released", "1"); !done) {
            return done;
        }
        const auto details = audit::Details().count("files", files).digest("manifest", manifest);
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
                              {std::to_string(release::kLeastPassphrase)});
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
    std::string m_intent;
};

} // namespace

std::unique_ptr<Job> releaseJob(std::shared_ptr<Session> session, ReleaseSpec spec) {
    return std::make_unique<ReleaseJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
