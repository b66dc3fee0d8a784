#pragma once

// Private to the room: fields of fixed places, as SCP-ECG and MFER have them, shown and rewritten in place.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/signal/Page.h"
#include "core/intake/signal/PageBuilder.h"

namespace kamei::intake::signal {

enum class FieldKind {
    Text,
    Number, ///< a whole number of the file's byte order
    Sex,    ///< one byte: 1 is male, 2 female (both formats)
    Date,   ///< year in two bytes, month, day
    Time,   ///< hour, minute, second; shown as 10.15.00
    Opaque  ///< what nobody but its maker understands: shown as its size and the words in it
};

struct Field {
    std::size_t at = 0;
    std::size_t size = 0;
    FieldKind kind = FieldKind::Text;
    std::string_view label;
    std::string_view path;
    std::string_view role;
    bool bigEndian = false;
    char filler = '\0'; ///< stands behind a text that is shorter than its field
    std::optional<encoding::Encoding> encoding = encoding::Encoding::Utf8; ///< none: ISO 8859-1
};

/// What a file says of the encoding of its texts.
struct TextHabit {
    std::optional<encoding::Encoding> declared;
    bool latin = false; ///< it declares ISO 8859-1
};

/// A text with its encoding: the declared one, else UTF-8, what escape sequences tell, or CP932, as devices
/// in Japan write whatever they declare. Where none of them fits it is read as ISO 8859-1, so that it is
/// shown, and words that would be read for names ("text") become "signal.reserved": nobody could find a name
/// in them.
[[nodiscard]] Field textField(std::string_view bytes, Field field, const TextHabit& habit);

/// Writes the line of a field that says anything.
void show(PageBuilder& page, std::string_view bytes, const Field& field);

/// The bytes with the changes. A text that does not fit is written with "X" for what changed; a number or a
/// date that is none becomes zeros, and so does every opaque field that is to change.
[[nodiscard]] std::string rewriteFields(std::string bytes, const std::vector<Field>& fields, const Page& page,
                                        const std::vector<Change>& changes);

/// A number of up to eight bytes.
[[nodiscard]] std::uint64_t readUnsigned(std::string_view bytes, bool bigEndian);
[[nodiscard]] bool isAll(std::string_view bytes, char value);

} // namespace kamei::intake::signal
