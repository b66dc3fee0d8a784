#include "core/job/Job.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "core/decide/Policies.h"
#include "core/detect/Detector.h"
#include "core/job/DetectRecorder.h"
#include "core/job/KnownCache.h"
#include "core/job/Placeholders.h"
#include "core/job/SessionInternals.h"
#include "core/transform/text/Municipality.h"

namespace kamei::job {
namespace {

/// Staff and facility are known of the whole cohort; anything else of one person.
bool cohortWide(std::string_view kind) {
    return kind == "clinician" || kind == "facility";
}

/// Of a facility that the policy retains in texts nothing is searched for, as in DICOM (detect::attribute).
bool retainsFacilities(std::span<const model::Finding> findings) {
    const auto names = [](const model::Finding& finding) { return finding.label == "FACILITY"; };
    return std::ranges::any_of(findings, names) &&
           std::ranges::all_of(findings, [&](const model::Finding& finding) {
               return !names(finding) || finding.suggested == model::Action::Keep;
           });
}

/// A field of an address that holds the municipality or prefecture alone (HL7 v2 XAD.3 and .4) and is
/// generalised to itself (Guideline 4.8.3): it stays by decision, and searching for it would find what was
/// meant to stay.
bool staysAsPlace(const model::KnownIdentifier& identifier, std::span<const model::Finding> findings) {
    if (identifier.kind != "address") {
        return false;
    }
    const auto place = transform::text::toMunicipality(identifier.value);
    return place && place->ends_with(identifier.value) &&
           std::ranges::any_of(findings, [&](const model::Finding& finding) {
               return finding.text == identifier.value && finding.suggested == model::Action::Generalise;
           });
}

class DetectJob final : public Job {
public:
    DetectJob(std::shared_ptr<Session> session, DetectSpec spec)
        : m_session(std::move(session)), m_internals(m_session->internals()), m_spec(std::move(spec)),
          m_recorder(m_internals, m_spec.by) {}

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
        // Not of std::ranges: clang 14 does not compile the subrange of libstdc++ 12, and the fuzzers need
        // clang.
        const auto middle = std::stable_partition(due->begin(), due->end(),
                                                  [this](const auto& record) { return isTeacher(record); });
        const auto teachers = static_cast<std::size_t>(middle - due->begin());
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
            m_recorder.nextPass();
            if (auto done = detectAll(*grown, stop, progress); !done) {
                return tl::unexpected(done.error());
            }
        }
        Report out;
        out.cancelled = stop.stop_requested();
        out.done = m_recorder.done();
        out.unchanged = m_unchanged;
        out.problems = m_recorder.problems();
        return out;
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
                m_unchanged += kind.assets;
            }
            m_unchanged -= static_cast<std::int64_t>(due->size());
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
        case model::AssetKind::Signal:
            return true;
        default:
            return false;
        }
    }

    /// Digest over what shapes a detection beside the sources: policy, templates of the device, known
    /// identifiers.
    base::Expected<base::Sha256> inputs(const model::Asset& asset) {
        auto known = m_known.of(m_internals, asset);
        if (!known) {
            return tl::unexpected(known.error());
        }
        base::Sha256Hasher hasher;
        // The site's list of private elements is left out: what changes it names the assets it concerns.
        model::Policy policy = m_policy;
        policy.privateRules.clear();
        // Nor does who has to confirm change what is found.
        policy.signatures = false;
        policy.secondPerson.clear();
        hasher.update(decide::toJson(policy));
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
                if (auto done = m_recorder.add(std::move(*outcome)); !done) {
                    fail(done.error());
                }
                progress.progress(++m_finished, m_total);
            });
        });
        if (auto done = m_recorder.flush(); !done) {
            fail(done.error());
        }
        if (m_failed.load()) {
            return tl::unexpected(m_error);
        }
        return {};
    }

    base::Expected<DetectOutcome> detectOne(const store::AssetRecord& record, const std::stop_token& stop) {
        DetectOutcome out;
        out.asset = record.asset.id;
        out.subject = record.asset.subject;
        out.wasStaged = !record.stagedDigest.isZero();
        if (record.asset.kind == model::AssetKind::Unreadable) {
            out.problem = record.asset.problem;
            out.unreadable = true;
            return out;
        }
        const auto sources = m_session->sources(record.asset.id);
        auto with = inputs(record.asset);
        auto known = m_known.of(m_internals, record.asset);
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
        return out;
    }

    /// Runs the detector of each format among the sources; in practice there is one.
    void detectSources(const model::Asset& asset, std::span<const model::Source> sources,
                       const detect::Context& context, DetectOutcome& out) {
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
                out.failed = true;
                continue;
            }
            auto found = detector->detect(asset, part, context);
            if (!found) {
                out.problem = found.error();
                out.failed = true;
                continue;
            }
            if (!found->unexamined.empty() && !out.failed) {
                out.problem = found->unexamined.front();
            }
            if (sources.size() == 1) { // frames of several sources are no clip
                out.cuts = std::move(found->cuts);
            }
            const bool facilitiesStay = retainsFacilities(found->findings);
            std::erase_if(found->known, [&](const model::KnownIdentifier& identifier) {
                return staysAsPlace(identifier, found->findings);
            });
            for (model::Finding& finding : found->findings) {
                finding.asset = asset.id;
                finding.subject = asset.subject;
                out.findings.push_back(std::move(finding));
            }
            for (model::KnownIdentifier& identifier : found->known) {
                if (isPlaceholder(identifier.value) || (facilitiesStay && identifier.kind == "facility")) {
                    continue;
                }
                identifier.from = asset.id;
                identifier.subject = cohortWide(identifier.kind) ? base::SubjectId{} : asset.subject;
                out.known.push_back(std::move(identifier));
            }
        }
    }

    void fail(const base::Error& error) {
        const std::lock_guard lock(m_errorMutex);
        if (!m_failed.exchange(true)) {
            m_error = error;
        }
    }

    std::shared_ptr<Session> m_session;
    Session::Internals& m_internals;
    DetectSpec m_spec;
    model::Policy m_policy;
    KnownCache m_known;

    DetectRecorder m_recorder;
    std::atomic<std::uint64_t> m_finished{0};
    std::uint64_t m_total = 0;
    std::int64_t m_unchanged = 0;

    std::mutex m_errorMutex;
    std::atomic<bool> m_failed{false};
    base::Error m_error;
};

} // namespace

std::unique_ptr<Job> detectJob(std::shared_ptr<Session> session, DetectSpec spec) {
    return std::make_unique<DetectJob>(std::move(session), std::move(spec));
}

} // namespace kamei::job
