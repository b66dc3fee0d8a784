#include "core/transform/dicom/Preview.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <map>
#include <type_traits>
#include <utility>

#include "core/intake/Format.h"
#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/dicom/PrivateDictionary.h"
#include "core/transform/dicom/CompiledDicom.h"

namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace tags = intake::dicom::tags;
using dcm::Element;
using dcm::Instance;

constexpr std::string_view kPlace = "transform.dicom.preview";
constexpr std::size_t kMostCodePoints = 2000;
constexpr std::size_t kMostNumbers = 64;

std::string shortened(std::string text) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && points++ == kMostCodePoints) {
            text.resize(i);
        }
    }
    return text;
}

template <class Number> std::string numbersOf(std::span<const std::byte> bytes, bool bigEndian) {
    std::string out;
    for (std::size_t at = 0; at + sizeof(Number) <= bytes.size(); at += sizeof(Number)) {
        std::array<std::byte, sizeof(Number)> raw{};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), raw.size(), raw.begin());
        if (bigEndian) {
            std::reverse(raw.begin(), raw.end());
        }
        const auto number = std::bit_cast<Number>(raw);
        if constexpr (std::is_floating_point_v<Number>) {
            std::array<char, 32> text{};
            const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
            out += (out.empty() ? "" : "\\") + std::string(text.data(), end);
        } else {
            out += (out.empty() ? "" : "\\") + std::to_string(number);
        }
    }
    return out;
}

/// One side: its elements by path, in order.
class Side {
public:
    explicit Side(const Instance& instance) : m_instance(instance) {
        walk(0, instance.elements().size(), {}, 0, {});
    }

    std::vector<PreviewLine> lines;

private:
    void walk(std::size_t begin, std::size_t end, const std::string& prefix, int depth,
              dcm::CharacterSet set) {
        const auto& tape = m_instance.elements();
        std::map<Tag, std::string> creators;
        for (std::size_t i = begin; i < end; i = tape[i].next) {
            const Element& element = tape[i];
            if (element.tag == tags::SpecificCharacterSet) {
                set = dcm::CharacterSet::fromValue(m_instance.text(element));
            }
            if (dcm::isPrivateCreator(element.tag)) {
                creators[(element.tag & 0xFFFF0000) | ((element.tag & 0xFF) << 8)] =
                    set.decode(m_instance.text(element), dcm::vr::LO).utf8;
            }
            const auto owner =
                dcm::isPrivate(element.tag) ? creators.find(element.tag & 0xFFFFFF00) : creators.end();
            PreviewLine line = lineOf(element, prefix, depth, set,
                                      owner == creators.end() ? std::string_view{} : owner->second);
            const std::string path = line.path;
            lines.push_back(std::move(line));
            if (element.kind != Element::Kind::Sequence) {
                continue;
            }
            std::size_t number = 0;
            for (std::size_t k = i + 1; k < element.next; k = tape[k].next, ++number) {
                PreviewLine item;
                item.path = path + '[' + std::to_string(number) + ']';
                item.depth = depth + 1;
                item.isItem = true;
                const std::string inner = item.path + '.';
                lines.push_back(std::move(item));
                walk(k + 1, tape[k].next, inner, depth + 2, set);
            }
        }
    }

    PreviewLine lineOf(const Element& element, const std::string& prefix, int depth,
                       const dcm::CharacterSet& set, std::string_view creator) const {
        const auto* entry = dcm::Dictionary::shared().find(element.tag);
        const auto* known = dcm::PrivateDictionary::shared().find(creator, element.tag);
        const Vr vr = dcm::isPrivate(element.tag)
                          ? dcm::privateVr(creator, element.tag, element.vr, element.length)
                          : element.vr;
        PreviewLine out;
        out.tag = dcm::tagText(element.tag);
        out.path = prefix + out.tag;
        out.vr = dcm::vrText(vr);
        out.keyword = entry == nullptr ? "" : entry->keyword;
        out.name = entry != nullptr ? entry->name : known != nullptr ? known->name : "";
        out.creator = creator;
        out.depth = depth;
        out.isPrivate = dcm::isPrivate(element.tag);
        out.isSequence = element.kind == Element::Kind::Sequence;
        out.before = out.isSequence ? std::string{} : valueOf(element, vr, set);
        return out;
    }

    std::string valueOf(const Element& element, Vr vr, const dcm::CharacterSet& set) const {
        const bool pixels =
            m_instance.pixels() && element.depth == 0 && element.tag == m_instance.pixels()->tag;
        if (pixels) {
            return std::to_string(m_instance.pixels()->length) + " bytes";
        }
        const auto bytes = m_instance.value(element);
        const bool big = element.syntax.bigEndian;
        if (dcm::isTextVr(vr)) {
            return shortened(set.decode(m_instance.text(element), vr).utf8);
        }
        if (bytes.size() <= kMostNumbers * 8) {
            if (vr == dcm::vr::US) {
                return numbersOf<std::uint16_t>(bytes, big);
            }
            if (vr == dcm::vr::SS) {
                return numbersOf<std::int16_t>(bytes, big);
            }
            if (vr == dcm::vr::UL) {
                return numbersOf<std::uint32_t>(bytes, big);
            }
            if (vr == dcm::vr::SL) {
                return numbersOf<std::int32_t>(bytes, big);
            }
            if (vr == dcm::vr::FL) {
                return numbersOf<float>(bytes, big);
            }
            if (vr == dcm::vr::FD) {
                return numbersOf<double>(bytes, big);
            }
        }
        return std::to_string(bytes.size()) + " bytes";
    }

    const Instance& m_instance;
};

/// Lines of both sides in one list: each side keeps its order, what only one side has stands where it is
/// there.
std::vector<PreviewLine> merged(std::vector<PreviewLine> before, std::vector<PreviewLine> after) {
    std::map<std::string, std::size_t> later;
    for (std::size_t i = 0; i < after.size(); ++i) {
        later.emplace(after[i].path, i);
    }
    std::map<std::string, std::size_t> earlier;
    for (std::size_t i = 0; i < before.size(); ++i) {
        earlier.emplace(before[i].path, i);
    }
    std::vector<PreviewLine> out;
    std::size_t next = 0;
    const auto addAfter = [&](std::size_t until) {
        for (; next < until; ++next) {
            if (!earlier.contains(after[next].path)) {
                PreviewLine line = std::move(after[next]);
                line.after = std::move(line.before);
                line.before.clear();
                line.added = true;
                out.push_back(std::move(line));
            }
        }
    };
    for (PreviewLine& line : before) {
        const auto found = later.find(line.path);
        if (found == later.end()) {
            line.removed = true;
        } else {
            if (found->second >= next) {
                addAfter(found->second);
                next = found->second + 1;
            }
            line.after = after[found->second].before;
            line.changed = line.after != line.before;
        }
        out.push_back(std::move(line));
    }
    addAfter(after.size());
    return out;
}

/// `content` holds a member of an archive for as long as the instance is read.
base::Expected<Instance> opened(const model::Source& source, std::string& content) {
    if (source.member.empty()) {
        return Instance::open(source.path);
    }
    auto bytes = intake::readContent(source);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    content = std::move(*bytes);
    return Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
}

} // namespace

base::Expected<std::vector<PreviewLine>> compareDicom(const model::Source& source,
                                                      const model::Source& staged) {
    std::string content;
    const auto before = opened(source, content);
    std::string stagedContent;
    const auto after = before ? opened(staged, stagedContent) : tl::unexpected(before.error());
    if (!after) {
        return tl::unexpected(after.error());
    }
    return merged(Side(*before).lines, Side(*after).lines);
}

base::Expected<std::vector<PreviewLine>> previewDicom(const model::Source& source,
                                                      const Transform& transform) {
    const auto* compiled = dynamic_cast<const CompiledDicom*>(&transform);
    if (compiled == nullptr) {
        return base::fail(base::ErrorCode::InvalidArgument, kPlace);
    }
    std::string content;
    auto instance = opened(source, content);
    if (!instance) {
        return tl::unexpected(instance.error());
    }
    const auto header = compiled->header(*instance);
    if (!header) {
        return tl::unexpected(header.error());
    }
    const auto output = Instance::ofMemory(std::as_bytes(std::span(header->data(), header->size())));
    if (!output) {
        return tl::unexpected(output.error());
    }
    std::vector<PreviewLine> after = Side(*output).lines;
    // The pixel data's own element is not in the header: it stays, or its masks are seen in the picture.
    if (instance->pixels()) {
        const Element& pixels = instance->elements()[instance->pixels()->element];
        std::vector<PreviewLine> before = Side(*instance).lines;
        for (const PreviewLine& line : before) {
            if (line.depth == 0 && line.tag == dcm::tagText(pixels.tag)) {
                after.push_back(line);
            }
        }
        return merged(std::move(before), std::move(after));
    }
    return merged(Side(*instance).lines, std::move(after));
}

bool pathMatches(std::string_view findingPath, std::string_view concretePath) {
    const auto finding = dcm::pathFromText(findingPath);
    const auto concrete = dcm::pathFromText(concretePath);
    if (finding.empty() || finding.size() != concrete.size()) {
        return false;
    }
    for (std::size_t i = 0; i < finding.size(); ++i) {
        const bool item = finding[i].item == concrete[i].item ||
                          (finding[i].item == dcm::PathStep::kAnyItem && concrete[i].item >= 0);
        if (finding[i].tag != concrete[i].tag || !item) {
            return false;
        }
    }
    return true;
}

} // namespace kamei::transform::dicom
