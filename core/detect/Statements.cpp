#include "core/detect/Statements.h"

#include <algorithm>

#include "core/detect/Findings.h"

namespace kamei::detect {

const KeyRow* rowFor(std::span<const KeyRow> rows, std::string_view key) {
    const auto found = std::ranges::find_if(
        rows, [key](const KeyRow& row) { return key.find(row.part) != std::string_view::npos; });
    return found == rows.end() ? nullptr : &*found;
}

void Statements::add(std::string_view key, std::string_view value, const KeyRow& row,
                     std::vector<model::Finding>& out) {
    const auto [place, fresh] = m_places.try_emplace(std::string(key), out.size());
    if (!fresh) {
        ++out[place->second].instances;
        return;
    }
    model::Finding finding;
    finding.locator.kind = model::Locator::Kind::Metadata;
    finding.locator.path = key;
    finding.text = shortened(value);
    finding.label = row.label;
    gradeByRule(finding, row.rule, model::Action::Delete, m_context);
    finding.suggested = finding.action = model::Action::Delete;
    finding.detector = "metadata";
    out.push_back(std::move(finding));
}

} // namespace kamei::detect
