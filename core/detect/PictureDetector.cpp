#include "core/detect/PictureDetector.h"

#include <algorithm>
#include <array>

#include "core/detect/FileNames.h"
#include "core/detect/Statements.h"
#include "core/detect/vision/Proposals.h"
#include "core/detect/vision/Questions.h"
#include "core/intake/Format.h"
#include "core/intake/image/Metadata.h"
#include "core/model/Raster.h"

namespace kamei::detect {
namespace {

using intake::image::MetadataEntry;

// Statements that tell of a person, a place, a time or a device; the first row that fits decides. Pixel
// layout, exposure and colour say nothing and go without a finding. Keys: Exif 2.32, IPTC-IIM 4.2, XMP.
constexpr std::array kRows{
    KeyRow{"ExposureTime", "", ""},
    KeyRow{"LightSource", "", ""},
    KeyRow{"FileSource", "", ""},
    KeyRow{"SubjectDistance", "", ""},
    KeyRow{"SubjectLocation", "", ""}, // in pixels
    KeyRow{"SubjectArea", "", ""},
    KeyRow{"GPS", "ADDRESS", "any.address-lot"},
    KeyRow{"Location", "ADDRESS", "any.address-lot"},
    KeyRow{".City", "ADDRESS", "any.address-municipality"},
    KeyRow{"Province", "ADDRESS", "any.address-municipality"},
    KeyRow{"Artist", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Author", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Byline", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"reator", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Owner", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Writer", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Contact", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"PersonInImage", "PATIENT_NAME", "clinical-text.patient-name"},
    KeyRow{"Copyright", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"Credit", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"Source", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"Serial", "EXAM_ID", "physiology.device-id"},
    KeyRow{"UniqueID", "EXAM_ID", "physiology.device-id"},
    KeyRow{"DocumentID", "EXAM_ID", "physiology.device-id"},
    KeyRow{"InstanceID", "EXAM_ID", "physiology.device-id"},
    KeyRow{"HostComputer", "EXAM_ID", "physiology.device-id"},
    KeyRow{"CameraLabel", "EXAM_ID", "physiology.device-id"},
    KeyRow{"Date", "DATE", "any.dates"},
    KeyRow{"tIME", "DATE", "any.dates"},
    KeyRow{"Time", "DATE", "any.dates"},
    KeyRow{"Comment", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Description", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Caption", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Title", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"ObjectName", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Headline", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Keywords", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"subject", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Subject", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"PageName", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"DocumentName", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"Text", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"tEXt", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"zTXt", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"iTXt", "COMMENT", "dicom.acquisition-comments"},
    KeyRow{"MakerNote", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Thumbnail", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Trailer", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Unreadable", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"APP", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Xmp.", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Iptc.", "PRIVATE", "dicom.private-attributes"},
    KeyRow{"Tiff.", "PRIVATE", "dicom.private-attributes"},
};

/// What no row names: parts of a container, and tags that Exif 2.32 does not have.
constexpr KeyRow kOther{"", "PRIVATE", "dicom.private-attributes"};

/// Whether a key that no row names is known to tell of the camera's settings or the colours only: a tag that
/// Exif 2.32 has, or a part of a profile (its description and copyright have rows).
bool isHarmless(std::string_view key) {
    return key.starts_with("Icc.") || (key.starts_with("Exif.") && key.find(".0x") == std::string_view::npos);
}

void addMetadata(const std::vector<MetadataEntry>& entries, Statements& gathered,
                 std::vector<model::Finding>& out) {
    for (const MetadataEntry& entry : entries) {
        const KeyRow* row = rowFor(kRows, entry.key);
        if (row == nullptr && !isHarmless(entry.key)) {
            row = &kOther;
        }
        if (row != nullptr && !row->label.empty() &&
            entry.value.find_first_not_of(std::string_view(" \0", 2)) != std::string::npos) {
            gathered.add(entry.key, entry.value, *row, out);
        }
    }
}

/// The pages of all sources, counted from 1 over them.
class Pages {
public:
    void add(const model::Source& source) {
        for (std::int32_t page = 1; page <= std::max(1, source.frames); ++page) {
            m_pages.push_back({&source, page});
        }
    }
    [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(m_pages.size()); }
    [[nodiscard]] const model::Raster& extent() const { return m_extent; }
    [[nodiscard]] std::vector<base::Error>& failed() { return m_failed; }

    /// Behind a page that cannot be read none is: of a source one error says it.
    base::Expected<model::Raster> picture(std::int32_t number) {
        const auto [source, page] = m_pages[static_cast<std::size_t>(number - 1)];
        if (source == m_broken) {
            return tl::unexpected(m_failed.back());
        }
        auto out = intake::decodePicture(*source, page);
        if (!out) {
            m_broken = source;
            m_failed.push_back(out.error());
            return out;
        }
        m_extent.width = std::max(m_extent.width, out->width);
        m_extent.height = std::max(m_extent.height, out->height);
        return out;
    }

private:
    struct Page {
        const model::Source* source = nullptr;
        std::int32_t number = 1;
    };
    std::vector<Page> m_pages;
    const model::Source* m_broken = nullptr;
    std::vector<base::Error> m_failed;
    model::Raster m_extent; ///< of the largest page; only its size is used
};

} // namespace

base::Expected<Detection> detectPicture(const model::Asset& asset, std::span<const model::Source> sources,
                                        const Context& context) {
    Detection out;
    Statements gathered(context);
    Pages pages;
    for (const model::Source& source : sources) {
        const auto content = intake::readContent(source);
        if (!content) {
            if (sources.size() == 1) {
                return tl::unexpected(content.error());
            }
            out.unexamined.push_back(content.error());
            continue;
        }
        addMetadata(intake::image::readMetadata(*content, source.format), gathered, out.findings);
        pages.add(source);
    }
    vision::Task task;
    task.frames = pages.count();
    task.facesEvery = 1;
    auto proposed =
        vision::propose([&](std::int32_t page) { return pages.picture(page); }, task, context.known, context);
    if (!proposed) {
        return tl::unexpected(proposed.error());
    }
    std::ranges::move(pages.failed(), std::back_inserter(out.unexamined));
    const std::int64_t pictures = pages.count();
    std::ranges::move(vision::ofTemplates(asset, pictures, context), std::back_inserter(out.findings));
    const model::RectPx extent{0, 0, pages.extent().width, pages.extent().height};
    out.findings.push_back(
        vision::question("image-content.face-photo", "FacePhoto", extent, pictures, context));
    out.findings.push_back(
        vision::question("image-content.burned-in-text", "BurnedInAnnotation", extent, pictures, context));
    std::ranges::move(proposed->findings, std::back_inserter(out.findings));
    if (asset.subject.valid()) { // what an unknown person's picture says would be looked for in everybody's
        out.known = std::move(proposed->known);
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect
