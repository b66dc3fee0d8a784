#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kamei::detect::text::values {

/// A run of letters and digits with the marks that hold it together.
struct NumberShape {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string digits;      ///< its digits alone
    std::size_t letters = 0; ///< Latin letters in it
    bool grouped = false;    ///< digits in groups parted by blanks
    bool spaced = false;     ///< every digit by itself, as forms with boxes are typed: "0 0 4 4 1 9 7"
};

/// The run that begins at `at`: letters, digits, and - . _ ・ between them; digit groups parted by single
/// blanks ("4111 1111 1111 1111") are joined, and five or more digits by themselves. Empty when it has no
/// digit.
[[nodiscard]] std::optional<NumberShape> readNumberShape(std::u32string_view text, std::size_t at);

/// Length of the telephone number that begins at `at`, 0 when none does: 10 digits, 11 for mobile, IP and
/// 0800 numbers, "+81" instead of the leading 0, marks - ( ) blank between at most three groups.
/// `marked` tells whether it has any mark.
[[nodiscard]] std::size_t readPhone(std::u32string_view text, std::size_t at, bool& marked);

/// Length of what stands where a telephone number is asked for and is none by its count of digits or its
/// blanks ("093 - 000 - 8842", "( 011 )055-0310"): 9 to 12 digits from a 0 on, with marks between; else 0.
[[nodiscard]] std::size_t readLoosePhone(std::u32string_view text, std::size_t at);

/// Length of a telephone number of the North American plan ("555-000-7777", "(555) 000-7777", "+1 555 000
/// 7777", ITU-T E.123) that begins at `at`, or 0. Ten digits without a mark are none: they may number
/// anything.
[[nodiscard]] std::size_t readAmericanPhone(std::u32string_view text, std::size_t at);

/// Length of a postal code ("123-4567", "1234567") that begins at `at`, or 0.
[[nodiscard]] std::size_t readPostalCode(std::u32string_view text, std::size_t at);

/// Whether each digit is the one before and one more: a scale or a list, no number.
[[nodiscard]] bool isCounting(std::string_view digits);
/// An OID of at least six arcs (DICOM UID, PS3.5 chapter 9) that DICOM does not define itself.
[[nodiscard]] bool isUid(std::u32string_view text);
/// Two letters and seven digits: Enforcement Regulations of the Passport Act.
[[nodiscard]] bool isPassport(std::u32string_view text);
/// Four and six digits, with or without hyphen: Enforcement Regulations of the National Pension Act.
[[nodiscard]] bool isPensionNumber(std::u32string_view text, std::string_view digits);
/// Letters, a year or serial, a hyphen: the way laboratories number specimens ("S24-2210", "24-S-03317").
[[nodiscard]] bool isSpecimen(std::u32string_view text);

} // namespace kamei::detect::text::values
