#include "core/detect/text/words/Lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "core/base/Resources.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Variants.h"

namespace kamei::detect::text::words {
namespace {

using japanese::toCodePoints;

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 35> kKinds{{
    {"kin", kind::Kin},
    {"clinician-cue", kind::ClinicianCue},
    {"other-cue", kind::OtherCue},
    {"honorific", kind::Honorific},
    {"title-clinician", kind::TitleClinician},
    {"title-other", kind::TitleOther},
    {"patient-field", kind::PatientField},
    {"chart-label", kind::ChartLabel},
    {"exam-label", kind::ExamLabel},
    {"insurance-label", kind::InsuranceLabel},
    {"my-number-label", kind::MyNumberLabel},
    {"resident-label", kind::ResidentLabel},
    {"pension-label", kind::PensionLabel},
    {"licence-label", kind::LicenceLabel},
    {"passport-label", kind::PassportLabel},
    {"card-label", kind::CardLabel},
    {"other-number-label", kind::OtherNumberLabel},
    {"birth-label", kind::BirthLabel},
    {"date-label", kind::DateLabel},
    {"age-label", kind::AgeLabel},
    {"sex-label", kind::SexLabel},
    {"address-label", kind::AddressLabel},
    {"postal-label", kind::PostalLabel},
    {"phone-label", kind::PhoneLabel},
    {"job-label", kind::JobLabel},
    {"org-label", kind::OrgLabel},
    {"facility-label", kind::FacilityLabel},
    {"decoy", kind::Decoy},
    {"not-name", kind::NotName},
    {"eponym", kind::Eponym},
    {"occupation", kind::Occupation},
    {"facility-suffix", kind::FacilitySuffix},
    {"facility-prefix", kind::FacilityPrefix},
    {"org-suffix", kind::OrgSuffix},
    {"org-prefix", kind::OrgPrefix},
}};

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 14> kTerms{{
    {"term:weak-suffix", term::WeakSuffix},
    {"term:generic", term::Generic},
    {"term:medical", term::Medical},
    {"term:plain-organisation", term::PlainOrganisation},
    {"term:staff-job", term::StaffJob},
    {"term:common-job", term::CommonJob},
    {"term:activity", term::Activity},
    {"term:building", term::Building},
    {"term:alias-field", term::AliasField},
    {"term:clipped-suffix", term::ClippedSuffix},
    {"term:care-cue", term::CareCue},
    {"term:care-end", term::CareEnd},
    {"term:work-cue", term::WorkCue},
    {"term:place-end", term::PlaceEnd},
}};

constexpr std::size_t kMostInKey = 3;

// The letters themselves where they fit, otherwise a hash with the highest bit set; never 0, which marks a
// free slot.
std::uint64_t keyOf(std::u32string_view word) {
    std::uint64_t key = 0;
    if (word.size() <= kMostInKey) {
        for (const char32_t c : word) {
            key = key << 21U | (c + 1);
        }
        return key;
    }
    for (const char32_t c : word) {
        key = (key ^ c) * 0xBF58476D1CE4E5B9ULL;
        key ^= key >> 31U;
    }
    return key | 1ULL << 63U;
}

std::uint64_t spread(std::uint64_t key) {
    const std::uint64_t h = key * 0x9E3779B97F4A7C15ULL;
    return h ^ h >> 32U;
}

std::size_t presentBit(std::uint64_t key) {
    return spread(key) >> 45U;
}

template <class Table> std::uint64_t bitsOf(const Table& table, std::string_view word) {
    for (const auto& [name, bits] : table) {
        if (name == word) {
            return bits;
        }
    }
    return 0;
}

// Calls `row` with the fields of each line behind the header; stops when it says no.
template <class Row> base::Expected<void> eachRow(std::string_view resource, Row row) {
    const auto text = base::readResource(resource);
    if (!text) {
        return tl::unexpected(text.error());
    }
    std::string_view rest = *text;
    bool header = true;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.empty() || line.front() == '#' || std::exchange(header, false)) {
            continue;
        }
        std::vector<std::string_view> fields;
        for (std::size_t tab = 0; tab != std::string_view::npos;) {
            tab = line.find('\t');
            fields.push_back(line.substr(0, tab));
            line.remove_prefix(tab == std::string_view::npos ? 0 : tab + 1);
        }
        if (!row(fields)) {
            return base::fail(base::ErrorCode::Malformed, "detect.text.lexicon", {std::string(resource)});
        }
    }
    return {};
}

} // namespace

std::size_t Lexicon::Table::slotOf(std::u32string_view word, std::uint64_t key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = spread(key) & mask;
    while (m_slots[slot].key != 0 && (m_slots[slot].key != key ||
                                      (word.size() > kMostInKey && m_longer[m_slots[slot].longer] != word))) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void Lexicon::Table::add(std::u32string_view word, int value) {
    if (m_used * 2 > m_slots.size()) {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.key != 0) {
                m_slots[slotOf(m_longer[slot.longer], slot.key)] = slot;
            }
        }
    }
    const std::uint64_t key = keyOf(word);
    m_present[presentBit(key)] = true;
    Slot& slot = m_slots[slotOf(word, key)];
    if (slot.key == 0) {
        const bool fits = word.size() <= kMostInKey;
        slot = {key, fits ? 0U : static_cast<std::uint32_t>(m_longer.size()), value};
        if (!fits) {
            m_longer.emplace_back(word);
        }
        ++m_used;
    }
}

const int* Lexicon::Table::find(std::u32string_view word) const {
    const std::uint64_t key = keyOf(word);
    if (!m_present[presentBit(key)]) {
        return nullptr;
    }
    const Slot& slot = m_slots[slotOf(word, key)];
    return slot.key == 0 ? nullptr : &slot.value;
}

base::Expected<void> Lexicon::loadWords() {
    return eachRow("japanese/words.tsv", [this](const std::vector<std::string_view>& fields) {
        if (fields.size() != 2) {
            return false;
        }
        const bool isTerm = fields[0].starts_with("term:");
        const std::uint64_t bits = isTerm ? bitsOf(kTerms, fields[0]) : bitsOf(kKinds, fields[0]);
        (isTerm ? m_terms : m_words).add(toCodePoints(fields[1]), bits);
        return bits != 0;
    });
}

base::Expected<void> Lexicon::loadNames() {
    auto done = eachRow("japanese/surnames.tsv", [this](const std::vector<std::string_view>& fields) {
        int bearers = 0;
        if (fields.size() > 1) {
            std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), bearers);
        }
        const std::u32string surname = toCodePoints(fields[0]);
        if (!surname.empty()) {
            m_surnameLengths.add(surname.front(), surname.size());
            m_surnames.add(surname, bearers);
        }
        return true;
    });
    if (!done) {
        return done;
    }
    return eachRow("japanese/given_names.tsv", [this](const std::vector<std::string_view>& fields) {
        const std::u32string given = toCodePoints(fields[0]);
        if (!given.empty()) {
            m_givenLengths.add(given.front(), given.size());
            m_given.add(given, 1);
        }
        return true;
    });
}

base::Expected<void> Lexicon::loadPlaces() {
    return eachRow("japanese/municipalities.tsv", [this](const std::vector<std::string_view>& fields) {
        if (fields.size() < 6) {
            return false;
        }
        const std::u32string prefecture = toCodePoints(fields[1]);
        const std::u32string county = toCodePoints(fields[2]);
        const std::u32string name = toCodePoints(fields[3]);
        m_places.add(prefecture, place::Prefecture);
        for (const std::u32string& whole : {prefecture, name}) {
            if (whole.size() > 2 && whole != U"北海道") {
                m_shortPlaces.add(std::u32string_view(whole).substr(0, whole.size() - 1), 1);
            }
        }
        // 広島市安佐南区 is also said as 安佐南区.
        if (const std::size_t city = name.find(U'市');
            city != std::u32string::npos && name.back() == U'区' && city + 2 < name.size()) {
            m_places.add(std::u32string_view(name).substr(city + 1), place::Municipality);
        }
        for (const std::u32string& form :
             {name, county + name, prefecture + name, prefecture + county + name}) {
            m_places.add(form, place::Municipality);
        }
        return true;
    });
}

base::Expected<std::unique_ptr<const Lexicon>> Lexicon::load() {
    std::unique_ptr<Lexicon> lexicon(new Lexicon());
    if (auto done = lexicon->loadWords(); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = lexicon->loadNames(); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = lexicon->loadPlaces(); !done) {
        return tl::unexpected(done.error());
    }
    return std::unique_ptr<const Lexicon>(std::move(lexicon));
}

bool Lexicon::isSurname(std::u32string_view text) const {
    if (text.empty() || text.size() > 6) {
        return false;
    }
    if (m_surnameLengths.has(text.front(), text.size()) && m_surnames.find(text) != nullptr) {
        return true;
    }
    if (!m_surnameLengths.has(japanese::plainKanji(text.front()), text.size())) {
        return false;
    }
    std::array<char32_t, 6> letters{};
    std::transform(text.begin(), text.end(), letters.begin(), japanese::plainKanji);
    const std::u32string_view plain(letters.data(), text.size());
    return plain != text && m_surnames.find(plain) != nullptr;
}

int Lexicon::bearers(std::u32string_view surname) const {
    if (surname.empty() || !m_surnameLengths.has(surname.front(), surname.size())) {
        return 0;
    }
    const int* const found = m_surnames.find(surname);
    return found == nullptr ? 0 : *found;
}

std::size_t Lexicon::termAt(std::u32string_view text, std::size_t at, std::uint64_t terms) const {
    const PhraseTrie::Match match = m_terms.longest(text, at);
    return (match.bits & terms) != 0 ? match.length : 0;
}

bool Lexicon::isTerm(std::u32string_view word, std::uint64_t terms) const {
    return !word.empty() && termAt(word, 0, terms) == word.size();
}

bool Lexicon::is(std::u32string_view word, std::uint64_t kinds) const {
    const PhraseTrie::Match match = m_words.longest(word, 0);
    return match.length == word.size() && (match.bits & kinds) != 0;
}

} // namespace kamei::detect::text::words
