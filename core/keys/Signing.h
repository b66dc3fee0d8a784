#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Redacted.h"

namespace kamei::keys {

/// In what capacity a person works (the guideline asks for confirmation by eye, 5.2.2 and 5.4.2).
enum class Role {
    DataManager,
    Radiologist,
    EthicsReviewer, ///< examines samples; changes nothing but judgements
};
[[nodiscard]] std::string_view word(Role role); ///< "data-manager" "radiologist" "ethics-reviewer"
[[nodiscard]] std::optional<Role> roleFromWord(std::string_view word);

/// An Ed25519 public key (RFC 8032).
struct PublicKey {
    std::array<std::byte, 32> bytes{};
    [[nodiscard]] std::string hex() const;
    [[nodiscard]] static base::Expected<PublicKey> fromHex(std::string_view text);
    /// What people compare by eye: the first eight bytes of the SHA-256 of the key, "4C1E-09AB-77D0-F312".
    [[nodiscard]] std::string fingerprint() const;
    friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};

/// An Ed25519 signature (RFC 8032).
struct Signature {
    std::array<std::byte, 64> bytes{};
    [[nodiscard]] std::string hex() const;
    [[nodiscard]] static base::Expected<Signature> fromHex(std::string_view text);
    friend auto operator<=>(const Signature&, const Signature&) = default;
};

/// Somebody who signs, as everybody may know them.
struct Person {
    std::string name;
    Role role = Role::DataManager;
    PublicKey key;
    friend bool operator==(const Person&, const Person&) = default;
};
/// Digest over name, role and key; what the audit log holds of a person.
[[nodiscard]] base::Sha256 digestOf(const Person& person);

/// A person together with their secret key, in locked memory, wiped when it goes. May be used by any thread.
class Identity {
public:
    /// Bytes of the secret from which the key pair follows.
    static constexpr std::size_t kSeedBytes = 32;

    /// With a random key.
    [[nodiscard]] static std::shared_ptr<const Identity> generate(std::string name, Role role);
    /// InvalidArgument unless `seed` has kSeedBytes.
    [[nodiscard]] static base::Expected<std::shared_ptr<const Identity>>
    fromSeed(std::string name, Role role, std::span<const std::byte> seed);

    [[nodiscard]] const Person& person() const { return m_person; }
    [[nodiscard]] std::span<const std::byte> seed() const { return m_seed.span(); }
    /// `purpose` is a word of the product; a signature for one purpose is none for another.
    [[nodiscard]] Signature sign(std::string_view purpose, std::span<const std::byte> message) const;

private:
    Identity() = default;
    Person m_person;
    base::SecretBytes m_seed;
    base::SecretBytes m_secret; ///< as libsodium holds it: seed and public key
};

/// Whether the holder of a key signed these bytes for this purpose.
[[nodiscard]] bool verify(const PublicKey& key, std::string_view purpose, std::span<const std::byte> message,
                          const Signature& signature);

} // namespace kamei::keys
