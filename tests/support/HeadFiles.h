#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/Volume.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/intake/volume/Volumes.h"

namespace kamei::test {

/// Whose head a series shows, and where it belongs. Nobody's.
struct HeadSeries {
    std::string name = "KASOU^HANAKO";
    std::string id = "K-4711";
    std::string study = "1.2.392.999.8";
    std::string series = "1.2.392.999.8.1";
    std::string frameOfReference = "1.2.392.999.8.9";
    std::string bodyPart{}; ///< "HEAD"; empty: not told
    double thicknessMm = 0; ///< 0: not told
};

inline std::string decimalsOf(const model::PointMm& point) {
    return std::to_string(point[0]).substr(0, 9) + '\\' + std::to_string(point[1]).substr(0, 9) + '\\' +
           std::to_string(point[2]).substr(0, 9);
}

/// One axial slice of a volume as a DICOM file (PS3.3 2024b A.3, A.4, A.21), `number` in its series.
inline std::string dicomSlice(const model::Volume& volume, int slice, const HeadSeries& of, int number = 0) {
    const auto& g = volume.geometry;
    const std::string number_ = std::to_string(number > 0 ? number : slice + 1);
    DicomBytes d;
    d.element(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    d.element(0x00080016, "UI",
              volume.modality == "CT"   ? "1.2.840.10008.5.1.4.1.1.2"
              : volume.modality == "MR" ? "1.2.840.10008.5.1.4.1.1.4"
                                        : "1.2.840.10008.5.1.4.1.1.128");
    d.element(0x00080018, "UI", of.series + "." + number_).element(0x00080060, "CS", volume.modality);
    d.element(0x00100010, "PN", of.name).element(0x00100020, "LO", of.id);
    if (!of.bodyPart.empty()) {
        d.element(0x00180015, "CS", of.bodyPart);
    }
    if (of.thicknessMm > 0) {
        d.element(0x00180050, "DS", std::to_string(of.thicknessMm));
    }
    d.element(0x0020000D, "UI", of.study).element(0x0020000E, "UI", of.series);
    d.element(0x00200013, "IS", number_);
    d.element(0x00200032, "DS", decimalsOf(g.at(0, 0, slice))).element(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    d.element(0x00200052, "UI", of.frameOfReference);
    d.number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2");
    d.number(0x00280010, static_cast<std::uint16_t>(g.size[1]));
    d.number(0x00280011, static_cast<std::uint16_t>(g.size[0]));
    d.element(0x00280030, "DS", std::to_string(g.axes[1][1]) + "\\" + std::to_string(g.axes[0][0]));
    d.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 1);
    if (volume.modality != "MR") {
        d.element(0x00281052, "DS", "0").element(0x00281053, "DS", "1");
    }
    const std::size_t count = static_cast<std::size_t>(g.size[0]) * static_cast<std::size_t>(g.size[1]);
    const auto* first =
        reinterpret_cast<const char*>(volume.voxels.data() + static_cast<std::size_t>(slice) * count);
    return d.element(0x7FE00010, "OW", std::string_view(first, 2 * count)).file();
}

/// What stands in the words of a NIfTI file.
struct NiftiWords {
    std::string descrip, auxFile, intentName, dbName, extension;
};

/// Volumes at the same places as one file of NIfTI-1 with 16 bits; its matrix goes to the right, the front
/// and upwards (nifti1.h).
inline std::string niftiOf(const std::vector<const model::Volume*>& volumes, const NiftiWords& words) {
    const model::Volume& volume = *volumes.front();
    const auto& g = volume.geometry;
    NiftiBytes file(false, false);
    if (volumes.size() > 1) {
        file.dims({g.size[0], g.size[1], g.size[2], static_cast<int>(volumes.size())});
    } else {
        file.dims({g.size[0], g.size[1], g.size[2]});
    }
    file.type(4, 16);
    file.real(112, 176, volume.slope);
    file.real(116, 184, volume.intercept);
    file.whole(123, 1, 2); // mm
    std::array<std::array<double, 4>, 3> matrix{};
    for (std::size_t row = 0; row < 3; ++row) {
        const double sign = row < 2 ? -1 : 1; // LPS to RAS
        for (std::size_t axis = 0; axis < 3; ++axis) {
            matrix[row][axis] = sign * g.axes[axis][row];
        }
        matrix[row][3] = sign * g.origin[row];
    }
    file.matrix(matrix);
    file.text(148, 240, words.descrip);
    file.text(228, 320, words.auxFile);
    file.text(328, 508, words.intentName);
    file.text(14, 0, words.dbName);
    if (!words.extension.empty()) {
        file.bytes[348] = 1;
        const std::size_t size = (words.extension.size() + 8 + 15) / 16 * 16;
        NiftiBytes head(false, false);
        head.whole(0, 4, static_cast<std::int64_t>(size));
        head.whole(4, 4, 6); // a comment
        std::string extension = head.bytes.substr(0, 8) + words.extension;
        extension.resize(size, '\0');
        file.bytes += extension;
        file.real(108, 0, static_cast<double>(file.bytes.size()));
    }
    for (const model::Volume* one : volumes) {
        file.bytes.append(reinterpret_cast<const char*>(one->voxels.data()), 2 * one->voxels.size());
    }
    return file.bytes;
}

} // namespace kamei::test
