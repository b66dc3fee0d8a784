#pragma once

#include <string_view>

namespace kamei::detect::japanese {

// Check digits of Japanese identifiers. `digits` holds ASCII digits only, separators removed. A wrong
// check digit lowers a candidate's rank and never discards it: people mistype numbers.

/// Individual Number, 12 digits: Ordinance of the Ministry of Internal Affairs No. 85 of 2014, Article 5.
[[nodiscard]] bool isMyNumber(std::string_view digits);
/// Resident record code, 11 digits: same weights on ten digits (Notice No. 436 of 2002).
[[nodiscard]] bool isResidentCode(std::string_view digits);
/// Insurer number, 8 or 6 digits: modulus 10 with weights 2, 1 (Insurer number setting guide of the
/// ministry).
[[nodiscard]] bool isInsurerNumber(std::string_view digits);
/// Driver's licence, 12 digits; the eleventh checks the first ten, the twelfth counts reissues.
[[nodiscard]] bool isDriverLicence(std::string_view digits);
/// Payment card, 13 to 19 digits: ISO/IEC 7812-1 Annex B (Luhn).
[[nodiscard]] bool isCard(std::string_view digits);

} // namespace kamei::detect::japanese
