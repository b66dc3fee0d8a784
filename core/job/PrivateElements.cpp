#include "core/job/PrivateElements.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/Resources.h"
#include "core/decide/Policies.h"
#include "core/detect/attribute/PrivateValues.h"
#include "core/detect/attribute/ProfileTables.h"
#include "core/intake/dicom/PrivateDictionary.h"
#include "core/job/SessionInternals.h"

namespace kamei::job {
namespace {

using intake::dicom::PrivateEntry;

constexpr std::string_view kPrivateRule = "dicom.private-attributes";
constexpr std::int64_t kPage = 5000;
constexpr std::size_t kMostRemembered = 256;

/// Private elements that carry diffusion parameters (resources/profiles/private-diffusion.tsv).
using Diffusion = std::set<std::string, std::less<>>;

std::string keyOf(std::string_view creator, std::string_view group, std::string_view element) {
    return std::string(creator) + '\t' + std::string(group) + '\t' + std::string(element);
}

base::Expected<Diffusion> loadDiffusion() {
    const auto text = base::readResource("profiles/private-diffusion.tsv");
    if (!text) {
        return base::fail(base::ErrorCode::NotFound, "job.private", {"profiles/private-diffusion.tsv"});
    }
    Diffusion out;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        const std::size_t third = line.find('\t', second + 1);
        if (line.starts_with('#') || third == std::string_view::npos) {
            continue;
        }
        out.insert(keyOf(line.substr(0, first), line.substr(first + 1, second - first - 1),
                         line.substr(second + 1, third - second - 1)));
    }
    return out;
}

struct Gathered {
    PrivateElement element;
    std::set<std::string> values;
    std::int64_t mostDistinct = 0;
    std::int64_t inLastAsset = 0;
    base::AssetId lastAsset;
};

void addValues(Gathered& into, const model::Finding& finding, const std::vector<std::string>& examples) {
    for (const std::string& value : examples) {
        if (into.values.size() < kMostRemembered && into.values.insert(value).second &&
            into.element.examples.size() < detect::attribute::PrivateFacts::kMostExamples) {
            into.element.examples.push_back(value);
        }
    }
    const auto held = static_cast<std::int64_t>(examples.size());
    into.mostDistinct = std::max(into.mostDistinct, finding.distinctValues);
    into.element.distinctAtLeast = into.element.distinctAtLeast || finding.distinctValues > held ||
                                   into.values.size() >= kMostRemembered;
}

void addFinding(Gathered& into, const model::Finding& finding, const std::vector<std::string>& examples) {
    PrivateElement& out = into.element;
    const bool open = finding.state == model::DecisionState::Open;
    // While nobody has decided, staging does what is suggested.
    const model::Action action = open                                              ? finding.suggested
                                 : finding.state == model::DecisionState::Rejected ? model::Action::Keep
                                                                                   : finding.action;
    const bool stays = action != model::Action::Delete;
    if (into.lastAsset != finding.asset) {
        into.lastAsset = finding.asset;
        into.inLastAsset = 0;
        ++out.series;
        (stays ? out.kept : out.removed) += 1;
        out.open += open ? 1 : 0;
    }
    if (finding.instances > into.inLastAsset) { // several items of one instance hold it
        out.instances += finding.instances - into.inLastAsset;
        into.inLastAsset = finding.instances;
    }
    addValues(into, finding, examples);
}

} // namespace

base::Expected<std::vector<PrivateElement>> privateElements(const Session& session) {
    const auto info = session.info();
    const auto diffusion = loadDiffusion();
    const auto tables = detect::attribute::ProfileTables::shared();
    if (!info || !diffusion || !tables) {
        return tl::unexpected(!info ? info.error() : !diffusion ? diffusion.error() : tables.error());
    }
    using Key = std::tuple<model::Device, std::string, std::uint16_t, std::uint8_t>;
    std::map<Key, Gathered> all;
    FindingQuery query;
    query.rule = kPrivateRule;
    query.limit = kPage;
    for (;; query.offset += kPage) {
        const auto findings = session.findings(query);
        if (!findings) {
            return tl::unexpected(findings.error());
        }
        for (const model::Finding& finding : *findings) {
            const auto facts = detect::attribute::factsOf(finding.detail);
            const auto path = intake::dicom::pathFromText(finding.locator.path);
            if (!facts || path.empty()) {
                continue; // found before elements were recorded by device: a new search records them
            }
            const auto tag = path.back().tag;
            const auto group = intake::dicom::groupOf(tag);
            const auto element = static_cast<std::uint8_t>(tag & 0xFFU);
            const auto [found, isNew] =
                all.try_emplace(Key{facts->device, finding.label, group, element}, Gathered{});
            if (isNew) {
                PrivateElement& out = found->second.element;
                out.device = facts->device;
                out.creator = finding.label;
                out.group = group;
                out.element = element;
                out.place = decide::elementText(group, element);
                out.vr = intake::dicom::vrText(facts->vr);
                out.safeListed = (*tables)->isSafePrivate(finding.label, tag);
                out.diffusion =
                    diffusion->contains(keyOf(finding.label, out.place.substr(1, 4), out.place.substr(8, 2)));
                out.firstAsset = finding.asset;
                out.firstFinding = finding.id;
                if (const PrivateEntry* entry =
                        intake::dicom::PrivateDictionary::shared().find(finding.label, tag)) {
                    out.name = entry->name;
                    out.advice = entry->advice == PrivateEntry::Advice::Keep ? PrivateElement::Advice::Keep
                                 : entry->advice == PrivateEntry::Advice::Remove
                                     ? PrivateElement::Advice::Remove
                                     : PrivateElement::Advice::None;
                }
                if (const auto* rule = info->policy.privateRule(out.creator, group, element, out.device)) {
                    out.rule = *rule;
                }
            }
            addFinding(found->second, finding, facts->examples);
        }
        if (static_cast<std::int64_t>(findings->size()) < kPage) {
            break;
        }
    }
    std::vector<PrivateElement> out;
    out.reserve(all.size());
    for (auto& [key, gathered] : all) {
        gathered.element.distinct =
            std::max(gathered.mostDistinct, static_cast<std::int64_t>(gathered.values.size()));
        out.push_back(std::move(gathered.element));
    }
    return out;
}

} // namespace kamei::job
