#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/TiffStructure.h"

namespace kamei::intake::slide {

/// Who wrote a slide; decides what its descriptions mean and what may be kept of them.
enum class Vendor { Generic, Aperio, Hamamatsu, Ome };

/// What a page shows.
enum class Role {
    Scan,      ///< a level of a plane's pyramid
    Thumbnail, ///< the whole scan, small
    Label,     ///< the paper label of the glass
    Macro,     ///< the whole glass, label included
    Other,     ///< a picture that nothing says more of
};

/// How blocks (tiles, strips, restart intervals) are compressed.
enum class Codec { None, Lzw, Deflate, PackBits, Jpeg, Jpeg2000 };

/// One page: its layout, and where it belongs.
struct Page {
    std::size_t directory = 0;
    Role role = Role::Other;
    std::size_t plane = 0; ///< of a scan: channel, depth or time (OME); focus plane (Hamamatsu)
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t blockWidth = 0;
    std::uint32_t blockHeight = 0; ///< of the last strip: what is left
    std::uint16_t bits = 8;
    std::uint16_t samples = 1;
    std::uint16_t photometric = 0;
    std::uint16_t compression = 1;
    std::uint16_t predictor = 1;
    std::uint16_t sampleFormat = 1;
    bool tiled = false;
    bool separate = false; ///< a block holds one sample of each pixel (PlanarConfiguration 2)
    bool reduced = false;  ///< NewSubfileType bit 0
    Codec codec = Codec::None;
    /// Hamamatsu: the one strip is a JPEG whose restart intervals are the blocks.
    bool intervals = false;

    [[nodiscard]] std::uint32_t columns() const { return (width - 1) / blockWidth + 1; }
    [[nodiscard]] std::uint32_t rows() const { return (height - 1) / blockHeight + 1; }
    [[nodiscard]] std::uint64_t blocks() const {
        return std::uint64_t{columns()} * rows() * (separate ? samples : 1U);
    }
    /// Rows that a block holds: strips end with the picture, tiles are whole.
    [[nodiscard]] std::uint32_t rowsOf(std::uint32_t row) const {
        return tiled ? blockHeight : std::min(blockHeight, height - row * blockHeight);
    }
};

/// Every page of a slide, with what it shows. Fails for what cannot be taken apart safely: UnsupportedFormat
/// (args: the reason's word) for a compression, sample format or vendor that is not supported; Malformed,
/// TooLarge, TooManyEntries.
struct Pages {
    Vendor vendor = Vendor::Generic;
    std::vector<Page> all;
    /// Indices of the levels of each plane, the largest first.
    std::vector<std::vector<std::size_t>> planes;
};
[[nodiscard]] base::Expected<Pages> readPages(const Structure& structure);

/// Whether a TIFF is a slide rather than a photograph: a vendor's marks, or tiles with a pyramid (reduced
/// pages or SubIFDs), or tiles of more than 2^28 pixels.
[[nodiscard]] bool isSlide(const Structure& structure);

} // namespace kamei::intake::slide
