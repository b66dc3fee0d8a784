#include "core/keys/Signing.h"

#include <algorithm>
#include <new>
#include <sodium.h>
#include <utility>
#include <vector>

namespace kamei::keys {
namespace {

constexpr std::array<std::string_view, 3> kRoles{"data-manager", "radiologist", "ethics-reviewer"};
constexpr std::string_view kContext = "kamei-1:";

static_assert(Identity::kSeedBytes == crypto_sign_SEEDBYTES);
static_assert(sizeof(PublicKey::bytes) == crypto_sign_PUBLICKEYBYTES);
static_assert(sizeof(Signature::bytes) == crypto_sign_BYTES);

unsigned char* raw(std::byte* data) {
    return reinterpret_cast<unsigned char*>(data);
}
const unsigned char* raw(const std::byte* data) {
    return reinterpret_cast<const unsigned char*>(data);
}

std::string hexOf(std::span<const std::byte> bytes) {
    std::string out(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), raw(bytes.data()), bytes.size());
    out.pop_back();
    return out;
}

template <std::size_t Size> bool bytesOf(std::string_view text, std::array<std::byte, Size>& out) {
    std::size_t size = 0;
    return text.size() == 2 * Size &&
           sodium_hex2bin(raw(out.data()), Size, text.data(), text.size(), nullptr, &size, nullptr) == 0 &&
           size == Size;
}

/// What is signed: a context that names product and purpose, its end, and the message.
std::vector<std::byte> framed(std::string_view purpose, std::span<const std::byte> message) {
    std::vector<std::byte> out;
    out.reserve(kContext.size() + purpose.size() + 1 + message.size());
    for (const std::string_view part : {kContext, purpose}) {
        std::ranges::copy(std::as_bytes(std::span(part)), std::back_inserter(out));
    }
    out.push_back(std::byte{0});
    std::ranges::copy(message, std::back_inserter(out));
    return out;
}

} // namespace

std::string_view word(Role role) {
    return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> roleFromWord(std::string_view word) {
    const auto* const found = std::ranges::find(kRoles, word);
    return found == kRoles.end() ? std::nullopt : std::optional(static_cast<Role>(found - kRoles.begin()));
}

std::string PublicKey::hex() const {
    return hexOf(bytes);
}

base::Expected<PublicKey> PublicKey::fromHex(std::string_view text) {
    PublicKey out;
    return bytesOf(text, out.bytes)
               ? base::Expected<PublicKey>(out)
               : base::Expected<PublicKey>(base::fail(base::ErrorCode::Malformed, "keys.public"));
}

std::string PublicKey::fingerprint() const {
    constexpr std::size_t kShown = 8;
    const base::Sha256 digest = base::sha256(std::span<const std::byte>(bytes));
    std::string out;
    for (const char c : hexOf(std::span(digest.bytes).first(kShown))) {
        if (out.size() % 5 == 4) {
            out += '-';
        }
        out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

std::string Signature::hex() const {
    return hexOf(bytes);
}

base::Expected<Signature> Signature::fromHex(std::string_view text) {
    Signature out;
    return bytesOf(text, out.bytes)
               ? base::Expected<Signature>(out)
               : base::Expected<Signature>(base::fail(base::ErrorCode::Malformed, "keys.signature"));
}

base::Sha256 digestOf(const Person& person) {
    // The name comes last: the parts before it have no end that it could imitate.
    base::Sha256Hasher hasher;
    hasher.update(std::span<const std::byte>(person.key.bytes));
    hasher.update(word(person.role));
    hasher.update("\n");
    hasher.update(person.name);
    return hasher.finish();
}

std::shared_ptr<const Identity> Identity::generate(std::string name, Role role) {
    const base::SecretBytes seed = base::SecretBytes::random(kSeedBytes);
    return *fromSeed(std::move(name), role, seed.span());
}

base::Expected<std::shared_ptr<const Identity>> Identity::fromSeed(std::string name, Role role,
                                                                   std::span<const std::byte> seed) {
    if (seed.size() != kSeedBytes || sodium_init() < 0) {
        return base::fail(base::ErrorCode::InvalidArgument, "keys.seed");
    }
    std::shared_ptr<Identity> out(new Identity());
    out->m_person.name = std::move(name);
    out->m_person.role = role;
    out->m_seed = base::SecretBytes::copyOf(seed);
    out->m_secret = base::SecretBytes(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(raw(out->m_person.key.bytes.data()), raw(out->m_secret.span().data()),
                             raw(out->m_seed.span().data()));
    return std::shared_ptr<const Identity>(std::move(out));
}

Signature Identity::sign(std::string_view purpose, std::span<const std::byte> message) const {
    const std::vector<std::byte> bytes = framed(purpose, message);
    Signature out;
    crypto_sign_detached(raw(out.bytes.data()), nullptr, raw(bytes.data()), bytes.size(),
                         raw(m_secret.span().data()));
    return out;
}

bool verify(const PublicKey& key, std::string_view purpose, std::span<const std::byte> message,
            const Signature& signature) {
    const std::vector<std::byte> bytes = framed(purpose, message);
    return crypto_sign_verify_detached(raw(signature.bytes.data()), raw(bytes.data()), bytes.size(),
                                       raw(key.bytes.data())) == 0;
}

} // namespace kamei::keys
