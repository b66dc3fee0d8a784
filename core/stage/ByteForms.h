#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::stage {

/// How the bytes of a form are encoded; the word stands in model::Residual::encoding.
enum class FormEncoding : std::uint8_t { Utf8, Utf16Le, Utf16Be, Cp932, EucJp, Iso2022Jp, JsonEscaped };
[[nodiscard]] std::string_view word(FormEncoding encoding);

/// One spelling as bytes in one encoding.
struct ByteForm {
    std::string bytes;
    FormEncoding encoding = FormEncoding::Utf8;
    /// ASCII letters may be compared without case: no other character of the encoding uses their bytes.
    bool anyCase = false;
};

/// Writes spellings in every encoding, through ICU: another path than the one that writes staged files.
class ByteFormMaker {
public:
    /// UnsupportedEncoding (args: ICU's converter name) when a converter is missing.
    [[nodiscard]] static base::Expected<ByteFormMaker> create();
    ~ByteFormMaker();
    ByteFormMaker(ByteFormMaker&& other) noexcept;
    ByteFormMaker& operator=(ByteFormMaker&&) = delete;

    /// Forms of a UTF-8 spelling; an encoding that cannot write it has none, equal bytes come once.
    /// ISO-2022-JP comes without the escapes at both ends (the match may stand inside a longer run), inside
    /// with both ways to announce kanji (ESC $ B, ESC $ @) and to return (ESC ( B, ESC ( J). JsonEscaped: what is not
    /// ASCII as \uXXXX (RFC 8259 7).
    [[nodiscard]] std::vector<ByteForm> forms(std::string_view utf8) const;

private:
    struct Converters;
    explicit ByteFormMaker(Converters* converters) : m_converters(converters) {}
    Converters* m_converters = nullptr;
};

} // namespace kamei::stage
