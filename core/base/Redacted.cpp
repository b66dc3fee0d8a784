#include "core/base/Redacted.h"

#include <algorithm>
#include <new>
#include <sodium.h>
#include <utility>

namespace kamei::base {

Redacted::Redacted(std::string_view kind, std::string value) : m_kind(kind), m_value(std::move(value)) {}
Redacted::~Redacted() { wipe(m_value); }

std::string Redacted::description() const { return m_kind + "(" + std::to_string(m_value.size()) + " bytes)"; }

void SecretBytes::Free::operator()(std::byte* data) const { sodium_free(data); }

SecretBytes::SecretBytes(std::size_t size) : m_size(size) {
    if (sodium_init() < 0) {
        throw std::bad_alloc();
    }
    m_data.reset(static_cast<std::byte*>(sodium_malloc(std::max<std::size_t>(size, 1))));
    if (!m_data) {
        throw std::bad_alloc();
    }
    sodium_memzero(m_data.get(), size);
}

SecretBytes SecretBytes::random(std::size_t size) {
    SecretBytes out(size);
    randombytes_buf(out.m_data.get(), size);
    return out;
}

SecretBytes SecretBytes::copyOf(std::span<const std::byte> data) {
    SecretBytes out(data.size());
    std::ranges::copy(data, out.m_data.get());
    return out;
}

void wipe(std::string& text) {
    // Also what stands behind the end: a string that was moved from or cut keeps its characters there.
    text.resize(text.capacity());
    sodium_memzero(text.data(), text.size());
    text.clear();
}

} // namespace kamei::base
