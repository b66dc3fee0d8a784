#include "core/intake/slide/Blocks.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <tiffio.h>

#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/image/Image.h"
#include "core/intake/image/TiffMemory.h"
#include "core/intake/slide/Ndpi.h"
#include "core/intake/slide/TiffBuild.h"

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.blocks";
constexpr std::uint64_t kMostTables = 1U << 20;

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

base::Expected<BlockTable> intervalBlocks(const Structure& structure, const Page& page) {
    const Directory& directory = structure.directories[page.directory];
    const auto strip = stripOf(structure, directory);
    auto starts = intervalStarts(structure, directory, page.blocks());
    if (!strip || !starts) {
        return tl::unexpected(strip ? starts.error() : strip.error());
    }
    BlockTable out;
    auto header = structure.bytes->read(strip->offset, starts->front());
    if (!header) {
        return tl::unexpected(header.error());
    }
    const auto jpeg = jpegHeader(*header);
    if (!jpeg || jpeg->dataAt != starts->front()) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    out.tables = std::move(*header);
    out.stripOffset = strip->offset;
    out.sizes.resize(starts->size());
    for (std::size_t i = 0; i < starts->size(); ++i) {
        const std::uint64_t end = i + 1 < starts->size() ? (*starts)[i + 1] : strip->size;
        out.sizes[i] = end - (*starts)[i];
        if (out.sizes[i] > ByteSource::kMostAtOnce) {
            return base::fail(ErrorCode::TooLarge, kPlace);
        }
        (*starts)[i] += strip->offset;
    }
    out.offsets = std::move(*starts);
    return out;
}

/// Distinct places may overlap in no way; the same place may serve many blocks.
base::Expected<void> checkPlaces(const BlockTable& table, std::uint64_t fileSize) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    for (std::size_t i = 0; i < table.offsets.size(); ++i) {
        const std::uint64_t offset = table.offsets[i];
        const std::uint64_t size = table.sizes[i];
        if (size == 0) {
            continue;
        }
        if (offset > fileSize || size > fileSize - offset) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        places.emplace_back(offset, size);
    }
    std::ranges::sort(places);
    // Not of std::ranges: clang 14 does not compile the subrange of libstdc++ 12, and the fuzzers need clang.
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].first < places[i - 1].first + places[i - 1].second) {
            return base::fail(ErrorCode::Malformed, kPlace, {"overlap"});
        }
    }
    return {};
}

std::string_view withoutEnds(std::string_view tables) {
    if (tables.size() < 4) {
        return {};
    }
    tables.remove_prefix(2); // SOI
    if (tables.ends_with("\xFF\xD9")) {
        tables.remove_suffix(2);
    }
    return tables;
}

/// A TIFF of one strip that holds a block, for libtiff to decode.
std::string oneStrip(const Structure& structure, const Page& page, std::string_view raw, std::uint32_t rows) {
    const bool big = structure.bigEndian;
    const std::uint16_t samples = page.separate ? std::uint16_t{1} : page.samples;
    const std::uint16_t photometric =
        page.separate ? std::uint16_t{PHOTOMETRIC_MINISBLACK} : page.photometric;
    const auto make = [&](std::uint64_t stripAt) {
        std::vector<Field> fields{
            numberField(TIFFTAG_IMAGEWIDTH, TIFF_LONG, {page.blockWidth}, big),
            numberField(TIFFTAG_IMAGELENGTH, TIFF_LONG, {rows}, big),
            numberField(TIFFTAG_BITSPERSAMPLE, TIFF_SHORT, std::vector<std::uint64_t>(samples, page.bits),
                        big),
            numberField(TIFFTAG_COMPRESSION, TIFF_SHORT, {page.compression}, big),
            numberField(TIFFTAG_PHOTOMETRIC, TIFF_SHORT, {photometric}, big),
            numberField(TIFFTAG_STRIPOFFSETS, TIFF_LONG, {stripAt}, big),
            numberField(TIFFTAG_SAMPLESPERPIXEL, TIFF_SHORT, {samples}, big),
            numberField(TIFFTAG_ROWSPERSTRIP, TIFF_LONG, {rows}, big),
            numberField(TIFFTAG_STRIPBYTECOUNTS, TIFF_LONG, {raw.size()}, big),
            numberField(TIFFTAG_PLANARCONFIG, TIFF_SHORT, {PLANARCONFIG_CONTIG}, big),
        };
        if (page.predictor != PREDICTOR_NONE) {
            fields.push_back(numberField(TIFFTAG_PREDICTOR, TIFF_SHORT, {page.predictor}, big));
        }
        return fields;
    };
    constexpr std::uint64_t kHead = 8;
    const std::uint64_t stripAt = kHead + directorySize(make(0), Dialect::Classic);
    std::string out = headerBytes(Dialect::Classic, big, kHead);
    out += directoryBytes(make(stripAt), Dialect::Classic, big, kHead, 0);
    out += raw;
    return out;
}

/// Samples as they are stored, turned into this machine's order. libtiff would cut such a strip into smaller
/// ones.
base::Expected<std::vector<std::byte>> copied(const Structure& structure, const Page& page,
                                              std::string_view raw, std::uint32_t rows) {
    const std::size_t bytes = page.bits / 8U;
    const std::size_t size =
        std::size_t{page.blockWidth} * rows * (page.separate ? 1U : page.samples) * bytes;
    if (raw.size() < size) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const auto stored = bytesOf(raw.substr(0, size));
    std::vector<std::byte> out(stored.begin(), stored.end());
    const bool turned = structure.bigEndian == (std::endian::native == std::endian::little);
    for (std::size_t i = 0; turned && bytes == 2 && i + 1 < size; i += 2) {
        std::swap(out[i], out[i + 1]);
    }
    return out;
}

base::Expected<std::vector<std::byte>> decodeByLibtiff(const Structure& structure, const Page& page,
                                                       std::string_view raw, std::uint32_t rows) {
    const std::string file = oneStrip(structure, page, raw, rows);
    image::TiffMemory memory(file);
    const image::TiffHandle tiff = memory.open();
    if (tiff == nullptr) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (page.codec == Codec::Jpeg && page.photometric == PHOTOMETRIC_YCBCR) {
        TIFFSetField(tiff.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    const std::size_t pixel = (page.separate ? 1U : page.samples) * std::size_t{page.bits / 8U};
    std::vector<std::byte> out(std::size_t{page.blockWidth} * rows * pixel);
    const tmsize_t size = TIFFStripSize(tiff.get());
    if (size != static_cast<tmsize_t>(out.size()) ||
        TIFFReadEncodedStrip(tiff.get(), 0, out.data(), size) != size) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

base::Expected<std::vector<std::byte>> decodeComponents(const Page& page, std::string_view raw,
                                                        std::uint32_t rows) {
    const auto planes = dicom::decodeJpeg2000Planes(bytesOf(raw), page.blockWidth, rows);
    if (!planes) {
        return tl::unexpected(planes.error());
    }
    if (planes->size() != page.samples) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    std::vector<std::byte> out(std::size_t{page.blockWidth} * rows * page.samples);
    for (std::size_t c = 0; c < planes->size(); ++c) {
        const dicom::Jpeg2000Plane& plane = (*planes)[c];
        if (plane.bits != 8) {
            return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"samples"});
        }
        for (std::uint32_t y = 0; y < rows; ++y) {
            const std::int32_t* const line = plane.values.data() + std::size_t{y / plane.dy} * plane.width;
            std::byte* const to = out.data() + std::size_t{y} * page.blockWidth * page.samples + c;
            for (std::uint32_t x = 0; x < page.blockWidth; ++x) {
                to[std::size_t{x} * page.samples] = static_cast<std::byte>(line[x / plane.dx]);
            }
        }
    }
    return out;
}

base::Expected<std::vector<std::byte>> decodeInterval(const Page& page, const BlockTable& table,
                                                      std::string_view raw, std::uint32_t row) {
    const std::string jpeg = completeJpeg(page, table, raw, row);
    auto raster = image::decode(jpeg, "jpeg", 1);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    if (raster->channels != page.samples || raster->bitsPerSample != 8) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return std::move(raster->samples);
}

} // namespace

base::Expected<BlockTable> readBlocks(const Structure& structure, const Page& page) {
    const Directory& directory = structure.directories[page.directory];
    base::Expected<BlockTable> out;
    if (page.intervals) {
        out = intervalBlocks(structure, page);
        if (!out) {
            return out;
        }
    } else {
        const Entry* const offsets = directory.find(page.tiled ? TIFFTAG_TILEOFFSETS : TIFFTAG_STRIPOFFSETS);
        const Entry* const sizes =
            directory.find(page.tiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS);
        if (offsets == nullptr || sizes == nullptr) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        auto places = structure.numbers(*offsets, kMaxBlocks);
        auto counts = structure.numbers(*sizes, kMaxBlocks);
        if (!places || !counts) {
            return tl::unexpected(places ? counts.error() : places.error());
        }
        if (places->size() < page.blocks() || counts->size() < page.blocks()) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        out->offsets = std::move(*places);
        out->sizes = std::move(*counts);
        out->offsets.resize(page.blocks());
        out->sizes.resize(page.blocks());
        const Entry* const tables = directory.find(TIFFTAG_JPEGTABLES);
        if (page.codec == Codec::Jpeg && tables != nullptr) {
            auto bytes = structure.raw(*tables, kMostTables);
            if (!bytes) {
                return tl::unexpected(bytes.error());
            }
            out->tables = std::move(*bytes);
        }
    }
    if (auto sound = checkPlaces(*out, structure.bytes->size()); !sound) {
        return tl::unexpected(sound.error());
    }
    return out;
}

std::string completeJpeg(const Page& page, const BlockTable& table, std::string_view raw, std::uint32_t row) {
    if (page.intervals) {
        return intervalJpeg(table.tables, raw, page.blockWidth, page.blockHeight);
    }
    static_cast<void>(row);
    if (raw.size() < 2 || table.tables.empty()) {
        return std::string(raw);
    }
    std::string out(raw.substr(0, 2));
    out += withoutEnds(table.tables);
    out += raw.substr(2);
    return out;
}

base::Expected<std::vector<std::byte>> decodeBlock(const Structure& structure, const Page& page,
                                                   const BlockTable& table, std::string_view raw,
                                                   std::uint32_t row) {
    const std::uint32_t rows = page.rowsOf(row);
    if (page.intervals) {
        return decodeInterval(page, table, raw, row);
    }
    if (page.codec == Codec::Jpeg2000) {
        return decodeComponents(page, raw, rows);
    }
    if (page.codec == Codec::None) {
        return copied(structure, page, raw, rows);
    }
    if (page.codec == Codec::Jpeg) {
        return decodeByLibtiff(structure, page, completeJpeg(page, table, raw, row), rows);
    }
    return decodeByLibtiff(structure, page, raw, rows);
}

base::Expected<std::string> encodeBlock(const Structure& structure, const Page& page,
                                        const std::vector<std::byte>& samples, std::uint32_t row) {
    if (page.codec == Codec::Jpeg || page.codec == Codec::Jpeg2000) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    const std::uint32_t rows = page.rowsOf(row);
    const std::uint16_t channels = page.separate ? std::uint16_t{1} : page.samples;
    image::TiffMemory memory;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    {
        const image::TiffHandle tiff = memory.open(false, structure.bigEndian);
        if (tiff == nullptr) {
            return base::fail(ErrorCode::OutOfMemory, kPlace);
        }
        const bool grey = channels < 3 || page.separate;
        TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, page.blockWidth);
        TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, rows);
        TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, rows);
        TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, page.bits);
        TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, channels);
        TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, grey ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
        TIFFSetField(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, page.compression);
        if (page.predictor != PREDICTOR_NONE) {
            TIFFSetField(tiff.get(), TIFFTAG_PREDICTOR, page.predictor);
        }
        std::vector<std::byte> copy = samples; // libtiff turns bytes round in place
        if (TIFFWriteEncodedStrip(tiff.get(), 0, copy.data(), static_cast<tmsize_t>(copy.size())) < 0 ||
            TIFFFlushData(tiff.get()) == 0) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        offset = TIFFGetStrileOffset(tiff.get(), 0);
        size = TIFFGetStrileByteCount(tiff.get(), 0);
    }
    if (offset + size > memory.output().size()) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return memory.output().substr(offset, size);
}

} // namespace kamei::intake::slide
