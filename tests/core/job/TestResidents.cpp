#include <QTest>

#include "core/job/Residents.h"

using namespace kamei;

class TestResidents : public QObject {
    Q_OBJECT

private slots:
    /// Figures: census of 2020.
    void residentsOfAnAddress_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("municipality");
        QTest::addColumn<bool>("few");
        QTest::newRow("village") << "北海道石狩郡新篠津村第47線北13"
                                 << "北海道石狩郡新篠津村" << true;
        QTest::newRow("behind a postal code") << "〒068-1100 北海道石狩郡新篠津村第47線"
                                              << "北海道石狩郡新篠津村" << true;
        QTest::newRow("ward") << "東京都中央区築地5-1-1"
                              << "東京都中央区" << false;
        QTest::newRow("prefecture alone") << "東京都"
                                          << "" << false;
        QTest::newRow("no address") << "三上 陽子"
                                    << "" << false;
        QTest::newRow("a place that there is none of") << "静岡県浜見市港町3-99-2"
                                                       << "" << false;
    }
    void residentsOfAnAddress() {
        QFETCH(QString, address);
        QFETCH(QString, municipality);
        QFETCH(bool, few);
        const auto found = job::residentsOf(address.toStdString());
        QCOMPARE(found.has_value(), !municipality.isEmpty());
        if (found) {
            QCOMPARE(QString::fromStdString(found->municipality), municipality);
            QCOMPARE(found->people < job::Residents::kFew, few);
            QVERIFY(found->people > 100);
        }
    }
};

QTEST_GUILESS_MAIN(TestResidents)
#include "TestResidents.moc"
