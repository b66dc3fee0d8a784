#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/intake/text/TextSource.h"
#include "core/model/Asset.h"
#include "core/transform/Transform.h"
#include "core/transform/text/NewValue.h"

namespace kamei::transform::text {

/// Whom the rows of a source are about, so that each person's dates move by that person's shift.
class People {
public:
    /// Keeps copies of what it needs of the context.
    People(const model::Asset& asset, const Context& context);

    /// Reads the patient numbers (or names) of a table's rows, or the people of a message; anything else is
    /// about one person.
    /// `numbered`: columns without such a role that are processed as chart numbers.
    void readRows(const intake::text::TextSource& source, const std::set<std::int32_t>& numbered = {});
    /// The person of a row; -1 for what is in no table.
    [[nodiscard]] const Person& of(std::int64_t row) const;
    /// The person of a part: of its row, or the one a message says it is about; null: of no part.
    [[nodiscard]] const Person& of(const intake::text::Segment* segment) const;
    /// The person of the asset as a whole.
    [[nodiscard]] const Person& subject() const { return m_subject; }
    /// What of the people shapes the output.
    [[nodiscard]] std::string description() const;

private:
    void readMessage(const intake::text::TextSource& source);
    [[nodiscard]] Person personOf(const std::string& key, const std::string& pseudonym) const;

    const pseudonym::Key* m_key;
    Person m_subject;
    bool m_known = false;    ///< the asset is about one known person
    std::string m_subjectId; ///< that person's patient number
    std::map<std::string, std::pair<std::string, std::string>, std::less<>>
        m_cohort; ///< number -> key, pseudonym
    std::map<std::int64_t, Person> m_rows;
    std::vector<Person> m_people; ///< by Segment::person
};

} // namespace kamei::transform::text
