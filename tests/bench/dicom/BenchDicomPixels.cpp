#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>

#include "core/transform/dicom/PixelStream.h"
#include "tests/core/intake/dicom/DicomBytes.h"

// Prints what masks cost. Arguments: frames of 512 x 512 (1000), gigabytes of native pixels (2).

using namespace kamei;
using intake::dicom::Instance;
using transform::dicom::PixelMask;
using transform::dicom::PixelStream;

namespace {

constexpr int kEdge = 512;

/// Takes bytes and keeps none.
struct Nowhere final : transform::ByteSink {
    std::uint64_t bytes = 0;
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes += data.size();
        return {};
    }
};

double cpuSeconds(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long mostMemoryKiB() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void row(const char* what, int who, const std::function<bool()>& body) {
    const double before = cpuSeconds(who);
    const bool fine = body();
    std::printf("%-58s %8.2f CPU s %8ld MiB at most%s\n", what, cpuSeconds(who) - before,
                mostMemoryKiB() / 1024, fine ? "" : "  FAILED");
    std::fflush(stdout);
    if (!fine) {
        std::exit(1);
    }
}

bool written(const std::string& path, const model::Mask* mask) {
    const auto instance = Instance::open(path);
    if (!instance) {
        return false;
    }
    const PixelMask masks(mask == nullptr ? std::vector<model::Mask>{} : std::vector{*mask}, 1);
    const auto stream = PixelStream::plan(*instance, mask == nullptr ? nullptr : &masks);
    Nowhere out;
    transform::Result result;
    return stream && stream->write(out, 0, result);
}

bool runs(const QString& tool, const QStringList& options) {
    QProcess process;
    process.start(tool, options);
    return process.waitForFinished(-1) && process.exitCode() == 0;
}

test::DicomBytes head(std::uint64_t frames, int allocated, int stored) {
    test::DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7.2").element(0x00080018, "UI", "1.2.3");
    out.element(0x00080060, "CS", "US").number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2");
    out.element(0x00280008, "IS", std::to_string(frames)).number(0x00280010, kEdge).number(0x00280011, kEdge);
    out.number(0x00280100, static_cast<std::uint16_t>(allocated));
    out.number(0x00280101, static_cast<std::uint16_t>(stored));
    out.number(0x00280102, static_cast<std::uint16_t>(stored - 1)).number(0x00280103, 0);
    return out;
}

/// Frames with structure and noise, as a scanner of ultrasound makes them.
void makePictures(const std::string& path, int frames) {
    const auto size = static_cast<std::uint32_t>(frames * kEdge * kEdge);
    std::ofstream out(path, std::ios::binary);
    out << head(static_cast<std::uint64_t>(frames), 8, 8).raw(0x7FE00010, "OB", size, {}).file();
    std::uint32_t noise = 1;
    std::string frame(kEdge * kEdge, '\0');
    for (int f = 0; f < frames; ++f) {
        for (int i = 0; i < kEdge * kEdge; ++i) {
            noise = noise * 1664525U + 1013904223U;
            const double wave =
                std::sin(i % kEdge * 0.05 + f * 0.1) + std::cos(i / kEdge * 0.04 - f * 0.07) + 2;
            frame[static_cast<std::size_t>(i)] =
                static_cast<char>(static_cast<int>(wave * 58) + (noise >> 28));
        }
        out << frame;
    }
}

void makeSparse(const std::string& path, std::uint64_t bytes, int stored) {
    const std::uint64_t frames = bytes / (2ULL * kEdge * kEdge);
    const std::uint64_t size = frames * 2 * kEdge * kEdge;
    const std::string start =
        head(frames, 16, stored).raw(0x7FE00010, "OW", static_cast<std::uint32_t>(size), {}).file();
    std::ofstream(path, std::ios::binary) << start;
    std::filesystem::resize_file(path, start.size() + size);
}

} // namespace

int main(int argc, char** argv) {
    const int frames = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int gigabytes = argc > 2 ? std::clamp(std::atoi(argv[2]), 1, 3) : 2;
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(name).toStdString(); };
    model::Mask mask;
    mask.rect = {10, 10, 200, 30};
    model::Mask some = mask;
    some.frames = {1, std::max(1, frames / 10)};

    std::printf("%d frames of JPEG baseline, %d x %d\n", frames, kEdge, kEdge);
    makePictures(path("native.dcm"), frames);
    if (!runs("dcmcjpeg", {"+eb", folder.filePath("native.dcm"), folder.filePath("jpeg.dcm")})) {
        std::printf("dcmcjpeg is not here\n");
        return 1;
    }
    const std::string jpeg = path("jpeg.dcm");
    row("no mask", RUSAGE_SELF, [&] { return written(jpeg, nullptr); });
    row("a mask on the first tenth of the frames", RUSAGE_SELF, [&] { return written(jpeg, &some); });
    row("a mask on every frame", RUSAGE_SELF, [&] { return written(jpeg, &mask); });
    row("DCMTK: all decoded and encoded again (no mask)", RUSAGE_CHILDREN, [&] {
        return runs("dcmdjpeg", {folder.filePath("jpeg.dcm"), folder.filePath("decoded.dcm")}) &&
               runs("dcmcjpeg", {"+eb", folder.filePath("decoded.dcm"), folder.filePath("again.dcm")});
    });

    std::printf("%d GB of native pixels, 16 bits allocated\n", gigabytes);
    for (const int stored : {16, 12}) {
        const std::string big = path("big.dcm");
        makeSparse(big, static_cast<std::uint64_t>(gigabytes) * 1000 * 1000 * 1000, stored);
        const std::string copied = std::to_string(stored) + " bits stored, no mask";
        const std::string masked = std::to_string(stored) + " bits stored, a mask on every frame";
        row(copied.c_str(), RUSAGE_SELF, [&] { return written(big, nullptr); });
        row(masked.c_str(), RUSAGE_SELF, [&] { return written(big, &mask); });
    }
    return 0;
}
