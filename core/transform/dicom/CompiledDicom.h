#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/transform/dicom/DicomTransform.h"
#include "core/transform/dicom/HeaderRewriter.h"
#include "core/transform/dicom/PixelStream.h"
#include "core/transform/dicom/Plan.h"
#include "core/transform/dicom/SlideMasks.h"
#include "core/transform/video/Rewrite.h"
#include "core/transform/volume/FrameCuts.h"

namespace kamei::transform::dicom {

/// What compileDicom makes: the plan of one asset with the subject's person and the workspace's key.
class CompiledDicom final : public Transform {
public:
    /// `sound`: streams of a video's sound that stay.
    /// `asset`, `findings`: of which the face is taken off where one of them says so.
    CompiledDicom(Plan plan, Person person, std::map<int, model::Mute> sound, const Context& context,
                  const model::Asset& asset = {}, std::span<const model::Finding> findings = {});

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
    /// Where masks over the volume fall; made when the first source is written, for it reads all headers.
    [[nodiscard]] base::Expected<const volume::FrameCuts*> cuts() const;
    /// The masks of a whole slide on each of its instances; made likewise.
    [[nodiscard]] base::Expected<const SlideMasks*> slideMasks() const;

    Plan m_plan;
    std::map<int, model::Mute> m_sound;
    std::filesystem::path m_scratch;
    Person m_person;
    pseudonym::Key m_key;
    struct Place {
        std::int32_t firstFrame = 1; ///< in the asset
        std::size_t index = 0;       ///< of the source
    };
    std::map<std::string, Place> m_places; ///< by path and member
    model::Asset m_asset;
    std::vector<model::Finding> m_faces; ///< that are taken off
    Context m_context;
    mutable std::once_flag m_cutsOnce;
    mutable base::Expected<std::unique_ptr<const volume::FrameCuts>> m_cuts;
    mutable std::once_flag m_slideOnce;
    mutable base::Expected<SlideMasks> m_slide;
    std::uint64_t m_number; ///< of this transform, for the caches of threads
};

} // namespace kamei::transform::dicom
