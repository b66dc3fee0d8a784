#include "core/transform/text/People.h"

namespace kamei::transform::text {
namespace {

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
}

} // namespace

People::People(const model::Asset& asset, const Context& context) : m_key(&context.key) {
    m_known = !context.subject.key.empty();
    // What is about nobody known still needs one stable shift and pseudonym of its own.
    m_subject = m_known ? personOf(context.subject.key, context.subject.pseudonym)
                        : personOf("asset|" + asset.group, {});
    m_subjectId = trimmed(context.subject.hint.patientId);
    for (const model::Subject& subject : context.cohort) {
        if (!subject.hint.patientId.empty()) {
            const std::string number = trimmed(subject.hint.patientId);
            const auto [known, fresh] = m_cohort.try_emplace(number, subject.key, subject.pseudonym);
            if (!fresh && known->second.first != subject.key) {
                // Two hospitals gave it to two people: the number alone says whom it means to nobody. It
                // becomes neither of them.
                known->second = {"shared-number|" + number, {}};
            }
        }
    }
}

Person People::personOf(const std::string& key, const std::string& pseudonym) const {
    return {key, pseudonym.empty() ? m_key->pseudonymId(key) : pseudonym, m_key->dateShiftDays(key)};
}

void People::readMessage(const intake::text::TextSource& source) {
    m_people.clear();
    for (const model::SubjectHint& hint : source.people()) {
        const std::string number = trimmed(hint.patientId);
        const auto known = m_cohort.find(number);
        if (m_known && (source.people().size() == 1 || number == m_subjectId)) {
            m_people.push_back(m_subject);
        } else if (!number.empty() && known != m_cohort.end()) {
            m_people.push_back(personOf(known->second.first, known->second.second));
        } else if (!number.empty()) {
            m_people.push_back(
                personOf(trimmed(hint.issuer) + '|' + number, {})); // as job's key of a subject
        } else if (!hint.names.empty()) {
            m_people.push_back(personOf("message-name|" + hint.names.front() + '|' + hint.birthDate, {}));
        } else {
            m_people.push_back(m_subject);
        }
    }
}

void People::readRows(const intake::text::TextSource& source, const std::set<std::int32_t>& numbered) {
    readMessage(source);
    std::map<std::int64_t, std::string> numbers;
    std::map<std::int64_t, std::string> names;
    for (const intake::text::Segment& cell : source.segments()) {
        if (cell.row < 0) {
            return;
        }
        const bool heading = source.hasHeader() && cell.row == 0;
        if (cell.role == "patient.id" || (!heading && numbered.contains(cell.column))) {
            numbers.try_emplace(cell.row, trimmed(source.content(cell)));
        } else if (cell.role == "patient.name") {
            names.try_emplace(cell.row, trimmed(source.content(cell)));
        }
    }
    for (const auto& [row, number] : numbers) {
        const auto known = m_cohort.find(number);
        if (number.empty() || (m_known && (number == m_subjectId || known == m_cohort.end()))) {
            continue;
        }
        // Same form as job's key of a subject whose issuer is not stated.
        m_rows[row] = known == m_cohort.end() ? personOf('|' + number, {})
                                              : personOf(known->second.first, known->second.second);
    }
    for (const auto& [row, name] : names) {
        if (!m_known && !name.empty() && !m_rows.contains(row)) {
            m_rows[row] = personOf("table-name|" + name, {});
        }
    }
}

const Person& People::of(std::int64_t row) const {
    const auto found = m_rows.find(row);
    return found == m_rows.end() ? m_subject : found->second;
}

const Person& People::of(const intake::text::Segment* segment) const {
    const bool told = segment != nullptr && segment->person >= 0 &&
                      static_cast<std::size_t>(segment->person) < m_people.size();
    return told ? m_people[static_cast<std::size_t>(segment->person)]
                : of(segment == nullptr ? -1 : segment->row);
}

std::string People::description() const {
    std::string out = m_subject.key + '\n' + m_subject.pseudonym + '\n' + m_subjectId + '\n';
    for (const auto& [number, person] : m_cohort) {
        out += number + '\t' + person.first + '\t' + person.second + '\n';
    }
    return out;
}

} // namespace kamei::transform::text
