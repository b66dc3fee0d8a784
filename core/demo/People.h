#pragma once

#include <string>
#include <vector>

namespace kamei::demo {

/// A fictional person. Telephone exchanges begin with 0, lots are 0 or 99 and above, insurers do not
/// exist, mail domains are reserved for examples (RFC 2606).
struct Person {
    std::string id;
    std::string familyKanji, givenKanji;
    std::string familyKana, givenKana;     ///< katakana
    std::string familyRomaji, givenRomaji; ///< upper case
    std::string birthDate;                 ///< YYYYMMDD
    std::string birthDateText;             ///< as written in documents
    std::string sex;                       ///< M, F
    std::string age;                       ///< at the examination, "067Y"
    std::string postalCode, address, municipality;
    std::string phone;
    std::string relative; ///< given name of a relative

    [[nodiscard]] std::string kanji() const { return familyKanji + " " + givenKanji; }
    [[nodiscard]] std::string kana() const { return familyKana + " " + givenKana; }
    [[nodiscard]] std::string romaji() const { return familyRomaji + " " + givenRomaji; }
};

/// What the three share.
struct Hospital {
    std::string name, address, department;
    std::string physician;       ///< kanji
    std::string physicianRomaji; ///< "SAKUMA^RYO"
    std::string radiographer;
};

[[nodiscard]] const std::vector<Person>& people();
/// `count` people, the three above first, then invented ones, always the same: among them, from 40 on, twins
/// (one birth date and family name), and people of one age, sex and municipality.
[[nodiscard]] std::vector<Person> manyPeople(int count);
[[nodiscard]] const Hospital& hospital();

/// One planted identifier of the answer key.
struct Planted {
    std::string person; ///< Person::id; empty for staff and facility
    std::string kind;   ///< patient-name patient-id birth-date address phone family clinician facility
                        ///< insurance mail card accession date device uid
    std::string value;  ///< UTF-8, as it stands in the file
    std::string file;   ///< relative to the cohort folder; for a series its folder
    std::string where;  ///< "(0010,0010)", "text", "pixels", "Exif.Image.Artist"
};

} // namespace kamei::demo
