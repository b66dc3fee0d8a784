#include <QtTest>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "core/transform/pseudonym/Pseudonym.h"

using namespace kamei::transform;
using pseudonym::Key;

namespace {

Key keyOf(unsigned char fill) {
    std::array<std::byte, 32> bytes{};
    bytes.fill(std::byte{fill});
    return *Key::fromBytes(bytes);
}

} // namespace

class TestPseudonym : public QObject {
    Q_OBJECT

private slots:
    void sameKeySameOutput() {
        const Key a = keyOf(1);
        const Key b = keyOf(1);
        QCOMPARE(a.pseudonymId("H|1"), b.pseudonymId("H|1"));
        QCOMPARE(a.uid("1.2.3"), b.uid("1.2.3"));
        QCOMPARE(a.dateShiftDays("H|1"), b.dateShiftDays("H|1"));
        QCOMPARE(a.token("person", "x", "K"), b.token("person", "x", "K"));
        QCOMPARE(a.fingerprint(), b.fingerprint());
    }
    void otherKeyOtherOutput() {
        const Key a = keyOf(1);
        const Key b = keyOf(2);
        QVERIFY(a.pseudonymId("H|1") != b.pseudonymId("H|1"));
        QVERIFY(a.uid("1.2.3") != b.uid("1.2.3"));
        QVERIFY(a.fingerprint() != b.fingerprint());
        QVERIFY(Key::random().fingerprint() != Key::random().fingerprint());
    }
    void lengthOfTheKey_data() {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("valid");
        QTest::newRow("none") << 0 << false;
        QTest::newRow("one too few") << 31 << false;
        QTest::newRow("32") << 32 << true;
        QTest::newRow("one too many") << 33 << false;
    }
    void lengthOfTheKey() {
        QFETCH(int, bytes);
        QFETCH(bool, valid);
        const std::vector<std::byte> data(static_cast<std::size_t>(bytes));
        QCOMPARE(Key::fromBytes(data).has_value(), valid);
    }
    void pseudonymHasItsShape() {
        const std::string id = keyOf(1).pseudonymId("H|1");
        QCOMPARE(id.size(), std::size_t{14});
        QVERIFY(id.starts_with("S-"));
        QCOMPARE(id.find_first_not_of("0123456789ABCDEF", 2), std::string::npos);
    }
    void uidsAreValidAndDiffer() {
        const Key key = keyOf(3);
        std::set<std::string> seen;
        for (int i = 0; i < 20'000; ++i) {
            const std::string uid = key.uid("1.2.840." + std::to_string(i));
            QCOMPARE(uid.size(), std::size_t{43});
            QVERIFY(uid.starts_with("2.25."));
            // No date and no record number with a digit below 5 stands in it by chance.
            QCOMPARE(uid.find_first_not_of("56789", 5), std::string::npos);
            QVERIFY(seen.insert(uid).second);
        }
    }
    void uidsAreRandomUuids() { // PS3.5 B.2: the component under 2.25 is a UUID
        const std::string uid = keyOf(3).uid("1.2.840.1");
        std::array<unsigned, 16> bytes{}; // big endian, by long multiplication
        for (const char digit : uid.substr(5)) {
            unsigned carry = static_cast<unsigned>(digit - '0');
            for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
                carry += *byte * 10;
                *byte = carry & 0xFFU;
                carry >>= 8U;
            }
            QCOMPARE(carry, 0U);
        }
        QCOMPARE(bytes[6] >> 4U, 4U); // version
        QCOMPARE(bytes[8] >> 6U, 2U); // variant
    }
    void shiftsAreSpreadOverTheYear() {
        const Key key = keyOf(4);
        std::array<int, 366> count{};
        for (int i = 0; i < 36'500; ++i) {
            const int days = key.dateShiftDays("H|" + std::to_string(i));
            QVERIFY(days <= -1 && days >= -365);
            ++count[static_cast<std::size_t>(-days)];
        }
        QCOMPARE(count[0], 0);
        QVERIFY(std::all_of(count.begin() + 1, count.end(), [](int n) { return n > 50 && n < 170; }));
    }
    void partsCannotBeConfused() {
        const Key key = keyOf(5);
        QVERIFY(key.token("ab", "c", "K") != key.token("a", "bc", "K"));
        QVERIFY(key.uid("") != key.uid(std::string_view("\0", 1)));
    }
    void datesMoveByWholeDays_data() {
        QTest::addColumn<QString>("date");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("expected"); // empty: no date
        QTest::newRow("back over a leap day") << "20240301" << -1 << "20240229";
        QTest::newRow("back over a year") << "20240101" << -1 << "20231231";
        QTest::newRow("a whole year back") << "20240311" << -365 << "20230312";
        QTest::newRow("no such day") << "20230229" << -1 << "";
        QTest::newRow("no such month") << "20231301" << -1 << "";
        QTest::newRow("too short") << "2023120" << -1 << "";
        QTest::newRow("letters") << "2023Ab01" << -1 << "";
        QTest::newRow("empty") << "" << -1 << "";
    }
    void datesMoveByWholeDays() {
        QFETCH(QString, date);
        QFETCH(int, days);
        QFETCH(QString, expected);
        const auto moved = pseudonym::shiftDate(date.toStdString(), days);
        QCOMPARE(moved.has_value(), !expected.isEmpty());
        if (moved) {
            QCOMPARE(QString::fromStdString(*moved), expected);
        }
    }
    void birthDatesKeepTheMonth() {
        QCOMPARE(*pseudonym::generaliseDateToMonth("19400717"), std::string("19400701"));
        QVERIFY(!pseudonym::generaliseDateToMonth("19400732"));
    }
};

QTEST_APPLESS_MAIN(TestPseudonym)
#include "TestPseudonym.moc"
