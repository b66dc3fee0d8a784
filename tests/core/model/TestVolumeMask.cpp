#include <QTest>
#include <cmath>
#include <random>

#include "core/model/VolumeMask.h"

using namespace kamei;
using namespace kamei::model;

namespace {

VolumeGeometry upright(std::array<std::int32_t, 3> size, PointMm spacing, PointMm origin = {}) {
    return {size, origin, {PointMm{spacing[0], 0, 0}, {0, spacing[1], 0}, {0, 0, spacing[2]}}};
}

/// Turned about z, slices sheared as under a tilted gantry.
VolumeGeometry tilted(std::array<std::int32_t, 3> size, double degrees, double shear) {
    const double a = degrees * 3.14159265358979 / 180;
    return {size,
            {-3, 2, 1},
            {PointMm{std::cos(a), std::sin(a), 0}, {-std::sin(a), std::cos(a), 0}, {0, shear, 2}}};
}

VolumeMask scattered(const VolumeGeometry& geometry, unsigned seed, double share) {
    VolumeMask out(geometry);
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < out.voxels(); ++i) {
        out.set(i, static_cast<double>(random()) / 4294967296.0 < share);
    }
    return out;
}

} // namespace

Q_DECLARE_METATYPE(kamei::model::VolumeGeometry)

class TestVolumeMask : public QObject {
    Q_OBJECT

private slots:
    void pointsFindTheirVoxels() {
        const VolumeGeometry geometry = tilted({5, 6, 7}, 20, 0.7);
        const auto frame = VoxelFrame::of(geometry);
        QVERIFY(frame.has_value());
        const PointMm index = frame->index(geometry.at(1.5, 4, -2));
        QVERIFY(std::abs(index[0] - 1.5) < 1e-9 && std::abs(index[1] - 4) < 1e-9 &&
                std::abs(index[2] + 2) < 1e-9);
    }

    void noVolumeNoFrame_data() {
        QTest::addColumn<VolumeGeometry>("geometry");
        VolumeGeometry flat = upright({4, 4, 4}, {1, 1, 1});
        flat.axes[2] = flat.axes[0];
        QTest::newRow("axes in one plane") << flat;
        QTest::newRow("spacing zero") << upright({4, 4, 4}, {1, 0, 1});
        QTest::newRow("no slices") << upright({4, 4, 0}, {1, 1, 1});
        QTest::newRow("not a number") << upright({4, 4, 4}, {1, NAN, 1});
    }
    void noVolumeNoFrame() {
        QFETCH(VolumeGeometry, geometry);
        const auto frame = VoxelFrame::of(geometry);
        QVERIFY(!frame.has_value());
        QVERIFY(frame.error().code == base::ErrorCode::InvalidArgument);
    }

    void bytesGoThereAndBack_data() {
        QTest::addColumn<VolumeGeometry>("geometry");
        QTest::addColumn<double>("share");
        QTest::newRow("empty") << upright({7, 5, 3}, {1, 1, 2}) << 0.0;
        QTest::newRow("all of it") << upright({7, 5, 3}, {1, 1, 2}) << 1.1;
        QTest::newRow("whole words") << upright({8, 8, 4}, {1, 1, 2}) << 1.1;
        QTest::newRow("half") << upright({33, 17, 9}, {0.5, 0.7, 2}) << 0.5;
        QTest::newRow("little, tilted") << tilted({40, 30, 20}, 15, 0.3) << 0.01;
    }
    void bytesGoThereAndBack() {
        QFETCH(VolumeGeometry, geometry);
        QFETCH(double, share);
        const VolumeMask mask = scattered(geometry, 7, share);
        const auto back = VolumeMask::fromBytes(mask.bytes());
        QVERIFY(back.has_value());
        QVERIFY(*back == mask);
        QVERIFY(back->digest() == mask.digest());
        std::size_t taken = 0;
        for (std::size_t i = 0; i < mask.voxels(); ++i) {
            taken += mask.test(i) ? 1 : 0;
        }
        QCOMPARE(mask.count(), taken);
    }

    void brokenBytesAreRefused() {
        const std::string bytes = scattered(upright({9, 9, 9}, {1, 1, 1}), 3, 0.3).bytes();
        for (std::size_t length = 0; length < 110; ++length) {
            const auto cut = VolumeMask::fromBytes(bytes.substr(0, length));
            if (cut) { // behind the header runs may end anywhere; nothing beyond the volume is touched
                QVERIFY(cut->count() <= cut->voxels());
            }
        }
        std::string huge = bytes;
        huge.replace(4, 1, "\xff\xff\xff\xff\x07");
        QVERIFY(!VolumeMask::fromBytes(huge).has_value());
        QVERIFY(!VolumeMask::fromBytes(bytes + std::string("\xff\xff\xff\xff\x07", 5)).has_value());
    }

    void spheresTakeCentresWithinTheirRadius() {
        const VolumeGeometry geometry = tilted({30, 30, 15}, 30, 0.5);
        VolumeMask mask(geometry);
        const PointMm centre = geometry.at(14, 15, 7);
        mask.paintSphere(centre, 6, true);
        mask.paintSphere(centre, 3, false);
        for (std::int32_t z = 0; z < 15; ++z) {
            for (std::int32_t y = 0; y < 30; ++y) {
                for (std::int32_t x = 0; x < 30; ++x) {
                    const PointMm at = geometry.at(x, y, z);
                    const double far = std::hypot(at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]);
                    QCOMPARE(mask.test(mask.indexOf(x, y, z)), far <= 6 && far > 3);
                }
            }
        }
    }

    void polygonsOnAnyPlane_data() {
        QTest::addColumn<int>("axis");
        QTest::newRow("columns") << 0;
        QTest::newRow("rows") << 1;
        QTest::newRow("slices") << 2;
    }
    void polygonsOnAnyPlane() {
        QFETCH(int, axis);
        VolumeMask mask(upright({9, 10, 11}, {1, 1, 1}));
        const std::vector<PointPx> square{{1.5, 2.5}, {5.5, 2.5}, {5.5, 6.5}, {1.5, 6.5}};
        mask.paintPolygon(axis, 2, 3, square, true);
        QCOMPARE(mask.count(), std::size_t{4 * 4 * 2});
        const MaskBitmap plane = mask.plane(axis, 3);
        QVERIFY(plane.at(2, 3) && plane.at(5, 6) && !plane.at(1, 3) && !plane.at(6, 3) && !plane.at(2, 2));
        QCOMPARE(plane.bounds(), (RectPx{2, 3, 4, 4}));
        const VoxelBox box = mask.bounds();
        QCOMPARE(box.first[static_cast<std::size_t>(axis)], 2);
        QCOMPARE(box.last[static_cast<std::size_t>(axis)], 3);
        mask.paintPolygon(axis, 0, 99, square, false);
        QVERIFY(mask.empty() && mask.bounds().empty());
    }

    void aSliceIsTouchedWhenItHoldsAVoxel() {
        VolumeMask mask(upright({7, 5, 4}, {1, 1, 1}));
        mask.set(mask.indexOf(6, 4, 1));
        mask.set(mask.indexOf(0, 0, 3));
        QVERIFY(!mask.touches(0) && mask.touches(1) && !mask.touches(2) && mask.touches(3));
    }

    void setsOfOtherVolumesAreRefused() {
        VolumeMask mask(upright({7, 5, 4}, {1, 1, 1}));
        QVERIFY(!mask.unite(VolumeMask(upright({7, 5, 4}, {1, 1, 2}))).has_value());
        const VolumeMask some = scattered(mask.geometry(), 5, 0.4);
        QVERIFY(mask.unite(some).has_value());
        QCOMPARE(*mask.overlap(some), some.count());
        QVERIFY(mask.cut(some).has_value() && mask.empty());
    }

    /// A voxel that shares a place with a taken one is taken, and none that lies apart from all of them.
    void resamplingLeavesNothingUncovered_data() {
        QTest::addColumn<VolumeGeometry>("from");
        QTest::addColumn<VolumeGeometry>("onto");
        QTest::newRow("coarser") << upright({24, 24, 12}, {0.5, 0.5, 1})
                                 << upright({5, 5, 4}, {4, 4, 4}, {-2, -2, -2});
        QTest::newRow("finer") << upright({6, 6, 6}, {2, 2, 2})
                               << upright({30, 30, 30}, {0.45, 0.45, 0.45}, {-1, -1, -1});
        QTest::newRow("turned") << upright({10, 10, 10}, {1, 1, 1}) << tilted({14, 14, 8}, 33, 0);
        QTest::newRow("sheared") << tilted({10, 10, 8}, 0, 0.9)
                                 << upright({16, 16, 16}, {1, 1, 1}, {-3, 0, 0});
        QTest::newRow("one frame across")
            << upright({10, 10, 10}, {1, 1, 1})
            << VolumeGeometry{{12, 12, 1}, {-1, 5, -1}, {PointMm{1, 0, 0}, {0, 0, 1}, {0, 3, 0}}};
    }
    void resamplingLeavesNothingUncovered() {
        QFETCH(VolumeGeometry, from);
        QFETCH(VolumeGeometry, onto);
        const VolumeMask mask = scattered(from, 11, 0.02);
        const auto out = mask.resampled(onto);
        QVERIFY(out.has_value());
        const auto there = VoxelFrame::of(onto);
        const auto here = VoxelFrame::of(from);
        VolumeMask hit(onto);
        std::mt19937 random(1);
        const auto part = [&] { return (static_cast<double>(random()) / 4294967296.0 - 0.5) * 0.998; };
        for (std::int32_t z = 0; z < from.size[2]; ++z) {
            for (std::int32_t y = 0; y < from.size[1]; ++y) {
                for (std::int32_t x = 0; x < from.size[0]; ++x) {
                    for (int n = 0; n < 40 && mask.test(mask.indexOf(x, y, z)); ++n) {
                        const PointMm at = there->index(from.at(x + part(), y + part(), z + part()));
                        std::array<std::int32_t, 3> v{};
                        bool in = true;
                        for (std::size_t k = 0; k < 3; ++k) {
                            v[k] = static_cast<std::int32_t>(std::lround(at[k]));
                            // A thousandth beside the border belongs to nobody.
                            in = in && v[k] >= 0 && v[k] < onto.size[k] && std::abs(at[k] - v[k]) < 0.498;
                        }
                        if (in) {
                            QVERIFY(out->test(out->indexOf(v[0], v[1], v[2])));
                            hit.set(hit.indexOf(v[0], v[1], v[2]));
                        }
                    }
                }
            }
        }
        QVERIFY(hit.count() > 0);
        // No more than there is: points inside of each taken voxel reach a taken one.
        std::size_t without = 0;
        for (std::size_t i = 0; i < out->voxels(); ++i) {
            if (!out->test(i) || hit.test(i)) {
                continue;
            }
            const auto columns = static_cast<std::size_t>(onto.size[0]);
            const auto rows = static_cast<std::size_t>(onto.size[1]);
            bool reached = false;
            for (int n = 0; n < 4000 && !reached; ++n) {
                const PointMm at = here->index(onto.at(static_cast<double>(i % columns) + part(),
                                                       static_cast<double>(i / columns % rows) + part(),
                                                       static_cast<double>(i / columns / rows) + part()));
                bool in = true;
                std::array<std::int32_t, 3> v{};
                for (std::size_t k = 0; k < 3; ++k) {
                    v[k] = static_cast<std::int32_t>(std::lround(at[k]));
                    in = in && v[k] >= 0 && v[k] < from.size[k];
                }
                reached = in && mask.test(mask.indexOf(v[0], v[1], v[2]));
            }
            without += reached ? 0 : 1;
        }
        QVERIFY2(without * 50 <= out->count(), "more than corners that chance missed");
    }

    void theSameVoxelsStayTheSame() {
        VolumeGeometry geometry = tilted({20, 20, 10}, 12, 0.4);
        const VolumeMask mask = scattered(geometry, 2, 0.3);
        QVERIFY(*mask.resampled(geometry) == mask);
        geometry.origin[0] += 1e-5; // rounding of decimal strings
        const auto moved = mask.resampled(geometry);
        QVERIFY(moved.has_value());
        QVERIFY(std::ranges::equal(moved->words(), mask.words()));
    }
};

QTEST_APPLESS_MAIN(TestVolumeMask)
#include "TestVolumeMask.moc"
