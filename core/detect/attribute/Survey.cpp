#include "core/detect/attribute/Survey.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/PrivateDictionary.h"

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using intake::dicom::CharacterSet;
using intake::dicom::Element;
using intake::dicom::Instance;

constexpr Tag kCodingScheme = 0x00080102;
constexpr Tag kCodeMeaning = 0x00080104;
/// Coding schemes of PS3.16 Table 8-1 whose meanings are written by those who publish them.
constexpr std::array<std::string_view, 16> kPublicSchemes{"DCM",    "SRT", "SCT",  "SNM3",  "99SDM", "LN",
                                                          "UCUM",   "FMA", "I10",  "ICD10", "I9C",   "ACR",
                                                          "RADLEX", "BI",  "UMLS", "NCIt"};

std::uint64_t hashOf(std::string_view raw, std::uint64_t seed) {
    return std::hash<std::string_view>{}(raw)*0x9E3779B97F4A7C15ULL + seed;
}

std::string_view rawOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view withoutPadding(std::string_view raw) {
    while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\0')) {
        raw.remove_suffix(1);
    }
    return raw;
}

/// A number string that is long enough to be a chart or telephone number and has no fraction.
bool isLongNumber(const Instance& instance, const Element& element) {
    constexpr std::uint64_t kShortest = 7;
    constexpr std::uint64_t kLongest = 64;
    if ((element.vr != vr::IS && element.vr != vr::DS) || element.length < kShortest ||
        element.length > kLongest) {
        return false;
    }
    return withoutPadding(rawOf(instance.value(element))).find_first_not_of("0123456789 ") ==
           std::string_view::npos;
}

/// Whether bytes of another set than the declared one were read as Japanese, every one of them: such a text
/// is examined and cleaned like others. Any other reading is a guess.
bool isJapanese(std::string_view utf8) {
    constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD"; // U+FFFD
    const bool script = std::ranges::any_of(utf8, [](char c) {
        const auto lead = static_cast<unsigned char>(c);
        return lead >= 0xE3 && lead <= 0xE9; // U+3000 to U+9FFF: kana and ideographs
    });
    return script && utf8.find(kReplacementCharacter) == std::string_view::npos;
}

/// Owners of the private blocks of one level: "gggg00bb" -> creator (PS3.5 7.8.1).
std::uint32_t blockOf(Tag tag) {
    return (tag & 0xFFFF0000) | ((tag & 0xFF00) >> 8);
}

std::string numbersOf(const Element& element, std::span<const std::byte> bytes) {
    const std::size_t size = intake::dicom::numberSize(element.vr);
    if (size == 1 || size == 8 || bytes.size() > 4 * size || element.vr == vr::FL || element.vr == vr::AT) {
        return std::to_string(bytes.size()) + " bytes";
    }
    std::string out;
    for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < size; ++i) {
            number = number << 8 | std::to_integer<std::uint32_t>(
                                       bytes[at + (element.syntax.bigEndian ? i : size - 1 - i)]);
        }
        out += (out.empty() ? "" : "\\") + std::to_string(number);
    }
    return out;
}

Verdict refused(Verdict verdict) {
    verdict.action = model::Action::Delete;
    verdict.descend = verdict.examine = false;
    return verdict;
}

void mergeFacts(AttributeNode& target, const AttributeNode& node) {
    if (target.creator != node.creator || target.vr != node.vr ||
        node.verdict.action == model::Action::Delete) {
        target.verdict = refused(std::move(target.verdict));
    }
    for (const std::string& example : node.facts->examples) {
        auto& examples = target.facts->examples;
        if (examples.size() < PrivateFacts::kMostExamples &&
            std::ranges::find(examples, example) == examples.end()) {
            examples.push_back(example);
        }
    }
}

} // namespace

std::string_view Survey::first(Tag tag) const {
    const auto found = m_root.attributes.find(tag);
    return found == m_root.attributes.end() ? std::string_view{} : std::string_view(found->second.first);
}

void Survey::add(const Instance& instance) {
    const model::Device device = deviceOf(instance);
    Frame frame{instance, std::string(instance.text(tags::SopClass)), 0, false, {}, 0, &device};
    walk(std::move(frame), 0, instance.elements().size(), m_root);
    ++m_instances;
}

void Survey::walk(Frame frame, std::size_t begin, std::size_t end, ItemNode& into) {
    const auto& tape = frame.instance.elements();
    std::map<std::uint32_t, std::string> creators;
    // Both hold for elements before them too, should an item be in disorder; the first of several counts.
    bool hasSet = false;
    frame.publicScheme = false;
    for (std::size_t i = begin; i < end; i = tape[i].next) {
        const Element& element = tape[i];
        if (element.tag == tags::SpecificCharacterSet && !std::exchange(hasSet, true)) {
            const std::string_view value = frame.instance.text(element);
            frame.set = CharacterSet::fromValue(value);
            frame.setHash = std::hash<std::string_view>{}(value);
        }
        if (element.tag == kCodingScheme && frame.parent != 0) {
            frame.publicScheme =
                std::ranges::find(kPublicSchemes, frame.instance.text(element)) != kPublicSchemes.end();
        }
        if (intake::dicom::isPrivateCreator(element.tag)) {
            creators.try_emplace((element.tag & 0xFFFF0000) | (element.tag & 0xFF),
                                 withoutPadding(rawOf(frame.instance.value(element))));
        }
    }
    for (std::size_t i = begin; i < end; i = tape[i].next) {
        const Element& element = tape[i];
        const bool pixels =
            frame.parent == 0 && frame.instance.pixels() && i == frame.instance.pixels()->element;
        if (pixels || intake::dicom::isPrivateCreator(element.tag)) {
            continue;
        }
        AttributeNode& node = nodeFor(frame, element, into, creators);
        if (node.lastInstance != m_instances) {
            node.lastInstance = m_instances;
            ++node.instances;
        }
        if (element.kind == Element::Kind::Sequence) {
            sequence(frame, i, node);
        } else if (!node.indifferent || isLongNumber(frame.instance, element)) {
            value(frame, element, node);
        }
    }
}

AttributeNode& Survey::nodeFor(const Frame& frame, const Element& element, ItemNode& into,
                               const std::map<std::uint32_t, std::string>& creators) {
    const auto [found, isNew] = into.attributes.try_emplace(element.tag);
    AttributeNode& node = found->second;
    if (intake::dicom::isPrivate(element.tag)) {
        const auto owner = creators.find(blockOf(element.tag));
        judgePrivate(frame, element, owner == creators.end() ? std::string{} : owner->second, node, isNew);
        return node;
    }
    if (!isNew) {
        return node;
    }
    const auto* entry = intake::dicom::Dictionary::shared().find(element.tag);
    node.tag = element.tag;
    node.vr = entry == nullptr ? element.vr : entry->vr;
    // "US or SS" and the like: what was read is as good as the first name.
    if (entry != nullptr && !intake::dicom::isTextVr(entry->vr) && entry->vr != vr::SQ &&
        element.vr != vr::UN) {
        node.vr = element.vr;
    }
    node.verdict = m_profile.judge(element.tag, element.vr, frame.parent, frame.strict, frame.sopClass);
    node.isSequence = element.kind == Element::Kind::Sequence;
    const bool quiet =
        node.verdict.action == model::Action::Keep && !node.verdict.listed && !node.verdict.examine;
    node.indifferent = quiet && node.vr != vr::CS && node.tag != tags::SopClass && node.tag != tags::Rows &&
                       node.tag != tags::Columns;
    return node;
}

void Survey::judgePrivate(const Frame& frame, const Element& element, const std::string& creator,
                          AttributeNode& node, bool isNew) const {
    if (!isNew && node.verdict.action == model::Action::Delete) {
        return;
    }
    const Vr as = intake::dicom::privateVr(creator, element.tag, element.vr, element.length);
    if (!isNew && creator == node.creator && as == node.vr && *frame.device == node.facts->device) {
        return;
    }
    Verdict verdict = m_profile.judgePrivate(creator, element.tag, element.vr, *frame.device, element.length);
    // A sequence that stays has to be read as one; values that cannot be what they say are not copied.
    const bool sequence = element.kind == Element::Kind::Sequence;
    if ((as == vr::SQ) != sequence || (!sequence && element.kind != Element::Kind::Value)) {
        verdict = refused(std::move(verdict));
    }
    if (!isNew) {
        // One finding stands for all instances: what they disagree on goes.
        const bool differs = creator != node.creator || as != node.vr;
        if (differs || verdict.action == model::Action::Delete) {
            node.verdict = refused(std::move(node.verdict));
        }
        return;
    }
    node.tag = element.tag;
    node.vr = as;
    node.creator = creator;
    node.verdict = std::move(verdict);
    node.isSequence = sequence;
    node.facts = std::make_unique<PrivateFacts>();
    node.facts->vr = as;
    node.facts->device = *frame.device;
}

void Survey::privateValue(const Frame& frame, const Element& element, AttributeNode& node) {
    const auto bytes = frame.instance.value(element);
    if (bytes.empty()) {
        return;
    }
    PrivateFacts& facts = *node.facts;
    if (facts.examples.size() < PrivateFacts::kMostExamples) {
        std::string example = exampleOf(bytes, node.vr, element.syntax.bigEndian, frame.set);
        if (std::ranges::find(facts.examples, example) == facts.examples.end()) {
            facts.examples.push_back(std::move(example));
        }
    }
    if (node.first.empty() && !intake::dicom::isTextVr(node.vr)) {
        node.first = facts.examples.front();
    }
    if (!node.verdict.examine) {
        return;
    }
    bool whole = true;
    bool written = false;
    std::string text =
        intake::dicom::isNumberVr(node.vr) ? textInNumbers(bytes, written) : textIn(bytes, frame.set, whole);
    node.overflow =
        node.overflow || !whole || written || (!text.empty() && node.values.size() >= kMostValues);
    if (!text.empty() && !node.overflow) {
        node.values.push_back(std::move(text));
    }
}

void Survey::sequence(const Frame& frame, std::size_t index, AttributeNode& node) {
    const auto& tape = frame.instance.elements();
    Frame inner = frame;
    inner.parent = node.tag;
    inner.strict = node.verdict.strict;
    const std::size_t end = tape[index].next;
    std::int64_t count = 0;
    for (std::size_t i = index + 1; i < end; i = tape[i].next) {
        ++count;
    }
    node.isSequence = true;
    node.mostItems = std::max(node.mostItems, count);
    if (count > kMostItems && !node.merged) {
        mergeItems(node);
    }
    std::size_t at = 0;
    for (std::size_t i = index + 1; i < end; i = tape[i].next, ++at) {
        const std::size_t slot = node.merged ? 0 : at;
        while (node.items.size() <= slot) {
            node.items.push_back(std::make_unique<ItemNode>());
        }
        walk(inner, i + 1, tape[i].next, *node.items[slot]);
    }
}

void Survey::mergeItems(AttributeNode& node) {
    node.merged = true;
    for (std::size_t i = 1; i < node.items.size(); ++i) {
        merge(*node.items[0], *node.items[i]);
    }
    node.items.resize(std::min<std::size_t>(node.items.size(), 1));
}

void Survey::merge(ItemNode& into, ItemNode& from) {
    for (auto& [tag, node] : from.attributes) {
        const auto [found, isNew] = into.attributes.try_emplace(tag, std::move(node));
        if (isNew) {
            continue;
        }
        AttributeNode& target = found->second;
        // Items of one instance hold the attribute together: the larger count is the safer statement.
        target.instances = std::max(target.instances, node.instances);
        target.mostItems = std::max(target.mostItems, node.mostItems);
        target.lastInstance = std::max(target.lastInstance, node.lastInstance);
        target.distinct.insert(node.distinct.begin(), node.distinct.end());
        target.doubtful = target.doubtful || node.doubtful;
        target.coded.merge(node.coded);
        target.isSequence = target.isSequence || node.isSequence;
        target.overflow = target.overflow || node.overflow;
        if (node.facts != nullptr && target.facts != nullptr) {
            mergeFacts(target, node);
        }
        for (std::string& value : node.values) {
            if (std::ranges::find(target.values, value) != target.values.end()) {
                continue;
            }
            if (target.values.size() >= kMostValues) {
                target.overflow = true;
                break;
            }
            target.values.push_back(std::move(value));
        }
        if (node.merged && !target.merged) {
            mergeItems(target);
        } else if (target.merged && !node.merged) {
            mergeItems(node);
        }
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (i < target.items.size()) {
                merge(*target.items[i], *node.items[i]);
            } else {
                target.items.push_back(std::move(node.items[i]));
            }
        }
    }
}

void Survey::value(const Frame& frame, const Element& element, AttributeNode& node) {
    const std::span<const std::byte> bytes = frame.instance.value(element);
    const std::string_view raw = rawOf(bytes);
    if (!node.distinct.empty() && raw == node.lastRaw) {
        return;
    }
    if (!node.distinct.insert(hashOf(raw, frame.setHash)).second) {
        return;
    }
    constexpr std::size_t kLongest = 64 * 1024;
    if (node.facts != nullptr) {
        privateValue(frame, element, node);
        if (!intake::dicom::isTextVr(node.vr)) {
            node.lastRaw = raw.size() <= kLongest ? raw : std::string_view{};
            return;
        }
    }
    const bool text = intake::dicom::isTextVr(node.vr) || intake::dicom::isTextVr(element.vr);
    if (!text) {
        if (node.distinct.size() == 1) {
            node.first = numbersOf(element, bytes);
            node.lastRaw = raw.size() <= kLongest ? raw : std::string_view{};
        }
        return;
    }
    node.lastRaw = raw;
    const Vr decodedAs = intake::dicom::isTextVr(node.vr) ? node.vr : element.vr;
    CharacterSet::Text decoded = frame.set.decode(withoutPadding(raw), decodedAs);
    const bool readable = !decoded.doubtful || isJapanese(decoded.utf8);
    node.doubtful = node.doubtful || !readable;
    if (node.first.empty()) {
        node.first = decoded.utf8;
    }
    // What nobody can read is not among the values that were examined: the writer leaves it out.
    if (decoded.utf8.empty() || !readable) {
        return;
    }
    if (node.values.size() >= kMostValues) {
        node.overflow = true;
        return;
    }
    if (frame.publicScheme && element.tag == kCodeMeaning) {
        node.coded.insert(decoded.utf8);
    }
    node.values.push_back(std::move(decoded.utf8));
}

} // namespace kamei::detect::attribute
