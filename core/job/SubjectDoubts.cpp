#include "core/job/SubjectDoubts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/job/SessionInternals.h"
#include "core/job/SubjectCompare.h"

namespace kamei::job {
namespace {

using Kind = SubjectDoubt::Kind;
using Evidence = SubjectDoubt::Evidence;
using store::Claim;

constexpr std::size_t kMostAssets = 20;
constexpr std::size_t kMostAlike = 200;

std::string valueOf(const model::SubjectHint& hint, std::string_view field) {
    if (field == "patient-id") {
        const std::string number = trimmedText(hint.patientId);
        const std::string issuer = trimmedText(hint.issuer);
        return number.empty() || issuer.empty() ? number : number + " (" + issuer + ")";
    }
    if (field == "birth-date") {
        return hint.birthDate;
    }
    if (field == "sex") {
        return hint.sex == "M" || hint.sex == "F" ? hint.sex : std::string();
    }
    std::string out;
    for (const std::string& name : hint.names) {
        out += (out.empty() ? "" : " / ") + name;
    }
    return out;
}

/// Each different value of a field with the assets that state it.
void addEvidence(std::vector<Evidence>& out, base::SubjectId subject, const std::string& field,
                 const std::vector<const Claim*>& claims, const model::SubjectHint& hint) {
    std::map<std::string, std::vector<base::AssetId>> values;
    for (const Claim* claim : claims) {
        if (const std::string value = valueOf(claim->hint, field); !value.empty()) {
            auto& assets = values[value];
            if (assets.size() < kMostAssets && (assets.empty() || assets.back() != claim->asset)) {
                assets.push_back(claim->asset);
            }
        }
    }
    if (values.empty()) {
        if (const std::string value = valueOf(hint, field); !value.empty()) {
            values[value];
        }
    }
    for (auto& [value, assets] : values) {
        out.push_back({field, value, subject, std::move(assets)});
    }
}

/// Everything known of one person of the workspace.
struct Person {
    const model::Subject* subject = nullptr;
    std::vector<const Claim*> claims;
};

class Search {
public:
    Search(const std::vector<model::Subject>& subjects, const std::vector<Claim>& claims) {
        std::unordered_map<std::int64_t, std::size_t> places;
        for (const model::Subject& subject : subjects) {
            if (!subject.mergedInto.valid()) {
                places.emplace(subject.id.value, m_people.size());
                m_people.push_back({&subject, {}});
            }
        }
        for (const Claim& claim : claims) {
            if (const auto at = places.find(claim.subject.value); at != places.end()) {
                m_people[at->second].claims.push_back(&claim);
            }
        }
    }

    SubjectDoubts run(const std::stop_token& stop) {
        for (const Person& person : m_people) {
            if (!stop.stop_requested()) {
                within(person);
            }
        }
        comparePairs(stop);
        return std::move(m_out);
    }

private:
    void add(Kind kind, bool blocks, const Person& one, const Person* other,
             std::initializer_list<const char*> fields) {
        SubjectDoubt doubt{kind, one.subject->id, {}, {}, blocks, {}};
        for (const char* field : fields) {
            addEvidence(doubt.evidence, one.subject->id, field, one.claims, one.subject->hint);
            if (other != nullptr) {
                addEvidence(doubt.evidence, other->subject->id, field, other->claims, other->subject->hint);
            }
        }
        if (other != nullptr) {
            doubt.other = other->subject->id;
        }
        m_out.doubts.push_back(std::move(doubt));
    }

    void within(const Person& person) {
        std::set<std::string> births;
        std::set<std::string> sexes;
        std::vector<const model::SubjectHint*>
            named; // one a spelling: claims of a thousand files say the same
        std::set<std::vector<std::string>> spellings;
        for (const Claim* claim : person.claims) {
            births.insert(claim->hint.birthDate);
            sexes.insert(valueOf(claim->hint, "sex"));
            if (!claim->hint.names.empty() && spellings.insert(claim->hint.names).second &&
                named.size() < kMostAlike) {
                named.push_back(&claim->hint);
            }
        }
        births.erase("");
        sexes.erase("");
        if (births.size() > 1) {
            add(Kind::BirthDates, true, person, nullptr, {"birth-date", "name", "patient-id"});
        }
        if (sexes.size() > 1) {
            add(Kind::Sexes, true, person, nullptr, {"sex", "name", "patient-id"});
        }
        NameAgreement worst = NameAgreement::Same;
        for (std::size_t i = 0; i < named.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const NameAgreement name = compare(*named[i], *named[j]).name;
                worst = name == NameAgreement::Unknown ? worst : std::min(worst, name);
            }
        }
        if (worst == NameAgreement::SharedGiven) {
            add(Kind::FamilyNames, true, person, nullptr, {"name", "birth-date", "patient-id"});
        } else if (worst != NameAgreement::Same) {
            add(Kind::Names, true, person, nullptr, {"name", "birth-date", "patient-id"});
        }
    }

    using Groups = std::unordered_map<std::string, std::vector<std::size_t>>;

    void comparePairs(const std::stop_token& stop) {
        Groups groups;
        const auto join = [&groups](const std::string& key, std::size_t at) {
            auto& group = groups[key];
            if (group.empty() || group.back() != at) {
                group.push_back(at);
            }
        };
        for (std::size_t at = 0; at < m_people.size(); ++at) {
            const model::SubjectHint& hint = m_people[at].subject->hint;
            if (const std::string number = trimmedText(hint.patientId); !number.empty()) {
                join("number|" + number, at);
            }
            for (const PlainName& name : plainNames(hint)) {
                join("name|" + name.whole, at);
                if (!hint.birthDate.empty()) {
                    join("family|" + hint.birthDate + '|' + name.family, at);
                    join("given|" + hint.birthDate + '|' + name.given, at);
                }
            }
        }
        for (const auto& [key, group] : groups) {
            if (stop.stop_requested()) {
                return;
            }
            // Many people have one name; only birth dates that look alike bring them together.
            if (group.size() > kMostAlike && key.starts_with("name|")) {
                compareNamesakes(group);
                continue;
            }
            if (group.size() > kMostAlike) {
                const auto size = static_cast<std::int64_t>(group.size());
                m_out.notCompared += size * (size - 1) / 2;
                continue;
            }
            for (std::size_t i = 0; i < group.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    comparePair(group[j], group[i], key.starts_with("number|"));
                }
            }
        }
    }

    /// Of very many people with one name only those are compared whose birth dates agree but for one digit,
    /// two neighbours exchanged, or day and month exchanged: by what is left when these are taken away.
    void compareNamesakes(const std::vector<std::size_t>& group) {
        Groups near;
        for (const std::size_t at : group) {
            const std::string& birth = m_people[at].subject->hint.birthDate;
            if (birth.size() != 8) {
                continue;
            }
            std::set<std::string> keys;
            for (std::size_t digit = 0; digit < birth.size(); ++digit) {
                std::string key = birth;
                key[digit] = '?';
                keys.insert(key);
                if (digit + 1 < birth.size()) {
                    key = birth;
                    std::sort(key.begin() + static_cast<std::ptrdiff_t>(digit),
                              key.begin() + static_cast<std::ptrdiff_t>(digit) + 2);
                    keys.insert(std::to_string(digit) + key);
                }
            }
            const std::string month = birth.substr(4, 2);
            const std::string day = birth.substr(6, 2);
            const auto& [low, high] = std::minmax(month, day);
            keys.insert(birth.substr(0, 4) + '/' + low + '/' + high);
            for (const std::string& key : keys) {
                near[key].push_back(at);
            }
        }
        for (const auto& [key, alike] : near) {
            if (alike.size() > kMostAlike) {
                const auto size = static_cast<std::int64_t>(alike.size());
                m_out.notCompared += size * (size - 1) / 2;
                continue;
            }
            for (std::size_t i = 0; i < alike.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    comparePair(alike[j], alike[i], false);
                }
            }
        }
    }

    void comparePair(std::size_t first, std::size_t second, bool byNumber) {
        const Person& one = m_people[first];
        const Person& other = m_people[second];
        const model::SubjectHint& left = one.subject->hint;
        const model::SubjectHint& right = other.subject->hint;
        if (!byNumber && left.birthDate != right.birthDate &&
            !mayBeMistyped(left.birthDate, right.birthDate)) {
            return;
        }
        if (!m_compared.insert({first, second}).second) {
            return;
        }
        const std::string number = trimmedText(left.patientId);
        const bool shared = !number.empty() && number == trimmedText(right.patientId);
        const Comparison compared = compare(left, right);
        if (shared) {
            const std::string leftIssuer = trimmedText(left.issuer);
            const std::string rightIssuer = trimmedText(right.issuer);
            const bool hospitals = !leftIssuer.empty() && !rightIssuer.empty() && leftIssuer != rightIssuer;
            // Numbers of two hospitals clash every day; they are two people unless more than the number
            // agrees.
            const bool alike = compared.birth == Agreement::Same || compared.name == NameAgreement::Same;
            add(Kind::SharedNumber, !hospitals || alike, one, &other, {"patient-id", "name", "birth-date"});
        } else if (compared.birth == Agreement::Same && compared.name == NameAgreement::Same) {
            add(Kind::SameNameBirth, true, one, &other, {"name", "birth-date", "patient-id"});
        } else if (compared.birth == Agreement::Same && compared.name == NameAgreement::SharedGiven &&
                   compared.sex != Agreement::Different) {
            add(Kind::ChangedName, true, one, &other, {"name", "birth-date", "patient-id"});
        } else if (compared.birth == Agreement::Same && compared.name == NameAgreement::SharedFamily) {
            add(Kind::OneBirthDate, false, one, &other, {"name", "birth-date", "patient-id"});
        } else if (compared.name == NameAgreement::Same && mayBeMistyped(left.birthDate, right.birthDate)) {
            add(Kind::NearBirthDate, true, one, &other, {"birth-date", "name", "patient-id"});
        }
    }

    std::vector<Person> m_people;
    std::set<std::pair<std::size_t, std::size_t>> m_compared;
    SubjectDoubts m_out;
};

} // namespace

std::string_view word(SubjectDoubt::Kind kind) {
    static constexpr std::array<std::string_view, 9> kWords{
        "birth-dates",     "names",        "family-names",   "sexes",          "shared-number",
        "same-name-birth", "changed-name", "one-birth-date", "near-birth-date"};
    return kWords.at(static_cast<std::size_t>(kind));
}

std::int64_t SubjectDoubts::open() const {
    return std::ranges::count_if(
        doubts, [](const SubjectDoubt& doubt) { return doubt.blocks && doubt.settled.empty(); });
}

base::Expected<SubjectDoubts> subjectDoubts(const Session& session, std::stop_token stop) {
    auto& internals = const_cast<Session&>(session).internals();
    auto reading = internals.read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto subjects = (*reading)->subjects.all();
    const auto claims = (*reading)->claims.all();
    const auto settled = (*reading)->claims.settled();
    if (!subjects || !claims || !settled) {
        return tl::unexpected(!subjects ? subjects.error() : !claims ? claims.error() : settled.error());
    }
    SubjectDoubts out = Search(*subjects, *claims).run(stop);
    for (SubjectDoubt& doubt : out.doubts) {
        const base::SubjectId other = doubt.other.valid() ? doubt.other : doubt.one;
        const auto [one, two] = std::minmax(doubt.one, other);
        if (const auto reason = settled->find({one, two}); reason != settled->end()) {
            doubt.settled = reason->second;
        }
    }
    std::ranges::stable_sort(out.doubts, {}, [](const SubjectDoubt& doubt) {
        return std::tuple(!doubt.settled.empty(), !doubt.blocks, doubt.one, doubt.other, doubt.kind);
    });
    return out;
}

} // namespace kamei::job
