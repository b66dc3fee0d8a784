#include "core/job/Minimisation.h"

#include <map>

namespace kamei::job {
namespace {

using model::Action;

bool keeps(Action action) {
    switch (action) {
    case Action::Delete:
    case Action::Replace:
    case Action::Mask:
    case Action::Deface:
    case Action::Clean:
    case Action::Synthesise:
        return false;
    default:
        return true;
    }
}

} // namespace

base::Expected<std::vector<release::KeptItem>> keptItems(const Session& session) {
    const auto sheet = session.sheet();
    if (!sheet) {
        return tl::unexpected(sheet.error());
    }
    constexpr std::int64_t kPage = 20'000;
    std::map<std::string, release::KeptItem> items;
    FindingQuery query;
    query.limit = kPage;
    for (;; query.offset += kPage) {
        const auto findings = session.findings(query);
        if (!findings) {
            return tl::unexpected(findings.error());
        }
        for (const model::Finding& finding : *findings) {
            if (finding.category == model::Category::None || !keeps(finding.effective())) {
                continue;
            }
            release::KeptItem& item = items[finding.label];
            if (item.count++ > 0) {
                continue;
            }
            item.item = finding.label;
            if (const guideline::Rule* rule = session.rules().find(finding.rule)) {
                item.itemJa = rule->itemJa;
                item.itemEn = rule->itemEn;
                item.section = rule->section;
            }
            if (const auto need = sheet->notes.find("need." + finding.label); need != sheet->notes.end()) {
                item.need = need->second;
            }
        }
        if (static_cast<std::int64_t>(findings->size()) < kPage) {
            break;
        }
    }
    std::vector<release::KeptItem> out;
    for (auto& [label, item] : items) {
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace kamei::job
