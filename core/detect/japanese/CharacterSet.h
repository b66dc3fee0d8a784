#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace kamei::detect::japanese {

/// Some characters below U+10000, of which every character of a text may be asked: one look at memory, made
/// when the program is compiled, so that no call and no walk through a list stand between.
class CharacterSet {
public:
    constexpr CharacterSet(std::initializer_list<std::u32string_view> lists) {
        for (const std::u32string_view list : lists) {
            for (const char32_t c : list) {
                m_bits[c / 64] |= std::uint64_t{1} << (c % 64);
            }
        }
    }

    [[nodiscard]] constexpr bool has(char32_t c) const {
        return c < kEnd && (m_bits[c / 64] >> (c % 64) & 1U) != 0;
    }

private:
    static constexpr std::size_t kEnd = 0x10000;
    std::array<std::uint64_t, kEnd / 64> m_bits{};
};

} // namespace kamei::detect::japanese
