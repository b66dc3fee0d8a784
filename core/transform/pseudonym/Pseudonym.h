#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/base/Redacted.h"

namespace kamei::transform::pseudonym {

/// The workspace's random 256-bit key and everything that is derived from it: the same input always
/// gives the same output, without shared state; without the key nothing can be restored
/// (Guideline 4.7.1: replacement by no rule from which the original can be restored; Ordinance 31).
/// Derivation: keyed BLAKE2b (libsodium crypto_generichash) over domain, length-prefixed input.
class Key {
  public:
    [[nodiscard]] static Key random();
    [[nodiscard]] static base::Expected<Key> fromBytes(std::span<const std::byte> bytes); ///< 32 bytes
    [[nodiscard]] std::span<const std::byte> bytes() const { return m_key.span(); }

    /// 仮ID of a subject: "S-" and 12 upper-case hexadecimal digits.
    [[nodiscard]] std::string pseudonymId(std::string_view subjectKey) const;
    /// A UID under 2.25 (PS3.5 B.2): a random UUID whose 38 decimal digits are all 5 to 9. No date, no number
    /// with a leading zero and hardly any record number can stand in one by chance, so that a search of
    /// released bytes for known numbers finds none. About 82 pseudo-random bits.
    [[nodiscard]] std::string uid(std::string_view original) const;
    /// Whole days by which all dates of a subject move: 1..365 back, never 0 (Guideline 4.7.2 noise).
    [[nodiscard]] std::int32_t dateShiftDays(std::string_view subjectKey) const;
    /// A short token that stands for a value of a kind: "<prefix>-" and 8 hexadecimal digits.
    [[nodiscard]] std::string token(std::string_view kind, std::string_view value, std::string_view prefix) const;
    /// 32 bytes for a purpose, told by its parts.
    [[nodiscard]] std::array<std::uint8_t, 32> seed(std::initializer_list<std::string_view> parts) const;
    /// First 8 bytes of a digest of the key, to see whether two keys are the same one; reveals nothing.
    [[nodiscard]] std::string fingerprint() const;

  private:
    explicit Key(base::SecretBytes key);
    base::SecretBytes m_key;
};

/// A calendar date moved by whole days. `yyyymmdd` is 8 digits; Malformed for no date of the Gregorian calendar.
[[nodiscard]] base::Expected<std::string> shiftDate(std::string_view yyyymmdd, std::int32_t days);
/// Month kept, day set to 01 (Guideline 5.4.2, birth date).
[[nodiscard]] base::Expected<std::string> generaliseDateToMonth(std::string_view yyyymmdd);

} // namespace kamei::transform::pseudonym
