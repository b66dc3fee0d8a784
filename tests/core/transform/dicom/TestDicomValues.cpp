#include <QtTest>

#include <array>

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
        QTest::newRow("a range is no date") << "20240311-20240312"
                                            << "";
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
        QTest::newRow("not an age") << "old"
                                    << "";
    }
    void ages() {
        QFETCH(QString, value);
        QFETCH(QString, expected);
        QCOMPARE(q(topCodedAge(value.toStdString())), expected);
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
