#include "core/detect/attribute/ProfileTables.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>

#include "core/base/Resources.h"
#include "core/intake/dicom/Dictionary.h"

namespace kamei::detect::attribute {
namespace {

using base::ErrorCode;
using Fields = std::vector<std::string_view>;

constexpr std::string_view kPlace = "detect.attribute.tables";

Fields fieldsOf(std::string_view line) {
    Fields out;
    for (;;) {
        const std::size_t tab = line.find('\t');
        out.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) {
            return out;
        }
        line.remove_prefix(tab + 1);
    }
}

/// Hands every row of a table to `take`, which says whether the row is sound. `header` receives the first
/// line.
base::Expected<void> eachRow(const std::string& resource, std::size_t columns, Fields* header,
                             const std::function<bool(const Fields&)>& take, std::string& text) {
    auto content = base::readResource(resource);
    if (!content) {
        return base::fail(ErrorCode::NotFound, kPlace, {resource});
    }
    text = std::move(*content);
    std::string_view rest = text;
    bool first = true;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const Fields fields = fieldsOf(line);
        if (fields.size() != columns) {
            return base::fail(ErrorCode::Malformed, kPlace, {resource});
        }
        if (std::exchange(first, false)) {
            if (header != nullptr) {
                *header = fields;
            }
            continue;
        }
        if (!take(fields)) {
            return base::fail(ErrorCode::Malformed, kPlace, {resource, std::string(fields[0])});
        }
    }
    return {};
}

std::optional<std::uint32_t> hex(std::string_view text) {
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

bool fits(std::string_view pattern, std::string_view text) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == text;
    }
    if (!text.starts_with(pattern.substr(0, star))) {
        return false;
    }
    pattern.remove_prefix(star + 1);
    for (text.remove_prefix(star);; text.remove_prefix(1)) {
        if (fits(pattern, text)) {
            return true;
        }
        if (text.empty()) {
            return false;
        }
    }
}

/// Repeating groups stand under their first tag: 50xx and 60xx differ in the group's low byte alone.
Tag folded(Tag tag) {
    const std::uint16_t group = intake::dicom::groupOf(tag);
    if ((group & 0xFF00) == 0x5000) {
        return 0x50000000; // every attribute of a curve has one row
    }
    return (group & 0xFF00) == 0x6000 ? 0x60000000 | intake::dicom::elementOf(tag) : tag;
}

} // namespace

base::Expected<const ProfileTables*> ProfileTables::shared() {
    static const base::Expected<ProfileTables> tables = load();
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    return &*tables;
}

base::Expected<ProfileTables> ProfileTables::load() {
    ProfileTables out;
    using Step = base::Expected<void> (ProfileTables::*)();
    for (const Step step :
         {&ProfileTables::loadConfidentiality, &ProfileTables::loadIods, &ProfileTables::loadSafePrivate,
          &ProfileTables::loadCategories, &ProfileTables::loadGuideline, &ProfileTables::loadKnown,
          &ProfileTables::loadBurnedIn}) {
        if (auto done = (out.*step)(); !done) {
            return tl::unexpected(done.error());
        }
    }
    return out;
}

base::Expected<void> ProfileTables::loadConfidentiality() {
    constexpr std::size_t kColumns = 14;
    std::string text;
    Fields header;
    return eachRow(
        "dicom/confidentiality.tsv", kColumns, &header,
        [&](const Fields& f) {
            ConfidentialityRow row{std::string(f[1]), {}};
            for (std::size_t i = 2; i < kColumns - 2; ++i) {
                if (f[i] != "-") {
                    row.options.emplace(header[i], f[i].front());
                }
            }
            if (f[0] == "private") {
                return true; // private attributes have a place of their own
            }
            std::string digits(f[0]);
            std::ranges::replace(digits, 'x', '0');
            const auto tag = hex(digits);
            return tag && m_rows.emplace(*tag, std::move(row)).second;
        },
        text);
}

base::Expected<void> ProfileTables::loadIods() {
    std::string text;
    std::unordered_map<std::string, std::vector<Iod*>> users; // of a module
    const auto strengthen = [](Types& types, std::uint64_t place, int type) {
        int& strictest = types.emplace(place, type).first->second;
        strictest = std::min(strictest, type);
    };
    return eachRow(
        "dicom/iods.tsv", 4, nullptr,
        [&](const Fields& f) {
            if (f[0] == "sop") {
                m_iodOfClass.emplace(f[1], f[2]);
                return true;
            }
            if (f[0] == "iod") {
                Iod& iod = m_iods[std::string(f[1])];
                iod.whole = iod.whole && f[2] != "*";
                users[std::string(f[2])].push_back(&iod);
                return true;
            }
            const std::size_t dot = f[2].find('.');
            const auto parent =
                dot == std::string_view::npos ? std::optional<std::uint32_t>(0) : hex(f[2].substr(0, dot));
            const auto tag = hex(f[2].substr(dot == std::string_view::npos ? 0 : dot + 1));
            const int type = f[3].size() == 1 ? f[3].front() - '0' : 0;
            if (f[0] != "type" || !parent || !tag || type < 1 || type > 3) {
                return false;
            }
            const std::uint64_t place = static_cast<std::uint64_t>(*parent) << 32 | *tag;
            if (*parent != 0) {
                strengthen(m_strictest, place, type);
            }
            for (Iod* iod : users[std::string(f[1])]) {
                strengthen(iod->types, place, type);
            }
            return true;
        },
        text);
}

base::Expected<void> ProfileTables::loadSafePrivate() {
    std::string text;
    return eachRow(
        "dicom/safe-private.tsv", 3, nullptr,
        [&](const Fields& f) {
            const auto group = hex(f[1]);
            const auto element = hex(f[2]);
            if (!group || !element) {
                return false;
            }
            m_safePrivate[std::string(f[0])].insert(*group << 8 | *element);
            return true;
        },
        text);
}

base::Expected<void> ProfileTables::loadCategories() {
    std::string text;
    return eachRow(
        "profiles/categories.tsv", 4, nullptr,
        [&](const Fields& f) {
            Selector row;
            const auto category = model::categoryFromWord(f[1]);
            const auto requirement = model::requirementFromWord(f[2]);
            if (!category || !requirement) {
                return false;
            }
            row.grade = {*category, *requirement};
            if (f[0].starts_with("tag:")) {
                const auto tag = hex(f[0].substr(4));
                row.kind = Selector::Kind::ByTag;
                row.tag = tag.value_or(0);
            } else if (f[0].starts_with("vr:") && f[0].size() == 5) {
                row.kind = Selector::Kind::ByVr;
                row.vr = intake::dicom::makeVr(f[0][3], f[0][4]);
            } else if (f[0].starts_with("keyword:")) {
                row.kind = Selector::Kind::ByKeyword;
                row.pattern = f[0].substr(8);
            } else if (f[0] != "any") {
                return false;
            }
            m_selectors.push_back(std::move(row));
            return true;
        },
        text);
}

base::Expected<void> ProfileTables::loadGuideline() {
    std::string text;
    return eachRow(
        "profiles/guideline-dicom.tsv", 4, nullptr,
        [&](const Fields& f) {
            const auto action = model::actionFromWord(f[1]);
            return action && (f[2] == "stricter" || f[2] == "guideline") &&
                   m_guideline.emplace(f[0], GuidelineAction{*action, f[2] == "guideline"}).second;
        },
        text);
}

base::Expected<void> ProfileTables::loadKnown() {
    std::string text;
    return eachRow(
        "profiles/known-identifiers.tsv", 3, nullptr,
        [&](const Fields& f) {
            const auto tag = hex(f[0]);
            return tag && m_known.emplace(*tag, KnownKind{std::string(f[1]), f[2] == "cohort"}).second;
        },
        text);
}

base::Expected<void> ProfileTables::loadBurnedIn() {
    std::string text;
    return eachRow(
        "profiles/burned-in.tsv", 3, nullptr,
        [&](const Fields& f) {
            if (f[1] == "silent") {
                m_burnedIn.emplace(f[0]);
            }
            return f[1] == "silent" || f[1] == "stated";
        },
        text);
}

const ConfidentialityRow* ProfileTables::find(Tag tag) const {
    const auto found = m_rows.find(folded(tag));
    return found == m_rows.end() ? nullptr : &found->second;
}

int ProfileTables::typeOf(std::string_view sopClass, Tag parent, Tag tag) const {
    const std::uint64_t place = static_cast<std::uint64_t>(parent) << 32 | tag;
    const auto name = m_iodOfClass.find(sopClass);
    const auto iod = name == m_iodOfClass.end() ? m_iods.end() : m_iods.find(name->second);
    if (iod != m_iods.end()) {
        if (const auto found = iod->second.types.find(place); found != iod->second.types.end()) {
            return found->second;
        }
    }
    // A sequence of another module in this object brings that module's types along.
    if (const auto elsewhere = m_strictest.find(place); elsewhere != m_strictest.end()) {
        return elsewhere->second;
    }
    return iod != m_iods.end() && iod->second.whole ? 3 : 1;
}

bool ProfileTables::isSafePrivate(std::string_view creator, Tag tag) const {
    const auto found = m_safePrivate.find(creator);
    return found != m_safePrivate.end() &&
           found->second.contains(static_cast<std::uint32_t>(intake::dicom::groupOf(tag)) << 8 |
                                  (tag & 0xFF));
}

Grade ProfileTables::gradeOf(Tag tag) const {
    const auto* entry = intake::dicom::Dictionary::shared().find(tag);
    for (const Selector& row : m_selectors) {
        const bool hit =
            row.kind == Selector::Kind::Any || (row.kind == Selector::Kind::ByTag && row.tag == tag) ||
            (row.kind == Selector::Kind::ByVr && entry != nullptr && entry->vr == row.vr) ||
            (row.kind == Selector::Kind::ByKeyword && entry != nullptr && fits(row.pattern, entry->keyword));
        if (hit) {
            return row.grade;
        }
    }
    return {model::Category::Identifier, model::Requirement::Required};
}

const GuidelineAction* ProfileTables::guidelineAction(std::string_view rule) const {
    const auto found = m_guideline.find(std::string(rule));
    return found == m_guideline.end() ? nullptr : &found->second;
}

const KnownKind* ProfileTables::knownKind(Tag tag) const {
    const auto found = m_known.find(tag);
    return found == m_known.end() ? nullptr : &found->second;
}

bool ProfileTables::burnedInWhenSilent(std::string_view modality) const {
    return m_burnedIn.contains(modality);
}

} // namespace kamei::detect::attribute
