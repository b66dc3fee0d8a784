#include "core/stage/Buffers.h"

#include <algorithm>
#include <utility>

namespace kamei::stage {

std::span<std::byte> Buffer::extend(std::size_t size) {
    if (m_size + size > m_capacity) {
        const std::size_t capacity = std::max({m_size + size, 2 * m_capacity, kLeast});
        Memory larger(static_cast<std::byte*>(::operator new(capacity, kAlignment)));
        std::ranges::copy(bytes(), larger.get());
        m_data = std::move(larger);
        m_capacity = capacity;
    }
    m_size += size;
    return {m_data.get() + m_size - size, size};
}

Buffer BufferPool::take() {
    const std::lock_guard lock(m_mutex);
    if (m_spare.empty()) {
        return {};
    }
    Buffer out = std::move(m_spare.back());
    m_spare.pop_back();
    return out;
}

void BufferPool::give(Buffer buffer) {
    if (buffer.capacity() == 0 || buffer.capacity() > kLargest) {
        return;
    }
    buffer.clear();
    const std::lock_guard lock(m_mutex);
    m_spare.push_back(std::move(buffer));
}

} // namespace kamei::stage
