#include "core/transform/dicom/HeaderRewriter.h"

#include <algorithm>

#include "core/intake/dicom/Dictionary.h"
#include "core/transform/dicom/Markers.h"

namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using dcm::Element;
using model::Action;

constexpr std::size_t kMostCached = 4096;

std::string_view rawOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view withoutPadding(std::string_view raw) {
    while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\0')) {
        raw.remove_suffix(1);
    }
    return raw;
}

bool isPlain(std::string_view raw) {
    return std::ranges::all_of(
        raw, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != 0x1B && c != 0; });
}

/// Whether a value has only characters that its VR allows: what is no number or code cannot be vouched for.
bool isInRepertoire(std::string_view value, Vr valueVr) {
    std::string_view allowed;
    if (valueVr == vr::DS) {
        allowed = "0123456789+-.eE \\";
    } else if (valueVr == vr::IS) {
        allowed = "0123456789+- \\.";
    } else if (valueVr == vr::DA || valueVr == vr::TM || valueVr == vr::DT) {
        allowed = "0123456789+-.: \\";
    } else if (valueVr == vr::UI) {
        allowed = "0123456789.\\";
    } else {
        return isPlain(value);
    }
    return value.find_first_not_of(allowed) == std::string_view::npos;
}

std::string_view firstCodePoints(std::string_view utf8, std::size_t most) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if ((static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80 && points++ == most) {
            return utf8.substr(0, i);
        }
    }
    return utf8;
}

} // namespace

ValueCache& ValueCache::of(std::uint64_t transform) {
    thread_local ValueCache cache;
    if (cache.m_transform != transform || cache.uids.size() > kMostCached ||
        cache.texts.size() > kMostCached) {
        cache.uids.clear();
        cache.texts.clear();
        cache.verdicts = {};
        cache.m_transform = transform;
    }
    return cache;
}

HeaderRewriter::HeaderRewriter(const Plan& plan, const dcm::Instance& instance, const Person& person,
                               const pseudonym::Key& key, ValueCache& cache)
    : m_plan(plan), m_instance(instance), m_person(person), m_key(key), m_cache(cache),
      m_sopClass(instance.text(tags::SopClass)) {
    if (m_cache.sopClass != m_sopClass) {
        m_cache.sopClass = m_sopClass;
        m_cache.verdicts = {};
    }
}

const detect::attribute::Verdict& HeaderRewriter::verdictOf(Tag tag, Vr read, Tag parent, bool strict) const {
    auto& known = m_cache.verdicts[strict ? 1 : 0];
    const std::uint64_t key = static_cast<std::uint64_t>(tag) << 32 | parent;
    const auto found = known.find(key);
    if (found != known.end()) {
        return found->second;
    }
    if (known.size() >= kMostCached) {
        known.clear();
    }
    return known.emplace(key, m_plan.profile().judge(tag, read, parent, strict, m_sopClass)).first->second;
}

void HeaderRewriter::write(const PixelChanges& pixels, bool explicitVr, std::string& head,
                           std::string& tail) {
    m_pixels = &pixels;
    Encoder encoder(head, explicitVr);
    const Level all{0, m_instance.elements().size(), &m_plan.root(), 0, false, {}, 0};
    std::size_t split = std::string::npos;
    level(all, encoder, markersOf(m_plan, pixels, explicitVr), split);
    if (split != std::string::npos) {
        tail.assign(head, split);
        head.resize(split);
    }
}

std::string HeaderRewriter::sopInstance() {
    const std::string_view original = m_instance.text(tags::SopInstance);
    const Decision decision =
        Plan::decide(m_plan.root().find(tags::SopInstance), verdictOf(tags::SopInstance, vr::UI, 0, false));
    return decision.action == Action::Keep ? std::string(original) : newUid(original);
}

void HeaderRewriter::order(const Level& in, std::vector<std::size_t>& out) const {
    const auto& tape = m_instance.elements();
    bool ascending = true;
    Tag last = 0;
    for (std::size_t i = in.begin; i < in.end; i = tape[i].next) {
        ascending = ascending && (out.empty() || tape[i].tag > last);
        last = tape[i].tag;
        out.push_back(i);
    }
    if (ascending) {
        return;
    }
    std::ranges::stable_sort(out, {}, [&](std::size_t i) { return tape[i].tag; });
    // Of an element that stands twice the first counts; the second one is never copied through.
    out.erase(std::unique(out.begin(), out.end(),
                          [&](std::size_t a, std::size_t b) { return tape[a].tag == tape[b].tag; }),
              out.end());
}

bool HeaderRewriter::isDropped(const Level& in, Tag tag) const {
    if (tag == tags::SpecificCharacterSet || dcm::groupOf(tag) <= 0x0006) {
        return true; // written anew, or no part of a data set
    }
    if (in.parent != 0) {
        return false;
    }
    const bool pixels = m_instance.pixels() && tag == m_instance.pixels()->tag;
    const bool stale = m_pixels->masked && (tag == tags::SmallestPixel || tag == tags::LargestPixel);
    // Without its bits an overlay's description describes nothing (PS3.3 C.9.2).
    const bool overlay = (tag & 0xFF010000) == 0x60000000 && !keepsOverlay(in, tag);
    // Offsets of the frames no longer hold once frames are written anew.
    const bool offsets =
        (m_pixels->masked || m_pixels->transcoded) && (tag == 0x7FE00001 || tag == 0x7FE00002);
    return pixels || stale || overlay || offsets;
}

bool HeaderRewriter::keepsOverlay(const Level& in, Tag tag) const {
    const Tag data = (tag & 0xFFFF0000) | 0x3000;
    const auto& tape = m_instance.elements();
    for (std::size_t i = in.begin; i < in.end; i = tape[i].next) {
        if (tape[i].tag == data) {
            const PlanNode* node = in.plan == nullptr ? nullptr : in.plan->find(data);
            return Plan::decide(node, verdictOf(data, tape[i].vr, 0, false)).action == Action::Keep;
        }
    }
    return false; // bits inside the pixel data, which the masks do not reach
}

void HeaderRewriter::level(const Level& in, Encoder& encoder, const Additions& additions,
                           std::size_t& split) {
    const auto& tape = m_instance.elements();
    const Tag pixelTag = m_instance.pixels() ? m_instance.pixels()->tag : tags::PixelData;
    Level here = in;
    std::vector<std::size_t> indices;
    indices.reserve(in.parent == 0 ? 256 : 16);
    order(in, indices);
    for (const std::size_t i : indices) {
        if (tape[i].tag == tags::SpecificCharacterSet) {
            const std::string_view value = m_instance.text(tape[i]);
            here.set = dcm::CharacterSet::fromValue(value);
            here.setId = std::hash<std::string_view>{}(value);
            break;
        }
        if (tape[i].tag > tags::SpecificCharacterSet) {
            break;
        }
    }
    std::vector<std::pair<Tag, std::string_view>> creators;
    std::size_t added = 0;
    const auto addUpTo = [&](Tag tag) {
        for (; added < additions.size() && additions[added].first < tag; ++added) {
            encoder.out() += additions[added].second;
        }
    };
    for (std::size_t k = 0; k < indices.size(); ++k) {
        const Element& element = tape[indices[k]];
        addUpTo(element.tag);
        if (in.parent == 0 && element.tag > pixelTag && split == std::string::npos) {
            split = encoder.out().size();
        }
        const bool replaced = added < additions.size() && additions[added].first == element.tag;
        if (replaced || isDropped(here, element.tag)) {
            continue;
        }
        if (!dcm::isPrivate(element.tag)) {
            this->element(here, indices[k], encoder, {});
            continue;
        }
        if (dcm::isPrivateCreator(element.tag)) {
            const std::string_view owner = withoutPadding(rawOf(m_instance.value(element)));
            creators.emplace_back((element.tag & 0xFFFF0000) | ((element.tag & 0xFF) << 8), owner);
            if (blockIsKept(here, indices, k)) {
                keep(here, element, vr::LO, encoder);
            }
            continue;
        }
        std::string_view owner;
        for (const auto& [block, name] : creators) {
            owner = block == (element.tag & 0xFFFFFF00) ? name : owner;
        }
        this->element(here, indices[k], encoder, owner);
    }
    addUpTo(0xFFFFFFFF);
}

bool HeaderRewriter::blockIsKept(const Level& in, std::span<const std::size_t> order,
                                 std::size_t creator) const {
    const auto& tape = m_instance.elements();
    const Element& owner = tape[order[creator]];
    const std::string_view name = withoutPadding(rawOf(m_instance.value(owner)));
    const Tag block = (owner.tag & 0xFFFF0000) | ((owner.tag & 0xFF) << 8);
    for (std::size_t k = creator + 1; k < order.size(); ++k) {
        const Element& element = tape[order[k]];
        if (dcm::groupOf(element.tag) != dcm::groupOf(owner.tag)) {
            return false;
        }
        if ((element.tag & 0xFFFFFF00) != block) {
            continue;
        }
        const PlanNode* node = in.plan == nullptr ? nullptr : in.plan->find(element.tag);
        if (m_plan.decidePrivate(node, name, element.tag, element.vr).action != Action::Delete) {
            return true;
        }
    }
    return false;
}

Vr HeaderRewriter::writtenVr(const Element& element) const {
    const auto* entry = dcm::Dictionary::shared().find(element.tag);
    if (entry == nullptr || entry->vr == element.vr) {
        return element.vr;
    }
    // Numbers of several possible VRs ("US or SS", "OB or OW") stay what they were read as.
    const bool bothBinary = !dcm::isTextVr(entry->vr) && !dcm::isTextVr(element.vr);
    return bothBinary && element.vr != vr::UN && element.vr != vr::SQ && dcm::isKnownVr(element.vr)
               ? element.vr
               : entry->vr;
}

void HeaderRewriter::element(const Level& in, std::size_t index, Encoder& encoder, std::string_view creator) {
    const Element& element = m_instance.elements()[index];
    const PlanNode* node = in.plan == nullptr ? nullptr : in.plan->find(element.tag);
    const Decision decision =
        dcm::isPrivate(element.tag)
            ? m_plan.decidePrivate(node, creator, element.tag, element.vr)
            : Plan::decide(node, verdictOf(element.tag, element.vr, in.parent, in.strict));
    if (element.kind == Element::Kind::Sequence) {
        sequence(in, index, node, decision, encoder);
    } else {
        value(in, element, decision, encoder);
    }
}

void HeaderRewriter::sequence(const Level& in, std::size_t index, const PlanNode* node,
                              const Decision& decision, Encoder& encoder) {
    const auto& tape = m_instance.elements();
    const Element& owner = tape[index];
    if (!decision.descend || (decision.action != Action::Keep && decision.action != Action::Clean)) {
        if (decision.form != Form::Remove) {
            encoder.close(encoder.openSequence(owner.tag));
        }
        return;
    }
    const std::size_t place = encoder.openSequence(owner.tag);
    std::int32_t number = 0;
    for (std::size_t i = index + 1; i < owner.next; i = tape[i].next, ++number) {
        const std::size_t item = encoder.openItem();
        Level inner = in;
        inner.begin = i + 1;
        inner.end = tape[i].next;
        inner.plan = Plan::itemOf(node, number);
        inner.parent = owner.tag;
        inner.strict = decision.strict;
        std::size_t none = 0;
        level(inner, encoder, {}, none);
        encoder.close(item);
    }
    encoder.close(place);
}

void HeaderRewriter::value(const Level& in, const Element& element, const Decision& decision,
                           Encoder& encoder) {
    const Vr written = writtenVr(element);
    // A sequence that could not be read as one, pixel data in an item, or text where numbers belong: what
    // is not understood is not copied through.
    const bool opaque = written == vr::SQ || element.kind != Element::Kind::Value ||
                        (!dcm::isTextVr(written) && dcm::isTextVr(element.vr));
    if (opaque) {
        formOf(element, written, decision.form == Form::Remove ? Form::Remove : Form::Empty, encoder);
        return;
    }
    switch (decision.action) {
    case Action::Keep:
        keep(in, element, written, encoder);
        break;
    case Action::Clean:
        clean(in, element, written, decision, encoder);
        break;
    case Action::Replace:
        replace(in, element, written, decision, encoder);
        break;
    case Action::Shift:
    case Action::Noise:
        shift(element, written, decision, encoder);
        break;
    case Action::Generalise:
        generalise(element, written, decision, encoder);
        break;
    case Action::TopCode:
        if (written == vr::AS) {
            encoder.text(element.tag, written, topCodedAge(m_instance.text(element)));
            break;
        }
        [[fallthrough]];
    default:
        formOf(element, written, decision.form, encoder);
    }
}

void HeaderRewriter::formOf(const Element& element, Vr written, Form form, Encoder& encoder) {
    if (form == Form::Remove) {
        return;
    }
    if (written == vr::SQ) {
        encoder.close(encoder.openSequence(element.tag));
        return;
    }
    const std::string value = form == Form::Empty
                                  ? std::string{}
                                  : dummyOf(element.tag, written, m_person, m_key, m_instance.text(element));
    encoder.text(element.tag, written, value);
}

const std::string& HeaderRewriter::decoded(const Level& in, std::string_view raw, Vr written) {
    m_cacheKey.assign(raw);
    m_cacheKey += '\0';
    m_cacheKey += std::to_string(in.setId);
    m_cacheKey += static_cast<char>(dcm::isSingleTextVr(written) ? 1 : written == vr::PN ? 2 : 3);
    const auto found = m_cache.texts.find(std::string_view(m_cacheKey));
    if (found != m_cache.texts.end()) {
        return found->second;
    }
    return m_cache.texts.emplace(m_cacheKey, in.set.decode(raw, written).utf8).first->second;
}

void HeaderRewriter::keep(const Level& in, const Element& element, Vr written, Encoder& encoder) {
    const std::span<const std::byte> bytes = m_instance.value(element);
    if (!dcm::isTextVr(written)) {
        encoder.bytes(element.tag, written, bytes, element.syntax.bigEndian && element.vr != vr::UN);
        return;
    }
    const std::string_view raw = withoutPadding(rawOf(bytes));
    if (dcm::isCharacterSetVr(written)) {
        encoder.text(element.tag, written, isPlain(raw) ? raw : std::string_view(decoded(in, raw, written)));
    } else if (isInRepertoire(raw, written)) {
        encoder.text(element.tag, written, raw);
    } else {
        formOf(element, written, Form::Empty, encoder);
    }
}

void HeaderRewriter::clean(const Level& in, const Element& element, Vr written, const Decision& decision,
                           Encoder& encoder) {
    if (!dcm::isTextVr(written)) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    const std::string_view raw = withoutPadding(rawOf(m_instance.value(element)));
    if (raw.empty()) {
        encoder.text(element.tag, written, {});
        return;
    }
    const std::string_view text = isPlain(raw) ? raw : std::string_view(decoded(in, raw, written));
    const auto found =
        decision.cleaned == nullptr ? TextMap<std::string>::const_iterator{} : decision.cleaned->find(text);
    if (decision.cleaned == nullptr || found == decision.cleaned->end()) {
        formOf(element, written, decision.form, encoder); // nobody has read this value
        return;
    }
    const std::size_t most =
        dcm::isSingleTextVr(written) || found->second.find('\\') == std::string::npos ? longest(written) : 0;
    encoder.text(element.tag, written,
                 most == 0 ? std::string_view(found->second) : firstCodePoints(found->second, most));
}

const std::string& HeaderRewriter::newUid(std::string_view value) {
    const auto found = m_cache.uids.find(value);
    if (found != m_cache.uids.end()) {
        return found->second;
    }
    return m_cache.uids.emplace(value, replacedUids(value, m_key)).first->second;
}

void HeaderRewriter::replace(const Level& in, const Element& element, Vr written, const Decision& decision,
                             Encoder& encoder) {
    const std::string_view raw = m_instance.text(element);
    if (written == vr::UI) {
        encoder.text(element.tag, written, newUid(raw));
        return;
    }
    if (element.tag == tags::PatientName || element.tag == tags::PatientId) {
        encoder.text(element.tag, written,
                     raw.empty() ? std::string_view{} : std::string_view(m_person.pseudonym));
        return;
    }
    const bool text = written == vr::PN || written == vr::LO || written == vr::SH || written == vr::UC ||
                      written == vr::AE || written == vr::LT || written == vr::ST || written == vr::UT;
    if (!text || raw.empty()) {
        formOf(element, written, text ? Form::Empty : decision.form, encoder);
        return;
    }
    const std::string all = isPlain(raw) ? std::string(raw) : decoded(in, raw, written);
    std::string out;
    for (const std::string_view value : dcm::valuesOf(all, written)) {
        out += (out.empty() ? "" : "\\") + m_key.token(written == vr::PN ? "person" : "text", value, "K");
    }
    encoder.text(element.tag, written, out);
}

void HeaderRewriter::shift(const Element& element, Vr written, const Decision& decision, Encoder& encoder) {
    const std::string_view raw = m_instance.text(element);
    if (written == vr::DA) {
        encoder.text(element.tag, written, shiftedDates(raw, m_person.shiftDays));
    } else if (written == vr::DT) {
        encoder.text(element.tag, written, shiftedDateTimes(raw, m_person.shiftDays));
    } else if (written == vr::TM && isInRepertoire(raw, written)) {
        encoder.text(element.tag, written, raw); // whole days: the time of day stays
    } else {
        formOf(element, written, decision.form, encoder);
    }
}

void HeaderRewriter::generalise(const Element& element, Vr written, const Decision& decision,
                                Encoder& encoder) {
    const bool date = written == vr::DA || written == vr::DT;
    if (!date) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    // A birth date says the age: of people of 90 and over it goes as their age does.
    const bool hidden = element.tag == tags::BirthDate && overNinety();
    encoder.text(element.tag, written, hidden ? std::string{} : monthOf(m_instance.text(element), written));
}

bool HeaderRewriter::overNinety() const {
    const std::string_view age = m_instance.text(tags::PatientAge);
    const auto years = yearsBetween(m_instance.text(tags::BirthDate), m_instance.text(tags::StudyDate));
    return (age.size() == 4 && age.back() == 'Y' && age.substr(0, 3) >= "090") || (years && *years >= 90);
}

} // namespace kamei::transform::dicom
