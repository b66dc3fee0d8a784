#include <algorithm>
#include <array>

#include "core/detect/known/Spellings.h"
#include "core/detect/text/Units.h"
#include "core/detect/text/names/NameParser.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;
using namespace names;

// Whether a surname or given name alone means the person here.
double partConfidence(const Page& page, const NameParser& parser, const known::Hit& hit, Label label) {
    const std::size_t length = hit.end - hit.start;
    const Cue* const next = page.cueFrom(hit.end, kind::NameEnd);
    const bool address = next != nullptr && ((next->bits & kind::Honorific) != 0 ||
                                             page.slice(next->start, next->end) == U"先生");
    if (!address && parser.partOfWord(hit.start, hit.end)) {
        return 0; // the 元 of 元養護教諭; 元さん and 元先生 are people
    }
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

// A name of which one part is all that is known ("三上" of a signature): it stands in other names and words
// too.
bool isLone(const model::KnownIdentifier& identifier) {
    if (identifier.kind != "patient-name" && identifier.kind != "clinician" && identifier.kind != "family") {
        return false;
    }
    // A number typed into a name's field is an identifier as it stands.
    if (std::any_of(identifier.value.begin(), identifier.value.end(),
                    [](char c) { return c >= '0' && c <= '9'; })) {
        return false;
    }
    const auto names = known::nameParts(identifier.value);
    return std::all_of(names.begin(), names.end(),
                       [](const known::NameParts& name) { return name.given.empty(); });
}

// Whether a longer word of the list, which is no name, holds the range: the 橋本 of 橋本病.
bool insideWord(const Page& page, std::size_t start, std::size_t end) {
    return std::any_of(page.cues.begin(), page.cues.end(), [=](const Cue& cue) {
        return cue.start <= start && cue.end >= end && cue.end - cue.start > end - start &&
               (cue.bits & (kind::Eponym | kind::NotName | kind::Occupation)) != 0;
    });
}

} // namespace

void findKnown(Page& page, std::span<const model::KnownIdentifier> known, const known::Matcher& matcher) {
    const NameParser parser(page);
    for (const known::Hit& hit : matcher.search(page.normalised)) {
        const page::KnownKind& row = page::knownKind(known[hit.identifier].kind);
        const bool whole = hit.part == known::Part::Whole;
        const bool lone = whole && isLone(known[hit.identifier]);
        if (lone && insideWord(page, hit.start, hit.end)) {
            continue;
        }
        if (lone) {
            // Below what the text itself shows, so that 三上胃腸科医院 and 三上 悟 are found as a whole; but
            // a surname that looks like an institution (神宮寺) is a surname.
            const bool looksAlike =
                std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
                    return c.rank == rank::Organisation && c.start == hit.start && c.end == hit.end;
                });
            page.add(hit.start, hit.end, row.label, 0.99, row.source,
                     looksAlike ? rank::Organisation : rank::Lone);
            continue;
        }
        if (whole) {
            // 三上悟クリニック: the clinic as a whole; but who is treated stays a person whatever bears the
            // name, because institutions may be kept where people may not (Guideline 5.2.3).
            const bool clinic =
                row.label == Label::ClinicianName &&
                std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
                    return c.rank == rank::Organisation && c.start <= hit.start && c.end > hit.end;
                });
            page.add(hit.start, hit.end, row.label, 0.99, row.source, clinic ? rank::Lone : rank::Known);
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
