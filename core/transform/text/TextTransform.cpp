#include "core/transform/text/TextTransform.h"

#include <algorithm>
#include <set>

#include "core/intake/Format.h"
#include "core/intake/text/TextSource.h"
#include "core/transform/text/ColumnSteps.h"
#include "core/transform/text/NewValue.h"
#include "core/transform/text/People.h"
#include "core/transform/text/Plan.h"

namespace kamei::transform::text {
namespace {

using intake::text::Segment;
using intake::text::TextSource;

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.text/4";

bool hasJapanese(std::string_view utf8) {
    // Kana and kanji are E3..E9 in UTF-8; half-width forms EF.
    return std::any_of(utf8.begin(), utf8.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

/// The segment in which a place lies; null in markup.
const Segment* segmentAt(const TextSource& source, std::int64_t start) {
    const auto& all = source.segments();
    const auto found =
        std::partition_point(all.begin(), all.end(), [&](const Segment& s) { return s.end <= start; });
    return found == all.end() ? nullptr : &*found;
}

class TextTransform final : public Transform {
public:
    TextTransform(const model::Asset& asset, const Context& context, std::vector<Step> steps,
                  std::int64_t syntheticRows, std::string_view extension)
        : m_key(context.key), m_people(asset, context), m_steps(std::move(steps)),
          m_syntheticRows(syntheticRows), m_kind(asset.kind), m_extension(extension) {}

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + m_key.fingerprint() + '\n');
        hasher.update(m_people.description());
        hasher.update(description(m_steps) + std::to_string(m_syntheticRows));
        return hasher.finish();
    }

    [[nodiscard]] std::string_view extension() const override {
        if (!m_extension.empty()) {
            return m_extension;
        }
        switch (m_kind) {
        case model::AssetKind::Table:
            return "csv";
        case model::AssetKind::Document:
        case model::AssetKind::Signal: // HL7 aECG
            return "xml";
        default:
            return "txt";
        }
    }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (!source.sha256.isZero() && base::sha256(*bytes) != source.sha256) {
            return base::fail(base::ErrorCode::SourceChanged, "transform.text.apply");
        }
        const auto text = TextSource::read(std::move(*bytes), source.format);
        if (!text) {
            return tl::unexpected(text.error());
        }
        const std::string id = source.sha256.hex();
        auto written = text->rewrite(replacements(*text, id), {removedRows(m_steps, *text), {}});
        if (written && m_syntheticRows > 0) {
            written =
                withSyntheticRows(std::move(*written), source.format, m_syntheticRows, m_steps, m_key, id);
        }
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (auto done = out.write(std::as_bytes(std::span(written->data(), written->size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_people.subject().pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "T");
    }

private:
    [[nodiscard]] std::vector<TextSource::Replacement> replacements(const TextSource& text,
                                                                    const std::string& id) const {
        People people = m_people;
        std::set<std::int32_t> numbered;
        for (const Step& step : m_steps) {
            if (step.column >= 0 && step.action == model::Action::Replace && step.label == "CHART_NO") {
                numbered.insert(step.column);
            }
        }
        people.readRows(text, numbered);
        const bool japanese = hasJapanese(text.text());
        const bool plain = m_kind == model::AssetKind::Text;
        std::vector<TextSource::Replacement> out;
        for (const Step& range : rangesOf(withColumnValues(m_steps, text, m_key, id), text)) {
            if (range.value) {
                out.push_back({range.start, range.end, *range.value});
                continue;
            }
            const Segment* const segment = segmentAt(text, range.start);
            const bool whole =
                !plain && segment != nullptr && range.start <= segment->start && range.end >= segment->end &&
                segment->escaping != intake::text::Escaping::JsonXml; // narrative is running text
            const std::string value = contentOf(text, segment, range);
            const bool root = whole && segment->attribute >= 0 && segment->path.ends_with("/@root");
            const bool reference =
                whole && (segment->role == "resource.id" || segment->role == "resource.reference");
            const OldValue old{value, range.label, whole, japanese, root, reference};
            auto next = newValue(old, range.action, people.of(segment), m_key);
            if (next) {
                out.push_back({range.start, range.end, std::move(*next)});
            }
        }
        return out;
    }

    /// What the range says, escapes resolved where it lies in one segment.
    static std::string contentOf(const TextSource& text, const Segment* segment, const Step& range) {
        if (segment == nullptr || range.start < segment->start || range.end > segment->end) {
            return text.slice(range.start, range.end);
        }
        Segment part = *segment;
        part.start = range.start;
        part.end = range.end;
        return text.content(part);
    }

    const pseudonym::Key& m_key;
    People m_people;
    std::vector<Step> m_steps;
    std::int64_t m_syntheticRows;
    model::AssetKind m_kind;
    std::string_view m_extension; ///< where the format has one of its own
};

} // namespace

namespace {

base::Expected<std::unique_ptr<Transform>> compileAs(std::string_view extension, const model::Asset& asset,
                                                     std::span<const model::Finding> findings,
                                                     const Context& context) {
    auto steps = stepsOf(findings);
    if (!steps) {
        return tl::unexpected(steps.error());
    }
    return std::make_unique<TextTransform>(asset, context, std::move(*steps), syntheticRowsOf(findings),
                                           extension);
}

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileText(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compileAs({}, asset, findings, context);
}

base::Expected<std::unique_ptr<Transform>>
compileHl7(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compileAs("hl7", asset, findings, context);
}

base::Expected<std::unique_ptr<Transform>>
compileFhir(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compileAs("json", asset, findings, context);
}

} // namespace kamei::transform::text
