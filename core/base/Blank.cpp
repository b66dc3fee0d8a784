#include "core/base/Blank.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace kamei::base {
namespace {

/// First and last of each range, ascending.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 24> kBlank{{
    {0x00, 0x20},       {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},         {0x61C, 0x61C},
    {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},   {0x180B, 0x180F},       {0x2000, 0x200F},
    {0x2028, 0x202F},   {0x205F, 0x206F},   {0x2800, 0x2800},   {0x3000, 0x3000},       {0x3164, 0x3164},
    {0xD800, 0xDFFF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},       {0xFFF0, 0xFFF8},
    {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}, {0x110000, 0xFFFFFFFF},
}};

bool saysNothing(std::uint32_t code) {
    return std::ranges::any_of(
        kBlank, [code](const auto& range) { return code >= range.first && code <= range.second; });
}

/// Takes the next character off the text; nothing for a byte that begins none.
std::optional<std::uint32_t> take(std::string_view& text) {
    const auto byte = [&text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    const std::size_t length = first < 0x80              ? 1
                               : (first & 0xE0U) == 0xC0 ? 2
                               : (first & 0xF0U) == 0xE0 ? 3
                               : (first & 0xF8U) == 0xF0 ? 4
                                                         : 0;
    std::uint32_t code = length < 2 ? first : first & (0x7FU >> length);
    bool valid = length > 0 && length <= text.size();
    for (std::size_t i = 1; valid && i < length; ++i) {
        valid = (byte(i) & 0xC0U) == 0x80;
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    valid = valid && code >= kLeast.at(length); // a longer form than needed is no UTF-8
    text.remove_prefix(valid ? length : 1);
    return valid ? std::optional(code) : std::nullopt;
}

} // namespace

bool isBlank(std::string_view text) {
    while (!text.empty()) {
        const auto code = take(text);
        if (code && !saysNothing(*code)) {
            return false;
        }
    }
    return true;
}

} // namespace kamei::base
