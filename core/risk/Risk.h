#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/model/Finding.h"

namespace kamei::risk {

/// One thing that processed data still says of a person (Guideline 4.3(3), 5.6).
struct Trait {
    std::string field; ///< stable word: sex age birth-date birth-month municipality postal-code occupation
                       ///< facility ...
    std::string value; ///< as it stands after processing, normalised ("M", "45", "1958-08")
    base::AssetId asset;
    bool structured = true; ///< from an attribute, column or header; false: from free text
    bool decided = true;    ///< false: nobody has said so yet, it is what processing would leave
};

/// What all assets of one person say together.
struct SubjectTraits {
    base::SubjectId subject;
    std::vector<Trait> traits;
};

/// What the findings of one asset still reveal under their present decisions: kept, generalised and
/// top-coded quasi-identifiers. Shifted, deleted and replaced ones reveal nothing. Of undecided ones it is
/// what staging would write now, as the policy suggests; days of examinations that nobody has decided on are
/// shifted. A facial surface that was decided to be kept
/// (Guideline 5.4.4) is the field "face"; a quasi-identifier that a person added (a rare diagnosis, an
/// occupation told by the way) the field "chosen", with its text.
[[nodiscard]] std::vector<Trait> traitsOf(std::span<const model::Finding> findings);

/// A cell of a processed table, in a column of a label; nothing when the label says nothing of a person or
/// the cell is empty.
[[nodiscard]] std::optional<Trait> traitOfCell(std::string_view label, std::string_view value,
                                               base::AssetId asset);

/// A field with the value a subject has in it.
struct FieldValue {
    std::string field;
    std::string value;
    friend auto operator<=>(const FieldValue&, const FieldValue&) = default;
};

/// Subjects that show exactly the same values.
struct EquivalenceClass {
    std::vector<FieldValue> values; ///< in order of field; fields without value left out
    std::vector<base::SubjectId> subjects;
    /// How many subjects show all these values, these or more. 1: singled out. A missing value is no
    /// knowledge: who shows less is hidden among those who show more, not the other way round.
    std::int64_t size = 0;
    std::vector<base::AssetId> assets; ///< where the values of the first subject stand
    /// Fields whose value comes from what nobody has decided on yet, of any of the subjects.
    std::vector<std::string> undecided;
};

/// A person singled out, and by what.
struct SingledOut {
    base::SubjectId subject;
    /// Smallest combinations that nobody else shows (no part of one is unique), smallest first, up to
    /// Options::maxCombination fields; empty when it takes more fields than that.
    std::vector<std::vector<FieldValue>> combinations;
    std::vector<base::AssetId> assets;  ///< where the values of the combinations stand, each once
    std::vector<std::string> undecided; ///< fields whose value nobody has decided on yet
};

struct FieldSummary {
    std::string field;
    std::int64_t subjects = 0; ///< with a value
    std::int64_t values = 0;   ///< different ones
    bool used = true;          ///< part of the combinations
};

struct Analysis {
    std::vector<FieldSummary> fields;      ///< all that any subject has, in order of name
    std::vector<EquivalenceClass> classes; ///< smallest size first
    std::vector<SingledOut> singledOut;    ///< in order of subject
    std::int64_t subjects = 0;
    bool cancelled = false;
};

struct Options {
    /// Only these; empty: all but body height and weight, which nobody knows of another to the digit and
    /// which would single out everyone.
    std::vector<std::string> fields;
    int maxCombination = 3;         ///< 1..5
    std::size_t maxPerSubject = 12; ///< combinations kept for one subject
};

/// Equivalence classes over the full combination, and the minimal unique combinations (minimal sample
/// uniques) of those singled out, found depth first over the fields with the pruning of SUDA2 (Manning,
/// Haglin, Keane 2008): a group of one is not refined further, a combination is kept only when no part of
/// it is unique. Guideline 5.6. Several values of one field count as one set; of age and sex, structured
/// values win over free text (which also speaks of relatives).
/// Errors: TooManyEntries above 60 fields; InvalidArgument for Options out of range.
[[nodiscard]] base::Expected<Analysis> analyse(std::span<const SubjectTraits> subjects,
                                               const Options& options, std::stop_token stop = {});

} // namespace kamei::risk
