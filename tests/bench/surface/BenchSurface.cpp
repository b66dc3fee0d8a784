#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <sys/resource.h>

#include "tests/ui/surface/Heads.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/surface/SurfaceView.h"

// Prints what a surface costs: time until it first shows, frames a second while it turns, memory. Arguments:
// size of a slice (512), slices (300), a file to save the picture in.

using namespace kamei;
using namespace kamei::ui::views::surface;

namespace {

/// The computed head, interpolated: computing it at this size takes minutes.
std::shared_ptr<model::Volume> bigHead(std::int32_t size, std::int32_t slices) {
    const auto small = test::headVolume(128, 96);
    auto out = std::make_shared<model::Volume>(*small);
    const std::array<std::int32_t, 3> to{size, size, slices};
    for (std::size_t i = 0; i < 3; ++i) {
        for (double& mm : out->geometry.axes[i]) {
            mm *= double(small->geometry.size[i]) / to[i];
        }
    }
    out->geometry.size = to;
    out->voxels.resize(out->geometry.voxels());
    const auto& from = small->geometry.size;
    std::uint32_t noise = 1;
    std::size_t at = 0;
    for (std::int32_t z = 0; z < slices; ++z) {
        const double fz = std::min(double(z) * from[2] / slices, from[2] - 1.001);
        for (std::int32_t y = 0; y < size; ++y) {
            const double fy = std::min(double(y) * from[1] / size, from[1] - 1.001);
            for (std::int32_t x = 0; x < size; ++x, ++at) {
                const double fx = std::min(double(x) * from[0] / size, from[0] - 1.001);
                const auto ix = static_cast<std::size_t>(fx);
                const std::size_t row = static_cast<std::size_t>(from[0]);
                const std::size_t area = row * static_cast<std::size_t>(from[1]);
                const std::size_t first =
                    static_cast<std::size_t>(fz) * area + static_cast<std::size_t>(fy) * row + ix;
                double value = 0;
                for (std::size_t c = 0; c < 8; ++c) {
                    const double wx = (c & 1U) != 0 ? fx - std::floor(fx) : 1 - fx + std::floor(fx);
                    const double wy = (c & 2U) != 0 ? fy - std::floor(fy) : 1 - fy + std::floor(fy);
                    const double wz = (c & 4U) != 0 ? fz - std::floor(fz) : 1 - fz + std::floor(fz);
                    value += wx * wy * wz *
                             small->voxels[first + (c & 1U) + ((c >> 1) & 1U) * row + (c >> 2) * area];
                }
                noise = noise * 1664525U + 1013904223U;
                out->voxels[at] = static_cast<std::int16_t>(value + static_cast<double>(noise >> 28));
            }
        }
    }
    return out;
}

long mostMemoryMiB() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int size = argc > 1 ? std::atoi(argv[1]) : 512;
    const int slices = argc > 2 ? std::atoi(argv[2]) : 300;
    const auto volume = bigHead(size, slices);
    std::printf("volume %dx%dx%d: %ld MiB\n", size, size, slices, mostMemoryMiB());

    ui::tasks::TaskRunner runner;
    SurfaceModel model(runner);
    SurfaceView view;
    view.resize(740, 660);
    view.setModel(&model);
    view.setStance({volume->geometry.at(0, 0, 0), volume->geometry.at(size, size, slices)});
    view.show();
    if (!QTest::qWaitForWindowExposed(&view)) {
        return 1;
    }
    QElapsedTimer clock;
    clock.start();
    model.setThreshold(-250);
    runner.look(
        &view, [volume] { return std::make_shared<SurfaceSource>(volume); },
        [&](std::shared_ptr<SurfaceSource> source) { model.setSource(std::move(source)); });
    if (!QTest::qWaitFor([&] { return !view.picture().isNull(); }, 60000)) {
        std::printf("no picture\n");
        return 1;
    }
    std::printf("first surface %lld ms, %lld triangles\n", static_cast<long long>(clock.elapsed()),
                static_cast<long long>(model.shown(Detail::Coarse).surface->triangles()));
    if (!QTest::qWaitFor([&] { return view.isSettled(); }, 60000)) {
        return 1;
    }
    std::printf("full surface %lld ms, %lld triangles, %ld MiB at most\n",
                static_cast<long long>(clock.elapsed()),
                static_cast<long long>(model.shown(Detail::Full).surface->triangles()), mostMemoryMiB());
    if (argc > 3) {
        view.picture().save(QString::fromLocal8Bit(argv[3]));
    }
    int drawn = 0;
    QObject::connect(&view, &SurfaceView::drawn, &view, [&] {
        ++drawn;
        Camera next = view.camera();
        next.azimuthDeg += 3;
        view.setCamera(next);
    });
    clock.restart();
    view.setCamera(cameraOf(StandardView::Right));
    QTest::qWait(5000);
    std::printf("turning %.1f frames/s, %dx%d pixels drawn, %ld MiB at most\n",
                drawn * 1000.0 / static_cast<double>(clock.elapsed()), view.picture().width(),
                view.picture().height(), mostMemoryMiB());
    view.disconnect();
    clock.restart();
    model.setThreshold(-400);
    (void)QTest::qWaitFor([&] { return view.isSettled(); }, 60000);
    std::printf("another threshold in full detail: %lld ms\n", static_cast<long long>(clock.elapsed()));
    return 0;
}
