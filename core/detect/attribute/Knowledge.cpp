#include "core/detect/attribute/Knowledge.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/intake/dicom/CharacterSet.h"
#include "core/model/Locator.h"

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
using intake::dicom::PathStep;

/// What stands where no name or number is known: it names nobody, and is a word of many other values.
bool isNobody(std::string_view value) {
    constexpr std::array<std::string_view, 24> kWords{
        "UNKNOWN", "NONE",    "ANONYMOUS",   "ANONYMIZED", "ANONYMISED", "ANON",         "TEST", "PATIENT",
        "DUMMY",   "REMOVED", "NULL",        "UNDEFINED",  "NOT",        "AVAILABLE",    "NAME", "NO",
        "N/A",     "NA",      "UNSPECIFIED", "DEFAULT",    "DELETED",    "DEIDENTIFIED", "不明", "匿名"};
    bool any = false;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find_first_of("^ _"), value.size());
        std::string word(value.substr(0, end));
        std::ranges::transform(word, word.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        if (!word.empty() && std::ranges::find(kWords, word) == kWords.end()) {
            return false;
        }
        any = any || !word.empty();
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return any;
}

class Gatherer {
public:
    explicit Gatherer(const ProfileTables& tables) : m_tables(tables) {}

    void walk(const ItemNode& item, std::vector<PathStep>& path) {
        for (const auto& [tag, node] : item.attributes) {
            path.push_back({tag, PathStep::kNoItem});
            // Of a facility that the policy retains (Retain Institution Identity) nothing is searched for.
            const KnownKind* kind = m_tables.knownKind(tag);
            const bool retained = node.verdict.action == model::Action::Keep && kind != nullptr &&
                                  kind->cohort && kind->kind != "clinician";
            if (kind != nullptr && !retained) {
                for (const std::string& value : node.values) {
                    add(*kind, node.vr, value, path);
                }
            }
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                path.back().item = node.merged ? PathStep::kAnyItem : static_cast<std::int32_t>(i);
                walk(*node.items[i], path);
            }
            path.pop_back();
        }
    }

    std::vector<model::KnownIdentifier> out;

private:
    void add(const KnownKind& kind, Vr valueVr, std::string_view decoded, const std::vector<PathStep>& path) {
        for (std::string_view value : intake::dicom::valuesOf(decoded, valueVr)) {
            do {
                const std::size_t cut = valueVr == vr::PN ? value.find('=') : std::string_view::npos;
                std::string_view one = value.substr(0, cut);
                value.remove_prefix(cut == std::string_view::npos ? value.size() : cut + 1);
                while (!one.empty() && (one.back() == '^' || one.back() == ' ')) {
                    one.remove_suffix(1);
                }
                // Short numbers and codes would be found everywhere and say nothing; a name may be one
                // character.
                const std::size_t shortest = valueVr == vr::PN ? 2 : 4;
                if (one.size() >= shortest && !isNobody(one) &&
                    m_seen.emplace(kind.kind, std::string(one)).second) {
                    model::Locator locator;
                    locator.kind = model::Locator::Kind::Attribute;
                    locator.path = intake::dicom::pathText(path);
                    out.push_back({{}, kind.kind, std::string(one), {}, model::toText(locator)});
                }
            } while (!value.empty());
        }
    }

    const ProfileTables& m_tables;
    std::set<std::pair<std::string, std::string>> m_seen;
};

} // namespace

std::vector<model::KnownIdentifier> knownFrom(const Survey& survey, const ProfileTables& tables) {
    Gatherer gatherer(tables);
    std::vector<PathStep> path;
    gatherer.walk(survey.root(), path);
    return std::move(gatherer.out);
}

} // namespace kamei::detect::attribute
