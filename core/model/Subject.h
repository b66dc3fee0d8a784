#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/Ids.h"

namespace kamei::model {

/// What a source says of the person it is about. All UTF-8, as read, nothing normalised.
struct SubjectHint {
    std::string patientId;
    std::string issuer;              ///< issuer of patientId; empty when not stated
    std::vector<std::string> names;  ///< one a script: "YAMADA^TAROU", "山田^太郎", "やまだ^たろう", "山田 太郎"
    std::string birthDate;           ///< YYYYMMDD; empty when unknown
    std::string sex;                 ///< M F O U; empty when unknown

    [[nodiscard]] bool empty() const { return patientId.empty() && names.empty(); }
};

/// A person of the workspace. Holds identifiers: never printed, never leaves.
struct Subject {
    base::SubjectId id;
    /// Number shown in the window ("P-0007"); says nothing about the person.
    std::int64_t number = 0;
    /// Stable text from which everything pseudonymous of this person is keyed ("issuer|patient id").
    std::string key;
    SubjectHint hint;
    std::string pseudonym; ///< 仮ID, Guideline 4.7.1, for example "S-5F2A91C04E7B"
    /// The person this one turned out to be: everything is about that one from then on.
    base::SubjectId mergedInto = {};
};

/// An identifier known of a subject from one source, searched in all others and in what is staged.
struct KnownIdentifier {
    base::SubjectId subject;  ///< none: known of the whole cohort (staff, facility)
    std::string kind;         ///< patient-name patient-id birth-date address phone clinician facility accession uid other
    std::string value;        ///< UTF-8, as found
    base::AssetId from;       ///< the asset it was found in
    std::string fromLocator;  ///< text of the locator in that asset
};

} // namespace kamei::model
