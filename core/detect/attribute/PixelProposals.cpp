#include "core/detect/attribute/PixelProposals.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/detect/vision/Proposals.h"
#include "core/intake/Format.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/volume/FrameHeaders.h"

namespace kamei::detect::attribute {
namespace {

namespace tags = intake::dicom::tags;
using intake::dicom::Instance;

constexpr std::int32_t kSlicesTogether = 32;
constexpr std::int32_t kFramesTogether = 16;
constexpr std::int32_t kManyPictures = 64; // single pictures of one series: a captured run
constexpr std::int32_t kPicturesTogether = 4;
constexpr std::int32_t kFacesEvery = 10;
constexpr std::int32_t kCodesEvery = 30; // frames of a run: codes stay in view for a second

/// Frames of all instances, counted from 1 over them; the instance of the frame before stays open.
class Frames {
public:
    explicit Frames(std::span<const model::Source> sources) {
        for (const model::Source& source : sources) {
            for (std::int32_t frame = 1; frame <= source.frames; ++frame) {
                m_frames.push_back({&source, frame});
            }
            m_most = std::max(m_most, source.frames);
        }
    }
    [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(m_frames.size()); }
    [[nodiscard]] std::int32_t mostOfOne() const { return m_most; }

    base::Expected<model::Raster> picture(std::int32_t number) {
        const auto& [source, frame] = m_frames[static_cast<std::size_t>(number - 1)];
        if (source != m_source) {
            if (auto opened = open(*source); !opened) {
                return tl::unexpected(opened.error());
            }
        }
        return intake::dicom::decodeDicomPicture(*m_instance, frame);
    }

private:
    base::Expected<void> open(const model::Source& source) {
        m_instance.reset();
        m_source = nullptr;
        if (!source.member.empty()) {
            auto content = intake::readContent(source);
            if (!content) {
                return tl::unexpected(content.error());
            }
            m_content = std::move(*content);
        }
        auto instance =
            source.member.empty()
                ? Instance::open(source.path)
                : Instance::ofMemory(std::as_bytes(std::span(m_content.data(), m_content.size())));
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        m_instance.emplace(std::move(*instance));
        m_source = &source;
        return {};
    }

    struct Frame {
        const model::Source* source = nullptr;
        std::int32_t number = 1;
    };
    std::vector<Frame> m_frames;
    std::int32_t m_most = 0;
    const model::Source* m_source = nullptr;
    std::string m_content; ///< of a member of an archive; outlives the instance
    std::optional<Instance> m_instance;
};

/// Kinds that show people as they look: photographs, and endoscopies on their way in and out.
bool showsFaces(std::string_view modality) {
    constexpr std::array<std::string_view, 6> kPhotographic{"XC", "ES", "OT", "SC", "DMS", ""};
    return std::ranges::find(kPhotographic, modality) != kPhotographic.end();
}

vision::Task taskFor(const Frames& frames, std::string_view modality) {
    vision::Task out;
    out.frames = frames.count();
    const bool slices = modality == "CT" || modality == "MR" || modality == "PT" || modality == "NM";
    const bool run = frames.mostOfOne() > 1;
    out.together = slices                           ? kSlicesTogether
                   : run                            ? kFramesTogether
                   : frames.count() > kManyPictures ? kPicturesTogether
                                                    : 1;
    out.slices = slices;
    out.facesEvery = !showsFaces(modality) ? 0 : run ? kFacesEvery : 1;
    out.moving = run;
    out.codesEvery = slices ? 0 : run ? kCodesEvery : 1;
    return out;
}

} // namespace

base::Expected<PixelProposals> proposeOnPixels(const Survey& survey, const model::Asset& asset,
                                               std::span<const model::Source> sources,
                                               std::span<const model::KnownIdentifier> known,
                                               const Context& context) {
    PixelProposals out;
    if (asset.kind != model::AssetKind::DicomSeries) {
        return out;
    }
    Frames frames(sources);
    if (frames.count() == 0) {
        return out;
    }
    const std::string modality =
        asset.modality.empty() ? std::string(survey.first(tags::Modality)) : asset.modality;
    vision::Task task = taskFor(frames, modality);
    // A scanner's 3D picture of a head shows the face as a photograph does; what it is a surface of is judged
    // as one.
    const auto rendering =
        intake::volume::renderingOf(survey.first(tags::ImageType), survey.first(tags::SopClass));
    if (task.facesEvery == 0 && rendering == "rendering") {
        task.facesEvery = 1;
        task.faceRule = "image-content.facial-surface";
    }
    auto proposed =
        vision::propose([&](std::int32_t frame) { return frames.picture(frame); }, task, known, context);
    if (!proposed) {
        return tl::unexpected(proposed.error());
    }
    out.findings = std::move(proposed->findings);
    out.known = std::move(proposed->known);
    const bool facesMissed = showsFaces(modality) && !proposed->facesSearched;
    out.doubtful = proposed->identifying || proposed->examined < frames.count() || facesMissed;
    return out;
}

} // namespace kamei::detect::attribute
