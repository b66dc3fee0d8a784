#include "core/transform/pdf/PdfTransform.h"

#include <algorithm>

#include "core/intake/Format.h"
#include "core/transform/image/Masks.h"
#include "core/transform/pdf/Writing.h"

namespace kamei::transform::pdf {
namespace {

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.pdf/1";

class PdfTransform final : public Transform {
public:
    PdfTransform(const model::Asset& asset, const Context& context, std::vector<model::Mask> masks)
        : m_key(context.key), m_masks(std::move(masks)) {
        const std::string subjectKey =
            context.subject.key.empty() ? "asset|" + asset.group : context.subject.key;
        m_pseudonym =
            context.subject.pseudonym.empty() ? m_key.pseudonymId(subjectKey) : context.subject.pseudonym;
        std::int32_t frame = 1;
        for (const model::Source& source : context.sources) {
            m_first.emplace_back(source.id, frame);
            frame += source.frames;
        }
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n');
        for (const model::Mask& mask : m_masks) {
            hasher.update(model::toJson(mask) + '\n');
        }
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return "pdf"; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        const auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (!source.sha256.isZero() && base::sha256(*bytes) != source.sha256) {
            return base::fail(base::ErrorCode::SourceChanged, "transform.pdf.apply");
        }
        const auto written = write(*bytes, source);
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (auto done = out.write(std::as_bytes(std::span(written->data(), written->size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] base::Expected<std::optional<model::Raster>> picture(const model::Source& source,
                                                                       std::int32_t frame) const override {
        const auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        auto raster = picturedPage(*bytes, m_masks, firstFrameOf(source), frame);
        return raster ? base::Expected<std::optional<model::Raster>>(std::move(*raster))
                      : tl::unexpected(raster.error());
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "P");
    }

private:
    [[nodiscard]] base::Expected<std::string> write(const std::string& bytes,
                                                    const model::Source& source) const {
        if (m_masks.empty()) {
            auto clean = cleaned(bytes);
            if (!clean) {
                return tl::unexpected(clean.error());
            }
            if (*clean) {
                return std::move(**clean);
            }
        }
        return pictured(bytes, m_masks, firstFrameOf(source));
    }

    [[nodiscard]] std::int32_t firstFrameOf(const model::Source& source) const {
        const auto row =
            std::ranges::find(m_first, source.id, &std::pair<base::SourceId, std::int32_t>::first);
        return row == m_first.end() ? 1 : row->second;
    }

    const pseudonym::Key& m_key;
    std::string m_pseudonym;
    std::vector<model::Mask> m_masks;
    std::vector<std::pair<base::SourceId, std::int32_t>>
        m_first; ///< frame of the asset that a source begins with
};

} // namespace

base::Expected<std::unique_ptr<Transform>>
compilePdf(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto masks = image::masksOf(findings);
    if (!masks) {
        return tl::unexpected(masks.error());
    }
    return std::make_unique<PdfTransform>(asset, context, std::move(*masks));
}

} // namespace kamei::transform::pdf
