#include "core/transform/pseudonym/Pseudonym.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <sodium.h>

namespace kamei::transform::pseudonym {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::int32_t kLongestShiftDays = 365;

/// Keyed BLAKE2b over length-prefixed parts, so that no two lists of parts give the same input.
template <std::size_t N>
std::array<std::uint8_t, N> derive(std::span<const std::byte> key, std::string_view domain,
                                   std::initializer_list<std::string_view> parts) {
    static_assert(N >= crypto_generichash_BYTES_MIN && N <= crypto_generichash_BYTES_MAX);
    crypto_generichash_state state;
    crypto_generichash_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size(), N);
    const auto update = [&state](std::string_view part) {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] = static_cast<unsigned char>(part.size() >> (8 * i));
        }
        crypto_generichash_update(&state, length.data(), length.size());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    };
    update(domain);
    for (const std::string_view part : parts) {
        update(part);
    }
    std::array<std::uint8_t, N> out{};
    crypto_generichash_final(&state, out.data(), out.size());
    sodium_memzero(&state, sizeof state);
    return out;
}

std::string upperHex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const std::uint8_t b : bytes) {
        out += kDigits[b >> 4];
        out += kDigits[b & 0xF];
    }
    return out;
}

__extension__ using Wide = unsigned __int128;

/// `count` decimal digits of which none is below 5, chosen by a number.
struct HighDigits {
    std::string text;
    Wide value = 0;

    void append(std::uint64_t number, int count) {
        for (int i = 0; i < count; ++i) {
            const auto digit = static_cast<unsigned>(5 + number % 5);
            number /= 5;
            text += static_cast<char>('0' + digit);
            value = value * 10 + digit;
        }
    }
};

/// Whether a number has the form of a random UUID: version 4, variant 10 (ITU-T X.667).
bool isRandomUuid(Wide value) {
    return ((value >> 76U) & 0xFU) == 4 && ((value >> 62U) & 3U) == 2;
}

std::uint64_t numberAt(std::span<const std::uint8_t> bytes) {
    std::uint64_t out = 0;
    std::memcpy(&out, bytes.data(), sizeof out);
    return out;
}

bool readDigits(std::string_view text, int& out) {
    out = 0;
    return std::ranges::all_of(text, [&](char c) {
        out = out * 10 + (c - '0');
        return c >= '0' && c <= '9';
    });
}

base::Expected<std::chrono::year_month_day> dateFrom(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (text.size() == 8 && readDigits(text.substr(0, 4), year) && readDigits(text.substr(4, 2), month) &&
        readDigits(text.substr(6, 2), day)) {
        const std::chrono::year_month_day date{std::chrono::year(year),
                                               std::chrono::month(static_cast<unsigned>(month)),
                                               std::chrono::day(static_cast<unsigned>(day))};
        if (date.ok() && year >= 1) {
            return date;
        }
    }
    return base::fail(base::ErrorCode::Malformed, "transform.pseudonym.date");
}

std::string textOf(std::chrono::year_month_day date) {
    const unsigned number = static_cast<unsigned>(static_cast<int>(date.year())) * 10'000 + static_cast<unsigned>(date.month()) * 100 +
                            static_cast<unsigned>(date.day());
    std::string out = std::to_string(number);
    return std::string(8 - out.size(), '0') + out;
}

} // namespace

Key::Key(base::SecretBytes key) : m_key(std::move(key)) {}

Key Key::random() {
    return Key(base::SecretBytes::random(kKeyBytes));
}

base::Expected<Key> Key::fromBytes(std::span<const std::byte> bytes) {
    if (bytes.size() != kKeyBytes) {
        return base::fail(base::ErrorCode::InvalidArgument, "transform.pseudonym.key");
    }
    return Key(base::SecretBytes::copyOf(bytes));
}

std::string Key::pseudonymId(std::string_view subjectKey) const {
    const auto digest = derive<16>(bytes(), "pseudonym-id", {subjectKey});
    return "S-" + upperHex(std::span(digest).first(6));
}

std::string Key::uid(std::string_view original) const {
    // Of 64 numbers one has the form that 2.25 stands for (PS3.5 B.2); the first one in the sequence is taken.
    constexpr int kHigh = 18;
    constexpr int kLow = 20; // together 38 digits, which always fit into 128 bits
    constexpr std::size_t kCandidate = 16;
    for (std::uint64_t round = 0;; ++round) {
        const auto digest = derive<64>(bytes(), "uid", {original, std::to_string(round)});
        for (std::size_t at = 0; at < digest.size(); at += kCandidate) {
            HighDigits digits;
            digits.append(numberAt(std::span(digest).subspan(at)), kHigh);
            digits.append(numberAt(std::span(digest).subspan(at + 8)), kLow);
            if (isRandomUuid(digits.value)) {
                return "2.25." + digits.text;
            }
        }
    }
}

std::int32_t Key::dateShiftDays(std::string_view subjectKey) const {
    const auto digest = derive<16>(bytes(), "date-shift", {subjectKey});
    std::uint64_t number = 0;
    std::memcpy(&number, digest.data(), sizeof number);
    return -static_cast<std::int32_t>(number % kLongestShiftDays) - 1;
}

std::string Key::token(std::string_view kind, std::string_view value, std::string_view prefix) const {
    const auto digest = derive<16>(bytes(), "token", {kind, value});
    return std::string(prefix) + '-' + upperHex(std::span(digest).first(4));
}

std::array<std::uint8_t, 32> Key::seed(std::initializer_list<std::string_view> parts) const {
    return derive<32>(bytes(), "seed", parts);
}

std::string Key::fingerprint() const {
    const auto digest = derive<16>(bytes(), "fingerprint", {});
    return upperHex(std::span(digest).first(8));
}

base::Expected<std::string> shiftDate(std::string_view yyyymmdd, std::int32_t days) {
    const auto date = dateFrom(yyyymmdd);
    if (!date) {
        return tl::unexpected(date.error());
    }
    const std::chrono::year_month_day moved = std::chrono::sys_days(*date) + std::chrono::days(days);
    if (moved.year() < std::chrono::year(1) || moved.year() > std::chrono::year(9999)) {
        return base::fail(base::ErrorCode::Malformed, "transform.pseudonym.date");
    }
    return textOf(moved);
}

base::Expected<std::string> generaliseDateToMonth(std::string_view yyyymmdd) {
    const auto date = dateFrom(yyyymmdd);
    if (!date) {
        return tl::unexpected(date.error());
    }
    return textOf(date->year() / date->month() / 1);
}

} // namespace kamei::transform::pseudonym
