#include "core/detect/japanese/CheckDigits.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kamei::detect::japanese {
namespace {

int valueOf(char c) {
    return c - '0';
}

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool oneDigitOnly(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [&text](char c) { return c == text.front(); });
}

// Weights 2..7 from the right, again and again; remainders 0 and 1 give 0.
int modulus11(std::string_view body) {
    int sum = 0;
    int weight = 2;
    for (std::size_t i = body.size(); i-- > 0;) {
        sum += valueOf(body[i]) * weight;
        weight = weight == 7 ? 2 : weight + 1;
    }
    const int rest = sum % 11;
    return rest <= 1 ? 0 : 11 - rest;
}

// Weights 2, 1, 2, 1 from the right, tens and units of each product added.
int modulus10(std::string_view body) {
    int sum = 0;
    bool twice = true;
    for (std::size_t i = body.size(); i-- > 0; twice = !twice) {
        const int product = valueOf(body[i]) * (twice ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10;
}

} // namespace

bool isMyNumber(std::string_view digits) {
    return digits.size() == 12 && allDigits(digits) && !oneDigitOnly(digits) &&
           modulus11(digits.substr(0, 11)) == valueOf(digits[11]);
}

bool isResidentCode(std::string_view digits) {
    return digits.size() == 11 && allDigits(digits) && !oneDigitOnly(digits) &&
           modulus11(digits.substr(0, 10)) == valueOf(digits[10]);
}

bool isInsurerNumber(std::string_view digits) {
    return (digits.size() == 8 || digits.size() == 6) && allDigits(digits) &&
           modulus10(digits.substr(0, digits.size() - 1)) == valueOf(digits.back());
}

bool isDriverLicence(std::string_view digits) {
    if (digits.size() != 12 || !allDigits(digits)) {
        return false;
    }
    constexpr std::array<int, 10> kWeights{5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        sum += valueOf(digits[i]) * kWeights[i];
    }
    return (11 - sum % 11) % 10 == valueOf(digits[10]);
}

bool isCard(std::string_view digits) {
    return digits.size() >= 13 && digits.size() <= 19 && allDigits(digits) && !oneDigitOnly(digits) &&
           modulus10(digits.substr(0, digits.size() - 1)) == valueOf(digits.back());
}

} // namespace kamei::detect::japanese
