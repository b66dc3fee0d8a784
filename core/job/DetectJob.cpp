#include "core/job/Job.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <new>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "core/decide/Policies.h"
#include "core/detect/Detector.h"
#include "core/job/KnownCache.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

/// What one asset came to, before it is stored.
struct Outcome {
    base::AssetId asset;
    base::SubjectId subject;
    bool wasStaged = false;
    base::Sha256 with;
    std::vector<model::Finding> findings;
    std::vector<model::KnownIdentifier> known;
    std::optional<base::Error> problem;
    /// Set by import (an undeclared encoding): not detection's to take away.
    bool keepProblem = false;
};

/// Enough that a commit is worth its sync, little enough that a cancel loses nothing worth noticing.
constexpr std::size_t kFlushAssets = 64;
constexpr std::size_t kFlushFindings = 5000;
constexpr std::chrono::seconds kFlushTime{2};

/// Staff and facility are known of the whole cohort; anything else of one person.
bool cohortWide(std::string_view kind) {
    return kind == "clinician" || kind == "facility";
}

class DetectJob final : public Job {
public:
    DetectJob(std::shared_ptr<Session> session, DetectSpec spec)
        : m_session(std::move(session)), m_internals(m_session->internals()), m_spec(std::move(spec)) {}

    [[nodiscard]] std::string_view word() const override { return "detect"; }

    [[nodiscard]] base::Expected<Report> run(std::stop_token stop, base::ProgressSink& progress) override {
        try {
            return runGuarded(stop, progress);
        } catch (const std::bad_alloc&) {
            return base::fail(base::ErrorCode::OutOfMemory, "job.detect");
        }
    }

private:
    using Records = std::vector<store::AssetRecord>;

    base::Expected<Report> runGuarded(const std::stop_token& stop, base::ProgressSink& progress) {
        const auto info = m_session->info();
        if (!info) {
            return tl::unexpected(info.error());
        }
        m_policy = info->policy;
        auto due = listDue();
        if (!due) {
            return tl::unexpected(due.error());
        }
        progress.phase("detect");
        m_total = static_cast<std::uint64_t>(due->size());
        const auto middle =
            std::ranges::stable_partition(*due, [this](const auto& record) { return isTeacher(record); });
        const auto teachers = static_cast<std::size_t>(middle.begin() - due->begin());
        const std::span<const store::AssetRecord> all(*due);
        for (const auto part : {all.first(teachers), all.subspan(teachers)}) {
            if (auto done = detectAll(part, stop, progress); !done) {
                return tl::unexpected(done.error());
            }
        }
        if (!stop.stop_requested()) {
            // What was learned meanwhile is searched in those that were examined before it was known: once.
            auto grown = listGrown();
            if (!grown) {
                return tl::unexpected(grown.error());
            }
            m_total += grown->size();
            m_second = true;
            if (auto done = detectAll(*grown, stop, progress); !done) {
                return tl::unexpected(done.error());
            }
        }
        m_report.cancelled = stop.stop_requested();
        return m_report;
    }

    base::Expected<Records> list(bool undetectedOnly) {
        auto reading = m_internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        store::AssetFilter filter;
        filter.includeExcluded = false;
        filter.undetectedOnly = undetectedOnly;
        return (*reading)->assets.list(filter);
    }

    base::Expected<Records> listDue() {
        auto due = list(!m_spec.again);
        if (!due || m_spec.again) {
            return due;
        }
        auto reading = m_internals.read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        const auto kinds = (*reading)->assets.kinds();
        if (kinds) {
            for (const auto& kind : *kinds) {
                m_report.unchanged += kind.assets;
            }
            m_report.unchanged -= static_cast<std::int64_t>(due->size());
        }
        return due;
    }

    /// Assets whose detectors did not have what is known now.
    base::Expected<Records> listGrown() {
        auto all = list(false);
        if (!all) {
            return all;
        }
        m_known.forget();
        base::Expected<void> failed;
        std::erase_if(*all, [&](const store::AssetRecord& record) {
            if (!failed || record.asset.kind == model::AssetKind::Unreadable || !record.detected) {
                return true;
            }
            const auto with = inputs(record.asset);
            if (!with) {
                failed = tl::unexpected(with.error());
                return true;
            }
            return *with == record.detectedWith;
        });
        if (!failed) {
            return tl::unexpected(failed.error());
        }
        return all;
    }

    bool isTeacher(const store::AssetRecord& record) {
        switch (record.asset.kind) {
        case model::AssetKind::DicomSeries:
        case model::AssetKind::DicomVideo:
        case model::AssetKind::DicomSlide:
        case model::AssetKind::DicomDocument:
        case model::AssetKind::Table:
        case model::AssetKind::Document:
            return true;
        default:
            return false;
        }
    }

    /// Digest over what shapes a detection beside the sources: policy, templates of the device, known
    /// identifiers.
    base::Expected<base::Sha256> inputs(const model::Asset& asset) {
        auto known = m_known.of(m_internals, asset.subject);
        if (!known) {
            return tl::unexpected(known.error());
        }
        base::Sha256Hasher hasher;
        hasher.update(decide::toJson(m_policy));
        hasher.update((*known)->digest.bytes);
        auto templates = templatesOf(asset.device);
        if (!templates) {
            return tl::unexpected(templates.error());
        }
        for (const auto& value : *templates) {
            hasher.update(value.label + '|' + model::toJson(value.mask));
        }
        return hasher.finish();
    }

    base::Expected<std::vector<detect::DeviceTemplate>> templatesOf(const std::string& device) {
        if (device.empty()) {
            return std::vector<detect::DeviceTemplate>();
        }
        return m_session->templates(device);
    }

    base::Expected<void> detectAll(std::span<const store::AssetRecord> records, const std::stop_token& stop,
                                   base::ProgressSink& progress) {
        m_known.forget();
        const int threads = m_spec.threads > 0 ? m_spec.threads : tbb::task_arena::automatic;
        tbb::task_arena arena(threads);
        arena.execute([&] {
            tbb::parallel_for(std::size_t{0}, records.size(), [&](std::size_t i) {
                if (stop.stop_requested() || m_failed.load()) {
                    return;
                }
                auto outcome = detectOne(records[i], stop);
                if (!outcome) {
                    if (outcome.error().code != base::ErrorCode::Cancelled) {
                        fail(outcome.error());
                    }
                    return;
                }
                collect(std::move(*outcome), progress);
            });
        });
        const std::lock_guard lock(m_mutex);
        flush();
        if (m_failed.load()) {
            return tl::unexpected(m_error);
        }
        return {};
    }

    void fail(const base::Error& error) {
        const std::lock_guard lock(m_errorMutex);
        if (!m_failed.exchange(true)) {
            m_error = error;
        }
    }

    base::Expected<Outcome> detectOne(const store::AssetRecord& record, const std::stop_token& stop) {
        Outcome out;
        out.asset = record.asset.id;
        out.subject = record.asset.subject;
        out.wasStaged = !record.stagedDigest.isZero();
        if (record.asset.kind == model::AssetKind::Unreadable) {
            out.problem = record.asset.problem;
            return out;
        }
        const auto sources = m_session->sources(record.asset.id);
        auto with = inputs(record.asset);
        auto known = m_known.of(m_internals, record.asset.subject);
        auto templates = templatesOf(record.asset.device);
        if (!sources || !with || !known || !templates) {
            return tl::unexpected(!sources ? sources.error()
                                  : !with  ? with.error()
                                  : !known ? known.error()
                                           : templates.error());
        }
        out.with = *with;
        const detect::Context context{m_session->rules(), m_policy, (*known)->identifiers, *templates, stop};
        detectSources(record.asset, *sources, context, out);
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "job.detect");
        }
        if (!out.problem && record.asset.problem && record.asset.problem->place.starts_with("intake")) {
            out.keepProblem = true;
        }
        return out;
    }

    /// Runs the detector of each format among the sources; in practice there is one.
    void detectSources(const model::Asset& asset, std::span<const model::Source> sources,
                       const detect::Context& context, Outcome& out) {
        for (std::size_t first = 0; first < sources.size();) {
            std::size_t end = first + 1;
            while (end < sources.size() && sources[end].format == sources[first].format) {
                ++end;
            }
            const auto part = sources.subspan(first, end - first);
            first = end;
            const detect::Detector* detector = detect::detectorFor(part.front().format);
            if (detector == nullptr) {
                out.problem =
                    base::Error{base::ErrorCode::UnsupportedFormat, {part.front().format}, "job.detect"};
                continue;
            }
            auto found = detector->detect(asset, part, context);
            if (!found) {
                out.problem = found.error();
                continue;
            }
            if (!found->unexamined.empty()) {
                out.problem = found->unexamined.front();
            }
            for (model::Finding& finding : found->findings) {
                finding.asset = asset.id;
                finding.subject = asset.subject;
                out.findings.push_back(std::move(finding));
            }
            for (model::KnownIdentifier& identifier : found->known) {
                identifier.from = asset.id;
                identifier.subject = cohortWide(identifier.kind) ? base::SubjectId{} : asset.subject;
                out.known.push_back(std::move(identifier));
            }
        }
    }

    void collect(Outcome outcome, base::ProgressSink& progress) {
        const std::lock_guard lock(m_mutex);
        m_waitingFindings += outcome.findings.size();
        if (outcome.problem) {
            ++m_report.problems;
        }
        if (!m_second) {
            ++m_report.done;
        }
        m_waiting.push_back(std::move(outcome));
        progress.progress(++m_finished, m_total);
        if (m_waiting.size() >= kFlushAssets || m_waitingFindings >= kFlushFindings ||
            std::chrono::steady_clock::now() - m_lastFlush > kFlushTime) {
            flush();
        }
    }

    /// Stores what waits in one transaction. With m_mutex held.
    void flush() {
        if (m_waiting.empty()) {
            return;
        }
        auto stored = storeAll();
        m_waiting.clear();
        m_waitingFindings = 0;
        m_lastFlush = std::chrono::steady_clock::now();
        if (!stored) {
            fail(stored.error());
            return;
        }
        m_internals.notify({Change::Kind::Findings, {}});
    }

    base::Expected<void> storeAll() {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        std::int64_t added = 0;
        std::int64_t problems = 0;
        for (Outcome& outcome : m_waiting) {
            if (auto done = storeOne(*writing, outcome, added); !done) {
                return done;
            }
            problems += outcome.problem ? 1 : 0;
        }
        const auto details = audit::Details()
                                 .count("assets", static_cast<std::int64_t>(m_waiting.size()))
                                 .count("findings-added", added)
                                 .count("problems", problems);
        if (auto logged = m_internals.log(*writing, m_spec.by, "detect.assets", details); !logged) {
            return logged;
        }
        return writing->commit();
    }

    base::Expected<void> storeOne(store::Writing& writing, Outcome& outcome, std::int64_t& added) {
        const auto replaced = writing->findings.replaceDetected(outcome.asset, outcome.findings);
        if (!replaced) {
            return tl::unexpected(replaced.error());
        }
        added += replaced->added;
        if (auto done = writing->known.replaceFrom(outcome.asset, outcome.known); !done) {
            return done;
        }
        if (!outcome.keepProblem) {
            if (auto done = writing->assets.setProblem(outcome.asset, outcome.problem); !done) {
                return done;
            }
        }
        if (outcome.wasStaged) {
            // More is known than when its staged files were searched: they have to be searched again.
            if (auto done = writing->assets.touch(outcome.asset); !done) {
                return done;
            }
        }
        return writing->assets.setDetected(outcome.asset, outcome.with);
    }

    std::shared_ptr<Session> m_session;
    Session::Internals& m_internals;
    DetectSpec m_spec;
    model::Policy m_policy;
    KnownCache m_known;

    std::mutex m_mutex; ///< guards what follows
    std::vector<Outcome> m_waiting;
    std::size_t m_waitingFindings = 0;
    std::chrono::steady_clock::time_point m_lastFlush = std::chrono::steady_clock::now();
    Report m_report;
    std::uint64_t m_finished = 0;
    std::uint64_t m_total = 0;
    bool m_second = false;

    std::mutex m_errorMutex;
    std::atomic<bool> m_failed{false};
    base::Error m_error;
};

} // namespace

std::unique_ptr<Job> detectJob(std::shared_ptr<Session> session, DetectSpec spec) {
    return std::make_unique<DetectJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
