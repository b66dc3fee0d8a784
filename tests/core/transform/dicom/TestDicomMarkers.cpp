#include <QtTest>

#include "tests/core/transform/dicom/WrittenHeaders.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using namespace kamei::test::headers;
using model::Action;
using model::DecisionState;
using test::DicomBytes;
using test::DicomWriting;

/// Markers of written headers: what was done to them, and what earlier ones say.
class TestDicomMarkers : public QObject {
    Q_OBJECT

private slots:
    void codesOfWhatWasDone_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("change"); ///< what a person or a site rule does
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<QString>("temporal");
        QTest::addColumn<QString>("identity");
        const QStringList guideline{"113100", "113103", "113104", "113105",
                                    "113107", "113108", "113109", "113111"};
        QStringList pixels = guideline;
        pixels.insert(1, "113101");
        QTest::newRow("Basic Profile") << "dicom-basic"
                                       << "" << QStringList{"113100"} << "REMOVED"
                                       << "YES";
        QTest::newRow("guideline, pictures not judged") << "guideline-2024"
                                                        << "" << guideline << "MODIFIED"
                                                        << "YES";
        QTest::newRow("a mask was drawn") << "guideline-2024"
                                          << "mask" << pixels << "MODIFIED"
                                          << "YES";
        QTest::newRow("burned-in text was left") << "guideline-2024"
                                                 << "keep-mask" << QStringList{} << "MODIFIED"
                                                 << "NO";
        QTest::newRow("a person keeps a date") << "guideline-2024"
                                               << "keep:StudyDate" << QStringList{} << "UNMODIFIED"
                                               << "YES";
        QTest::newRow("a person keeps a date under the Basic Profile")
            << "dicom-basic"
            << "keep:StudyDate" << QStringList{} << "UNMODIFIED"
            << "YES";
        QTest::newRow("a person keeps a serial number")
            << "dicom-basic"
            << "keep:DeviceSerialNumber" << QStringList{} << "REMOVED"
            << "YES";
        QTest::newRow("a person keeps the name") << "guideline-2024"
                                                 << "keep:PatientName" << QStringList{} << "MODIFIED"
                                                 << "NO";
        QTest::newRow("a site rule keeps dates") << "guideline-2024"
                                                 << "rule:dicom.study-date" << QStringList{} << "UNMODIFIED"
                                                 << "YES";
        QTest::newRow("a site rule keeps what the option keeps anyway")
            << "guideline-2024"
            << "rule:dicom.station-name" << guideline << "MODIFIED"
            << "YES";
        QTest::newRow("only what is required") << "guideline-2024-required"
                                               << "" << QStringList{"113100"} << "UNMODIFIED"
                                               << "YES";
    }
    void codesOfWhatWasDone() {
        QFETCH(QString, policy);
        QFETCH(QString, change);
        QFETCH(QStringList, codes);
        QFETCH(QString, temporal);
        QFETCH(QString, identity);
        DicomWriting writing(policy.toStdString());
        if (change.startsWith("rule:")) {
            writing.policy().overrides[change.mid(5).toStdString()] = {Action::Keep, "a reason"};
        }
        DicomBytes in = DicomBytes().element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", kCt);
        in.element(0x00080018, "UI", kTarget)
            .element(0x00080020, "DA", "20240311")
            .element(0x00080060, "CS", "CT");
        in.element(0x00100010, "PN", "YAMADA^TARO")
            .element(0x00100020, "LO", "7654321")
            .element(0x00181000, "LO", "SN 99");
        in.number(0x00280002, 1)
            .element(0x00280004, "CS", "MONOCHROME2")
            .number(0x00280010, 2)
            .number(0x00280011, 2);
        in.number(0x00280100, 8).number(0x00280101, 8).number(0x00280102, 7).number(0x00280103, 0);
        in.element(0x7FE00010, "OB", "abcd");
        const model::Source source = writing.source(in.file(), "marked");
        auto findings = writing.accepted(std::span(&source, 1));
        for (model::Finding& f : findings) {
            if (change == "keep:" + QString::fromStdString(f.label)) {
                f.state = DecisionState::Changed;
                f.action = Action::Keep;
            }
        }
        if (change.endsWith("mask")) {
            model::Mask mask;
            mask.rect = {0, 0, 1, 1};
            findings.push_back(DicomWriting::maskFinding(mask));
            if (change == "keep-mask") {
                findings.back().state = DecisionState::Changed;
                findings.back().action = Action::Keep;
            }
        }
        const auto compiled = writing.compile(findings, std::span(&source, 1));
        test::Collected out;
        QVERIFY((*compiled)->apply(source, out).has_value());
        const auto read = Instance::ofMemory(bytesOf(out.bytes));
        if (policy != "guideline-2024-required") {
            QCOMPARE(methodCodes(*read), codes);
        }
        QCOMPARE(valuesOf(*read, tags::TemporalModified), temporal);
        QCOMPARE(valuesOf(*read, tags::PatientIdentityRemoved), identity);
        QCOMPARE(valuesOf(*read, tags::BurnedInAnnotation), QString(change == "mask" ? "NO" : ""));
        QCOMPARE(valuesOf(*read, tags::RecognizableFeatures), QString());
    }
    void earlierMarkersStay() {
        DicomBytes in = head();
        in.element(0x00100010, "PN", "YAMADA^TARO").element(0x00120062, "CS", "YES");
        in.element(0x00120063, "LO", "CTP\\by YAMADA TARO");
        in.sequence(0x00120064, code("113106", "DCM", "LEAKED MEANING"));
        in.element(0x00280303, "CS", "REMOVED");
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(in.file());
        const auto read = Instance::ofMemory(bytesOf(*out));
        const QString methods = valuesOf(*read, tags::DeidentificationMethod);
        QVERIFY2(methods.startsWith("CTP\\") && methods.contains("\\Kamei "), qPrintable(methods));
        QVERIFY(!methods.contains("YAMADA"));
        QVERIFY(methodCodes(*read).contains("113106"));
        QVERIFY(out->find("LEAKED") == std::string::npos);
        QCOMPARE(valuesOf(*read, tags::TemporalModified), QString("REMOVED"));
        // A second time nothing is said twice.
        const auto again = writing.written(*out);
        const auto twice = Instance::ofMemory(bytesOf(*again));
        QCOMPARE(valuesOf(*twice, tags::DeidentificationMethod), methods);
        QCOMPARE(methodCodes(*twice), methodCodes(*read));
    }
    void iconsLeaveWithWhatTheyShow() {
        DicomBytes icon = DicomBytes().number(0x00280010, 2).number(0x00280011, 2);
        icon.element(0x7FE00010, "OW", "LEAK");
        DicomWriting writing("guideline-2024");
        writing.policy().overrides["PS3.15 E.1-1 (0088,0200)"] = {Action::Keep, "a reason"};
        const auto out = writing.written(head().sequence(0x00880200, icon).file());
        QVERIFY(out.has_value());
        QVERIFY(out->find("LEAK") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestDicomMarkers)
#include "TestDicomMarkers.moc"
