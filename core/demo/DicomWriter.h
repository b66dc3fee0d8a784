#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Error.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// Character set of a data set: ISO 2022 IR 87 (JIS X 0208 by escapes) or ISO_IR 192 (UTF-8).
enum class Charset { Jis, Utf8 };

/// One DICOM object to be written as Explicit VR Little Endian. Values are UTF-8 and encoded on the way.
class DicomWriter {
public:
    explicit DicomWriter(Charset charset);
    ~DicomWriter();
    DicomWriter(DicomWriter&&) noexcept;

    /// Sets an element, "gggg,eeee". Inside `path` "gggg,eeee" (a sequence), in its first item.
    void set(std::string_view tag, const std::string& value, std::string_view path = {});
    /// The same at any depth: "(0040,A730)[0].(0040,A160)"; sequences and items are made as needed.
    void setAt(const std::string& path, const std::string& value);
    void setNumber(std::string_view tag, std::uint16_t value);
    /// A person's name in three component groups: romaji=kanji=kana.
    void setName(std::string_view tag, const std::string& romaji, const std::string& kanji,
                 const std::string& kana);
    /// A private element of a block whose creator is set first; element is the low byte.
    void setPrivate(std::uint16_t group, std::string_view creator, std::uint8_t element, std::string_view vr,
                    const std::string& value);
    void setPixels8(std::span<const std::uint8_t> pixels);
    void setPixels16(std::span<const std::int16_t> pixels);
    /// The first overlay (group 6000): a picture of one bit a pixel as large as the image (PS3.3 C.9.2).
    /// `bits` holds one byte a pixel, row-major; what is not 0 is set.
    void setOverlay(std::uint16_t rows, std::uint16_t columns, std::span<const std::uint8_t> bits);

    [[nodiscard]] base::Expected<void> save(const std::filesystem::path& path);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::demo
