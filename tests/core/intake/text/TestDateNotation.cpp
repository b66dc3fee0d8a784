#include <QTest>

#include "core/intake/text/DateNotation.h"

using kamei::intake::text::DateNotation;

class TestDateNotation : public QObject {
    Q_OBJECT

private slots:
    void reads_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("yyyymmdd");
        QTest::addColumn<QString>("month");      // generalised in prose
        QTest::addColumn<QString>("structured"); // generalised in a cell
        QTest::addColumn<QString>("shifted");    // by -40 days
        const auto row = [](const char* text, const char* date, const char* month, const char* structured,
                            const char* shifted) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(date)
                                << QString::fromUtf8(month) << QString::fromUtf8(structured)
                                << QString::fromUtf8(shifted);
        };
        row("昭和33年8月2日", "19580802", "昭和33年8月", "昭和33年8月", "昭和33年6月23日");
        row("19580802", "19580802", "19580801", "19580801", "19580623");
        row("1958-08-02", "19580802", "1958-08", "1958-08-01", "1958-06-23");
        row("1958/8/2", "19580802", "1958/8", "1958/8/1", "1958/6/23");
        row("1958年8月2日", "19580802", "1958年8月", "1958年8月", "1958年6月23日");
        row("1958年08月02日", "19580802", "1958年08月", "1958年08月", "1958年06月23日");
        row("１９５８年８月２日", "19580802", "１９５８年８月", "１９５８年８月", "１９５８年６月２３日");
        row("S33.8.2", "19580802", "S33.8", "S33.8.1", "S33.6.23");
        row("Ｓ３３．８．２", "19580802", "Ｓ３３．８", "Ｓ３３．８．１", "Ｓ３３．６．２３");
        row("昭和33年（1958年）8月2日", "19580802", "昭和33年（1958年）8月", "昭和33年（1958年）8月",
            "昭和33年（1958年）6月23日");
        row("1958年（昭和33年）8月2日", "19580802", "1958年（昭和33年）8月", "1958年（昭和33年）8月",
            "1958年（昭和33年）6月23日");
        row("1958（昭和33）年8月2日", "19580802", "1958（昭和33）年8月", "1958（昭和33）年8月",
            "1958（昭和33）年6月23日");
        row("昭和三十三年八月二日", "19580802", "昭和三十三年八月", "昭和三十三年八月",
            "昭和三十三年六月二十三日");
        row("令和元年5月20日", "20190520", "令和元年5月", "令和元年5月", "平成31年4月10日");
        row("平成元年2月1日", "19890201", "平成元年2月", "平成元年2月", "昭和63年12月23日");
        row("R1.5.20", "20190520", "R1.5", "R1.5.1", "H31.4.10");
        row("2026年3月5日（木）", "20260305", "2026年3月", "2026年3月", "2026年1月24日（土）");
        row("2026/03/05 14:30", "20260305", "2026/03", "2026/03/01", "2026/01/24 14:30");
        row("2026-03-05T14:30:00+09:00", "20260305", "2026-03", "2026-03-01", "2026-01-24T14:30:00+09:00");
        row("20260305143000", "20260305", "20260301", "20260301", "20260124143000");
        row("201309210500-0800", "20130921", "20130901", "20130901", "201308120500-0800");
        row("August 2, 1958", "19580802", "August 1958", "August 1958", "June 23, 1958");
        row("Aug 2 1958", "19580802", "Aug 1958", "Aug 1958", "Jun 23 1958");
        row("2 August 1958", "19580802", "August 1958", "August 1958", "23 June 1958");
        row("02-AUG-1958", "19580802", "AUG-1958", "AUG-1958", "23-JUN-1958");
        row("08/02/1958", "19580802", "08/1958", "08/01/1958", "06/23/1958");
        row("8月2日", "", "8月", "8月", "6月23日");
        row("2026年3月", "", "2026年3月", "2026年3月", "2026年2月");
        row("2026年", "", "2026年", "2026年", "2026年");
        row("3/5", "", "3/", "3/1", "1/24");
    }
    void reads() {
        QFETCH(QString, text);
        QFETCH(QString, yyyymmdd);
        QFETCH(QString, month);
        QFETCH(QString, structured);
        QFETCH(QString, shifted);
        const auto date = DateNotation::parse(text.toStdString());
        QVERIFY(date.has_value());
        QCOMPARE(QString::fromStdString(date->yyyymmdd()), yyyymmdd);
        QCOMPARE(QString::fromStdString(date->shifted(0).value_or("none")), text);
        QCOMPARE(QString::fromStdString(date->shifted(-40).value_or("none")), shifted);
        if (text != QStringLiteral("3/5")) {
            QCOMPARE(QString::fromStdString(date->toMonth(false)), month);
        }
        QCOMPARE(QString::fromStdString(date->toMonth(true)), structured);
    }

    void keepsPadding_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint32>("days");
        QTest::addColumn<QString>("shifted");
        const auto row = [](const char* rule, const char* text, qint32 days, const char* shifted) {
            QTest::newRow(rule) << QString::fromUtf8(text) << days << QString::fromUtf8(shifted);
        };
        row("day without a zero follows the month's", "2026/03/24", -43, "2026/02/09");
        row("month without a zero follows the day's", "2026/12/05", -90, "2026/09/06");
        row("no zero in sight beside a year of four digits", "2026-12-24", -90, "2026-09-25");
        row("no zero in sight, day of one digit", "2026/10/24", -50, "2026/09/04");
        row("one bare digit: none is padded", "2026/3/24", -43, "2026/2/9");
        row("bare day: none is padded", "2026/12/5", -90, "2026/9/6");
        row("each keeps its own", "2026/03/5", -3, "2026/03/2");
        row("full width", "２０２６／０３／２４", -43, "２０２６／０２／０９");
        row("full width without zeros", "２０２６／３／２４", -43, "２０２６／２／９");
        row("units", "2026年03月24日", -43, "2026年02月09日");
        row("units without zeros", "2026年12月24日", -110, "2026年9月5日");
        row("era letter", "R08.03.24", -43, "R08.02.09");
        row("era year follows the month's", "H10.04.05", -100, "H09.12.26");
        row("bare era year stays bare", "R8.03.24", -43, "R8.02.09");
        row("era in words", "令和08年03月24日", -43, "令和08年02月09日");
        row("era to the one before", "R01.05.20", -43, "H31.04.07");
        row("first year by its word", "令和元年05月20日", -19, "令和元年05月01日");
        row("kanji", "二〇二六年三月二十四日", -43, "二〇二六年二月九日");
        row("without a year", "03/24", -43, "02/09");
        row("without a year and zeros", "12/24", -110, "9/5");
        row("month first", "12/24/2026", -110, "09/05/2026");
        row("English month with hyphens", "24-MAR-2026", -43, "09-FEB-2026");
        row("English month in a sentence", "March 24, 2026", -43, "February 9, 2026");
        row("dots", "2026.03.24", -43, "2026.02.09");
        row("time behind it", "2026/03/24 08:05", -43, "2026/02/09 08:05");
        row("year and month", "2026/12", -100, "2026/09");
    }
    void keepsPadding() {
        QFETCH(QString, text);
        QFETCH(qint32, days);
        QFETCH(QString, shifted);
        const auto date = DateNotation::parse(text.toStdString());
        QVERIFY(date.has_value());
        QCOMPARE(QString::fromStdString(date->shifted(0).value_or("none")), text);
        QCOMPARE(QString::fromStdString(date->shifted(days).value_or("none")), shifted);
    }

    void keepsPlaceOfTheDay_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("month");
        QTest::newRow("padded by the month's zero") << "1958/08/24"
                                                    << "1958/08/01";
        QTest::newRow("padded by the year's four digits") << "1958-12-24"
                                                          << "1958-12-01";
        QTest::newRow("bare by the month's one digit") << "1958/8/24"
                                                       << "1958/8/1";
    }
    void keepsPlaceOfTheDay() {
        QFETCH(QString, text);
        QFETCH(QString, month);
        const auto date = DateNotation::parse(text.toStdString());
        QVERIFY(date.has_value());
        QCOMPARE(QString::fromStdString(date->toMonth(true)), month);
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "abc", "昨日", "2026年13月1日", "2026-02-30", "19581302", "1.2", "3-0", "120-80", "5-1-1",
              "昭和", "98年", "1234567", "2026-03-05 と", "術後7日目", "May", "May 5月"}) {
            QTest::newRow(*text == '\0' ? "empty" : text) << QString::fromUtf8(text);
        }
    }
    void refuses() {
        QFETCH(QString, text);
        QVERIFY(!DateNotation::parse(text.toStdString()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestDateNotation)
#include "TestDateNotation.moc"
