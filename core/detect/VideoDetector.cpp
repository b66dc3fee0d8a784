#include "core/detect/VideoDetector.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/detect/FileNames.h"
#include "core/detect/Statements.h"
#include "core/detect/attribute/AttributeDetector.h"
#include "core/detect/vision/Proposals.h"
#include "core/detect/vision/Questions.h"
#include "core/intake/Format.h"
#include "core/intake/dicom/VideoStream.h"
#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"

namespace kamei::detect {
namespace {

using intake::video::Bytes;
using intake::video::Facts;
using intake::video::Statement;
using Kind = model::Locator::Kind;

// The first row that fits decides. Keys: intake::video::Statement; tags as QuickTime, ISO/IEC 14496-12, RIFF
// INFO and Matroska name them, in lower case.
constexpr std::array kRows{
    KeyRow{"video.audio", "VOICE", "any.voice"},
    KeyRow{"video.othervideo", "VIDEO", "any.video"},
    KeyRow{"video.cover", "VIDEO", "any.video"},
    KeyRow{"video.hiddenframes", "VIDEO", "any.video"},
    KeyRow{"video.subtitle", "COMMENT", "clinical-text.unseen-content"},
    KeyRow{"video.attachment", "COMMENT", "clinical-text.unseen-content"},
    KeyRow{"video.data", "PRIVATE", "clinical-text.unseen-content"},
    KeyRow{"video.userdata", "PRIVATE", "clinical-text.unseen-content"},
    KeyRow{"location", "ADDRESS", "any.address-lot"},
    KeyRow{"gps", "ADDRESS", "any.address-lot"},
    KeyRow{"artist", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"author", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"performer", "PATIENT_NAME", "clinical-text.patient-name"},
    KeyRow{"copyright", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"publisher", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"service", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"creation_time", "DATE", "any.dates"},
    KeyRow{"date", "DATE", "any.dates"},
    KeyRow{"timecode", "DATE", "any.dates"},
    KeyRow{"serial", "EXAM_ID", "physiology.device-id"},
    KeyRow{"identifier", "EXAM_ID", "physiology.device-id"},
};

constexpr KeyRow kOther{"", "COMMENT", "clinical-text.file-information"};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

void addStatements(const std::vector<Statement>& statements, Statements& gathered, Detection& out) {
    for (const Statement& statement : statements) {
        const KeyRow* const row = rowFor(kRows, lower(statement.key));
        gathered.add(statement.key, statement.value, row == nullptr ? kOther : *row, out.findings);
    }
}

model::RectPx extentOf(const Facts& facts) {
    return {0, 0, facts.width, facts.height};
}

/// Tells the reviewer that every picture loses a little by being coded anew, and why.
model::Finding notice(const std::string& why) {
    model::Finding finding;
    finding.locator.kind = Kind::Asset;
    finding.text = "whole: " + why;
    finding.label = "CODED_ANEW";
    finding.rule = "any.video";
    finding.category = model::Category::None;
    finding.requirement = model::Requirement::None;
    finding.suggested = finding.action = model::Action::Keep;
    finding.detector = "video";
    return finding;
}

/// The stream of video in a DICOM object; nothing in objects without one.
base::Expected<std::optional<Bytes>> streamIn(const model::Source& source) {
    std::string content; // of a member of an archive; outlives the instance
    auto instance = [&]() -> base::Expected<intake::dicom::Instance> {
        if (source.member.empty()) {
            return intake::dicom::Instance::open(source.path);
        }
        auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        content = std::move(*bytes);
        return intake::dicom::Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
    }();
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    if (!intake::dicom::holdsVideo(*instance)) {
        return std::optional<Bytes>();
    }
    auto bytes = intake::dicom::videoBytes(*instance, source.member.empty() ? source.path : "");
    return bytes ? base::Expected<std::optional<Bytes>>(std::move(*bytes)) : tl::unexpected(bytes.error());
}

base::Expected<Bytes> bytesOf(const model::Source& source) {
    if (!source.member.empty()) {
        auto content = intake::readContent(source);
        return content ? base::Expected<Bytes>(Bytes::ofMemory(std::move(*content)))
                       : tl::unexpected(content.error());
    }
    auto bytes = Bytes::ofFile(source.path);
    if (bytes && source.stamp != base::FileStamp{} && bytes->stamp() != source.stamp) {
        return base::fail(base::ErrorCode::SourceChanged, "detect.video");
    }
    return bytes;
}

base::Expected<Facts> examine(const Bytes& bytes, const std::string& name, const Context& context,
                              Detection& out, Statements& gathered) {
    const auto index = intake::video::indexOf(bytes, name, context.stop);
    if (!index) {
        return tl::unexpected(index.error());
    }
    const auto statements = intake::video::readStatements(bytes, **index);
    if (!statements) {
        return tl::unexpected(statements.error());
    }
    addStatements(*statements, gathered, out);
    const auto missing = intake::video::missingFrames(bytes, *index, context.stop);
    if (!missing) {
        return tl::unexpected(missing.error());
    }
    if (*missing > 0) {
        out.unexamined.push_back(
            {base::ErrorCode::Malformed, {std::to_string(*missing)}, "detect.video.frames"});
    }
    return (*index)->facts;
}

/// The frames of all videos of an asset, counted from 1 over them.
class Frames {
public:
    void add(const model::Source& source, std::int32_t frames) {
        m_parts.push_back({&source, m_count});
        m_count += frames;
    }
    [[nodiscard]] std::int32_t count() const { return m_count; }
    [[nodiscard]] base::Expected<model::Raster> picture(std::int32_t number) const {
        const auto part = std::ranges::find_if(m_parts.rbegin(), m_parts.rend(),
                                               [number](const Part& p) { return p.before < number; });
        return intake::decodePicture(*part->source, number - part->before);
    }

private:
    struct Part {
        const model::Source* source = nullptr;
        std::int32_t before = 0; ///< frames of the sources before it
    };
    std::vector<Part> m_parts;
    std::int32_t m_count = 0;
};

/// Letters on every frame, laid over each other by half seconds; faces three times a second, tied together.
vision::Task taskFor(std::int32_t frames, bool turned) {
    vision::Task out;
    out.frames = frames;
    out.together = 16;
    out.codesEvery = 30;
    out.facesEvery = 10;
    out.faceRule = "image-content.video-face";
    out.lying = turned;
    out.moving = true;
    return out;
}

base::Expected<void> proposeMasks(const model::Asset& asset, const Frames& pictures, bool turned,
                                  const Context& context, Detection& out) {
    auto proposed = vision::propose([&](std::int32_t frame) { return pictures.picture(frame); },
                                    taskFor(pictures.count(), turned), context.known, context);
    if (!proposed) {
        return tl::unexpected(proposed.error());
    }
    std::ranges::move(proposed->findings, std::back_inserter(out.findings));
    out.cuts = std::move(proposed->cuts);
    if (asset.subject.valid()) { // what an unknown person's video says would be looked for in everybody's
        std::ranges::move(proposed->known, std::back_inserter(out.known));
    }
    return {};
}

} // namespace

base::Expected<Detection> detectVideo(const model::Asset& asset, std::span<const model::Source> sources,
                                      const Context& context) {
    Detection out;
    Statements gathered(context);
    Facts extent;
    std::int64_t frames = 0;
    Frames pictures;
    bool turned = false;
    for (const model::Source& source : sources) {
        const auto bytes = bytesOf(source);
        const auto facts =
            bytes ? examine(*bytes, source.member.empty() ? source.path.string() : "", context, out, gathered)
                  : tl::unexpected(bytes.error());
        if (!facts) {
            if (sources.size() == 1 || facts.error().code == base::ErrorCode::Cancelled) {
                return tl::unexpected(facts.error());
            }
            out.unexamined.push_back(facts.error());
            continue;
        }
        frames += facts->frames;
        pictures.add(source, facts->frames);
        turned = turned || facts->rotation != 0;
        extent.width = std::max(extent.width, facts->width);
        extent.height = std::max(extent.height, facts->height);
        extent.whole = extent.whole.empty() ? facts->whole : extent.whole;
    }
    if (auto done = proposeMasks(asset, pictures, turned, context, out); !done) {
        return tl::unexpected(done.error());
    }
    std::ranges::move(vision::ofTemplates(asset, frames, context), std::back_inserter(out.findings));
    out.findings.push_back(
        vision::question("image-content.video-face", "FacePhoto", extentOf(extent), frames, context));
    out.findings.push_back(vision::question("image-content.burned-in-text", "BurnedInAnnotation",
                                            extentOf(extent), frames, context));
    if (!extent.whole.empty()) {
        out.findings.push_back(notice(extent.whole));
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    return out;
}

base::Expected<Detection> detectDicomOrVideo(const model::Asset& asset,
                                             std::span<const model::Source> sources, const Context& context) {
    auto out = attribute::detectDicom(asset, sources, context);
    if (!out || asset.kind != model::AssetKind::DicomVideo) {
        return out;
    }
    Statements gathered(context);
    Facts extent;
    std::int64_t frames = 0;
    Frames pictures;
    for (const model::Source& source : sources) {
        pictures.add(source, source.frames);
        const auto bytes = streamIn(source);
        if (bytes && !*bytes) {
            continue; // single pictures of a video class
        }
        const auto facts = bytes ? examine(**bytes, intake::dicom::videoName(source.path, source.member),
                                           context, *out, gathered)
                                 : tl::unexpected(bytes.error());
        if (!facts) {
            if (facts.error().code == base::ErrorCode::Cancelled) {
                return tl::unexpected(facts.error());
            }
            out->unexamined.push_back(facts.error());
            continue;
        }
        frames += facts->frames;
        extent.width = std::max(extent.width, facts->width);
        extent.height = std::max(extent.height, facts->height);
        extent.whole = extent.whole.empty() ? facts->whole : extent.whole;
    }
    if (auto done = proposeMasks(asset, pictures, false, context, *out); !done) {
        return tl::unexpected(done.error());
    }
    if (frames == 0) {
        return out;
    }
    out->findings.push_back(
        vision::question("image-content.video-face", "FacePhoto", extentOf(extent), frames, context));
    const auto asked = [](const model::Finding& finding) {
        return finding.rule == "image-content.burned-in-text" && finding.origin == model::Origin::Rule;
    };
    if (std::ranges::none_of(out->findings, asked)) {
        out->findings.push_back(vision::question("image-content.burned-in-text", "BurnedInAnnotation",
                                                 extentOf(extent), frames, context));
    }
    if (!extent.whole.empty()) {
        out->findings.push_back(notice(extent.whole));
    }
    return out;
}

} // namespace kamei::detect
