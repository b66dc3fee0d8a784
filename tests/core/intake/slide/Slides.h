#pragma once
// Slides that tests make, with libtiff: fictional people only.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio> // jpeglib.h needs FILE
#include <cstdlib>
#include <cstring>
#include <jpeglib.h>
#include <string>
#include <tiffio.h>
#include <vector>

#include "core/intake/image/TiffMemory.h"
#include "core/intake/slide/TiffBuild.h"

namespace kamei::test {

/// A made slide: which structure, which codec.
struct SlideRecipe {
    std::uint32_t width = 700;
    std::uint32_t height = 520;
    std::uint32_t tile = 128;
    std::uint16_t compression = COMPRESSION_JPEG;
    std::uint16_t photometric = PHOTOMETRIC_YCBCR;
    std::uint16_t predictor = 1;
    std::uint16_t bits = 8;
    bool separate = false;
    bool big = false;
    bool bigEndian = false;
    bool aperio = true;
    bool subIfds = false; ///< levels below the base in SubIFDs, OME-XML in place of Aperio's description
    bool label = true;
    int levels = 3;
};

inline constexpr const char* kSlideUser = "YAMADA-HANAKO";
inline constexpr const char* kSlideFile = "H24-00458812";

/// What stands at x 210 to 280, y 130 to 180 of the base, where tests lay masks over it; 0: tissue.
inline int slideSecret = 0;

/// Tissue that every pixel tells its place by: smooth, so that JPEG keeps it.
inline std::array<std::uint8_t, 3> slidePixel(double x, double y) {
    if (slideSecret != 0 && x >= 210 && x < 280 && y >= 130 && y < 180) {
        const auto value = static_cast<std::uint8_t>(slideSecret * (7 + int(x) % 5 + int(y) % 3) % 256);
        return {value, static_cast<std::uint8_t>(255 - value), value};
    }
    const auto wave = [](double v) { return static_cast<std::uint8_t>(std::lround(150 + 60 * std::sin(v))); };
    return {wave(x / 23), wave(y / 19 + 1), wave((x + y) / 31 + 2)};
}

inline std::string aperioHead() {
    return "Aperio Image Library v11.2.1\r\n";
}

/// Samples of one page, RGB (or 16 bits), of a scan seen at `factor` base pixels a pixel.
inline std::vector<std::uint8_t> pagePixels(const SlideRecipe& recipe, std::uint32_t width,
                                            std::uint32_t height, double factor) {
    const std::size_t bytes = recipe.bits / 8;
    std::vector<std::uint8_t> out(std::size_t{width} * height * 3 * bytes);
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            const auto pixel = slidePixel((x + 0.5) * factor, (y + 0.5) * factor);
            for (std::size_t c = 0; c < 3; ++c) {
                const std::size_t at = ((std::size_t{y} * width + x) * 3 + c) * bytes;
                const auto value = static_cast<std::uint16_t>(bytes == 2 ? pixel.at(c) * 257 : pixel.at(c));
                std::memcpy(out.data() + at, &value, bytes);
            }
        }
    }
    return out;
}

inline void writeTiles(TIFF* tiff, const SlideRecipe& recipe, const std::vector<std::uint8_t>& pixels,
                       std::uint32_t width, std::uint32_t height) {
    const std::size_t bytes = recipe.bits / 8;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, recipe.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, recipe.separate ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, recipe.compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, recipe.photometric);
    if (recipe.compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 90);
        if (recipe.photometric == PHOTOMETRIC_YCBCR) {
            TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            TIFFSetField(tiff, TIFFTAG_YCBCRSUBSAMPLING, 2, 2);
        }
    }
    if (recipe.predictor != 1) {
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, recipe.predictor);
    }
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, recipe.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, recipe.tile);
    const std::uint16_t planes = recipe.separate ? 3 : 1;
    const std::size_t channels = recipe.separate ? 1 : 3;
    for (std::uint16_t plane = 0; plane < planes; ++plane) {
        for (std::uint32_t y = 0; y < height; y += recipe.tile) {
            for (std::uint32_t x = 0; x < width; x += recipe.tile) {
                std::vector<std::uint8_t> tile(std::size_t{recipe.tile} * recipe.tile * channels * bytes,
                                               255);
                for (std::uint32_t row = 0; row < std::min(recipe.tile, height - y); ++row) {
                    for (std::uint32_t column = 0; column < std::min(recipe.tile, width - x); ++column) {
                        std::memcpy(
                            tile.data() + (std::size_t{row} * recipe.tile + column) * channels * bytes,
                            pixels.data() + ((std::size_t{y + row} * width + x + column) * 3 + plane) * bytes,
                            channels * bytes);
                    }
                }
                TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, plane), tile.data(),
                                     static_cast<tmsize_t>(tile.size()));
            }
        }
    }
}

/// A page of strips: label, macro, thumbnail.
inline void writeStrips(TIFF* tiff, const std::vector<std::uint8_t>& pixels, std::uint32_t width,
                        std::uint32_t height, std::uint16_t compression) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                 compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB);
    if (compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 64);
    for (std::uint32_t y = 0; y < height; y += 64) {
        const std::uint32_t rows = std::min<std::uint32_t>(64, height - y);
        std::vector<std::uint8_t> strip(
            pixels.begin() + static_cast<std::ptrdiff_t>(std::size_t{y} * width * 3),
            pixels.begin() + static_cast<std::ptrdiff_t>(std::size_t{y + rows} * width * 3));
        TIFFWriteEncodedStrip(tiff, y / 64, strip.data(), static_cast<tmsize_t>(strip.size()));
    }
}

/// Overwrites one number of an entry, whatever its type.
inline void putNumber(std::string& bytes, const intake::slide::Entry& entry, std::size_t index,
                      std::uint64_t value, bool bigEndian = false) {
    std::string number;
    intake::slide::appendNumber(number, value, entry.valueSize(), bigEndian);
    bytes.replace(entry.valueAt + index * entry.valueSize(), number.size(), number);
}

/// A label whose pixels are a pattern that is found nowhere else (uncompressed, so that its bytes can be
/// searched).
inline std::string labelPattern() {
    std::string out;
    for (int i = 0; i < 64; ++i) {
        out += static_cast<char>(17 + i * 37 % 200);
    }
    return out;
}
inline std::vector<std::uint8_t> labelPixels(std::uint32_t width, std::uint32_t height) {
    const std::string pattern = labelPattern();
    std::vector<std::uint8_t> out(std::size_t{width} * height * 3);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<std::uint8_t>(pattern[i % pattern.size()]);
    }
    return out;
}

inline constexpr std::uint32_t kLabelWidth = 90;
inline constexpr std::uint32_t kLabelHeight = 70;
inline constexpr std::uint32_t kThumbnailFactor = 7;

inline std::string makeSlide(const SlideRecipe& recipe = {}) {
    intake::image::TiffMemory memory;
    {
        const auto handle = memory.open(recipe.big, recipe.bigEndian);
        TIFF* const tiff = handle.get();
        const auto describe = [&](const std::string& text) {
            TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, text.c_str());
        };
        const std::string keys = std::string("|AppMag = 20|MPP = 0.4990|Filename = ") + kSlideFile +
                                 "|Date = 12/29/09|Time = 09:59:15|User = " + kSlideUser +
                                 "|ScanScope ID = SS1234567|ImageID = 1004486";
        writeTiles(tiff, recipe, pagePixels(recipe, recipe.width, recipe.height, 1), recipe.width,
                   recipe.height);
        if (recipe.aperio && !recipe.subIfds) {
            describe(aperioHead() + std::to_string(recipe.width) + 'x' + std::to_string(recipe.height) +
                     " [0,0 ] (" + std::to_string(recipe.tile) + ") JPEG/RGB Q=90" + keys);
        }
        if (recipe.subIfds) {
            describe(
                "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
                "<Experimenter ID=\"Experimenter:0\" FirstName=\"" +
                std::string(kSlideUser) +
                "\"/>"
                "<Image ID=\"Image:0\" Name=\"" +
                kSlideFile +
                "\"><AcquisitionDate>2024-03-04T05:06:07</AcquisitionDate>"
                "<Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint8\" SizeX=\"" +
                std::to_string(recipe.width) + "\" SizeY=\"" + std::to_string(recipe.height) +
                "\" SizeZ=\"1\" SizeC=\"3\" SizeT=\"1\" PhysicalSizeX=\"0.5\">"
                "<Channel ID=\"Channel:0:0\" SamplesPerPixel=\"3\" Name=\"" +
                kSlideUser +
                "\"/>"
                "<TiffData IFD=\"0\" PlaneCount=\"1\"/></Pixels></Image></OME>");
            std::vector<toff_t> places(static_cast<std::size_t>(recipe.levels) - 1, 0);
            TIFFSetField(tiff, TIFFTAG_SUBIFD, static_cast<std::uint16_t>(places.size()), places.data());
        }
        TIFFSetField(tiff, TIFFTAG_ARTIST, kSlideUser);
        TIFFSetField(tiff, TIFFTAG_DATETIME, "2024:03:04 05:06:07");
        TIFFWriteDirectory(tiff);
        if (recipe.aperio && !recipe.subIfds) {
            const std::uint32_t w = recipe.width / kThumbnailFactor;
            const std::uint32_t h = recipe.height / kThumbnailFactor;
            SlideRecipe plain;
            writeStrips(tiff, pagePixels(plain, w, h, kThumbnailFactor), w, h, COMPRESSION_JPEG);
            describe(aperioHead() + std::to_string(recipe.width) + 'x' + std::to_string(recipe.height) +
                     " -> " + std::to_string(w) + 'x' + std::to_string(h) + " - " + keys);
            TIFFWriteDirectory(tiff);
        }
        for (int level = 1; level < recipe.levels; ++level) {
            const std::uint32_t w = recipe.width >> level;
            const std::uint32_t h = recipe.height >> level;
            writeTiles(tiff, recipe, pagePixels(recipe, w, h, 1 << level), w, h);
            TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
            if (recipe.aperio && !recipe.subIfds) {
                describe(aperioHead() + "level" + keys);
            }
            TIFFWriteDirectory(tiff);
        }
        if (recipe.label) {
            writeStrips(tiff, labelPixels(kLabelWidth, kLabelHeight), kLabelWidth, kLabelHeight,
                        COMPRESSION_NONE);
            TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, 1);
            describe((recipe.aperio ? aperioHead() : std::string()) + "label " + kSlideFile);
            TIFFWriteDirectory(tiff);
            writeStrips(tiff, labelPixels(160, 60), 160, 60, COMPRESSION_JPEG);
            TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, 9);
            describe((recipe.aperio ? aperioHead() : std::string()) + "macro 160x60");
            TIFFWriteDirectory(tiff);
        }
    }
    return std::move(memory.output()) + "trailer of YAMADA-HANAKO";
}

/// A JPEG whose scan has restart markers every `mcus` MCUs, as Hamamatsu's scanners write.
inline std::string makeRestartJpeg(const std::vector<std::uint8_t>& rgb, std::uint32_t width,
                                   std::uint32_t height, unsigned mcus) {
    jpeg_compress_struct out{};
    jpeg_error_mgr errors{};
    out.err = jpeg_std_error(&errors);
    jpeg_create_compress(&out);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&out, &buffer, &size);
    out.image_width = width;
    out.image_height = height;
    out.input_components = 3;
    out.in_color_space = JCS_RGB;
    jpeg_set_defaults(&out);
    jpeg_set_quality(&out, 90, TRUE);
    out.comp_info[0].v_samp_factor = 1; // 4:2:2, as the scanners do: OpenSlide reads nothing else
    out.restart_interval = mcus;
    jpeg_start_compress(&out, TRUE);
    while (out.next_scanline < out.image_height) {
        JSAMPROW row = const_cast<JSAMPLE*>(rgb.data() + std::size_t{out.next_scanline} * width * 3);
        jpeg_write_scanlines(&out, &row, 1);
    }
    jpeg_finish_compress(&out);
    std::string bytes(reinterpret_cast<const char*>(buffer), size);
    jpeg_destroy_compress(&out);
    std::free(buffer);
    return bytes;
}

/// Starts of restart intervals of a JPEG, as tag 65426 lists them.
inline std::vector<std::uint64_t> restartStarts(const std::string& jpeg) {
    const std::size_t scan = jpeg.find("\xFF\xDA");
    const std::size_t first =
        scan + 2 +
        (static_cast<std::uint8_t>(jpeg[scan + 2]) << 8 | static_cast<std::uint8_t>(jpeg[scan + 3]));
    std::vector<std::uint64_t> out{first};
    for (std::size_t at = first; at + 1 < jpeg.size(); ++at) {
        const auto next = static_cast<std::uint8_t>(jpeg[at + 1]);
        if (jpeg[at] == '\xFF' && next >= 0xD0 && next <= 0xD7) {
            out.push_back(at + 2);
        }
    }
    return out;
}

/// A slide as Hamamatsu's scanners write it: two levels of restart intervals and a macro. Sides of whole
/// intervals.
inline std::string makeNdpi(std::uint32_t width = 512, std::uint32_t height = 320) {
    using intake::slide::Dialect;
    using intake::slide::Field;
    using intake::slide::numberField;
    struct Part {
        std::uint32_t width;
        std::uint32_t height;
        float lens;
        double factor;
        std::string jpeg;
    };
    std::vector<Part> parts{
        {width, height, 20, 1, {}}, {width / 2, height / 2, 10, 2, {}}, {160, 64, -1, 0, {}}};
    SlideRecipe plain;
    std::vector<std::uint64_t> places;
    std::string body;
    const std::uint64_t head = intake::slide::headerBytes(Dialect::Ndpi, false, 0).size();
    std::vector<std::vector<Field>> fields;
    std::vector<std::uint64_t> strips;
    std::uint64_t at = head;
    const auto floatField = [](std::uint16_t tag, float value) {
        std::string bytes(4, '\0');
        std::memcpy(bytes.data(), &value, 4);
        return Field{tag, TIFF_FLOAT, 1, bytes};
    };
    for (Part& part : parts) {
        part.jpeg = part.lens > 0
                        ? makeRestartJpeg(pagePixels(plain, part.width, part.height, part.factor), part.width,
                                          part.height, 4)
                        : makeRestartJpeg(labelPixels(part.width, part.height), part.width, part.height, 0);
        std::vector<Field> list{numberField(254, 4, {0}, false),
                                numberField(256, 4, {part.width}, false),
                                numberField(257, 4, {part.height}, false),
                                numberField(258, 3, {8, 8, 8}, false),
                                numberField(259, 3, {7}, false),
                                numberField(262, 3, {6}, false),
                                Field{271, 2, 10, std::string("Hamamatsu\0", 10)},
                                Field{272, 2, 12, std::string("NanoZoomer1\0", 12)},
                                numberField(273, 16, {at}, false),
                                numberField(277, 3, {3}, false),
                                numberField(278, 4, {part.height}, false),
                                numberField(279, 16, {part.jpeg.size()}, false),
                                Field{306, 2, 20, std::string("2024:03:04 05:06:07\0", 20)},
                                numberField(65420, 4, {1}, false),
                                floatField(65421, part.lens),
                                numberField(65422, 9, {0}, false),
                                numberField(65423, 9, {0}, false),
                                numberField(65424, 9, {0}, false)};
        if (part.lens > 0) {
            list.push_back(numberField(65426, 4, restartStarts(part.jpeg), false));
        }
        list.push_back(Field{65427, 2, 13, std::string(kSlideFile) + '\0'});
        list.push_back(Field{65442, 2, 14, std::string("SN-0987654321\0", 14)});
        strips.push_back(at);
        at = (at + part.jpeg.size() + 7) / 8 * 8;
        places.push_back(at);
        at += intake::slide::directorySize(list, Dialect::Ndpi);
        fields.push_back(std::move(list));
    }
    std::string out = intake::slide::headerBytes(Dialect::Ndpi, false, places[0]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        out.resize(strips[i], '\0');
        out += parts[i].jpeg;
        out.resize(places[i], '\0');
        out += intake::slide::directoryBytes(fields[i], Dialect::Ndpi, false, places[i],
                                             i + 1 < parts.size() ? places[i + 1] : 0);
    }
    return out;
}

} // namespace kamei::test
