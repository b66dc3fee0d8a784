#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::encoding {

/// Encodings of Japanese clinical text. Cp932 is Windows-31J (Shift_JIS with NEC and IBM extensions).
enum class Encoding { Utf8, Utf8Bom, Utf16Le, Utf16Be, Cp932, EucJp, Iso2022Jp };

/// "utf-8" "utf-8-bom" "utf-16le" "utf-16be" "cp932" "euc-jp" "iso-2022-jp".
[[nodiscard]] std::string_view word(Encoding encoding);
/// From a word or a label in a file ("Shift_JIS", "x-sjis", "EUC-JP", "ISO-2022-JP"), any case.
[[nodiscard]] std::optional<Encoding> encodingFromLabel(std::string_view label);

/// Bytes as UTF-8. Malformed when a byte sequence is not valid in the encoding. `offsets`, when given,
/// receives for every code point the byte where it begins, and at the end the size of the input; a byte
/// order mark and ISO-2022 escapes belong to the code point that follows them.
[[nodiscard]] base::Expected<std::string> decode(std::string_view bytes, Encoding encoding,
                                                 std::vector<std::uint32_t>* offsets = nullptr);
/// UTF-8 as bytes of the encoding, without byte order mark. UnsupportedEncoding when a character has no form
/// in it.
[[nodiscard]] base::Expected<std::string> encode(std::string_view utf8, Encoding encoding);

/// Length of the byte order mark with which the bytes begin, 0 when there is none.
[[nodiscard]] std::size_t byteOrderMarkLength(std::string_view bytes, Encoding encoding);

/// New text for bytes begin..end of an encoded file; begin and end are offsets given by decode().
struct Patch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string utf8;
};
/// The bytes with the patches (sorted, not overlapping) written in the encoding; all other bytes stay as they
/// are. A byte order mark stays; in ISO-2022-JP the escape state on both sides of a patch stays valid.
/// UnsupportedEncoding when a character has no form in the encoding.
[[nodiscard]] base::Expected<std::string> splice(std::string_view bytes, Encoding encoding,
                                                 const std::vector<Patch>& patches);

/// The encoding of a file by byte order mark, escape sequences, validity, and frequency of Japanese
/// characters; `doubtful` when a second encoding fits as well.
struct Guess {
    Encoding encoding = Encoding::Utf8;
    bool doubtful = false;
};
/// Empty when the bytes are no text in any supported encoding (control characters, invalid sequences).
[[nodiscard]] std::optional<Guess> detect(std::string_view bytes);

} // namespace kamei::intake::encoding
