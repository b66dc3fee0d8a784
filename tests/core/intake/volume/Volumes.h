#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/Asset.h"
#include "core/model/Volume.h"
#include "tests/core/intake/dicom/DicomBytes.h"

namespace kamei::test {

using Point = model::PointMm;

inline Point moved(const Point& from, const Point& axis, double times) {
    return {from[0] + times * axis[0], from[1] + times * axis[1], from[2] + times * axis[2]};
}

inline std::string decimals(std::initializer_list<double> values) {
    std::string out;
    for (const double value : values) {
        char text[32];
        std::snprintf(text, sizeof text, "%.10g", value);
        out += (out.empty() ? "" : "\\") + std::string(text).substr(0, 16);
    }
    return out;
}

/// One slice that is written as a CT, MR or PET image; its values are those of the patient at each place.
struct Slice {
    std::int32_t columns = 12;
    std::int32_t rows = 10;
    Point position{};
    Point row{1, 0, 0};    ///< unit, from column to column
    Point column{0, 1, 0}; ///< unit, from row to row
    double columnMm = 2;   ///< between columns
    double rowMm = 2;      ///< between rows
    double slope = 1;
    double intercept = 0;
    bool isSigned = true;
    bool bigEndian = false;
    std::string modality = "CT";
    std::string imageType = "ORIGINAL\\PRIMARY\\AXIAL";
    std::string acquisition;
    std::string padding; ///< SS value as two bytes; empty: none
    double tilt = 0;
    int number = 1;
    bool placed = true;
    bool oriented = true;
    bool spaced = true;
};

using Field = std::function<double(const Point&)>;

inline std::string pixelsOf(const Slice& s, const Field& field) {
    std::string out;
    for (std::int32_t y = 0; y < s.rows; ++y) {
        for (std::int32_t x = 0; x < s.columns; ++x) {
            const Point at = moved(moved(s.position, s.row, x * s.columnMm), s.column, y * s.rowMm);
            const auto stored = static_cast<std::int32_t>(std::lround((field(at) - s.intercept) / s.slope));
            const auto bits = static_cast<std::uint16_t>(stored);
            const char low = static_cast<char>(bits & 0xFF);
            const char high = static_cast<char>(bits >> 8);
            out += s.bigEndian ? high : low;
            out += s.bigEndian ? low : high;
        }
    }
    return out;
}

inline std::string dicomOf(const Slice& s, const Field& field) {
    DicomBytes d(true, s.bigEndian);
    d.element(0x00080008, "CS", s.imageType).element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
    d.element(0x00080018, "UI", "1.2.3." + std::to_string(s.number)).element(0x00080060, "CS", s.modality);
    d.element(0x0020000D, "UI", "1.2.3").element(0x0020000E, "UI", "1.2.3.4");
    DicomBytes out(true, s.bigEndian);
    out.append(d.bytes());
    if (s.tilt != 0) {
        out.element(0x00181120, "DS", decimals({s.tilt}));
    }
    if (!s.acquisition.empty()) {
        out.element(0x00200012, "IS", s.acquisition);
    }
    out.element(0x00200013, "IS", std::to_string(s.number));
    if (s.placed) {
        out.element(0x00200032, "DS", decimals({s.position[0], s.position[1], s.position[2]}));
    }
    if (s.oriented) {
        out.element(0x00200037, "DS",
                    decimals({s.row[0], s.row[1], s.row[2], s.column[0], s.column[1], s.column[2]}));
    }
    out.element(0x00200052, "UI", "1.2.3.9");
    out.number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2");
    out.number(0x00280010, static_cast<std::uint16_t>(s.rows))
        .number(0x00280011, static_cast<std::uint16_t>(s.columns));
    if (s.spaced) {
        out.element(0x00280030, "DS", decimals({s.rowMm, s.columnMm}));
    }
    out.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15);
    out.number(0x00280103, s.isSigned ? 1 : 0);
    if (!s.padding.empty()) {
        out.element(0x00280120, s.isSigned ? "SS" : "US", s.padding);
    }
    out.element(0x00281052, "DS", decimals({s.intercept})).element(0x00281053, "DS", decimals({s.slope}));
    const std::string pixels = pixelsOf(s, field);
    out.raw(0x7FE00010, "OW", static_cast<std::uint32_t>(pixels.size()), pixels);
    return out.file(s.bigEndian ? "1.2.840.10008.1.2.2" : "1.2.840.10008.1.2.1");
}

inline model::Source saved(const std::filesystem::path& path, std::string_view bytes,
                           std::string_view format = "dicom") {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    model::Source out;
    out.path = path;
    out.format = format;
    out.frames = 1;
    return out;
}

/// Bytes of a NIfTI file, field by field.
struct NiftiBytes {
    bool second = false;
    bool bigEndian = false;
    std::string bytes;

    NiftiBytes(bool two, bool big) : second(two), bigEndian(big), bytes(two ? 544 : 352, '\0') {
        whole(0, 4, two ? 540 : 348);
        bytes.replace(two ? 4 : 344, 4, two ? std::string("n+2\0", 4) : std::string("n+1\0", 4));
        if (two) {
            bytes.replace(8, 4, "\r\n\x1A\n");
        }
        real(108, 0, 352);
        if (two) {
            whole(168, 8, 544);
        }
    }
    void whole(std::size_t at, std::size_t size, std::int64_t value) {
        for (std::size_t i = 0; i < size; ++i) {
            const auto byte = static_cast<char>(value >> (8 * (bigEndian ? size - 1 - i : i)));
            bytes[at + i] = byte;
        }
    }
    void real(std::size_t first, std::size_t two, double value) {
        if (second && two == 0) {
            return;
        }
        second ? whole(two, 8, std::bit_cast<std::int64_t>(value))
               : whole(first, 4, std::bit_cast<std::int32_t>(static_cast<float>(value)));
    }
    void dims(std::initializer_list<int> sizes) {
        std::size_t i = 0;
        const auto put = [&](int value) {
            second ? whole(16 + 8 * i, 8, value) : whole(40 + 2 * i, 2, value);
            ++i;
        };
        put(static_cast<int>(sizes.size()));
        for (const int size : sizes) {
            put(size);
        }
    }
    void type(int datatype, int bits) {
        whole(second ? 12 : 70, 2, datatype);
        whole(second ? 14 : 72, 2, bits);
    }
    void matrix(const std::array<std::array<double, 4>, 3>& rows) {
        whole(second ? 348 : 254, second ? 4 : 2, 1);
        for (std::size_t r = 0; r < 3; ++r) {
            for (std::size_t c = 0; c < 4; ++c) {
                real(280 + 16 * r + 4 * c, 400 + 32 * r + 8 * c, rows[r][c]);
            }
        }
    }
    void text(std::size_t first, std::size_t two, std::string_view value) {
        bytes.replace(second ? two : first, value.size(), value);
    }
};

} // namespace kamei::test
