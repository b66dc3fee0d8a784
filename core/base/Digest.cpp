#include "core/base/Digest.h"

#include <openssl/evp.h>

namespace kamei::base {

std::string Sha256::hex() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        out += kDigits[std::to_integer<std::size_t>(b) >> 4];
        out += kDigits[std::to_integer<std::size_t>(b) & 0xF];
    }
    return out;
}

Expected<Sha256> Sha256::fromHex(std::string_view text) {
    const auto value = [](char c) -> int {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return -1;
    };
    Sha256 out;
    if (text.size() != out.bytes.size() * 2) {
        return fail(ErrorCode::Malformed, "base.digest");
    }
    for (std::size_t i = 0; i < out.bytes.size(); ++i) {
        const int high = value(text[2 * i]);
        const int low = value(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return fail(ErrorCode::Malformed, "base.digest");
        }
        out.bytes[i] = static_cast<std::byte>(high * 16 + low);
    }
    return out;
}

struct Sha256Hasher::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256Hasher::Sha256Hasher() : m_state(std::make_unique<State>()) {}
Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::update(std::span<const std::byte> data) {
    EVP_DigestUpdate(m_state->context, data.data(), data.size());
}

Sha256 Sha256Hasher::finish() {
    Sha256 out;
    EVP_DigestFinal_ex(m_state->context, reinterpret_cast<unsigned char*>(out.bytes.data()), nullptr);
    EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr);
    return out;
}

Sha256 sha256(std::span<const std::byte> data) {
    Sha256Hasher hasher;
    hasher.update(data);
    return hasher.finish();
}

Sha256 sha256(std::string_view text) { return sha256(std::as_bytes(std::span(text.data(), text.size()))); }

} // namespace kamei::base
