#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/detect/text/words/PhraseTrie.h"

namespace kamei::detect::text::words {

/// Kinds of words in resources/japanese/words.tsv, as bits.
namespace kind {
enum : std::uint64_t {
    Kin = 1ULL << 0,
    ClinicianCue = 1ULL << 1,
    OtherCue = 1ULL << 2,
    Honorific = 1ULL << 3,
    TitleClinician = 1ULL << 4,
    TitleOther = 1ULL << 5,
    PatientField = 1ULL << 6,
    ChartLabel = 1ULL << 7,
    ExamLabel = 1ULL << 8,
    InsuranceLabel = 1ULL << 9,
    MyNumberLabel = 1ULL << 10,
    ResidentLabel = 1ULL << 11,
    PensionLabel = 1ULL << 12,
    LicenceLabel = 1ULL << 13,
    PassportLabel = 1ULL << 14,
    CardLabel = 1ULL << 15,
    OtherNumberLabel = 1ULL << 16,
    BirthLabel = 1ULL << 17,
    DateLabel = 1ULL << 18,
    AgeLabel = 1ULL << 19,
    SexLabel = 1ULL << 20,
    AddressLabel = 1ULL << 21,
    PostalLabel = 1ULL << 22,
    PhoneLabel = 1ULL << 23,
    JobLabel = 1ULL << 24,
    OrgLabel = 1ULL << 25,
    FacilityLabel = 1ULL << 26,
    Decoy = 1ULL << 27,
    NotName = 1ULL << 28,
    Eponym = 1ULL << 29,
    Occupation = 1ULL << 30,
    FacilitySuffix = 1ULL << 31,
    FacilityPrefix = 1ULL << 32,
    OrgSuffix = 1ULL << 33,
    OrgPrefix = 1ULL << 34,

    NameCue = Kin | ClinicianCue | OtherCue | PatientField,
    NameEnd = Honorific | TitleClinician | TitleOther,
    NumberLabel = ChartLabel | ExamLabel | InsuranceLabel | MyNumberLabel | ResidentLabel | PensionLabel |
                  LicenceLabel | PassportLabel | CardLabel | OtherNumberLabel | Decoy,
    AnyLabel = NumberLabel | BirthLabel | DateLabel | AgeLabel | SexLabel | AddressLabel | PostalLabel |
               PhoneLabel | JobLabel | OrgLabel | FacilityLabel | PatientField,
};
} // namespace kind

/// Words that qualify others and lead to nothing alone (kinds "term:..." of words.tsv).
namespace term {
enum : std::uint64_t {
    WeakSuffix = 1,        ///< suffixes of names that are departments or plain words too: 内科, 園
    Generic = 2,           ///< says nothing before 病院 or 学校: 当, 市立
    Medical = 4,           ///< makes a department, not a name: 循環器
    PlainOrganisation = 8, ///< an organisation only behind a proper name: 工場
    StaffJob = 16,         ///< jobs of staff: a person's job only where a job is spoken of
    CommonJob = 32,        ///< jobs that are words of other senses
    Activity = 64,         ///< roles that also head what was done: 記録, 確認
    AliasField = 256,      ///< fields of another name of the patient: 旧姓
    Building = 128,        ///< parts of names of buildings: ハイツ
    ClippedSuffix = 512,   ///< ends of names of facilities cut short: 大和橋診, 守礼坂循環器
    CareCue = 1024,  ///< leads to the name of a facility, with は, a colon or a blank between: 転院候補
    CareEnd = 2048,  ///< follows the name of a facility: 満床, に入所
    WorkCue = 4096,  ///< leads to the name of an organisation: 業者
    PlaceEnd = 8192, ///< follows a place where people live or come from: 在住
};
} // namespace term

/// Municipal names in the place trie.
namespace place {
enum : std::uint64_t { Prefecture = 1, Municipality = 2 };
} // namespace place

/// Word lists of resources/japanese, loaded once and then constant.
class Lexicon {
public:
    /// Errors of base::readResource; Malformed for an unknown kind of word.
    [[nodiscard]] static base::Expected<std::unique_ptr<const Lexicon>> load();

    [[nodiscard]] const PhraseTrie& words() const { return m_words; }
    [[nodiscard]] const PhraseTrie& places() const { return m_places; }
    /// Names of municipalities and prefectures without their last letter: 今治.
    [[nodiscard]] const PhraseTrie& shortPlaces() const { return m_shortPlaces; }
    /// Kanji variants count as the plain kanji: 髙橋 is listed as 高橋.
    [[nodiscard]] bool isSurname(std::u32string_view text) const;
    [[nodiscard]] bool isGiven(std::u32string_view text) const {
        return !text.empty() && m_givenLengths.has(text.front(), text.size()) &&
               m_given.find(text) != nullptr;
    }
    /// People who bear the surname, 0 when unknown.
    [[nodiscard]] int bearers(std::u32string_view surname) const;
    /// Length of the qualifying word that begins at a place, 0 when none of the kinds does.
    [[nodiscard]] std::size_t termAt(std::u32string_view text, std::size_t at, std::uint64_t terms) const;
    /// The longest qualifying word that begins at a place, of whatever kind.
    [[nodiscard]] PhraseTrie::Match anyTermAt(std::u32string_view text, std::size_t at) const {
        return m_terms.longest(text, at);
    }
    [[nodiscard]] bool isTerm(std::u32string_view word, std::uint64_t terms) const;
    /// Whether the word is of one of the kinds.
    [[nodiscard]] bool is(std::u32string_view word, std::uint64_t kinds) const;

private:
    Lexicon() = default;
    /// Words with a number each; open addressing, a power of two.
    class Table {
    public:
        void add(std::u32string_view word, int value);
        /// Null when the word is not in it.
        [[nodiscard]] const int* find(std::u32string_view word) const;

    private:
        /// Nearly all names have up to three letters, which fit into the slot: one look at memory finds them.
        struct Slot {
            std::uint64_t key = 0;    ///< 0: free
            std::uint32_t longer = 0; ///< where in m_longer a word of more letters stands
            int value = 0;
        };
        [[nodiscard]] std::size_t slotOf(std::u32string_view word, std::uint64_t key) const;
        /// One bit for each word, several of which share it: most of what is asked for is in no list.
        std::vector<bool> m_present = std::vector<bool>(0x80000);
        std::vector<Slot> m_slots = std::vector<Slot>(1024);
        std::vector<std::u32string> m_longer{{}};
        std::size_t m_used = 0;
    };

    /// How long the words are that begin with a character: most of what is asked for is ruled out by it.
    class Lengths {
    public:
        void add(char32_t first, std::size_t length) { m_bits[first & 0xFFFFU] |= bitOf(length); }
        [[nodiscard]] bool has(char32_t first, std::size_t length) const {
            return (m_bits[first & 0xFFFFU] & bitOf(length)) != 0;
        }

    private:
        static std::uint8_t bitOf(std::size_t length) {
            return static_cast<std::uint8_t>(1U << (length < 7 ? length : 7)); // 7: and longer
        }
        std::vector<std::uint8_t> m_bits = std::vector<std::uint8_t>(0x10000);
    };

    base::Expected<void> loadWords();
    base::Expected<void> loadNames();
    base::Expected<void> loadPlaces();

    PhraseTrie m_words;
    PhraseTrie m_terms;
    PhraseTrie m_places;
    PhraseTrie m_shortPlaces;
    Table m_given;
    Lengths m_givenLengths;
    Table m_surnames;
    Lengths m_surnameLengths;
};

} // namespace kamei::detect::text::words
