#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/Digest.h"
#include "core/base/FileIo.h"
#include "core/demo/Demo.h"
#include "core/intake/encoding/Encoding.h"

using namespace kamei;
namespace fs = std::filesystem;

/// The demo cohort: that its answer key tells the truth, and that it is the same every time.
class TestDemoCohort : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void everyPlantedTextStandsInItsFile();
    void sameCallSameBytes();
    void independentReaderOpensEveryDicomFile();
    void refusesFolderThatHoldsSomething();
    void everyFurtherPersonHasTwoKindsOfData();
    void cancelLeavesNoAnswerKey();

  private:
    QTemporaryDir m_folder;
    fs::path m_demo;
    QJsonArray m_planted;
};

namespace {

std::map<std::string, base::Sha256> digests(const fs::path& folder) {
    std::map<std::string, base::Sha256> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            out[fs::relative(entry.path(), folder).string()] =
                base::sha256(base::readFile(entry.path(), 1U << 30).value_or(""));
        }
    }
    return out;
}

} // namespace

void TestDemoCohort::initTestCase() {
    m_demo = fs::path(m_folder.path().toStdString()) / "demo";
    base::NoProgress quiet;
    QVERIFY(demo::writeDemo(m_demo, {}, quiet));
    const auto key = base::readFile(m_demo / "answer-key.json", 1U << 24);
    QVERIFY(key);
    m_planted = QJsonDocument::fromJson(QByteArray::fromStdString(*key)).object()["planted"].toArray();
    QVERIFY(m_planted.size() > 100);
}

void TestDemoCohort::everyPlantedTextStandsInItsFile() {
    int checked = 0;
    for (const auto& row : m_planted) {
        const QJsonObject planted = row.toObject();
        if (planted["where"].toString() != "text") {
            continue;
        }
        const auto bytes = base::readFile(m_demo / "cohort" / planted["file"].toString().toStdString(), 1U << 24);
        QVERIFY(bytes);
        const auto guess = intake::encoding::detect(*bytes);
        QVERIFY(guess);
        const auto text = intake::encoding::decode(*bytes, guess->encoding);
        QVERIFY(text);
        QVERIFY2(text->find(planted["value"].toString().toStdString()) != std::string::npos,
                 qPrintable(planted["file"].toString() + " " + planted["kind"].toString()));
        ++checked;
    }
    QVERIFY(checked > 50);
}

void TestDemoCohort::sameCallSameBytes() {
    const fs::path again = fs::path(m_folder.path().toStdString()) / "again";
    base::NoProgress quiet;
    QVERIFY(demo::writeDemo(again, {}, quiet));
    QCOMPARE(digests(again), digests(m_demo));
}

void TestDemoCohort::independentReaderOpensEveryDicomFile() {
    const char* script = "import sys, pydicom\n"
                         "for p in sys.argv[1:]:\n"
                         "    d = pydicom.dcmread(p); str(d.PatientName)\n"
                         "    if 'PixelData' in d: d.pixel_array\n"
                         "print(len(sys.argv) - 1)\n";
    QStringList files;
    for (const char* name : {"2026-03/CT0305/IM0001", "2026-03/CT0305/IM0092", "2026-03/echo.dcm", "2026-03/CR0312",
                             "2026-03/MR0307/MR0004", "2026-03/SR0306"}) {
        files << QString::fromStdString((m_demo / "cohort" / name).string());
    }
    QProcess python;
    python.start("/usr/bin/python3", QStringList{"-c", script} + files);
    if (!python.waitForStarted()) {
        QSKIP("python3 with pydicom is not installed");
    }
    QVERIFY(python.waitForFinished(60000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("6"));
}

void TestDemoCohort::refusesFolderThatHoldsSomething() {
    base::NoProgress quiet;
    const auto again = demo::writeDemo(m_demo, {}, quiet);
    QVERIFY(!again);
    QCOMPARE(again.error().code, base::ErrorCode::WorkspaceExists);
}

void TestDemoCohort::everyFurtherPersonHasTwoKindsOfData() {
    constexpr int kPeople = 75; // pairs of kinds have come round by then
    const fs::path folder = fs::path(m_folder.path().toStdString()) / "many";
    base::NoProgress quiet;
    QVERIFY(demo::writeDemo(folder, {}, quiet, kPeople));
    int people = 0;
    for (const auto& own : fs::directory_iterator(folder / "cohort" / "2026-03")) {
        const std::string name = own.path().filename().string(); // a chart number
        if (!own.is_directory() || name.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        ++people;
        const auto kinds = std::distance(fs::directory_iterator(own.path()), fs::directory_iterator());
        QVERIFY2(kinds == 2, name.c_str());
    }
    QCOMPARE(people, kPeople - 3);
    fs::remove_all(folder);
}

void TestDemoCohort::cancelLeavesNoAnswerKey() {
    std::stop_source stop;
    stop.request_stop();
    const fs::path folder = fs::path(m_folder.path().toStdString()) / "cancelled";
    base::NoProgress quiet;
    const auto result = demo::writeDemo(folder, stop.get_token(), quiet);
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::Cancelled);
    QVERIFY(!fs::exists(folder / "answer-key.json"));
}

QTEST_GUILESS_MAIN(TestDemoCohort)
#include "TestDemoCohort.moc"
