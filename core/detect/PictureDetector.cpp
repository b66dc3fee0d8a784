#include "core/detect/PictureDetector.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/vision/Proposals.h"
#include "core/intake/Format.h"
#include "core/intake/image/Metadata.h"
#include "core/model/Raster.h"

namespace kamei::detect {
namespace {

using intake::image::MetadataEntry;
using model::Action;
using model::Category;
using model::Requirement;
using Kind = model::Locator::Kind;

struct KeyRow {
    std::string_view part;  ///< of the key
    std::string_view label; ///< empty: tells of the exposure or the layout only
    std::string_view rule;
};

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

void addMetadata(const std::vector<MetadataEntry>& entries, const Context& context,
                 std::vector<model::Finding>& out, std::map<std::string, std::size_t>& byKey) {
    for (const MetadataEntry& entry : entries) {
        const auto* const row = std::find_if(kRows.begin(), kRows.end(), [&entry](const KeyRow& r) {
            return entry.key.find(r.part) != std::string::npos;
        });
        if (row == kRows.end() || row->label.empty() ||
            entry.value.find_first_not_of(std::string_view(" \0", 2)) == std::string::npos) {
            continue;
        }
        const auto [place, fresh] = byKey.try_emplace(entry.key, out.size());
        if (!fresh) {
            ++out[place->second].instances;
            continue;
        }
        model::Finding finding;
        finding.locator.kind = Kind::Metadata;
        finding.locator.path = entry.key;
        finding.text = shortened(entry.value);
        finding.label = row->label;
        gradeByRule(finding, row->rule, Action::Delete, context);
        // Staging writes no metadata at all, whatever a policy says: the suggestion says what will be.
        finding.suggested = finding.action = Action::Delete;
        finding.detector = "metadata";
        out.push_back(std::move(finding));
    }
}

// Whether a picture shows a face or letters nobody but a person can say; until then it is open (5.4.3). The
// suggestion covers the whole picture: accepting it without a look destroys everything rather than nothing.
model::Finding question(std::string_view rule, std::string_view label, std::int64_t pictures,
                        const model::Raster& extent, const Context& context) {
    model::Finding finding;
    finding.locator.kind = Kind::Pixels;
    finding.locator.rect = {0, 0, extent.width, extent.height};
    gradeByRule(finding, rule, Action::Mask, context);
    finding.label = label;
    finding.detector = "picture";
    finding.confidence = 0.5;
    finding.instances = pictures;
    return finding;
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

void addTemplates(const model::Asset& asset, const Context& context, std::vector<model::Finding>& out) {
    for (const DeviceTemplate& row : context.templates) {
        if (row.device.empty() || row.device != asset.device) {
            continue;
        }
        model::Finding finding;
        finding.locator.kind = Kind::Pixels;
        finding.locator.rect = row.mask.rect;
        finding.locator.frames = row.mask.frames;
        gradeByRule(finding, "image-content.burned-in-text", Action::Mask, context);
        finding.label = row.label;
        finding.detector = "mask.template";
        finding.origin = model::Origin::Device;
        finding.detail = "{\"mask\":" + model::toJson(row.mask) + "}";
        out.push_back(std::move(finding));
    }
}

} // namespace

base::Expected<Detection> detectPicture(const model::Asset& asset, std::span<const model::Source> sources,
                                        const Context& context) {
    Detection out;
    std::map<std::string, std::size_t> byKey;
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
        addMetadata(intake::image::readMetadata(*content, source.format), context, out.findings, byKey);
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
    addTemplates(asset, context, out.findings);
    const std::int64_t pictures = pages.count();
    out.findings.push_back(
        question("image-content.face-photo", "FacePhoto", pictures, pages.extent(), context));
    out.findings.push_back(
        question("image-content.burned-in-text", "BurnedInAnnotation", pictures, pages.extent(), context));
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
