#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <vector>

namespace kamei::stage {

/// Memory that grows, is not cleared first, and begins where a medium can take it from without a copy.
class Buffer {
public:
    [[nodiscard]] std::span<std::byte> bytes() const { return {m_data.get(), m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }
    /// The next `size` bytes, to be filled.
    [[nodiscard]] std::span<std::byte> extend(std::size_t size);
    void clear() { m_size = 0; }
    static constexpr std::size_t kLeast = 64 * 1024; ///< bytes that are taken at once

private:
    static constexpr std::align_val_t kAlignment{4096};
    struct Free {
        void operator()(std::byte* data) const { ::operator delete(data, kAlignment); }
    };
    using Memory = std::unique_ptr<std::byte, Free>;
    Memory m_data;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Buffers that were used before: memory that the system has given already, and that need not grow again.
/// Thread-safe.
class BufferPool {
public:
    /// An empty buffer.
    [[nodiscard]] Buffer take();
    /// A large one is freed instead of kept.
    void give(Buffer buffer);

private:
    static constexpr std::size_t kLargest = std::size_t{2} << 20U;
    std::mutex m_mutex;
    std::vector<Buffer> m_spare;
};

} // namespace kamei::stage
