#include "core/transform/dicom/Plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/intake/dicom/Dictionary.h"

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
constexpr std::string_view kWriterVersion = "dicom-writer-1";

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
    // Two findings on one attribute: what hides more stands. Open ones say nothing against the other.
    if (node.action && action == Action::Keep) {
        return {};
    }
    node.action = action;
    if (intake::dicom::isPrivate(path.back().tag)) {
        node.creator = finding.label;
    }
    if (action != Action::Clean || finding.detail.empty()) {
        return {};
    }
    const auto* entry = intake::dicom::Dictionary::shared().find(path.back().tag);
    const bool isShort =
        entry != nullptr && (entry->vr == intake::dicom::vr::SH || entry->vr == intake::dicom::vr::CS);
    try {
        const auto detail = nlohmann::json::parse(finding.detail);
        for (const auto& row : detail.at("clean")) {
            const auto value = row.at("value").get<std::string>();
            node.cleaned.insert_or_assign(value, withoutSpans(value, row.at("spans"), isShort));
        }
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return {};
}

base::Expected<void> Plan::addMasks(std::span<const model::Finding> findings) {
    std::vector<model::Mask> whole;
    for (const model::Finding& finding : findings) {
        if (finding.locator.kind != model::Locator::Kind::Pixels || finding.effective() != Action::Mask) {
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
        // agrees with them; accepted alone it hides everything, for nobody has said where the text is.
        const bool asksForLook = !drawn && finding.origin == model::Origin::Rule;
        if (asksForLook) {
            constexpr std::int32_t kAll = 65'535; // instances of one series may differ in size
            mask.rect = {0, 0, kAll, kAll};
        }
        (asksForLook ? whole : m_masks).push_back(std::move(mask));
    }
    if (m_masks.empty()) {
        m_masks = std::move(whole);
    }
    return {};
}

void Plan::judgeMarkers(std::span<const model::Finding> findings) {
    bool burnedInOpen = false;
    bool burnedInSeen = false;
    bool requiredOpen = false;
    bool nameKept = false;
    for (const model::Finding& finding : findings) {
        const bool decided = finding.state != DecisionState::Open;
        if (finding.rule == kBurnedInRule) {
            burnedInSeen = true;
            burnedInOpen = burnedInOpen || !decided;
        }
        if (finding.rule == kFaceRule) {
            m_faceJudgedAbsent = finding.state == DecisionState::Rejected;
        }
        const bool processed = finding.effective() != Action::Keep;
        const bool picture = finding.locator.kind != model::Locator::Kind::Attribute;
        requiredOpen =
            requiredOpen || (finding.requirement == model::Requirement::Required && !processed && !picture);
        nameKept =
            nameKept || (!processed && (finding.label == "PatientName" || finding.label == "PatientID"));
    }
    m_burnedInCleaned = (burnedInSeen && !burnedInOpen) || !m_masks.empty();
    m_identityRemoved = !requiredOpen && !nameKept && !burnedInOpen;
}

void Plan::digestOf(std::span<const model::Finding> findings, const Context& context) {
    nlohmann::json rows = nlohmann::json::array();
    for (const model::Finding& f : findings) {
        rows.push_back({model::toText(f.locator), std::string(model::word(f.effective())),
                        static_cast<int>(f.state), f.rule, f.label, f.detail,
                        static_cast<int>(f.requirement)});
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
    all["key"] = context.key.fingerprint();
    all["subject"] = {context.subject.key, context.subject.pseudonym};
    const bool ranges = std::ranges::any_of(m_masks, [](const model::Mask& m) { return !m.frames.all(); });
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

Decision Plan::decidePrivate(const PlanNode* node, std::string_view creator, Tag tag, Vr vr) const {
    const detect::attribute::Verdict verdict = m_profile->judgePrivate(creator, tag, vr);
    Decision out{verdict.action, verdict.form, verdict.descend, false, nullptr};
    // A block can lie elsewhere in another instance: a decision counts for the creator it was made for.
    if (node != nullptr && node->action && !creator.empty() && node->creator == creator) {
        out.action = *node->action;
        out.descend = out.action == Action::Keep || out.action == Action::Clean;
        out.cleaned = &node->cleaned;
    } else if (node != nullptr && node->action) {
        out.action = Action::Delete;
    }
    return out;
}

} // namespace kamei::transform::dicom
