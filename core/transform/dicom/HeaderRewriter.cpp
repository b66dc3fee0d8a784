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
constexpr Tag kCodeValue = 0x00080100;
constexpr Tag kIconImage = 0x00880200;
constexpr Tag kLargestInSeries = 0x00280109; // behind Smallest and Largest Image Pixel Value, and 0108

std::string_view rawOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view withoutPadding(std::string_view raw) {
    while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\0')) {
        raw.remove_suffix(1);
    }
    return raw;
}

/// VR as which an attribute of the standard is written that was read as `read`.
Vr writtenVr(Tag tag, Vr read) {
    const auto* entry = dcm::Dictionary::shared().find(tag);
    if (entry == nullptr || entry->vr == read) {
        return read;
    }
    // Numbers of several possible VRs ("US or SS", "OB or OW") stay what they were read as.
    const bool bothBinary = !dcm::isTextVr(entry->vr) && !dcm::isTextVr(read);
    return bothBinary && read != vr::UN && read != vr::SQ && dcm::isKnownVr(read) ? read : entry->vr;
}

} // namespace

void ValueCache::forgetRulings() {
    rulings.assign(1, {});
    places.clear();
    last = 0;
}

ValueCache& ValueCache::of(std::uint64_t transform) {
    thread_local ValueCache cache;
    if (cache.m_transform != transform || cache.uids.size() > kMostCached ||
        cache.texts.size() > kMostCached) {
        cache.uids.clear();
        cache.texts.clear();
        cache.forgetRulings();
        cache.markers.reset();
        cache.m_transform = transform;
    }
    return cache;
}

HeaderRewriter::HeaderRewriter(const Plan& plan, const dcm::Instance& instance, const Person& person,
                               const pseudonym::Key& key, ValueCache& cache)
    : m_plan(plan), m_instance(instance), m_person(person), m_key(key), m_cache(cache) {
    constexpr std::size_t kUsual = 256;
    m_top.reserve(kUsual);
    order(root(), m_top);
    m_sopClass = textOf(tags::SopClass);
    if (m_cache.sopClass != m_sopClass) {
        m_cache.sopClass = m_sopClass;
        m_cache.forgetRulings();
    }
}

ValueCache::Ruling HeaderRewriter::rulingOf(const Level& in, Tag tag, Vr read) const {
    ValueCache& cache = m_cache;
    const std::uint32_t expected = cache.rulings[cache.last].next;
    if (cache.rulings[expected].isFor(in.plan, tag, in.parent, read, in.strict)) {
        cache.last = expected;
        return cache.rulings[expected];
    }
    const auto [begin, end] = cache.places.equal_range(tag);
    auto found = std::find_if(begin, end, [&](const auto& place) {
        return cache.rulings[place.second].isFor(in.plan, tag, in.parent, read, in.strict);
    });
    if (found == end) {
        if (cache.rulings.size() > kMostCached) {
            cache.forgetRulings();
        }
        const PlanNode* node = in.plan == nullptr ? nullptr : in.plan->find(tag);
        const auto verdict = m_plan.profile().act(tag, read, in.parent, in.strict, m_sopClass);
        found = cache.places.emplace(tag, static_cast<std::uint32_t>(cache.rulings.size()));
        cache.rulings.push_back({in.plan, tag, in.parent, read, in.strict, node, Plan::decide(node, verdict),
                                 writtenVr(tag, read), 0});
    }
    cache.rulings[cache.last].next = found->second;
    cache.last = found->second;
    return cache.rulings[found->second];
}

void HeaderRewriter::write(const PixelChanges& pixels, bool explicitVr, std::string& head,
                           std::string& tail) {
    m_pixels = &pixels;
    m_cache.last = 0;
    Encoder encoder(head, explicitVr);
    const Level all = root();
    std::size_t split = std::string::npos;
    level(all, encoder, markers(pixels, explicitVr), split);
    if (split != std::string::npos) {
        tail.assign(head, split);
        head.resize(split);
    }
}

HeaderRewriter::Level HeaderRewriter::root() const {
    return {0, m_instance.elements().size(), &m_plan.root(), 0, false, {}, 0};
}

std::string HeaderRewriter::sopInstance() {
    const std::string_view original = textOf(tags::SopInstance);
    const Decision decision = rulingOf(root(), tags::SopInstance, vr::UI).decision;
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

const Element* HeaderRewriter::find(Tag tag) const {
    const auto& tape = m_instance.elements();
    const auto at = std::ranges::lower_bound(m_top, tag, {}, [&](std::size_t i) { return tape[i].tag; });
    return at == m_top.end() || tape[*at].tag != tag ? nullptr : &tape[*at];
}

std::string_view HeaderRewriter::textOf(Tag tag) const {
    const Element* element = find(tag);
    return element == nullptr ? std::string_view{} : m_instance.text(*element);
}

bool HeaderRewriter::isDropped(const Level& in, Tag tag) const {
    if (tag == tags::SpecificCharacterSet || dcm::groupOf(tag) <= 0x0006) {
        return true; // written anew, or no part of a data set
    }
    // A small copy of the picture shows what is burned into it (PS3.3 C.7.6.1.1.6): it stays only of pictures
    // that were judged and have nothing to hide.
    if (tag == kIconImage) {
        return m_pixels->masked || !m_plan.burnedInCleaned();
    }
    if (in.parent != 0) {
        // Pixels in items are neither looked at nor masked, but for those of an icon that stays.
        return (tag == tags::PixelData && in.parent != kIconImage) || tag == tags::FloatPixelData ||
               tag == tags::DoublePixelData;
    }
    const bool pixels = m_instance.pixels() && tag == m_instance.pixels()->tag;
    const bool stale = m_pixels->masked && tag >= tags::SmallestPixel && tag <= kLargestInSeries;
    // Without its bits an overlay's description describes nothing (PS3.3 C.9.2).
    const bool overlay = (tag & 0xFF010000) == 0x60000000 && !keepsOverlay(in, tag);
    // Offsets of the frames no longer hold once frames are written anew.
    const bool offsets =
        (m_pixels->reframed || m_pixels->transcoded) && (tag == 0x7FE00001 || tag == 0x7FE00002);
    return pixels || stale || overlay || offsets;
}

bool HeaderRewriter::keepsOverlay(const Level& in, Tag tag) const {
    const Tag data = (tag & 0xFFFF0000) | 0x3000;
    const auto& tape = m_instance.elements();
    for (std::size_t i = in.begin; i < in.end; i = tape[i].next) {
        if (tape[i].tag == data) {
            return rulingOf(in, data, tape[i].vr).decision.action == Action::Keep;
        }
    }
    return false; // bits inside the pixel data, which the masks do not reach
}

void HeaderRewriter::level(const Level& in, Encoder& encoder, const Additions& additions,
                           std::size_t& split) {
    const auto& tape = m_instance.elements();
    const Tag pixelTag = m_instance.pixels() ? m_instance.pixels()->tag : tags::PixelData;
    Level here = in;
    std::vector<std::size_t> ordered;
    if (in.parent != 0) {
        order(in, ordered);
    }
    const std::vector<std::size_t>& indices = in.parent == 0 ? m_top : ordered;
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

bool HeaderRewriter::blockIsKept(const Level& in, std::span<const std::size_t> order, std::size_t creator) {
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
        if (m_plan.decidePrivate(node, name, element, device()).action != Action::Delete) {
            return true;
        }
    }
    return false;
}

const model::Device& HeaderRewriter::device() {
    static const model::Device kNone;
    if (m_plan.profile().policy().privateRules.empty()) {
        return kNone; // nothing asks for it
    }
    if (!m_device) {
        m_device = detect::attribute::deviceOf(m_instance);
    }
    return *m_device;
}

void HeaderRewriter::element(const Level& in, std::size_t index, Encoder& encoder, std::string_view creator) {
    const Element& element = m_instance.elements()[index];
    const PlanNode* node = nullptr;
    Decision decision;
    Vr written{};
    if (dcm::isPrivate(element.tag)) {
        node = in.plan == nullptr ? nullptr : in.plan->find(element.tag);
        decision = m_plan.decidePrivate(node, creator, element, device());
        written = decision.as; // as what it was understood when it was judged
    } else {
        const ValueCache::Ruling ruling = rulingOf(in, element.tag, element.vr);
        node = ruling.node;
        decision = ruling.decision;
        written = ruling.written;
    }
    if (element.kind == Element::Kind::Sequence) {
        sequence(in, index, node, decision, encoder);
    } else {
        value(in, element, decision, written, encoder);
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

EarlierMarkers HeaderRewriter::earlier() {
    EarlierMarkers out;
    out.identityRemoved = textOf(tags::PatientIdentityRemoved) == "YES";
    const std::string_view temporal = textOf(tags::TemporalModified);
    out.temporal = temporal == "REMOVED" || temporal == "MODIFIED" ? temporal : std::string_view{};
    const auto& tape = m_instance.elements();
    if (const Element* codes = find(tags::DeidentificationMethodCodes)) {
        const auto at = static_cast<std::size_t>(codes - tape.data());
        for (std::size_t i = at + 1; i < codes->next; ++i) {
            if (tape[i].tag == kCodeValue && tape[i].kind == Element::Kind::Value) {
                out.codes.emplace_back(m_instance.text(tape[i])); // only those of CID 7050 are ever stated
            }
        }
    }
    // The text of the method is a text like others: it was read at detection, and what is in it cleaned.
    if (const Element* method = find(tags::DeidentificationMethod)) {
        Level all = root();
        const Decision decision = rulingOf(all, method->tag, method->vr).decision;
        if (const Element* set = find(tags::SpecificCharacterSet)) {
            all.set = dcm::CharacterSet::fromValue(m_instance.text(*set));
            all.setId = std::hash<std::string_view>{}(m_instance.text(*set));
        }
        const std::string& text = decoded(all, withoutPadding(rawOf(m_instance.value(*method))), vr::LO);
        if (decision.action == Action::Keep) {
            out.methods = text;
        } else if (decision.action == Action::Clean && decision.cleaned != nullptr) {
            const auto found = decision.cleaned->find(text);
            out.methods = found == decision.cleaned->end() ? std::string{} : found->second;
        }
    }
    return out;
}

const Additions& HeaderRewriter::markers(const PixelChanges& pixels, bool explicitVr) {
    EarlierMarkers before = earlier();
    auto& known = m_cache.markers;
    if (!known || known->explicitVr != explicitVr || known->pixels != pixels || known->earlier != before) {
        Additions written = markersOf(m_plan, pixels, before, explicitVr);
        known = ValueCache::Markers{pixels, std::move(before), explicitVr, std::move(written)};
    }
    return known->written;
}

} // namespace kamei::transform::dicom
