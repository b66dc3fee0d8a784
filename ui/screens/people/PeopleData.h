#pragma once

#include <QString>
#include <map>
#include <vector>

#include "core/job/Session.h"
#include "core/job/SubjectDoubts.h"

namespace kamei::ui::screens {

/// What the screen of people shows: everybody, and what is doubtful.
struct PeopleData {
    struct Person {
        job::SubjectRow row;
        model::SubjectHint hint;
        std::string pseudonym;
    };
    /// Data of nobody known. What names several people is not among them: it can be no one's.
    struct Unassigned {
        job::AssetRow row;
        QString place; ///< folder and file, which may tell whose it is
    };
    std::map<base::SubjectId, Person> people; ///< at most kMostPeople, by number; those in doubt besides
    bool more = false;                        ///< there are more than are listed
    std::vector<Unassigned> nobodys;          ///< at most kMostPeople
    job::SubjectDoubts doubts;
};
inline constexpr std::int64_t kMostPeople = 5000;

/// Reads it; not on the GUI thread.
[[nodiscard]] base::Expected<PeopleData> readPeople(const job::Session& session);

/// What kind of doubt it is, as a sentence.
[[nodiscard]] QString doubtName(job::SubjectDoubt::Kind kind);
/// A field of the evidence ("patient-id").
[[nodiscard]] QString evidenceField(const std::string& field);
/// A value of the evidence as people write it ("19580802" as "1958-08-02").
[[nodiscard]] QString evidenceValue(const std::string& field, const std::string& value);

} // namespace kamei::ui::screens
