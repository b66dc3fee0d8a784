#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::job {

/// A reason to look at one person, or at two, again: what sources state does not fit one person, or fits two
/// so well that they may be one (Guideline 4.9: records of one person are processed alike; 3.6.1: a mixed-up
/// person is identified by mistake).
struct SubjectDoubt {
    enum class Kind {
        BirthDates,    ///< one person, sources state different birth dates
        Names,         ///< one person, names that cannot be one's: a chart number given out again
        FamilyNames,   ///< one person, one given name with different family names: a changed surname
        Sexes,         ///< one person, sources state both sexes
        SharedNumber,  ///< two people bear one chart number: two hospitals, or given out again
        SameNameBirth, ///< two people with one name and birth date, different numbers
        ChangedName,   ///< two people with one birth date and given name, different family names
        OneBirthDate,  ///< two people with one birth date and family name, different given names: twins
        NearBirthDate, ///< two people with one name, one birth date may be the other mistyped
    };
    /// What is stated, and where; values are identifiers: for the window and the command line alone.
    struct Evidence {
        std::string field; ///< "patient-id" "name" "birth-date" "sex"
        std::string value;
        base::SubjectId subject;
        std::vector<base::AssetId> assets; ///< at most 20
    };
    Kind kind = Kind::BirthDates;
    base::SubjectId one;
    base::SubjectId other; ///< none: the doubt is within one person
    std::vector<Evidence> evidence;
    bool blocks = true;  ///< keeps the gate closed until it is settled; else worth a look only
    std::string settled; ///< the reason with which somebody settled it; empty: open
};

[[nodiscard]] std::string_view word(SubjectDoubt::Kind kind); ///< "birth-dates" ... "near-birth-date"

struct SubjectDoubts {
    std::vector<SubjectDoubt> doubts; ///< blocking ones first, then by person
    /// Pairs that were not compared since more than 200 people share what would make them alike; 0 in
    /// practice. Above 0 the gate stays closed.
    std::int64_t notCompared = 0;
    [[nodiscard]] std::int64_t open() const; ///< blocking and not settled
};

/// All doubts of a workspace. Compares within groups that share a number, or a birth date and a part of the
/// name, or a whole name: a million people take seconds, not squares. Run off the GUI thread.
[[nodiscard]] base::Expected<SubjectDoubts> subjectDoubts(const Session& session, std::stop_token stop = {});

} // namespace kamei::job
