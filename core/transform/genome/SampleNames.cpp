#include "core/transform/genome/SampleNames.h"

#include <algorithm>
#include <set>

namespace kamei::transform::genome {

using intake::text::Segment;

SampleNames::SampleNames(const intake::text::TextSource& source, const Context& context,
                         const std::string& pseudonym) {
    std::vector<std::string> names;
    std::set<std::string> others; // names that stay, which a new one must not equal
    for (const Segment& part : source.segments()) {
        std::string name = source.slice(part.start, part.end);
        if (part.role != "patient.id") {
            if (part.path == "samples") {
                others.insert(std::move(name));
            }
        } else if (std::ranges::find(names, name) == names.end()) {
            names.push_back(std::move(name));
        }
    }
    const bool one = names.size() == 1 && !context.subject.key.empty();
    for (const std::string& name : names) {
        const auto person = std::ranges::find_if(context.cohort, [&](const model::Subject& subject) {
            return !subject.hint.patientId.empty() && subject.hint.patientId == name;
        });
        // Same form as job's key of a subject whose issuer is not stated.
        const std::string base = one                              ? pseudonym
                                 : person != context.cohort.end() ? person->pseudonym
                                                                  : context.key.pseudonymId('|' + name);
        std::string value = base;
        for (int number = 2; !others.insert(value).second; ++number) {
            value = base + '-' + std::to_string(number);
        }
        m_names.emplace(name, std::move(value));
    }
}

const std::string* SampleNames::of(std::string_view name) const {
    const auto found = m_names.find(name);
    return found == m_names.end() ? nullptr : &found->second;
}

} // namespace kamei::transform::genome
