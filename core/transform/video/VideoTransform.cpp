#include "core/transform/video/VideoTransform.h"

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "core/intake/Format.h"
#include "core/intake/video/Video.h"
#include "core/transform/image/Masks.h"
#include "core/transform/video/Preview.h"
#include "core/transform/video/Rewrite.h"

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::Bytes;

constexpr std::string_view kPlace = "transform.video.apply";
/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.video/1";

struct ExtensionRow {
    std::string_view container;
    std::string_view extension;
};
constexpr std::array kExtensions{
    ExtensionRow{"mp4", "mp4"},   ExtensionRow{"mov", "mov"},   ExtensionRow{"avi", "avi"},
    ExtensionRow{"mkv", "mkv"},   ExtensionRow{"mpeg", "mpg"},  ExtensionRow{"mpegts", "ts"},
    ExtensionRow{"h264", "h264"}, ExtensionRow{"hevc", "h265"}, ExtensionRow{"mpegvideo", "m2v"},
    ExtensionRow{"m4v", "m4v"},
};

std::string_view extensionOf(std::string_view container) {
    for (const ExtensionRow& row : kExtensions) {
        if (row.container == container) {
            return row.extension;
        }
    }
    return {};
}

std::string containerOf(const model::Source& source) {
    const auto facts = nlohmann::json::parse(source.facts, nullptr, false);
    return facts.is_object() ? facts.value("container", std::string()) : std::string();
}

class VideoTransform final : public Transform {
public:
    VideoTransform(const model::Asset& asset, const Context& context, std::vector<model::Mask> masks,
                   std::map<int, model::Mute> sound, std::string_view extension)
        : m_key(context.key), m_masks(std::move(masks)), m_sound(std::move(sound)), m_extension(extension),
          m_scratch(context.scratch) {
        const std::string subjectKey =
            context.subject.key.empty() ? "asset|" + asset.group : context.subject.key;
        m_pseudonym =
            context.subject.pseudonym.empty() ? m_key.pseudonymId(subjectKey) : context.subject.pseudonym;
        std::int32_t first = 1;
        for (const model::Source& source : context.sources) {
            m_firstFrames.emplace(source.path.string() + '\n' + source.member, first);
            first += source.frames;
        }
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + std::string(m_extension) + '\n');
        for (const model::Mask& mask : m_masks) {
            hasher.update(model::toJson(mask) + '\n');
        }
        hasher.update(textOf(m_sound));
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return m_extension; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        const auto bytes = bytesOf(source, true);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        const auto index = intake::video::indexOf(*bytes, source.path.string());
        if (!index) {
            return tl::unexpected(index.error());
        }
        if (extensionOf((*index)->facts.container) != m_extension) {
            return base::fail(ErrorCode::SourceChanged, kPlace);
        }
        auto scratch = Scratch::create(m_scratch);
        if (!scratch) {
            return tl::unexpected(scratch.error());
        }
        const auto written = rewrite(*bytes, *index, wishFor(source), *scratch);
        if (!written) {
            return tl::unexpected(written.error());
        }
        // The file may have been replaced while it was read.
        if (source.member.empty() && base::fileStamp(source.path) != bytes->stamp()) {
            return base::fail(ErrorCode::SourceChanged, kPlace);
        }
        if (auto copied = scratch->copyTo(out); !copied) {
            return tl::unexpected(copied.error());
        }
        Result result;
        result.notes = written->notes();
        return result;
    }

    [[nodiscard]] base::Expected<std::optional<model::Raster>> picture(const model::Source& source,
                                                                       std::int32_t frame) const override {
        const auto bytes = bytesOf(source, false);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        return maskedFrame(*bytes, source.member.empty() ? source.path.string() : "", wishFor(source), frame);
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "V");
    }

private:
    [[nodiscard]] Wish wishFor(const model::Source& source) const {
        Wish wish;
        wish.masks = m_masks;
        wish.sound = m_sound;
        const auto found = m_firstFrames.find(source.path.string() + '\n' + source.member);
        if (found != m_firstFrames.end()) {
            wish.firstFrame = found->second;
        } else {
            // A source whose place in the asset is not known: every mask falls on every frame (fail closed).
            for (model::Mask& mask : wish.masks) {
                mask = model::everywhere(mask);
            }
        }
        return wish;
    }

    static base::Expected<Bytes> bytesOf(const model::Source& source, bool verified) {
        if (!source.member.empty()) {
            auto content = intake::readContent(source);
            if (!content) {
                return tl::unexpected(content.error());
            }
            if (verified && !source.sha256.isZero() && base::sha256(*content) != source.sha256) {
                return base::fail(ErrorCode::SourceChanged, kPlace);
            }
            return Bytes::ofMemory(std::move(*content));
        }
        auto bytes = Bytes::ofFile(source.path);
        if (!bytes) {
            base::Error error = bytes.error();
            error.code = error.code == ErrorCode::NotFound ? ErrorCode::SourceMissing : error.code;
            return tl::unexpected(std::move(error));
        }
        const bool stamped = source.stamp != base::FileStamp{};
        if (stamped && bytes->stamp() != source.stamp) {
            return base::fail(ErrorCode::SourceChanged, kPlace);
        }
        if (verified && !stamped && !source.sha256.isZero()) {
            base::Sha256Hasher hasher;
            std::vector<std::byte> part(std::size_t{1} << 20U);
            for (std::uint64_t at = 0; at < bytes->size(); at += part.size()) {
                const auto got = bytes->read(at, part);
                if (!got) {
                    return tl::unexpected(got.error());
                }
                hasher.update(std::string_view(reinterpret_cast<const char*>(part.data()), *got));
            }
            if (hasher.finish() != source.sha256) {
                return base::fail(ErrorCode::SourceChanged, kPlace);
            }
        }
        return bytes;
    }

    const pseudonym::Key& m_key;
    std::string m_pseudonym;
    std::vector<model::Mask> m_masks;
    std::map<int, model::Mute> m_sound;
    std::string_view m_extension;
    std::filesystem::path m_scratch;
    std::map<std::string, std::int32_t> m_firstFrames;
};

} // namespace

std::map<int, model::Mute> soundKept(std::span<const model::Finding> findings) {
    constexpr std::string_view kKey = "Video.Audio[";
    std::map<int, model::Mute> out;
    for (const model::Finding& finding : findings) {
        const std::string& path = finding.locator.path;
        const bool changed = finding.state == model::DecisionState::Changed;
        const bool kept = finding.state == model::DecisionState::Rejected ||
                          (changed && finding.action == model::Action::Keep);
        const auto mute = model::muteFromJson(finding.method);
        const bool muted = changed && finding.action == model::Action::Clean && mute.has_value();
        if (finding.locator.kind != model::Locator::Kind::Metadata || (!kept && !muted) ||
            !path.starts_with(kKey)) {
            continue;
        }
        const std::string number = path.substr(kKey.size(), path.find(']') - kKey.size());
        if (!number.empty() && number.size() < 4 &&
            number.find_first_not_of("0123456789") == std::string::npos) {
            out.insert_or_assign(std::stoi(number), muted ? *mute : model::Mute{});
        }
    }
    return out;
}

std::string textOf(const std::map<int, model::Mute>& sound) {
    std::string out;
    for (const auto& [stream, mute] : sound) {
        out += "sound " + std::to_string(stream) +
               (mute.ranges.empty() ? "" : " silent " + model::toJson(mute)) + '\n';
    }
    return out;
}

base::Expected<std::unique_ptr<Transform>>
compileVideo(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto masks = image::masksOf(findings);
    if (!masks) {
        return tl::unexpected(masks.error());
    }
    const std::string_view extension =
        context.sources.empty() ? std::string_view() : extensionOf(containerOf(context.sources.front()));
    if (extension.empty()) {
        return base::fail(ErrorCode::UnsupportedFormat, "transform.video.compile", {"container"});
    }
    return std::make_unique<VideoTransform>(asset, context, std::move(*masks), soundKept(findings),
                                            extension);
}

} // namespace kamei::transform::video
