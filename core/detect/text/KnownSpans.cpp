#include <algorithm>
#include <array>

#include "core/detect/text/NameParser.h"
#include "core/detect/text/Page.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;

struct KindRow {
    std::string_view kind;
    Label label;
    std::string_view source;
};

constexpr std::array<KindRow, 11> kKinds{{
    {"patient-name", Label::PatientName, "known.patient-name"},
    {"patient-id", Label::ChartNo, "known.patient-id"},
    {"birth-date", Label::BirthDate, "known.birth-date"},
    {"address", Label::Address, "known.address"},
    {"phone", Label::Phone, "known.phone"},
    {"clinician", Label::ClinicianName, "known.clinician"},
    {"family", Label::FamilyName, "known.family"},
    {"facility", Label::Facility, "known.facility"},
    {"accession", Label::ExamId, "known.accession"},
    {"uid", Label::ExamId, "known.uid"},
    {"other", Label::OtherNo, "known.other"},
}};

const KindRow& rowOf(std::string_view kind) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [kind](const KindRow& row) { return row.kind == kind; });
    return found == kKinds.end() ? kKinds.back() : *found;
}

// Whether a surname or given name alone means the person here.
double partConfidence(const Page& page, const NameParser& parser, const known::Hit& hit, Label label) {
    const std::size_t length = hit.end - hit.start;
    const bool kin = page.cueTo(hit.start, kind::Kin) != nullptr || page.endsWith(hit.start, U"の");
    const Cue* const title = page.cueFrom(page.skipBlanks(hit.end), kind::NameEnd);
    const bool honorific =
        title != nullptr && (title->bits & kind::Honorific) != 0 && page.skipBlanks(hit.end) - hit.end <= 1;
    const bool clinical = title != nullptr && (title->bits & kind::TitleClinician) != 0;
    const bool patient = label == Label::PatientName;
    if (patient && (clinical || (kin && hit.part == known::Part::Surname))) {
        return 0; // the surname of a relative or of a doctor of the same name
    }
    const bool leftEdge = parser.beginsHere(hit.start) || page.wordStarts(hit.start);
    if (honorific || (!patient && clinical)) {
        return leftEdge ? 0.93 : 0;
    }
    const bool quoted = isOpen(page.before(hit.start)) && isClose(page.at(hit.end));
    if (quoted && length >= 2) {
        return 0.75;
    }
    if (page.labelBefore(hit.start, kind::PatientField, 2) != nullptr && parser.endsHere(hit.end)) {
        return 0.85;
    }
    const bool edges = parser.beginsHere(hit.start) && parser.endsHard(hit.end);
    return length >= 2 && edges && hit.part == known::Part::Surname ? 0.6 : 0;
}

} // namespace

void findKnown(Page& page, std::span<const model::KnownIdentifier> known, const known::Matcher& matcher) {
    const NameParser parser(page);
    for (const known::Hit& hit : matcher.search(page.normalised)) {
        const KindRow& row = rowOf(known[hit.identifier].kind);
        if (hit.part == known::Part::Whole) {
            page.add(hit.start, hit.end, row.label, 0.99, row.source, rank::Known);
            continue;
        }
        const double confidence = partConfidence(page, parser, hit, row.label);
        if (confidence > 0) {
            page.add(hit.start, hit.end, row.label, confidence, row.source,
                     confidence > 0.9 ? rank::Cued + 2 : rank::Word);
        }
    }
    // A birth date in any notation: by what it says.
    for (const model::KnownIdentifier& identifier : known) {
        if (identifier.kind != "birth-date") {
            continue;
        }
        const auto birth = parseDay(identifier.value);
        for (Candidate& date : page.found) {
            if (birth && date.label == Label::Date && date.day == *birth) {
                date.label = Label::BirthDate;
                date.confidence = 0.97;
                date.source = "known.birth-date";
                date.rank = rank::Known;
            }
        }
    }
}

} // namespace kamei::detect::text
