#pragma once
// Writing generated slides and looking at the outcome, for the tests of core/transform/slide.

#include <QFile>
#include <QTest>
#include <set>
#include <string>

#include "core/intake/dicom/Jpeg2000.h"
#include "core/intake/slide/Slide.h"
#include "core/transform/slide/SlideWriter.h"
#include "tests/core/intake/slide/Slides.h"

namespace kamei::test {

using base::ErrorCode;
using intake::slide::Page;
using intake::slide::Role;
using intake::slide::Slide;
using transform::ByteSink;
using transform::slide::Orders;

class Memory final : public ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string bytes;
};

inline base::Expected<std::string> processed(const std::string& bytes, const Orders& orders) {
    auto opened = Slide::open(intake::slide::inMemory(bytes));
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    transform::slide::SlideWriter writer(std::move(*opened), orders);
    Memory out;
    if (auto done = writer.prepare(); !done) {
        return tl::unexpected(done.error());
    }
    if (auto done = writer.write(out); !done) {
        return tl::unexpected(done.error());
    }
    return std::move(out.bytes);
}

inline model::Mask rectangle(int x, int y, int width, int height) {
    model::Mask mask;
    mask.rect = {x, y, width, height};
    mask.frames = {1, 1};
    return mask;
}

inline Slide open(const std::string& bytes) {
    return *Slide::open(intake::slide::inMemory(bytes));
}

/// Stored blocks of a page.
inline std::multiset<std::string> rawBlocks(const Slide& slide, std::size_t page) {
    std::multiset<std::string> out;
    const auto table = slide.blocks(page);
    for (std::size_t i = 0; i < (*table)->offsets.size(); ++i) {
        out.insert(*slide.structure().bytes->read((*table)->offsets[i], (*table)->sizes[i]));
    }
    return out;
}

/// Brightest value of a region.
inline int brightest(const model::Raster& raster) {
    int out = 0;
    for (const std::byte value : raster.samples) {
        out = std::max(out, std::to_integer<int>(value));
    }
    return out;
}

/// A slide of Aperio whose tiles are JPEG 2000 codestreams, as its scanners write (33003 with coarse colour,
/// 33005).
inline std::string makeJpeg2000Slide(std::uint16_t compression) {
    constexpr std::uint32_t kTile = 128;
    SlideRecipe recipe;
    recipe.compression = COMPRESSION_NONE;
    recipe.photometric = PHOTOMETRIC_RGB;
    recipe.label = false;
    std::string bytes = makeSlide(recipe);
    const auto plain = intake::slide::readStructure(intake::slide::inMemory(bytes));
    for (const auto& directory : plain->directories) {
        const auto* const offsets = directory.find(TIFFTAG_TILEOFFSETS);
        const auto* const counts = directory.find(TIFFTAG_TILEBYTECOUNTS);
        if (offsets == nullptr) {
            continue;
        }
        const auto places = *plain->numbers(*offsets, 1000);
        for (std::size_t tile = 0; tile < places.size(); ++tile) {
            const bool coarse = compression == 33003;
            std::vector<intake::dicom::Jpeg2000Plane> planes;
            for (std::uint32_t c = 0; c < 3; ++c) {
                const std::uint32_t dx = coarse && c > 0 ? 2 : 1;
                intake::dicom::Jpeg2000Plane plane{kTile / dx, kTile, dx, 1, 8, false, {}};
                for (std::uint32_t y = 0; y < plane.height; ++y) {
                    for (std::uint32_t x = 0; x < plane.width; ++x) {
                        plane.values.push_back(
                            static_cast<std::uint8_t>(bytes[places[tile] + (y * kTile + x * dx) * 3 + c]));
                    }
                }
                planes.push_back(std::move(plane));
            }
            auto stream = *intake::dicom::encodeJpeg2000Planes(planes, kTile, kTile);
            // The library names itself in a comment, which a copy does not keep.
            for (std::size_t i = 0; i + 4 < stream.size(); ++i) {
                if (stream[i] == std::byte{0xFF} && stream[i + 1] == std::byte{0x64}) {
                    std::fill_n(stream.begin() + std::ptrdiff_t(i) + 4,
                                std::to_integer<int>(stream[i + 3]) - 2, std::byte{0});
                    break;
                }
            }
            const auto at = static_cast<std::uint32_t>(bytes.size());
            const auto size = static_cast<std::uint32_t>(stream.size());
            bytes.append(reinterpret_cast<const char*>(stream.data()), stream.size());
            bytes.resize((bytes.size() + 1) / 2 * 2);
            putNumber(bytes, *offsets, tile, at);
            putNumber(bytes, *counts, tile, size);
        }
        std::memcpy(bytes.data() + directory.find(TIFFTAG_COMPRESSION)->valueAt, &compression, 2);
    }
    return bytes;
}

inline QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

inline std::string readAll(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace kamei::test
