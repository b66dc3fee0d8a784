#include "core/transform/dicom/Plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/detect/attribute/SlidePictures.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/PrivateDictionary.h"
#include "core/transform/volume/FrameCuts.h"

namespace kamei::transform::dicom {
namespace {

using base::ErrorCode;
using intake::dicom::PathStep;
using model::Action;
using model::DecisionState;

constexpr std::string_view kPlace = "transform.dicom.plan";
constexpr std::string_view kBurnedInRule = "image-content.burned-in-text";
constexpr std::string_view kFaceRule = "image-content.facial-surface";
/// Part of every digest: raised when the same decisions give other bytes.
constexpr std::string_view kWriterVersion = "dicom-writer-2";

constexpr std::string_view kPrivateRule = "dicom.private-attributes";

bool isDate(const model::Finding& finding) {
    const auto path = intake::dicom::pathFromText(finding.locator.path);
    const auto* entry = path.empty() ? nullptr : intake::dicom::Dictionary::shared().find(path.back().tag);
    return entry != nullptr && (entry->vr == intake::dicom::vr::DA || entry->vr == intake::dicom::vr::DT);
}

/// Byte where code point `index` begins; the size when there are not so many.
std::size_t byteOf(std::string_view text, std::int64_t index) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && index-- == 0) {
            break;
        }
    }
    return at;
}

/// The value without its spans: each leaves its label in brackets, so that a reader sees what stood there.
std::string withoutSpans(const std::string& value, const nlohmann::json& spans, bool isShort) {
    struct Cut {
        std::size_t begin;
        std::size_t end;
        std::string label;
    };
    std::vector<Cut> cuts;
    for (const auto& span : spans) {
        cuts.push_back({byteOf(value, span.at("start").get<std::int64_t>()),
                        byteOf(value, span.at("end").get<std::int64_t>()),
                        span.at("label").get<std::string>()});
    }
    std::ranges::sort(cuts, {}, &Cut::begin);
    std::string out;
    std::size_t at = 0;
    for (const Cut& cut : cuts) {
        if (cut.end <= at || cut.begin >= cut.end) {
            continue;
        }
        out += value.substr(at, std::max(at, cut.begin) - at);
        if (!isShort) {
            out += '[' + cut.label + ']';
        }
        at = cut.end;
    }
    return out + value.substr(at);
}

/// Of an age alone the top is cut: of anything else TopCode and BottomCode leave nothing (HeaderValues).
int strictnessOn(Tag tag, Action action) {
    const auto* entry = intake::dicom::Dictionary::shared().find(tag);
    const bool age = entry != nullptr && entry->vr == intake::dicom::vr::AS;
    const bool cuts = action == Action::BottomCode || (action == Action::TopCode && !age);
    return detect::attribute::strictness(cuts ? Action::Delete : action);
}

/// Whether a DICOM file can undergo what was decided, at the place where it was: a decision that is passed
/// over would count as carried out (judgeMarkers).
bool isPossible(const model::Finding& finding) {
    using Kind = model::Locator::Kind;
    const Action action = finding.effective();
    switch (finding.locator.kind) {
    case Kind::Attribute:
    case Kind::Metadata: // of a stream of video: left behind in any case
    case Kind::FileName: // the output never carries the source's name
        return true;
    case Kind::Pixels:
        return action == Action::Keep || action == Action::Mask || volume::takesFaceOff(finding) ||
               (finding.detector == detect::attribute::kSlidePictures &&
                (action == Action::Delete || action == Action::Replace)); // blackened as a whole, see addMasks()
    case Kind::Asset:
        return action == Action::Keep || volume::takesFaceOff(finding);
    case Kind::Text:
    case Kind::Cell:
    case Kind::Column:
        return action == Action::Keep;
    }
    return false;
}

} // namespace

const PlanNode* PlanItem::find(Tag tag) const {
    const auto found = nodes.find(tag);
    return found == nodes.end() ? nullptr : &found->second;
}

const PlanItem* Plan::itemOf(const PlanNode* sequence, std::int32_t index) {
    if (sequence == nullptr) {
        return nullptr;
    }
    auto found = sequence->items.find(index);
    if (found == sequence->items.end()) {
        found = sequence->items.find(PathStep::kAnyItem);
    }
    return found == sequence->items.end() ? nullptr : found->second.get();
}

base::Expected<Plan> Plan::make(std::span<const model::Finding> findings, const Context& context) {
    auto profile = Profile::make(context.policy);
    if (!profile) {
        return tl::unexpected(profile.error());
    }
    Plan out;
    out.m_profile = std::make_unique<Profile>(std::move(*profile));
    for (const model::Finding& finding : findings) {
        if (!isPossible(finding)) {
            return base::fail(ErrorCode::NotPossible, kPlace,
                              {std::string(model::word(finding.effective()))});
        }
        if (finding.locator.kind == model::Locator::Kind::Attribute) {
            if (auto added = out.addAttribute(finding); !added) {
                return tl::unexpected(added.error());
            }
        }
    }
    if (auto added = out.addMasks(findings); !added) {
        return tl::unexpected(added.error());
    }
    out.judgeMarkers(findings);
    out.digestOf(findings, context);
    return out;
}

base::Expected<void> Plan::addAttribute(const model::Finding& finding) {
    const auto path = intake::dicom::pathFromText(finding.locator.path);
    if (path.empty() || path.back().item != PathStep::kNoItem) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    PlanItem* item = m_root.get();
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        auto& next = item->nodes[path[i].tag].items[path[i].item];
        if (!next) {
            next = std::make_unique<PlanItem>();
        }
        item = next.get();
    }
    PlanNode& node = item->nodes[path.back().tag];
    const Action action = finding.effective();
    const Tag tag = path.back().tag;
    // Two findings on one attribute: what hides more stands, in whatever order they come. Open ones say
    // nothing against the other.
    const int hides = strictnessOn(tag, action);
    const int hidden = node.action ? strictnessOn(tag, *node.action) : -1;
    if (hides < hidden) {
        return {};
    }
    auto read = readDetail(finding, tag);
    if (!read) {
        return tl::unexpected(read.error());
    }
    const std::string creator = intake::dicom::isPrivate(tag) ? finding.label : std::string();
    if (hides > hidden) {
        node.action = action;
        node.creator = creator;
        node.vr = std::move(read->vr);
        node.cleaned = std::move(read->cleaned);
        return {};
    }
    if (node.creator != creator || node.vr != read->vr) {
        node.action = Action::Delete; // one of them is not of the element that is met
    }
    // A value that one of them did not read, or read otherwise, is not written.
    std::erase_if(node.cleaned, [&](const auto& row) {
        const auto other = read->cleaned.find(row.first);
        return other == read->cleaned.end() || other->second != row.second;
    });
    return {};
}

base::Expected<Plan::Reading> Plan::readDetail(const model::Finding& finding, Tag tag) {
    Reading out;
    if (finding.detail.empty()) {
        return out;
    }
    const auto* entry = intake::dicom::Dictionary::shared().find(tag);
    const bool isShort =
        entry != nullptr && (entry->vr == intake::dicom::vr::SH || entry->vr == intake::dicom::vr::CS);
    try {
        const auto detail = nlohmann::json::parse(finding.detail);
        if (intake::dicom::isPrivate(tag) && detail.contains("private")) {
            out.vr = detail.at("private").at("vr").get<std::string>();
        }
        if (finding.effective() != Action::Clean || !detail.contains("clean")) {
            return out; // nothing was read: whatever stands there is not written
        }
        for (const auto& row : detail.at("clean")) {
            const auto value = row.at("value").get<std::string>();
            out.cleaned.insert_or_assign(value, withoutSpans(value, row.at("spans"), isShort));
        }
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

base::Expected<void> Plan::addMasks(std::span<const model::Finding> findings) {
    std::vector<model::Mask> whole;
    bool anyDrawn = false;
    for (const model::Finding& finding : findings) {
        const Action action = finding.effective();
        // A picture of a slide's label that is to go is blackened as a whole: an instance cannot leave a
        // series and be nobody's.
        const bool picture = finding.detector == detect::attribute::kSlidePictures && action != Action::Keep;
        if (finding.locator.kind != model::Locator::Kind::Pixels || (action != Action::Mask && !picture)) {
            continue;
        }
        model::Mask mask;
        mask.rect = finding.locator.rect;
        mask.frames = finding.locator.frames;
        bool drawn = false;
        if (!finding.detail.empty()) {
            try {
                const auto detail = nlohmann::json::parse(finding.detail);
                if (detail.contains("mask")) {
                    auto read = model::maskFromJson(detail.at("mask").dump());
                    if (!read) {
                        return tl::unexpected(read.error());
                    }
                    mask = std::move(*read);
                    drawn = true;
                }
            } catch (const nlohmann::json::exception&) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
        }
        // The detector's own finding asks for a look at the whole picture. Accepted beside drawn masks it
        // agrees with them; accepted alone it hides everything, for nobody has said where the text is. Masks
        // that a program proposed are not drawn: accepted in bulk, nobody has looked what they leave.
        const bool asksForLook = !drawn && !picture && finding.origin == model::Origin::Rule;
        if (asksForLook || (picture && !drawn)) {
            constexpr std::int32_t kAll = 65'535; // instances of one series may differ in size
            mask.rect = {0, 0, kAll, kAll};
        }
        const bool proposed = finding.origin == model::Origin::Ocr || finding.origin == model::Origin::Face;
        anyDrawn = anyDrawn || (!asksForLook && !proposed && !picture);
        (asksForLook ? whole : m_masks).push_back(std::move(mask));
    }
    if (!anyDrawn) {
        std::ranges::move(whole, std::back_inserter(m_masks));
    }
    return {};
}

void Plan::judgeMarkers(std::span<const model::Finding> findings) {
    bool burnedInSeen = false;
    bool burnedInOpen = false; // or kept as it is
    bool faceSeen = false;
    bool requiredOpen = false;
    bool nameKept = false;
    m_profileApplied = !m_profile->isWeakened();
    m_datesKept = m_profile->keepsDates();
    m_faceJudgedAbsent = true;
    for (const model::Finding& finding : findings) {
        const bool rejected = finding.state == DecisionState::Rejected;
        const bool processed = finding.effective() != Action::Keep;
        if (finding.rule == kBurnedInRule) {
            burnedInSeen = true;
            // Masks were drawn and the rest kept: that answers the question; kept without a mask it is left.
            const bool marker = finding.requirement != model::Requirement::Required;
            const bool left = !processed && !rejected && !marker && m_masks.empty();
            burnedInOpen = burnedInOpen || (finding.state == DecisionState::Open && !marker) || left;
        }
        if (finding.rule == kFaceRule) {
            faceSeen = true;
            m_faceJudgedAbsent = m_faceJudgedAbsent && (rejected || processed);
            m_faceRemoved = m_faceRemoved || finding.effective() == Action::Deface;
        }
        if (finding.locator.kind != model::Locator::Kind::Attribute || processed) {
            continue;
        }
        // What the policy keeps of private attributes, or a person under the option, is known to be safe
        // (PS3.15 E.3.10, Guideline 5.4.2).
        const bool asPolicy =
            finding.rule == kPrivateRule &&
            (finding.suggested == Action::Keep ||
             (finding.state != DecisionState::Open && m_profile->policy().has("safe-private")));
        requiredOpen = requiredOpen || (finding.requirement == model::Requirement::Required && !asPolicy);
        nameKept = nameKept || finding.label == "PatientName" || finding.label == "PatientID";
        // A text in which a person saw that the detector erred was cleaned; another action was not done.
        const bool undone =
            !asPolicy && finding.suggested != Action::Keep && finding.suggested != Action::Clean;
        m_profileApplied = m_profileApplied && !undone;
        m_datesKept = m_datesKept || (undone && isDate(finding));
    }
    m_faceJudgedAbsent = m_faceJudgedAbsent && faceSeen;
    m_burnedInCleaned = (burnedInSeen || !m_masks.empty()) && !burnedInOpen;
    m_identityRemoved = !requiredOpen && !nameKept && !burnedInOpen;
    m_profileApplied = m_profileApplied && m_identityRemoved;
}

void Plan::digestOf(std::span<const model::Finding> findings, const Context& context) {
    nlohmann::json rows = nlohmann::json::array();
    for (const model::Finding& f : findings) {
        rows.push_back({model::toText(f.locator), std::string(model::word(f.effective())),
                        static_cast<int>(f.state), f.rule, f.label, f.detail,
                        static_cast<int>(f.requirement)});
        if (f.effective() == Action::Deface) {
            rows.back().push_back(f.method); // names the mask by its SHA-256
        }
    }
    // The order in which findings are handed over says nothing.
    std::sort(rows.begin(), rows.end());
    nlohmann::json all;
    all["writer"] = kWriterVersion;
    all["version"] = KAMEI_VERSION;
    all["policy"] = context.policy.name;
    all["options"] = context.policy.options;
    for (const auto& [rule, row] : context.policy.overrides) {
        all["overrides"][rule] = std::string(model::word(row.action));
    }
    // Rows of the site's list on elements that this asset has; others change nothing in it.
    for (const model::PrivateRule& rule : context.policy.privateRules) {
        if (std::ranges::any_of(findings, [&](const model::Finding& f) {
                const auto path = intake::dicom::pathFromText(f.locator.path);
                return f.label == rule.creator && !path.empty() &&
                       intake::dicom::groupOf(path.back().tag) == rule.group &&
                       (path.back().tag & 0xFF) == rule.element;
            })) {
            all["private"].push_back({rule.creator, rule.group, rule.element, rule.device.manufacturer,
                                      rule.device.model, rule.device.softwareVersion, rule.keep});
        }
    }
    all["key"] = context.key.fingerprint();
    all["subject"] = {context.subject.key, context.subject.pseudonym};
    const bool ranges = std::ranges::any_of(
        m_masks, [](const model::Mask& m) { return !m.frames.all() || !m.track.empty(); });
    if (ranges) {
        for (const model::Source& source : context.sources) {
            all["frames"].push_back({source.path.string(), source.member, source.frames});
        }
    }
    all["findings"] = std::move(rows);
    m_digest = base::sha256(all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Decision Plan::decide(const PlanNode* node, const detect::attribute::Verdict& verdict) {
    Decision out{verdict.action, verdict.form, verdict.descend, verdict.strict, nullptr};
    if (node == nullptr || !node->action) {
        return out;
    }
    out.action = *node->action;
    out.cleaned = &node->cleaned;
    if (out.action == Action::Keep || out.action == Action::Clean) {
        out.descend = true; // a sequence that is kept by decision is still looked through
    } else {
        out.descend = false;
    }
    return out;
}

Decision Plan::decidePrivate(const PlanNode* node, std::string_view creator,
                             const intake::dicom::Element& element, const model::Device& device) const {
    const bool decided = node != nullptr && node->action;
    Decision out{Action::Delete, Form::Remove, false, false, nullptr, element.vr};
    if (decided && (*node->action == Action::Delete || creator.empty() || node->creator != creator)) {
        return out; // a block can lie elsewhere in another instance: a decision counts for its creator
    }
    if (decided) {
        out.as = intake::dicom::privateVr(creator, element.tag, element.vr, element.length);
        if (!node->vr.empty() && node->vr != intake::dicom::vrText(out.as)) {
            return out; // and for the VR under which its values were read
        }
        out.action = *node->action;
        out.descend = out.action == Action::Keep || out.action == Action::Clean;
        out.cleaned = &node->cleaned;
        return out;
    }
    const detect::attribute::Verdict verdict =
        m_profile->judgePrivate(creator, element.tag, element.vr, device, element.length);
    out.as = verdict.as;
    // Bytes that no detector has read may say anything.
    if (!verdict.examine || element.length == 0) {
        out.action = verdict.action;
        out.descend = verdict.descend;
    }
    return out;
}

} // namespace kamei::transform::dicom
