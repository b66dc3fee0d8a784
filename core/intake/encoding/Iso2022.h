#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kamei::intake::encoding {

/// Which set the 7-bit codes of ISO-2022-JP stand for (RFC 1468, with JIS X 0201 katakana and JIS X 0212).
enum class JisSet { Ascii, Roman, Katakana, Jis0208Old, Jis0208, Jis0212 };

/// State between two characters: the set in G0, and whether SO put katakana in force.
struct JisState {
    JisSet set = JisSet::Ascii;
    bool shiftedOut = false;
    friend bool operator==(const JisState&, const JisState&) = default;
};

/// If an escape sequence or SO/SI stands at `byte`, applies it and returns its length; else 0.
[[nodiscard]] std::size_t takeEscape(std::string_view bytes, std::size_t byte, JisState& state);
/// The bytes that lead from one state to another.
[[nodiscard]] std::string escapeBetween(JisState from, JisState to);
/// Bytes that one character takes in a state, without escapes.
[[nodiscard]] std::size_t unitLength(JisState state);

} // namespace kamei::intake::encoding
