#include <algorithm>
#include <array>

#include "core/detect/Detector.h"
#include "core/detect/DocumentDetector.h"
#include "core/detect/GenomeDetector.h"
#include "core/detect/PdfDetector.h"
#include "core/detect/PictureDetector.h"
#include "core/detect/SignalDetector.h"
#include "core/detect/SlideDetector.h"
#include "core/detect/TableDetector.h"
#include "core/detect/VideoDetector.h"
#include "core/detect/VolumeDetector.h"

namespace kamei::detect {
namespace {

constexpr std::array kDetectors{
    Detector{"dicom", detectDicomOrVideo},
    Detector{"text", detectText},
    Detector{"xml", detectXml},
    Detector{"cda", detectXml},
    Detector{"hl7v2", detectXml},
    Detector{"fhir", detectXml},
    Detector{"csv", detectTable},
    Detector{"aecg", detectAnnotatedEcg},
    Detector{"edf", detectSignal},
    Detector{"scp-ecg", detectSignal},
    Detector{"mfer", detectSignal},
    Detector{"vcf", detectVariants},
    Detector{"bcf", detectVariants},
    Detector{"sequences", detectSequences},
    Detector{"jpeg", detectPicture},
    Detector{"png", detectPicture},
    Detector{"tiff", detectPicture},
    Detector{"bmp", detectPicture},
    Detector{"heif", detectPicture},
    Detector{"slide", detectSlide},
    Detector{"pdf", detectPdf},
    Detector{"video", detectVideo},
    Detector{"nifti", detectNifti},
};

} // namespace

const Detector* detectorFor(std::string_view format) {
    const auto* const found = std::ranges::find(kDetectors, format, &Detector::format);
    return found == kDetectors.end() ? nullptr : found;
}

} // namespace kamei::detect
