#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/dicom/VideoStream.h"
#include "core/intake/video/Video.h"

namespace kamei::intake::dicom {
namespace {

constexpr std::string_view kSlideClass = "1.2.840.10008.5.1.4.1.1.77.1.6";
constexpr std::array<std::string_view, 3> kVideoClasses{"1.2.840.10008.5.1.4.1.1.77.1.1.1",
                                                        "1.2.840.10008.5.1.4.1.1.77.1.2.1",
                                                        "1.2.840.10008.5.1.4.1.1.77.1.4.1"};

/// Frames of a stream of video are counted in it: what the header states of them is often wrong. Nothing
/// where the stream cannot be opened; `doubt` says why.
std::optional<std::int32_t> framesOfVideo(const Location& location, const Instance& instance,
                                          std::optional<base::Error>& doubt) {
    if (!holdsVideo(instance)) {
        return std::nullopt;
    }
    const bool file = location.member.empty() && !location.path.empty();
    const auto whole = instance.fragments().empty() && file ? Instance::open(location.path)
                                                            : base::fail(base::ErrorCode::NotFound, "");
    const auto bytes = videoBytes(whole ? *whole : instance, file ? location.path : std::filesystem::path());
    if (!bytes) {
        doubt = bytes.error();
        return std::nullopt;
    }
    const auto index = video::indexOf(*bytes, videoName(location.path, location.member));
    if (!index) {
        doubt = index.error();
        return std::nullopt;
    }
    if ((*index)->facts.truncated) {
        doubt = base::Error{base::ErrorCode::Truncated, {"video"}, "intake.describe.video"};
    }
    return (*index)->facts.frames;
}

class Describer {
public:
    explicit Describer(const Instance& instance)
        : m_instance(instance), m_set(CharacterSet::fromValue(instance.text(tags::SpecificCharacterSet))) {}

    /// `counted`: frames of a stream of video.
    Description describe(std::optional<std::int32_t> counted) const {
        Description out;
        out.kind = kind();
        out.group = std::string(m_instance.text(tags::SeriesInstance));
        out.modality = text(tags::Modality);
        out.title = text(tags::SeriesDescription);
        if (out.title.empty()) {
            out.title = out.modality;
        }
        if (m_instance.pixels()) {
            out.device = device(out.modality);
            out.frames = counted ? *counted : frames();
        }
        out.order = m_instance.number(tags::InstanceNumber).value_or(0);
        out.facts = facts(out.frames);
        out.subject = subject();
        return out;
    }

private:
    std::string text(Tag tag) const {
        const Element* element = m_instance.find(tag);
        if (element == nullptr || element->kind != Element::Kind::Value) {
            return {};
        }
        std::string all = m_set.decode(m_instance.text(*element), element->vr).utf8;
        return std::string(valuesOf(all, element->vr).front());
    }

    std::string sopClass() const {
        std::string out(m_instance.text(tags::SopClass));
        for (const Element& element : m_instance.meta()) {
            if (out.empty() && element.tag == tags::MediaStorageSopClass) {
                const auto raw = m_instance.metaValue(element);
                out.assign(reinterpret_cast<const char*>(raw.data()), raw.size());
                out.resize(out.find_last_not_of(std::string_view("\0 ", 2)) + 1);
            }
        }
        return out;
    }

    model::AssetKind kind() const {
        if (!m_instance.pixels()) {
            return model::AssetKind::DicomDocument;
        }
        const std::string uid = sopClass();
        if (uid == kSlideClass) {
            return model::AssetKind::DicomSlide;
        }
        const bool video = std::ranges::find(kVideoClasses, uid) != kVideoClasses.end();
        return video || isVideoSyntax(m_instance.transferSyntax()) ? model::AssetKind::DicomVideo
                                                                   : model::AssetKind::DicomSeries;
    }

    std::string device(const std::string& modality) const {
        return text(tags::Manufacturer) + '|' + text(tags::ManufacturerModel) + '|' +
               text(tags::SoftwareVersions) + '|' +
               std::to_string(m_instance.number(tags::Rows).value_or(0)) + 'x' +
               std::to_string(m_instance.number(tags::Columns).value_or(0)) + '|' + text(tags::Photometric) +
               '|' + modality;
    }

    /// What the header states, but never more than the pixel data can hold: a stated number without
    /// data behind it would make the window ask for millions of pictures.
    std::int32_t frames() const {
        const std::int64_t stated =
            std::max<std::int64_t>(1, m_instance.number(tags::NumberOfFrames).value_or(1));
        std::int64_t most = std::numeric_limits<std::int32_t>::max();
        const PixelLocation& pixels = *m_instance.pixels();
        if (!pixels.encapsulated) {
            const auto bits = static_cast<std::uint64_t>(m_instance.number(tags::BitsAllocated).value_or(8));
            const auto samples =
                static_cast<std::uint64_t>(m_instance.number(tags::SamplesPerPixel).value_or(1));
            const auto rows = static_cast<std::uint64_t>(m_instance.number(tags::Rows).value_or(0));
            const auto columns = static_cast<std::uint64_t>(m_instance.number(tags::Columns).value_or(0));
            const std::uint64_t frameBits = rows * columns * samples * bits; // below 2^64: US values
            most = frameBits == 0
                       ? 1
                       : std::max<std::int64_t>(1, static_cast<std::int64_t>(pixels.length * 8 / frameBits));
        } else if (!m_instance.fragments().empty() && !isVideoSyntax(m_instance.transferSyntax())) {
            most = std::max<std::int64_t>(1, static_cast<std::int64_t>(m_instance.fragments().size()) - 1);
        }
        return static_cast<std::int32_t>(
            std::min(stated, std::min<std::int64_t>(most, std::numeric_limits<std::int32_t>::max())));
    }

    std::string facts(std::int32_t frameCount) const {
        nlohmann::ordered_json out;
        out["sop"] = m_instance.text(tags::SopInstance);
        out["class"] = sopClass();
        out["ts"] = m_instance.transferSyntax();
        out["number"] = m_instance.number(tags::InstanceNumber).value_or(0);
        out["frames"] = frameCount;
        out["rows"] = m_instance.number(tags::Rows).value_or(0);
        out["columns"] = m_instance.number(tags::Columns).value_or(0);
        out["photometric"] = m_instance.text(tags::Photometric);
        out["bits"] = m_instance.number(tags::BitsStored).value_or(0);
        return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }

    void addNames(Tag tag, std::vector<std::string>& out) const {
        const Element* element = m_instance.find(tag);
        if (element == nullptr || element->kind != Element::Kind::Value) {
            return;
        }
        const std::string all = m_set.decode(m_instance.text(*element), vr::PN).utf8;
        for (std::string_view value : valuesOf(all, vr::PN)) {
            while (!value.empty()) {
                const std::size_t cut = value.find('=');
                std::string name(value.substr(0, cut));
                value.remove_prefix(cut == std::string_view::npos ? value.size() : cut + 1);
                while (!name.empty() && (name.back() == ' ' || name.back() == '^')) {
                    name.pop_back();
                }
                if (!name.empty() && std::ranges::find(out, name) == out.end()) {
                    out.push_back(std::move(name));
                }
            }
        }
    }

    model::SubjectHint subject() const {
        model::SubjectHint out;
        out.patientId = text(tags::PatientId);
        out.issuer = text(tags::IssuerOfPatientId);
        addNames(tags::PatientName, out.names);
        addNames(tags::OtherPatientNames, out.names);
        std::ranges::copy_if(m_instance.text(tags::BirthDate), std::back_inserter(out.birthDate),
                             [](char c) { return c >= '0' && c <= '9'; }); // ACR-NEMA wrote 1970.01.31
        if (out.birthDate.size() != 8) {
            out.birthDate.clear();
        }
        out.sex = text(tags::Sex);
        return out;
    }

    const Instance& m_instance;
    CharacterSet m_set;
};

} // namespace

base::Expected<Description> describeDicom(const Location& location, std::string_view content) {
    std::uint64_t size = content.size();
    if (location.member.empty() && !location.path.empty()) {
        if (const auto stamp = base::fileStamp(location.path)) {
            size = std::max(size, stamp->size);
        }
    }
    const auto bytes = std::as_bytes(std::span(content.data(), content.size()));
    auto instance = Instance::ofMemory(bytes, size);
    if (!instance && size > content.size() && instance.error().code == base::ErrorCode::Truncated) {
        instance = Instance::open(location.path); // the header is longer than the part that was given
    }
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    std::optional<base::Error> doubt;
    const auto counted = framesOfVideo(location, *instance, doubt);
    Description out = Describer(*instance).describe(counted);
    if (doubt) {
        out.doubts.push_back(std::move(*doubt));
    }
    return out;
}

} // namespace kamei::intake::dicom
