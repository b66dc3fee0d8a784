#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/model/Subject.h"

namespace kamei::job {

/// Tells which person of the workspace a source is about, from what the source says (Guideline 4.9: records
/// of one person are processed alike). In order:
///
/// 1. the same patient number of the same issuer, or of issuers that both are not stated, unless birth date
/// and
///    names contradict each other so far that the number means two people (areTwoPeople: two hospitals, a
///    number given out again);
/// 2. the same patient number where one side states no issuer, if birth date or a name agree, or if neither
///    side states anything that could disagree;
/// 3. a name (any script; blanks, '^', '=', width, kana kind, forms of kanji and case aside) and the birth
/// date
///    agree, unless both sides state different numbers of one issuer.
///
/// A name alone identifies nobody, and a number that two people bear identifies neither: who is left over
/// becomes a person of its own, and subjectDoubts() lists the pair. Not thread-safe.
class SubjectMatcher {
public:
    explicit SubjectMatcher(const std::vector<model::Subject>& known);

    /// The subject a hint means; empty when it is nobody known.
    [[nodiscard]] std::optional<base::SubjectId> find(const model::SubjectHint& hint) const;
    /// Takes a subject in, or again after its hint grew.
    void add(const model::Subject& subject);
    [[nodiscard]] const model::Subject* subject(base::SubjectId id) const;

    /// Key of a new subject: "issuer|patient id", or without a number a digest of name and birth date, so
    /// that it is stable; empty when the hint identifies nobody.
    [[nodiscard]] static std::string keyOf(const model::SubjectHint& hint);
    /// The key of a new subject that nobody has yet: a number given out twice gets the name's digest added.
    [[nodiscard]] std::string freeKeyOf(const model::SubjectHint& hint) const;
    /// Adds to `into` what `from` knows beyond it. Whether anything was added.
    [[nodiscard]] static bool merge(model::SubjectHint& into, const model::SubjectHint& from);

private:
    [[nodiscard]] std::optional<base::SubjectId> byNumber(const model::SubjectHint& hint) const;
    [[nodiscard]] std::optional<base::SubjectId> byName(const model::SubjectHint& hint) const;
    [[nodiscard]] base::SubjectId survivor(base::SubjectId id) const;

    std::unordered_map<std::int64_t, model::Subject> m_subjects;
    std::unordered_set<std::string> m_keys;
    std::unordered_multimap<std::string, base::SubjectId> m_byNumber;
    std::unordered_multimap<std::string, base::SubjectId> m_byNameAndBirth;
};

} // namespace kamei::job
