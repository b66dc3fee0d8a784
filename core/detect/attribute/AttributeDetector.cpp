#include "core/detect/attribute/AttributeDetector.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/detect/attribute/Knowledge.h"
#include "core/detect/attribute/PictureFindings.h"
#include "core/detect/attribute/PixelProposals.h"
#include "core/detect/attribute/SlidePictures.h"
#include "core/detect/attribute/Survey.h"
#include "core/detect/attribute/TextFindings.h"
#include "core/detect/attribute/ValueForms.h"
#include "core/detect/volume/FaceFindings.h"
#include "core/intake/Format.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/Instance.h"
#include "core/intake/dicom/Unopened.h"

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using intake::dicom::Instance;
using intake::dicom::PathStep;
using model::Action;

/// Nine tenths of all ages are stated as "034Y"; months and days never reach 90 years.
bool isOverNinety(std::string_view age) {
    int years = 0;
    const auto [end, error] = std::from_chars(age.data(), age.data() + age.size(), years);
    return error == std::errc{} && end != age.data() + age.size() && *end == 'Y' && years >= 90;
}

class FindingMaker {
public:
    FindingMaker(const Profile& profile, const text::TextDetector& detector,
                 std::span<const model::KnownIdentifier> known)
        : m_profile(profile), m_detector(detector), m_known(known), m_matcher(known) {}

    void walk(const ItemNode& item, std::vector<PathStep>& path) {
        for (const auto& [tag, node] : item.attributes) {
            path.push_back({tag, PathStep::kNoItem});
            const bool goes = node.isSequence && !node.verdict.descend && node.verdict.action != Action::Keep;
            if (!node.isSequence || goes) {
                add(node, path);
            }
            for (std::size_t i = 0; node.isSequence && !goes && i < node.items.size(); ++i) {
                path.back().item = node.merged ? PathStep::kAnyItem : static_cast<std::int32_t>(i);
                walk(*node.items[i], path);
            }
            path.pop_back();
        }
    }

    std::vector<model::Finding> out;

private:
    void add(const AttributeNode& node, const std::vector<PathStep>& path) {
        const Verdict& verdict = node.verdict;
        const bool text = intake::dicom::isTextVr(node.vr);
        if (text && node.values.empty() && !node.doubtful) {
            return; // an empty value says nothing of anybody
        }
        if (node.vr == vr::TM && verdict.action == Action::Keep && node.facts == nullptr) {
            return;
        }
        model::Finding f;
        f.locator.kind = model::Locator::Kind::Attribute;
        f.locator.path = intake::dicom::pathText(path);
        f.text = node.isSequence ? std::to_string(node.mostItems) + (node.mostItems == 1 ? " item" : " items")
                                 : shortened(node.first);
        const auto* entry = intake::dicom::Dictionary::shared().find(node.tag);
        f.label = entry != nullptr ? entry->keyword : node.creator;
        f.rule = verdict.rule;
        f.detector = "attribute";
        f.category = verdict.grade.category;
        f.requirement = verdict.grade.requirement;
        f.suggested = verdict.action;
        f.instances = node.instances;
        f.distinctValues = std::max<std::int64_t>(1, static_cast<std::int64_t>(node.distinct.size()));
        if (!shape(f, node, text)) {
            return;
        }
        if (node.facts != nullptr) {
            f.text = shortened(node.isSequence ? f.text : node.first); // by which it is known again
            f.detail = withFacts(f.detail, node.tag, *node.facts);
        }
        f.action = f.suggested;
        if (node.facts != nullptr) {
            followSiteList(f, node);
        }
        out.push_back(std::move(f));
    }

    /// What the site has decided once for the device is decided here too, with its reason, unless the value
    /// forbids it: then a person looks at it. The reason marks the decision as the list's: see
    /// store::Findings::replaceDetected.
    void followSiteList(model::Finding& f, const AttributeNode& node) const {
        const model::Policy& policy = m_profile.policy();
        const model::PrivateRule* rule =
            policy.privateRule(node.creator, intake::dicom::groupOf(node.tag),
                               static_cast<std::uint8_t>(node.tag & 0xFF), node.facts->device);
        if (rule == nullptr || !policy.has("safe-private")) {
            return;
        }
        f.reason = rule->reason;
        if (rule->keep != (f.suggested == Action::Delete)) {
            f.state = model::DecisionState::Accepted;
            f.decidedBy = "policy";
        }
    }

    /// Settles what depends on the values; false when there is nothing to decide.
    bool shape(model::Finding& f, const AttributeNode& node, bool text) const {
        const Verdict& verdict = node.verdict;
        if (verdict.action == Action::TopCode) {
            const bool old =
                std::ranges::any_of(node.values, [](const std::string& v) { return isOverNinety(v); });
            const bool formless =
                std::ranges::any_of(node.values, [](const std::string& v) { return !hasForm(v, vr::AS); });
            f.suggested = old || formless || node.overflow ? Action::TopCode : Action::Keep;
            f.replacement = old ? "090Y" : "";
            return true;
        }
        if (node.vr == vr::UI && verdict.action == Action::Replace) {
            return node.overflow || !std::ranges::all_of(node.values, [](const std::string& v) {
                       return std::ranges::all_of(intake::dicom::valuesOf(v, vr::UI),
                                                  Profile::isWellKnownUid);
                   });
        }
        if (!text && verdict.examine) {
            f.suggested = bytesAreSilent(node) ? Action::Keep : Action::Delete;
            return true;
        }
        if (verdict.action == Action::Keep && (node.vr == vr::CS || node.vr == vr::IS || node.vr == vr::DS)) {
            return coded(f, node);
        }
        const bool reads =
            text && (verdict.action == Action::Clean || verdict.examine ||
                     (verdict.action == Action::Keep && verdict.listed && isFreeText(node.vr)));
        if (!reads) {
            return verdict.listed || verdict.action != Action::Keep;
        }
        // Values beyond what is held cannot be vouched for, nor bytes of no known character set.
        if (node.overflow || (node.doubtful && node.values.empty())) {
            f.suggested = Action::Delete;
            return true;
        }
        TextReading reading = readTexts(node, m_detector, {m_known, m_matcher});
        if (node.doubtful) {
            f.suggested = Action::Clean; // the readable values stay as far as they are clean, the others go
            f.detail = reading.detail;
            return true;
        }
        // What an option keeps (a serial number, a station's name) is kept as it is, unless it names a person
        // of whom we know.
        const bool keptAsIs = verdict.action == Action::Keep && verdict.listed;
        if (keptAsIs && std::ranges::none_of(reading.spans, isKnown)) {
            return true;
        }
        if (reading.spans.empty() && !verdict.listed) {
            return false;
        }
        if (reading.spans.empty()) {
            f.detail = verdict.action == Action::Clean ? std::move(reading.detail) : std::string{};
            f.replacement =
                verdict.action == Action::Clean && node.values.size() == 1 ? f.text : std::string{};
            return true;
        }
        f.detail = std::move(reading.detail);
        f.text = shortened(reading.firstHit);
        f.suggested = Action::Clean;
        strengthen(f, reading.spans, verdict.listed);
        return true;
    }

    /// Whether bytes that nobody declares to be text say nothing: no identifier, no UID, no part unread.
    bool bytesAreSilent(const AttributeNode& node) const {
        return !node.overflow && !node.doubtful &&
               std::ranges::none_of(node.values, [&](const std::string& value) {
                   return holdsUid(value) || !m_detector.detect(value, m_known).empty();
               });
    }

    /// Codes and numbers that stay: a name in capitals is a valid code, a chart number a valid number. Known
    /// identifiers are looked for in all of them, names in general where a code holds what no code may hold.
    bool coded(model::Finding& f, const AttributeNode& node) const {
        const bool code = node.vr == vr::CS;
        // A number that is none costs itself: the writer leaves it out, the series keeps the others.
        const bool formless = code && std::ranges::any_of(node.values, [&](const std::string& value) {
                                  return !hasForm(value, node.vr);
                              });
        TextReading reading = readTexts(node, m_detector, {m_known, m_matcher});
        if (!formless && !node.doubtful) {
            std::erase_if(reading.spans, [](const text::Span& span) { return !isKnown(span); });
        }
        if (reading.spans.empty() && !formless && !node.doubtful && !(node.overflow && code)) {
            return node.verdict.listed;
        }
        const bool cleanable = !node.indifferent && !node.overflow; // every value is there
        f.suggested = cleanable ? Action::Clean : Action::Delete;
        f.detail = cleanable ? std::move(reading.detail) : std::string{};
        f.text = reading.spans.empty() ? f.text : shortened(reading.firstHit);
        if (!reading.spans.empty()) {
            strengthen(f, reading.spans, node.verdict.listed);
        }
        return true;
    }

    /// A name in a description is as much an identifier as one in Patient's Name: the strongest label counts.
    static void strengthen(model::Finding& f, const std::vector<text::Span>& spans, bool listed) {
        const text::Span* strongest = nullptr;
        for (const text::Span& span : spans) {
            if (strongest == nullptr ||
                text::ruleFor(span.label).requirement < text::ruleFor(strongest->label).requirement) {
                strongest = &span;
            }
        }
        const text::LabelRule rule = text::ruleFor(strongest->label);
        f.origin = isKnown(*strongest) ? model::Origin::Known : model::Origin::Model;
        f.confidence = strongest->confidence;
        if (!listed || rule.requirement < f.requirement) {
            f.category = rule.category;
            f.requirement = rule.requirement;
            f.rule = listed ? f.rule : std::string(rule.rule);
        }
    }

    static bool isKnown(const text::Span& span) { return span.source.starts_with("known"); }

    static bool isFreeText(Vr v) {
        return v == vr::LO || v == vr::SH || v == vr::ST || v == vr::LT || v == vr::UT || v == vr::UC;
    }

    const Profile& m_profile;
    const text::TextDetector& m_detector;
    std::span<const model::KnownIdentifier> m_known;
    known::Matcher m_matcher;
};

base::Error unexamined(base::ErrorCode code, std::string what) {
    return {code, {std::move(what)}, "detect.attribute"};
}

} // namespace

base::Expected<Detection> detectDicom(const model::Asset& asset, std::span<const model::Source> sources,
                                      const Context& context) {
    const auto profile = Profile::make(context.policy);
    if (!profile) {
        return tl::unexpected(profile.error());
    }
    const auto detector = text::TextDetector::shared();
    if (!detector) {
        return tl::unexpected(detector.error());
    }
    Detection out;
    Survey survey(*profile);
    std::optional<base::Error> lastError;
    for (const model::Source& source : sources) {
        if (context.stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "detect.attribute");
        }
        std::string content; // of a member of an archive; outlives the instance
        auto instance = [&]() -> base::Expected<Instance> {
            if (source.member.empty()) {
                return Instance::open(source.path);
            }
            auto bytes = intake::readContent(source);
            if (!bytes) {
                return tl::unexpected(bytes.error());
            }
            content = std::move(*bytes);
            return Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
        }();
        if (!instance) {
            lastError = instance.error();
            out.unexamined.push_back(instance.error());
            continue;
        }
        survey.add(*instance);
        if (const std::string_view part = intake::dicom::unopenedPart(*instance); !part.empty()) {
            out.unexamined.push_back(unexamined(base::ErrorCode::UnsupportedFormat, std::string(part)));
        }
    }
    if (survey.instances() == 0 && lastError) {
        return tl::unexpected(*lastError);
    }
    out.known = knownFrom(survey, profile->tables());
    std::vector<model::KnownIdentifier> known(context.known.begin(), context.known.end());
    known.insert(known.end(), out.known.begin(), out.known.end());
    FindingMaker maker(*profile, **detector, known);
    std::vector<PathStep> path;
    maker.walk(survey.root(), path);
    out.findings = std::move(maker.out);
    auto pixels = proposeOnPixels(survey, asset, sources, known, context);
    if (!pixels) {
        return tl::unexpected(pixels.error());
    }
    auto pictures = pictureFindings(survey, asset, profile->tables(), pixels->doubtful, context);
    if (!pictures) {
        return tl::unexpected(pictures.error());
    }
    std::ranges::move(slidePictureFindings(asset, sources, context), std::back_inserter(*pictures));
    std::ranges::move(pixels->findings, std::back_inserter(*pictures));
    std::ranges::move(pixels->known, std::back_inserter(out.known));
    std::ranges::move(*pictures, std::back_inserter(out.findings));
    if (isVolumetric(survey, asset)) {
        const auto head = saysHead(survey);
        if (!head) {
            return tl::unexpected(head.error());
        }
        auto faces = volume::faceFindings(asset, sources, *head, context);
        if (!faces) {
            return tl::unexpected(faces.error());
        }
        std::ranges::move(*faces, std::back_inserter(out.findings));
    }
    return out;
}

} // namespace kamei::detect::attribute
