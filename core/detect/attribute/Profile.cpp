#include "core/detect/attribute/Profile.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/intake/dicom/Dictionary.h"

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
using intake::dicom::elementOf;
using intake::dicom::groupOf;
using model::Action;

constexpr std::string_view kStandardRoot = "1.2.840.10008.";
constexpr Tag kTrailingPadding = 0xFFFCFFFC;

/// UIDs of classes, syntaxes, schemes and contexts: Table E.1-1 does not name them, they identify nobody.
constexpr std::array<Tag, 16> kClassUids{
    0x00080016, 0x0008001A, 0x0008001B, 0x00080062, 0x0008010C, 0x00080117, 0x00080118, 0x0008040E,
    0x00081150, 0x0008115A, 0x00083002, 0x00340003, 0x04000010, 0x04000510, 0x30100052, 0x30100053};
/// Code sequences that say what an item of structured content is (PS3.3 C.17.3, 10.2).
constexpr std::array<Tag, 4> kConcepts{0x0040A043, 0x0040A168, 0x004008EA, 0x0040A301};
/// What identifies a code, in the items of code sequences (PS3.3 8.8).
constexpr std::array<Tag, 9> kCode{0x00080100, 0x00080102, 0x00080103, 0x00080104, 0x00080105,
                                   0x00080119, 0x00080120, 0x00080121, 0x00080122};

template <std::size_t N> bool oneOf(const std::array<Tag, N>& tags, Tag tag) {
    return std::ranges::find(tags, tag) != tags.end();
}

/// What nobody can examine: encrypted attributes and signatures of the source (PS3.3 C.12.1.1.3; invalid once
/// anything has changed), keys of records elsewhere, drawings.
constexpr std::array<Tag, 9> kSealed{0x0008041B, 0x0008041C, 0x0040A074, 0x0040A089, 0x00686300,
                                     0x04000120, 0x04000500, 0x04000520, 0x4FFE0001};

/// Those, and pixel data of retired forms (7Fxx), which no mask reaches.
bool isSealed(Tag tag) {
    return oneOf(kSealed, tag) || ((groupOf(tag) & 0xFF01) == 0x7F00 && groupOf(tag) != 0x7FE0);
}

const base::Expected<guideline::RuleTable>& ruleTable() {
    static const base::Expected<guideline::RuleTable> rules = guideline::RuleTable::load();
    return rules;
}

bool isFreeText(Vr v) {
    return v == vr::LO || v == vr::SH || v == vr::ST || v == vr::LT || v == vr::UT || v == vr::UC;
}

/// Which of the actions X, Z, D a code of Table E.1-1 stands for, by the attribute's type in the IOD (PS3.15
/// Table E.1-1a). "U*" stands as Dummy: the sequence stays. Z may be a dummy, and is one where no empty value
/// conforms; so is X in the items of a dummy sequence, and where an IOD demands a value in its data set
/// (Presentation Creation Date).
Form formOf(std::string_view code, int type, bool strict, bool inDataSet) {
    if (code == "D" || code == "U") {
        return Form::Dummy;
    }
    const Form byType = type == 1 ? Form::Dummy : type == 2 ? Form::Empty : Form::Remove;
    if (code == "X") {
        return strict || (type == 1 && inDataSet) ? byType : Form::Remove;
    }
    if (code == "Z" || code == "Z/D") {
        return type == 1 ? Form::Dummy : Form::Empty;
    }
    return code == "X/D" && type == 2 ? Form::Dummy : byType; // X/Z, X/D, X/Z/D, X/Z/U*
}

} // namespace

int strictness(Action action) {
    switch (action) {
    case Action::Keep:
        return 0;
    case Action::TopCode:
    case Action::BottomCode:
        return 1;
    case Action::Clean:
        return 2;
    case Action::Shift:
    case Action::Noise:
        return 3;
    case Action::Generalise:
        return 4;
    case Action::Replace:
        return 5;
    default:
        return 6;
    }
}

bool Profile::isWellKnownUid(std::string_view uid) {
    return uid.starts_with(kStandardRoot);
}

base::Expected<Profile> Profile::make(const model::Policy& policy) {
    const auto tables = ProfileTables::shared();
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    const auto& rules = ruleTable();
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    Profile out;
    out.m_policy = policy;
    out.m_tables = *tables;
    out.m_rules = &*rules;
    out.m_guideline = policy.name != "dicom-basic";
    out.m_requiredOnly = policy.name == "guideline-2024-required";
    for (const guideline::Rule& rule : rules->rules()) {
        if (const auto tag = intake::dicom::tagFromText(rule.locator); tag && rule.dataType == "dicom") {
            out.m_ruleOf.emplace(*tag, &rule);
        }
    }
    out.judgeOverrides();
    return out;
}

void Profile::judgeOverrides() {
    const auto overrides = std::exchange(m_policy.overrides, {});
    for (const auto& [rule, row] : overrides) {
        auto tag = rule.size() < 11
                       ? std::nullopt
                       : intake::dicom::tagFromText(std::string_view(rule).substr(rule.size() - 11));
        const auto named = std::ranges::find_if(
            m_ruleOf, [&, &id = rule](const auto& entry) { return entry.second->id == id; });
        if (!tag && named != m_ruleOf.end()) {
            tag = named->first;
        }
        const auto* entry = tag ? intake::dicom::Dictionary::shared().find(*tag) : nullptr;
        if (entry == nullptr) {
            continue;
        }
        const Verdict without = judge(*tag, entry->vr, 0, false, {});
        const bool weaker = strictness(row.action) < strictness(without.action);
        m_weakened = m_weakened || weaker;
        m_keepsDates = m_keepsDates || (weaker && (entry->vr == vr::DA || entry->vr == vr::DT));
    }
    m_policy.overrides = overrides;
}

Profile::Base Profile::baseOf(Tag tag) const {
    Base out{m_tables->find(tag), false, false};
    if (out.row == nullptr) {
        return out;
    }
    for (const auto& [option, code] : out.row->options) {
        if (!m_policy.has(option) || (option == "full-dates" && m_policy.has("modified-dates"))) {
            continue; // of two ways to keep dates the one that hides more
        }
        out.keptByOption = out.keptByOption || code == 'K';
        out.cleaned = out.cleaned || code == 'C';
    }
    return out;
}

void Profile::applyRow(Verdict& out, const Base& base, Tag tag, Vr vr, Tag parent, bool strict,
                       std::string_view sopClass) const {
    const std::string& code = base.row->basic;
    const bool sequence = vr == vr::SQ;
    // What Delete would write is settled first: a person may choose Delete where the profile keeps.
    const bool dummyAnyway = code == "D" || code == "U";
    // Of an object of no known class nothing is demanded: what the table removes goes.
    const bool goes = code == "X" && vr == vr::SQ && !m_tables->knowsClass(sopClass);
    const int type = dummyAnyway ? 0 : goes ? 3 : m_tables->typeOf(sopClass, parent, tag);
    out.form = formOf(code, type, strict, parent == 0);
    const bool date = vr == vr::DA || vr == vr::DT;
    // A date that an option keeps for another reason (calibration of a device) still moves with the others.
    if (base.keptByOption && !(date && base.cleaned)) {
        out.descend = sequence;
        return;
    }
    // The guideline keeps references between files intact (5.4.2 note 21): their UIDs are replaced wherever
    // they stand. The profile alone does so only where the IOD demands the sequence.
    if (code == "X/Z/U*" && (m_guideline || out.form == Form::Dummy)) {
        out.descend = true;
        return;
    }
    if (base.cleaned) {
        applyClean(out, *base.row, vr);
        return;
    }
    if (code == "U") {
        out.action = Action::Replace;
        return;
    }
    if (sequence && out.form == Form::Dummy) {
        out.descend = out.strict = true; // a dummy sequence: the same structure without anything that speaks
        return;
    }
    out.action = Action::Delete;
}

void Profile::applyClean(Verdict& out, const ConfidentialityRow& row, Vr vr) const {
    const bool dates = row.options.contains("modified-dates");
    if (vr == vr::SQ) {
        out.descend = true;
    } else if (dates && (vr == vr::DA || vr == vr::DT)) {
        out.action = Action::Shift;
    } else if (dates && (vr == vr::TM || vr == vr::SH)) {
        out.action = Action::Keep; // whole days are moved: the time of day stays, and with it the time zone
    } else if (vr == vr::AE) {
        out.action = Action::Replace; // one device stays one device, under another name
    } else if (isFreeText(vr) || vr == vr::CS) {
        out.action = Action::Clean;
    } else {
        out.action =
            Action::Delete; // signed or binary timestamps, maker notes: nothing in them can be cleaned
    }
}

void Profile::applyUnlisted(Verdict& out, Tag tag, Vr vr, Tag parent, bool strict) const {
    const bool date = vr == vr::DA || vr == vr::DT;
    out.form = Form::Dummy; // nobody says here of what type it is: a dummy serves all
    if (isSealed(tag)) {
        out.action = Action::Delete;
        out.form = Form::Remove;
        return;
    }
    if (vr == vr::SQ) {
        out.descend = true;
        out.strict = strict;
    } else if (vr == vr::UI) {
        out.action = oneOf(kClassUids, tag) ? Action::Keep : Action::Replace;
    } else if (vr == vr::PN || vr == vr::AE || vr == vr::UR) {
        out.action = Action::Delete;
    } else if (date || vr == vr::TM) {
        const bool kept = m_policy.has("full-dates") && !m_policy.has("modified-dates");
        out.action = kept                              ? Action::Keep
                     : !m_policy.has("modified-dates") ? Action::Delete
                     : date                            ? Action::Shift
                                                       : Action::Keep;
    } else if (isFreeText(vr)) {
        // Of a dummy sequence the concepts stay, for they are the structure; whom or what a code sequence of
        // the table names (persons, institutions) does not.
        const bool code = oneOf(kConcepts, parent) && oneOf(kCode, tag);
        out.action = strict && !code ? Action::Delete : Action::Keep;
        out.examine = out.action == Action::Keep;
    }
}

void Profile::applyGuideline(Verdict& out, const guideline::Rule& rule, bool keptByOption) const {
    out.rule = rule.id;
    out.grade = {rule.category, rule.requirement};
    const GuidelineAction* row = m_tables->guidelineAction(rule.id);
    // The one dummy that is useful under every policy: the subject's pseudonymous ID.
    if (!m_guideline && row != nullptr && row->overProfile && row->action == Action::Replace) {
        out.action = Action::Replace;
    }
    if (!m_guideline || row == nullptr) {
        return;
    }
    if (keptByOption) {
        // An option that keeps is the policy's word; only top-coding goes with keeping.
        out.action = row->action == Action::TopCode ? Action::TopCode : Action::Keep;
    } else if (row->overProfile || strictness(row->action) > strictness(out.action)) {
        out.action = row->action;
    }
}

void Profile::applyPolicy(Verdict& out, Vr vr) const {
    if (m_requiredOnly && out.grade.requirement != model::Requirement::Required && !out.unknown) {
        out.action = Action::Keep;
        out.strict = false;
    }
    if (const auto found = m_policy.overrides.find(out.rule); found != m_policy.overrides.end()) {
        out.action = found->second.action;
    }
    // A sequence that a policy keeps is still looked through.
    out.descend =
        out.descend || (vr == vr::SQ && (out.action == Action::Keep || out.action == Action::Clean));
}

Verdict Profile::judge(Tag tag, Vr read, Tag parent, bool strict, std::string_view sopClass) const {
    return judge(tag, read, parent, strict, sopClass, true);
}

Verdict Profile::act(Tag tag, Vr read, Tag parent, bool strict, std::string_view sopClass) const {
    return judge(tag, read, parent, strict, sopClass, m_requiredOnly || !m_policy.overrides.empty());
}

Verdict Profile::judge(Tag tag, Vr read, Tag parent, bool strict, std::string_view sopClass,
                       bool explained) const {
    if (intake::dicom::isPrivate(tag)) {
        return judgePrivate({}, tag, read);
    }
    Verdict out;
    const auto* entry = intake::dicom::Dictionary::shared().find(tag);
    const Base base = baseOf(tag);
    // Group lengths, commands, padding carry nothing that the output needs (PS3.5 7.2, PS3.3 C.12.1.1).
    const bool structural = elementOf(tag) == 0 || groupOf(tag) == 0 || tag == kTrailingPadding;
    if (structural || (entry == nullptr && base.row == nullptr)) {
        out.action = Action::Delete;
        out.unknown = !structural;
        out.grade = {model::Category::Identifier, model::Requirement::Required};
        out.rule = "PS3.15 E.1 " + intake::dicom::tagText(tag);
        applyPolicy(out, read);
        return out;
    }
    const Vr standard = entry == nullptr ? read : entry->vr;
    if (explained) {
        out.rule = (base.row != nullptr ? "PS3.15 E.1-1 " : "PS3.15 E.1 ") + intake::dicom::tagText(tag);
    }
    const auto rule = m_ruleOf.find(tag);
    out.listed = base.row != nullptr || rule != m_ruleOf.end();
    if (base.row != nullptr) {
        applyRow(out, base, tag, standard, parent, strict, sopClass);
    } else {
        applyUnlisted(out, tag, standard, parent, strict);
    }
    if (rule != m_ruleOf.end()) {
        applyGuideline(out, *rule->second, base.keptByOption);
    } else if (explained) {
        out.grade = m_tables->gradeOf(tag);
    }
    applyPolicy(out, standard);
    return out;
}

} // namespace kamei::detect::attribute
