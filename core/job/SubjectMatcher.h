#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/Subject.h"

namespace kamei::job {

/// Tells which person of the workspace a source is about, from what the source says (Guideline 4.9: records
/// of one person are processed alike). In order:
///
/// 1. the same patient number of the same issuer;
/// 2. the same patient number where one side states no issuer, if birth date or a name agree, or if neither
/// side
///    states anything that could disagree;
/// 3. a name (any script; blanks, '^', '=', width, kana kind and case aside) and the birth date agree, unless
///    both sides state different numbers of one issuer.
///
/// A name alone identifies nobody. Not thread-safe.
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
    /// Adds to `into` what `from` knows beyond it. Whether anything was added.
    [[nodiscard]] static bool merge(model::SubjectHint& into, const model::SubjectHint& from);

private:
    [[nodiscard]] bool agree(const model::SubjectHint& left, const model::SubjectHint& right) const;
    [[nodiscard]] bool contradict(const model::SubjectHint& left, const model::SubjectHint& right) const;

    std::unordered_map<std::int64_t, model::Subject> m_subjects;
    std::unordered_map<std::string, base::SubjectId> m_byKey;
    std::unordered_multimap<std::string, base::SubjectId> m_byNumber;
    std::unordered_multimap<std::string, base::SubjectId> m_byNameAndBirth;
};

} // namespace kamei::job
