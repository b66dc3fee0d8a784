#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::base {

/// A SHA-256 value (FIPS 180-4), 32 bytes.
struct Sha256 {
    std::array<std::byte, 32> bytes{};

    /// 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string hex() const;
    [[nodiscard]] static Expected<Sha256> fromHex(std::string_view text);
    [[nodiscard]] bool isZero() const { return *this == Sha256{}; }
    friend auto operator<=>(const Sha256&, const Sha256&) = default;
};

/// Incremental SHA-256; not thread-safe, movable. Uses the processor's SHA instructions through OpenSSL.
class Sha256Hasher {
  public:
    Sha256Hasher();
    ~Sha256Hasher();
    Sha256Hasher(Sha256Hasher&&) noexcept;
    Sha256Hasher& operator=(Sha256Hasher&&) noexcept;

    void update(std::span<const std::byte> data);
    void update(std::string_view text) { update(std::as_bytes(std::span(text.data(), text.size()))); }
    /// The digest of everything so far; the hasher starts afresh.
    [[nodiscard]] Sha256 finish();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] Sha256 sha256(std::span<const std::byte> data);
[[nodiscard]] Sha256 sha256(std::string_view text);

} // namespace kamei::base
