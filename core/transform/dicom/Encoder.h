#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/intake/dicom/Element.h"

namespace kamei::transform::dicom {

/// Appends elements in Little Endian, Explicit or Implicit VR (PS3.5 7.1), to a buffer that is reused.
class Encoder {
public:
    Encoder(std::string& out, bool explicitVr) : m_out(out), m_explicit(explicitVr) {}

    /// Text is padded with a space, UI and bytes with zero (PS3.5 6.2).
    void text(intake::dicom::Tag tag, intake::dicom::Vr vr, std::string_view value);
    /// Bytes as they are; numbers of big endian sources are swapped.
    void bytes(intake::dicom::Tag tag, intake::dicom::Vr vr, std::span<const std::byte> value,
               bool swap = false);
    void number(intake::dicom::Tag tag, std::uint16_t value);
    /// Header of an element whose value of `length` bytes the caller writes. Length 0xFFFFFFFF: undefined.
    void head(intake::dicom::Tag tag, intake::dicom::Vr vr, std::uint32_t length);

    /// Opens a sequence or an item; yields what close() needs to write its length.
    [[nodiscard]] std::size_t openSequence(intake::dicom::Tag tag);
    [[nodiscard]] std::size_t openItem();
    void close(std::size_t place);

    [[nodiscard]] std::string& out() { return m_out; }
    [[nodiscard]] bool explicitVr() const { return m_explicit; }

private:
    std::string& m_out;
    bool m_explicit;
};

} // namespace kamei::transform::dicom
