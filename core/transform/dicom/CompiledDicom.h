#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "core/transform/dicom/DicomTransform.h"
#include "core/transform/dicom/HeaderRewriter.h"
#include "core/transform/dicom/PixelStream.h"
#include "core/transform/dicom/Plan.h"

namespace kamei::transform::dicom {

/// What compileDicom makes: the plan of one asset with the subject's person and the workspace's key.
class CompiledDicom final : public Transform {
public:
    CompiledDicom(Plan plan, Person person, const Context& context);

    [[nodiscard]] base::Sha256 digest() const override { return m_plan.digest(); }
    [[nodiscard]] std::string_view extension() const override { return "dcm"; }
    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override;
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
                                                       const PixelMask& mask) const;
    [[nodiscard]] std::int32_t firstFrameOf(const model::Source& source) const;

    Plan m_plan;
    Person m_person;
    pseudonym::Key m_key;
    std::map<std::string, std::int32_t> m_firstFrames; ///< path and member -> first frame in the asset
    std::uint64_t m_number;                            ///< of this transform, for the caches of threads
};

} // namespace kamei::transform::dicom
