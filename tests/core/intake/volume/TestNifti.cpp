#include <QTemporaryDir>
#include <QtTest>

#include "core/intake/volume/Nifti.h"
#include "tests/core/intake/volume/Volumes.h"
#include "tests/support/Gzip.h"

using namespace kamei;
using namespace kamei::test;
namespace volume = kamei::intake::volume;

namespace {

constexpr int kColumns = 7;
constexpr int kRows = 6;
constexpr int kSlices = 5;

double field(const Point& at) {
    return at[0] - 2 * at[1] + 3 * at[2] + 400;
}

/// RAS, as the file has it: turned about the vertical by an angle, 2 x 1.5 x 3 mm.
std::array<std::array<double, 4>, 3> turned() {
    const double c = std::cos(0.4);
    const double s = std::sin(0.4);
    return {{{2 * c, -1.5 * s, 0, 10}, {2 * s, 1.5 * c, 0, -20}, {0, 0, 3, 5}}};
}

Point inPatient(const std::array<std::array<double, 4>, 3>& m, int x, int y, int z) {
    Point out{};
    for (std::size_t i = 0; i < 3; ++i) {
        out[i] = m[i][0] * x + m[i][1] * y + m[i][2] * z + m[i][3];
    }
    return {-out[0], -out[1], out[2]};
}

void append(NiftiBytes& file, int datatype, double value) {
    const auto put = [&](std::uint64_t bits, std::size_t size) {
        const std::size_t at = file.bytes.size();
        file.bytes.resize(at + size);
        file.whole(at, size, static_cast<std::int64_t>(bits));
    };
    switch (datatype) {
    case 2:
    case 256:
        return put(static_cast<std::uint64_t>(std::lround(value)), 1);
    case 4:
    case 512:
        return put(static_cast<std::uint64_t>(std::lround(value)), 2);
    case 8:
    case 768:
        return put(static_cast<std::uint64_t>(std::lround(value)), 4);
    case 16:
        return put(std::bit_cast<std::uint32_t>(static_cast<float>(value)), 4);
    case 64:
        return put(std::bit_cast<std::uint64_t>(value), 8);
    default:
        return put(static_cast<std::uint64_t>(std::lround(value)), 8);
    }
}

NiftiBytes fileOf(bool second, bool big, int datatype, double slope, int volumes = 1) {
    NiftiBytes out(second, big);
    if (volumes > 1) {
        out.dims({kColumns, kRows, kSlices, volumes});
    } else {
        out.dims({kColumns, kRows, kSlices});
    }
    const int bits = datatype == 2 || datatype == 256                     ? 8
                     : datatype == 4 || datatype == 512                   ? 16
                     : datatype == 8 || datatype == 16 || datatype == 768 ? 32
                                                                          : 64;
    out.type(datatype, bits);
    out.real(112, 176, slope);
    out.real(116, 184, slope == 0 ? 77 : 10);
    out.matrix(turned());
    out.whole(second ? 500 : 123, second ? 4 : 1, 2);
    for (int v = 0; v < volumes; ++v) {
        for (int z = 0; z < kSlices; ++z) {
            for (int y = 0; y < kRows; ++y) {
                for (int x = 0; x < kColumns; ++x) {
                    const double value = field(inPatient(turned(), x, y, z)) + 100 * v;
                    append(out, datatype, slope == 0 ? value : (value - 10) / slope);
                }
            }
        }
    }
    return out;
}

} // namespace

class TestNifti : public QObject {
    Q_OBJECT

private slots:
    void values_data() {
        QTest::addColumn<bool>("second");
        QTest::addColumn<bool>("big");
        QTest::addColumn<bool>("compressed");
        QTest::addColumn<int>("datatype");
        QTest::addColumn<double>("slope");
        QTest::newRow("NIfTI-1, int16, no scale") << false << false << false << 4 << 0.0;
        QTest::newRow("NIfTI-1, big endian") << false << true << false << 4 << 0.0;
        QTest::newRow("NIfTI-1, compressed") << false << false << true << 4 << 0.0;
        QTest::newRow("NIfTI-2, int16") << true << false << false << 4 << 0.0;
        QTest::newRow("NIfTI-2, big endian, compressed") << true << true << true << 4 << 0.0;
        QTest::newRow("uint16") << false << false << false << 512 << 0.0;
        QTest::newRow("uint8 with a scale") << false << false << false << 2 << 4.0;
        QTest::newRow("int16 with a negative scale") << false << false << false << 4 << -2.0;
        QTest::newRow("float") << false << false << false << 16 << 0.0;
        QTest::newRow("double, big endian") << false << true << false << 64 << 0.0;
        QTest::newRow("int32 with a scale") << false << false << true << 8 << 0.5;
        QTest::newRow("uint64") << true << false << false << 1280 << 0.0;
    }
    void values() {
        QFETCH(bool, second);
        QFETCH(bool, big);
        QFETCH(bool, compressed);
        QFETCH(int, datatype);
        QFETCH(double, slope);
        const NiftiBytes file = fileOf(second, big, datatype, slope);
        QTemporaryDir folder;
        const std::vector sources{saved(folder.filePath("a.nii").toStdString(),
                                        compressed ? gzipped(file.bytes) : file.bytes, "nifti")};
        const auto read = volume::readVolume({}, sources);
        QVERIFY(read.has_value());
        QVERIFY(read->slope > 0);
        checkValues(*read, 0, datatype == 2 ? 4.1 : 1.1);
    }

    void secondOfFour() {
        const NiftiBytes file = fileOf(false, false, 4, 0, 4);
        QTemporaryDir folder;
        const std::vector sources{
            saved(folder.filePath("a.nii").toStdString(), gzipped(file.bytes), "nifti")};
        const auto listing = volume::listVolumes({}, sources);
        QVERIFY(listing.has_value());
        QCOMPARE(listing->volumes.size(), std::size_t{4});
        QCOMPARE(listing->places.size(), std::size_t{20});
        QCOMPARE(listing->places[7].volume, 1);
        QCOMPARE(listing->places[7].slice, 2.0);
        const auto read = volume::readVolume(*listing, 1, sources);
        QVERIFY(read.has_value());
        checkValues(*read, 100, 1.1);
        const auto picture = volume::decodeNiftiPicture(sources[0], 8);
        QVERIFY(picture.has_value());
        QCOMPARE(picture->width, kColumns);
        QCOMPARE(picture->height, kRows);
        QVERIFY(!volume::decodeNiftiPicture(sources[0], 21));
    }

    /// nifti1.h "method 2": the same turn as a quaternion leads to the same places.
    void quaternion() {
        NiftiBytes file = fileOf(false, false, 4, 0);
        file.whole(254, 2, 0);
        file.whole(252, 2, 1);
        file.real(76, 104, 1);
        file.real(80, 112, 2);
        file.real(84, 120, 1.5);
        file.real(88, 128, 3);
        file.real(264, 368, std::sin(0.2));
        file.real(268, 376, 10);
        file.real(272, 384, -20);
        file.real(276, 392, 5);
        QTemporaryDir folder;
        const std::vector sources{saved(folder.filePath("a.nii").toStdString(), file.bytes, "nifti")};
        const auto read = volume::readVolume({}, sources);
        QVERIFY(read.has_value());
        checkValues(*read, 0, 1.1);
    }

    void defects_data() {
        QTest::addColumn<QString>("defect");
        QTest::addColumn<QString>("word");
        QTest::newRow("no size") << "size"
                                 << "unknown-format";
        QTest::newRow("wrong magic") << "magic"
                                     << "unknown-format";
        QTest::newRow("voxels in another file") << "pair"
                                                << "unsupported-format";
        QTest::newRow("no dimension") << "dim0"
                                      << "malformed";
        QTest::newRow("a dimension of zero") << "dim"
                                             << "malformed";
        QTest::newRow("unknown data type") << "type"
                                           << "unsupported-format";
        QTest::newRow("voxels inside the header") << "offset"
                                                  << "malformed";
        QTest::newRow("voxels missing") << "short"
                                        << "truncated";
        QTest::newRow("spacing zero") << "spacing"
                                      << "spacing-zero";
        QTest::newRow("axes that fall together") << "axes"
                                                 << "orientation-contradictory";
        QTest::newRow("not a number") << "nan"
                                      << "orientation-contradictory";
        QTest::newRow("one slice") << "slice"
                                   << "one-slice";
    }
    void defects() {
        QFETCH(QString, defect);
        QFETCH(QString, word);
        NiftiBytes file = fileOf(false, false, 4, 0);
        auto matrix = turned();
        if (defect == "size") {
            file.whole(0, 4, 17);
        } else if (defect == "magic") {
            file.bytes[344] = 'x';
        } else if (defect == "pair") {
            file.bytes[345] = 'i';
        } else if (defect == "dim0") {
            file.whole(40, 2, 0);
        } else if (defect == "dim") {
            file.whole(44, 2, 0);
        } else if (defect == "type") {
            file.whole(70, 2, 3);
        } else if (defect == "offset") {
            file.real(108, 0, 100);
        } else if (defect == "short") {
            file.bytes.pop_back();
        } else if (defect == "spacing") {
            matrix[0][0] = matrix[1][0] = 0;
            file.matrix(matrix);
        } else if (defect == "axes") {
            matrix[0][1] = matrix[0][0];
            matrix[1][1] = matrix[1][0];
            file.matrix(matrix);
        } else if (defect == "nan") {
            matrix[2][2] = std::nan("");
            file.matrix(matrix);
        } else {
            file.whole(46, 2, 1);
        }
        QTemporaryDir folder;
        const std::vector sources{saved(folder.filePath("a.nii").toStdString(), file.bytes, "nifti")};
        const auto read = volume::readVolume({}, sources);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().code == base::ErrorCode::NotPossible
                                            ? read.error().args.front()
                                            : std::string(base::errorWord(read.error().code))),
                 word);
        if (defect == "short") {
            const auto described = volume::describeNifti({sources[0].path, {}}, file.bytes);
            QVERIFY(!described);
            QCOMPARE(described.error().code, base::ErrorCode::Truncated);
        }
    }

    void brokenCompression() {
        std::string bytes = gzipped(fileOf(false, false, 4, 0).bytes);
        bytes.resize(bytes.size() / 2);
        QTemporaryDir folder;
        const std::vector sources{saved(folder.filePath("a.nii.gz").toStdString(), bytes, "nifti")};
        const auto read = volume::readVolume({}, sources);
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::Truncated);
    }

    void extensions() {
        NiftiBytes file = fileOf(false, false, 4, 0);
        const std::string voxels = file.bytes.substr(352);
        file.bytes.resize(352);
        file.bytes[348] = 1;
        std::string extension(32, '\0');
        extension[0] = 32;
        extension[4] = 6;
        extension.replace(8, 12, "Yamada Hanak");
        file.bytes += extension + std::string("stray bytes here");
        file.real(108, 0, static_cast<double>(file.bytes.size()));
        file.bytes += voxels;
        auto stream = volume::NiftiStream::ofMemory(file.bytes);
        const auto header = volume::readNiftiHeader(stream);
        QVERIFY(header.has_value());
        const auto found = volume::readNiftiExtensions(stream, *header);
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), std::size_t{2});
        QCOMPARE((*found)[0].code, 6);
        QVERIFY((*found)[0].content.starts_with("Yamada Hanak"));
        QCOMPARE((*found)[1].code, -1);
        QCOMPARE((*found)[1].content, std::string("stray bytes here"));
    }

private:
    static void checkValues(const model::Volume& read, double more, double tolerance) {
        QCOMPARE(read.geometry.size[0], kColumns);
        QCOMPARE(read.geometry.size[1], kRows);
        QCOMPARE(read.geometry.size[2], kSlices);
        std::size_t index = 0;
        for (int z = 0; z < kSlices; ++z) {
            for (int y = 0; y < kRows; ++y) {
                for (int x = 0; x < kColumns; ++x, ++index) {
                    const Point at = inPatient(turned(), x, y, z);
                    const Point own = read.geometry.at(x, y, z);
                    QVERIFY(std::hypot(at[0] - own[0], at[1] - own[1], at[2] - own[2]) < 1e-3);
                    QVERIFY(std::abs(read.value(index) - field(at) - more) < tolerance);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestNifti)
#include "TestNifti.moc"
