#include "core/intake/Format.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/image/Image.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/slide/SlideFormat.h"
#include "core/intake/video/Video.h"
#include "core/intake/volume/Nifti.h"

namespace kamei::intake {

base::Expected<model::Raster> decodePicture(const model::Source& source, std::int32_t frame) {
    if (source.format == "dicom" && source.member.empty()) {
        return dicom::decodeDicomPicture(source, frame); // reads only the frame
    }
    if (source.format == "video" && source.member.empty()) {
        return video::decodeVideoFrame(source, frame); // of any size: read where it is needed
    }
    if (source.format == "slide") {
        return slide::decodeSlidePicture(source, frame); // reads only tiles
    }
    if (source.format == "nifti") {
        return volume::decodeNiftiPicture(source, frame); // reads up to the slice
    }
    model::Source unstamped = source;
    unstamped.stamp = {};
    const auto content = readContent(unstamped);
    if (!content) {
        return tl::unexpected(content.error());
    }
    if (source.format == "dicom") {
        return dicom::decodeDicomPicture(std::as_bytes(std::span(content->data(), content->size())), frame);
    }
    if (source.format == "video") {
        return video::decodeVideoFrame(video::Bytes::ofMemory(*content), {}, frame);
    }
    if (source.format == "pdf") {
        return pdf::decodePage(*content, frame);
    }
    return image::decode(*content, source.format, frame);
}

} // namespace kamei::intake
