#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/Subject.h"

namespace kamei::job {

/// What two statements about people say of each other. Unknown: one of them is silent, or they cannot be
/// compared (names in scripts of which neither gives the other).
enum class Agreement { Unknown, Same, Different };

/// Names compared in the form in which they sound and look alike: width, case, kind of kana, blanks and
/// forms of one kanji aside (髙 and 高); kana with Latin letters by every usual romanisation.
enum class NameAgreement {
    Unknown,
    Different,
    SharedFamily, ///< one family name, another given name: twins, brothers and sisters
    SharedGiven,  ///< one given name, another family name: a changed surname
    Same,
};

struct Comparison {
    NameAgreement name = NameAgreement::Unknown;
    Agreement birth = Agreement::Unknown;
    Agreement sex = Agreement::Unknown; ///< of M and F only
};

[[nodiscard]] Comparison compare(const model::SubjectHint& left, const model::SubjectHint& right);

/// Whether one patient number can hardly mean both (two hospitals, or a number given out again): they
/// contradict each other in more than a typing error or a marriage explains. `stated`: both name one issuer.
[[nodiscard]] bool areTwoPeople(const Comparison& comparison, bool stated);

/// Two birth dates (YYYYMMDD) of which one may be the other mistyped: one digit differs, two neighbours are
/// exchanged, or day and month are.
[[nodiscard]] bool mayBeMistyped(std::string_view left, std::string_view right);

/// A name in one script, in the form of comparison; `family` and `given` empty when they stand unseparated.
struct PlainName {
    std::string whole;
    std::string family;
    std::string given;
};
[[nodiscard]] std::vector<PlainName> plainNames(const model::SubjectHint& hint);
[[nodiscard]] std::string trimmedText(std::string_view text);

} // namespace kamei::job
