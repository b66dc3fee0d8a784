#pragma once

#include <cstdio> // jpeglib.h needs FILE
#include <cstdlib>
#include <functional>
#include <jpeglib.h>
#include <png.h>
#include <string>
#include <tiffio.h>
#include <vector>

#include "core/intake/image/TiffMemory.h"

/// Small pictures made for tests: a coloured gradient with some texture.
namespace kamei::test {

inline unsigned char sampleAt(int x, int y, int c) {
    return static_cast<unsigned char>((x * 7 + y * 3 + c * 50 + (x * y) % 13 * 5) % 256);
}

/// What stands in the pixels x 16..47, y 16..31 beside the gradient; so that pictures differ there and
/// nowhere else.
inline int secret = 0;
inline unsigned char hidden(int x, int y) {
    const bool inside = x >= 16 && x < 48 && y >= 16 && y < 32;
    return static_cast<unsigned char>(inside && secret != 0 ? 16 * secret + (x * y * secret) % 11 : 0);
}

struct JpegOptions {
    int channels = 3;
    int sampling = 2; ///< of the first component, both ways
    bool progressive = false;
    int quality = 85;
    std::vector<std::pair<int, std::string>> markers = {}; ///< marker code and content
};

inline std::string makeJpeg(int width, int height, const JpegOptions& options = {}) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = static_cast<JDIMENSION>(width);
    info.image_height = static_cast<JDIMENSION>(height);
    info.input_components = options.channels;
    info.in_color_space = options.channels == 1 ? JCS_GRAYSCALE : options.channels == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, options.quality, TRUE);
    info.comp_info[0].h_samp_factor = options.channels == 1 ? 1 : options.sampling;
    info.comp_info[0].v_samp_factor = options.channels == 1 ? 1 : options.sampling;
    if (options.progressive) {
        jpeg_simple_progression(&info);
    }
    jpeg_start_compress(&info, TRUE);
    for (const auto& [code, content] : options.markers) {
        jpeg_write_marker(&info, code, reinterpret_cast<const JOCTET*>(content.data()),
                          static_cast<unsigned>(content.size()));
    }
    std::vector<unsigned char> row(static_cast<std::size_t>(width * options.channels));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width * options.channels; ++x) {
            row[static_cast<std::size_t>(x)] = static_cast<unsigned char>(
                sampleAt(x / options.channels, y, x % options.channels) ^ hidden(x / options.channels, y));
        }
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&info, &pointer, 1);
    }
    jpeg_finish_compress(&info);
    std::string out(reinterpret_cast<char*>(buffer), size);
    jpeg_destroy_compress(&info);
    std::free(buffer);
    return out;
}

/// All quantised coefficients by component, block row, block column.
struct Coefficients {
    struct Component {
        int columns = 0;
        int rows = 0;
        int h = 1;
        int v = 1;
        std::vector<short> values; ///< 64 a block
    };
    std::vector<Component> components;
    int maxH = 1;
    int maxV = 1;
    bool progressive = false;
};

inline Coefficients coefficientsOf(const std::string& bytes) {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&info, TRUE);
    jvirt_barray_ptr* arrays = jpeg_read_coefficients(&info);
    Coefficients out;
    out.maxH = info.max_h_samp_factor;
    out.maxV = info.max_v_samp_factor;
    out.progressive = info.progressive_mode != 0;
    for (int c = 0; c < info.num_components; ++c) {
        const jpeg_component_info& from = info.comp_info[c];
        Coefficients::Component component{static_cast<int>(from.width_in_blocks),
                                          static_cast<int>(from.height_in_blocks),
                                          from.h_samp_factor,
                                          from.v_samp_factor,
                                          {}};
        for (JDIMENSION y = 0; y < from.height_in_blocks; ++y) {
            JBLOCKARRAY blocks = (*info.mem->access_virt_barray)(reinterpret_cast<j_common_ptr>(&info),
                                                                 arrays[c], y, 1, FALSE);
            for (JDIMENSION x = 0; x < from.width_in_blocks; ++x) {
                component.values.insert(component.values.end(), blocks[0][x], blocks[0][x] + 64);
            }
        }
        out.components.push_back(std::move(component));
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return out;
}

struct PngOptions {
    int type = PNG_COLOR_TYPE_RGB;
    int depth = 8;
    bool interlaced = false;
    std::vector<std::pair<std::string, std::string>> texts = {};
};

inline std::string makePng(int width, int height, const PngOptions& options = {}) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    std::string out;
    png_set_write_fn(
        png, &out,
        [](png_structp p, png_bytep data, std::size_t count) {
            static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), count);
        },
        [](png_structp) {});
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), options.depth,
                 options.type, options.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    std::vector<png_color> palette;
    if (options.type == PNG_COLOR_TYPE_PALETTE) {
        for (int i = 0; i < 1 << options.depth; ++i) {
            const auto value = static_cast<png_byte>(255 - i);
            palette.push_back({value, value, value});
        }
        png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    }
    std::vector<png_text> texts = {};
    for (const auto& [key, value] : options.texts) {
        png_text text{};
        text.compression = PNG_TEXT_COMPRESSION_NONE;
        text.key = const_cast<char*>(key.c_str());
        text.text = const_cast<char*>(value.c_str());
        text.text_length = value.size();
        texts.push_back(text);
    }
    if (!texts.empty()) {
        png_set_text(png, info, texts.data(), static_cast<int>(texts.size()));
    }
    png_write_info(png, info);
    const std::size_t stride = png_get_rowbytes(png, info);
    std::vector<unsigned char> pixels(stride * static_cast<std::size_t>(height));
    std::vector<png_bytep> rows;
    for (int y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < stride; ++x) {
            const auto pixel = static_cast<int>(x * static_cast<std::size_t>(width) / stride);
            pixels[static_cast<std::size_t>(y) * stride + x] =
                static_cast<unsigned char>(sampleAt(static_cast<int>(x), y, 0) ^ hidden(pixel, y));
        }
        rows.push_back(pixels.data() + static_cast<std::size_t>(y) * stride);
    }
    png_write_image(png, rows.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

struct TiffOptions {
    int pages = 1;
    int samples = 3;
    int bits = 8;
    int compression = COMPRESSION_LZW;
    int photometric = PHOTOMETRIC_RGB;
    bool tiled = false;
    bool separate = false;
    std::string description = {};
    std::string artist = {};
};

inline std::string makeTiff(int width, int height, const TiffOptions& options = {}) {
    intake::image::TiffMemory memory;
    {
        const auto handle = memory.open();
        TIFF* tiff = handle.get();
        for (int page = 0; page < options.pages; ++page) {
            TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
            TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
            TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, options.bits);
            TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, options.samples);
            TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, options.photometric);
            TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
                         options.separate ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
            TIFFSetField(tiff, TIFFTAG_COMPRESSION, options.compression);
            if (options.compression == COMPRESSION_JPEG && options.photometric == PHOTOMETRIC_YCBCR) {
                TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            }
            if (!options.description.empty()) {
                TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, options.description.c_str());
                TIFFSetField(tiff, TIFFTAG_ARTIST, options.artist.c_str());
            }
            if (options.tiled) {
                TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
                TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
            } else {
                TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
            }
            const auto size =
                static_cast<std::size_t>(options.tiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff));
            std::vector<unsigned char> block(size);
            const std::uint32_t count = options.tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
            const int edge = 16;
            const int across = options.tiled ? (width + edge - 1) / edge : 1;
            const int perPlane = across * ((height + edge - 1) / edge);
            const auto stride =
                static_cast<std::size_t>(options.tiled ? TIFFTileRowSize(tiff) : TIFFScanlineSize(tiff));
            for (std::uint32_t i = 0; i < count; ++i) {
                const int cell = static_cast<int>(i) % perPlane;
                for (std::size_t b = 0; b < size; ++b) {
                    const int columns = options.tiled ? edge : width;
                    const int x = cell % across * edge +
                                  static_cast<int>(b % stride * static_cast<std::size_t>(columns) / stride);
                    const int y = cell / across * edge + static_cast<int>(b / stride);
                    block[b] = static_cast<unsigned char>(
                        sampleAt(static_cast<int>(b), static_cast<int>(i) + page * 11, 0) ^ hidden(x, y));
                }
                if (options.tiled) {
                    TIFFWriteEncodedTile(tiff, i, block.data(), static_cast<tmsize_t>(size));
                } else {
                    TIFFWriteEncodedStrip(tiff, i, block.data(), static_cast<tmsize_t>(size));
                }
            }
            TIFFWriteDirectory(tiff);
        }
    }
    return memory.output();
}

struct BmpOptions {
    int bits = 24;
    bool topDown = false;
    bool alpha = false;
    std::string gap = {}; ///< between header and pixels
};

/// A bitmap; 16 and 32 bits with fields of their own, up to 8 bits with a grey palette.
inline std::string makeBmp(int width, int height, const BmpOptions& options = {}) {
    std::string out = "BM";
    const auto put = [&out](std::size_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
        }
    };
    const bool fields = options.bits == 16 || options.bits == 32;
    const std::size_t colours = options.bits <= 8 ? std::size_t{1} << options.bits : 0;
    const std::size_t head =
        54 + colours * 4 + (fields ? (options.alpha ? 16U : 12U) : 0U) + options.gap.size();
    const std::size_t stride = static_cast<std::size_t>((width * options.bits + 31) / 32 * 4);
    put(head + stride * static_cast<std::size_t>(height), 4), put(0, 4), put(head, 4);
    put(40, 4), put(static_cast<std::size_t>(width), 4);
    put(static_cast<std::uint32_t>(options.topDown ? -height : height), 4);
    put(1, 2), put(static_cast<std::size_t>(options.bits), 2), put(fields ? (options.alpha ? 6 : 3) : 0, 4);
    put(0, 4), put(2835, 4), put(2835, 4), put(colours, 4), put(0, 4);
    if (options.bits == 16) {
        put(0xF800, 4), put(0x07E0, 4), put(0x001F, 4);
    } else if (options.bits == 32) {
        put(0xFF0000, 4), put(0xFF00, 4), put(0xFF, 4);
    }
    if (fields && options.alpha) {
        put(0xFF000000, 4);
    }
    for (std::size_t i = 0; i < colours; ++i) {
        const std::size_t grey = 255 - i * 255 / (colours - 1);
        put(grey * 0x010101U, 4);
    }
    out += options.gap;
    for (int row = 0; row < height; ++row) {
        const int y = options.topDown ? row : height - 1 - row;
        for (std::size_t b = 0; b < stride; ++b) {
            const auto x = static_cast<int>(b * 8 / static_cast<std::size_t>(options.bits));
            out.push_back(static_cast<char>(sampleAt(static_cast<int>(b), y, 0) ^ hidden(x, y)));
        }
    }
    return out;
}

/// EXIF in an APP1 segment: big-endian TIFF with an orientation and an artist.
inline std::string makeExif(int orientation, const std::string& artist) {
    std::string out("Exif\0\0MM\0\x2A\0\0\0\x08\0\x02", 16);
    const auto put = [&out](unsigned value, int bytes) {
        for (int i = bytes - 1; i >= 0; --i) {
            out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
        }
    };
    put(0x0112, 2), put(3, 2), put(1, 4), put(static_cast<unsigned>(orientation), 2), put(0, 2);
    put(0x013B, 2), put(2, 2), put(static_cast<unsigned>(artist.size() + 1), 4), put(38, 4);
    put(0, 4);
    return out + artist + '\0';
}

} // namespace kamei::test
