#include "core/intake/volume/FrameHeaders.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace kamei::intake::volume {
namespace {

using dicom::Element;
using dicom::Instance;
using dicom::Tag;
namespace tags = dicom::tags;
namespace vr = dicom::vr;

constexpr Tag kPosition = 0x00200032, kOrientation = 0x00200037, kSpacing = 0x00280030,
              kThickness = 0x00180050, kBetween = 0x00180088, kTilt = 0x00181120,
              kFrameOfReference = 0x00200052, kShared = 0x52009229, kPerFrame = 0x52009230,
              kPlanePosition = 0x00209113, kPlaneOrientation = 0x00209116, kMeasures = 0x00289110,
              kTransformation = 0x00289145, kFrameContent = 0x00209111, kFrameType = 0x00089007;
constexpr std::int64_t kMostFrames = 1'000'000;

/// Sequences whose item holds Frame Type: CT, MR and PET (PS3.3 2024b C.8.15.3.1, C.8.13.5.1, C.8.22.5.1), MR
/// spectroscopy left out.
constexpr std::array<Tag, 3> kFrameTypes{0x00189329, 0x00189226, 0x00189751};

/// Attributes that tell frames of one place apart, with the functional group that holds them; 0: in the data
/// set itself.
struct Distinction {
    Tag group;
    Tag tag;
};
constexpr std::array kDistinctions{
    Distinction{kFrameContent, 0x00209056}, // Stack ID
    Distinction{0, 0x00200012},             // Acquisition Number
    Distinction{kFrameContent, 0x00209156}, // Frame Acquisition Number
    Distinction{0, 0x00200100},             // Temporal Position Identifier
    Distinction{kFrameContent, 0x00209128}, // Temporal Position Index
    Distinction{0, 0x00180086},             // Echo Numbers
    Distinction{0, 0x00180081},             // Echo Time
    Distinction{0x00189114, 0x00189082},    // Effective Echo Time
    Distinction{0, 0x00189087},             // Diffusion b-value
    Distinction{0x00189117, 0x00189087},    //
    Distinction{0, tags::ImageType},        //
    Distinction{0, 0x00181060},             // Trigger Time
    Distinction{0, 0x00181210},             // Convolution Kernel
    Distinction{0, 0x00080032},             // Acquisition Time
    Distinction{0, 0x0020000E},             // Series Instance UID: mixed by an archive
};

std::optional<double> parsed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '+')) {
        text.remove_prefix(1);
    }
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && std::isfinite(out) ? std::optional(out) : std::nullopt;
}

std::optional<double> numberAt(const Instance& instance, const Element& element, std::size_t index) {
    if (element.kind != Element::Kind::Value) {
        return std::nullopt;
    }
    if (element.vr == vr::FD || element.vr == vr::FL || element.vr == vr::US) {
        const auto bytes = instance.value(element);
        const std::size_t size = dicom::numberSize(element.vr);
        if (bytes.size() < (index + 1) * size) {
            return std::nullopt;
        }
        std::uint64_t raw = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t at = element.syntax.bigEndian ? i : size - 1 - i;
            raw = raw << 8 | std::to_integer<std::uint64_t>(bytes[index * size + at]);
        }
        const double out = element.vr == vr::FD   ? std::bit_cast<double>(raw)
                           : element.vr == vr::FL ? std::bit_cast<float>(static_cast<std::uint32_t>(raw))
                                                  : static_cast<double>(raw);
        return std::isfinite(out) ? std::optional(out) : std::nullopt;
    }
    std::string_view text = instance.text(element);
    for (; index > 0; --index) {
        const std::size_t cut = text.find('\\');
        if (cut == std::string_view::npos) {
            return std::nullopt;
        }
        text.remove_prefix(cut + 1);
    }
    return parsed(text.substr(0, text.find('\\')));
}

template <std::size_t Count>
std::optional<std::array<double, Count>> numbers(const Instance& instance, const Element* element) {
    if (element == nullptr) {
        return std::nullopt;
    }
    std::array<double, Count> out{};
    for (std::size_t i = 0; i < Count; ++i) {
        const auto value = numberAt(instance, *element, i);
        if (!value) {
            return std::nullopt;
        }
        out[i] = *value;
    }
    return out;
}

/// Where the functional groups of frames lie on the tape.
class Groups {
public:
    explicit Groups(const Instance& instance) : m_instance(instance) {
        m_shared = items(kShared);
        m_frames = items(kPerFrame);
    }
    [[nodiscard]] bool any() const { return !m_frames.empty() || !m_shared.empty(); }

    /// The attribute of a frame: in the group of its own item, else of the shared one.
    [[nodiscard]] const Element* find(std::size_t frame, Tag group, Tag tag) const {
        if (frame < m_frames.size()) {
            if (const Element* found = within(m_frames[frame], group, tag)) {
                return found;
            }
        }
        return m_shared.empty() ? nullptr : within(m_shared.front(), group, tag);
    }

private:
    [[nodiscard]] std::vector<std::size_t> items(Tag sequence) const {
        const auto& tape = m_instance.elements();
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < tape.size(); i = tape[i].next) {
            if (tape[i].tag != sequence || tape[i].kind != Element::Kind::Sequence) {
                continue;
            }
            for (std::size_t item = i + 1; item < tape[i].next; item = tape[item].next) {
                out.push_back(item);
            }
        }
        return out;
    }
    [[nodiscard]] const Element* inItem(std::size_t item, Tag tag) const {
        const auto& tape = m_instance.elements();
        for (std::size_t i = item + 1; i < tape[item].next; i = tape[i].next) {
            if (tape[i].tag == tag) {
                return &tape[i];
            }
        }
        return nullptr;
    }
    [[nodiscard]] const Element* within(std::size_t item, Tag group, Tag tag) const {
        const Element* sequence = inItem(item, group);
        if (sequence == nullptr || sequence->kind != Element::Kind::Sequence) {
            return nullptr;
        }
        const auto at = static_cast<std::size_t>(sequence - m_instance.elements().data());
        return at + 1 < sequence->next ? inItem(at + 1, tag) : nullptr;
    }

    const Instance& m_instance;
    std::vector<std::size_t> m_shared;
    std::vector<std::size_t> m_frames;
};

bool hasValue(std::string_view values, std::string_view wanted) {
    while (!values.empty()) {
        const std::size_t cut = values.find('\\');
        std::string_view value = values.substr(0, cut);
        while (!value.empty() && value.back() == ' ') {
            value.remove_suffix(1);
        }
        if (value == wanted) {
            return true;
        }
        values.remove_prefix(cut == std::string_view::npos ? values.size() : cut + 1);
    }
    return false;
}

class Reader {
public:
    explicit Reader(const Instance& instance) : m_instance(instance), m_groups(instance) {}

    std::vector<FrameHeader> read() {
        const auto stated = m_instance.number(tags::NumberOfFrames).value_or(1);
        if (!m_instance.pixels() || stated < 1 || stated > kMostFrames) {
            return {};
        }
        FrameHeader shared;
        shared.rows = static_cast<std::int32_t>(m_instance.number(tags::Rows).value_or(0));
        shared.columns = static_cast<std::int32_t>(m_instance.number(tags::Columns).value_or(0));
        shared.colour = m_instance.number(tags::SamplesPerPixel).value_or(1) > 1 ||
                        !m_instance.text(tags::Photometric).starts_with("MONOCHROME");
        const auto allocated = m_instance.number(tags::BitsAllocated).value_or(16);
        shared.bits = static_cast<std::int32_t>(
            std::clamp<std::int64_t>(m_instance.number(tags::BitsStored).value_or(allocated), 1, 32));
        shared.isSigned = m_instance.number(tags::PixelRepresentation).value_or(0) == 1;
        shared.isFloat = m_instance.pixels()->tag != tags::PixelData;
        shared.modality = m_instance.text(tags::Modality);
        shared.frameOfReference = m_instance.text(kFrameOfReference);
        shared.number = m_instance.number(tags::InstanceNumber).value_or(0);
        shared.tilt = m_instance.decimal(kTilt);
        std::vector<FrameHeader> out;
        out.reserve(static_cast<std::size_t>(stated));
        for (std::int64_t frame = 0; frame < stated; ++frame) {
            FrameHeader header = shared;
            header.frame = static_cast<std::int32_t>(frame + 1);
            fill(header, static_cast<std::size_t>(frame), stated);
            out.push_back(std::move(header));
        }
        return out;
    }

private:
    /// Of a frame's group, else of the data set. What a data set says once is true of a single frame only
    /// where it is a place.
    [[nodiscard]] const Element* find(std::size_t frame, Tag group, Tag tag, bool once) const {
        const Element* found = m_groups.any() ? m_groups.find(frame, group, tag) : nullptr;
        return found != nullptr || !once ? found : m_instance.find(tag);
    }

    void fill(FrameHeader& out, std::size_t frame, std::int64_t frames) const {
        const bool single = frames == 1;
        out.position = numbers<3>(m_instance, find(frame, kPlanePosition, kPosition, single));
        out.orientation = numbers<6>(m_instance, find(frame, kPlaneOrientation, kOrientation, true));
        out.spacing = numbers<2>(m_instance, find(frame, kMeasures, kSpacing, true));
        const auto one = [&](Tag group, Tag tag) {
            const Element* element = find(frame, group, tag, true);
            return element == nullptr ? std::nullopt : numberAt(m_instance, *element, 0);
        };
        out.thickness = one(kMeasures, kThickness);
        out.between = one(kMeasures, kBetween);
        out.slope = one(kTransformation, tags::RescaleSlope).value_or(1);
        out.slope = out.slope == 0 ? 1 : out.slope;
        out.intercept = one(kTransformation, tags::RescaleIntercept).value_or(0);
        out.imageType = m_instance.text(tags::ImageType);
        for (const Tag group : kFrameTypes) {
            if (const Element* type = m_groups.find(frame, group, kFrameType)) {
                out.imageType = m_instance.text(*type);
            }
        }
        out.rendering = renderingOf(out.imageType, m_instance.text(tags::SopClass));
        for (const Distinction& row : kDistinctions) {
            const Element* found =
                row.group == 0 ? m_instance.find(row.tag) : m_groups.find(frame, row.group, row.tag);
            std::string value;
            if (found != nullptr && found->kind == Element::Kind::Value) {
                const auto bytes = m_instance.value(*found);
                value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            }
            out.distinctions.push_back(std::move(value));
        }
    }

    const Instance& m_instance;
    Groups m_groups;
};

} // namespace

std::string renderingOf(std::string_view imageType, std::string_view sopClass) {
    const auto any = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words, [&](std::string_view word) { return hasValue(imageType, word); });
    };
    if (any({"LOCALIZER", "SCOUT", "TOPOGRAM", "SCANOGRAM"})) {
        return "localizer";
    }
    if (any({"VRT", "VOLUME_RENDER", "VOLUME RENDERED", "VOLREN", "3D", "SSD", "SHADED", "SURFACE", "CPR",
             "3D_RENDERING", "VR"})) {
        return "rendering";
    }
    if (any({"MIP", "MAX_IP", "MIN_IP", "MINIP", "PROJECTION IMAGE", "PROJECTION", "MAXIMUM", "MNIP"})) {
        return "projection";
    }
    if (any({"MOSAIC"})) {
        return "mosaic";
    }
    return sopClass.starts_with("1.2.840.10008.5.1.4.1.1.7") ? "rendering" : "";
}

std::vector<FrameHeader> frameHeaders(const Instance& instance) {
    return Reader(instance).read();
}

} // namespace kamei::intake::volume
