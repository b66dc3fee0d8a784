#include "core/guideline/RuleTable.h"

#include <utility>

#include "core/base/Resources.h"

namespace kamei::guideline {
namespace {

constexpr std::size_t kColumns = 10;

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t start = 0;;) {
        const std::size_t tab = line.find('\t', start);
        out.emplace_back(line.substr(start, tab - start));
        if (tab == std::string_view::npos) {
            return out;
        }
        start = tab + 1;
    }
}

std::string blankIfDash(const std::string& text) { return text == "-" ? std::string{} : text; }

base::Expected<Rule> ruleFrom(const std::vector<std::string>& fields) {
    const auto category = model::categoryFromWord(fields[5] == "-" ? "none" : fields[5]);
    const auto requirement = model::requirementFromWord(fields[6]);
    if (!category || !requirement) {
        return base::fail(base::ErrorCode::Malformed, "guideline.rules", {fields[0]});
    }
    return Rule{fields[0], fields[1], fields[2],  fields[3], blankIfDash(fields[4]), *category, *requirement,
                blankIfDash(fields[7]), fields[8], fields[9]};
}

} // namespace

base::Expected<RuleTable> RuleTable::load() {
    const auto text = base::readResource("guideline/rules.tsv");
    if (!text) {
        return tl::unexpected(text.error());
    }
    return parse(*text);
}

base::Expected<RuleTable> RuleTable::parse(std::string_view tsv) {
    RuleTable out;
    bool header = true;
    while (!tsv.empty()) {
        const std::size_t end = tsv.find('\n');
        const std::string_view line = tsv.substr(0, end);
        tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto fields = split(line);
        if (fields.size() != kColumns) {
            return base::fail(base::ErrorCode::Malformed, "guideline.rules", {std::to_string(fields.size())});
        }
        if (std::exchange(header, false)) {
            continue;
        }
        auto rule = ruleFrom(fields);
        if (!rule) {
            return tl::unexpected(rule.error());
        }
        const std::size_t index = out.m_rules.size();
        if (!out.m_byId.emplace(rule->id, index).second) {
            return base::fail(base::ErrorCode::Malformed, "guideline.rules", {rule->id});
        }
        if (rule->dataType == "dicom" && !rule->locator.empty()) {
            out.m_byTag.emplace(rule->locator, index);
        }
        out.m_rules.push_back(std::move(*rule));
    }
    return out;
}

const Rule* RuleTable::find(std::string_view id) const {
    const auto found = m_byId.find(std::string(id));
    return found == m_byId.end() ? nullptr : &m_rules[found->second];
}

const Rule* RuleTable::findAttribute(std::string_view tag) const {
    const auto found = m_byTag.find(std::string(tag));
    return found == m_byTag.end() ? nullptr : &m_rules[found->second];
}

} // namespace kamei::guideline
