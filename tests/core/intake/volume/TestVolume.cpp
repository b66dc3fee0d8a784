#include <QTemporaryDir>
#include <QtTest>

#include "core/intake/volume/Series.h"
#include "tests/core/intake/volume/Volumes.h"

using namespace kamei;
using namespace kamei::test;
namespace volume = kamei::intake::volume;

namespace {

/// Grows evenly over the patient: what is interpolated is right as well.
double field(const Point& at) {
    return at[0] + 2 * at[1] - 3 * at[2] + 300;
}

Point unit(const Point& a) {
    const double length = volume::norm(a);
    return {a[0] / length, a[1] / length, a[2] / length};
}

struct Row {
    std::vector<Slice> slices;
    std::vector<std::size_t> sizes; ///< slices of the volumes that are expected
    std::string notes;              ///< of the first, joined
    std::string problems;
    double tolerance = 1.01;
};

std::vector<Slice> stackOf(const Slice& first, const Point& step, int count) {
    std::vector<Slice> out;
    for (int i = 0; i < count; ++i) {
        Slice slice = first;
        slice.position = moved(first.position, step, i);
        slice.number = i + 1;
        out.push_back(slice);
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

Slice axial() {
    Slice out;
    out.position = {-11, -9, -20};
    return out;
}

Slice oblique() {
    Slice out;
    out.position = {5, -14, 8};
    out.row = unit({0.9, 0.1, -0.2});
    out.column = unit(volume::cross(unit(volume::cross(out.row, {0.1, 1, 0.3})), out.row));
    return out;
}

Row build(const std::string& name) {
    Row out;
    Slice s = axial();
    const auto plain = [&](const Point& step = {0, 0, 3}, int count = 8) {
        out.slices = stackOf(s, step, count);
        out.sizes = {static_cast<std::size_t>(count)};
    };
    if (name == "axial") {
        plain();
    } else if (name == "sagittal") {
        s.row = {0, 1, 0};
        s.column = {0, 0, -1};
        plain({2.5, 0, 0});
    } else if (name == "coronal, not square") {
        s.column = {0, 0, -1};
        s.columnMm = 1;
        s.rowMm = 3;
        plain({0, 4, 0});
    } else if (name == "oblique") {
        s = oblique();
        const Point normal = volume::cross(s.row, s.column);
        plain({3 * normal[0], 3 * normal[1], 3 * normal[2]});
    } else if (name == "feet first, prone: axes turned round, slices from above") {
        s.row = {-1, 0, 0};
        s.column = {0, -1, 0};
        plain({0, 0, -2});
    } else if (name == "gantry tilted: the stack is sheared") {
        s.column = unit({0, 0.96, -0.28});
        s.tilt = 16;
        plain();
        out.notes = "tilted";
    } else if (name == "tilt stated, and nothing of it in the places") {
        s.tilt = 16;
        plain();
        out.notes = "tilt-not-in-geometry";
    } else if (name == "unsigned, intercept -1024") {
        s.isSigned = false;
        s.intercept = -1024;
        plain();
    } else if (name == "big endian") {
        s.bigEndian = true;
        plain();
    } else if (name == "PET: every slice has a slope of its own") {
        plain();
        for (std::size_t i = 0; i < out.slices.size(); ++i) {
            out.slices[i].slope = 0.02 + 0.003 * static_cast<double>(i);
            out.slices[i].modality = "PT";
        }
        out.tolerance = 1.1;
    } else if (name == "slices in no order") {
        plain();
        std::swap(out.slices[0], out.slices[5]);
        std::swap(out.slices[2], out.slices[7]);
        for (std::size_t i = 0; i < out.slices.size(); ++i) {
            out.slices[i].number = static_cast<int>(i) + 1;
        }
    } else if (name == "two slices missing") {
        plain({0, 0, 3}, 12);
        out.slices.erase(out.slices.begin() + 4, out.slices.begin() + 6);
        out.notes = "slices-missing";
    } else if (name == "a slice doubled") {
        plain();
        out.slices.push_back(out.slices[3]);
        out.slices.back().number = 99;
        out.notes = "slices-doubled";
    } else if (name == "uneven distances: the vertex thicker than the base") {
        plain({0, 0, 2.5}, 8);
        const Point last = out.slices.back().position;
        for (const double up : {6.0, 12.0, 18.0, 24.0, 30.0}) {
            out.slices.push_back(out.slices.back());
            out.slices.back().position = {last[0], last[1], last[2] + up};
            out.slices.back().number = 20 + static_cast<int>(up);
        }
        out.sizes = {20};
        out.notes = "spacing-uneven";
    } else if (name == "far apart: two volumes") {
        plain({0, 0, 3}, 6);
        Slice far = s;
        far.position[2] = 200;
        far.number = 50;
        for (const Slice& slice : stackOf(far, {0, 0, 3}, 5)) {
            out.slices.push_back(slice);
        }
        out.sizes = {6, 5};
    } else if (name == "two acquisitions at the same places") {
        s.acquisition = "1";
        plain();
        Slice second = s;
        second.acquisition = "2";
        for (const Slice& slice : stackOf(second, {0, 0, 3}, 8)) {
            out.slices.push_back(slice);
        }
        out.sizes = {8, 8};
    } else if (name == "two at each place, and only their order tells them apart") {
        plain();
        for (const Slice& slice : stackOf(s, {0, 0, 3}, 8)) {
            out.slices.push_back(slice);
            out.slices.back().number += 100;
        }
        out.sizes = {8, 8};
    } else if (name == "three directions in one series") {
        plain();
        Slice sagittal = s;
        sagittal.row = {0, 1, 0};
        sagittal.column = {0, 0, -1};
        for (const Slice& slice : stackOf(sagittal, {2, 0, 0}, 5)) {
            out.slices.push_back(slice);
        }
        out.sizes = {8, 5};
    } else if (name == "a localiser among the slices") {
        plain();
        Slice scout = s;
        scout.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER";
        scout.column = {0, 0, -1};
        out.slices.push_back(scout);
        out.problems = "localizer";
    } else if (name == "places missing") {
        s.placed = false;
        plain();
        out.sizes = {};
        out.problems = "position-missing";
    } else if (name == "orientation missing") {
        s.oriented = false;
        plain();
        out.sizes = {};
        out.problems = "orientation-missing";
    } else if (name == "orientation contradictory") {
        s.column = {1, 0, 0};
        plain();
        out.sizes = {};
        out.problems = "orientation-contradictory";
    } else if (name == "spacing missing") {
        s.spaced = false;
        plain();
        out.sizes = {};
        out.problems = "spacing-missing";
    } else if (name == "spacing zero") {
        s.rowMm = 0;
        plain();
        out.sizes = {};
        out.problems = "spacing-zero";
    } else if (name == "one slice") {
        plain({0, 0, 3}, 1);
        out.sizes = {};
        out.problems = "one-slice";
    } else if (name == "places that are in no row") {
        plain();
        out.slices[4].position[0] += 40;
        out.sizes = {};
        out.problems = "positions-not-in-a-row";
    } else if (name == "3D rendering") {
        s.imageType = "DERIVED\\SECONDARY\\AXIAL\\VRT";
        plain();
        out.sizes = {};
        out.problems = "rendering";
    } else if (name == "MIP") {
        s.imageType = "DERIVED\\SECONDARY\\MIP";
        plain();
        out.sizes = {};
        out.problems = "projection";
    }
    return out;
}

} // namespace

class TestVolume : public QObject {
    Q_OBJECT

private slots:
    void places_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"axial",
                                 "sagittal",
                                 "coronal, not square",
                                 "oblique",
                                 "feet first, prone: axes turned round, slices from above",
                                 "gantry tilted: the stack is sheared",
                                 "tilt stated, and nothing of it in the places",
                                 "unsigned, intercept -1024",
                                 "big endian",
                                 "PET: every slice has a slope of its own",
                                 "slices in no order",
                                 "two slices missing",
                                 "a slice doubled",
                                 "uneven distances: the vertex thicker than the base",
                                 "far apart: two volumes",
                                 "two acquisitions at the same places",
                                 "two at each place, and only their order tells them apart",
                                 "three directions in one series",
                                 "a localiser among the slices",
                                 "places missing",
                                 "orientation missing",
                                 "orientation contradictory",
                                 "spacing missing",
                                 "spacing zero",
                                 "one slice",
                                 "places that are in no row",
                                 "3D rendering",
                                 "MIP"}) {
            QTest::newRow(name) << QString(name);
        }
    }
    void places() {
        QFETCH(QString, name);
        const Row row = build(name.toStdString());
        QVERIFY(!row.slices.empty());
        QTemporaryDir folder;
        std::vector<model::Source> sources;
        for (std::size_t i = 0; i < row.slices.size(); ++i) {
            sources.push_back(
                saved(folder.filePath(QString::number(i)).toStdString(), dicomOf(row.slices[i], field)));
        }
        const auto listing = volume::listVolumes({}, sources);
        QVERIFY(listing.has_value());
        QCOMPARE(listing->places.size(), row.slices.size());
        QCOMPARE(joined(listing->problems), row.problems);
        QCOMPARE(listing->volumes.size(), row.sizes.size());
        for (std::size_t v = 0; v < row.sizes.size(); ++v) {
            const auto& info = listing->volumes[v];
            QCOMPARE(static_cast<std::size_t>(info.geometry.size[2]), row.sizes[v]);
            if (v == 0) {
                QCOMPARE(joined(info.notes), row.notes);
            }
            const auto read = volume::readVolume(*listing, v, sources);
            QVERIFY(read.has_value());
            QVERIFY(read->geometry == info.geometry);
            checkValues(*read, row.tolerance);
        }
        for (const auto& place : listing->places) {
            checkPlace(*listing, place, row.slices[place.source]);
        }
        if (row.sizes.empty()) {
            const auto refused = volume::readVolume(*listing, 0, sources);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, base::ErrorCode::NotPossible);
            QCOMPARE(refused.error().args.front(), row.problems);
        }
    }

    void paddingBecomesAir() {
        QTemporaryDir folder;
        Slice first = axial();
        first.padding = std::string("\x30\xF8", 2); // -2000
        const auto cut = [](const Point& at) { return at[0] < 0 ? -2000.0 : 40.0; };
        std::vector<model::Source> sources;
        for (const Slice& slice : stackOf(first, {0, 0, 3}, 4)) {
            sources.push_back(
                saved(folder.filePath(QString::number(slice.number)).toStdString(), dicomOf(slice, cut)));
        }
        const auto read = volume::readVolume({}, sources);
        QVERIFY(read.has_value());
        QCOMPARE(read->value(0), -1024.0);
        QCOMPARE(read->value(11), 40.0);
    }

    /// Enhanced multi-frame (PS3.3 C.7.6.16): places in the frames' own groups, the rest shared.
    void enhanced() {
        constexpr int kFrames = 6;
        Slice s = oblique();
        const Point normal = volume::cross(s.row, s.column);
        const auto item = [](const DicomBytes& content) {
            DicomBytes out;
            out.raw(0xFFFEE000, "", static_cast<std::uint32_t>(content.bytes().size()), content.bytes());
            return out.bytes();
        };
        DicomBytes orientation;
        orientation.element(0x00200037, "DS",
                            decimals({s.row[0], s.row[1], s.row[2], s.column[0], s.column[1], s.column[2]}));
        DicomBytes measures;
        measures.element(0x00180050, "DS", "3").element(0x00280030, "DS", decimals({s.rowMm, s.columnMm}));
        DicomBytes shared;
        shared.sequence(0x00209116, orientation).sequence(0x00289110, measures);
        std::string frames;
        std::string pixels;
        for (const int order : {3, 0, 5, 1, 4, 2}) {
            Slice frame = s;
            frame.position = moved(s.position, normal, 3.0 * order);
            frame.slope = order % 2 == 0 ? 1 : 2;
            frame.intercept = -100;
            DicomBytes position;
            position.element(0x00200032, "DS",
                             decimals({frame.position[0], frame.position[1], frame.position[2]}));
            DicomBytes values;
            values.element(0x00281052, "DS", "-100").element(0x00281053, "DS", decimals({frame.slope}));
            DicomBytes groups;
            groups.sequence(0x00209113, position).sequence(0x00289145, values);
            frames += item(groups);
            pixels += pixelsOf(frame, field);
        }
        DicomBytes d;
        d.element(0x00080008, "CS", "ORIGINAL\\PRIMARY\\VOLUME\\NONE")
            .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2.1");
        d.element(0x00080018, "UI", "1.2.3.1").element(0x00080060, "CS", "CT");
        d.number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2").element(0x00280008, "IS", "6");
        d.number(0x00280010, 10).number(0x00280011, 12);
        d.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 1);
        const std::string sharedItem = item(shared);
        d.raw(0x52009229, "SQ", static_cast<std::uint32_t>(sharedItem.size()), sharedItem);
        d.raw(0x52009230, "SQ", static_cast<std::uint32_t>(frames.size()), frames);
        d.raw(0x7FE00010, "OW", static_cast<std::uint32_t>(pixels.size()), pixels);
        QTemporaryDir folder;
        const std::vector sources{saved(folder.filePath("enhanced").toStdString(), d.file())};
        const auto listing = volume::listVolumes({}, sources);
        QVERIFY(listing.has_value());
        QCOMPARE(listing->volumes.size(), std::size_t{1});
        QCOMPARE(listing->volumes[0].geometry.size[2], kFrames);
        QCOMPARE(listing->places[0].slice, 3.0);
        const auto read = volume::readVolume(*listing, 0, sources);
        QVERIFY(read.has_value());
        checkValues(*read, 2.1);
    }

    void everyThird() {
        QTemporaryDir folder;
        std::vector<model::Source> sources;
        for (const Slice& slice : stackOf(axial(), {0, 0, 3}, 10)) {
            sources.push_back(
                saved(folder.filePath(QString::number(slice.number)).toStdString(), dicomOf(slice, field)));
        }
        const auto listing = volume::listVolumes({}, sources);
        QVERIFY(listing.has_value());
        const auto read = volume::readVolume(*listing, 0, sources, {}, nullptr, 3);
        QVERIFY(read.has_value());
        QCOMPARE(read->geometry.size[2], 4);
        checkValues(*read, 1.01);
    }

    void cancelled() {
        QTemporaryDir folder;
        std::vector<model::Source> sources;
        for (const Slice& slice : stackOf(axial(), {0, 0, 3}, 3)) {
            sources.push_back(
                saved(folder.filePath(QString::number(slice.number)).toStdString(), dicomOf(slice, field)));
        }
        std::stop_source stop;
        stop.request_stop();
        const auto read = volume::readVolume({}, sources, stop.get_token());
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::Cancelled);
    }

    void unreadableIsSaid() {
        QTemporaryDir folder;
        std::vector<model::Source> sources;
        for (const Slice& slice : stackOf(axial(), {0, 0, 3}, 4)) {
            sources.push_back(
                saved(folder.filePath(QString::number(slice.number)).toStdString(), dicomOf(slice, field)));
        }
        sources.push_back(saved(folder.filePath("broken").toStdString(), "no picture"));
        const auto listing = volume::listVolumes({}, sources);
        QVERIFY(listing.has_value());
        QCOMPARE(joined(listing->problems), std::string("unreadable"));
        QVERIFY(!volume::listVolumes({}, std::span(sources).last(1)));
    }

private:
    static void checkValues(const model::Volume& read, double tolerance) {
        QVERIFY(read.voxels.size() == read.geometry.voxels());
        std::size_t index = 0;
        for (int z = 0; z < read.geometry.size[2]; ++z) {
            for (int y = 0; y < read.geometry.size[1]; ++y) {
                for (int x = 0; x < read.geometry.size[0]; ++x, ++index) {
                    const double wanted = field(read.geometry.at(x, y, z));
                    if (std::abs(read.value(index) - wanted) > tolerance) {
                        QFAIL(qPrintable(QString("voxel %1 %2 %3: %4, not %5")
                                             .arg(x)
                                             .arg(y)
                                             .arg(z)
                                             .arg(read.value(index))
                                             .arg(wanted)));
                    }
                }
            }
        }
    }

    /// The geometry of a frame is its own, and its place in the volume leads to the same point of the
    /// patient.
    static void checkPlace(const volume::Listing& listing, const volume::SlicePlace& place,
                           const Slice& slice) {
        if (!place.placed) {
            QVERIFY(!place.reason.empty());
            return;
        }
        const Point corner = place.geometry.at(slice.columns - 1, slice.rows - 1, 0);
        const Point wanted = moved(moved(slice.position, slice.row, (slice.columns - 1) * slice.columnMm),
                                   slice.column, (slice.rows - 1) * slice.rowMm);
        QVERIFY(volume::norm({corner[0] - wanted[0], corner[1] - wanted[1], corner[2] - wanted[2]}) < 0.01);
        if (place.volume >= 0) {
            const auto& geometry = listing.volumes[static_cast<std::size_t>(place.volume)].geometry;
            const Point inVolume = geometry.at(slice.columns - 1, slice.rows - 1, place.slice);
            QVERIFY(volume::norm(
                        {inVolume[0] - wanted[0], inVolume[1] - wanted[1], inVolume[2] - wanted[2]}) < 0.05);
        }
    }
};

QTEST_GUILESS_MAIN(TestVolume)
#include "TestVolume.moc"
