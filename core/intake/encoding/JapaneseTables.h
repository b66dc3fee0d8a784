#pragma once

#include <cstdint>
#include <optional>

namespace kamei::intake::encoding {

/// Windows-31J: the code point of a double byte; 0 when it is not assigned.
[[nodiscard]] char32_t fromCp932(std::uint8_t lead, std::uint8_t trail);
/// Row and cell (1..94) of JIS X 0208 with NEC row 13 and NEC-selected IBM rows 89..92, as in CP51932 and
/// CP50221; 0 when not assigned.
[[nodiscard]] char32_t fromJis0208(std::uint8_t row, std::uint8_t cell);
/// Row and cell (1..94) of JIS X 0212; 0 when not assigned.
[[nodiscard]] char32_t fromJis0212(std::uint8_t row, std::uint8_t cell);

/// Windows-31J double byte (lead << 8 | trail) of a code point, the form that Windows writes.
[[nodiscard]] std::optional<std::uint16_t> toCp932(char32_t codePoint);
/// JIS row and cell, each + 0x20 (row << 8 | cell), for EUC-JP and ISO-2022-JP; user-defined characters have
/// none.
[[nodiscard]] std::optional<std::uint16_t> toJis0208(char32_t codePoint);
[[nodiscard]] std::optional<std::uint16_t> toJis0212(char32_t codePoint);

} // namespace kamei::intake::encoding
