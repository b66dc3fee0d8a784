// The directory of a DICOM file-set (PS3.10 2024b 8.6, PS3.3 Annex F): made of the released files alone, and
// read by readers that are not ours.

#include "core/release/ReleaseWriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <regex>

#include "tests/core/intake/dicom/DicomBytes.h"

namespace fs = std::filesystem;
using namespace kamei::release;
using kamei::base::ErrorCode;
using kamei::model::AssetKind;
using kamei::test::DicomBytes;

namespace {

constexpr const char* kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr const char* kReport = "1.2.840.10008.5.1.4.1.1.88.11";
constexpr const char* kNobodyKnows = "1.2.840.10008.5.1.4.1.1.99.99";

struct Object {
    const char* sopClass = kCt;
    const char* person = "S-5F2A91C04E7B";
    std::string study = "2.25.11";
    std::string series = "2.25.21";
    std::string instance = "2.25.31";
    const char* date = "20240311";
};

std::string fileOf(const Object& object) {
    DicomBytes meta;
    meta.element(0x00020002, "UI", object.sopClass)
        .element(0x00020003, "UI", object.instance)
        .element(0x00020010, "UI", "1.2.840.10008.1.2.1")
        .element(0x00020012, "UI", "2.25.1");
    DicomBytes length;
    std::string four(4, '\0');
    four[0] = static_cast<char>(meta.bytes().size());
    length.raw(0x00020000, "UL", 4, four);
    DicomBytes data;
    data.element(0x00080005, "CS", "ISO_IR 192")
        .element(0x00080016, "UI", object.sopClass)
        .element(0x00080018, "UI", object.instance)
        .element(0x00080020, "DA", object.date)
        .element(0x00080030, "TM", "101500")
        .element(0x00080050, "SH", "")
        .element(0x00080060, "CS", std::string_view(object.sopClass) == kReport ? "SR" : "CT")
        .element(0x00081030, "LO", "胸部CT")
        .element(0x00100010, "PN", object.person)
        .element(0x00100020, "LO", object.person)
        .element(0x0020000D, "UI", object.study)
        .element(0x0020000E, "UI", object.series)
        .element(0x00200011, "IS", "1")
        .element(0x00200013, "IS", "1");
    if (std::string_view(object.sopClass) == kReport) { // what a report's record asks for (PS3.3 F.5.25)
        data.element(0x00080023, "DA", "20240311").element(0x00080033, "TM", "101500");
        data.sequence(0x0040A043, DicomBytes()
                                      .element(0x00080100, "SH", "18748-4")
                                      .element(0x00080102, "SH", "LN")
                                      .element(0x00080104, "LO", "Diagnostic imaging study"));
        data.element(0x0040A491, "CS", "COMPLETE").element(0x0040A493, "CS", "UNVERIFIED");
    }
    return std::string(128, '\0') + "DICM" + length.bytes() + meta.bytes() + data.bytes();
}

struct Fixture {
    QTemporaryDir folder;
    std::vector<ReleaseFile> files;
    ReportData report;
    fs::path out;

    Fixture() {
        out = fs::path(folder.path().toStdString()) / "out";
        report.toolVersion = "0.1.0";
    }
    void add(const Object& object, std::int64_t asset, bool inFileSet = true) {
        const std::string content = fileOf(object);
        ReleaseFile file;
        file.sha256 = kamei::base::sha256(content);
        file.staged = fs::path(folder.path().toStdString()) / file.sha256.hex();
        std::ofstream(file.staged, std::ios::binary) << content;
        file.size = content.size();
        file.kind = AssetKind::DicomSeries;
        file.asset.value = asset;
        file.pseudonym = object.person;
        file.name = object.instance;
        file.extension = "dcm";
        file.inFileSet = inFileSet;
        files.push_back(file);
    }
    void addCohort() {
        add({}, 1);
        add({.instance = "2.25.32"}, 1);
        add({.series = "2.25.22", .instance = "2.25.33"}, 2);
        add({.sopClass = kReport, .series = "2.25.23", .instance = "2.25.34"}, 3);
        add({.person = "S-0123456789AB",
             .study = "2.25.12",
             .series = "2.25.24",
             .instance = "2.25.35",
             .date = ""},
            4);
    }
    kamei::base::Expected<Written> write(const ExamineDirectory& examine = {}) {
        kamei::base::NoProgress progress;
        return writeRelease(out, files, report, {}, progress, nullptr, {{}, examine, {}});
    }
};

QByteArray readAll(const fs::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class DicomDirTest : public QObject {
    Q_OBJECT

private slots:
    /// PS3.10 2024b 8.5: at most eight components of at most eight of A-Z, 0-9 and _.
    void fileIdsConform() {
        Fixture fixture;
        fixture.addCohort();
        fixture.add({.instance = "2.25.39"}, 9, false);
        const auto written = fixture.write();
        QVERIFY(written.has_value());
        QCOMPARE(written->files, std::int64_t{6});
        QCOMPARE(written->unlisted, std::int64_t{0});
        const std::regex component("[A-Z0-9_]{1,8}");
        QStringList ids;
        for (const auto& entry : fs::recursive_directory_iterator(fixture.out / "data/DICOM")) {
            QVERIFY(std::regex_match(entry.path().filename().string(), component));
            if (entry.is_regular_file()) {
                ids << QString::fromStdString(entry.path().lexically_relative(fixture.out / "data").string());
            }
        }
        ids.sort();
        // People in order of their pseudonyms, not of their import.
        QCOMPARE(ids, (QStringList{"DICOM/PA000001/SE000001/IM000001", "DICOM/PA000002/SE000001/IM000001",
                                   "DICOM/PA000002/SE000001/IM000002", "DICOM/PA000002/SE000002/IM000001",
                                   "DICOM/PA000002/SE000003/IM000001"}));
        QVERIFY(readAll(fixture.out / "data/DICOM/PA000001/SE000001/IM000001").contains("S-0123456789AB"));
        QVERIFY(fs::exists(fixture.out / "data/S-5F2A91C04E7B/dicom-series-01/2.25.39.dcm"));
    }

    void theManifestListsIt() {
        Fixture fixture;
        fixture.addCohort();
        QVERIFY(fixture.write().has_value());
        const QByteArray index = readAll(fixture.out / "data/DICOMDIR");
        const auto digest =
            kamei::base::sha256(std::string_view(index.constData(), std::size_t(index.size())));
        QByteArray listed;
        const auto manifest = QJsonDocument::fromJson(readAll(fixture.out / "manifest.json")).object();
        for (const QJsonValue& row : manifest["documents"].toArray()) {
            listed = row["path"] == "data/DICOMDIR" ? row["sha256"].toString().toUtf8() : listed;
        }
        QCOMPARE(listed, QByteArray::fromStdString(digest.hex()));
        kamei::base::NoProgress progress;
        QVERIFY(verifyRelease(fixture.out, {}, progress)->differences.empty());
        fs::permissions(fixture.out / "data/DICOMDIR", fs::perms::owner_all);
        std::ofstream(fixture.out / "data/DICOMDIR", std::ios::app) << "x";
        QCOMPARE(verifyRelease(fixture.out, {}, progress)->differences.size(), std::size_t{1});
    }

    /// Whoever examines it sees the bytes that would go out, and can keep everything back.
    void whatIsFoundInItKeepsEverythingBack() {
        Fixture fixture;
        fixture.addCohort();
        std::string seen;
        const auto refused =
            fixture.write([&](std::span<const std::byte> bytes) -> kamei::base::Expected<void> {
                seen.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                return kamei::base::fail(ErrorCode::NotPossible, "test");
            });
        QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::NotPossible);
        QVERIFY(seen.find("S-5F2A91C04E7B") != std::string::npos);
        QVERIFY(!fs::exists(fixture.out));
    }

    void objectsOfNoKnownKindAreTold() {
        Fixture fixture;
        fixture.addCohort();
        fixture.add({.sopClass = kNobodyKnows, .series = "2.25.25", .instance = "2.25.36"}, 5);
        const auto written = fixture.write();
        QVERIFY(written.has_value());
        QCOMPARE(written->unlisted, std::int64_t{1});
        QVERIFY(fs::exists(fixture.out / "data/DICOM/PA000002/SE000004/IM000001"));
    }

    void nothingToListIsAnError() {
        Fixture fixture;
        fixture.add({.sopClass = kNobodyKnows}, 1);
        const auto refused = fixture.write();
        QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::NotPossible);
        QVERIFY(!fs::exists(fixture.out));
    }

    /// pydicom follows every record to its file, and finds in it what the record says.
    void pydicomReadsIt() {
        Fixture fixture;
        fixture.addCohort();
        QVERIFY(fixture.write().has_value());
        QProcess python;
        python.start("/usr/bin/python3", {"-c",
                                          "import sys\n"
                                          "try:\n"
                                          "    from pydicom.fileset import FileSet\n"
                                          "except ImportError:\n"
                                          "    sys.exit(77)\n"
                                          "held = FileSet(sys.argv[1])\n"
                                          "for one in held:\n"
                                          "    data = one.load()\n"
                                          "    assert one.PatientID == data.PatientID\n"
                                          "    assert one.StudyInstanceUID == data.StudyInstanceUID\n"
                                          "    assert one.SeriesInstanceUID == data.SeriesInstanceUID\n"
                                          "    assert one.SOPInstanceUID == data.SOPInstanceUID\n"
                                          "    assert one.StudyDescription == data.StudyDescription\n"
                                          "    print(one.PatientID, data.SOPInstanceUID)\n",
                                          QString::fromStdString((fixture.out / "data/DICOMDIR").string())});
        if (!python.waitForStarted() || !python.waitForFinished() || python.exitCode() == 77) {
            QSKIP("python3-pydicom is not installed");
        }
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        QStringList lines = QString::fromUtf8(python.readAllStandardOutput()).trimmed().split('\n');
        lines.sort();
        QCOMPARE(lines,
                 (QStringList{"S-0123456789AB 2.25.35", "S-5F2A91C04E7B 2.25.31", "S-5F2A91C04E7B 2.25.32",
                              "S-5F2A91C04E7B 2.25.33", "S-5F2A91C04E7B 2.25.34"}));
    }

    void dciodvfyFindsNoError() {
        Fixture fixture;
        fixture.addCohort();
        QVERIFY(fixture.write().has_value());
        QProcess check;
        check.setProcessChannelMode(QProcess::MergedChannels);
        check.start("dciodvfy", {QString::fromStdString((fixture.out / "data/DICOMDIR").string())});
        if (!check.waitForStarted() || !check.waitForFinished()) {
            QSKIP("dicom3tools is not installed");
        }
        for (const QByteArray& line : check.readAll().split('\n')) {
            QVERIFY2(!line.startsWith("Error"), line.constData());
        }
    }
};

QTEST_GUILESS_MAIN(DicomDirTest)
#include "DicomDirTest.moc"
