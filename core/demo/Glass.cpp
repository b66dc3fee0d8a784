#include "core/demo/Glass.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tiffio.h>

#include "core/base/FileIo.h"
#include "core/demo/Painter.h"
#include "core/demo/Photo.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 2048;
constexpr int kHeight = 1536;
constexpr int kTile = 256;
constexpr int kReduction = 4;
constexpr const char* kUser = "togawa.rie";
constexpr const char* kSpecimen = "S26-004417";

/// A picture of three channels of eight bits.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    Picture(int w, int h)
        : width(w), height(h), rgb(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3, 245) {}
    std::uint8_t* at(int x, int y) {
        return rgb.data() +
               (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                   3;
    }
    void put(int x, int y, const Rgb& c) {
        std::uint8_t* const p = at(x, y);
        const auto byte = [](double v) { return static_cast<std::uint8_t>(std::clamp(v, 0.0, 255.0)); };
        p[0] = byte(c.r);
        p[1] = byte(c.g);
        p[2] = byte(c.b);
    }
    /// Dark text over what is there.
    void write(int x, int y, double sizePx, const std::string& text) {
        Canvas ink(width, height);
        drawText(ink, x, y, sizePx, text, 255);
        for (std::size_t i = 0; i < ink.pixels.size(); ++i) {
            for (std::size_t c = 0; c < 3; ++c) {
                rgb[i * 3 + c] = static_cast<std::uint8_t>(rgb[i * 3 + c] * (255 - ink.pixels[i]) / 255);
            }
        }
    }
};

/// Pseudo-random 0..1 of a cell; the same on every machine.
double chance(int x, int y, unsigned salt) {
    auto h = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U +
             salt * 2246822519U;
    h = (h ^ (h >> 13U)) * 1274126177U;
    return ((h ^ (h >> 16U)) & 0xFFFFFFU) / 16777216.0;
}

/// Haematoxylin and eosin: a piece of tissue with nuclei on white glass.
Rgb tissue(int x, int y) {
    const double u = (x - kWidth * 0.55) / (kWidth * 0.36);
    const double v = (y - kHeight * 0.52) / (kHeight * 0.38);
    const double edge =
        std::hypot(u, v) + 0.08 * std::sin(7 * std::atan2(v, u)) + 0.03 * std::sin(23 * std::atan2(v, u));
    if (edge > 1) {
        return {243, 242, 244};
    }
    constexpr int kCell = 22;
    const int cx = x / kCell;
    const int cy = y / kCell;
    const double nx = cx * kCell + 4 + 14 * chance(cx, cy, 1);
    const double ny = cy * kCell + 4 + 14 * chance(cx, cy, 2);
    const double radius = 3 + 4 * chance(cx, cy, 3);
    const double wave = 8 * std::sin(x / 57.0 + std::sin(y / 41.0));
    if (std::hypot(x - nx, (y - ny) * 1.2) < radius) {
        return {96 + wave, 62 + wave, 140 + wave};
    }
    return {226 + wave, 150 + wave, 186 + wave};
}

Picture scan(const Person& person) {
    Picture out(kWidth, kHeight);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            out.put(x, y, tissue(x, y));
        }
    }
    out.write(60, 40, 72, person.romaji()); // on the glass itself, with a pen
    return out;
}

Picture reduced(const Picture& from, int by) {
    Picture out(from.width / by, from.height / by);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                int sum = 0;
                for (int v = 0; v < by; ++v) {
                    for (int u = 0; u < by; ++u) {
                        sum += from.rgb[(static_cast<std::size_t>(y * by + v) *
                                             static_cast<std::size_t>(from.width) +
                                         static_cast<std::size_t>(x * by + u)) *
                                            3 +
                                        c];
                    }
                }
                out.at(x, y)[c] = static_cast<std::uint8_t>(sum / (by * by));
            }
        }
    }
    return out;
}

Picture label(const Person& person) {
    Picture out(387, 463);
    out.write(24, 30, 34, kSpecimen);
    out.write(24, 90, 34, person.kanji());
    out.write(24, 150, 28, "ID " + person.id);
    out.write(24, 200, 28, "HE  2026/03/11");
    return out;
}

Picture overview(const Picture& sheet, const Picture& scanned) {
    Picture out(640, 230);
    for (int y = 0; y < 190; ++y) {
        for (int x = 0; x < 160; ++x) {
            std::memcpy(out.at(x + 10, y + 20),
                        const_cast<Picture&>(sheet).at(x * sheet.width / 160, y * sheet.height / 190), 3);
        }
    }
    for (int y = 0; y < 192; ++y) {
        for (int x = 0; x < 256; ++x) {
            std::memcpy(out.at(x + 300, y + 20),
                        const_cast<Picture&>(scanned).at(x * scanned.width / 256, y * scanned.height / 192),
                        3);
        }
    }
    return out;
}

/// A TIFF in memory.
struct Memory {
    std::string bytes;
    std::size_t place = 0;

    static tmsize_t read(thandle_t self, void* to, tmsize_t count) {
        auto& memory = *static_cast<Memory*>(self);
        const std::size_t left = memory.bytes.size() - std::min(memory.place, memory.bytes.size());
        const std::size_t most = std::min(left, static_cast<std::size_t>(count));
        std::memcpy(to, memory.bytes.data() + memory.place, most);
        memory.place += most;
        return static_cast<tmsize_t>(most);
    }
    static tmsize_t write(thandle_t self, void* from, tmsize_t count) {
        auto& memory = *static_cast<Memory*>(self);
        const std::size_t end = memory.place + static_cast<std::size_t>(count);
        memory.bytes.resize(std::max(memory.bytes.size(), end));
        std::memcpy(memory.bytes.data() + memory.place, from, static_cast<std::size_t>(count));
        memory.place = end;
        return count;
    }
    static toff_t seek(thandle_t self, toff_t to, int from) {
        auto& memory = *static_cast<Memory*>(self);
        memory.place = from == SEEK_SET ? to : (from == SEEK_CUR ? memory.place : memory.bytes.size()) + to;
        return memory.place;
    }
    static int close(thandle_t) { return 0; }
    static toff_t size(thandle_t self) { return static_cast<Memory*>(self)->bytes.size(); }
};

void describe(TIFF* tiff, const Picture& picture, const std::string& text) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, picture.width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, picture.height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, text.c_str());
}

bool writeTiles(TIFF* tiff, Picture picture, const std::string& text) {
    describe(tiff, picture, text);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
    TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 80);
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTile);
    std::vector<std::uint8_t> tile(static_cast<std::size_t>(kTile) * kTile * 3);
    for (int y = 0; y < picture.height; y += kTile) {
        for (int x = 0; x < picture.width; x += kTile) {
            std::ranges::fill(tile, std::uint8_t{243});
            const int columns = std::min(kTile, picture.width - x);
            for (int row = 0; row < std::min(kTile, picture.height - y); ++row) {
                std::memcpy(tile.data() + static_cast<std::size_t>(row) * kTile * 3, picture.at(x, y + row),
                            static_cast<std::size_t>(columns) * 3);
            }
            const auto index =
                TIFFComputeTile(tiff, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0);
            if (TIFFWriteEncodedTile(tiff, index, tile.data(), static_cast<tmsize_t>(tile.size())) < 0) {
                return false;
            }
        }
    }
    return TIFFWriteDirectory(tiff) != 0;
}

bool writeStrips(TIFF* tiff, Picture picture, const std::string& text, std::uint16_t compression,
                 std::uint32_t kind) {
    describe(tiff, picture, text);
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, kind);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                 compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB);
    if (compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    constexpr int kRows = 16;
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, kRows);
    for (int y = 0; y < picture.height; y += kRows) {
        const int rows = std::min(kRows, picture.height - y);
        if (TIFFWriteEncodedStrip(tiff, static_cast<std::uint32_t>(y / kRows), picture.at(0, y),
                                  static_cast<tmsize_t>(rows) * picture.width * 3) < 0) {
            return false;
        }
    }
    return TIFFWriteDirectory(tiff) != 0;
}

} // namespace

base::Expected<std::vector<Planted>> writeSlide(const Person& person, const fs::path& cohort,
                                                const std::string& file) {
    const Picture scanned = scan(person);
    const Picture sheet = label(person);
    const std::string size = std::to_string(kWidth) + "x" + std::to_string(kHeight);
    const std::string about = "Aperio Image Library v12.0.15\r\n" + size + " [0,0 " + size +
                              "] (256x256) JPEG/RGB Q=80|AppMag = 20|MPP = 0.4990|Filename = " + person.id +
                              "|User = " + kUser + "|Date = 03/11/26|Time = 09:14:22|ScanScope ID = SS7731";
    Memory memory;
    TIFF* const tiff = TIFFClientOpen("slide", "w", &memory, Memory::read, Memory::write, Memory::seek,
                                      Memory::close, Memory::size, nullptr, nullptr);
    if (tiff == nullptr) {
        return base::fail(base::ErrorCode::OutOfMemory, "demo.slide");
    }
    const Picture small = reduced(scanned, kReduction);
    const bool done =
        writeTiles(tiff, scanned, about) &&
        writeStrips(tiff, reduced(scanned, 8),
                    "Aperio Image Library v12.0.15\r\n" + size + " -> 256x192 - |AppMag = 20",
                    COMPRESSION_JPEG, 0) &&
        writeTiles(tiff, small, "Aperio Image Library v12.0.15\r\n" + size + " -> 512x384 JPEG/RGB Q=80") &&
        writeStrips(tiff, sheet, "Aperio Image Library v12.0.15\nlabel 387x463", COMPRESSION_LZW, 1) &&
        writeStrips(tiff, overview(sheet, scanned), "Aperio Image Library v12.0.15\nmacro 640x230",
                    COMPRESSION_JPEG, 9);
    TIFFClose(tiff);
    if (!done) {
        return base::fail(base::ErrorCode::Internal, "demo.slide");
    }
    if (auto written = base::writeFileAtomically(cohort / file, memory.bytes); !written) {
        return tl::unexpected(written.error());
    }
    return std::vector<Planted>{{person.id, "burned-in", person.kanji(), file, "label"},
                                {person.id, "burned-in", "ID " + person.id, file, "label"},
                                {person.id, "burned-in", person.romaji(), file, "pixels"},
                                {person.id, "patient-id", person.id, file, "Slide.Filename"},
                                {"", "clinician", kUser, file, "Slide.User"},
                                {"", "device", "SS7731", file, "Slide.ScanScope ID"}};
}

} // namespace kamei::demo
