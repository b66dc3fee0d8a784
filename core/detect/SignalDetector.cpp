#include "core/detect/SignalDetector.h"

#include <algorithm>
#include <array>

#include "core/detect/DocumentDetector.h"
#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/japanese/Normalise.h"
#include "core/intake/Format.h"
#include "core/intake/signal/Page.h"

namespace kamei::detect {
namespace {

using intake::signal::Page;
using intake::text::Segment;
using model::Action;
using text::Label;
using Kind = model::Locator::Kind;

struct RoleRow {
    std::string_view role;
    Label label;
    std::string_view rule;
    Action action;
    std::string_view known;
};

// Guideline 5.3.3. What does not say what it holds is deleted under the strictest row that it may fall in.
constexpr std::array kRoles{
    RoleRow{"patient.id", Label::ChartNo, "physiology.chart-number", Action::Replace, "patient-id"},
    RoleRow{"patient.name", Label::PatientName, "physiology.patient-name", Action::Delete, "patient-name"},
    RoleRow{"patient.birth-date", Label::BirthDate, "physiology.birth-date", Action::Generalise,
            "birth-date"},
    RoleRow{"patient.sex", Label::Sex, "physiology.sex", Action::Keep, ""},
    RoleRow{"patient.age", Label::Age, "physiology.age", Action::Keep, ""},
    RoleRow{"clinician.name", Label::ClinicianName, "physiology.clinician-name", Action::Delete, "clinician"},
    RoleRow{"facility.name", Label::Facility, "physiology.facility-id", Action::Delete, "facility"},
    RoleRow{"document.id", Label::ExamId, "physiology.device-id", Action::Delete, "other"},
    RoleRow{"document.date", Label::Date, "physiology.examination-date", Action::Shift, ""},
    RoleRow{"signal.patient", Label::PatientName, "physiology.patient-name", Action::Delete, "patient-name"},
    RoleRow{"signal.patient-more", Label::OtherName, "physiology.patient-name", Action::Delete, ""},
    RoleRow{"signal.recording", Label::Organization, "physiology.facility-id", Action::Delete, ""},
    RoleRow{"signal.recording-more", Label::Organization, "physiology.facility-id", Action::Delete, ""},
    RoleRow{"signal.equipment", Label::ExamId, "physiology.device-id", Action::Delete, ""},
    RoleRow{"signal.reserved", Label::Organization, "physiology.facility-id", Action::Delete, ""},
};

/// The row of physiology (5.3.3) that speaks of the same as one of clinical text (5.2.3).
std::string_view physiologyRule(std::string_view rule) {
    struct Row {
        std::string_view text;
        std::string_view signal;
    };
    static constexpr std::array kRows{
        Row{"clinical-text.chart-number", "physiology.chart-number"},
        Row{"clinical-text.patient-name", "physiology.patient-name"},
        Row{"clinical-text.birth-date", "physiology.birth-date"},
        Row{"clinical-text.sex", "physiology.sex"},
        Row{"clinical-text.author", "physiology.clinician-name"},
        Row{"clinical-text.approver", "physiology.clinician-name"},
        Row{"clinical-text.facility-name", "physiology.facility-id"},
        Row{"clinical-text.document-uid", "physiology.device-id"},
        Row{"clinical-text.creation-date", "physiology.examination-date"},
        Row{"any.dates", "physiology.examination-date"},
    };
    const auto* const found = std::ranges::find(kRows, rule, &Row::text);
    return found == kRows.end() ? rule : found->signal;
}

void gradeAsPhysiology(model::Finding& finding, const Context& context) {
    const std::string rule(physiologyRule(finding.rule));
    if (rule == finding.rule) {
        return;
    }
    const Label label = text::labelOfWord(finding.label);
    // What a policy of required rules alone kept may be required here.
    const Action action = finding.suggested != Action::Keep ? finding.suggested : text::ruleFor(label).action;
    grade(finding, label, {rule, {}, {}, action}, context);
}

model::Finding findingAt(const Segment& part, std::int64_t start, std::int64_t end, const Page& page) {
    model::Finding out;
    out.locator.kind = Kind::Text;
    out.locator.path = part.path;
    out.locator.start = start;
    out.locator.end = end;
    out.text = shortened(page.text.slice(start, end));
    return out;
}

void addField(const Page& page, std::size_t index, const RoleMeaning& meaning, const Context& context,
              Detection& out) {
    const Segment& part = page.text.segments()[index];
    model::Finding finding = findingAt(part, part.start, part.end, page);
    grade(finding, meaning.label, meaning.rule, context);
    if (part.role == "signal.equipment" && context.policy.has("device-identity")) {
        finding.suggested = finding.action = Action::Keep; // PS3.15 E.3.8, as for images
    }
    finding.detector = "structure";
    if (part.role == "patient.birth-date" && finding.suggested == Action::Generalise) {
        const std::string date = intake::signal::readDate(finding.text, page.places[index].date);
        if (!date.empty()) {
            finding.replacement =
                intake::signal::writeDate(date.substr(0, 6) + "01", page.places[index].date);
        }
    }
    std::string value = page.text.slice(part.start, part.end);
    if (page.places[index].cell) {
        std::ranges::replace(value, '_', ' '); // EDF+ 2.1.3.3: a blank inside a part
    }
    if (meaning.known == "birth-date") {
        value = intake::signal::readDate(value, page.places[index].date);
    }
    constexpr std::size_t kShortest = 4;
    if (!meaning.known.empty()) {
        for (std::string& one : intake::signal::components(value)) {
            if (one.size() >= kShortest) {
                out.known.push_back(
                    {{}, std::string(meaning.known), std::move(one), {}, model::toText(finding.locator)});
            }
        }
    }
    out.findings.push_back(std::move(finding));
}

/// "Fp2", "C3", "Cz", "A1": the 10-20 system and what it is measured against.
bool isElectrode(std::string_view word) {
    constexpr std::array<std::string_view, 5> kAgainst{"Ref", "REF", "Avg", "AVG", "LE"};
    if (std::ranges::find(kAgainst, word) != kAgainst.end()) {
        return true;
    }
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = std::ranges::find_if(word, isDigit);
    const auto letters = digits - word.begin();
    const bool numbered = letters >= 1 && letters <= 2 && word.end() - digits >= 1 &&
                          word.end() - digits <= 2 && std::all_of(digits, word.end(), isDigit);
    const bool middle = digits == word.end() && word.size() >= 2 && word.size() <= 3 && word.back() == 'z';
    return (numbered || middle) && std::all_of(word.begin(), digits, isLetter);
}

/// A label as EDF+ 2.1.3 (specification of labels) writes it: "EEG Fp2-Ref". A mere guess at a name in one is
/// none.
bool isStandardLabel(std::string_view label) {
    constexpr std::array<std::string_view, 6> kTypes{"EEG ", "ECG ", "EOG ", "EMG ", "ERG ", "MEG "};
    const auto* const type =
        std::ranges::find_if(kTypes, [&](std::string_view one) { return label.starts_with(one); });
    if (type == kTypes.end()) {
        return false;
    }
    label.remove_prefix(type->size());
    const std::size_t dash = label.find('-');
    return isElectrode(label.substr(0, dash)) &&
           (dash == std::string_view::npos || isElectrode(label.substr(dash + 1)));
}

/// All words without a meaning of their own, read as one text, each on a line.
class Words {
public:
    explicit Words(const Page& page) : m_page(page) {
        for (const Segment& part : page.text.segments()) {
            if (part.role != "text") {
                continue;
            }
            m_parts.emplace_back(m_length, &part);
            m_text += page.text.slice(part.start, part.end) + '\n';
            m_length += part.end - part.start + 1;
        }
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

    void place(const text::Span& span, const Context& context, Detection& out) const {
        auto at = std::upper_bound(m_parts.begin(), m_parts.end(), span.start,
                                   [](std::int64_t start, const auto& part) { return start < part.first; });
        for (at = at == m_parts.begin() ? at : at - 1; at != m_parts.end() && at->first < span.end; ++at) {
            const Segment& part = *at->second;
            const std::int64_t from = std::max(part.start, part.start + span.start - at->first);
            const std::int64_t to = std::min(part.end, part.start + span.end - at->first);
            constexpr double kGuess = 0.5;
            if (from >= to ||
                (span.confidence < kGuess && isStandardLabel(m_page.text.slice(part.start, part.end)))) {
                continue;
            }
            const model::Finding place = findingAt(part, from, to, m_page);
            model::Finding finding = findingOf(span, place.text, context);
            finding.locator = place.locator;
            gradeAsPhysiology(finding, context);
            finding.replacement = preview(finding, false);
            out.findings.push_back(std::move(finding));
        }
    }

private:
    const Page& m_page;
    std::vector<std::pair<std::int64_t, const Segment*>> m_parts;
    std::string m_text;
    std::int64_t m_length = 0;
};

base::Expected<void> readSignal(const model::Source& source, const text::TextDetector& detector,
                                const Context& context, Detection& out) {
    const auto bytes = intake::readContent(source);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto page = intake::signal::open(*bytes, source.format);
    if (!page) {
        return tl::unexpected(page.error());
    }
    for (std::size_t i = 0; i < page->places.size(); ++i) {
        const Segment& part = page->text.segments()[i];
        if (const auto meaning = signalMeaningOf(part.role, part.path)) {
            addField(*page, i, *meaning, context, out);
        }
    }
    std::vector<model::KnownIdentifier> known(context.known.begin(), context.known.end());
    known.insert(known.end(), out.known.begin(), out.known.end());
    const Words words(*page);
    for (const text::Span& span : detector.detect(words.text(), known)) {
        words.place(span, context, out);
    }
    return {};
}

/// Of a recording of nobody known only staff and places are learned: they are of the whole cohort.
void forgetStranger(const model::Asset& asset, Detection& out) {
    if (!asset.subject.valid()) {
        std::erase_if(out.known, [](const model::KnownIdentifier& k) {
            return k.kind != "clinician" && k.kind != "facility";
        });
    }
}

} // namespace

std::optional<RoleMeaning> signalMeaningOf(std::string_view role, std::string_view path) {
    if (role == "text" || role == "structure" || role == "binary") {
        return std::nullopt;
    }
    const auto* row = std::ranges::find(kRoles, role, &RoleRow::role);
    if (row == kRoles.end()) {
        if (auto meaning = meaningOf(role, path)) {
            meaning->rule.rule = physiologyRule(meaning->rule.rule);
            return meaning;
        }
        row = std::ranges::find(kRoles, "signal.reserved", &RoleRow::role);
    }
    return RoleMeaning{row->label, {row->rule, {}, {}, row->action}, row->known};
}

base::Expected<Detection> detectSignal(const model::Asset& asset, std::span<const model::Source> sources,
                                       const Context& context) {
    const auto detector = text::TextDetector::shared();
    if (!detector) {
        return tl::unexpected(detector.error());
    }
    Detection out;
    for (const model::Source& source : sources) {
        if (context.stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "detect.signal");
        }
        if (auto done = readSignal(source, **detector, context, out); !done) {
            return tl::unexpected(done.error());
        }
    }
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    forgetStranger(asset, out);
    return out;
}

base::Expected<Detection> detectAnnotatedEcg(const model::Asset& asset,
                                             std::span<const model::Source> sources, const Context& context) {
    auto out = detectXml(asset, sources, context);
    if (out) {
        for (model::Finding& finding : out->findings) {
            gradeAsPhysiology(finding, context);
        }
    }
    return out;
}

} // namespace kamei::detect
