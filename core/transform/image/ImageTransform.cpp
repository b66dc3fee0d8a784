#include "core/transform/image/ImageTransform.h"

#include "core/intake/Format.h"
#include "core/transform/image/Masks.h"

namespace kamei::transform::image {
namespace {

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.image/2";

using Writer = base::Expected<std::string> (*)(std::string_view bytes, const std::vector<model::Mask>& masks);

class ImageTransform final : public Transform {
public:
    ImageTransform(const model::Asset& asset, const Context& context, std::vector<model::Mask> masks,
                   Writer writer, std::string_view extension)
        : m_key(context.key), m_masks(std::move(masks)), m_writer(writer), m_extension(extension) {
        const std::string subjectKey =
            context.subject.key.empty() ? "asset|" + asset.group : context.subject.key;
        m_pseudonym =
            context.subject.pseudonym.empty() ? m_key.pseudonymId(subjectKey) : context.subject.pseudonym;
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + std::string(m_extension) + '\n');
        for (const model::Mask& mask : m_masks) {
            hasher.update(model::toJson(mask) + '\n');
        }
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return m_extension; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        const auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (!source.sha256.isZero() && base::sha256(*bytes) != source.sha256) {
            return base::fail(base::ErrorCode::SourceChanged, "transform.image.apply");
        }
        const auto written = m_writer(*bytes, m_masks);
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (auto done = out.write(std::as_bytes(std::span(written->data(), written->size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "P");
    }

private:
    const pseudonym::Key& m_key;
    std::string m_pseudonym;
    std::vector<model::Mask> m_masks;
    Writer m_writer;
    std::string_view m_extension;
};

base::Expected<std::unique_ptr<Transform>> compile(const model::Asset& asset,
                                                   std::span<const model::Finding> findings,
                                                   const Context& context, Writer writer,
                                                   std::string_view extension) {
    auto masks = masksOf(findings);
    if (!masks) {
        return tl::unexpected(masks.error());
    }
    return std::make_unique<ImageTransform>(asset, context, std::move(*masks), writer, extension);
}

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileJpeg(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compile(asset, findings, context, maskJpeg, "jpg");
}
base::Expected<std::unique_ptr<Transform>>
compilePng(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compile(asset, findings, context, maskPng, "png");
}
base::Expected<std::unique_ptr<Transform>>
compileTiff(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compile(asset, findings, context, maskTiff, "tif");
}
base::Expected<std::unique_ptr<Transform>>
compileBmp(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compile(asset, findings, context, maskBmp, "bmp");
}
base::Expected<std::unique_ptr<Transform>>
compileHeif(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    return compile(asset, findings, context, maskHeif, "png");
}

} // namespace kamei::transform::image
