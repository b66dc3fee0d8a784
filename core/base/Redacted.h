#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kamei::base {

/// A value that must not appear in logs or errors: what can be printed of it is kind and length.
class Redacted {
  public:
    Redacted(std::string_view kind, std::string value);
    ~Redacted();
    Redacted(const Redacted&) = default;
    Redacted(Redacted&&) noexcept = default;
    Redacted& operator=(const Redacted&) = default;
    Redacted& operator=(Redacted&&) noexcept = default;

    /// The value itself, for processing only.
    [[nodiscard]] const std::string& reveal() const { return m_value; }
    /// "kind(n bytes)", safe to print.
    [[nodiscard]] std::string description() const;

  private:
    std::string m_kind;
    std::string m_value;
};

/// A buffer of fixed size in locked memory that is wiped when it goes; for keys. Movable, not copyable.
class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    [[nodiscard]] static SecretBytes random(std::size_t size);
    [[nodiscard]] static SecretBytes copyOf(std::span<const std::byte> data);

    [[nodiscard]] std::span<std::byte> span() { return {m_data.get(), m_size}; }
    [[nodiscard]] std::span<const std::byte> span() const { return {m_data.get(), m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

  private:
    struct Free {
        void operator()(std::byte* data) const;
    };
    std::unique_ptr<std::byte, Free> m_data;
    std::size_t m_size = 0;
};

/// Overwrites the characters of a string and empties it.
void wipe(std::string& text);

} // namespace kamei::base
