#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/transform/dicom/DicomTransform.h"
#include "core/transform/dicom/HeaderRewriter.h"
#include "core/transform/dicom/PixelStream.h"
#include "core/transform/dicom/Plan.h"
#include "core/transform/video/Rewrite.h"

namespace kamei::transform::dicom {

/// What compileDicom makes: the plan of one asset with the subject's person and the workspace's key.
class CompiledDicom final : public Transform {
public:
    /// `sound`: streams of a video's sound that stay.
    CompiledDicom(Plan plan, Person person, std::set<int> sound, const Context& context);

    [[nodiscard]] base::Sha256 digest() const override;
    [[nodiscard]] std::string_view extension() const override { return "dcm"; }
    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override;
    /// Frames of video, masked without coding the rest.
    [[nodiscard]] base::Expected<std::optional<model::Raster>> picture(const model::Source& source,
                                                                       std::int32_t frame) const override;
    [[nodiscard]] std::string outputName(const model::Source& source) const override;

    /// The file up to the pixel data and what follows behind it, without the pixels: for previews.
    [[nodiscard]] base::Expected<std::string> header(const intake::dicom::Instance& instance) const;

private:
    struct Written {
        std::string head;
        std::string tail;
    };
    [[nodiscard]] base::Expected<void> refuseUnsupported(const intake::dicom::Instance& instance) const;
    void writeHeader(const intake::dicom::Instance& instance, const PixelStream& pixels, Written& out) const;
    [[nodiscard]] base::Expected<PixelStream> pixelsOf(const intake::dicom::Instance& instance,
                                                       const PixelMask& mask, const VideoPart* video) const;
    [[nodiscard]] base::Expected<VideoPart> videoOf(const intake::dicom::Instance& instance,
                                                    const model::Source& source, const video::Wish& wish,
                                                    std::optional<video::Scratch>& scratch) const;
    [[nodiscard]] video::Wish wishFor(const model::Source& source) const;
    [[nodiscard]] std::int32_t firstFrameOf(const model::Source& source) const;

    Plan m_plan;
    std::set<int> m_sound;
    std::filesystem::path m_scratch;
    Person m_person;
    pseudonym::Key m_key;
    std::map<std::string, std::int32_t> m_firstFrames; ///< path and member -> first frame in the asset
    std::uint64_t m_number;                            ///< of this transform, for the caches of threads
};

} // namespace kamei::transform::dicom
