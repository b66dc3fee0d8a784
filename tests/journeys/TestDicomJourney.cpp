// DICOM by command line: what is planted in each place of an object stands in no byte of the staged files,
// what nobody can examine is refused by name, and a DICOMDIR is left behind without holding anything up.

#include "CliRunner.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>

#include "tests/core/transform/dicom/PlantedPlaces.h"

using namespace journeys;
using kamei::test::DicomBytes;
using kamei::test::PlantedPlace;

class TestDicomJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void importLeavesTheIndexBehind();
    void whatNobodyCanExamineIsRefusedByName();
    void aDocumentInsideIsProcessedAsOne();
    void nothingPlantedStandsInAStagedByte();
    void gateDoesNotAskForTheIndex();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    Outcome m_import;
    Outcome m_stage;
};

void TestDicomJourney::initTestCase() {
    int number = 0;
    for (const PlantedPlace& place : kamei::test::plantedPlaces()) {
        writeFile(path(QStringLiteral("in/%1.dcm").arg(++number)), QByteArray::fromStdString(place.file));
    }
    const std::string cda =
        R"(<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>退院時サマリー</title>)"
        R"(<recordTarget><patientRole><id extension="LEAK000123" root="2.999.1"/><patient><name>)"
        R"(<family>漏洩</family><given>太郎</given></name></patient></patientRole></recordTarget><component>)"
        R"(<structuredBody><component><section><text>漏洩太郎様、胸部CTで異常なし。</text></section></component>)"
        R"(</structuredBody></component></ClinicalDocument>)";
    DicomBytes document;
    document.element(0x00080005, "CS", "ISO_IR 192")
        .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.2")
        .element(0x00080060, "CS", "DOC")
        .element(0x00100010, "PN", "LEAKPATIENT^TARO=漏洩^太郎")
        .element(0x00100020, "LO", "LEAK000123")
        .element(0x00420011, "OB", cda)
        .element(0x00420012, "LO", "text/XML");
    writeFile(path("in/document.dcm"), QByteArray::fromStdString(document.file()));
    DicomBytes index;
    index.element(0x00020002, "UI", "1.2.840.10008.1.3.10").element(0x00020010, "UI", "1.2.840.10008.1.2.1");
    index.element(0x00041130, "CS", "LEAKDISC")
        .sequence(0x00041220, DicomBytes().element(0x00100010, "PN", "LEAKPATIENT^TARO"));
    writeFile(path("in/DICOMDIR"), QByteArray(128, '\0') + "DICM" + QByteArray::fromStdString(index.bytes()));

    QCOMPARE(run({"new", path("ws")}).exit, 0);
    m_import = run({"import", path("ws"), path("in")});
    QCOMPARE(run({"detect", path("ws")}).exit, 1); // something was refused
    QVERIFY(run({"decide", path("ws"), "--accept-suggested"}).exit <= 1);
    m_stage = run({"stage", path("ws")});
}

void TestDicomJourney::importLeavesTheIndexBehind() {
    QCOMPARE(m_import.exit, 0);
    QStringList excluded;
    for (const QJsonObject& row : run({"assets", path("ws"), "--json"}).rows()) {
        if (row["state"] == "excluded") {
            excluded.append(row["kind"].toString());
        }
    }
    excluded.sort();
    // The object around the document, and the index.
    QCOMPARE(excluded, QStringList({"dicom-document", "unreadable"}));
}

void TestDicomJourney::whatNobodyCanExamineIsRefusedByName() {
    std::multiset<std::string> expected;
    for (const PlantedPlace& place : kamei::test::plantedPlaces()) {
        if (!place.refusal.empty()) {
            expected.insert(place.refusal.substr(place.refusal.find(' ') + 1));
        }
    }
    std::multiset<std::string> found;
    for (const QJsonObject& row : run({"assets", path("ws"), "--json"}).rows()) {
        if (row.contains("problem") && row["state"] != "excluded") {
            found.insert(row["problem"].toObject()["args"].toArray().first().toString().toStdString());
        }
    }
    QCOMPARE(found, expected);
    QCOMPARE(m_stage.exit, 1);
}

void TestDicomJourney::aDocumentInsideIsProcessedAsOne() {
    QString asset;
    for (const QJsonObject& row : run({"assets", path("ws"), "--json"}).rows()) {
        asset = row["kind"] == "document" ? row["asset"].toVariant().toString() : asset;
    }
    QVERIFY(!asset.isEmpty());
    QVERIFY(run({"findings", path("ws"), "--asset", asset, "--json"}).rows().size() >= 3);
    QByteArray written;
    for (const QJsonObject& row : run({"staged", path("ws"), "--json"}).rows()) {
        if (row["asset"].toVariant().toString() == asset) {
            written = readFile(row["staged"].toString());
            QVERIFY(row["residual"].toArray().isEmpty());
        }
    }
    QVERIFY(written.contains("<ClinicalDocument") && written.contains("胸部CTで異常なし"));
    QVERIFY(!written.contains("太郎") && !written.contains("漏洩"));
}

void TestDicomJourney::nothingPlantedStandsInAStagedByte() {
    int files = 0;
    QDirIterator staged(path("ws/staged"), QDir::Files, QDirIterator::Subdirectories);
    while (staged.hasNext()) {
        const QByteArray bytes = readFile(staged.next());
        ++files;
        for (const char* needle : {"LEAK", "漏洩", "1.2.3.99", "20240311"}) {
            QVERIFY2(!bytes.contains(needle), needle);
        }
    }
    QVERIFY(files > 0); // equal outputs are one file
    const auto places = kamei::test::plantedPlaces();
    const auto written =
        std::ranges::count_if(places, [](const PlantedPlace& p) { return p.refusal.empty(); });
    QCOMPARE(run({"staged", path("ws"), "--json"}).rows().size(),
             static_cast<qsizetype>(written) + 1); // and the CDA
    for (const Outcome& outcome : {m_import, m_stage}) {
        QVERIFY(!outcome.out.contains("LEAK") && !outcome.err.contains("LEAK"));
    }
}

void TestDicomJourney::gateDoesNotAskForTheIndex() {
    QJsonArray excluded;
    for (const QJsonObject& row : run({"assets", path("ws"), "--json"}).rows()) {
        if (row["state"] == "excluded") {
            excluded.append(row["asset"]);
        }
    }
    int rows = 0;
    for (const QJsonObject& row : run({"gate", path("ws"), "--json"}).rows()) {
        ++rows;
        for (const QJsonValue& asset : excluded) {
            QVERIFY(!row["assets"].toArray().contains(asset));
        }
    }
    QVERIFY(rows > 0);
}

QTEST_GUILESS_MAIN(TestDicomJourney)
#include "TestDicomJourney.moc"
