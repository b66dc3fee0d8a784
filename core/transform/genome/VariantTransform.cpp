#include "core/transform/genome/VariantTransform.h"

#include <algorithm>

#include "core/intake/Format.h"
#include "core/intake/genome/Variants.h"
#include "core/transform/genome/SampleNames.h"
#include "core/transform/text/NewValue.h"
#include "core/transform/text/People.h"
#include "core/transform/text/Plan.h"

namespace kamei::transform::genome {
namespace {

using intake::genome::Variants;
using intake::text::Segment;
using intake::text::TextSource;

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.genome/1";

const Segment* segmentAt(const TextSource& source, std::int64_t start) {
    const auto& all = source.segments();
    const auto found =
        std::partition_point(all.begin(), all.end(), [&](const Segment& s) { return s.end <= start; });
    return found == all.end() ? nullptr : &*found;
}

class VariantTransform final : public Transform {
public:
    VariantTransform(const model::Asset& asset, const Context& context, std::vector<text::Step> steps,
                     bool binary)
        : m_context(context), m_people(asset, context), m_steps(std::move(steps)), m_binary(binary) {}

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + m_context.key.fingerprint() + '\n');
        hasher.update(m_people.description());
        hasher.update(text::description(m_steps));
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return m_binary ? "bcf" : "vcf"; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        const auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (!source.sha256.isZero() && base::sha256(*bytes) != source.sha256) {
            return base::fail(base::ErrorCode::SourceChanged, "transform.genome.apply");
        }
        const auto variants = intake::genome::open(*bytes);
        if (!variants) {
            return tl::unexpected(variants.error());
        }
        const auto written = intake::genome::rewrite(*bytes, *variants, replacements(variants->text));
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (auto done = out.write(std::as_bytes(std::span(written->data(), written->size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_people.subject().pseudonym + '_' +
               m_context.key.token("output-name", source.sha256.hex(), "G");
    }

private:
    [[nodiscard]] std::vector<TextSource::Replacement> replacements(const TextSource& text) const {
        const SampleNames names(text, m_context, m_people.subject().pseudonym);
        std::vector<TextSource::Replacement> out;
        for (const text::Step& range : text::rangesOf(m_steps, text)) {
            const Segment* const part = segmentAt(text, range.start);
            if (auto next = valueFor(text, part, range, names)) {
                out.push_back({range.start, range.end, std::move(*next)});
            }
        }
        return out;
    }

    [[nodiscard]] std::optional<std::string> valueFor(const TextSource& text, const Segment* part,
                                                      const text::Step& range,
                                                      const SampleNames& names) const {
        const std::string old = text.slice(range.start, range.end);
        const bool whole = part != nullptr && range.start <= part->start && range.end >= part->end;
        const bool sample = part != nullptr && part->path == "samples";
        if (range.action == model::Action::Replace || sample) {
            if (const std::string* name = names.of(old)) {
                // A column cannot do without a name of its own, whatever is decided on the old one.
                return range.action == model::Action::Keep ? std::nullopt : std::optional(*name);
            }
        }
        auto value = text::newValue({old, range.label, whole, false, false}, range.action, m_people.subject(),
                                    m_context.key);
        if (!value) {
            return value;
        }
        // VCF knows no empty value but for the folder of a path; a value must not end its field.
        std::ranges::replace_if(
            *value, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        if (value->empty() && (part == nullptr || part->role != "vcf.path")) {
            value = ".";
        }
        return value;
    }

    Context m_context; ///< its references outlive the transform
    text::People m_people;
    std::vector<text::Step> m_steps;
    bool m_binary;
};

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileVariants(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto steps = text::stepsOf(findings);
    if (!steps) {
        return tl::unexpected(steps.error());
    }
    const bool binary = !context.sources.empty() && context.sources.front().format == "bcf";
    return std::make_unique<VariantTransform>(asset, context, std::move(*steps), binary);
}

} // namespace kamei::transform::genome
