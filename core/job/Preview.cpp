#include "core/job/Preview.h"

#include <utility>

#include "core/job/FacesInternals.h"
#include "core/job/SessionInternals.h"
#include "core/job/StagePlanner.h"

namespace kamei::job {
namespace {

class MemorySink final : public transform::ByteSink {
public:
    [[nodiscard]] base::Expected<void> write(std::span<const std::byte> data) override {
        m_bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

} // namespace

base::Expected<std::unique_ptr<Compiled>> compileFor(Session& session, const model::Asset& asset,
                                                     const std::string& format) {
    auto secret = session.internals().key();
    if (!secret) {
        return secret.error().code == base::ErrorCode::NotFound
                   ? base::fail(base::ErrorCode::NotPossible, "job.preview", {"key-destroyed"})
                   : tl::unexpected(secret.error());
    }
    auto key = transform::pseudonym::Key::fromBytes(secret->span());
    const auto info = session.info();
    FindingQuery query;
    query.asset = asset.id;
    auto findings = session.findings(query);
    base::Expected<std::optional<model::Subject>> subject = std::optional<model::Subject>();
    if (asset.subject.valid()) {
        subject = session.subject(asset.subject);
    }
    if (!key || !info || !findings || !subject) {
        return tl::unexpected(!key        ? key.error()
                              : !info     ? info.error()
                              : !findings ? findings.error()
                                          : subject.error());
    }
    auto cohort = cohortOf(session, asset);
    auto sources = session.sources(asset.id);
    if (!cohort || !sources) {
        return tl::unexpected(cohort ? sources.error() : cohort.error());
    }
    std::unique_ptr<Compiled> out(new Compiled{asset, info->policy, std::move(*key),
                                               subject->value_or(model::Subject{}), std::move(*sources),
                                               std::move(*cohort), asStaged(std::move(*findings)), nullptr});
    if (const auto refusal = refusalOf(out->findings)) {
        return tl::unexpected(*refusal);
    }
    auto compiled = transform::compile(
        format, out->asset, out->findings,
        transform::Context{out->policy, out->key, out->subject, out->sources, out->cohort,
                           session.writable() ? session.folder() / "tmp" : std::filesystem::path(),
                           volumeMasksOf(session)});
    if (!compiled) {
        return tl::unexpected(compiled.error());
    }
    out->transform = std::move(*compiled);
    return out;
}

base::Expected<std::string> previewBytes(const Compiled& compiled, const model::Source& source) {
    MemorySink sink;
    if (auto done = compiled.transform->apply(source, sink); !done) {
        return tl::unexpected(done.error());
    }
    return sink.take();
}

} // namespace kamei::job
