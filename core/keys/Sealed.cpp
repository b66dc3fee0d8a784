#include "core/keys/Sealed.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sodium.h>

namespace kamei::keys {
namespace {

// File: magic, operations limit, memory limit (little endian), salt, secretstream header, one message.
constexpr std::string_view kMagic = "kamei-sealed-1\n";
constexpr std::size_t kLimitBytes = 8;
constexpr std::size_t kPrefix = kMagic.size() + 2 * kLimitBytes + crypto_pwhash_SALTBYTES +
                                crypto_secretstream_xchacha20poly1305_HEADERBYTES;
/// More than this would be a forged header that makes the machine swap.
constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 31;
constexpr std::uint64_t kMostOperations = 64;

unsigned char* raw(std::byte* data) {
    return reinterpret_cast<unsigned char*>(data);
}
const unsigned char* raw(const std::byte* data) {
    return reinterpret_cast<const unsigned char*>(data);
}

void putNumber(std::byte* at, std::uint64_t value) {
    for (std::size_t i = 0; i < kLimitBytes; ++i) {
        at[i] = static_cast<std::byte>(value >> (8 * i));
    }
}

std::uint64_t numberAt(const std::byte* at) {
    std::uint64_t out = 0;
    for (std::size_t i = kLimitBytes; i-- > 0;) {
        out = out << 8 | std::to_integer<std::uint64_t>(at[i]);
    }
    return out;
}

base::Expected<base::SecretBytes> deriveKey(const base::Redacted& passphrase, const std::byte* salt,
                                            std::uint64_t operations, std::uint64_t memory) {
    if (sodium_init() < 0) {
        return base::fail(base::ErrorCode::Internal, "keys.seal");
    }
    base::SecretBytes key(crypto_secretstream_xchacha20poly1305_KEYBYTES);
    const std::string& text = passphrase.reveal();
    if (crypto_pwhash(raw(key.span().data()), key.size(), text.data(), text.size(), raw(salt), operations,
                      static_cast<std::size_t>(memory), crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return base::fail(base::ErrorCode::OutOfMemory, "keys.seal");
    }
    return key;
}

} // namespace

bool passphraseSuffices(const base::Redacted& passphrase) {
    const auto characters = std::ranges::count_if(
        passphrase.reveal(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return characters >= static_cast<std::ptrdiff_t>(kLeastPassphrase);
}

base::Expected<std::vector<std::byte>> seal(std::span<const std::byte> secret,
                                            const base::Redacted& passphrase) {
    if (passphrase.reveal().empty()) {
        return base::fail(base::ErrorCode::InvalidArgument, "keys.seal", {"passphrase"});
    }
    if (sodium_init() < 0) {
        return base::fail(base::ErrorCode::Internal, "keys.seal");
    }
    std::vector<std::byte> out(kPrefix + secret.size() + crypto_secretstream_xchacha20poly1305_ABYTES);
    std::byte* at = std::ranges::copy(std::as_bytes(std::span(kMagic)), out.data()).out;
    putNumber(at, crypto_pwhash_OPSLIMIT_MODERATE);
    putNumber(at + kLimitBytes, crypto_pwhash_MEMLIMIT_MODERATE);
    std::byte* salt = at + 2 * kLimitBytes;
    randombytes_buf(salt, crypto_pwhash_SALTBYTES);
    const auto key =
        deriveKey(passphrase, salt, crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE);
    if (!key) {
        return tl::unexpected(key.error());
    }
    crypto_secretstream_xchacha20poly1305_state state;
    std::byte* header = salt + crypto_pwhash_SALTBYTES;
    crypto_secretstream_xchacha20poly1305_init_push(&state, raw(header), raw(key->span().data()));
    // What stands before is authenticated too, so that limits and salt cannot be exchanged.
    const auto prefix = static_cast<unsigned long long>(header - out.data());
    crypto_secretstream_xchacha20poly1305_push(&state, raw(out.data() + kPrefix), nullptr, raw(secret.data()),
                                               secret.size(), raw(out.data()), prefix,
                                               crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    sodium_memzero(&state, sizeof state);
    return out;
}

base::Expected<base::SecretBytes> unseal(std::span<const std::byte> sealed,
                                         const base::Redacted& passphrase) {
    const auto magic = std::as_bytes(std::span(kMagic));
    if (sealed.size() < kPrefix + crypto_secretstream_xchacha20poly1305_ABYTES ||
        !std::ranges::equal(sealed.first(magic.size()), magic)) {
        return base::fail(base::ErrorCode::Malformed, "keys.unseal");
    }
    const std::byte* at = sealed.data() + magic.size();
    const std::uint64_t operations = numberAt(at);
    const std::uint64_t memory = numberAt(at + kLimitBytes);
    if (operations > kMostOperations || memory > kMostMemory || operations < crypto_pwhash_OPSLIMIT_MIN ||
        memory < crypto_pwhash_MEMLIMIT_MIN) {
        return base::fail(base::ErrorCode::Malformed, "keys.unseal");
    }
    const std::byte* salt = at + 2 * kLimitBytes;
    const std::byte* header = salt + crypto_pwhash_SALTBYTES;
    const auto key = deriveKey(passphrase, salt, operations, memory);
    if (!key) {
        return tl::unexpected(key.error());
    }
    crypto_secretstream_xchacha20poly1305_state state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, raw(header), raw(key->span().data())) != 0) {
        return base::fail(base::ErrorCode::Malformed, "keys.unseal");
    }
    base::SecretBytes out(sealed.size() - kPrefix - crypto_secretstream_xchacha20poly1305_ABYTES);
    unsigned char tag = 0;
    const auto prefix = static_cast<unsigned long long>(header - sealed.data());
    const int result = crypto_secretstream_xchacha20poly1305_pull(
        &state, raw(out.span().data()), nullptr, &tag, raw(sealed.data() + kPrefix), sealed.size() - kPrefix,
        raw(sealed.data()), prefix);
    sodium_memzero(&state, sizeof state);
    if (result != 0 || tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        return base::fail(base::ErrorCode::PermissionDenied, "keys.unseal");
    }
    return out;
}

} // namespace kamei::keys
