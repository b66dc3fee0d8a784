#include <QtTest>

#include <array>

#include "core/detect/attribute/ValueForms.h"
#include "core/transform/dicom/Preview.h"
#include "core/transform/dicom/Values.h"

using namespace kamei::transform;
using namespace kamei::transform::dicom;
namespace vr = kamei::intake::dicom::vr;

namespace {

QString q(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

class TestDicomValues : public QObject {
    Q_OBJECT

private slots:
    void dates_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        QTest::newRow("DA") << "20240311"
                            << "20240301";
        QTest::newRow("DA over a year's end") << "20240105"
                                              << "20231226";
        QTest::newRow("ACR-NEMA form") << "2024.03.11"
                                       << "20240301";
        QTest::newRow("several") << "20240311\\20240312"
                                 << "20240301\\20240302";
        QTest::newRow("a range") << "20240311-20240312"
                                 << "20240301-20240302";
        QTest::newRow("an open range") << "20240311-"
                                       << "20240301-";
        QTest::newRow("a range to nowhere") << "20240311-LEAK"
                                            << "";
        QTest::newRow("ACR-NEMA form with dashes") << "2024-03-11"
                                                   << "20240301";
        QTest::newRow("no date: a placeholder would tell the shift") << "19000101"
                                                                     << "19000101";
        QTest::newRow("the end of time") << "99991231"
                                         << "99991231";
        QTest::newRow("nearly the end of time") << "99991230"
                                                << "99991220";
        QTest::newRow("before the first day") << "00010105"
                                              << "";
        QTest::newRow("zeros") << "00000000"
                               << "";
        QTest::newRow("a leap day") << "20240310"
                                    << "20240229";
        QTest::newRow("one of several is no date") << "20240311\\LEAK"
                                                   << "20240301\\";
        QTest::newRow("text is no date") << "yesterday"
                                         << "";
        QTest::newRow("empty") << ""
                               << "";
    }
    void dates() {
        QFETCH(QString, value);
        QFETCH(QString, expected);
        QCOMPARE(q(shiftedDates(value.toStdString(), -10)), expected);
    }
    void dateTimes_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        QTest::newRow("to the fraction") << "20240311100510.5"
                                         << "20240301100510.5";
        QTest::newRow("with zone") << "20240311100510.123456+0900"
                                   << "20240301100510.123456+0900";
        QTest::newRow("a day") << "20240311"
                               << "20240301";
        QTest::newRow("a month") << "202403"
                                 << "202402";
        QTest::newRow("a year") << "2024"
                                << "2023";
        QTest::newRow("a year with zone") << "2024+0900"
                                          << "2023+0900";
        QTest::newRow("nonsense") << "20x4"
                                  << "";
        QTest::newRow("no such day") << "20240231"
                                     << "";
        QTest::newRow("a placeholder") << "19700101000000+0000"
                                       << "19700101";
        QTest::newRow("text behind the date") << "20240311 TARO"
                                              << "";
        QTest::newRow("text in place of the zone") << "20240311101112+TARO"
                                                   << "";
        QTest::newRow("over a year's end, before midnight in another zone") << "20240105235959.999999-1100"
                                                                            << "20231226235959.999999-1100";
    }
    void dateTimes() {
        QFETCH(QString, value);
        QFETCH(QString, expected);
        QCOMPARE(q(shiftedDateTimes(value.toStdString(), -10)), expected);
    }
    void ages_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        QTest::newRow("89 years") << "089Y"
                                  << "089Y";
        QTest::newRow("90 years") << "090Y"
                                  << "090Y";
        QTest::newRow("103 years") << "103Y"
                                   << "090Y";
        QTest::newRow("100 weeks") << "100W"
                                   << "100W";
        QTest::newRow("days") << "006D"
                              << "006D";
        QTest::newRow("999 months are 83 years") << "999M"
                                                 << "999M";
        QTest::newRow("no unit") << "0940"
                                 << "";
        QTest::newRow("a name") << "TARO"
                                << "";
        QTest::newRow("not an age") << "old"
                                    << "";
    }
    void ages() {
        QFETCH(QString, value);
        QFETCH(QString, expected);
        QCOMPARE(q(topCodedAge(value.toStdString())), expected);
    }
    /// PS3.5 6.2: what has no form of its VR is never kept as it is.
    void forms_data() {
        QTest::addColumn<QByteArray>("vr");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("sound");
        const auto row = [](const char* vr, const char* value, bool sound) {
            QTest::newRow(qPrintable(QString("%1 %2").arg(vr, value)))
                << QByteArray(vr) << QByteArray(value) << sound;
        };
        for (const char* number :
             {"1", "-1.5", "+.5", "5.", "1e-3", " 12 ", "1\\2\\3", "", "-0.12345678901234567"}) {
            row("DS", number, true);
        }
        for (const char* text : {"061-955-7386", "1.2.3", "1e", "e3", "TARO", "1 2", "1\\TARO", "--1"}) {
            row("DS", text, false);
        }
        row("IS", "12", true);
        row("IS", "061-955-738", false);
        row("IS", "1E3", false);
        row("CS", "ORIGINAL\\PRIMARY", true);
        row("CS", "Head/Neck", true);
        row("CS", "MORITA^RUKA", false);
        row("CS", "taro@example", false);
        row("CS", "\xE5\xB1\xB1", false);
        row("DA", "20240311", true);
        row("DA", "1997.04.24", true);
        row("DA", "12345678", false);
        row("DA", "2024031", false);
        row("TM", "101112.25", true);
        row("TM", "10:11:12", true);
        row("TM", "08", true);
        row("TM", "0312345678", false);
        row("TM", "251112", false);
        row("DT", "2024", true);
        row("DT", "20240311101112.25+0900", true);
        row("DT", "20240311-09", false);
        row("AS", "034Y", true);
        row("AS", "34Y", false);
        row("UI", "1.2.840", true);
        row("UI", "1.2.TARO", false);
        row("AE", "CT_01", true);
        row("AE", "A VERY LONG NAME OF A PERSON", false);
        row("LO", "anything", true);
    }
    void forms() {
        QFETCH(QByteArray, vr);
        QFETCH(QByteArray, value);
        QFETCH(bool, sound);
        QCOMPARE(kamei::detect::attribute::hasForm(value.toStdString(),
                                                   kamei::intake::dicom::makeVr(vr[0], vr[1])),
                 sound);
    }
    void timeZonesAreNoText() {
        using kamei::detect::attribute::hasForm;
        QVERIFY(hasForm("+0900", vr::SH, 0x00080201));
        QVERIFY(!hasForm("TARO", vr::SH, 0x00080201));
    }
    void months() {
        QCOMPARE(q(monthOf("19400717", vr::DA)), QString("19400701"));
        QCOMPARE(q(monthOf("1940.07.17", vr::DA)), QString("19400701"));
        QCOMPARE(q(monthOf("nonsense", vr::DA)), QString());
    }
    void uids() {
        const std::array<std::byte, 32> bytes{};
        const auto key = *pseudonym::Key::fromBytes(bytes);
        QCOMPARE(q(replacedUids("1.2.840.10008.1.2", key)), QString("1.2.840.10008.1.2"));
        QCOMPARE(replacedUids("1.2.3\\1.2.4", key), key.uid("1.2.3") + '\\' + key.uid("1.2.4"));
        QCOMPARE(q(replacedUids("", key)), QString());
    }
    void paths_data() {
        QTest::addColumn<QString>("finding");
        QTest::addColumn<QString>("concrete");
        QTest::addColumn<bool>("match");
        QTest::newRow("same") << "(0010,0010)"
                              << "(0010,0010)" << true;
        QTest::newRow("other") << "(0010,0010)"
                               << "(0010,0020)" << false;
        QTest::newRow("every item") << "(0040,A730)[*].(0040,A160)"
                                    << "(0040,A730)[17].(0040,A160)" << true;
        QTest::newRow("same item") << "(0040,A730)[2].(0040,A160)"
                                   << "(0040,A730)[2].(0040,A160)" << true;
        QTest::newRow("another item") << "(0040,A730)[2].(0040,A160)"
                                      << "(0040,A730)[3].(0040,A160)" << false;
        QTest::newRow("deeper") << "(0040,A730)"
                                << "(0040,A730)[3].(0040,A160)" << false;
        QTest::newRow("no path") << "nonsense"
                                 << "(0010,0010)" << false;
    }
    void paths() {
        QFETCH(QString, finding);
        QFETCH(QString, concrete);
        QFETCH(bool, match);
        QCOMPARE(pathMatches(finding.toStdString(), concrete.toStdString()), match);
    }
};

QTEST_APPLESS_MAIN(TestDicomValues)
#include "TestDicomValues.moc"
