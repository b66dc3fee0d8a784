#pragma once
// Writing generated slides and looking at the outcome, for the tests of core/transform/slide.

#include <QFile>
#include <QTest>
#include <set>
#include <string>

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

inline QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

inline std::string readAll(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace kamei::test
