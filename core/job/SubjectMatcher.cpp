#include "core/job/SubjectMatcher.h"

#include <algorithm>

#include "core/base/Digest.h"
#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"

namespace kamei::job {
namespace {

using model::SubjectHint;

/// More spellings of one name than this say nothing new.
constexpr std::size_t kMostNames = 16;

/// A text in the form in which numbers and names are compared: NFKC, katakana, upper case, letters and digits
/// only.
std::string plain(std::string_view utf8) {
    namespace japanese = detect::japanese;
    std::u32string out;
    for (char32_t c : japanese::toKatakana(japanese::normalise(utf8).text)) {
        if (c >= U'a' && c <= U'z') {
            c -= U'a' - U'A';
        }
        if (japanese::isWord(c)) {
            out += c;
        }
    }
    return japanese::toUtf8(out);
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> plainNames(const SubjectHint& hint) {
    std::vector<std::string> out;
    for (const std::string& value : hint.names) {
        std::string_view rest = value;
        // DICOM joins scripts with '='.
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('='), rest.size());
            if (std::string name = plain(rest.substr(0, end)); !name.empty()) {
                out.push_back(std::move(name));
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return out;
}

std::string numberKey(const SubjectHint& hint) {
    const std::string number = trimmed(hint.patientId);
    return number.empty() ? std::string() : trimmed(hint.issuer) + '|' + number;
}

} // namespace

SubjectMatcher::SubjectMatcher(const std::vector<model::Subject>& known) {
    for (const model::Subject& subject : known) {
        add(subject);
    }
}

void SubjectMatcher::add(const model::Subject& subject) {
    m_subjects.insert_or_assign(subject.id.value, subject);
    m_byKey.emplace(subject.key, subject.id);
    if (const std::string key = numberKey(subject.hint); !key.empty()) {
        m_byKey.emplace(key, subject.id);
        m_byNumber.emplace(trimmed(subject.hint.patientId), subject.id);
    }
    if (!subject.hint.birthDate.empty()) {
        for (const std::string& name : plainNames(subject.hint)) {
            m_byNameAndBirth.emplace(name + '|' + subject.hint.birthDate, subject.id);
        }
    }
}

const model::Subject* SubjectMatcher::subject(base::SubjectId id) const {
    const auto found = m_subjects.find(id.value);
    return found == m_subjects.end() ? nullptr : &found->second;
}

bool SubjectMatcher::agree(const SubjectHint& left, const SubjectHint& right) const {
    if (!left.birthDate.empty() && left.birthDate == right.birthDate) {
        return true;
    }
    const auto names = plainNames(left);
    return std::ranges::any_of(plainNames(right), [&](const std::string& name) {
        return std::ranges::find(names, name) != names.end();
    });
}

bool SubjectMatcher::contradict(const SubjectHint& left, const SubjectHint& right) const {
    const bool births =
        !left.birthDate.empty() && !right.birthDate.empty() && left.birthDate != right.birthDate;
    // Names in different scripts cannot be compared; only a birth date contradicts by itself.
    return births;
}

std::optional<base::SubjectId> SubjectMatcher::find(const SubjectHint& hint) const {
    const std::string key = numberKey(hint);
    if (!key.empty()) {
        if (const auto same = m_byKey.find(key); same != m_byKey.end()) {
            return same->second;
        }
        std::optional<base::SubjectId> silent;
        const auto [first, last] = m_byNumber.equal_range(trimmed(hint.patientId));
        for (auto it = first; it != last; ++it) {
            const SubjectHint& other = m_subjects.at(it->second.value).hint;
            if (!trimmed(hint.issuer).empty() && !trimmed(other.issuer).empty()) {
                continue;
            }
            if (agree(hint, other)) {
                return it->second;
            }
            const bool comparable = !hint.names.empty() && !other.names.empty();
            if (!contradict(hint, other) && !comparable) {
                silent = it->second;
            }
        }
        if (silent) {
            return silent;
        }
    }
    if (hint.birthDate.empty()) {
        return std::nullopt;
    }
    for (const std::string& name : plainNames(hint)) {
        const auto [first, last] = m_byNameAndBirth.equal_range(name + '|' + hint.birthDate);
        for (auto it = first; it != last; ++it) {
            const SubjectHint& other = m_subjects.at(it->second.value).hint;
            const bool sameIssuer = trimmed(hint.issuer) == trimmed(other.issuer);
            const bool bothNumbered = !key.empty() && !numberKey(other).empty();
            if (!(sameIssuer && bothNumbered)) {
                return it->second;
            }
        }
    }
    return std::nullopt;
}

std::string SubjectMatcher::keyOf(const SubjectHint& hint) {
    if (const std::string key = numberKey(hint); !key.empty()) {
        return key;
    }
    auto names = plainNames(hint);
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
