#include "core/intake/Format.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/VideoStream.h"
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

namespace {

base::Expected<std::vector<std::int64_t>> timesIn(const video::Bytes& bytes, const std::string& name) {
    const auto index = video::indexOf(bytes, name);
    if (!index) {
        return tl::unexpected(index.error());
    }
    std::vector<std::int64_t> out;
    for (std::int32_t frame = 1; frame <= (*index)->facts.frames; ++frame) {
        out.push_back((*index)->timeUs(frame));
    }
    return out;
}

} // namespace

base::Expected<std::vector<std::int64_t>> frameTimesUs(const model::Source& source) {
    if (source.format != "video" && source.format != "dicom") {
        return std::vector<std::int64_t>();
    }
    std::string content; // of a member of an archive; outlives the instance
    if (!source.member.empty()) {
        auto bytes = readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        content = std::move(*bytes);
    }
    if (source.format == "video") {
        const auto bytes = source.member.empty()
                               ? video::Bytes::ofFile(source.path)
                               : base::Expected<video::Bytes>(video::Bytes::ofMemory(content));
        return bytes ? timesIn(*bytes, source.member.empty() ? source.path.string() : std::string())
                     : tl::unexpected(bytes.error());
    }
    const auto instance =
        source.member.empty()
            ? dicom::Instance::open(source.path)
            : dicom::Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (!dicom::holdsVideo(*instance)) {
        return std::vector<std::int64_t>();
    }
    const auto bytes = dicom::videoBytes(*instance, source.member.empty() ? source.path : "");
    return bytes ? timesIn(*bytes, dicom::videoName(source.path, source.member))
                 : tl::unexpected(bytes.error());
}

} // namespace kamei::intake
