#include "core/job/SubjectMatcher.h"

#include <algorithm>
#include <tuple>

#include "core/base/Digest.h"
#include "core/job/SubjectCompare.h"

namespace kamei::job {
namespace {

using model::SubjectHint;

/// More spellings of one name than this say nothing new.
constexpr std::size_t kMostNames = 16;

std::string numberKey(const SubjectHint& hint) {
    const std::string number = trimmedText(hint.patientId);
    return number.empty() ? std::string() : trimmedText(hint.issuer) + '|' + number;
}

} // namespace

SubjectMatcher::SubjectMatcher(const std::vector<model::Subject>& known) {
    for (const model::Subject& subject : known) {
        add(subject);
    }
}

void SubjectMatcher::add(const model::Subject& subject) {
    const auto before = m_subjects.find(subject.id.value);
    const bool fresh = before == m_subjects.end();
    m_keys.insert(subject.key);
    const std::string number = trimmedText(subject.hint.patientId);
    if (!number.empty() && (fresh || trimmedText(before->second.hint.patientId) != number)) {
        m_byNumber.emplace(number, subject.id);
    }
    if (!subject.hint.birthDate.empty()) {
        for (const PlainName& name : plainNames(subject.hint)) {
            const std::string key = name.whole + '|' + subject.hint.birthDate;
            const auto [first, last] = m_byNameAndBirth.equal_range(key);
            if (std::none_of(first, last, [&](const auto& row) { return row.second == subject.id; })) {
                m_byNameAndBirth.emplace(key, subject.id);
            }
        }
    }
    m_subjects.insert_or_assign(subject.id.value, subject);
}

const model::Subject* SubjectMatcher::subject(base::SubjectId id) const {
    const auto found = m_subjects.find(id.value);
    return found == m_subjects.end() ? nullptr : &found->second;
}

base::SubjectId SubjectMatcher::survivor(base::SubjectId id) const {
    for (std::size_t step = 0; step < m_subjects.size(); ++step) {
        const model::Subject* const one = subject(id);
        if (one == nullptr || !one->mergedInto.valid()) {
            break;
        }
        id = one->mergedInto;
    }
    return id;
}

std::optional<base::SubjectId> SubjectMatcher::byNumber(const SubjectHint& hint) const {
    struct Candidate {
        base::SubjectId id;
        int evidence = 0; ///< what speaks for it beside the number
        bool stated = false;
    };
    std::vector<Candidate> candidates;
    const std::string issuer = trimmedText(hint.issuer);
    const auto [first, last] = m_byNumber.equal_range(trimmedText(hint.patientId));
    for (auto it = first; it != last; ++it) {
        const SubjectHint& other = m_subjects.at(it->second.value).hint;
        const std::string theirs = trimmedText(other.issuer);
        const bool both = !issuer.empty() && !theirs.empty();
        if (both && issuer != theirs) {
            continue;
        }
        const Comparison compared = compare(hint, other);
        const bool agree = compared.birth == Agreement::Same || compared.name == NameAgreement::Same;
        const bool oneStated = issuer.empty() != theirs.empty();
        const bool silent =
            compared.birth != Agreement::Different && (hint.names.empty() || other.names.empty());
        if (areTwoPeople(compared, both) || (oneStated && !agree && !silent)) {
            continue;
        }
        candidates.push_back({survivor(it->second),
                              (compared.birth == Agreement::Same ? 4 : 0) +
                                  (compared.name == NameAgreement::Same          ? 4
                                   : compared.name == NameAgreement::SharedGiven ? 2
                                                                                 : 0),
                              both});
    }
    if (candidates.empty()) {
        return std::nullopt;
    }
    const auto rank = [](const Candidate& one) {
        return std::tuple(-one.evidence, !one.stated, one.id.value);
    };
    std::ranges::sort(candidates, {}, rank);
    const Candidate& best = candidates.front();
    const bool ambiguous = std::ranges::any_of(candidates, [&](const Candidate& other) {
        return other.id != best.id && other.evidence == best.evidence && other.stated == best.stated;
    });
    return ambiguous ? std::nullopt : std::optional(best.id);
}

std::optional<base::SubjectId> SubjectMatcher::byName(const SubjectHint& hint) const {
    if (hint.birthDate.empty()) {
        return std::nullopt;
    }
    for (const PlainName& name : plainNames(hint)) {
        const auto [first, last] = m_byNameAndBirth.equal_range(name.whole + '|' + hint.birthDate);
        for (auto it = first; it != last; ++it) {
            const SubjectHint& other = m_subjects.at(it->second.value).hint;
            const bool sameIssuer = trimmedText(hint.issuer) == trimmedText(other.issuer);
            const bool numbered = !numberKey(hint).empty() && !numberKey(other).empty();
            const bool sameNumber = trimmedText(hint.patientId) == trimmedText(other.patientId);
            if (!(sameIssuer && numbered && !sameNumber)) {
                return survivor(it->second);
            }
        }
    }
    return std::nullopt;
}

std::optional<base::SubjectId> SubjectMatcher::find(const SubjectHint& hint) const {
    if (!trimmedText(hint.patientId).empty()) {
        if (const auto same = byNumber(hint)) {
            return same;
        }
    }
    return byName(hint);
}

std::string SubjectMatcher::freeKeyOf(const SubjectHint& hint) const {
    const std::string key = keyOf(hint);
    if (key.empty() || !m_keys.contains(key)) {
        return key;
    }
    const auto names = plainNames(hint);
    const std::string longer =
        key + '|' +
        base::sha256((names.empty() ? std::string() : names.front().whole) + '|' + hint.birthDate).hex();
    std::string out = longer;
    for (int again = 2; m_keys.contains(out); ++again) {
        out = longer + '|' + std::to_string(again);
    }
    return out;
}

std::string SubjectMatcher::keyOf(const SubjectHint& hint) {
    if (const std::string key = numberKey(hint); !key.empty()) {
        return key;
    }
    std::vector<std::string> names;
    for (PlainName& name : plainNames(hint)) {
        names.push_back(std::move(name.whole));
    }
    if (names.empty() || hint.birthDate.empty()) {
        return {};
    }
    std::ranges::sort(names);
    return "name|" + base::sha256(names.front() + '|' + hint.birthDate).hex();
}

bool SubjectMatcher::merge(SubjectHint& into, const SubjectHint& from) {
    bool changed = false;
    const auto fill = [&changed](std::string& target, const std::string& value) {
        if (target.empty() && !value.empty()) {
            target = value;
            changed = true;
        }
    };
    if (into.patientId.empty()) {
        fill(into.patientId, from.patientId);
        fill(into.issuer, from.issuer);
    }
    fill(into.birthDate, from.birthDate);
    fill(into.sex, from.sex);
    for (const std::string& name : from.names) {
        if (into.names.size() < kMostNames && std::ranges::find(into.names, name) == into.names.end()) {
            into.names.push_back(name);
            changed = true;
        }
    }
    return changed;
}

} // namespace kamei::job
